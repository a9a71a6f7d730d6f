//! Browsers and pages without WebAssembly: the same program runs as a script, under the same strict policy.

use anyhow::{Result, ensure};
use okta_e2e::{Capability, Journey, PhoneAction, Setup, Touch, Wasm, journey_with};
use serde_json::{Value, json};

use crate::{
    activate, choose_factor, different_code, enroll, expect_errors, expect_hydrated, expect_landing_page,
    expect_message, open_start, sign_in_to, sign_out_on_landing_page, start_sign_in, submit_password, texts, users,
    verify_by_message, verify_code, watch_errors,
};

const MISSING: Setup<'_> = Setup { wasm: Wasm::Missing, ..Setup::DEFAULT };
const SCRIPT: &str = "okta-sign-in-core-js.js";
/// What Firefox says of a try with WebAssembly.
const WASM_BLOCKED: &str = "blocked WebAssembly (script-src)";

/// Keeps what the browser reports as violations of the policy.
const WATCH: &str = "
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        const before = JSON.parse(sessionStorage.getItem('violations') ?? '[]');
        const all = [...before, `${effectiveDirective} ${blockedURI}`];
        sessionStorage.setItem('violations', JSON.stringify(all));
    });";
const VIOLATIONS: &str = "return JSON.parse(sessionStorage.getItem('violations') ?? '[]')";
/// Whether the page runs the script.
const LOADED: &str =
    "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('okta-sign-in-core-js.js'))";

#[tokio::test]
async fn a_password_signs_in() {
    journey_with("no-wasm-password", MISSING, async |journey| {
        let page = &journey.page;
        page.browser.before_each_page(WATCH).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        assert_eq!(page.browser.run_script("return typeof WebAssembly").await?, json!("undefined"));
        assert_eq!(page.browser.run_script(LOADED).await?, json!(true));
        assert_eq!(page.browser.run_script(VIOLATIONS).await?, json!([]));
        let wrong = users::User { password: "wrong", ..users::PASSWORD_ONLY };
        submit_password(page, wrong).await?;
        page.alert().await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn codes_by_sms_and_from_an_app() {
    journey_with("no-wasm-codes", MISSING, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        sign_in_to(page, user, texts::SMS).await?;
        verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        sign_in_to(page, user, texts::SMS).await?;
        choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let code = org.authenticator_code(user.login, "GOOGLE").await?;
        verify_code(page, &different_code(&code)).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        verify_code(page, &code).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_push_is_approved() {
    journey_with("no-wasm-push", MISSING, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::OKTA_VERIFY);
        sign_in_to(page, user, texts::PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        page.expect_text(texts::PUSH_SENT).await?;
        org.on_phone(user.login, PhoneAction::Approve).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_security_key_is_enrolled_and_used() {
    journey_with("no-wasm-key", MISSING, async |journey| {
        let (page, user) = (&journey.page, users::MUST_ENROLL_KEY);
        let _key = page.browser.plug_in(Touch::Yes).await?;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press("Set up a security key or biometric").await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;
        sign_in_to(page, user, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn an_app_is_enrolled() {
    journey_with("no-wasm-enroll", MISSING, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::MUST_ENROLL);
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        page.expect_heading(texts::ENROLL_GOOGLE).await?;
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        let code = org.authenticator_code_for(user.login, &secret).await?;
        activate(page, &code).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// Signs in with a password, then with an SMS, and returns the violations that the pages have caused.
async fn sign_in_twice(journey: &Journey) -> Result<Value> {
    let (page, org) = (&journey.page, &journey.org);
    page.browser.before_each_page(WATCH).await?;
    start_sign_in(page, users::PASSWORD_ONLY).await?;
    expect_landing_page(page, users::PASSWORD_ONLY).await?;
    sign_out_on_landing_page(page).await?;
    sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
    verify_by_message(page, org, users::THREE_FACTORS, 1).await?;
    expect_landing_page(page, users::THREE_FACTORS).await?;
    page.browser.run_script(VIOLATIONS).await
}

#[tokio::test]
async fn a_page_that_says_it_refuses_webassembly_violates_nothing() {
    let setup = Setup { wasm: Wasm::RefusedAndSaid, ..Setup::DEFAULT };
    journey_with("no-wasm-said", setup, async |journey| {
        assert_eq!(sign_in_twice(journey).await?, json!([]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_policy_that_refuses_webassembly_is_noticed() {
    let setup = Setup { wasm: Wasm::Refused, ..Setup::DEFAULT };
    journey_with("no-wasm-refused", setup, async |journey| {
        // One try for each of the two pages with the form: nothing but a try shows what a policy allows.
        journey.page.allow_in_console(WASM_BLOCKED);
        let violations = sign_in_twice(journey).await?;
        if journey.page.browser.can(Capability::WasmViolations) {
            assert_eq!(violations, json!(["script-src wasm-eval", "script-src wasm-eval"]));
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_webassembly_and_the_script_there_is_a_message() {
    for wasm in [Wasm::Missing, Wasm::Refused] {
        let setup = Setup { attributes: &[("username", "")], wasm, ..Setup::DEFAULT };
        journey_with(&format!("no-wasm-no-script-{wasm:?}"), setup, async |journey| {
            let page = &journey.page;
            page.allow_in_console("okta-sign-in");
            page.allow_in_console(WASM_BLOCKED);
            page.allow_in_console("no script instead");
            journey.site.remove_file(SCRIPT)?;
            watch_errors(page).await?;
            page.open("/").await?;
            let alert = page.alert().await?;
            assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
            expect_errors(page, &[("no-webassembly", true)]).await?;
            journey.site.restore_file(SCRIPT)?;
            submit_password(page, users::PASSWORD_ONLY).await?;
            expect_landing_page(page, users::PASSWORD_ONLY).await
        })
        .await;
    }
}

#[tokio::test]
async fn a_program_that_stops_is_told() {
    // What a trap of the translated program throws, from one of its functions.
    const BROKEN: &str = "export function prefetch() { \
        throw Object.assign(new Error('unreachable'), { name: 'RuntimeError' }); }";
    let setup = Setup { attributes: &[("username", "")], ..MISSING };
    journey_with("no-wasm-trap", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console("unreachable");
        let script = String::from_utf8(journey.site.read_file(SCRIPT)?)?;
        let broken = script.replacen(" as prefetch", " as other", 1) + BROKEN;
        ensure!(broken.len() > script.len(), "the script has another function");
        journey.site.accept_any_file()?;
        journey.site.replace_file(SCRIPT, broken.as_bytes())?;
        watch_errors(page).await?;
        // The second part would be loaded when the browser is idle.
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::STOPPED), "{alert}");
        expect_errors(page, &[("stopped", false)]).await?;
        assert!(!page.has_button_now(texts::SIGN_IN).await?, "the form must not look alive");
        journey.site.restore_file(SCRIPT)?;
        page.press(texts::RELOAD).await?;
        page.expect_heading(texts::START).await?;
        expect_hydrated(page).await
    })
    .await;
}
