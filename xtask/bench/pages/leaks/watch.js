// Runs before anything of the page: knows which timers are pending, which WebAssembly memories there are, and how many
// requests to verify a factor were answered. Not here: what the page does.
(() => {
  const pending = new Set();
  // Not counted: the rounds wait by it.
  const later = window.setTimeout;
  for (const [start, stop, repeats] of [
    ["setTimeout", "clearTimeout", false],
    ["setInterval", "clearInterval", true],
  ]) {
    const [begin, end] = [window[start], window[stop]];
    window[start] = (handler, delay, ...rest) => {
      const id = begin(
        (...given) => {
          if (!repeats) pending.delete(id);
          handler(...given);
        },
        delay,
        ...rest,
      );
      pending.add(id);
      return id;
    };
    window[stop] = (id) => {
      pending.delete(id);
      end(id);
    };
  }

  const memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original.apply(WebAssembly, args);
      // Exported under any name. The other parts of the program import it.
      const memory = Object.values((made.instance ?? made).exports).find((it) => it instanceof WebAssembly.Memory);
      if (memory && !memories.includes(memory)) memories.push(memory);
      return made;
    };
  }

  // Requests under way, and those to verify a factor that were answered. Not by a PerformanceObserver: it is collected too.
  let [underWay, verified] = [0, 0];
  const begun = (url) => {
    underWay += 1;
    return () => {
      underWay -= 1;
      if (new URL(url, location.href).pathname.endsWith("/verify")) verified += 1;
    };
  };
  const { fetch } = window;
  window.fetch = (input, ...rest) => {
    const answer = fetch(input, ...rest);
    const ended = begun(input.url ?? input);
    // Where the body is there too: the clock must not run while somebody reads it.
    answer.then((response) => response.clone().arrayBuffer()).then(ended, ended);
    return answer;
  };
  const { open, send } = XMLHttpRequest.prototype;
  const addresses = new WeakMap();
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    addresses.set(this, url);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...given) {
    this.addEventListener("loadend", begun(addresses.get(this)), { once: true });
    return send.apply(this, given);
  };

  const pause = () => new Promise((done) => later(done, 0));
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  window.__watch = {
    timers: () => pending.size,
    wasmPages: () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength / 65_536, 0),
    verified: () => verified,
    pause,
    /** Puts the clock forward, second by second, until a factor was verified once more. */
    async untilVerified() {
      for (const before = verified; verified === before; ) {
        await window.__putClockForward(1000);
        while (underWay) await pause();
        for (let times = 0; times < 3; times += 1) await pause();
      }
    },
    /** Waits until what is under way has ended: no timer is pending, or the same number for a while. */
    async settled() {
      for (let [same, before] = [0, -1]; same < 50 && pending.size; same += 1) {
        if (pending.size !== before) [same, before] = [0, pending.size];
        await new Promise((done) => later(done, 20));
      }
    },
    /** Waits until the function finds something. */
    async until(find) {
      const start = performance.timeOrigin + performance.now();
      for (;;) {
        const found = find();
        if (found) return found;
        if (performance.timeOrigin + performance.now() - start > 60_000) throw new Error(`not there: ${find}`);
        await pause();
      }
    },
    type(input, text) {
      set.call(input, text);
      for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
    },
  };

  // What is under way: the rounds done, and the error that ended them.
  const state = { done: 0, error: null };
  window.__rounds = {
    state: () => state,
    async run(action, times, argument) {
      Object.assign(state, { done: 0, error: null });
      try {
        for (; state.done < times; state.done += 1) await window.__page[action](argument);
      } catch (error) {
        state.error = `${error}\n${document.body.innerText}`;
      }
    },
  };
})();
