// Fakes for one test at a time: `fetch`, long timers and the clock, the submission of a form, the clipboard, and
// the console's errors. Short timers are real, so that the page itself runs. Not here: a test.
const real = {
  fetch: window.fetch,
  setTimeout: window.setTimeout,
  clearTimeout: window.clearTimeout,
  now: Date.now,
  submit: HTMLFormElement.prototype.submit,
  writeText: navigator.clipboard?.writeText,
  error: console.error,
};
const LONG = 500;
const FAKE_IDS = 1_000_000;

let requests = [];
let forms = [];
let copied = [];
let reports = [];
let timers = new Map();
let skew = 0;
let nextId = FAKE_IDS;

class SentRequest {
  constructor(request, body, resolve, reject) {
    Object.assign(this, { request, body, resolve });
    this.settings = [request.credentials, request.redirect, request.cache, request.headers.get("Accept")].join(" ");
    request.signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    this.fail = () => reject(new TypeError("Failed to fetch"));
  }

  get line() {
    return `${this.request.method} ${this.request.url}`;
  }

  get aborted() {
    return this.request.signal.aborted;
  }

  /** A body without an end, and maybe the length that it is said to have. */
  respond_endlessly(length) {
    const body = new ReadableStream(
      {
        pull: (stream) => {
          this.pulled = (this.pulled ?? 0) + 65_536;
          stream.enqueue(new Uint8Array(65_536).fill(32));
        },
        cancel: () => void (this.cancelled = true),
      },
      { highWaterMark: 0 },
    );
    this.resolve(new Response(body, { headers: length ? { "Content-Length": length } : {} }));
  }

  respond(status, body, reset) {
    const headers = reset ? { "X-Rate-Limit-Reset": reset } : {};
    this.resolve(new Response(status === 204 ? null : body, { status, headers }));
  }
}

export function install() {
  [requests, forms, copied, reports, timers, skew] = [[], [], [], [], new Map(), 0];
  localStorage.clear();
  sessionStorage.clear();
  // A test that failed could not clean up.
  document.querySelectorAll("[data-test]").forEach((host) => host.remove());
  // Late requests of a test before are added to its own list.
  const own = requests;
  window.fetch = (request) =>
    new Promise((resolve, reject) => {
      const read = request.clone().text();
      read.then((body) => own.push(new SentRequest(request, body, resolve, reject)));
    });
  window.setTimeout = (handler, delay = 0, ...rest) => {
    if (delay < LONG) return real.setTimeout.call(window, handler, delay, ...rest);
    timers.set(++nextId, { handler, due: skew + delay });
    return nextId;
  };
  window.clearTimeout = (id) => {
    if (!timers.delete(id)) real.clearTimeout.call(window, id);
  };
  Date.now = () => real.now() + skew;
  HTMLFormElement.prototype.submit = function () {
    const fields = [...new FormData(this)].map(([name, value]) => `${name}=${value}`);
    forms.push([this.method, this.action, ...fields].join(" "));
  };
  if (navigator.clipboard) navigator.clipboard.writeText = async (text) => void copied.push(text);
  console.error = (...values) => {
    reports.push(values.join(" "));
    real.error.apply(console, values);
  };
}

export function restore() {
  window.fetch = real.fetch;
  window.setTimeout = real.setTimeout;
  window.clearTimeout = real.clearTimeout;
  Date.now = real.now;
  HTMLFormElement.prototype.submit = real.submit;
  if (navigator.clipboard) navigator.clipboard.writeText = real.writeText;
  console.error = real.error;
}

/** Moves the clock, and runs one long timer after the other, with a tick after each. */
export async function advance(millis) {
  const end = skew + millis;
  for (;;) {
    const [id, timer] = [...timers].sort(([, a], [, b]) => a.due - b.due)[0] ?? [];
    if (!timer || timer.due > end) break;
    skew = Math.max(skew, timer.due);
    timers.delete(id);
    timer.handler();
    await tick();
  }
  skew = end;
}

/** The browser shows the page: newly loaded, or from its cache. */
export const show_page = (persisted) => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted }));

/** Lets promises and short timers run. */
export const tick = () => new Promise((done) => real.setTimeout.call(window, done, 4));

export const sent_requests = () => requests;
export const submitted_forms = () => forms;
export const copied_texts = () => copied;
export const reported_errors = () => reports;
export const running_timers = () => timers.size;
