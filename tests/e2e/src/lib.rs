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

mod bidi;
mod browser;
mod capability;
mod child;
mod chromium;
mod console;
mod driver;
mod engine;
mod environment;
mod firefox;
mod first_script;
mod hook;
mod journey;
mod kept;
mod lifecycle;
mod navigation;
mod org;
mod page;
mod phone;
mod ports;
mod security_key;
mod site;
mod wait;
mod webkit;

pub use browser::{Browser, Clock};
pub use capability::{Capability, Unsupported};
pub use console::ConsoleLine;
pub use engine::Engine;
pub use hook::{Hook, HookSessions};
pub use journey::{Journey, Setup, Sites, Wasm, journey, journey_with, visit};
pub use org::{Fault, Message, NewTransaction, Org, RequestLine};
pub use page::{Focus, Page};
pub use phone::PhoneAction;
pub use ports::free_port;
pub use security_key::{SecurityKey, Touch, UnpluggedKey};
pub use site::Site;
pub use wait::wait_until;
