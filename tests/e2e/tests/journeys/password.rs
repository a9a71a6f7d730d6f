//! Passwords that expire soon, have expired, or are managed by an external site.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, journey};

use crate::{
    expect_error, expect_landing_page, expect_message, expect_step, sign_in_to, sign_out_on_landing_page,
    submit_password, texts, users,
};

/// Enters the three passwords and submits them.
async fn change(page: &Page, old: &str, new: &str, again: &str) -> Result<()> {
    page.fill(texts::OLD_PASSWORD, old).await?;
    page.fill(texts::NEW_PASSWORD, new).await?;
    page.fill(texts::NEW_PASSWORD_AGAIN, again).await?;
    page.press(texts::CHANGE_PASSWORD).await
}

/// Waits until a rule has this state.
async fn rule_is(page: &Page, rule: &str, state: &str) -> Result<()> {
    page.expect_text(&format!("{rule}, {state}")).await
}

#[tokio::test]
async fn a_password_that_expires_soon_is_changed() {
    journey("password-warn-change", async |journey| {
        let page = &journey.page;
        let user = users::EXPIRING;
        sign_in_to(page, user, texts::PASSWORD_WARNS).await?;
        change(page, user.password, "Conservation1915", "Conservation1915").await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;
        page.open("/").await?;
        submit_password(page, users::User { password: "Conservation1915", ..user }).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_password_warning_can_be_skipped() {
    journey("password-warn-later", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::EXPIRING, texts::PASSWORD_WARNS).await?;
        page.press(texts::LATER).await?;
        expect_landing_page(page, users::EXPIRING).await
    })
    .await;
}

#[tokio::test]
async fn an_expired_password_is_changed_at_the_third_attempt() {
    journey("password-expired", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::EXPIRED;
        sign_in_to(page, user, texts::PASSWORD_EXPIRED).await?;
        ensure!(!page.has_button_now(texts::LATER).await?, "it cannot be skipped");

        change(page, "not the old one", "Protactinium91", "Protactinium91").await?;
        expect_message(page, texts::WRONG_OLD_PASSWORD).await?;
        // The new password was valid and is kept.
        assert_eq!(page.value(texts::NEW_PASSWORD).await?, "Protactinium91");
        assert_eq!(page.value(texts::OLD_PASSWORD).await?, "");

        change(page, user.password, "Protactinium91", "Protactinium92").await?;
        expect_message(page, texts::PASSWORD_MISMATCH).await?;
        let sent = org.request_count(&Method::POST, "/api/v1/authn/credentials/change_password").await?;
        assert_eq!(sent, 1, "different passwords are not sent");

        change(page, user.password, "short", "short").await?;
        expect_error(page).await?;
        page.expect_heading(texts::PASSWORD_EXPIRED).await?;
        change(page, user.password, "Protactinium91", "Protactinium91").await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn password_rules_are_checked_while_typing() {
    journey("password-rules", async |journey| {
        let page = &journey.page;
        let user = users::STRICT;
        sign_in_to(page, user, texts::PASSWORD_EXPIRED).await?;
        page.fill(texts::NEW_PASSWORD, "sophie").await?;
        rule_is(page, "have at least 12 characters", texts::UNMET).await?;
        rule_is(page, "include a lowercase letter", texts::MET).await?;
        rule_is(page, "include an uppercase letter", texts::UNMET).await?;
        rule_is(page, "include a number", texts::UNMET).await?;
        rule_is(page, "include a symbol", texts::UNMET).await?;
        rule_is(page, "not contain your username", texts::UNMET).await?;
        rule_is(page, "not contain your first name", texts::UNMET).await?;
        rule_is(page, "not contain your last name", texts::MET).await?;
        page.expect_text("be different from your last 5 passwords").await?;
        page.expect_text("You can change your password once every 2 hours.").await?;
        page.fill(texts::NEW_PASSWORD, "Archimedes-1987").await?;
        for rule in [
            "have at least 12 characters",
            "include an uppercase letter",
            "include a symbol",
            "not contain your first name",
        ] {
            rule_is(page, rule, texts::MET).await?;
        }
        change(page, user.password, "Archimedes-1987", "Archimedes-1987").await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn active_directory_rule_counts_character_classes() {
    journey("password-directory", async |journey| {
        let page = &journey.page;
        let user = users::ACTIVE_DIRECTORY;
        sign_in_to(page, user, texts::PASSWORD_EXPIRED).await?;
        page.expect_text("include three of these").await?;
        ensure!(!page.text().await?.contains("include a lowercase letter"), "its own minima are not asked");
        change(page, user.password, "Bridges+1985", "Bridges+1985").await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_password_managed_externally_is_changed_there() {
    journey("password-elsewhere", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::EXTERNAL_PASSWORD, texts::PASSWORD_EXPIRED).await?;
        page.expect_text("Your password is kept by Palo Alto Research.").await?;
        page.expect_button("Go to Palo Alto Research (https://password.example)").await?;
        ensure!(!page.has_field_now(texts::NEW_PASSWORD).await?, "there is nothing to type here");
        page.press(texts::CANCEL).await?;
        expect_step(page, texts::START).await
    })
    .await;
}
