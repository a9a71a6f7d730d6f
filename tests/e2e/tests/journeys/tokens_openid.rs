//! The option `tokens`: the page gets ID and access token by OpenID Connect, in a frame or by a redirect, and refuses
//! what it did not ask for.

mod kinds;
mod refused;
mod storage;

use anyhow::{Context as _, Result, ensure};
use http::Method;
use okta_e2e::{Fault, Journey, Org, Page, Setup, Sites, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{
    expect_errors, expect_message, sign_in_to, start_sign_in, submit_password, texts, users, verify_by_message,
    watch_errors,
};

const AUTHORIZE: &str = "/oauth2/v1/authorize";
const TOKEN: &str = "/oauth2/v1/token";
const USER: users::User = users::THREE_FACTORS;
const WITH_FRAME: Setup<'_> = Setup { allow_org_frame: true, ..Setup::DEFAULT };

/// Sets the option when the element is parsed, and keeps the result. `before` runs first in every page.
async fn ask_for_tokens(page: &Page, display: &str, before: &str) -> Result<()> {
    ask_with(page, &format!("display: {display}"), before).await
}

/// The same with any members beside the id of the app, which they may replace.
async fn ask_with(page: &Page, members: &str, before: &str) -> Result<()> {
    const SET: &str = "new MutationObserver((_, observer) => {
        const element = document.querySelector('okta-sign-in');
        if (element === null) return;
        observer.disconnect();
        element.tokens = { clientId: '0oasamplebrowserapp0', scopes: 'openid profile email', MEMBERS };
        element.onSuccess = (result) => { window.__result = result; };
    }).observe(document, { childList: true, subtree: true });";
    let source = format!("{before}\n{}", SET.replace("MEMBERS", members));
    page.browser.before_each_page(&source).await?;
    watch_errors(page).await
}

/// Signs in with a password and a text message.
async fn sign_in_with_two_factors(journey: &Journey) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    sign_in_to(page, USER, texts::SMS).await?;
    verify_by_message(page, org, USER, 1).await
}

/// Waits until the page has the result.
async fn wait_for_result(page: &Page) -> Result<()> {
    const HAS: &str = "return window.__result !== undefined";
    wait_until("tokens", async || Ok((page.browser.run_script(HAS).await? == json!(true)).then_some(()))).await
}

/// Waits for the tokens, and checks what the page has of them.
async fn expect_tokens(journey: &Journey, user: users::User) -> Result<()> {
    const ASK: &str = "
        const { type, idToken, accessToken, refreshToken, expiresAt, scopes, claims } = window.__result;
        const headers = { Authorization: `Bearer ${accessToken}` };
        return fetch(`${claims.iss}/oauth2/v1/userinfo`, { headers }).then((response) => response.json()).then((user) => ({
            type, refreshToken, scopes: scopes.toSorted(), iss: claims.iss, aud: claims.aud, amr: claims.amr,
            parts: idToken.split('.').length,
            isLater: Object.prototype.toString.call(expiresAt) === '[object Date]' && expiresAt > new Date(),
            isSame: claims.sub === user.sub,
            login: user.preferred_username,
            kept: JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]),
            address: location.href,
        }));";
    let page = &journey.page;
    wait_for_result(page).await?;
    let has = page.browser.run_script(ASK).await?;
    assert_eq!((&has["type"], &has["refreshToken"]), (&json!("tokens"), &Value::Null));
    assert_eq!(has["scopes"], json!(["email", "openid", "profile"]));
    assert_eq!((&has["iss"], &has["aud"]), (&json!(journey.org_address), &json!("0oasamplebrowserapp0")));
    assert_eq!((&has["parts"], &has["isLater"], &has["isSame"]), (&json!(3), &json!(true), &json!(true)));
    let login = has["login"].as_str().context("no user")?;
    ensure!(login.starts_with(user.login), "the tokens are of {login}");
    assert_eq!(has["kept"], json!(r#"[{},{},""]"#), "nothing is kept on the device");
    let address = has["address"].as_str().context("no address")?;
    ensure!(address.ends_with('/') && !address.contains(['?', '#']), "the page is at {address}");
    Ok(())
}

/// Checks that the console has this reason, and no failure besides.
async fn expect_reason(page: &Page, reason: &str) -> Result<()> {
    let lines = page.browser.console().await?;
    ensure!(lines.iter().any(|line| line.message.contains(reason)), "the console has no `{reason}`: {lines:?}");
    let failure = lines.iter().find(|line| line.is_failure() && !line.message.contains(reason));
    ensure!(failure.is_none(), "the console has {failure:?}");
    Ok(())
}

/// Waits for a refusal: its words, its code and its reason. The page has no tokens, and nothing is left of the answer.
async fn expect_refusal(page: &Page, words: &str, code: &str, reason: &str) -> Result<()> {
    const LEFT: &str = "const kept = sessionStorage.getItem('okta-sign-in-tokens');
        return [window.__result === undefined, kept, location.search, location.hash];";
    expect_message(page, words).await?;
    expect_errors(page, &[(code, false)]).await?;
    assert_eq!(page.browser.run_script(LEFT).await?, json!([true, null, "", ""]));
    expect_reason(page, reason).await
}

#[tokio::test]
async fn a_redirect_after_two_factors_brings_tokens() {
    journey_with("tokens-redirect", Setup::DEFAULT, async |journey| {
        ask_for_tokens(&journey.page, "'redirect'", "").await?;
        sign_in_with_two_factors(journey).await?;
        expect_tokens(journey, USER).await?;
        assert_eq!(journey.org.request_count(&Method::GET, AUTHORIZE).await?, 1);
        assert_eq!(journey.org.request_count(&Method::POST, TOKEN).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_frame_after_two_factors_brings_tokens() {
    const STAYS: &str = "window.__stays = true";
    journey_with("tokens-frame", WITH_FRAME, async |journey| {
        let page = &journey.page;
        ask_for_tokens(page, "'frame'", "").await?;
        sign_in_to(page, USER, texts::SMS).await?;
        page.browser.run_script(STAYS).await?;
        verify_by_message(page, &journey.org, USER, 1).await?;
        expect_tokens(journey, USER).await?;
        let stays = page.browser.run_script("return [window.__stays, document.querySelector('iframe')]").await?;
        assert_eq!(stays, json!([true, null]), "the page stays, and the frame is gone");
        Ok(())
    })
    .await;
}

/// The first sign-in leaves a session that a navigation carries, and a frame does not.
#[tokio::test]
async fn a_frame_without_cookies_is_followed_by_a_redirect() {
    let setup = Setup { sites: Sites::Two, ..WITH_FRAME };
    journey_with("tokens-two-sites", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.change_user(users::PASSWORD_ONLY.login, json!({ "signOn": "password-only" })).await?;
        ask_for_tokens(page, "location.search === '?first' ? 'redirect' : 'frame'", "").await?;
        page.open("/?first").await?;
        page.expect_heading(texts::START).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_tokens(journey, users::PASSWORD_ONLY).await?;

        // The session token is spent in the frame, so that Retry asks for the session.
        org.plan_fault(&Method::POST, TOKEN, 1, Fault::Status(503)).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        page.alert().await?;
        page.press(texts::RETRY).await?;
        expect_tokens(journey, users::PASSWORD_ONLY).await?;
        expect_reason(page, "cookies of the org are blocked in it: the browser goes to the org instead").await
    })
    .await;
}

/// The frame's answer is lost, and the page's own code ends the 12 seconds: nothing waits for them.
#[tokio::test]
async fn a_frame_that_does_not_answer_is_followed_by_a_redirect() {
    const LOSE: &str = "const wait = window.setTimeout;
        window.setTimeout = (run, delay, ...more) => {
            if (delay !== 12_000 || !document.querySelector('iframe')) return wait(run, delay, ...more);
            window.__timeOut = run;
            return 0;
        };
        window.addEventListener('message', (event) => {
            window.__isLost = true;
            event.stopImmediatePropagation();
        });";
    const IS_LOST: &str = "return window.__isLost === true && window.__timeOut !== undefined";
    journey_with("tokens-time-out", WITH_FRAME, async |journey| {
        let page = &journey.page;
        ask_for_tokens(page, "'frame'", LOSE).await?;
        sign_in_with_two_factors(journey).await?;
        let is_lost = async || Ok((page.browser.run_script(IS_LOST).await? == json!(true)).then_some(()));
        wait_until("the frame's answer", is_lost).await?;
        page.browser.run_script("window.__timeOut()").await?;
        expect_tokens(journey, USER).await?;
        assert_eq!(journey.org.request_count(&Method::GET, AUTHORIZE).await?, 2, "the frame, then the page");
        expect_reason(page, "the frame for tokens did not answer: the browser goes to the org instead").await
    })
    .await;
}

#[tokio::test]
async fn a_return_with_another_state_is_refused() {
    const FORGE: &str = "const address = new URL(location.href);
        if (address.searchParams.has('state')) {
            address.searchParams.set('state', 'forged');
            history.replaceState(null, '', address);
        }";
    journey_with("tokens-state", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        ask_for_tokens(page, "'redirect'", FORGE).await?;
        sign_in_with_two_factors(journey).await?;
        let reason = "okta-sign-in: the answer is to another request: its state differs";
        expect_refusal(page, texts::TIMED_OUT, "tokens-late", reason).await?;
        page.open("/?code=stolen&state=forged").await?;
        let reason = "okta-sign-in: this tab has made no request for tokens, or it was answered before";
        expect_refusal(page, texts::TIMED_OUT, "tokens-late", reason).await?;
        assert_eq!(journey.org.request_count(&Method::POST, TOKEN).await?, 0, "no code is exchanged");
        Ok(())
    })
    .await;
}

/// Signs in, where the page's own code changes what the widget gets, and waits for the refusal.
async fn refuse(name: &str, change: &str, reason: &str) {
    journey_with(name, Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        ask_for_tokens(page, "'redirect'", change).await?;
        sign_in_with_two_factors(journey).await?;
        expect_refusal(page, texts::UNTRUSTED, "tokens-untrusted", reason).await
    })
    .await;
}

/// Changes the JSON of the responses whose address ends like this.
fn changed_response(end: &str, change: &str) -> String {
    format!(
        "const send = window.fetch;
        window.fetch = async (request, ...more) => {{
            const response = await send(request, ...more);
            if (!response.url.endsWith('{end}')) return response;
            const body = await response.json();
            {change}
            const {{ status, headers }} = response;
            return new Response(JSON.stringify(body), {{ status, headers }});
        }};"
    )
}

#[tokio::test]
async fn an_id_token_with_another_signature_is_refused() {
    const CHANGE: &str = "const [header, claims, signature] = body.id_token.split('.');
        const other = signature[9] === 'A' ? 'B' : 'A';
        body.id_token = [header, claims, signature.slice(0, 9) + other + signature.slice(10)].join('.');";
    refuse("tokens-signature", &changed_response(TOKEN, CHANGE), "okta-sign-in: the ID token has a wrong signature")
        .await;
}

#[tokio::test]
async fn an_id_token_of_a_key_that_is_not_published_is_refused() {
    const CHANGE: &str = "for (const key of body.keys) key.kid += 'x';";
    let reason = "okta-sign-in: the ID token is signed by a key that the issuer does not publish";
    refuse("tokens-key", &changed_response("/oauth2/v1/keys", CHANGE), reason).await;
}

#[tokio::test]
async fn an_id_token_with_another_nonce_is_refused() {
    const CHANGE: &str = "if (location.search.includes('code=')) {
            const parts = sessionStorage.getItem('okta-sign-in-tokens').split('.');
            parts[1] = 'another';
            sessionStorage.setItem('okta-sign-in-tokens', parts.join('.'));
        }";
    let reason = "okta-sign-in: the ID token answers another request: its nonce differs";
    refuse("tokens-nonce", CHANGE, reason).await;
}

/// The page's own message, and one from the org to another frame of the page. Both come while the answer is held.
#[tokio::test]
async fn foreign_messages_are_ignored() {
    const KEEP: &str = "if (window.parent === window) {
        window.__messages = [];
        window.addEventListener('message', ({ data }) => window.__messages.push(data.state));
    }";
    const POST: &str = "
        const address = new URL(document.querySelector('iframe').src);
        const state = address.searchParams.get('state');
        window.postMessage({ code: 'stolen', state }, '*');
        address.searchParams.delete('sessionToken');
        const other = document.createElement('iframe');
        other.src = address;
        document.body.append(other);
        return state;";
    journey_with("tokens-messages", WITH_FRAME, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.plan_fault(&Method::GET, AUTHORIZE, 1, Fault::Hold).await?;
        ask_for_tokens(page, "'frame'", KEEP).await?;
        sign_in_with_two_factors(journey).await?;
        expect_authorize_requests(org, 1).await?;
        let state = page.browser.run_script(POST).await?;
        expect_states(page, &[&state, &state]).await?;
        assert_eq!(page.browser.run_script("return window.__result === undefined").await?, json!(true));
        org.clear_faults().await?;
        expect_tokens(journey, USER).await?;
        expect_states(page, &[&state, &state, &state]).await?;
        expect_authorize_requests(org, 2).await
    })
    .await;
}

/// Waits until the org has been asked this often: once by the widget, once by the page.
async fn expect_authorize_requests(org: &Org, count: usize) -> Result<()> {
    let asked = async || Ok((org.request_count(&Method::GET, AUTHORIZE).await? == count).then_some(()));
    wait_until(&format!("{count} requests to {AUTHORIZE}"), asked).await
}

/// Waits until the page got messages with these states.
async fn expect_states(page: &Page, states: &[&Value]) -> Result<()> {
    let got = async || Ok((page.browser.run_script("return window.__messages").await? == json!(states)).then_some(()));
    wait_until(&format!("messages with the states {states:?}"), got).await
}
