//! API tests against a real server on a free port. Tests advance the org's clock instead of waiting. One
//! file per topic; `support.rs` is shared.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod admin_apps;
mod admin_authorization_servers;
mod admin_directory;
mod admin_factors;
mod admin_identity_providers;
mod admin_logs;
mod admin_users;
mod app_home;
mod authenticator;
mod control;
mod discovery;
mod doctor;
mod engine;
mod enroll;
mod faults;
mod federation;
mod https;
mod library;
mod okta_verify;
mod openid;
mod passwords;
mod primary;
mod queries;
mod record;
mod recorded;
mod security_keys;
mod sessions;
mod smart_card;
mod states;
mod support;
mod tokens;
mod transport;
mod verify;
