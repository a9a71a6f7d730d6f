//! A page that is not looked at for a while: frozen, hidden, left and come back to, or on a device that sleeps. What has
//! ended meanwhile is said, the org is asked no more than it has to be, and there is a way on. Not here: a program that has
//! stopped (`stopped.rs`), an expired transaction on a page that is looked at (`expiry.rs`).

mod asleep;
mod back_forward;
mod cancelled;
mod frozen;
mod hidden;

use std::time::Duration;

use anyhow::Result;
use okta_e2e::Journey;

use crate::{expect_landing_page, expect_step, submit_password, texts, users, verify_by_message, verify_code};

const HOUR: Duration = Duration::from_hours(1);

/// A user with text messages, and one with a push.
const BY_CODE: users::User = users::THREE_FACTORS;
const BY_PUSH: users::User = users::OKTA_VERIFY;

/// Signs in up to the field for a code, and begins to type it.
async fn begin_a_code(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    crate::sign_in_to(page, BY_CODE, texts::SMS).await?;
    page.press(texts::SEND_CODE).await?;
    page.fill(texts::CODE, "12").await
}

/// Enters the code that was sent first, in place of what was begun.
async fn enter_the_code(journey: &Journey) -> Result<()> {
    verify_code(&journey.page, &journey.org.code_in_message(BY_CODE.login, 1).await?).await
}

/// The sign-in has ended, and is begun again.
async fn expect_timed_out(journey: &Journey, user: users::User) -> Result<()> {
    let page = &journey.page;
    expect_step(page, texts::START).await?;
    page.expect_text(texts::TIMED_OUT).await?;
    assert_eq!(page.value(texts::USERNAME).await?, user.login);
    assert_eq!(page.value(texts::PASSWORD).await?, "");
    Ok(())
}

/// Signs in once more, where the first code has been sent before.
async fn sign_in_again(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    // The org sends no message soon after another one.
    journey.org.advance_clock(Duration::from_mins(1)).await?;
    submit_password(page, BY_CODE).await?;
    expect_step(page, texts::SMS).await?;
    verify_by_message(page, &journey.org, BY_CODE, 2).await?;
    expect_landing_page(page, BY_CODE).await
}

/// The same by a push.
async fn approve_a_new_push(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    submit_password(page, BY_PUSH).await?;
    expect_step(page, texts::PUSH).await?;
    page.press(texts::SEND_PUSH).await?;
    page.expect_text(texts::PUSH_SENT).await?;
    journey.org.on_phone(BY_PUSH.login, okta_e2e::PhoneAction::Approve).await?;
    crate::push::poll_again(journey).await?;
    expect_landing_page(page, BY_PUSH).await
}

/// How many requests the org has received.
async fn requests(journey: &Journey) -> Result<usize> {
    Ok(journey.org.requests().await?.len())
}
