//! Activation tokens: new accounts with and without a password, and a used token.

use http::Method;
use okta_e2e::journey;

use crate::{
    continue_as, expect_landing_page, expect_message, expect_no_token_in_address, expect_step,
    sign_out_on_landing_page, start_sign_in, submit_password, texts, users,
};

#[tokio::test]
async fn a_new_account_without_a_password_sets_one() {
    journey("activation-new-password", async |journey| {
        let page = &journey.page;
        page.open("/?token=activate-evelyn").await?;
        expect_step(page, "Welcome, Evelyn. Choose a password.").await?;
        expect_no_token_in_address(page).await?;
        page.fill(texts::NEW_PASSWORD, "Granville1924").await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, "Granville1924").await?;
        page.press(texts::SET_PASSWORD).await?;
        expect_landing_page(page, users::NEW_WITHOUT_PASSWORD).await?;
        sign_out_on_landing_page(page).await?;
        page.open("/").await?;
        submit_password(page, users::User { password: "Granville1924", ..users::NEW_WITHOUT_PASSWORD }).await?;
        expect_landing_page(page, users::NEW_WITHOUT_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn a_new_account_with_a_password_is_signed_in() {
    journey("activation-straight-in", async |journey| {
        let page = &journey.page;
        page.open("/?token=activate-annie").await?;
        continue_as(page, users::NEW_WITH_PASSWORD).await?;
        expect_landing_page(page, users::NEW_WITH_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn a_link_does_not_change_who_is_signed_in_without_a_press() {
    journey("activation-other-session", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        page.open("/?token=activate-annie").await?;
        page.expect_text(&format!("{}{}", texts::SIGNED_IN_NOW, users::PASSWORD_ONLY.login)).await?;
        expect_no_token_in_address(page).await?;
        assert_eq!(org.request_count(&Method::DELETE, "/api/v1/sessions/me").await?, 0);

        page.press(texts::CANCEL).await?;
        page.expect_heading(texts::SESSION).await?;
        page.expect_text(&format!("Signed in as {}", users::PASSWORD_ONLY.login)).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_new_account_with_a_required_enrollment() {
    journey("activation-enroll", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.change_user(users::NEW_WITH_PASSWORD.login, serde_json::json!({ "enroll": "google" })).await?;
        page.open("/?token=activate-annie").await?;
        expect_step(page, texts::ENROLL).await?;
        expect_no_token_in_address(page).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        expect_step(page, texts::ENROLL_GOOGLE).await?;
        let code = org.authenticator_code(users::NEW_WITH_PASSWORD.login, "GOOGLE").await?;
        crate::activate(page, &code).await?;
        expect_landing_page(page, users::NEW_WITH_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn a_used_activation_token_is_reported() {
    journey("activation-spent", async |journey| {
        let page = &journey.page;
        page.open("/?token=no-such-invitation").await?;
        expect_step(page, texts::START).await?;
        expect_message(page, texts::LINK_SPENT).await?;
        expect_no_token_in_address(page).await
    })
    .await;
}
