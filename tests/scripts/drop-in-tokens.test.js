import assert from "node:assert/strict";
import { test } from "node:test";

import { createOktaSignIn } from "../../src/embed/js/drop-in/class.js";
import { flatten, translate } from "../../src/embed/js/drop-in/options.js";
import { serverAddress } from "../../src/embed/js/drop-in/tokens.js";
import { done, openPage } from "./page.js";

const BASE = { baseUrl: "https://example.okta.com", clientId: "0oa1", el: "#osw-container" };
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const ACCESS_TOKEN = `${encoded({ alg: "RS256" })}.${encoded({ sub: "jörg", scp: ["openid"] })}.sig`;
const RESULT = {
  type: "tokens",
  idToken: "h.p.s",
  accessToken: ACCESS_TOKEN,
  refreshToken: "r1",
  expiresAt: new Date(1_900_000_000_500),
  scopes: ["openid", "email"],
  claims: { sub: "00u1", iss: "https://example.okta.com/oauth2/default", iat: 1000, exp: 4600 },
};

/** A page with the class, whose widgets record what they are given. */
async function open(t, url = "https://app.example/page?a=1#b") {
  const page = await openPage(t, { body: '<div id="osw-container"></div>', url });
  t.mock.method(console, "warn", () => {});
  const [widgets, left] = [[], []];
  const mount = (element, config) => {
    const widget = { element, config, ready: new Promise(() => {}), on() {}, unmount() {} };
    widgets.push(widget);
    return widget;
  };
  const OktaSignIn = createOktaSignIn(async () => ({ mount }), (address) => left.push(address));
  return { ...page, OktaSignIn, widgets, left };
}

test("an app gets tokens in place of a session", async (t) => {
  const { OktaSignIn, widgets } = await open(t);
  const signIn = new OktaSignIn({ ...BASE, redirectUri: "/callback", authParams: { scopes: "openid groups" } });
  signIn.showSignInToGetTokens({ authParams: { issuer: "https://example.okta.com/oauth2/default", responseType: "token" } });
  await done();
  const [{ config }] = widgets;
  assert.equal("sessionRedirect" in config, false);
  assert.deepEqual(config.tokens, {
    clientId: "0oa1",
    issuer: "https://example.okta.com/oauth2/default",
    redirectUri: "https://app.example/callback",
    scopes: ["openid", "groups"],
    // As there: with PKCE it is always a code.
    responseType: "code",
    display: "frame",
  });
});

test("without more, the app's redirect URI is the origin, and the org issues the tokens", async (t) => {
  await open(t);
  const { tokens } = translate(flatten(BASE));
  assert.deepEqual([tokens.redirectUri, tokens.issuer], ["https://app.example/", "https://example.okta.com"]);
  assert.deepEqual([tokens.scopes, tokens.responseType, tokens.display], [["openid", "email"], "code", "frame"]);
  const other = translate(flatten(BASE, { authParams: { pkce: false, display: "page" } })).tokens;
  assert.deepEqual([other.responseType, other.display], [["token", "id_token"], "redirect"]);
  assert.equal(translate(flatten(BASE), undefined, true).tokens.display, "redirect");
});

test("the tokens have the shape of okta-auth-js", async (t) => {
  const { OktaSignIn, widgets } = await open(t);
  const promise = new OktaSignIn({ ...BASE, issuer: RESULT.claims.iss }).showSignInToGetTokens();
  await done();
  t.mock.method(Date, "now", () => 1_800_000_000_999);
  widgets[0].config.onSuccess(RESULT);
  const issuer = "https://example.okta.com/oauth2/default";
  const authorizeUrl = `${issuer}/v1/authorize`;
  const scopes = ["openid", "email"];
  assert.deepEqual(await promise, {
    accessToken: {
      accessToken: ACCESS_TOKEN,
      claims: { sub: "jörg", scp: ["openid"] },
      expiresAt: 1_900_000_000,
      tokenType: "Bearer",
      scopes,
      authorizeUrl,
      userinfoUrl: `${issuer}/v1/userinfo`,
    },
    idToken: { idToken: "h.p.s", claims: RESULT.claims, expiresAt: 1_800_003_600, scopes, authorizeUrl, issuer, clientId: "0oa1" },
    refreshToken: { refreshToken: "r1", expiresAt: 1_900_000_000, scopes, tokenUrl: `${issuer}/v1/token`, authorizeUrl, issuer },
  });
});

test("an ID token alone, and an access token that is no JWT", async (t) => {
  const { OktaSignIn, widgets } = await open(t);
  const results = [];
  new OktaSignIn(BASE).renderEl({}, (result) => results.push(result));
  await done();
  const { onSuccess } = widgets[0].config;
  onSuccess({ ...RESULT, accessToken: null, refreshToken: null, expiresAt: null, scopes: [] });
  onSuccess({ ...RESULT, accessToken: "opaque" });
  await done();
  assert.deepEqual([results[0].status, Object.keys(results[0].tokens)], ["SUCCESS", ["idToken"]]);
  assert.equal(results[0].tokens.idToken.authorizeUrl, "https://example.okta.com/oauth2/v1/authorize");
  assert.equal(results[1].tokens.accessToken.claims, undefined);
});

test("what cannot be done is an error that names the option", async (t) => {
  for (const [options, message] of [
    [{ clientId: undefined }, /^clientId is required/],
    [{ state: "s" }, /^state: the widget draws its own/],
    [{ authParams: { nonce: "n" } }, /^nonce: the widget draws its own/],
    [{ authParams: { display: "popup" } }, /^authParams.display: the widget opens no window/],
    [{ authParams: { prompt: "login" } }, /^authParams.prompt: the widget asks with prompt=none/],
    [{ authParams: { maxAge: 0 } }, /^authParams.maxAge: /],
    [{ authParams: { responseMode: "form_post" } }, /^responseMode: the answer comes as okta_post_message/],
    [{ authParams: { pkce: false, responseType: "code" } }, /^a code that a server exchanges/],
    [{ codeChallenge: "c" }, /^a code that a server exchanges/],
  ]) {
    const page = await open(t);
    const promise = new page.OktaSignIn({ ...BASE, ...options }).showSignInToGetTokens();
    await assert.rejects(promise, { name: "CONFIG_ERROR", message });
    assert.equal(page.find("[role=alert]").textContent, "This sign-in form isn't set up correctly.");
    assert.equal(page.widgets.length, 0);
  }
});

test("a redirect comes back to a page with the widget", async (t) => {
  const { OktaSignIn, widgets } = await open(t);
  new OktaSignIn(BASE).showSignInAndRedirect();
  await done();
  assert.equal(widgets[0].config.tokens.display, "redirect");
  for (const [address, expected] of [
    ["?code=c&state=s", true],
    ["#id_token=i&state=s", true],
    ["#/route?code=c&state=s", false],
    ["?code=c", false],
    ["?error=access_denied&state=s", false],
    ["", false],
  ]) {
    const page = await open(t, `https://app.example/${address}`);
    assert.equal(new page.OktaSignIn(BASE).hasTokensInUrl(), expected, address);
  }
});

test("a code for a server leads to the org with the session token", async (t) => {
  const { OktaSignIn, widgets, left } = await open(t);
  const authParams = { pkce: false, responseType: "code", state: "s1", nonce: "n1", responseMode: "form_post" };
  new OktaSignIn({ ...BASE, redirectUri: "https://server.example/cb", authParams }).showSignInAndRedirect();
  await done();
  const { config } = widgets[0];
  assert.deepEqual([config.sessionRedirect, config.tokens], ["callback", undefined]);
  config.onSuccess({ type: "signedIn", sessionToken: "20111&x", expiresAt: null, user: null });
  await done();
  const url = new URL(left[0]);
  assert.equal(url.origin + url.pathname, "https://example.okta.com/oauth2/v1/authorize");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    client_id: "0oa1",
    redirect_uri: "https://server.example/cb",
    response_type: "code",
    response_mode: "form_post",
    scope: "openid email",
    state: "s1",
    nonce: "n1",
    prompt: "none",
    sessionToken: "20111&x",
  });
});

test("the server's own PKCE is sent, and the token goes to no other origin than the org's", async (t) => {
  await open(t);
  const given = (more) => flatten(BASE, { codeChallenge: "c1", ...more });
  const params = new URL(serverAddress(given(), BASE, "t1")).searchParams;
  assert.deepEqual([params.get("code_challenge"), params.get("code_challenge_method")], ["c1", "S256"]);
  assert.match(params.get("state"), /^[0-9a-f-]{36}$/);
  const elsewhere = given({ authParams: { issuer: "https://evil.example/oauth2/default" } });
  assert.throws(() => serverAddress(elsewhere, BASE, "t1"), { name: "CONFIG_ERROR", message: /evil.example/ });
  const custom = given({ issuer: "https://id.example/oauth2/default" });
  const address = serverAddress(custom, { ...BASE, orgOrigins: "https://id.example" }, "t1");
  assert.ok(address.startsWith("https://id.example/oauth2/default/v1/authorize?"), address);
});
