//! Step-up for an application: the org opens the page, with and without a session, and the browser returns to the
//! application.

use anyhow::Result;
use okta_e2e::{Journey, journey};

use crate::{
    choose_factor, expect_landing_page, expect_no_token_in_address, expect_step, start_sign_in, submit_password, texts,
    users,
};

/// Opens the application, which redirects to the page.
async fn open_app(journey: &Journey) -> Result<()> {
    let (org, site) = (&journey.org, &journey.site);
    journey.page.open(&format!("{}/step-up?app=salesforce&page={}", org.address(), site.origin())).await
}

/// Opens it without a session. The static form does not show the application; the hydrated form does.
async fn open_without_session(journey: &Journey) -> Result<()> {
    open_app(journey).await?;
    expect_step(&journey.page, texts::START).await?;
    journey.page.expect_text(texts::APP_WANTED).await
}

#[tokio::test]
async fn without_a_session_by_password() {
    journey("step-up", async |journey| {
        let page = &journey.page;
        open_without_session(journey).await?;
        expect_no_token_in_address(page).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        page.expect_heading(texts::APP).await?;
        page.expect_text(texts::APP_REACHED).await
    })
    .await;
}

#[tokio::test]
async fn without_a_session_by_a_factor() {
    journey("step-up-factor", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_without_session(journey).await?;
        submit_password(page, users::THREE_FACTORS).await?;
        expect_step(page, texts::SMS).await?;
        page.expect_text(texts::APP_WANTED).await?;
        choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let code = org.authenticator_code(users::THREE_FACTORS.login, "GOOGLE").await?;
        crate::verify_code(page, &code).await?;
        page.expect_heading(texts::APP).await
    })
    .await;
}

#[tokio::test]
async fn with_a_session_only_the_missing_factor() {
    journey("step-up-session", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        org.change_user(user.login, serde_json::json!({ "signOn": "password-only" })).await?;
        start_sign_in(page, user).await?;
        expect_landing_page(page, user).await?;
        open_app(journey).await?;
        page.expect_heading(texts::APP).await?;

        org.change_user(user.login, serde_json::json!({ "signOn": "default" })).await?;
        open_app(journey).await?;
        expect_step(page, texts::SMS).await?;
        page.expect_text(texts::APP_WANTED).await?;
        choose_factor(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        page.fill(users::QUESTION, users::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        page.expect_heading(texts::APP).await
    })
    .await;
}
