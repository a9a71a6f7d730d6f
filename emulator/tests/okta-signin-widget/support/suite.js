// One org, one page server and one browser for a file of tests; each test has a browser context and the initial org.
import { after, before, test } from "node:test";
import { Org } from "./org.js";
import { serve } from "./page.js";
import { launch, Widget } from "./widget.js";

/** Returns a function that declares a test. The test gets the widget, opened with these options, and the org. */
export function suite() {
  let org, page, browser;
  before(async () => {
    page = await serve();
    [org, browser] = await Promise.all([Org.start(page.origin), launch()]);
  });
  after(async () => {
    await browser?.close();
    await org?.stop();
    page?.close();
  });
  return (name, flow, options = {}) =>
    test(name, async () => {
      await org.reset();
      const widget = await Widget.open(browser, page.origin, org, options);
      try {
        await flow(widget, org);
      } finally {
        await widget.close();
      }
    });
}
