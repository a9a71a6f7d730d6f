//! The harness of the journeys: an org, a site and a browser of one's own for each of them, and
//! the verbs of a person in front of a page. It knows how to find a field by its label; what the
//! labels are, and what should happen, stands in the journeys (`tests/journeys/`).
//!
//! A journey reads like this:
//!
//! ```ignore
//! journey("a-name-for-the-files", async |journey| {
//!     let page = &journey.page;
//!     page.open("/").await?;
//!     page.fill("Username", "someone").await?;
//!     page.press("Sign in").await?;
//!     page.arrives_at("You are signed in").await
//! })
//! .await;
//! ```
//!
//! Everything waits for what it needs to be there, up to a deadline, and nothing waits longer.

mod child;
mod driver;
mod engine;
mod environment;
mod hook;
mod journey;
mod opening;
mod org;
mod page;
mod phone;
mod security_key;
mod site;
mod wait;

pub use driver::{Browser, Clock, ConsoleLine};
pub use engine::AnyBrowser;
pub use hook::Hook;
pub use journey::{Journey, Setup, journey, journey_with, visit};
pub use org::{Fault, Message, Org, RequestLine, Scene};
pub use page::{Focus, Page};
pub use phone::Tap;
pub use security_key::{Pocketed, SecurityKey, Touch};
pub use site::Site;
pub use wait::wait_until;
