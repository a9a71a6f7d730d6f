//! The session of a hook that is a client of OpenID Connect: the browser goes to it with the org's session.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Capability, Clock, HookSessions, Journey, Setup, journey_with};
use serde_json::json;

use crate::{expect_landing_page, registration::WITH_HOOK, sign_out_on_landing_page, start_sign_in, texts, users};

const SETUP: Setup<'_> = Setup { hook_sessions: HookSessions::OpenId, clock: Clock::Real, ..WITH_HOOK };
const USER: users::User = users::PASSWORD_ONLY;
const AUTHORIZE: &str = "/oauth2/v1/authorize";
const TOKEN: &str = "/oauth2/v1/token";

/// How often the org was asked for who has its session, and how often it said so.
async fn counts(journey: &Journey) -> Result<(usize, usize)> {
    let asked = journey.org.request_count(&Method::GET, AUTHORIZE).await?;
    Ok((asked, journey.org.request_count(&Method::POST, TOKEN).await?))
}

#[tokio::test]
async fn factors_are_managed_on_both_engines() {
    journey_with("hook-session", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let page = &journey.page;
        start_sign_in(page, USER).await?;
        expect_landing_page(page, USER).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        ensure!(counts(journey).await? == (1, 1));
        sign_out_on_landing_page(page).await?;

        journey.org.change_user(USER.login, json!({ "signOn": "password-only" })).await?;
        journey.org.upgrade().await?;
        start_sign_in(page, USER).await?;
        expect_landing_page(page, USER).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        ensure!(counts(journey).await? == (2, 2));
        let exchanged = journey.org.request_count(&Method::POST, "/api/v1/sessions").await?;
        ensure!(exchanged == 0, "the session token is for the browser");
        sign_out_on_landing_page(page).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_is_down_is_no_obstacle() {
    journey_with("hook-session-down", SETUP, async |journey| {
        journey.hook()?.stop().await?;
        start_sign_in(&journey.page, USER).await?;
        expect_landing_page(&journey.page, USER).await?;
        ensure!(counts(journey).await? == (0, 0));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_a_session_of_the_org_the_page_is_shown_without() {
    journey_with("hook-session-login-required", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let landing = format!("{}/landing.html", journey.site.origin()).replace(':', "%3A").replace('/', "%2F");
        let start = format!("{}/session/start?redirect_to={landing}", journey.hook()?.address());
        journey.page.open(&start).await?;
        journey.page.expect_heading(texts::LANDED_WITHOUT).await?;
        ensure!(counts(journey).await? == (1, 0), "nothing is tried twice");
        Ok(())
    })
    .await;
}
