//! Orgs that were upgraded to Identity Engine, and the day of the upgrade: one journey for each row of the table in
//! docs/engines.md that a page can meet.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Capability, Clock, Fault, Journey, Org, Page, Setup, journey, journey_with};
use serde_json::{Value, json};

use crate::{
    choose_factor, expect_landing_page, expect_message, expect_step, open_start, registration, registration::WITH_HOOK,
    sign_out_on_landing_page, start_sign_in, submit_password, texts, users, verify_by_message, verify_code,
};

const HOOK: Setup<'_> = Setup { clock: Clock::Real, ..WITH_HOOK };
const REDIRECT: &str = "/login/sessionCookieRedirect";

/// Upgrades the org. The address of whom is asked for a password only becomes a factor, which the policy must not ask for.
async fn upgrade(org: &Org) -> Result<()> {
    org.change_user(users::PASSWORD_ONLY.login, json!({ "signOn": "password-only" })).await?;
    org.upgrade().await
}

/// The names of the org's cookies that the browser has; none of them can be read by scripts.
async fn cookies(page: &Page) -> Result<Vec<String>> {
    Ok(page.browser.cookies().await?.into_iter().filter(|name| ["sid", "idx"].contains(&name.as_str())).collect())
}

/// The session, as the landing page may read it.
async fn session(journey: &Journey) -> Result<Value> {
    let script = format!(
        "return fetch('{}/api/v1/sessions/me', {{ credentials: 'include' }}).then((response) => response.json());",
        journey.org_address
    );
    journey.page.browser.run_script(&script).await
}

/// Waits for what factor management says where the hook has no session, and that nothing there leads to a sign-in.
async fn expect_not_here(page: &Page) -> Result<()> {
    page.expect_heading(texts::NOT_HERE).await?;
    page.expect_text(texts::NOT_HERE_WHY).await?;
    ensure!(!page.text().await?.contains(texts::SIGNED_OUT_HERE));
    let links = "return [...document.querySelectorAll('okta-my-factors a, okta-my-factors button')].length;";
    ensure!(page.browser.run_script(links).await? == json!(0), "there is a way that leads back here");
    Ok(())
}

#[tokio::test]
async fn a_sign_in_ends_with_another_cookie_and_a_session_without_identity_provider() {
    journey("upgraded", async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        ensure!(session(journey).await?["idp"].is_object());
        ensure!(cookies(page).await? == ["sid"]);

        // A session from before goes on.
        upgrade(&journey.org).await?;
        page.reload().await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        ensure!(cookies(page).await? == ["idx"]);
        page.open("/").await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        page.expect_heading(texts::START).await?;
        ensure!(cookies(page).await?.is_empty());

        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        ensure!(cookies(page).await? == ["idx"]);
        let session = session(journey).await?;
        ensure!(session["status"] == "ACTIVE" && session["idp"].is_null(), "{session}");
        sign_out_on_landing_page(page).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_without_cookie_tokens_is_no_obstacle_and_sends_nobody_in_circles() {
    journey_with("upgraded-hook", HOOK, async |journey| {
        let page = &journey.page;
        upgrade(&journey.org).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        expect_not_here(page).await?;
        let exchanged = journey.org.request_count(&Method::POST, "/api/v1/sessions").await?;
        ensure!(exchanged == 0, "the session token is for the browser");
        let redirects = journey.org.request_count(&Method::GET, REDIRECT).await?;
        ensure!(redirects == 1, "{redirects} redirects");
        page.reload().await?;
        expect_not_here(page).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_still_believes_in_cookie_tokens_asks_for_one_more_sign_in() {
    journey_with("upgrade-hook-cache", HOOK, async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        sign_out_on_landing_page(page).await?;
        upgrade(&journey.org).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_message(page, texts::TIMED_OUT).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        expect_not_here(page).await
    })
    .await;
}

#[tokio::test]
async fn the_upgrade_comes_in_the_middle_of_a_sign_in() {
    journey_with("upgrade-between", HOOK, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        start_sign_in(page, user).await?;
        page.expect_heading(texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        upgrade(org).await?;
        verify_code(page, &code).await?;
        expect_landing_page(page, user).await?;
        ensure!(cookies(page).await? == ["idx"]);
        expect_not_here(page).await
    })
    .await;
}

#[tokio::test]
async fn a_session_token_from_before_leads_to_the_orgs_own_word_and_then_to_a_new_sign_in() {
    journey("upgrade-token", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.plan_fault(&Method::GET, REDIRECT, 1, Fault::Hold).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        okta_e2e::wait_until("the redirect", async || {
            Ok((org.request_count(&Method::GET, REDIRECT).await? == 1).then_some(()))
        })
        .await?;
        upgrade(org).await?;
        org.clear_faults().await?;
        page.expect_heading(texts::ORG_REFUSES_TOKEN).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn recovery_is_refused_in_words_where_only_new_options_are_configured() {
    journey("upgraded-recovery", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.change_user(users::RECOVERS.login, json!({ "passwordPolicy": "new-recovery" })).await?;
        upgrade(org).await?;
        open_start(page).await?;
        page.fill(texts::USERNAME, users::RECOVERS.login).await?;
        page.press(texts::FORGOT).await?;
        expect_step(page, texts::RECOVER).await?;
        page.press(texts::BY_EMAIL).await?;
        expect_message(page, texts::RECOVERY_REFUSED).await?;
        page.press(texts::BY_SMS).await?;
        expect_message(page, texts::RECOVERY_REFUSED).await?;
        page.press(texts::BACK_TO_SIGN_IN).await?;
        page.expect_heading(texts::START).await
    })
    .await;
}

#[tokio::test]
async fn a_page_for_names_alone_asks_for_the_password() {
    let setup = Setup { attributes: &[("passwordless-auth", "")], ..Setup::default() };
    journey_with("upgraded-passwordless", setup, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        org.change_user(user.login, json!({ "signOn": "passwordless" })).await?;
        upgrade(org).await?;
        open_start(page).await?;
        ensure!(!page.has_field_now(texts::PASSWORD).await?, "the page asks for the name alone");
        page.fill(texts::USERNAME, user.login).await?;
        page.press(texts::NEXT).await?;
        expect_message(page, texts::PASSWORD_WANTED).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_step(page, texts::SMS).await?;
        verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn an_address_is_a_factor_by_itself() {
    journey("upgraded-mail", async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        upgrade(org).await?;
        start_sign_in(page, user).await?;
        page.expect_heading(texts::SMS).await?;
        choose_factor(page, "Email", texts::EMAIL).await?;
        verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn the_list_of_a_session_from_before_has_the_address_and_the_recovery_question() {
    journey_with("upgrade-list", HOOK, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, org, user) = (&journey.page, &journey.org, users::RECOVERS);
        start_sign_in(page, user).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        ensure!(!page.text().await?.contains("Security question"));
        upgrade(org).await?;
        // The page with the list alone: the org does not see the browser, whose cookie it would change.
        page.browser.run_script("document.querySelector('okta-my-factors').signInUrl = './?again';").await?;
        page.expect_text("Security question").await?;
        page.expect_text("Email").await
    })
    .await;
}

#[tokio::test]
async fn registration_by_the_hook_goes_on() {
    journey_with("upgraded-sign-up", HOOK, async |journey| {
        upgrade(&journey.org).await?;
        let (page, org) = (&journey.page, &journey.org);
        registration::open_form(journey).await?;
        registration::submit_form(journey, Some(registration::NUMBER), registration::BRUCE.password).await?;
        // The address came before the phone.
        expect_step(page, texts::EMAIL).await?;
        let user = users::User { login: registration::BRUCE_SHORT, ..registration::BRUCE };
        verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, registration::BRUCE).await?;
        expect_not_here(page).await
    })
    .await;
}

#[tokio::test]
async fn links_of_apps_lead_to_the_orgs_own_page() {
    journey("upgraded-app", async |journey| {
        upgrade(&journey.org).await?;
        let (org, site) = (&journey.org, &journey.site);
        journey.page.open(&format!("{}/step-up?app=salesforce&page={}", org.address(), site.origin())).await?;
        journey.page.expect_heading(texts::ORG_SIGN_IN).await
    })
    .await;
}
