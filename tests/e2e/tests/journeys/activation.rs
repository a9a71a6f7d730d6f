//! Invitations: a new account with a password, one without, and an invitation that is spent.

use okta_e2e::journey;

use crate::{has_landed, is_told, no_token_in_address, people, reaches, sign_out_there, submit_password, texts};

#[tokio::test]
async fn without_a_password_one_is_chosen() {
    journey("activation-new-password", async |journey| {
        let page = &journey.page;
        page.open("/?token=activate-evelyn").await?;
        reaches(page, texts::PASSWORD_RESET).await?;
        no_token_in_address(page).await?;
        page.fill(texts::NEW_PASSWORD, "Granville1924").await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, "Granville1924").await?;
        page.press(texts::SET_PASSWORD).await?;
        has_landed(page, people::NEW_WITHOUT_PASSWORD).await?;
        sign_out_there(page).await?;
        page.open("/").await?;
        submit_password(page, people::Person { password: "Granville1924", ..people::NEW_WITHOUT_PASSWORD }).await?;
        has_landed(page, people::NEW_WITHOUT_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn with_a_password_straight_in() {
    journey("activation-straight-in", async |journey| {
        let page = &journey.page;
        page.open("/?token=activate-annie").await?;
        has_landed(page, people::NEW_WITH_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn with_a_factor_to_set_up_first() {
    journey("activation-enroll", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.change_user(people::NEW_WITH_PASSWORD.login, serde_json::json!({ "enroll": "google" })).await?;
        page.open("/?token=activate-annie").await?;
        reaches(page, texts::ENROLL).await?;
        no_token_in_address(page).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        reaches(page, texts::ENROLL_GOOGLE).await?;
        let code = org.authenticator_code(people::NEW_WITH_PASSWORD.login, "GOOGLE").await?;
        crate::activate(page, &code).await?;
        has_landed(page, people::NEW_WITH_PASSWORD).await
    })
    .await;
}

#[tokio::test]
async fn one_that_is_spent_is_told() {
    journey("activation-spent", async |journey| {
        let page = &journey.page;
        page.open("/?token=no-such-invitation").await?;
        reaches(page, texts::START).await?;
        is_told(page, texts::LINK_SPENT).await?;
        no_token_in_address(page).await
    })
    .await;
}
