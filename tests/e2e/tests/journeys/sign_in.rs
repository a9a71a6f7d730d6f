//! User name and password: the start form, its options, and wrong credentials.

use http::Method;
use okta_e2e::{Fault, journey, wait_until};

use crate::{expect_landing_page, open_start, sign_out_on_landing_page, start_sign_in, submit_password, texts, users};

const AUTHN: &str = "/api/v1/authn";

#[tokio::test]
async fn password_only_to_a_session_and_sign_out() {
    journey("no-mfa", async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        assert!(page.address().await?.starts_with(journey.site.origin()));
        assert!(!page.address().await?.contains("oken"), "a token is in the address");

        page.press(texts::REFRESH).await?;
        page.expect_text(texts::REFRESHED).await?;
        sign_out_on_landing_page(page).await?;
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_is_reported_and_cleared() {
    journey("wrong-password", async |journey| {
        let page = &journey.page;
        let user = users::PASSWORD_ONLY;
        start_sign_in(page, users::User { password: "not the password", ..user }).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CREDENTIALS), "{alert}");
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        assert_eq!(page.value(texts::PASSWORD).await?, "");

        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_double_click_submits_once() {
    journey("double-submit", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.plan_fault(&Method::POST, AUTHN, 1, Fault::Hold).await?;
        open_start(page).await?;
        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        page.fill(texts::PASSWORD, users::PASSWORD_ONLY.password).await?;
        page.double_click(texts::SIGN_IN).await?;
        org.clear_faults().await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        assert_eq!(org.request_count(&Method::POST, AUTHN).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn with_the_keyboard_only() {
    journey("keyboard", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        open_start(page).await?;
        // The demo page sets the attribute that focuses the first field.
        page.expect_focus_on(texts::USERNAME).await?;
        page.keys(user.login).await?;
        page.tab_to(texts::PASSWORD).await?;
        // Two presses of Enter submit once.
        page.keys(&format!("{}\u{e007}\u{e007}", user.password)).await?;
        page.expect_heading(texts::SMS).await?;
        page.tab_to(texts::SEND_CODE).await?;
        page.keys("\u{e007}").await?;
        page.expect_focus_on(texts::CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        page.keys(&format!("{code}\u{e007}")).await?;
        expect_landing_page(page, user).await?;
        assert_eq!(org.request_count(&Method::POST, AUTHN).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_password_can_be_shown_until_it_is_submitted() {
    journey("show-password", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        page.fill(texts::PASSWORD, "secret").await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("password"));
        page.press(texts::SHOW_PASSWORD).await?;
        page.expect_button(texts::HIDE_PASSWORD).await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("text"));
        assert_eq!(page.value(texts::PASSWORD).await?, "secret");

        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        page.press(texts::SIGN_IN).await?;
        page.alert().await?;
        page.expect_button(texts::SHOW_PASSWORD).await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("password"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_user_name_is_remembered_on_request_and_the_password_never() {
    journey("keep-me", async |journey| {
        let page = &journey.page;
        let user = users::PASSWORD_ONLY;
        open_start(page).await?;
        assert_eq!(page.value(texts::USERNAME).await?, "");
        page.check(texts::KEEP_ME).await?;
        submit_password(page, user).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        open_start(page).await?;
        wait_until("the user name kept", async || Ok((page.value(texts::USERNAME).await? == user.login).then_some(())))
            .await?;
        assert!(page.is_checked(texts::KEEP_ME).await?);
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        Ok(())
    })
    .await;
}
