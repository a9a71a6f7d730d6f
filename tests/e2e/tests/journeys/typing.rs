//! Typing: where focus is after an error, codes that are submitted when they are complete, and messages that end with
//! their cause.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, journey, wait_until};
use serde_json::json;

use crate::{different_code, expect_landing_page, expect_step, open_start, sign_in_to, start_sign_in, texts, users};

const ENTER: &str = "\u{e007}";

/// Waits until no error is shown.
async fn expect_no_error(page: &Page) -> Result<()> {
    wait_until("the error to go", async || Ok(page.alerts().await?.is_empty().then_some(()))).await
}

#[tokio::test]
async fn a_refused_password_is_typed_again_at_once() {
    journey("typing-password", async |journey| {
        let page = &journey.page;
        let user = users::PASSWORD_ONLY;
        start_sign_in(page, users::User { password: "not the password", ..user }).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CREDENTIALS), "{alert}");
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        assert_eq!(page.field_attribute(texts::PASSWORD, "aria-invalid").await?.as_deref(), Some("true"));
        // The first letter ends the message; Enter goes on.
        page.keys("A").await?;
        expect_no_error(page).await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "aria-invalid").await?, None);
        page.keys(&format!("{}{ENTER}", &user.password[1..])).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_complete_code_needs_no_press() {
    const VERIFY: &str = "/api/v1/authn/factors/";
    journey("typing-code", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        sign_in_to(page, user, texts::SMS).await?;
        // The step has nothing to type: Enter sends the code.
        page.expect_focus_on(texts::SEND_CODE).await?;
        page.keys(ENTER).await?;
        page.expect_focus_on(texts::CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        let sent = async || {
            let requests = org.requests().await?;
            Ok::<_, anyhow::Error>(
                requests.iter().filter(|request| request.method == "POST" && request.path.starts_with(VERIFY)).count(),
            )
        };
        let before = sent().await?;
        page.keys(&different_code(&code)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        page.expect_focus_on(texts::CODE).await?;
        assert_eq!(page.value(texts::CODE).await?, "");
        assert_eq!(sent().await?, before + 1);
        // As in the message it was copied from, with Enter out of habit.
        let (one, other) = code.split_at(3);
        page.keys(&format!("{one}-{other}{ENTER}")).await?;
        expect_landing_page(page, user).await?;
        assert_eq!(sent().await?, before + 2, "once each");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_corrected_inside_waits_for_the_button() {
    journey("typing-correction", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        sign_in_to(page, user, texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_focus_on(texts::CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        // Five digits, without the second one; then that one, in its place.
        page.keys(&[&code[..1], &code[2..]].concat()).await?;
        page.keys("\u{e012}\u{e012}\u{e012}\u{e012}").await?;
        page.keys(&code[1..2]).await?;
        assert_eq!(page.value(texts::CODE).await?, code);
        page.expect_button(texts::VERIFY).await?;
        page.press(texts::VERIFY).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn being_offline_is_over_when_the_network_is_back() {
    journey("typing-offline", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PASSWORD_ONLY;
        open_start(page).await?;
        page.browser.be_offline(true).await?;
        crate::submit_password(page, user).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::OFFLINE), "{alert}");
        page.browser.be_offline(false).await?;
        expect_no_error(page).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, user.password, "what was typed stays");
        ensure!(org.request_count(&Method::POST, "/api/v1/authn").await? == 0, "nothing is sent by itself");
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_qr_image_is_in_sight_when_its_step_opens() {
    const IN_SIGHT: &str = "
        const { top, bottom, height } = document.querySelector('img[alt^=\"QR code\"]').getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= window.innerHeight;";
    journey("typing-qr-code", async |journey| {
        let page = &journey.page;
        page.browser.resize(375, 667).await?;
        sign_in_to(page, users::MUST_ENROLL, texts::ENROLL).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        expect_step(page, texts::ENROLL_GOOGLE).await?;
        wait_until("the image in sight", async || {
            Ok((page.browser.run_script(IN_SIGHT).await? == json!(true)).then_some(()))
        })
        .await?;
        // A field with focus would open a keyboard over it.
        let focus = page.focused().await?;
        ensure!(focus.as_ref().is_some_and(|focus| focus.tag == "h2"), "{focus:?}");
        // What was copied is said where it was pressed.
        page.press(texts::COPY_KEY).await?;
        page.expect_message(texts::KEY_COPIED).await
    })
    .await;
}
