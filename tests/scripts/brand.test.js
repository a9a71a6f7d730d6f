import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { contrast, derive, parse, SURFACES } from "../../src/embed/js/brand/color.js";
import { TEXTS } from "../../src/embed/js/brand/texts.js";
import { done, openPage, staticForm } from "./page.js";

const file = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const CATALOGUE = JSON.parse(await file("locales/en.arb"));

// --- colours ---

test("contrast is WCAG's", () => {
  assert.equal(contrast("#000", "#fff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.equal(contrast("#1f5fd0", "#1f5fd0"), 1);
});

test("colours are written with a number sign", () => {
  assert.deepEqual(parse(" #1F5fd0 "), [31, 95, 208]);
  assert.deepEqual(parse("#abc"), [170, 187, 204]);
  for (const wrong of ["", "red", "#12345", "#1234", "1f5fd0", "rgb(1, 2, 3)", "#1f5fd0; color: red"]) {
    assert.equal(parse(wrong), undefined, wrong);
  }
});

test("an accent that can be read stays, and every accent can be read in the end, with the text on it", () => {
  assert.equal(derive("#1f5fd0", "light").accent, "#1f5fd0");
  assert.equal(derive("#8ab4ff", "dark").accent, "#8ab4ff");
  assert.equal(derive("red", "light"), undefined);
  const steps = ["00", "33", "66", "99", "cc", "ff"];
  for (const red of steps) for (const green of steps) for (const blue of steps) {
    for (const scheme of ["light", "dark"]) {
      const color = `#${red}${green}${blue}`;
      const { accent, on, strong } = derive(color, scheme);
      const seen = `${color} ${scheme}: ${accent} ${on} ${strong}`;
      assert.ok(contrast(accent, SURFACES[scheme]) >= 4.5, seen);
      assert.ok(contrast(on, accent) >= 4.5, seen);
      assert.ok(contrast(on, strong) >= 4.5, seen);
    }
  }
});

// --- words ---

test("what the brand says is in the catalogue", () => {
  for (const [key, text] of Object.entries(TEXTS)) assert.equal(CATALOGUE[key], text, key);
});

// --- the page ---

const ATTRIBUTES = `logo="logo.svg" logo-alt="Acme &amp; Co" organization-name="Acme &amp; Co" application-name="Dash &lt;1&gt;"
  help-url="/help" contact-url="mailto:it@acme.example" terms-url="javascript:alert(1)"`;

/** A page with the widget; every style sheet is there at once. */
async function open(t, attributes, content = "", prepare = () => {}) {
  const page = await openPage(t, { body: `<okta-sign-in ${attributes}>${content}</okta-sign-in>` });
  const head = new page.window.MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) node.dispatchEvent(new page.window.Event("load"));
  });
  head.observe(page.document.head, { childList: true });
  const warnings = t.mock.method(console, "warn", () => {}).mock;
  page.warnings = () => warnings.calls.map((call) => call.arguments[0]);
  page.element = page.find("okta-sign-in");
  prepare(page.element);
  await page.script("okta-sign-in.js");
  await done();
  return page;
}

test("a page without a brand loads none", async (t) => {
  const page = await open(t, 'base-url="https://a.example" accept="x"');
  assert.equal(page.find(".oaw-brand"), null);
  assert.equal(page.program.mounts[0].element, page.element);
  assert.equal(page.document.querySelectorAll("link").length, 1);
});

test("the program finds its attributes where it is mounted", async (t) => {
  const page = await open(t, 'organization-name="A" class="x" base-url="https://a.example" rememberme="false"');
  const attributes = [...page.find(".oaw-brand-main").attributes].map(({ name, value }) => [name, value]);
  assert.deepEqual(attributes, [
    ["class", "oaw-brand-main"],
    ["base-url", "https://a.example"],
    ["remember-me", "false"],
  ]);
});

test("the brand is around the program, as it is rendered into a page", async (t) => {
  const page = await open(t, ATTRIBUTES);
  const [mounted] = page.program.mounts;
  assert.equal(mounted.element, page.find(".oaw-brand-main"));
  assert.equal(mounted.isElement, true);
  const made = page.find(".oaw-brand").cloneNode(true);
  made.querySelector(".oaw-brand-main").replaceChildren();
  const template = page.document.createElement("template");
  template.innerHTML = (await file("tests/fixtures/brand.html")).trim();
  assert.equal(made.outerHTML.length > 0 && made.isEqualNode(template.content.firstChild), true, made.outerHTML);
  assert.match(page.warnings().join(), /terms-url must lead to/);
});

test("a brand that is in the page already stays, with the form in it", async (t) => {
  const fixture = (await file("tests/fixtures/brand.html")).trim();
  const place = '<div class="oaw-brand-main">';
  const page = await open(t, ATTRIBUTES, fixture.replace(place, place + staticForm().trim()), (element) => {
    element.logoBefore = element.querySelector("img");
    element.fieldBefore = element.querySelector("input");
    element.fieldBefore.focus();
  });
  assert.equal(page.document.querySelectorAll(".oaw-brand").length, 1);
  assert.equal(page.find("img"), page.element.logoBefore);
  assert.equal(page.find("input"), page.element.fieldBefore);
  assert.equal(page.document.activeElement, page.element.fieldBefore);
});

test("a static form keeps its focus when the brand is put around it", async (t) => {
  const page = await open(t, 'organization-name="Acme"', staticForm(), (element) => {
    element.querySelector("input").value = "ann.lee";
    element.querySelector("input").focus();
    element.querySelector("input").setSelectionRange(1, 3);
  });
  const field = page.find(".oaw-brand-main input");
  assert.equal(page.document.activeElement, field);
  assert.deepEqual([field.value, field.selectionStart, field.selectionEnd], ["ann.lee", 1, 3]);
  assert.equal(page.document.querySelectorAll("form").length, 1);
});

test("a label may be one for each language", async (t) => {
  const page = await open(t, "", "", (element) => {
    element.links = [
      { label: { de: "Stand", "en-US": " Status " }, href: "/status" },
      { label: { de: "Nur deutsch", fr: "" }, href: "/de" },
      { label: { en: " " }, href: "/none" },
      { label: "Forgot?", key: "primary.forgot", href: "/forgot", newWindow: false },
    ];
    element.buttons = [{ label: { en: "Guest", de: "Gast" }, onClick() {} }];
  });
  assert.deepEqual(
    [...page.document.querySelectorAll("a")].map((link) => link.firstChild.data),
    ["Status", "Nur deutsch", "Forgot?"],
  );
  assert.equal(page.find(".oaw-brand-buttons").textContent, "Guest");
  assert.match(page.warnings().join(), /links must have objects with a label/);
});

test("only addresses that run no script are linked", async (t) => {
  const page = await open(t, "", "", (element) => {
    element.logo = "javascript:alert(1)";
    element.links = [
      { label: "A", href: "https://a.example/" },
      { label: "B", href: "  java\nscript:alert(1)" },
      { label: "C", href: "data:text/html,x" },
      { label: "D", href: "tel:+123" },
      { label: "E", href: "help", newWindow: false },
      { label: "F" },
      { href: "https://a.example/" },
      "https://a.example/",
    ];
  });
  const links = [...page.document.querySelectorAll("a")];
  assert.deepEqual(
    links.map((link) => [link.firstChild.data, link.target, link.rel]),
    [
      ["A", "_blank", "noopener noreferrer"],
      ["D", "", ""],
      ["E", "", ""],
    ],
  );
  assert.equal(page.find("img"), null);
  assert.equal(page.warnings().length, 6);
});

for (const [logo, allowed] of [
  ["https://cdn.example/a.png", true],
  ["/a.png", true],
  ["data:image/svg+xml,<svg/>", true],
  ["http://cdn.example/a.png", false],
  ["data:text/html,x", false],
  ["blob:https://app.example/1", false],
  ["mailto:a@b", false],
]) {
  test(`a logo ${allowed ? "can" : "can't"} be ${logo}`, async (t) => {
    const page = await open(t, `logo='${logo}' logo-alt="Acme"`);
    assert.equal(page.find("img") !== null, allowed);
    assert.equal(page.warnings().length, allowed ? 0 : 1);
  });
}

test("a logo without words for it is reported", async (t) => {
  const page = await open(t, 'logo="/a.png"');
  assert.match(page.warnings().join(), /logo-alt is missing/);
  assert.equal(page.find("img").alt, "");
});

test("buttons stand above and below, and what they throw is reported", async (t) => {
  const thrown = new Error("from the page");
  let pressed = 0;
  const reported = [];
  const page = await open(t, "", "", (element) => {
    element.addEventListener("error", ({ detail }) => reported.push(detail.code));
    element.buttons = [
      { label: "Company account", onClick: () => (pressed += 1), position: "above", className: "mine" },
      { label: "Guide", href: "/guide" },
      { label: "Throws", onClick: () => { throw thrown; } },
      { label: "Rejects", onClick: async () => { throw thrown; } },
      { label: "Nothing" },
      { label: "Script", href: "javascript:alert(1)" },
      { label: "Middle", onClick() {}, position: "middle" },
    ];
  });
  const form = page.find("form");
  const buttons = [...form.querySelectorAll(".oaw-brand-buttons > *")];
  assert.deepEqual(
    buttons.map((button) => [button.textContent, button.localName, button.parentNode.className]),
    [
      ["Company account", "button", "oaw-brand-buttons oaw-brand-above"],
      ["Guide", "a", "oaw-brand-buttons oaw-brand-below"],
      ["Throws", "button", "oaw-brand-buttons oaw-brand-below"],
      ["Rejects", "button", "oaw-brand-buttons oaw-brand-below"],
      ["Middle", "button", "oaw-brand-buttons oaw-brand-below"],
    ],
  );
  assert.equal(form.querySelector("h2").nextSibling, buttons[0].parentNode);
  assert.equal(form.querySelector(".mine").type, "button");
  for (const button of buttons) if (button.localName === "button") button.click();
  await done();
  assert.equal(pressed, 1);
  assert.deepEqual(page.errors(), [thrown, thrown]);
  assert.deepEqual(reported, ["host-callback", "host-callback"]);
  assert.equal(page.warnings().length, 3);
});

test("identity providers stand above and below, each with its name and the way back", async (t) => {
  const page = await open(t, 'base-url="https://acme.okta.com" redirect-url="/home?a=b"', "", (element) => {
    element.idps = [
      { id: "0oaGoogle1", type: "GOOGLE", position: "above", className: "mine" },
      { id: "0oaSaml1", type: "SAML2", name: " Partner " },
      { id: "0oaOidc1", type: "OIDC", label: { en: "Staff" } },
      { id: "0oaNew1", type: "SAML2" },
      { id: "../x", type: "GOOGLE" },
      { type: "GOOGLE" },
      null,
    ];
    element.buttons = [{ label: "Guest", href: "/guest" }];
  });
  const links = [...page.find("form").querySelectorAll(".oaw-brand-idp")];
  const back = encodeURIComponent("https://app.example/home?a=b");
  assert.deepEqual(
    links.map((link) => [link.lastChild.textContent, link.getAttribute("part"), link.href, link.parentNode.className]),
    [
      ["Sign in with Google", "idp idp-google", "0oaGoogle1", "above"],
      ["Sign in with Partner", "idp idp-saml2", "0oaSaml1", "below"],
      ["Staff", "idp idp-oidc", "0oaOidc1", "below"],
    ].map(([text, part, id, place]) => [
      text,
      part,
      `https://acme.okta.com/sso/idps/${id}?fromURI=${back}`,
      `oaw-brand-buttons oaw-brand-${place}`,
    ]),
  );
  assert.deepEqual(links.map((link) => [link.firstChild.textContent, link.firstChild.getAttribute("aria-hidden")]), [
    ["G", "true"],
    ["P", "true"],
    ["S", "true"],
  ]);
  assert.ok(links[0].classList.contains("mine"));
  assert.equal(links[2].parentNode.nextSibling.textContent, "Guest", "the page's own buttons follow");
  assert.equal(page.warnings().length, 4);
  assert.match(page.warnings()[0], /idps must have objects with an id of the org/);
});

test("a sign-in at a provider goes on with a state token, else back to this page without its parameters", async (t) => {
  const idps = [{ id: "0oa1", type: "APPLE" }];
  const set = (element) => (element.idps = idps);
  const address = async (attributes) => (await open(t, attributes, "", set)).find(".oaw-brand-idp")?.href;
  const at = "https://acme.okta.com/sso/idps/0oa1";
  assert.equal(await address('base-url="https://acme.okta.com" state-token="00a/b"'), `${at}?stateToken=00a%2Fb`);
  assert.equal(await address('baseurl="https://acme.okta.com/"'), `${at}?fromURI=${encodeURIComponent("https://app.example/")}`);
  for (const org of ["", 'base-url="https://"', 'base-url="javascript:alert(1)"']) {
    assert.equal(await address(org), undefined, `without an org there is nothing to link: ${org}`);
  }
});

test("what the page has written stands in its places, at every form for user name and password", async (t) => {
  const content = `<p slot="footer">f</p><p slot="before-form">b</p><p slot="header">h</p>`;
  const page = await open(t, "", content);
  const at = (selector) => page.find(selector)?.textContent;
  assert.deepEqual(["header", "footer"].map((place) => at(`.oaw-brand-${place} > p`)), ["h", "f"]);
  assert.equal(at("form > h2 + p"), "b");
  // The next step, and the form again.
  const main = page.find(".oaw-brand-main");
  main.innerHTML = '<div><form><h2>Code</h2><input name="passcode"></form></div>';
  await done();
  assert.equal(main.querySelector("p"), null);
  main.innerHTML = '<div><form><h2>Sign in</h2><input name="username"></form></div>';
  await done();
  assert.equal(at("form > h2 + p"), "b");
});

test("the program gets the static form as it was rendered", async (t) => {
  const content = `<p slot="before-form">b</p>${staticForm()}`;
  const page = await open(t, "", content, (element) => {
    element.buttons = [{ label: "A", href: "/a" }];
  });
  const { mount } = page.program;
  assert.equal(page.find("form > h2 + p").textContent, "b");
  assert.equal(page.find("form a").textContent, "A");
  // Once more, and this time the form is looked at while it is hydrated.
  const other = page.document.createElement("okta-sign-in");
  other.innerHTML = content;
  let seen;
  page.program.mount = (element, ...args) => {
    queueMicrotask(() => queueMicrotask(() => (seen = element.querySelector("form").querySelectorAll("p").length)));
    return mount(element, ...args);
  };
  page.document.body.append(other);
  await done();
  assert.equal(seen, 0);
  assert.equal(other.querySelector("form > h2 + p").textContent, "b");
});

test("what is changed shows while the program runs", async (t) => {
  const page = await open(t, 'organization-name="Acme"');
  page.element.setAttribute("organization-name", "Other");
  page.element.links = [{ label: "Status", href: "/status" }];
  await done();
  assert.equal(page.find(".oaw-brand-name").textContent, "Other");
  assert.equal(page.find("a").pathname, "/status");
  const late = page.document.createElement("p");
  late.slot = "footer";
  page.element.append(late);
  await done();
  assert.equal(page.find(".oaw-brand-footer > p"), late);
  assert.equal(page.program.mounts.length, 1);
  assert.deepEqual(page.warnings(), []);
  page.element.isolated = true;
  await done();
  assert.match(page.warnings().join(), /isolated can't be changed/);
  assert.equal(page.element.shadowRoot, null);
});

test("a bad colour is reported, and another one used", async (t) => {
  const page = await open(t, 'accent-color="#ffcc00"');
  assert.match(page.warnings().join(), /accent-color #ffcc00 has a contrast of 1\.\d\d .* #[0-9a-f]{6} is used/);
  const used = page.element.style.getPropertyValue("--oaw-accent");
  assert.ok(contrast(used, "#fff") >= 4.5, used);
  const other = await open(t, 'accent-color="yellow" organization-name="A"');
  assert.match(other.warnings().join(), /accent-color is not a colour like/);
  assert.equal(other.element.getAttribute("style"), null);
});

test("an isolated widget is in a shadow root, with the style sheets and what the page has written", async (t) => {
  const page = await open(t, 'isolated logo-alt="x"', '<p slot="footer">f</p>', (element) => {
    const attach = element.attachShadow.bind(element);
    element.attachShadow = (init) => {
      const root = attach(init);
      const load = (records) => records.forEach(({ addedNodes: [node] }) => node?.dispatchEvent(new page_.Event("load")));
      const page_ = globalThis.window;
      new page_.MutationObserver(load).observe(root, { childList: true });
      return root;
    };
  });
  const root = page.element.shadowRoot;
  assert.equal(root.mode, "open");
  assert.equal(root.querySelectorAll("link").length, 2);
  assert.equal(page.program.mounts[0].element, root.querySelector(".oaw-brand-main"));
  assert.equal(root.querySelector(".oaw-brand-footer slot").name, "footer");
  assert.equal(page.find("okta-sign-in > p").textContent, "f");
  assert.equal(root.querySelector("h2").getRootNode(), root);
});

test("mount takes the brand from the configuration, and gives the program the rest", async (t) => {
  const page = await openPage(t, { body: "<main></main>" });
  const { mount } = await page.script("okta-sign-in.js");
  const load = (records) => records.forEach(({ addedNodes: [node] }) => node?.dispatchEvent(new page.window.Event("load")));
  new page.window.MutationObserver(load).observe(page.document.head, { childList: true });
  mount(page.find("main"), { baseUrl: "https://a.example", organizationName: "Acme", links: [], orgOrigins: [] });
  // The brand's script is loaded first.
  while (!page.program.mounts.length) await done();
  assert.equal(page.program.mounts[0].config.baseUrl, "https://a.example");
  assert.equal(page.program.mounts[0].isElement, false);
  assert.deepEqual(Object.keys(page.program.mounts[0].config), ["baseUrl", "orgOrigins"]);
  assert.equal(page.find("main > .oaw-brand .oaw-brand-name").textContent, "Acme");
});

test("a divider stands between the form and the buttons, where there are any", async (t) => {
  const page = await open(t, 'base-url="https://acme.okta.com" divider', "", (element) => {
    element.buttons = [{ label: "Guest", href: "/guest" }];
    element.idps = [{ id: "0oa1", type: "GOOGLE", position: "above" }];
  });
  const order = () => [...page.find("form").children].filter((node) => !node.matches("input, button")).map((node) => node.textContent);
  assert.deepEqual(order(), ["Sign in", "GSign in with Google", "or", "or", "Guest"]);
  page.element.idps = [];
  await done();
  assert.deepEqual(order(), ["Sign in", "or", "Guest"]);
  page.element.divider = false;
  await done();
  assert.deepEqual(order(), ["Sign in", "Guest"]);
  page.element.divider = "yes";
  await done();
  assert.deepEqual([order(), page.warnings().length], [["Sign in", "Guest"], 1]);
});

// --- smart cards ---

const CERTIFICATE = "https://certificates.acme.okta.com/auth";

/** A form with a button for smart cards, and what the org answers to both requests, in their order. */
async function openWithCard(t, answers, piv = {}, attributes = "") {
  const reported = [];
  const page = await open(t, `base-url="https://acme.okta.com" ${attributes}`, "", (element) => {
    element.addEventListener("error", ({ detail }) => reported.push(detail));
    element.piv = { certAuthUrl: CERTIFICATE, ...piv };
  });
  const requests = [];
  globalThis.fetch = async (url, init) => {
    requests.push({ url, ...init });
    const answer = answers.shift();
    if (!answer) return new Promise((_, reject) => init.signal.addEventListener("abort", () => reject(new Error("aborted"))));
    return answer;
  };
  const button = page.find(".oaw-brand-piv");
  return { page, requests, reported, button, said: button?.nextSibling };
}

const answer = (body, status = 200) => new Response(JSON.stringify(body), { status });

test("a smart card signs in: the certificate is asked for, then the address to go to", async (t) => {
  const answers = [answer({}), answer({ redirectUrl: "https://app.example/#in?a=1&amp;b=2" })];
  const { page, requests, button, said, reported } = await openWithCard(t, answers, { className: "mine" }, 'redirect-url="/home?a=b"');
  assert.equal(button.textContent, "Sign in with a smart card");
  assert.equal(button.parentNode.className, "oaw-brand-buttons oaw-brand-below");
  assert.ok(button.classList.contains("mine"));
  assert.equal(said.getAttribute("role"), "status");
  button.click();
  assert.equal(said.textContent, "Insert your card and choose its certificate.");
  button.click();
  while (!page.document.location.hash) await done();
  assert.equal(page.document.location.hash, "#in?a=1&b=2");
  assert.deepEqual(
    requests.map(({ url, method, credentials, redirect, body, headers }) => [url, method, credentials, redirect, body, headers["Content-Type"]]),
    [
      [CERTIFICATE, "GET", "include", "error", undefined, undefined],
      [CERTIFICATE, "POST", "include", "error", '{"fromURI":"https://app.example/home?a=b","isCustomDomain":false}', "text/plain"],
    ],
    "once, although it was pressed twice",
  );
  assert.deepEqual(reported, []);
});

for (const [name, answers, status] of [
  ["that the org refuses", [answer({ errorCode: "E0000004" }, 401)], 401],
  ["whose answer is refused", [answer({}), answer({ errorCode: "E0000001" }, 400)], 400],
  ["without an answer", [answer({}), answer({})], null],
  ["whose answer is a list", [answer({}), answer({ redirectUrl: ["https://app.example/#in"] })], null],
  ["whose answer is null", [answer({}), answer(null)], null],
  ["that leads elsewhere", [answer({}), answer({ redirectUrl: "https://evil.example/#in" })], null],
  ["that leads to a script", [answer({}), answer({ redirectUrl: "javascript:alert(1)" })], null],
  ["that leads to a name and a password", [answer({}), answer({ redirectUrl: "https://a:b@app.example/#in" })], null],
]) {
  test(`a card ${name} is told, and may be tried again`, async (t) => {
    const { page, button, said, reported } = await openWithCard(t, answers);
    button.click();
    while (!reported.length) await done();
    assert.equal(said.textContent, "Your card couldn't be used. Try again, or sign in another way.");
    assert.equal(button.hasAttribute("aria-disabled"), false);
    assert.deepEqual(reported, [{ code: "piv", status, step: "start", retryable: true }]);
    assert.equal(page.document.location.href, "https://app.example/");
    assert.equal(page.errors().length, 1);
  });
}

test("an address of the org, or of an allowed origin, may follow", async (t) => {
  const { allowedOrigins } = await import("../../src/embed/js/brand/way-back.js");
  await openPage(t);
  const given = { baseUrl: "https://acme.okta.com/", orgOrigins: ["https://id.acme.example"], redirectOrigins: "https://a.example  https://b.example:8443" };
  assert.deepEqual(allowedOrigins((name) => given[name]), [
    "https://app.example",
    "https://acme.okta.com",
    "https://id.acme.example",
    "https://a.example",
    "https://b.example:8443",
  ]);
  assert.deepEqual(allowedOrigins(() => "mailto:a@b"), ["https://app.example"]);
});

test("a card that is not waited for any more does nothing", async (t) => {
  const { page, requests, button, said, reported } = await openWithCard(t, []);
  button.click();
  // Who signs in by password meanwhile is at the next step.
  page.find(".oaw-brand-main").innerHTML = '<div><form><h2>Code</h2><input name="passcode"></form></div>';
  await done();
  assert.equal(requests[0].signal.aborted, true);
  await done();
  assert.deepEqual([said.textContent, button.hasAttribute("aria-disabled")], ["", false]);
  assert.deepEqual([reported, page.errors()], [[], []]);
});

test("the address for certificates is by https, or the org's own", async (t) => {
  for (const [certAuthUrl, org, isThere] of [
    [CERTIFICATE, "https://acme.okta.com", true],
    ["http://localhost:8081/cert/auth", "http://localhost:8081", true],
    ["http://localhost:8082/cert/auth", "http://localhost:8081", false],
    ["http://acme.okta.com/cert", "https://acme.okta.com", false],
    ["javascript:alert(1)", "https://acme.okta.com", false],
    ["mailto:a@b", "https://acme.okta.com", false],
    [undefined, "https://acme.okta.com", false],
  ]) {
    const page = await open(t, `base-url="${org}"`, "", (element) => (element.piv = { certAuthUrl, label: { en: "CAC" }, position: "above" }));
    assert.equal(page.find(".oaw-brand-above > .oaw-brand-piv")?.textContent, isThere ? "CAC" : undefined, certAuthUrl);
    assert.equal(page.warnings().length, isThere ? 0 : 1, certAuthUrl);
  }
});
