//! Setting up a factor on the way in, and using it the next time.

use okta_e2e::journey;

use crate::{another_code, begin, has_landed, people, sign_out_there, texts};

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

        page.fill(texts::CODE, &another_code(&code)).await?;
        page.press(texts::ACTIVATE).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        page.fill(texts::CODE, &code).await?;
        page.press(texts::ACTIVATE).await?;
        finish(page).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        begin(page, PERSON).await?;
        page.arrives_at(texts::GOOGLE).await?;
        // Every code works once: the next one comes with the next half minute.
        org.advance_clock(std::time::Duration::from_secs(30)).await?;
        let code = org.authenticator_code_for(PERSON.login, &secret).await?;
        page.fill(texts::CODE, &code).await?;
        page.press(texts::VERIFY).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

/// Leaves the list of what else could be set up, if the org shows it once more.
async fn finish(page: &okta_e2e::Page) -> anyhow::Result<()> {
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
