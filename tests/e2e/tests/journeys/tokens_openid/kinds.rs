//! What the page asks for: the older response types, a refresh token, another authorization server.

use anyhow::{Context as _, Result};
use http::Method;
use okta_e2e::{Engine, Journey, journey_with};
use serde_json::json;
use std::time::Duration;

use super::{TOKEN, USER, WITH_FRAME, ask_with, expect_reason, sign_in_with_two_factors, wait_for_result};

/// Signs in with these members of the option, and returns what a script says of the result.
async fn sign_in_for(journey: &Journey, members: &str, script: &str) -> Result<serde_json::Value> {
    ask_with(&journey.page, members, "").await?;
    sign_in_with_two_factors(journey).await?;
    wait_for_result(&journey.page).await?;
    journey.page.browser.run_script(script).await
}

/// The tokens come in the front channel, and no code is exchanged.
async fn implicit(name: &str, display: &str, response_type: &str) {
    const KINDS: &str = "const { idToken, accessToken, refreshToken, expiresAt, claims } = window.__result;
        return [idToken.split('.').length, typeof accessToken, refreshToken,
            Object.prototype.toString.call(expiresAt) === '[object Date]', typeof claims.at_hash,
            location.hash, location.search, document.querySelector('iframe')];";
    journey_with(name, WITH_FRAME, async |journey| {
        let members = format!("display: '{display}', responseType: '{response_type}'");
        let has = sign_in_for(journey, &members, KINDS).await?;
        if response_type == "id_token" {
            assert_eq!(has, json!([3, "object", null, false, "undefined", "", "", null]));
        } else {
            assert_eq!(has, json!([3, "string", null, true, "string", "", "", null]));
        }
        assert_eq!(journey.org.request_count(&Method::POST, TOKEN).await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_id_token_alone_comes_in_the_frame() {
    implicit("tokens-id-token-frame", "frame", "id_token").await;
}

#[tokio::test]
async fn an_id_token_alone_comes_by_a_redirect() {
    implicit("tokens-id-token-redirect", "redirect", "id_token").await;
}

#[tokio::test]
async fn both_tokens_come_in_the_frame() {
    implicit("tokens-implicit-frame", "frame", "token id_token").await;
}

#[tokio::test]
async fn both_tokens_come_by_a_redirect() {
    implicit("tokens-implicit-redirect", "redirect", "token id_token").await;
}

/// The page refreshes by itself. The used refresh token works for a moment more, and then no longer.
#[tokio::test]
async fn offline_access_brings_a_refresh_token() {
    const REFRESH: &str = "const { claims, refreshToken, scopes } = window.__result;
        const body = new URLSearchParams({
            grant_type: 'refresh_token', client_id: claims.aud, refresh_token: refreshToken, scope: 'openid',
        });
        return fetch(`${claims.iss}/oauth2/v1/token`, { method: 'POST', body }).then(async (response) => {
            const { access_token, refresh_token, error } = await response.json();
            const isNew = typeof refresh_token === 'string' && refresh_token !== refreshToken;
            return [scopes.includes('offline_access'), response.status, typeof access_token, isNew, error ?? null];
        });";
    journey_with("tokens-refresh", WITH_FRAME, async |journey| {
        let has = sign_in_for(journey, "display: 'redirect', scopes: 'openid offline_access'", REFRESH).await?;
        assert_eq!(has, json!([true, 200, "string", true, null]));
        journey.org.advance_clock(Duration::from_mins(2)).await?;
        let has = journey.page.browser.run_script(REFRESH).await?;
        assert_eq!(has, json!([true, 400, "undefined", false, "invalid_grant"]));
        // Chromium alone notes answers that are errors.
        if journey.page.browser.engine() == Engine::Chromium {
            expect_reason(&journey.page, "/oauth2/v1/token").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn another_authorization_server_issues_the_tokens() {
    const READ: &str = "const { claims, accessToken } = window.__result;
        return [claims.iss, JSON.parse(atob(accessToken.split('.')[1])).aud];";
    for display in ["frame", "redirect"] {
        journey_with(&format!("tokens-server-{display}"), WITH_FRAME, async |journey| {
            let issuer = format!("{}/oauth2/default", journey.org_address);
            let members = format!("display: '{display}', issuer: '{issuer}', scopes: 'openid orders:read'");
            assert_eq!(sign_in_for(journey, &members, READ).await?, json!([issuer, "api://default"]));
            let asked = journey.org.last_path("/v1/keys").await.context("no keys were fetched")?;
            assert_eq!(asked, "/oauth2/default/v1/keys", "for {}", USER.login);
            Ok(())
        })
        .await;
    }
}
