//! The backend hook of the sign-in widget: a small server of a page's owner that holds an API token of an Okta
//! org and offers just what a person may do for themselves. `docs/backend-hook.md` is the contract that it
//! keeps; it shares no type with the widget or with the emulated org.
//!
//! Where to start reading: `http.rs` (who may call, and which path is which operation), `operations.rs` (what
//! each does), `org.rs` (how the org is asked), `cookie.rs` (all that is remembered).
//!
//! What never happens here: anything is stored, an answer of the org is passed on as it came, a user is named
//! by a request.

pub mod challenge;
pub mod config;
pub mod cookie;
pub mod form;
pub mod hook;
pub mod http;
pub mod json;
pub mod limits;
pub mod mask;
pub mod metrics;
pub mod moment;
pub mod operations;
pub mod options;
pub mod org;
pub mod origin;
pub mod problem;
pub mod secret;
pub mod server;
pub mod start_up;
