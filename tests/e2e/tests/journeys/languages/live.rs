//! Another language while somebody types: nothing that was entered is lost, and the focus stays.

use anyhow::Result;
use okta_e2e::{Capability, Page, Setup, journey_with, wait_until};
use serde_json::json;

use super::{GERMAN_PAGE, expect_language, expect_spoken, german, listen, say, script_is, submit};
use crate::registration::WITH_HOOK;
use crate::{choose_factor, expect_hydrated, expect_step, open_start, sign_in_to, submit_password, texts, users};
use crate::{users::User, verify_by_message};

/// Has the widget speak another language.
async fn speak(page: &Page, element: &str, tag: &str) -> Result<()> {
    let change = format!("document.querySelector('{element}').language = '{tag}'");
    page.browser.run_script(&change).await?;
    let named = format!("return document.querySelector('{element} .oaw').lang");
    wait_until(tag, async || Ok((page.browser.run_script(&named).await? == json!(tag)).then_some(()))).await
}

/// Keeps the element with the focus, to see whether it stays.
const KEEP_FOCUS: &str = "window.__focused = document.activeElement";
const HAS_FOCUS: &str = "return document.activeElement === window.__focused";

#[tokio::test]
async fn the_first_form_keeps_what_was_typed() {
    const CHANGED: &str = "return document.querySelector('.oaw').parentElement.querySelectorAll('form').length";
    journey_with("language-live-first", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de", "ar"]).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.check(texts::KEEP_ME).await?;
        page.fill(texts::PASSWORD, "half").await?;
        page.fill(texts::USERNAME, "ada.b").await?;
        page.browser.run_script("document.activeElement.setSelectionRange(1, 3)").await?;
        page.browser.run_script(KEEP_FOCUS).await?;
        for (tag, direction) in [("de", "ltr"), ("ar", "rtl"), ("en", "ltr")] {
            speak(page, "okta-sign-in", tag).await?;
            page.expect_heading(&say(tag, "primary.title")).await?;
            expect_language(page, tag, direction).await?;
            script_is(page, HAS_FOCUS, json!(true)).await?;
            script_is(page, CHANGED, json!(1)).await?;
            let selection = "return [document.activeElement.selectionStart, document.activeElement.selectionEnd]";
            script_is(page, selection, json!([1, 3])).await?;
            assert_eq!(page.value(&say(tag, "primary.username")).await?, "ada.b");
            assert_eq!(page.value(&say(tag, "primary.password")).await?, "half");
            assert!(page.is_checked(&say(tag, "primary.remember")).await?);
        }
        expect_spoken(page, &["en", "de", "ar", "en"]).await
    })
    .await;
}

#[tokio::test]
async fn a_step_with_a_notice_a_countdown_and_half_a_code_goes_on() {
    journey_with("language-live-code", Setup::DEFAULT, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        listen(page, &["en", "de"]).await?;
        sign_in_to(page, user, texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        crate::verify_code(page, &crate::different_code(&code)).await?;
        page.expect_message(texts::WRONG_CODE).await?;
        page.expect_disabled(texts::RESEND_CODE_IN).await?;
        page.browser.run_script(KEEP_FOCUS).await?;
        speak(page, "okta-sign-in", "de").await?;
        page.expect_heading(&german("verify.sms.title")).await?;
        page.expect_message(&german("notice.wrong_code")).await?;
        page.expect_disabled("Erneut senden in ").await?;
        script_is(page, HAS_FOCUS, json!(true)).await?;
        // Whoever types on has read the notice.
        page.fill(&german("verify.code"), "12").await?;
        for tag in ["en", "de"] {
            speak(page, "okta-sign-in", tag).await?;
            page.expect_heading(&say(tag, "verify.sms.title")).await?;
            script_is(page, HAS_FOCUS, json!(true)).await?;
            assert_eq!(page.value(&say(tag, "verify.code")).await?, "12");
        }
        expect_spoken(page, &["en", "de", "en", "de"]).await?;
        page.submit_code(&german("verify.code"), &code, &german("verify.submit")).await?;
        crate::expect_landing_page(page, user).await?;
        expect_spoken(page, &["en", "de", "en", "de"]).await
    })
    .await;
}

#[tokio::test]
async fn the_country_of_a_phone_number_stays_chosen() {
    const CHOSEN: &str = "return document.querySelector('.oaw select').selectedOptions[0].label.replace(/[ (].*/, '')";
    journey_with("language-live-phone", GERMAN_PAGE, async |journey| {
        let (page, user) = (&journey.page, users::MAY_ENROLL_EVERYTHING);
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit(page, "de", user).await?;
        page.press(&german("enroll.setup").replace("{factor}", &german("factor.in.sms"))).await?;
        page.select(&german("enroll.country"), "Österreich (+43)").await?;
        page.fill(&german("enroll.phone"), "0664 123").await?;
        let typed = page.value(&german("enroll.phone")).await?;
        page.browser.run_script(KEEP_FOCUS).await?;
        // Each has another order.
        for (tag, name) in [("ja", "オーストリア"), ("sv", "Österrike"), ("en", "Austria"), ("de", "Österreich")]
        {
            speak(page, "okta-sign-in", tag).await?;
            page.expect_field(&say(tag, "enroll.phone")).await?;
            script_is(page, CHOSEN, json!(name)).await?;
            script_is(page, HAS_FOCUS, json!(true)).await?;
            assert_eq!(page.value(&say(tag, "enroll.phone")).await?, typed);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_list_of_factors_changes_too() {
    journey_with("language-live-factors", WITH_HOOK, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        listen(page, &["en", "de"]).await?;
        sign_in_to(page, user, texts::SMS).await?;
        verify_by_message(page, org, user, 1).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        page.expect_button("Remove Google Authenticator").await?;
        speak(page, "okta-my-factors", "de").await?;
        page.expect_heading(&german("manage.title")).await?;
        page.press(&german("manage.test.named").replace("{factor}", "Google Authenticator")).await?;
        expect_step(page, &german("verify.title").replace("{factor}", "Google Authenticator")).await?;
        page.fill(&german("verify.code"), "12").await?;
        page.browser.run_script(KEEP_FOCUS).await?;
        speak(page, "okta-my-factors", "en").await?;
        page.expect_heading(texts::GOOGLE).await?;
        script_is(page, HAS_FOCUS, json!(true)).await?;
        assert_eq!(page.value(texts::CODE).await?, "12");
        expect_spoken(page, &["en", "de", "en"]).await
    })
    .await;
}

#[tokio::test]
async fn a_step_after_another_language_is_in_that_language() {
    journey_with("language-live-next", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de"]).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        submit_password(page, User { password: "wrong", ..users::THREE_FACTORS }).await?;
        page.expect_message(texts::WRONG_CREDENTIALS).await?;
        speak(page, "okta-sign-in", "de").await?;
        page.expect_message(&german("notice.wrong_credentials")).await?;
        submit(page, "de", users::THREE_FACTORS).await?;
        expect_step(page, &german("verify.sms.title")).await?;
        page.press(&german("verify.switch")).await?;
        page.press_starting_with(&german("factor.question")).await?;
        expect_step(page, &german("verify.question.title")).await?;
        expect_spoken(page, &["en", "de"]).await
    })
    .await;
}

#[tokio::test]
async fn another_factor_in_german_from_an_english_page() {
    journey_with("language-live-switch", Setup::DEFAULT, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de"]).await?;
        sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
        choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        speak(page, "okta-sign-in", "de").await?;
        page.expect_heading(&german("verify.title").replace("{factor}", "Google Authenticator")).await?;
        page.press(&german("action.cancel")).await?;
        expect_step(page, &german("primary.title")).await?;
        expect_spoken(page, &["en", "de"]).await
    })
    .await;
}
