//! The user name first: the org says which identity provider it belongs to.

use anyhow::Result;
use fantoccini::key::Key;
use http::Method;
use okta_e2e::{Fault, Journey, Page, Setup, journey_with};
use serde_json::json;

use crate::{
    brand::before_page, expect_hydrated, expect_landing_page, expect_message, hydrate, open_start, texts, users,
};

const USER: users::User = users::PASSWORD_ONLY;
const WEBFINGER: &str = "/.well-known/webfinger";
const DISCOVERS: Setup<'_> = Setup { attributes: &[("discovery", "webfinger")], ..Setup::DEFAULT };
/// A name of the partner, and the heading of the provider's page, which the emulated org plays.
const PARTNER: (&str, &str) = ("jo@partner.example", "Partner Cloud");

/// Opens the form, and submits a name.
async fn submit_name(page: &Page, name: &str) -> Result<()> {
    open_start(page).await?;
    expect_hydrated(page).await?;
    page.fill(texts::USERNAME, name).await?;
    assert!(!page.has_field_now(texts::PASSWORD).await?, "the form asks for the name alone");
    page.press(texts::NEXT).await
}

/// The form asks for the password now, in the same form as the name, which is still there.
async fn expect_password_form(page: &Page, name: &str) -> Result<()> {
    page.expect_focus_on(texts::PASSWORD).await?;
    assert_eq!(page.value(texts::USERNAME).await?, name);
    let kind = page.field_attribute(texts::USERNAME, "autocomplete").await?;
    assert_eq!(kind.as_deref(), Some("username"), "a password manager finds both");
    let kind = page.field_attribute(texts::PASSWORD, "autocomplete").await?;
    assert_eq!(kind.as_deref(), Some("current-password"));
    assert_eq!(page.messages().await?, Vec::<String>::new(), "nothing but the field is announced");
    Ok(())
}

/// Signs in there as this user.
async fn sign_in_at_provider(page: &Page, heading: &str, user: users::User) -> Result<()> {
    page.expect_heading(heading).await?;
    page.fill("User", user.login).await?;
    page.press("Sign in").await?;
    expect_landing_page(page, user).await
}

async fn asked(journey: &Journey) -> Result<usize> {
    journey.org.request_count(&Method::GET, WEBFINGER).await
}

#[tokio::test]
async fn a_name_of_the_org_leads_to_the_password_on_either_engine() {
    for (name, upgrades) in [("discovery", false), ("discovery-upgraded", true)] {
        journey_with(name, DISCOVERS, async |journey| {
            let page = &journey.page;
            if upgrades {
                // Else the address is a factor, which is asked for.
                journey.org.change_user(USER.login, json!({ "signOn": "password-only" })).await?;
                journey.org.upgrade().await?;
            }
            open_start(page).await?;
            page.screenshot_light_and_dark(&format!("{name}-name")).await?;
            submit_name(page, USER.login).await?;
            expect_password_form(page, USER.login).await?;
            page.screenshot_light_and_dark(&format!("{name}-password")).await?;
            assert_eq!(asked(journey).await?, 1);
            assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
            page.fill(texts::PASSWORD, USER.password).await?;
            page.press(texts::SIGN_IN).await?;
            expect_landing_page(page, USER).await
        })
        .await;
    }
}

#[tokio::test]
async fn a_name_of_a_provider_leads_there_and_on() {
    journey_with("discovery-provider", DISCOVERS, async |journey| {
        let page = &journey.page;
        submit_name(page, PARTNER.0).await?;
        sign_in_at_provider(page, PARTNER.1, USER).await?;
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_with_code_of_its_own_finds_the_session_afterwards() {
    let setup = Setup {
        attributes: &[("discovery", "webfinger"), ("session-redirect", "callback"), ("redirect-url", "")],
        ..Setup::DEFAULT
    };
    journey_with("discovery-callback", setup, async |journey| {
        let page = &journey.page;
        submit_name(page, PARTNER.0).await?;
        page.expect_heading(PARTNER.1).await?;
        page.fill("User", USER.login).await?;
        page.press("Sign in").await?;
        page.expect_heading(texts::SESSION).await
    })
    .await;
}

#[tokio::test]
async fn who_refuses_there_or_goes_back_finds_the_form() {
    journey_with("discovery-refused", DISCOVERS, async |journey| {
        let page = &journey.page;
        page.allow_in_console("403");
        submit_name(page, PARTNER.0).await?;
        page.expect_heading(PARTNER.1).await?;
        page.back().await?;
        page.expect_heading(texts::START).await?;
        submit_name(page, PARTNER.0).await?;
        page.expect_heading(PARTNER.1).await?;
        page.press("Refuse").await?;
        page.expect_heading("You are not signed in").await?;
        page.press("Back to sign in").await?;
        page.expect_heading(texts::START).await?;
        // Another name.
        submit_name(page, USER.login).await?;
        expect_password_form(page, USER.login).await
    })
    .await;
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_refused_like_a_wrong_password() {
    journey_with("discovery-unknown", DISCOVERS, async |journey| {
        let page = &journey.page;
        submit_name(page, "nobody").await?;
        expect_password_form(page, "nobody").await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press(texts::SIGN_IN).await?;
        expect_message(page, texts::WRONG_CREDENTIALS).await?;
        // Another name is asked about first, and nothing else is sent.
        page.fill(texts::USERNAME, PARTNER.0).await?;
        page.fill(texts::PASSWORD, "secret").await?;
        page.press(texts::SIGN_IN).await?;
        page.expect_heading(PARTNER.1).await?;
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_an_answer_the_form_asks_for_no_password() {
    journey_with("discovery-fails", DISCOVERS, async |journey| {
        let (page, org) = (&journey.page, &mut journey.org);
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, USER.login).await?;
        org.stop().await?;
        page.press(texts::NEXT).await?;
        expect_message(page, texts::UNREACHABLE).await?;
        page.screenshot("discovery-unreachable").await?;
        assert!(!page.has_field_now(texts::PASSWORD).await?);
        org.restart().await?;
        for (fault, message) in [
            (Fault::Status(404), texts::UNREADABLE),
            (Fault::Status(502), texts::SERVER_ERROR),
            (Fault::Truncate, texts::UNREADABLE),
        ] {
            org.plan_fault(&Method::GET, WEBFINGER, 1, fault).await?;
            page.press(texts::RETRY).await?;
            expect_message(page, message).await?;
            assert!(!page.has_field_now(texts::PASSWORD).await?);
        }
        page.press(texts::RETRY).await?;
        expect_password_form(page, USER.login).await
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_alone() {
    journey_with("discovery-keyboard", DISCOVERS, async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.tab_to(texts::USERNAME).await?;
        page.keys(&format!("{}{}", USER.login, char::from(Key::Enter))).await?;
        expect_password_form(page, USER.login).await?;
        page.keys(&format!("{}{}", USER.password, char::from(Key::Enter))).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn a_name_is_kept_that_belongs_to_a_provider() {
    journey_with("discovery-kept", DISCOVERS, async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.check(texts::KEEP_ME).await?;
        page.fill(texts::USERNAME, PARTNER.0).await?;
        page.press(texts::NEXT).await?;
        page.expect_heading(PARTNER.1).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        assert_eq!(page.value(texts::USERNAME).await?, PARTNER.0);
        assert!(page.is_checked(texts::KEEP_ME).await?);
        page.press(texts::NEXT).await?;
        page.expect_heading(PARTNER.1).await
    })
    .await;
}

#[tokio::test]
async fn the_page_may_change_the_name_that_is_asked_about() {
    journey_with("discovery-transformed", DISCOVERS, async |journey| {
        let page = &journey.page;
        let transform = "element.transformUsername = (name, operation) =>
            operation === 'IDP_DISCOVERY' && name === 'jo' ? 'jo@partner.example' : name;";
        before_page(page, transform).await?;
        submit_name(page, USER.login).await?;
        expect_password_form(page, USER.login).await?;
        page.fill(texts::USERNAME, "jo").await?;
        page.press(texts::SIGN_IN).await?;
        page.expect_heading(PARTNER.1).await
    })
    .await;
}

#[tokio::test]
async fn a_function_of_the_page_that_fails_asks_nobody() {
    journey_with("discovery-page-fails", DISCOVERS, async |journey| {
        let page = &journey.page;
        page.allow_in_console("broken");
        before_page(page, "element.transformUsername = () => { throw new Error('broken'); };").await?;
        submit_name(page, USER.login).await?;
        page.alert().await?;
        assert_eq!(asked(journey).await?, 0);
        assert!(!page.has_field_now(texts::PASSWORD).await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_submit_before_the_code_is_there_is_carried_out_once() {
    let setup = Setup { holds_code: true, ..DISCOVERS };
    journey_with("discovery-early", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        page.expect_focus_on(texts::USERNAME).await?;
        assert!(!page.has_field_now(texts::PASSWORD).await?, "the form in the page's HTML has no field for it either");
        page.keys(&format!("{}{enter}{enter}", USER.login, enter = char::from(Key::Enter))).await?;
        hydrate(journey).await?;
        expect_password_form(page, USER.login).await?;
        assert_eq!(asked(journey).await?, 1);
        Ok(())
    })
    .await;
}
