//! The backend hook of the sign-in widget: a small server, run by the owner of a page, that holds an API token of
//! an Okta org and offers operations that users may perform on their own account. `docs/backend-hook.md` is its
//! contract. It shares no type with the widget or with the emulator.
//!
//! Where to start reading: `http.rs` (routes and access), `operations.rs` (what each operation does), `org.rs`
//! (requests to the org), `cookie.rs` (the session state).
//!
//! Not here: stored data, responses of the org that are passed on unchanged, and users named by a request.

pub mod challenge;
pub mod config;
pub mod connections;
pub mod cookie;
pub mod form;
pub mod hook;
pub mod http;
pub mod json;
pub mod limits;
pub mod mask;
pub mod metrics;
pub mod openid;
pub mod operations;
pub mod options;
pub mod org;
pub mod origin;
pub mod problem;
pub mod secret;
pub mod server;
pub mod start_up;
pub mod timestamp;
