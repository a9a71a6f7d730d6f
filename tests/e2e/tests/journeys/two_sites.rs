//! Page and org on different sites: whose session the browser has afterwards. The browser decides whether requests of
//! the page carry the org's cookies.

use anyhow::Result;
use okta_e2e::{Journey, Setup, Sites, journey_with};
use serde_json::json;

use crate::{expect_landing_page, open_start, start_sign_in, submit_password, texts, users};

const FIRST: users::User = users::PASSWORD_ONLY;
const SECOND: users::User = users::THREE_FACTORS;

/// Two users who need a password only.
async fn prepare(journey: &Journey) -> Result<()> {
    journey.org.change_user(SECOND.login, json!({ "signOn": "password-only" })).await
}

/// Signs in with the form, where the page sees no session.
async fn sign_in(journey: &Journey, user: users::User) -> Result<()> {
    start_sign_in(&journey.page, user).await?;
    // The landing page sees none either.
    journey.page.expect_heading(texts::LANDED_WITHOUT).await
}

/// Opens a page of the org itself, which shows its session.
async fn expect_session_of(journey: &Journey, user: users::User) -> Result<()> {
    journey.page.open(&format!("{}/api/v1/sessions/me", journey.org_address)).await?;
    journey.page.expect_text(user.login).await
}

#[tokio::test]
async fn an_old_session_that_no_request_sees_is_closed_on_the_way() {
    let attributes = &[("session-redirect", "sign-out-first")];
    let setup = Setup { attributes, sites: Sites::Two, ..Setup::DEFAULT };
    journey_with("two-sites", setup, async |journey| {
        prepare(journey).await?;
        sign_in(journey, FIRST).await?;
        expect_session_of(journey, FIRST).await?;
        sign_in(journey, SECOND).await?;
        expect_session_of(journey, SECOND).await
    })
    .await;
}

/// Why that exists: an org ignores the new session token.
#[tokio::test]
async fn without_that_the_old_session_stays() {
    let setup = Setup { sites: Sites::Two, ..Setup::DEFAULT };
    journey_with("two-sites-get", setup, async |journey| {
        prepare(journey).await?;
        sign_in(journey, FIRST).await?;
        sign_in(journey, SECOND).await?;
        expect_session_of(journey, FIRST).await
    })
    .await;
}

#[tokio::test]
async fn third_party_cookies_show_the_session() {
    let setup = Setup { sites: Sites::TwoWithCookies, ..Setup::DEFAULT };
    journey_with("two-sites-cookies", setup, async |journey| {
        prepare(journey).await?;
        let page = &journey.page;
        start_sign_in(page, FIRST).await?;
        expect_landing_page(page, FIRST).await?;
        page.open("/").await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        open_start(page).await?;
        submit_password(page, SECOND).await?;
        expect_landing_page(page, SECOND).await?;
        expect_session_of(journey, SECOND).await
    })
    .await;
}
