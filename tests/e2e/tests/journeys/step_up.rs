//! An application asks for more: the page is opened by the org, with and without a session, and leads
//! back to the application.

use anyhow::Result;
use okta_e2e::{Journey, journey};

use crate::{begin, choose, has_landed, no_token_in_address, people, reaches, submit_password, texts};

/// Opens the application, which sends the browser to the page.
async fn opens_app(journey: &Journey) -> Result<()> {
    let (org, site) = (&journey.org, &journey.site);
    journey.page.open(&format!("{}/step-up?app=salesforce&page={}", org.address(), site.origin())).await
}

/// Opens it without a session. The form that stands in the page before the code does knows of no application:
/// this one does.
async fn opens_start(journey: &Journey) -> Result<()> {
    opens_app(journey).await?;
    reaches(&journey.page, texts::START).await?;
    journey.page.sees(texts::APP_WANTED).await
}

#[tokio::test]
async fn without_a_session_from_name_to_application() {
    journey("step-up", async |journey| {
        let page = &journey.page;
        opens_start(journey).await?;
        no_token_in_address(page).await?;
        submit_password(page, people::PASSWORD_ONLY).await?;
        page.arrives_at(texts::APP).await?;
        page.sees(texts::APP_REACHED).await
    })
    .await;
}

#[tokio::test]
async fn without_a_session_by_a_factor() {
    journey("step-up-factor", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        opens_start(journey).await?;
        submit_password(page, people::THREE_FACTORS).await?;
        reaches(page, texts::SMS).await?;
        page.sees(texts::APP_WANTED).await?;
        choose(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let code = org.authenticator_code(people::THREE_FACTORS.login, "GOOGLE").await?;
        crate::prove(page, &code).await?;
        page.arrives_at(texts::APP).await
    })
    .await;
}

#[tokio::test]
async fn with_a_session_only_what_is_still_owed() {
    journey("step-up-session", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::THREE_FACTORS;
        org.change_user(person.login, serde_json::json!({ "signOn": "password-only" })).await?;
        begin(page, person).await?;
        has_landed(page, person).await?;
        opens_app(journey).await?;
        page.arrives_at(texts::APP).await?;

        org.change_user(person.login, serde_json::json!({ "signOn": "default" })).await?;
        opens_app(journey).await?;
        reaches(page, texts::SMS).await?;
        page.sees(texts::APP_WANTED).await?;
        choose(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        page.fill(people::QUESTION, people::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        page.arrives_at(texts::APP).await
    })
    .await;
}
