//! Setting up a factor on the way in, and using it the next time.

use anyhow::ensure;
use okta_e2e::journey;

use crate::{another_code, begin, begin_at, has_landed, is_refused, is_told, people, reaches, sign_out_there, texts};

const PERSON: people::Person = people::NEWCOMER;

#[tokio::test]
async fn google_authenticator_from_its_secret_and_then_in_with_it() {
    journey("enroll-google", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin(page, PERSON).await?;
        page.arrives_at(texts::ENROLL).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        page.arrives_at(texts::ENROLL_GOOGLE).await?;
        let pictures = page.pictures().await?;
        assert!(pictures.iter().any(|text| text.starts_with(texts::QR_CODE)), "{pictures:?}");

        // The app on the phone shows a code for the secret that the page shows, and no other.
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        let code = org.authenticator_code_for(PERSON.login, &secret).await?;
        page.press(texts::COPY_KEY).await?;
        page.sees(texts::KEY_COPIED).await?;

        crate::activate(page, &another_code(&code)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        crate::activate(page, &code).await?;
        finish(page).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        begin(page, PERSON).await?;
        page.arrives_at(texts::GOOGLE).await?;
        // Every code works once: the next one comes with the next half minute.
        org.advance_clock(std::time::Duration::from_secs(30)).await?;
        let code = org.authenticator_code_for(PERSON.login, &secret).await?;
        crate::prove(page, &code).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

/// Leaves the list of what else could be set up, if the org shows it once more.
pub(crate) async fn finish(page: &okta_e2e::Page) -> anyhow::Result<()> {
    okta_e2e::wait_until("the list of factors or the landing page", async || {
        let headings = page.headings().await?;
        if headings.iter().any(|heading| heading == texts::LANDED) {
            return Ok(Some(()));
        }
        if headings.iter().any(|heading| heading == texts::ENROLL) {
            return page.press(texts::FINISH).await.map(Some);
        }
        Ok(None)
    })
    .await
}

const ENROLL_QUESTION: &str = "Set up Security question";
const LISTED_QUESTION: &str = "What was your dream job as a child?";

#[tokio::test]
async fn what_is_required_first_then_one_more_then_done() {
    journey("enroll-several", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::SEVERAL;
        begin_at(page, person, texts::ENROLL).await?;
        let headings = page.headings().await?;
        ensure!([texts::REQUIRED, texts::OPTIONAL].iter().all(|one| headings.iter().any(|h| h == one)), "{headings:?}");
        page.sees("0 of 5 set up").await?;
        for name in [texts::SKIP, texts::FINISH] {
            ensure!(!page.offers_now(name).await?, "what is required cannot be put off");
        }
        page.press(ENROLL_QUESTION).await?;
        reaches(page, ENROLL_QUESTION).await?;
        page.pick(texts::QUESTION_LIST, LISTED_QUESTION).await?;
        page.fill(texts::NEW_ANSWER, "abc").await?;
        page.press(texts::SET_UP).await?;
        is_refused(page).await?;
        page.fill(texts::NEW_ANSWER, "Marathon runner").await?;
        page.press(texts::SET_UP).await?;

        reaches(page, texts::ENROLL).await?;
        page.sees("1 of 5 set up").await?;
        page.press("Set up Email").await?;
        reaches(page, "Set up Email").await?;
        let code = org.code_in_message(person.login, 1).await?;
        crate::activate(page, &code).await?;
        reaches(page, texts::ENROLL).await?;
        page.sees("2 of 5 set up").await?;
        page.press(texts::FINISH).await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;

        begin_at(page, person, texts::QUESTION).await?;
        page.fill(LISTED_QUESTION, "Marathon runner").await?;
        page.press(texts::VERIFY).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn a_question_of_ones_own() {
    journey("enroll-own-question", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::EVERYTHING;
        begin_at(page, person, texts::ENROLL).await?;
        page.press(ENROLL_QUESTION).await?;
        reaches(page, ENROLL_QUESTION).await?;
        page.pick(texts::QUESTION_LIST, texts::OWN_QUESTION).await?;
        page.fill(texts::NEW_ANSWER, "In the lecture hall").await?;
        page.press(texts::SET_UP).await?;
        is_told(page, "Enter a question.").await?;
        page.fill(texts::OWN_QUESTION_TEXT, "Where did we meet?").await?;
        page.press(texts::SET_UP).await?;
        finish(page).await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;

        org.change_user(person.login, serde_json::json!({ "signOn": "default" })).await?;
        begin_at(page, person, texts::QUESTION).await?;
        page.fill("Where did we meet?", "in the lecture hall").await?;
        page.press(texts::VERIFY).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn what_is_only_offered_can_be_skipped() {
    journey("enroll-skip", async |journey| {
        let page = &journey.page;
        begin_at(page, people::OFFERED, texts::ENROLL).await?;
        page.press(texts::SKIP).await?;
        has_landed(page, people::OFFERED).await
    })
    .await;
}

#[tokio::test]
async fn what_is_required_within_a_week_can_be_put_off_until_then() {
    journey("enroll-grace", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::IN_GRACE;
        begin_at(page, person, texts::ENROLL).await?;
        page.sees(texts::GRACE).await?;
        page.press(texts::SKIP).await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;

        org.advance_clock(std::time::Duration::from_hours(8 * 24)).await?;
        begin_at(page, person, texts::ENROLL).await?;
        ensure!(!page.offers_now(texts::SKIP).await?, "the week is over");
        Ok(())
    })
    .await;
}
