//! The FACTOR_ states, which some orgs use instead of MFA_; the steps are the same. And an org that returns a new
//! state token with every response.

use okta_e2e::{Journey, journey};
use serde_json::json;

use crate::{enroll, expect_landing_page, sign_in_to, texts, users};

async fn verify_sms(journey: &Journey) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let user = users::THREE_FACTORS;
    sign_in_to(page, user, texts::SMS).await?;
    crate::verify_by_message(page, org, user, 1).await?;
    expect_landing_page(page, user).await
}

async fn enroll_app(journey: &Journey) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let user = users::MUST_ENROLL;
    sign_in_to(page, user, texts::ENROLL).await?;
    page.press(texts::ENROLL_GOOGLE).await?;
    crate::expect_step(page, texts::ENROLL_GOOGLE).await?;
    let code = org.authenticator_code(user.login, "GOOGLE").await?;
    crate::activate(page, &code).await?;
    enroll::finish(page).await?;
    expect_landing_page(page, user).await
}

#[tokio::test]
async fn factor_required_and_factor_challenge() {
    journey("factor-states-verify", async |journey| {
        journey.org.switch(json!({ "factorTwins": true })).await?;
        verify_sms(journey).await
    })
    .await;
}

#[tokio::test]
async fn factor_enroll_and_factor_enroll_activate() {
    journey("factor-states-enroll", async |journey| {
        journey.org.switch(json!({ "factorTwins": true })).await?;
        enroll_app(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_new_state_token_with_every_response() {
    journey("rotating-tokens", async |journey| {
        journey.org.switch(json!({ "rotateStateTokens": true })).await?;
        verify_sms(journey).await?;
        crate::sign_out_on_landing_page(&journey.page).await?;
        enroll_app(journey).await
    })
    .await;
}
