//! The FACTOR_ states, which some orgs say where others say MFA_: the same steps by other names. And an
//! org that gives another state token with every answer.

use okta_e2e::{Journey, journey};
use serde_json::json;

use crate::{begin_at, enroll, has_landed, people, texts};

async fn proves_a_code(journey: &Journey) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let person = people::THREE_FACTORS;
    begin_at(page, person, texts::SMS).await?;
    crate::prove_by_message(page, org, person, 1).await?;
    has_landed(page, person).await
}

async fn sets_up_an_app(journey: &Journey) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let person = people::NEWCOMER;
    begin_at(page, person, texts::ENROLL).await?;
    page.press(texts::ENROLL_GOOGLE).await?;
    crate::reaches(page, texts::ENROLL_GOOGLE).await?;
    let code = org.authenticator_code(person.login, "GOOGLE").await?;
    crate::activate(page, &code).await?;
    enroll::finish(page).await?;
    has_landed(page, person).await
}

#[tokio::test]
async fn factor_required_and_factor_challenge() {
    journey("twins-verify", async |journey| {
        journey.org.switch(json!({ "factorTwins": true })).await?;
        proves_a_code(journey).await
    })
    .await;
}

#[tokio::test]
async fn factor_enroll_and_factor_enroll_activate() {
    journey("twins-enroll", async |journey| {
        journey.org.switch(json!({ "factorTwins": true })).await?;
        sets_up_an_app(journey).await
    })
    .await;
}

#[tokio::test]
async fn another_state_token_with_every_answer() {
    journey("rotating-tokens", async |journey| {
        journey.org.switch(json!({ "rotateStateTokens": true })).await?;
        proves_a_code(journey).await?;
        crate::sign_out_there(&journey.page).await?;
        sets_up_an_app(journey).await
    })
    .await;
}
