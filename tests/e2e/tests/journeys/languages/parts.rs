//! What the scripts say themselves, and factor management, in German.

use okta_e2e::{Capability, Setup, journey_with};

use super::{GERMAN_PAGE, expect_spoken, german, listen, submit, verify_by_sms};
use crate::registration::WITH_HOOK;
use crate::stopped::ADD_ELEMENT;
use crate::{expect_hydrated, expect_message, expect_step, texts, users};

#[tokio::test]
async fn factor_management_is_in_the_language_of_the_page() {
    let setup = Setup { page_language: Some("de"), ..WITH_HOOK };
    journey_with("language-my-factors", setup, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        let google = |key: &str| german(key).replace("{factor}", "Google Authenticator");
        listen(page, &["en", "de"]).await?;
        page.open("/").await?;
        submit(page, "de", user).await?;
        verify_by_sms(page, org, "de", 1).await?;
        page.expect_heading(&german("manage.title")).await?;
        page.press(&google("manage.test.named")).await?;
        expect_step(page, &google("verify.title")).await?;
        let code = org.authenticator_code(user.login, "GOOGLE").await?;
        page.submit_code(&german("verify.code"), &code, &german("verify.submit")).await?;
        expect_message(page, &german("hook.factor_works")).await?;
        page.press(&google("manage.remove.named")).await?;
        expect_step(page, &google("manage.remove.title")).await?;
        page.press(&german("action.back")).await?;
        expect_step(page, &german("manage.title")).await?;
        expect_spoken(page, &["de"]).await
    })
    .await;
}

#[tokio::test]
async fn a_program_that_cannot_be_loaded_is_told_in_german() {
    const CORE: &str = "okta-sign-in-core_bg.wasm";
    journey_with("language-load-failure", GERMAN_PAGE, async |journey| {
        let page = &journey.page;
        page.allow_in_console("okta-sign-in");
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await?;
        journey.site.remove_file(CORE)?;
        page.browser.run_script(ADD_ELEMENT).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(&german("load.failed")), "{alert}");
        journey.site.restore_file(CORE)?;
        page.press(&german("action.retry")).await?;
        page.expect_heading(&german("primary.title")).await?;
        page.expect_focus().await
    })
    .await;
}

#[tokio::test]
async fn the_pages_form_says_it_in_german() {
    const CORE: &str = "okta-sign-in-core_bg.wasm";
    journey_with("language-static-failure", GERMAN_PAGE, async |journey| {
        let page = &journey.page;
        page.allow_in_console("okta-sign-in");
        journey.site.remove_file(CORE)?;
        page.open("/").await?;
        assert_eq!(page.alert().await?, german("static.failed"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_program_that_has_stopped_is_told_in_german() {
    journey_with("language-stopped", GERMAN_PAGE, async |journey| {
        let page = &journey.page;
        page.allow_in_console("RuntimeError");
        let second_part = journey.site.second_part()?;
        journey.site.accept_any_file()?;
        // A WebAssembly module without anything in it.
        journey.site.replace_file(&second_part, b"\0asm\x01\0\0\0")?;
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(&german("stopped.text")), "{alert}");
        journey.site.restore_file(&second_part)?;
        page.press(&german("stopped.reload")).await?;
        page.expect_heading(&german("primary.title")).await?;
        expect_hydrated(page).await
    })
    .await;
}

#[tokio::test]
async fn a_code_from_an_app_is_refused_in_german() {
    journey_with("language-notice", GERMAN_PAGE, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        page.open("/").await?;
        submit(page, "de", user).await?;
        expect_step(page, &german("verify.sms.title")).await?;
        page.press(&german("verify.switch")).await?;
        page.press_starting_with("Google Authenticator").await?;
        let code = org.authenticator_code(user.login, "GOOGLE").await?;
        page.expect_field(&german("verify.code")).await?;
        page.submit_code(&german("verify.code"), &crate::different_code(&code), &german("verify.submit")).await?;
        expect_message(page, &german("notice.wrong_code")).await
    })
    .await;
}
