//! More than one thing in a row, or less: two factors, and a sign-in without a password.

use anyhow::ensure;
use okta_e2e::{Tap, journey, journey_with};

use crate::{ADJUSTABLE, begin, choose, has_landed, open_start, people, push::looks, reaches, sign_out_there, texts};

#[tokio::test]
async fn without_a_password_by_phone_or_by_mail() {
    let setup = okta_e2e::Setup { attributes: &[("passwordless-auth", "")], ..ADJUSTABLE };
    journey_with("passwordless", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::PASSWORDLESS;
        open_start(page).await?;
        ensure!(!page.has_field_now(texts::PASSWORD).await?, "there is no password");
        page.fill(texts::USERNAME, person.login).await?;
        page.press(texts::NEXT).await?;
        reaches(page, texts::PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        org.on_phone(person.login, Tap::Approve).await?;
        looks(journey).await?;
        has_landed(page, person).await?;
        sign_out_there(page).await?;

        open_start(page).await?;
        page.fill(texts::USERNAME, person.login).await?;
        page.press(texts::NEXT).await?;
        reaches(page, texts::PUSH).await?;
        choose(page, "Email", texts::EMAIL).await?;
        crate::prove_by_message(page, org, person, 1).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn two_factors_in_a_row() {
    journey("sequence", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::TWO_IN_A_ROW;
        begin(page, person).await?;
        reaches(page, texts::SMS).await?;
        crate::prove_by_message(page, org, person, 1).await?;
        reaches(page, texts::GOOGLE).await?;
        let code = org.authenticator_code(person.login, "GOOGLE").await?;
        crate::prove(page, &code).await?;
        has_landed(page, person).await
    })
    .await;
}
