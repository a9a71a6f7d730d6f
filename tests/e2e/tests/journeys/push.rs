//! Okta Verify: a phone is asked, and the page waits for its answer.

use std::time::Duration;

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Fault, Journey, Tap, journey, journey_with};

use crate::{
    ADJUSTABLE, another_code, begin_at, has_landed, is_told, open_start, people, reaches, sign_out_there,
    submit_password, texts,
};

const PERSON: people::Person = people::PUSHED;
/// Longer than the page waits between two looks.
const A_LOOK: Duration = Duration::from_secs(5);

/// Signs in up to the phone, and asks it.
async fn asks_phone(journey: &Journey, person: people::Person) -> Result<()> {
    begin_at(&journey.page, person, texts::PUSH).await?;
    journey.page.press(texts::SEND_PUSH).await?;
    journey.page.offers(texts::SEND_PUSH_AGAIN).await?;
    journey.page.has_focus().await
}

/// Lets the page look once more.
pub(crate) async fn looks(journey: &Journey) -> Result<()> {
    journey.page.browser.put_clock_forward(A_LOOK).await
}

/// How often the org was asked to verify anything.
async fn verifications(journey: &Journey) -> Result<usize> {
    Ok(journey.org.requests().await?.iter().filter(|line| line.path.ends_with("/verify")).count())
}

#[tokio::test]
async fn approved() {
    journey("push-approved", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, PERSON, texts::PUSH).await?;
        ensure!(!org.rings_now(PERSON.login).await?, "nobody is asked unasked");
        page.press(texts::SEND_PUSH).await?;
        page.sees(texts::PUSH_SENT).await?;
        page.has_focus().await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        // By the machine's own clock: the page looks every four seconds.
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn rejected_and_asked_again() {
    journey_with("push-rejected", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        org.on_phone(PERSON.login, Tap::Deny).await?;
        looks(journey).await?;
        is_told(page, texts::PUSH_REJECTED).await?;
        let asked = verifications(journey).await?;
        page.browser.put_clock_forward(Duration::from_secs(30)).await?;
        assert_eq!(verifications(journey).await?, asked, "nothing is looked for any more");

        page.press(texts::SEND_PUSH_AGAIN).await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn not_answered_in_time() {
    journey_with("push-timeout", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        org.advance_clock(Duration::from_mins(5)).await?;
        looks(journey).await?;
        is_told(page, texts::PUSH_TIMED_OUT).await?;
        page.press(texts::SEND_PUSH_AGAIN).await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn slow_to_be_answered() {
    journey_with("push-slow", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        page.browser.put_clock_forward(Duration::from_secs(28)).await?;
        ensure!(!page.text().await?.contains(texts::PUSH_SLOW), "28 s are not long");
        page.browser.put_clock_forward(Duration::from_secs(3)).await?;
        page.sees(texts::PUSH_SLOW).await?;
        page.has_focus().await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new(), "nothing is wrong yet");
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

async fn taps_number(journey: &Journey, number: Option<u32>) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let person = people::CHALLENGED;
    asks_phone(journey, person).await?;
    if let Some(number) = number {
        org.make_right_number(person.login, number).await?;
    }
    let number = org.right_number(person.login).await?;
    looks(journey).await?;
    page.sees(texts::PUSH_NUMBER).await?;
    assert_eq!(page.text_of(texts::NUMBER).await?, number.to_string());
    page.has_focus().await?;
    org.on_phone(person.login, Tap::Number(number)).await?;
    looks(journey).await?;
    has_landed(page, person).await
}

#[tokio::test]
async fn a_number_to_be_tapped() {
    journey_with("push-number", ADJUSTABLE, async |journey| taps_number(journey, None).await).await;
}

#[tokio::test]
async fn zero_is_a_number() {
    journey_with("push-number-0", ADJUSTABLE, async |journey| taps_number(journey, Some(0)).await).await;
}

#[tokio::test]
async fn the_wrong_number_is_a_no() {
    journey_with("push-number-wrong", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::CHALLENGED;
        asks_phone(journey, person).await?;
        let number = org.right_number(person.login).await?;
        looks(journey).await?;
        page.sees(texts::PUSH_NUMBER).await?;
        org.on_phone(person.login, Tap::Number(number + 1)).await?;
        looks(journey).await?;
        is_told(page, texts::PUSH_REJECTED).await?;
        page.offers(texts::SEND_PUSH_AGAIN).await
    })
    .await;
}

#[tokio::test]
async fn an_app_that_is_too_old() {
    journey("push-upgrade", async |journey| {
        let page = &journey.page;
        begin_at(page, people::OUTDATED, texts::PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        is_told(page, texts::PUSH_UPGRADE).await?;
        page.offers(texts::SEND_PUSH_AGAIN).await
    })
    .await;
}

#[tokio::test]
async fn asked_without_asking_from_the_second_time_on() {
    journey_with("push-auto", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, PERSON, texts::PUSH).await?;
        page.check(texts::AUTO_PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        open_start(page).await?;
        submit_password(page, PERSON).await?;
        page.sees(texts::PUSH_SENT).await?;
        page.has_focus().await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn the_code_of_the_app_before_and_while_it_is_asked() {
    journey("push-code", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, PERSON, texts::PUSH).await?;
        page.press(texts::ENTER_CODE).await?;
        let code = org.authenticator_code(PERSON.login, "OKTA").await?;
        page.fill(texts::CODE, &another_code(&code)).await?;
        page.press(texts::VERIFY_CODE).await?;
        is_told(page, texts::WRONG_CODE).await?;
        page.press(texts::SEND_PUSH).await?;
        page.sees(texts::PUSH_SENT).await?;
        page.press(texts::ENTER_CODE).await?;
        page.fill(texts::CODE, &code).await?;
        page.press(texts::VERIFY_CODE).await?;
        has_landed(page, PERSON).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn/previous").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn looks_that_are_lost_are_made_up_for() {
    journey_with("push-dropped", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        let path = org.last_path("/verify").await?;
        org.trouble(&Method::POST, &path, 2, Fault::Status(502)).await?;
        for asked in 2..4 {
            page.browser.put_clock_forward(A_LOOK).await?;
            okta_e2e::wait_until("the next look", async || {
                Ok((org.times_asked(&Method::POST, &path).await? >= asked).then_some(()))
            })
            .await?;
        }
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        org.on_phone(PERSON.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_connection_that_stays_away_is_told_and_taken_up_again() {
    journey_with("push-lost", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        let path = org.last_path("/verify").await?;
        org.trouble(&Method::POST, &path, 6, Fault::Status(502)).await?;
        for asked in 2..8 {
            page.browser.put_clock_forward(Duration::from_secs(17)).await?;
            okta_e2e::wait_until("the next look", async || {
                Ok((org.times_asked(&Method::POST, &path).await? >= asked).then_some(()))
            })
            .await?;
        }
        is_told(page, texts::POLL_LOST).await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        page.press(texts::RETRY).await?;
        looks(journey).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_page_out_of_sight_looks_rarely() {
    journey_with("push-hidden", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        asks_phone(journey, PERSON).await?;
        page.out_of_sight(true).await?;
        let before = verifications(journey).await?;
        page.browser.put_clock_forward(Duration::from_secs(19)).await?;
        assert_eq!(verifications(journey).await?, before);
        page.browser.put_clock_forward(Duration::from_secs(2)).await?;
        okta_e2e::wait_until("a look after 20 s", async || {
            Ok((verifications(journey).await? == before + 1).then_some(()))
        })
        .await?;
        org.on_phone(PERSON.login, Tap::Approve).await?;
        page.out_of_sight(false).await?;
        page.browser.put_clock_forward(Duration::from_secs(1)).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn leaving_ends_the_looks() {
    journey_with("push-left", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        asks_phone(journey, PERSON).await?;
        page.press(texts::BACK).await?;
        page.offers(texts::SEND_PUSH).await?;
        page.press(texts::CANCEL).await?;
        reaches(page, texts::START).await?;
        let asked = verifications(journey).await?;
        page.browser.put_clock_forward(Duration::from_secs(30)).await?;
        assert_eq!(verifications(journey).await?, asked);
        Ok(())
    })
    .await;
}
