//! What a person goes through: the built widget on a page, the emulated org beside it, nothing
//! mocked. One file per theme. `texts.rs` has what is written on the page, `people.rs` who signs in.
//!
//! They run by `cargo xtask e2e [FILTER]`, which builds what they need.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod embedding;
mod enroll;
mod factors;
mod looks;
mod people;
mod session;
mod sign_in;
mod texts;
mod trouble;

use anyhow::Result;
use okta_e2e::Page;

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

/// A code of the same form that is not this one.
fn another_code(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}
