//! The end of a sign-in that nobody goes on with: told a minute before, and then begun anew.

use std::time::Duration;

use okta_e2e::journey_with;

use crate::{ADJUSTABLE, begin_at, people, reaches, submit_password, texts};

#[tokio::test]
async fn told_before_and_begun_anew() {
    journey_with("expiry", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        let person = people::THREE_FACTORS;
        begin_at(page, person, texts::SMS).await?;
        page.browser.put_clock_forward(Duration::from_secs(8 * 60 + 50)).await?;
        assert!(!page.text().await?.contains(texts::EXPIRES_SOON));
        page.browser.put_clock_forward(Duration::from_secs(15)).await?;
        page.sees(texts::EXPIRES_SOON).await?;
        page.has_focus().await?;
        page.browser.put_clock_forward(Duration::from_mins(1)).await?;
        reaches(page, texts::START).await?;
        page.sees(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, person.login);
        submit_password(page, person).await?;
        reaches(page, texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn going_on_in_time_makes_it_longer() {
    journey_with("expiry-longer", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, people::THREE_FACTORS, texts::SMS).await?;
        let nine_minutes = Duration::from_secs(9 * 60 + 5);
        crate::time_passes(journey, nine_minutes).await?;
        page.sees(texts::EXPIRES_SOON).await?;
        page.press(texts::SEND_CODE).await?;
        page.has_field(texts::CODE).await?;
        page.no_longer_sees(texts::EXPIRES_SOON).await?;
        crate::time_passes(journey, Duration::from_mins(2)).await?;
        reaches(page, texts::SMS).await?;
        assert_eq!(org.messages_to(people::THREE_FACTORS.login).await?, 1);
        Ok(())
    })
    .await;
}
