//! `OktaSignIn` for pages of okta-signin-widget (`tests/e2e/pages/drop-in`): each page is built like one of that widget's
//! documentation for its classic engine, with one script tag changed.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, Setup, journey_with, wait_until};
use serde_json::json;

use crate::registration::BRUCE;
use crate::{expect_landing_page, expect_step, submit_password, texts, users, verify_by_message};

const PAGES: Setup<'_> = Setup { pages: Some("drop-in"), ..Setup::DEFAULT };

/// Opens a page whose form starts with this heading.
async fn open(page: &Page, path: &str, heading: &str) -> Result<()> {
    page.open(path).await?;
    page.expect_heading(heading).await
}

/// The entries of the page's list.
async fn log(page: &Page) -> Result<Vec<String>> {
    const SCRIPT: &str = "return [...document.querySelectorAll('#log li')].map((entry) => entry.textContent)";
    Ok(serde_json::from_value(page.browser.run_script(SCRIPT).await?)?)
}

/// Waits until these are the last entries, in this order.
async fn expect_last(page: &Page, entries: &[&str]) -> Result<()> {
    wait_until(&format!("the entries {entries:?} to be the last"), async || {
        let found = log(page).await?;
        let skipped = found.len().checked_sub(entries.len());
        Ok(skipped.filter(|skipped| found.iter().skip(*skipped).eq(entries)).map(|_| ()))
    })
    .await
}

#[tokio::test]
async fn a_password_leads_through_the_session_to_the_page() {
    journey_with("drop-in-password", PAGES, async |journey| {
        open(&journey.page, "/sign-in.html", texts::START).await?;
        submit_password(&journey.page, users::PASSWORD_ONLY).await?;
        expect_landing_page(&journey.page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_does_too() {
    journey_with("drop-in-factor", PAGES, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open(page, "/sign-in.html", texts::START).await?;
        submit_password(page, users::THREE_FACTORS).await?;
        expect_step(page, texts::SMS).await?;
        verify_by_message(page, org, users::THREE_FACTORS, 1).await?;
        expect_landing_page(page, users::THREE_FACTORS).await
    })
    .await;
}

#[tokio::test]
async fn the_token_leaves_for_no_address_that_is_not_allowed() {
    journey_with("drop-in-elsewhere", PAGES, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.allow_in_console("the success callback failed");
        open(page, "/sign-in.html?to=https://elsewhere.example/", texts::START).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        page.expect_heading(texts::SIGNED_IN_HERE).await?;
        ensure!(page.address().await?.ends_with("/sign-in.html?to=https://elsewhere.example/"));
        assert_eq!(org.request_count(&Method::GET, "/login/sessionCookieRedirect").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn events_hooks_and_results() {
    journey_with("drop-in-events", PAGES, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        open(page, "/events.html", texts::START).await?;
        expect_last(page, &["ready primary-auth", "afterRender primary-auth"]).await?;
        submit_password(page, users::User { password: "wrong", ..user }).await?;
        expect_last(
            page,
            &[
                "transformUsername PRIMARY_AUTH",
                "processCreds jeff.beck string",
                "afterError primary-auth AuthApiError 401 E0000004",
            ],
        )
        .await?;
        submit_password(page, user).await?;
        expect_step(page, texts::SMS).await?;
        expect_last(page, &["afterRender mfa-verify", "after mfa-verify"]).await?;
        verify_by_message(page, org, user, 1).await?;
        page.expect_heading(texts::SIGNED_IN_HERE).await?;
        expect_last(page, &["result SUCCESS jeff.beck@acme.com string"]).await?;
        let entries = log(page).await?;
        assert_eq!(entries.iter().filter(|entry| entry.starts_with("ready")).count(), 1);
        assert_eq!(entries.iter().filter(|entry| *entry == "before success-redirect").count(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_email_that_was_sent_is_told() {
    journey_with("drop-in-mail", PAGES, async |journey| {
        let page = &journey.page;
        open(page, "/events.html", texts::START).await?;
        page.fill(texts::USERNAME, users::RECOVERS.login).await?;
        page.press(texts::FORGOT).await?;
        expect_last(page, &["afterRender forgot-password"]).await?;
        page.press(texts::BY_EMAIL).await?;
        expect_step(page, texts::RECOVERY_MAIL).await?;
        let told = format!("result FORGOT_PASSWORD_EMAIL_SENT {} undefined", users::RECOVERS.login);
        expect_last(page, &["afterRender password-reset-email-sent", &told]).await
    })
    .await;
}

#[tokio::test]
async fn hidden_shown_removed_and_rendered_again() {
    journey_with("drop-in-hide", PAGES, async |journey| {
        let page = &journey.page;
        open(page, "/events.html", texts::START).await?;
        page.fill(texts::USERNAME, "somebody").await?;
        page.press("Hide it").await?;
        ensure!(!page.has_field_now(texts::USERNAME).await?, "it is hidden");
        page.press("Show it").await?;
        assert_eq!(page.value(texts::USERNAME).await?, "somebody", "it was hidden only");
        page.press("Remove it").await?;
        let count = "return document.getElementById('osw-container').childNodes.length";
        assert_eq!(page.browser.run_script(count).await?, json!(0));
        page.press("Render it").await?;
        page.expect_field(texts::USERNAME).await
    })
    .await;
}

#[tokio::test]
async fn code_of_the_page_takes_part_in_a_registration() {
    journey_with("drop-in-register", Setup { hook: true, ..PAGES }, async |journey| {
        let page = &journey.page;
        open(page, "/register.html", texts::START).await?;
        page.press(texts::SIGN_UP).await?;
        expect_step(page, texts::REGISTER).await?;
        for (label, text) in [
            (texts::FIRST_NAME, "Loki"),
            (texts::LAST_NAME, "Banner"),
            (texts::EMAIL_ADDRESS, BRUCE.login),
            (texts::PASSWORD, BRUCE.password),
        ] {
            page.fill(label, text).await?;
        }
        page.press(texts::CREATE_ACCOUNT).await?;
        page.expect_text("Another name, please.").await?;
        page.fill(texts::FIRST_NAME, "Bruce").await?;
        page.press(texts::CREATE_ACCOUNT).await?;
        let entries = [format!("preSubmit {}", BRUCE.login), format!("postSubmit {}", BRUCE.login)];
        let told = async || Ok(log(page).await?.starts_with(&entries).then_some(()));
        wait_until("both functions to be called", told).await
    })
    .await;
}

/// Signs in with two factors on the page of an app that gets tokens, and waits for these.
async fn get_tokens(name: &str, path: &str, came_back: bool) {
    journey_with(name, Setup { allow_org_frame: true, ..PAGES }, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let app = json!({
            "redirect_uris": ["/tokens.html"],
            "grant_types": ["authorization_code", "refresh_token"],
        });
        org.add_app("0oadropinpage0000000", app).await?;
        open(page, path, texts::START).await?;
        submit_password(page, users::THREE_FACTORS).await?;
        expect_step(page, texts::SMS).await?;
        verify_by_message(page, org, users::THREE_FACTORS, 1).await?;
        let tokens = "accessToken idToken refreshToken, jeff.beck@acme.com, api://default, true, true, ";
        expect_last(page, &[tokens]).await?;
        let had = page.browser.run_script("return document.body.dataset.hasTokens").await?;
        assert_eq!(had, json!(came_back.to_string()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_app_gets_tokens_on_its_page() {
    get_tokens("drop-in-tokens", "/tokens.html", false).await;
}

#[tokio::test]
async fn an_app_gets_tokens_by_a_redirect() {
    get_tokens("drop-in-tokens-redirect", "/tokens.html?redirect", true).await;
}
