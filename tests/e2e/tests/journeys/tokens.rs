//! Tokens that show a code: proved, and set up with one from the drawer.

use anyhow::{Result, ensure};
use okta_e2e::{Journey, journey};

use crate::{another_code, begin_at, choose, enroll, has_landed, is_refused, is_told, people, reaches, texts};

const PERSON: people::Person = people::TOKENS;
const RSA: &str = "Verify with RSA SecurID";

/// A token that is proved: its name, and its type and provider for the one who looks at it.
async fn is_proved(journey: &Journey, name: &str, factor_type: &str, provider: &str) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    begin_at(page, PERSON, RSA).await?;
    choose(page, name, &format!("Verify with {name}")).await?;
    page.fill(texts::CODE, "123").await?;
    page.press(texts::VERIFY).await?;
    is_told(page, texts::WRONG_CODE).await?;
    assert_eq!(page.value(texts::CODE).await?, "");
    crate::prove(page, &org.token_code(PERSON.login, factor_type, provider).await?).await?;
    has_landed(page, PERSON).await
}

#[tokio::test]
async fn rsa_that_wants_a_new_pin() {
    journey("rsa", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, PERSON, RSA).await?;
        let code = org.token_code(PERSON.login, "token", "RSA").await?;
        crate::prove(page, &code).await?;
        is_told(page, "Enter a new PIN").await?;
        page.fill(texts::CODE, "567890").await?;
        page.press(texts::VERIFY).await?;
        is_told(page, "Wait for the code to change").await?;
        let code = org.token_code(PERSON.login, "token", "RSA").await?;
        ensure!(code.starts_with("567890"), "the new PIN comes before the code");
        crate::prove(page, &code).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_token_on_premises_by_the_name_its_admin_gave() {
    journey("on-prem", async |journey| is_proved(journey, "Corporate token", "token", "DEL_OATH").await).await;
}

#[tokio::test]
async fn symantec_vip() {
    journey("symantec", async |journey| is_proved(journey, "Symantec VIP", "token", "SYMANTEC").await).await;
}

#[tokio::test]
async fn a_yubikey() {
    journey("yubikey", async |journey| is_proved(journey, "YubiKey", "token:hardware", "YUBICO").await).await;
}

#[tokio::test]
async fn a_token_that_counts() {
    journey("hotp", async |journey| is_proved(journey, "Entrust", "token:hotp", "CUSTOM").await).await;
}

/// A token from the drawer is set up: what its form asks for is typed.
async fn is_set_up(journey: &Journey, name: &str, factor_type: &str, provider: &str) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let person = people::EVERYTHING;
    let title = format!("Set up {name}");
    begin_at(page, person, texts::ENROLL).await?;
    page.press(&title).await?;
    reaches(page, &title).await?;
    page.press(texts::SET_UP).await?;
    is_told(page, "Enter the ").await?;
    for is_right in [false, true] {
        let (code, next) = org.spare_codes(factor_type, provider).await?;
        if page.has_field_now(texts::CREDENTIAL).await? {
            page.fill(texts::CREDENTIAL, "VSMT87654321").await?;
        }
        page.fill(texts::CODE, &if is_right { code } else { another_code(&code) }).await?;
        if page.has_field_now(texts::NEXT_CODE).await? {
            page.fill(texts::NEXT_CODE, &next.unwrap_or_default()).await?;
        }
        page.press(texts::SET_UP).await?;
        if !is_right {
            is_refused(page).await?;
        }
    }
    enroll::finish(page).await?;
    has_landed(page, person).await
}

#[tokio::test]
async fn set_up_rsa() {
    journey("enroll-rsa", async |journey| is_set_up(journey, "RSA SecurID", "token", "RSA").await).await;
}

#[tokio::test]
async fn set_up_a_token_on_premises() {
    journey("enroll-on-prem", async |journey| is_set_up(journey, "On-premises token", "token", "DEL_OATH").await).await;
}

#[tokio::test]
async fn set_up_symantec_vip() {
    journey("enroll-symantec", async |journey| is_set_up(journey, "Symantec VIP", "token", "SYMANTEC").await).await;
}

#[tokio::test]
async fn set_up_a_yubikey() {
    journey("enroll-yubikey", async |journey| is_set_up(journey, "YubiKey", "token:hardware", "YUBICO").await).await;
}

#[tokio::test]
async fn what_an_admin_sets_up_and_what_browsers_dropped_is_said() {
    journey("enroll-not-here", async |journey| {
        let page = &journey.page;
        begin_at(page, people::EVERYTHING, texts::ENROLL).await?;
        page.sees(texts::ADMIN_SETS_UP).await?;
        page.sees(texts::ENROLL_GONE).await?;
        for name in ["Set up Hardware token", "Set up Security key (U2F)"] {
            ensure!(!page.offers_now(name).await?, "{name} would lead nowhere");
        }
        Ok(())
    })
    .await;
}
