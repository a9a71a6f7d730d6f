//! Name and password: the start page, its small helps, and what happens when they are wrong.

use std::time::Duration;

use http::Method;
use okta_e2e::{Fault, journey, wait_until};

use crate::{begin, has_landed, open_start, people, sign_out_there, submit_password, texts};

const AUTHN: &str = "/api/v1/authn";

#[tokio::test]
async fn without_a_factor_to_a_live_session_and_back_out() {
    journey("no-mfa", async |journey| {
        let page = &journey.page;
        begin(page, people::PASSWORD_ONLY).await?;
        has_landed(page, people::PASSWORD_ONLY).await?;
        assert!(page.address().await?.starts_with(journey.site.origin()));
        assert!(!page.address().await?.contains("oken"), "a token is in the address");

        page.press(texts::REFRESH).await?;
        page.sees(texts::REFRESHED).await?;
        sign_out_there(page).await?;
        page.open("/landing.html").await?;
        page.arrives_at(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_is_told_and_cleared() {
    journey("wrong-password", async |journey| {
        let page = &journey.page;
        let person = people::PASSWORD_ONLY;
        begin(page, people::Person { password: "not the password", ..person }).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CREDENTIALS), "{alert}");
        let focus = page.focused().await?.expect("the focus is on the message");
        assert!(focus.text.starts_with(texts::WRONG_CREDENTIALS), "{focus:?}");
        assert_eq!(page.value(texts::USERNAME).await?, person.login);
        assert_eq!(page.value(texts::PASSWORD).await?, "");

        page.fill(texts::PASSWORD, person.password).await?;
        page.press(texts::SIGN_IN).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn pressed_twice_it_is_sent_once() {
    journey("double-submit", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.trouble(&Method::POST, AUTHN, 1, Fault::Delay(Duration::from_secs(1))).await?;
        open_start(page).await?;
        page.fill(texts::USERNAME, people::PASSWORD_ONLY.login).await?;
        page.fill(texts::PASSWORD, people::PASSWORD_ONLY.password).await?;
        page.press_twice(texts::SIGN_IN).await?;
        has_landed(page, people::PASSWORD_ONLY).await?;
        assert_eq!(org.times_asked(&Method::POST, AUTHN).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn with_the_keyboard_alone() {
    journey("keyboard", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::THREE_FACTORS;
        open_start(page).await?;
        // The demo page asks for the first field to have the focus.
        page.focus_is_on(texts::USERNAME).await?;
        page.keys(person.login).await?;
        page.tab_to(texts::PASSWORD).await?;
        // Enter twice in a row is still one submission.
        page.keys(&format!("{}\u{e007}\u{e007}", person.password)).await?;
        page.arrives_at(texts::SMS).await?;
        page.tab_to(texts::SEND_CODE).await?;
        page.keys("\u{e007}").await?;
        page.focus_is_on(texts::CODE).await?;
        let code = org.code_in_message(person.login, 1).await?;
        page.keys(&format!("{code}\u{e007}")).await?;
        has_landed(page, person).await?;
        assert_eq!(org.times_asked(&Method::POST, AUTHN).await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_password_can_be_looked_at_until_it_is_sent() {
    journey("show-password", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        page.fill(texts::PASSWORD, "secret").await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("password"));
        page.press(texts::SHOW_PASSWORD).await?;
        page.offers(texts::HIDE_PASSWORD).await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("text"));
        assert_eq!(page.value(texts::PASSWORD).await?, "secret");

        page.fill(texts::USERNAME, people::PASSWORD_ONLY.login).await?;
        page.press(texts::SIGN_IN).await?;
        page.alert().await?;
        page.offers(texts::SHOW_PASSWORD).await?;
        assert_eq!(page.field_attribute(texts::PASSWORD, "type").await?.as_deref(), Some("password"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_user_name_is_kept_when_asked_and_the_password_never() {
    journey("keep-me", async |journey| {
        let page = &journey.page;
        let person = people::PASSWORD_ONLY;
        open_start(page).await?;
        assert_eq!(page.value(texts::USERNAME).await?, "");
        page.check(texts::KEEP_ME).await?;
        submit_password(page, person).await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;

        open_start(page).await?;
        wait_until("the user name kept", async || {
            Ok((page.value(texts::USERNAME).await? == person.login).then_some(()))
        })
        .await?;
        assert!(page.is_checked(texts::KEEP_ME).await?);
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        Ok(())
    })
    .await;
}
