// Says so where the program has stopped: after a trap, a form would look alive and do nothing.
// Not here: a program that could not be loaded.

import { showFailureWithButton } from "./load-failure.js";
import { RELOAD, STOPPED } from "./texts.js";

// The elements with a widget. The program runs once for all of them.
const running = new Set();

window.addEventListener("error", ({ error }) => stop(error));
window.addEventListener("unhandledrejection", ({ reason }) => stop(reason));

/** Calls `start`, which starts a widget in `element`, and returns a handle with `unmount()`. Watches it until then. */
export function watch(element, start) {
  running.add(element);
  try {
    const handle = start();
    return {
      unmount() {
        running.delete(element);
        handle.unmount();
      },
    };
  } catch (error) {
    stop(error);
    running.delete(element);
    throw error;
  }
}

// The browser has reported the error in the console. Others' traps are not our concern.
function stop(error) {
  if (error?.name !== "RuntimeError" || !error.stack.includes("okta-sign-in-")) return;
  for (const element of running) showFailureWithButton(element, STOPPED, RELOAD, () => location.reload());
  running.clear();
}
