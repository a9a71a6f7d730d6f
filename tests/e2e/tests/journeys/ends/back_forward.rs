//! A page that is left and come back to by Back. Browsers keep a page as it was, or load it anew, as they choose and the page
//! allows; both lead on, and no password is sent twice. Not here: Back within a sign-in (`browser_history.rs`).

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Capability, Engine, Fault, Journey, PhoneAction, Setup, journey, journey_with, wait_until};

use super::{BY_CODE, BY_PUSH, HOUR, begin_a_code, enter_the_code, expect_timed_out, sign_in_again};
use crate::{
    expect_hydrated, expect_landing_page, open_start, push::send_push, start_sign_in, submit_password, texts, users,
};

const AUTHN: &str = "/api/v1/authn";
const ELSEWHERE: &str = "/landing.html?elsewhere";
const NO_STORE: Setup<'_> = Setup { no_store: true, ..Setup::DEFAULT };

/// Goes back. Says whether the browser has kept the page.
async fn back(journey: &Journey) -> Result<bool> {
    let page = &journey.page;
    page.back().await?;
    expect_hydrated(page).await?;
    page.was_kept().await
}

/// Goes to another page and back, where the browser has to keep the page. Chromium keeps all that may be kept; another
/// engine may load it anew, which `false` says.
async fn away_and_back(journey: &Journey) -> Result<bool> {
    journey.page.open(ELSEWHERE).await?;
    let kept = back(journey).await?;
    ensure!(kept || journey.page.browser.engine() != Engine::Chromium, "Chromium has not kept the page");
    Ok(kept)
}

/// How many requests with a password or a state token the org has received.
async fn authn_requests(journey: &Journey) -> Result<usize> {
    journey.org.request_count(&Method::POST, AUTHN).await
}

/// The form of a page that was loaded anew: who began before is known, and nothing else.
async fn expect_new_form(journey: &Journey, user: users::User) -> Result<()> {
    let page = &journey.page;
    page.expect_heading(texts::START).await?;
    assert_eq!(
        (page.value(texts::USERNAME).await?.as_str(), page.value(texts::PASSWORD).await?.as_str()),
        (user.login, "")
    );
    Ok(())
}

#[tokio::test]
async fn a_code_that_was_begun_is_entered() {
    journey("kept-code", async |journey| {
        let page = &journey.page;
        page.watch_returns().await?;
        begin_a_code(journey).await?;
        if !away_and_back(journey).await? {
            expect_new_form(journey, BY_CODE).await?;
            return sign_in_again(journey).await;
        }
        page.expect_heading(texts::SMS).await?;
        wait_until("the org to be asked", async || Ok((authn_requests(journey).await? == 2).then_some(()))).await?;
        assert_eq!(page.value(texts::CODE).await?, "12");
        enter_the_code(journey).await?;
        expect_landing_page(page, BY_CODE).await?;
        assert_eq!(authn_requests(journey).await?, 2, "with the password, and for the state");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_has_expired_meanwhile_is_said_to_have() {
    journey("kept-expired", async |journey| {
        journey.page.watch_returns().await?;
        begin_a_code(journey).await?;
        journey.page.open(ELSEWHERE).await?;
        journey.org.advance_clock(HOUR).await?;
        if back(journey).await? {
            expect_timed_out(journey, BY_CODE).await?;
        } else {
            expect_new_form(journey, BY_CODE).await?;
        }
        sign_in_again(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_session_that_was_opened_meanwhile_is_offered() {
    journey("kept-session", async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        page.watch_returns().await?;
        open_start(page).await?;
        page.open("/?again").await?;
        page.expect_heading(texts::START).await?;
        submit_password(page, user).await?;
        expect_landing_page(page, user).await?;
        back(journey).await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// Sends a push from a page that was loaded anew.
async fn push_again(journey: &Journey) -> Result<()> {
    expect_new_form(journey, BY_PUSH).await?;
    submit_password(&journey.page, BY_PUSH).await?;
    journey.page.press(texts::SEND_PUSH).await?;
    journey.page.expect_text(texts::PUSH_SENT).await
}

/// Leaves a page that waits for a push, which is approved meanwhile.
async fn leave_until_approved(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    page.open(ELSEWHERE).await?;
    journey.org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
    if !back(journey).await? {
        push_again(journey).await?;
        journey.org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
    }
    // With the real clock.
    expect_landing_page(page, BY_PUSH).await
}

#[tokio::test]
async fn a_push_that_was_approved_meanwhile_leads_on() {
    journey("kept-push", async |journey| {
        journey.page.watch_returns().await?;
        send_push(journey, BY_PUSH).await?;
        leave_until_approved(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_push_whose_poll_was_under_way_is_polled_again() {
    journey("kept-poll", async |journey| {
        let org = &journey.org;
        journey.page.watch_returns().await?;
        send_push(journey, BY_PUSH).await?;
        let path = org.last_path("/verify").await?;
        org.plan_fault(&Method::POST, &path, 1, Fault::Hold).await?;
        org.expect_request_under_way().await?;
        journey.page.open(ELSEWHERE).await?;
        org.clear_faults().await?;
        // Firefox keeps no page with a request under way.
        if !back(journey).await? {
            // The one that is on the phone leads nowhere.
            org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
            push_again(journey).await?;
        }
        leave_until_approved(journey).await
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_and_not_sent_stays_in_a_page_that_is_kept() {
    journey("kept-form", async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        page.watch_returns().await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, user.login).await?;
        page.fill(texts::PASSWORD, user.password).await?;
        let kept = away_and_back(journey).await?;
        // WebKit empties the passwords of a page that it shows again.
        let stays = kept && page.browser.engine() != Engine::Webkit;
        let password = if stays { user.password } else { "" };
        assert_eq!(page.value(texts::PASSWORD).await?, password);
        assert_eq!(authn_requests(journey).await?, 0, "nothing is sent by itself");
        submit_password(page, user).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// The form is not dead, though the answer came to nobody.
#[tokio::test]
async fn a_password_whose_answer_was_not_waited_for_is_not_sent_again_by_itself() {
    journey("kept-busy", async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::PASSWORD_ONLY);
        page.watch_returns().await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        org.plan_fault(&Method::POST, AUTHN, 1, Fault::Hold).await?;
        submit_password(page, user).await?;
        org.expect_request_under_way().await?;
        page.open(ELSEWHERE).await?;
        org.clear_faults().await?;
        back(journey).await?;
        page.expect_heading(texts::START).await?;
        page.expect_button(texts::SIGN_IN).await?;
        assert_eq!(authn_requests(journey).await?, 1);
        submit_password(page, user).await?;
        expect_landing_page(page, user).await?;
        assert_eq!(authn_requests(journey).await?, 2, "one for each press");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_that_may_not_be_kept_begins_anew() {
    journey_with("no-store-code", NO_STORE, async |journey| {
        let page = &journey.page;
        journey.needs(Capability::NoStoreOfLocalhost)?;
        page.watch_returns().await?;
        begin_a_code(journey).await?;
        page.open(ELSEWHERE).await?;
        ensure!(!back(journey).await?, "the page was kept, though nobody may");
        expect_new_form(journey, BY_CODE).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        sign_in_again(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_page_that_may_not_be_kept_has_no_password() {
    journey_with("no-store-form", NO_STORE, async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        page.watch_returns().await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, user.login).await?;
        page.fill(texts::PASSWORD, user.password).await?;
        page.open(ELSEWHERE).await?;
        back(journey).await?;
        page.expect_heading(texts::START).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        submit_password(page, user).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// Signs in from a page before the form, and goes back from the landing page.
async fn back_from_landing(journey: &Journey) -> Result<()> {
    let (page, user) = (&journey.page, users::PASSWORD_ONLY);
    page.open("/landing.html?before").await?;
    start_sign_in(page, user).await?;
    expect_landing_page(page, user).await?;
    page.back().await?;
    assert_eq!(authn_requests(journey).await?, 1, "the password is not sent again");
    Ok(())
}

#[tokio::test]
async fn back_from_the_landing_page_leads_to_no_form() {
    for no_store in [false, true] {
        let setup = Setup { no_store, ..Setup::DEFAULT };
        journey_with(&format!("back-landing-get-{no_store}"), setup, async |journey| {
            back_from_landing(journey).await?;
            let address = journey.page.address().await?;
            ensure!(address.ends_with("?before"), "{address}");
            Ok(())
        })
        .await;
    }
}

/// A form of the widget's own leaves the page where the token may be in no address, and browsers keep the page then.
#[tokio::test]
async fn back_after_a_post_finds_the_session_and_no_password() {
    for no_store in [false, true] {
        let setup = Setup { attributes: &[("session-redirect", "post")], no_store, ..Setup::DEFAULT };
        journey_with(&format!("back-landing-post-{no_store}"), setup, async |journey| {
            back_from_landing(journey).await?;
            let page = &journey.page;
            page.expect_text(texts::SESSION).await?;
            // Firefox fills in the name that was typed into the page before, and a form in use stays.
            if page.has_field_now(texts::USERNAME).await? {
                ensure!(page.browser.engine() == Engine::Firefox, "the form is there in place of the session");
                page.expect_button(texts::CONTINUE).await?;
            } else {
                page.press(texts::SIGN_OUT).await?;
                page.expect_heading(texts::START).await?;
                page.expect_text(texts::SIGNED_OUT).await?;
            }
            assert_eq!(page.value(texts::PASSWORD).await?, "");
            submit_password(page, users::PASSWORD_ONLY).await?;
            expect_landing_page(page, users::PASSWORD_ONLY).await
        })
        .await;
    }
}
