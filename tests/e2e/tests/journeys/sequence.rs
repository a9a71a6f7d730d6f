//! Factor sequences and passwordless sign-in.

use anyhow::ensure;
use okta_e2e::{PhoneAction, journey, journey_with};

use crate::{
    ADJUSTABLE, choose_factor, expect_landing_page, expect_step, open_start, push::poll_again,
    sign_out_on_landing_page, start_sign_in, texts, users,
};

#[tokio::test]
async fn passwordless_by_push_or_email() {
    let setup = okta_e2e::Setup { attributes: &[("passwordless-auth", "")], ..ADJUSTABLE };
    journey_with("passwordless", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PASSWORDLESS;
        open_start(page).await?;
        ensure!(!page.has_field_now(texts::PASSWORD).await?, "there is no password");
        page.fill(texts::USERNAME, user.login).await?;
        page.press(texts::NEXT).await?;
        expect_step(page, texts::PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        org.on_phone(user.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        open_start(page).await?;
        page.fill(texts::USERNAME, user.login).await?;
        page.press(texts::NEXT).await?;
        expect_step(page, texts::PUSH).await?;
        choose_factor(page, "Email", texts::EMAIL).await?;
        crate::verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn two_factors_in_sequence() {
    journey("sequence", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::FACTOR_SEQUENCE;
        start_sign_in(page, user).await?;
        expect_step(page, texts::SMS).await?;
        crate::verify_by_message(page, org, user, 1).await?;
        expect_step(page, texts::GOOGLE).await?;
        let code = org.authenticator_code(user.login, "GOOGLE").await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, user).await
    })
    .await;
}
