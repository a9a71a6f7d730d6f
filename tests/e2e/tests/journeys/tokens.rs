//! Hardware tokens: verification, and enrollment of a spare token.

use anyhow::{Result, ensure};
use okta_e2e::{Journey, journey};

use crate::{
    choose_factor, different_code, enroll, expect_error, expect_landing_page, expect_message, expect_step, sign_in_to,
    texts, users,
};

const USER: users::User = users::HARDWARE_TOKENS;
const RSA: &str = "Verify with your RSA SecurID token";

/// Verifies a token: its name in the list and in a sentence, and its type and provider in the org.
async fn verify_factor(
    journey: &Journey,
    name: &str,
    in_sentence: &str,
    factor_type: &str,
    provider: &str,
) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    sign_in_to(page, USER, RSA).await?;
    choose_factor(page, name, &format!("Verify with {in_sentence}")).await?;
    page.fill(texts::CODE, "123").await?;
    page.press(texts::VERIFY).await?;
    expect_message(page, texts::WRONG_CODE).await?;
    assert_eq!(page.value(texts::CODE).await?, "");
    crate::verify_code(page, &org.token_code(USER.login, factor_type, provider).await?).await?;
    expect_landing_page(page, USER).await
}

#[tokio::test]
async fn rsa_with_a_new_pin() {
    journey("rsa", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, USER, RSA).await?;
        let code = org.token_code(USER.login, "token", "RSA").await?;
        crate::verify_code(page, &code).await?;
        expect_message(page, "Enter a new PIN").await?;
        page.submit_code("New PIN", "567890", texts::VERIFY).await?;
        expect_message(page, "Wait for the code to change").await?;
        let code = org.token_code(USER.login, "token", "RSA").await?;
        ensure!(code.starts_with("567890"), "the new PIN comes before the code");
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn on_premises_token_with_its_vendor_name() {
    journey("on-prem", async |journey| {
        verify_factor(journey, "Corporate token", "your Corporate token", "token", "DEL_OATH").await
    })
    .await;
}

#[tokio::test]
async fn symantec_vip() {
    journey("symantec", async |journey| {
        verify_factor(journey, "Symantec VIP", "Symantec VIP", "token", "SYMANTEC").await
    })
    .await;
}

#[tokio::test]
async fn yubikey() {
    journey("yubikey", async |journey| {
        verify_factor(journey, "YubiKey", "your YubiKey", "token:hardware", "YUBICO").await
    })
    .await;
}

#[tokio::test]
async fn hotp_token() {
    journey("hotp", async |journey| verify_factor(journey, "Entrust", "your Entrust", "token:hotp", "CUSTOM").await)
        .await;
}

/// Enrolls a spare token with the fields of its form.
async fn enroll_factor(journey: &Journey, name: &str, factor_type: &str, provider: &str) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let user = users::MAY_ENROLL_EVERYTHING;
    let title = format!("Set up {name}");
    sign_in_to(page, user, texts::ENROLL).await?;
    page.press(&title).await?;
    expect_step(page, &title).await?;
    page.press(texts::SET_UP).await?;
    expect_message(page, "Enter the ").await?;
    for is_right in [false, true] {
        let (code, next) = org.spare_codes(factor_type, provider).await?;
        if page.has_field_now(texts::CREDENTIAL).await? {
            page.fill(texts::CREDENTIAL, "VSMT87654321").await?;
        }
        page.fill(texts::CODE, &if is_right { code } else { different_code(&code) }).await?;
        if page.has_field_now(texts::NEXT_CODE).await? {
            page.fill(texts::NEXT_CODE, &next.unwrap_or_default()).await?;
        }
        page.press(texts::SET_UP).await?;
        if !is_right {
            expect_error(page).await?;
        }
    }
    enroll::finish(page).await?;
    expect_landing_page(page, user).await
}

#[tokio::test]
async fn enroll_rsa() {
    journey("enroll-rsa", async |journey| enroll_factor(journey, "your RSA SecurID token", "token", "RSA").await).await;
}

#[tokio::test]
async fn enroll_an_on_premises_token() {
    journey("enroll-on-prem", async |journey| {
        enroll_factor(journey, "your on-premises token", "token", "DEL_OATH").await
    })
    .await;
}

#[tokio::test]
async fn enroll_symantec_vip() {
    journey("enroll-symantec", async |journey| enroll_factor(journey, "Symantec VIP", "token", "SYMANTEC").await).await;
}

#[tokio::test]
async fn enroll_a_yubikey() {
    journey("enroll-yubikey", async |journey| enroll_factor(journey, "your YubiKey", "token:hardware", "YUBICO").await)
        .await;
}

#[tokio::test]
async fn factors_that_cannot_be_enrolled_say_why() {
    journey("enroll-not-here", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::MAY_ENROLL_EVERYTHING, texts::ENROLL).await?;
        page.expect_text(texts::ADMIN_SETS_UP).await?;
        page.expect_text(texts::ENROLL_GONE).await?;
        for name in ["Set up your hardware token", "Set up U2F security keys"] {
            ensure!(!page.has_button_now(name).await?, "{name} would lead nowhere");
        }
        Ok(())
    })
    .await;
}
