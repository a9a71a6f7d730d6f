// Runs before anything of the page: notes when the user name can be typed in, submits as soon as that is
// so, again and again until a request leaves, and notes when it does. `PROBE` is what to look for.
(() => {
  const wanted = PROBE;
  const seen = { longTasks: [], memories: [], answers: [] };
  window.__seen = seen;

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.longTasks.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });

  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original.apply(WebAssembly, args);
      // Exported under any name.
      const memory = Object.values((made.instance ?? made).exports).find((it) => it instanceof WebAssembly.Memory);
      if (memory) seen.memories.push(memory);
      return made;
    };
  }
  seen.wasmBytes = () => seen.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

  // When requests to the org's sign-in leave, and when their answers are there.
  const isMeant = (method, url) =>
    method.toUpperCase() === "POST" && new URL(url, location.href).pathname.endsWith(wanted.request);
  const left = () => (seen.submitted ??= performance.now());
  const fetched = window.fetch;
  window.fetch = async (input, init) => {
    const url = input.url ?? String(input);
    const meant = isMeant(init?.method ?? input.method ?? "GET", url);
    if (meant && seen.typeable) left();
    const response = await fetched(input, init);
    if (meant) seen.answers.push(performance.now());
    return response;
  };
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.__meant = isMeant(method, url);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...args) {
    if (this.__meant && seen.typeable) left();
    if (this.__meant) this.addEventListener("load", () => seen.answers.push(performance.now()));
    return send.apply(this, args);
  };

  function find(selector, from = document) {
    const found = from.querySelector(selector);
    if (found) return found;
    for (const element of from.querySelectorAll("*")) {
      const inside = element.shadowRoot && find(selector, element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  }
  // There, to be seen, and nothing lies over it.
  function visible(element) {
    if (!element || element.disabled) return false;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || !element.checkVisibility({ opacityProperty: true })) return false;
    const hit = element.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return hit === element || element.contains(hit);
  }
  seen.find = (selector) => find(selector);
  seen.sees = (selector) => visible(find(selector));
  seen.type = (selector, text) => {
    const input = find(selector);
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
    for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  };

  // Nothing of this leaves the page by itself.
  addEventListener("submit", (event) => event.preventDefault());
  seen.submit = (username, password) => {
    seen.type(wanted.username, username);
    if (wanted.password) seen.type(wanted.password, password);
    find(wanted.button).click();
  };
  function look() {
    if (!visible(find(wanted.username))) return requestAnimationFrame(look);
    seen.typeable = performance.now();
    if (wanted.user) attempt();
  }
  function attempt() {
    if (seen.submitted) return;
    setTimeout(attempt, 50);
    // The rest of the form may not be parsed yet.
    if (find(wanted.button)) seen.submit(...wanted.user);
  }
  requestAnimationFrame(look);

  // When the label of the user name is in the language of the page. It may be in English before.
  (function read() {
    const input = find(wanted.username);
    if (visible(input) && input.labels[0]?.textContent.includes(wanted.label)) seen.readable = performance.now();
    else if (wanted.label) requestAnimationFrame(read);
  })();

  // From the answer to the next screen's paint.
  seen.next = (selector) => {
    seen.painted = null;
    const after = performance.now();
    (function look() {
      if (seen.answers.some((time) => time > after) && visible(find(selector))) {
        // The frame that shows it is painted after this callback; the next one comes when that is done.
        requestAnimationFrame(() => (seen.painted = performance.now() - seen.answers.find((time) => time > after)));
      } else requestAnimationFrame(look);
    })();
  };
})();
