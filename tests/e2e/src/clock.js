// A clock that a journey can advance, injected before the page's scripts. It follows real time until it is
// advanced; timers that are due in between run in order. While the device sleeps, its clock goes on and timers stand
// still: those that wait have as long to wait afterwards as before.
(() => {
  const real = {
    Date: Date,
    performanceNow: performance.now.bind(performance),
    setTimeout: setTimeout.bind(window),
    clearTimeout: clearTimeout.bind(window),
  };
  let ahead = 0;
  let asleep = 0;
  const timers = new Map();

  const now = () => real.performanceNow() + ahead;
  const date = () => real.Date.now() + ahead + asleep;

  function arm(id) {
    const timer = timers.get(id);
    real.clearTimeout(timer.handle);
    timer.handle = real.setTimeout(() => {
      if (timer.every === null) timers.delete(id);
      else {
        timer.due += timer.every;
        arm(id);
      }
      timer.run();
    }, Math.max(0, timer.due - now()));
  }

  // Ids come from real timers, so that they never equal an id that the page has seen.
  function start(run, delay, every) {
    const id = real.setTimeout(() => {}, 0);
    timers.set(id, { run, every, due: now() + delay, handle: undefined });
    arm(id);
    return id;
  }

  function stop(id) {
    const timer = timers.get(id);
    if (!timer) return real.clearTimeout(id);
    real.clearTimeout(timer.handle);
    timers.delete(id);
  }

  const callback = (handler, rest) => () => handler.apply(window, rest);
  const delayOf = (delay) => Math.max(0, Number(delay) || 0);

  window.setTimeout = (handler, delay, ...rest) => start(callback(handler, rest), delayOf(delay), null);
  window.setInterval = (handler, delay, ...rest) =>
    start(callback(handler, rest), delayOf(delay), Math.max(1, delayOf(delay)));
  window.clearTimeout = stop;
  window.clearInterval = stop;
  performance.now = now;
  window.Date = class extends real.Date {
    constructor(...given) {
      if (given.length === 0) super(date());
      else super(...given);
    }
    static now() {
      return date();
    }
  };

  // Advances second by second, so that a countdown shows each step.
  window.__putClockForward = async (milliseconds) => {
    for (let left = milliseconds; left > 0; left -= 1000) {
      ahead += Math.min(left, 1000);
      for (const id of [...timers.keys()]) if (timers.has(id)) arm(id);
      await new Promise((done) => real.setTimeout(done, 5));
    }
  };

  window.__sleep = (milliseconds) => {
    asleep += milliseconds;
  };
})();
