//! Harness of the browser tests ("journeys"): an org, a site and a browser per test, and methods to use a
//! page as a user does. Fields are found by their labels. Not here: labels and expectations
//! (`tests/journeys/`).
//!
//! Example:
//!
//! ```ignore
//! journey("a-name-for-the-files", async |journey| {
//!     let page = &journey.page;
//!     page.open("/").await?;
//!     page.fill("Username", "someone").await?;
//!     page.press("Sign in").await?;
//!     page.expect_heading("You are signed in").await
//! })
//! .await;
//! ```
//!
//! Every method waits for what it needs, up to a deadline.

mod child;
mod driver;
mod engine;
mod environment;
mod hook;
mod journey;
mod navigation;
mod org;
mod page;
mod phone;
mod security_key;
mod site;
mod wait;

pub use driver::{Browser, Clock, ConsoleLine};
pub use engine::AnyBrowser;
pub use hook::{Hook, HookSessions};
pub use journey::{Journey, Setup, Sites, Wasm, journey, journey_with, visit};
pub use org::{Fault, Message, NewTransaction, Org, RequestLine};
pub use page::{Focus, Page};
pub use phone::PhoneAction;
pub use security_key::{SecurityKey, Touch, UnpluggedKey};
pub use site::Site;
pub use wait::wait_until;
