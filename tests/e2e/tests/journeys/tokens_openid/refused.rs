//! ID tokens that are signed well and still refused, and the errors of the org that a person can meet.

use okta_e2e::{Setup, journey_with};
use serde_json::json;

use super::{WITH_FRAME, ask_for_tokens, ask_with, expect_refusal, sign_in_with_two_factors};
use crate::texts;

/// Has the ID token signed anew, with other claims, by a key that the page's own code publishes for the org.
fn with_claims(change: &str) -> String {
    const SIGN: &str = "
        const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
        const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
        const pair = crypto.subtle.generateKey({ ...algorithm, ...size }, true, ['sign', 'verify']);
        const encoded = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
            .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const decoded = (text) => JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
        const changed = {
            '/oauth2/v1/token': async (body) => {
                const [header, payload] = body.id_token.split('.');
                const claims = decoded(payload);
                CHANGE
                const signed = `${header}.${encoded(new TextEncoder().encode(JSON.stringify(claims)))}`;
                const { privateKey } = await pair;
                const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode(signed));
                body.id_token = `${signed}.${encoded(signature)}`;
            },
            '/oauth2/v1/keys': async (body) => {
                const { n, e } = await crypto.subtle.exportKey('jwk', (await pair).publicKey);
                for (const key of body.keys) Object.assign(key, { n, e });
            },
        };
        const send = window.fetch;
        window.fetch = async (request, ...more) => {
            const response = await send(request, ...more);
            const change = changed[new URL(response.url).pathname];
            if (!change) return response;
            const body = await response.json();
            await change(body);
            const { status, headers } = response;
            return new Response(JSON.stringify(body), { status, headers });
        };";
    SIGN.replace("CHANGE", change)
}

async fn refuse_claims(name: &str, change: &str, words: &str, code: &str, reason: &str) {
    journey_with(name, Setup::DEFAULT, async |journey| {
        ask_for_tokens(&journey.page, "'redirect'", &with_claims(change)).await?;
        sign_in_with_two_factors(journey).await?;
        expect_refusal(&journey.page, words, code, reason).await
    })
    .await;
}

#[tokio::test]
async fn an_id_token_that_has_expired_is_refused() {
    let reason = "okta-sign-in: the ID token has expired, or this device's clock is ahead";
    refuse_claims("tokens-expired", "claims.exp = claims.iat - 7200;", texts::WRONG_CLOCK, "tokens-clock", reason)
        .await;
}

#[tokio::test]
async fn an_id_token_from_the_future_is_refused() {
    let reason = "okta-sign-in: the ID token is from the future, or this device's clock is behind";
    refuse_claims("tokens-future", "claims.iat += 7200;", texts::WRONG_CLOCK, "tokens-clock", reason).await;
}

#[tokio::test]
async fn an_id_token_for_another_app_is_refused() {
    let reason = "okta-sign-in: the ID token is for another app";
    refuse_claims("tokens-audience", "claims.aud = '0oaanother';", texts::UNTRUSTED, "tokens-untrusted", reason).await;
}

#[tokio::test]
async fn an_id_token_of_another_issuer_is_refused() {
    let reason = "okta-sign-in: the ID token is from another issuer";
    let change = "claims.iss = 'https://another.example';";
    refuse_claims("tokens-issuer", change, texts::UNTRUSTED, "tokens-untrusted", reason).await;
}

/// The emulated org assigns every user to every app, so that the page's own code writes the org's answer.
#[tokio::test]
async fn a_person_who_is_not_assigned_to_the_app_reads_it() {
    const REFUSE: &str = "const address = new URL(location.href);
        if (address.searchParams.has('code')) {
            address.searchParams.delete('code');
            address.searchParams.set('error', 'access_denied');
            address.searchParams.set('error_description', 'User is not assigned to the client application.');
            history.replaceState(null, '', address);
        }";
    journey_with("tokens-denied", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        ask_for_tokens(page, "'redirect'", REFUSE).await?;
        sign_in_with_two_factors(journey).await?;
        let reason = "okta-sign-in: access_denied: User is not assigned to the client application.";
        expect_refusal(page, texts::DENIED, "access_denied", reason).await?;
        page.press(texts::START_OVER).await?;
        page.expect_heading(texts::SESSION).await
    })
    .await;
}

async fn needs_consent(display: &str) {
    journey_with(&format!("tokens-consent-{display}"), WITH_FRAME, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let app = json!({ "redirect_uris": ["/"], "consent_method": "REQUIRED" });
        org.add_app("0oaasksforconsent000", app).await?;
        ask_with(page, &format!("clientId: '0oaasksforconsent000', display: '{display}'"), "").await?;
        sign_in_with_two_factors(journey).await?;
        let reason = "okta-sign-in: consent_required";
        expect_refusal(page, texts::NEEDS_CONSENT, "consent_required", reason).await
    })
    .await;
}

#[tokio::test]
async fn an_app_that_asks_for_consent_says_so_in_the_frame() {
    needs_consent("frame").await;
}

#[tokio::test]
async fn an_app_that_asks_for_consent_says_so_after_a_redirect() {
    needs_consent("redirect").await;
}
