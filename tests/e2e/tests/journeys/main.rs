//! What a person goes through: the built widget on a page, the emulated org beside it, nothing
//! mocked. One file per theme. `texts.rs` has what is written on the page, `people.rs` who signs in.
//!
//! They run by `cargo xtask e2e [FILTER]`, which builds what they need.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod activation;
mod consent;
mod device;
mod duo;
mod embedding;
mod enroll;
mod enroll_app;
mod expiry;
mod factors;
mod looks;
mod my_factors;
mod password;
mod people;
mod phone;
mod push;
mod recovery;
mod redirect_factors;
mod registration;
mod resume;
mod sequence;
mod session;
mod sign_in;
mod step_up;
mod table;
mod takeover;
mod texts;
mod tokens;
mod trouble;
mod twins;
mod unlock;
mod webauthn;

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Clock, Journey, Org, Page, Setup, wait_until};
use serde_json::json;

use crate::people::Person;

/// Opens the start page.
async fn open_start(page: &Page) -> Result<()> {
    page.open("/").await?;
    page.arrives_at(texts::START).await
}

/// Fills in the start page, which is open already, and sends it off.
async fn submit_password(page: &Page, person: Person) -> Result<()> {
    page.fill(texts::USERNAME, person.login).await?;
    page.fill(texts::PASSWORD, person.password).await?;
    page.press(texts::SIGN_IN).await
}

/// Opens the start page and gives name and password.
async fn begin(page: &Page, person: Person) -> Result<()> {
    open_start(page).await?;
    submit_password(page, person).await
}

/// Waits for the page behind the sign-in, which shows the live session.
async fn has_landed(page: &Page, person: Person) -> Result<()> {
    page.arrives_at(texts::LANDED).await?;
    page.sees(person.login).await
}

/// Signs out on the landing page.
async fn sign_out_there(page: &Page) -> Result<()> {
    page.press(texts::SIGN_OUT).await?;
    page.arrives_at(texts::LANDED_SIGNED_OUT).await
}

/// Types a code and proves the factor with it.
async fn prove(page: &Page, code: &str) -> Result<()> {
    page.fill(texts::CODE, code).await?;
    page.press(texts::VERIFY).await
}

/// Types a code and proves a new factor with it.
async fn activate(page: &Page, code: &str) -> Result<()> {
    page.fill(texts::CODE, code).await?;
    page.press(texts::ACTIVATE).await
}

/// Has a code sent, and proves the factor with the one in this message.
async fn prove_by_message(page: &Page, org: &Org, person: Person, count: usize) -> Result<()> {
    page.press(texts::SEND_CODE).await?;
    prove(page, &org.code_in_message(person.login, count).await?).await
}

/// A code of the same form that is not this one.
fn another_code(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}

/// The page's clock goes forward when it is told to.
const ADJUSTABLE: Setup<'_> = Setup { clock: Clock::Adjustable, ..Setup::USUAL };

/// Arrives at a step of the widget. Whoever goes by the keyboard, or listens, arrives there as well.
async fn reaches(page: &Page, heading: &str) -> Result<()> {
    page.arrives_at(heading).await?;
    page.has_focus().await
}

/// Opens an address whose code is late, and waits for the script that holds what is submitted until then.
async fn open_early(page: &Page, address: &str) -> Result<()> {
    const IS_THERE: &str = "return customElements.get('okta-sign-in') !== undefined";
    page.open(address).await?;
    let there = async || Ok((page.browser.run_script(IS_THERE).await? == json!(true)).then_some(()));
    wait_until("the script", there).await
}

/// Whether the form that is seen stood in the page before the code did, and the code has yet to come.
async fn is_static(page: &Page) -> Result<bool> {
    Ok(page.browser.run_script("return document.querySelector('[data-oaw-static]') !== null").await? == json!(true))
}

/// Waits until the widget runs: a form that looks the same may have been there before.
async fn is_taken_over(page: &Page) -> Result<()> {
    wait_until("the takeover", async || Ok((!is_static(page).await?).then_some(()))).await
}

/// Waits for a message that begins like this, grave or not; the focus is not lost over it.
async fn is_told(page: &Page, beginning: &str) -> Result<()> {
    page.is_told(beginning).await?;
    page.has_focus().await
}

/// Waits for an error in words that are the org's to choose.
async fn is_refused(page: &Page) -> Result<()> {
    page.alert().await?;
    page.has_focus().await
}

/// Signs in with name and password and arrives at a step.
async fn begin_at(page: &Page, person: Person, heading: &str) -> Result<()> {
    begin(page, person).await?;
    reaches(page, heading).await
}

/// Chooses another factor than the one that is offered.
async fn choose(page: &Page, factor: &str, heading: &str) -> Result<()> {
    page.press(texts::OTHER_WAY).await?;
    page.press_beginning(factor).await?;
    reaches(page, heading).await
}

/// Puts both clocks forward.
async fn time_passes(journey: &Journey, time: Duration) -> Result<()> {
    journey.org.advance_clock(time).await?;
    journey.page.browser.put_clock_forward(time).await
}

/// Fails while a token stands in the address bar of a widget that runs.
async fn no_token_in_address(page: &Page) -> Result<()> {
    is_taken_over(page).await?;
    let address = page.address().await?;
    ensure!(!address.to_lowercase().contains("token"), "a token is in the address: {address}");
    Ok(())
}
