//! Security keys and biometrics: the browser is asked, a key answers. The keys are the driver's.

use anyhow::{Result, ensure};
use okta_e2e::{Journey, Scene, SecurityKey, Touch, journey};
use serde_json::json;

use crate::{begin, begin_at, enroll, has_landed, is_told, people, reaches, sign_out_there, texts};

const PERSON: people::Person = people::KEYS;
const ENROLL_KEY: &str = "Set up Security key or biometric";
const ENROLL_ANOTHER: &str = "Set up another Security key or biometric";

/// Sets up the key that is plugged in, the first one of this person.
async fn sets_up(journey: &Journey) -> Result<SecurityKey> {
    let page = &journey.page;
    let key = page.browser.plug_in(Touch::Yes).await?;
    begin_at(page, PERSON, texts::ENROLL).await?;
    page.press(ENROLL_KEY).await?;
    enroll::finish(page).await?;
    has_landed(page, PERSON).await?;
    assert_eq!(page.browser.credentials_on(&key).await?, 1);
    Ok(key)
}

#[tokio::test]
async fn set_up_and_used_the_next_time() {
    journey("webauthn", async |journey| {
        let page = &journey.page;
        let _key = sets_up(journey).await?;
        sign_out_there(page).await?;
        begin_at(page, PERSON, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn left_while_the_key_is_waited_for_and_set_up_later() {
    journey("webauthn-left", async |journey| {
        let page = &journey.page;
        let untouched = page.browser.plug_in(Touch::No).await?;
        begin_at(page, PERSON, texts::ENROLL).await?;
        page.press(ENROLL_KEY).await?;
        page.sees(texts::KEY_AWAITED).await?;
        page.has_focus().await?;
        page.press(texts::BACK).await?;
        reaches(page, texts::ENROLL).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new(), "leaving is no mistake");
        page.browser.pull_out(untouched).await?;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        page.press(ENROLL_KEY).await?;
        enroll::finish(page).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn refused_and_tried_again_with_the_right_key() {
    journey("webauthn-refused", async |journey| {
        let page = &journey.page;
        let key = sets_up(journey).await?;
        sign_out_there(page).await?;
        let own = page.browser.unplug(key).await?;
        let foreign = page.browser.plug_in(Touch::Yes).await?;
        begin_at(page, PERSON, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        // The browser does not tell a key that it does not know from a person who says no.
        is_told(page, texts::KEY_REFUSED).await?;
        page.browser.pull_out(foreign).await?;
        page.browser.plug_in_again(&own).await?;
        page.press(texts::KEY_TRY_AGAIN).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn two_keys_are_asked_for_by_type_and_either_will_do() {
    let setup = okta_e2e::Setup { attributes: &[("multi-optional-factor-enroll", "")], ..okta_e2e::Setup::default() };
    okta_e2e::journey_with("webauthn-two", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let first = page.browser.plug_in(Touch::Yes).await?;
        begin_at(page, PERSON, texts::ENROLL).await?;
        page.press(ENROLL_KEY).await?;
        page.offers(ENROLL_ANOTHER).await?;
        // The same key once more is no second key.
        page.press(ENROLL_ANOTHER).await?;
        is_told(page, texts::KEY_KNOWN).await?;
        page.browser.pull_out(first).await?;
        let _second = page.browser.plug_in(Touch::Yes).await?;
        page.press(texts::KEY_TRY_AGAIN).await?;
        enroll::finish(page).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        begin_at(page, PERSON, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        has_landed(page, PERSON).await?;
        let by_type = |line: &okta_e2e::RequestLine| line.path.ends_with("/factors/webauthn/verify");
        ensure!(org.requests().await?.iter().any(by_type), "the keys are not asked for one by one");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_browsers_dropped_is_said() {
    journey("webauthn-gone", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let activate = Scene { state: "MFA_ENROLL_ACTIVATE", ..Scene::default() };
        let u2f = Scene { factor: Some("fido_u2f"), ..activate };
        page.open(&org.scene(people::EVERYTHING.login, u2f).await?).await?;
        reaches(page, "Set up Security key (U2F)").await?;
        page.sees(texts::GONE).await?;
        page.press(texts::BACK).await?;
        reaches(page, texts::ENROLL).await?;

        // Windows Hello as it was before WebAuthn, set up and proved.
        let _key = sets_up(journey).await?;
        sign_out_there(page).await?;
        org.switch(json!({ "windowsHello": true })).await?;
        begin(page, PERSON).await?;
        reaches(page, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        page.sees(texts::GONE).await?;
        page.has_focus().await?;
        let hello = Scene { factor: Some("fido_webauthn"), ..activate };
        page.open(&org.scene(people::EVERYTHING.login, hello).await?).await?;
        reaches(page, ENROLL_KEY).await?;
        page.sees(texts::GONE).await
    })
    .await;
}
