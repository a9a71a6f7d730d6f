// The widget in a browser of its own, as a person uses it: what is to be seen, what can be typed and pressed.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = JSON.parse(process.env.CHROMIUM_FLAGS ?? '["--no-sandbox", "--disable-gpu"]');
const PATIENCE = 20_000;

export function launch() {
  return puppeteer.launch({ executablePath: BROWSER, headless: true, args: FLAGS });
}

export class Widget {
  /** Opens the page in a context without cookies. `options` are those of the widget. */
  static async open(browser, origin, org, options = {}) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const widget = new Widget(context, page, origin, org);
    await widget.goTo(options);
    return widget;
  }

  constructor(context, page, origin, org) {
    Object.assign(this, { context, page, origin, org });
  }

  close() {
    return this.context.close();
  }

  /** Opens the page with these options. */
  async goTo(options = {}, query = "") {
    const all = JSON.stringify({ baseUrl: this.org.address, ...options });
    await this.page.goto(`${this.origin}/?options=${encodeURIComponent(all)}${query}`);
  }

  /** The text is to be seen. */
  see(text) {
    return this.#until(`to see “${text}”`, (text) => document.body.innerText.includes(text), text);
  }

  /** An image of this source is to be seen. */
  seeImage(part) {
    const is = (part) => [...document.images].some((image) => image.src.includes(part) && image.naturalWidth > 0);
    return this.#until(`to see an image of ${part}`, is, part);
  }

  /** Nothing moves: while the widget changes from one form to the next, both are there. */
  async settled() {
    await this.page.waitForFunction(() => !document.querySelector(".animation-container-overflow"), { polling: 50 });
  }

  /** Types into the field of this name, instead of what is there. */
  async fill(name, value) {
    await this.settled();
    const field = await this.page.waitForSelector(`[name="${name}"]:not([type="hidden"])`, { visible: true });
    // The widget moves the focus after an error, so that keys can get lost.
    for (let tries = 0; tries < 5; tries += 1) {
      await field.evaluate((field) => {
        field.focus();
        field.select();
      });
      await field.type(String(value));
      // The widget sets the hyphens of some codes itself.
      const typed = await field.evaluate((field) => field.value.replaceAll("-", ""));
      if (typed === String(value).replaceAll("-", "")) return;
    }
    throw new Error(`could not type into ${name}`);
  }

  /** Presses what has this text: a button or a link. */
  async press(text) {
    const find = (text) => {
      const all = [...document.querySelectorAll("a, button, input[type=submit], input[type=button], [role=button]")];
      const shown = all.filter((one) => one.offsetParent !== null);
      const label = (one) => (one.value || one.innerText || one.getAttribute("aria-label") || "").trim();
      return shown.find((one) => label(one) === text) ?? shown.find((one) => one.getAttribute("title") === text);
    };
    await this.settled();
    await this.#until(`to find “${text}”`, (text, find) => Boolean(new Function(`return ${find}`)()(text)), text, String(find));
    await this.page.evaluate((text, find) => new Function(`return ${find}`)()(text).click(), text, String(find));
  }

  /** Chooses this value in the list of this name, which the widget shows in its own way. */
  async choose(name, value) {
    await this.page.waitForSelector(`select[name="${name}"]`);
    await this.page.evaluate(
      (name, value) => {
        const list = document.querySelector(`select[name="${name}"]`);
        list.value = value;
        list.dispatchEvent(new Event("change", { bubbles: true }));
        if (window.jQuery) window.jQuery(list).trigger("change");
      },
      name,
      value,
    );
  }

  async tick(name) {
    await this.settled();
    const box = await this.page.waitForSelector(`[name="${name}"]`);
    await box.evaluate((box) => (document.querySelector(`label[for="${box.id}"]`) ?? box).click());
  }

  /** Picks the radio button of this value. */
  async pick(value) {
    await this.settled();
    const button = await this.page.waitForSelector(`input[type="radio"][value="${value}"]`);
    await button.evaluate((button) => (document.querySelector(`label[for="${button.id}"]`) ?? button).click());
  }

  /** Puts a security key into the browser. */
  async securityKey() {
    const session = await this.page.createCDPSession();
    await session.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "usb", automaticPresenceSimulation: true };
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
    return { credentials: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials };
  }

  /** The browser has gone to the org. */
  async leaves() {
    await this.page.waitForFunction((org) => location.origin === org, { timeout: PATIENCE }, this.org.address);
  }

  /** Sends the form. The widget ignores a press that follows the one before too soon, so it is pressed until it acts. */
  async send() {
    await this.settled();
    const asked = (request) => request.url().startsWith(this.org.address);
    for (let tries = 0; tries < 5; tries += 1) {
      const acts = this.page.waitForRequest(asked, { timeout: 1500 }).then(() => true, () => false);
      const button = await this.page.waitForFunction(() => {
        const all = [...document.querySelectorAll('input[type="submit"], button[type="submit"]')];
        return all.find((one) => one.offsetParent !== null && !/disabled/.test(one.className));
      });
      await button.evaluate((button) => button.click());
      // What asks the org nothing shows another form.
      if ((await acts) || (await button.evaluate((button) => !button.isConnected).catch(() => true))) return;
    }
    throw new Error("the form can not be sent");
  }

  /** User name and password. */
  async signIn(login, password) {
    await this.fill("username", login);
    await this.fill("password", password);
    await this.send();
  }

  /** The widget hands over a session token. */
  async succeeds() {
    await this.#until("to succeed", () => Boolean(window.result ?? window.failure));
    const { result, failure } = await this.page.evaluate(() => ({ result: window.result, failure: window.failure }));
    assert.equal(failure, undefined);
    assert.equal(result.status, "SUCCESS");
    return result;
  }

  /** The browser has come to this path of the page. */
  async arrives(path) {
    await this.page.waitForFunction((path) => location.pathname === path, { timeout: PATIENCE }, path);
  }

  /** The number that the person is to choose on the phone. */
  async number() {
    await this.see("On your phone, tap");
    return Number(await this.page.evaluate(() => document.body.innerText.match(/tap (\d+)/)[1]));
  }

  /** Chooses another factor of those that the user has. */
  async factor(label) {
    const list = await this.page.waitForSelector(".option-selected", { visible: true });
    await this.settled();
    await list.evaluate((list) => list.click());
    await this.press(label);
  }

  /** Begins to set up the factor of this title. */
  async setUp(title) {
    const row = (title) => {
      const all = [...document.querySelectorAll(".enroll-factor-row")];
      return all.find((row) => row.querySelector("h3, .enroll-factor-label")?.innerText.trim().startsWith(title));
    };
    await this.settled();
    await this.#until(`to find the factor “${title}”`, (title, row) => Boolean(new Function(`return ${row}`)()(title)), title, String(row));
    await this.page.evaluate((title, row) => new Function(`return ${row}`)()(title).querySelector("a.button").click(), title, String(row));
  }

  async #until(what, check, ...args) {
    try {
      await this.page.waitForFunction(check, { timeout: PATIENCE, polling: 50 }, ...args);
    } catch {
      const shown = await this.page.evaluate(() => document.body.innerText).catch(() => "?");
      throw new Error(`waited ${what} at ${this.page.url().slice(0, 80)}, where there is:\n${shown}`);
    }
  }
}
