// Says so where the program has stopped: after a trap, a form would look alive and do nothing.
// Not here: a program that could not be loaded.

import { isTrap, reportStopped } from "./failure.js";
import { removeFailureWithButton, showFailureWithButton } from "./load-failure.js";
import { RELOAD, STOPPED } from "./texts.js";

// The elements with a widget, each with what it says. The program runs once for all of them.
const running = new Map();
// What it has stopped by: nothing is called in it afterwards.
let trap;

// On a server there is no window.
globalThis.window?.addEventListener("error", ({ error }) => stop(error));
globalThis.window?.addEventListener("unhandledrejection", ({ reason }) => stop(reason));

/**
 * Calls `start`, which starts a widget in `element`, and returns its handle. Watches it until `unmount()`. `texts` has what is said in
 * another language than English.
 */
export function watch(element, start, texts) {
  running.set(element, texts);
  try {
    if (trap) throw trap;
    const handle = start();
    return {
      act: (leaves) => trap || handle.act(leaves),
      setLanguage(language) {
        if (trap) return;
        running.set(element, language?.scripts);
        handle.setLanguage(language);
      },
      unmount() {
        running.delete(element);
        if (trap) removeFailureWithButton(element);
        else handle.unmount();
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
  if (!isTrap(error)) return;
  trap = error;
  const stopped = [...running];
  running.clear();
  for (const [element, texts] of stopped) {
    const [text, button] = [texts?.["stopped.text"] ?? STOPPED, texts?.["stopped.reload"] ?? RELOAD];
    showFailureWithButton(element, text, button, () => location.reload());
    reportStopped(element);
  }
}
