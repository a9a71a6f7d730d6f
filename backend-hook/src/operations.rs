//! The operations: each reads its input, sends requests to the org, and responds with the members that the contract
//! lists. Not here: access checks (`http`).

pub mod credentials;
pub mod factors;
pub mod proof;
pub mod redirect;
pub mod registration;
pub mod session;

use axum::{
    http::{HeaderName, header::SET_COOKIE},
    response::AppendHeaders,
};

use crate::{
    cookie::{self, Contents},
    hook::{self, Hook},
    problem::{Code, Problem},
};

/// The header that sets the cookie.
type SetCookie = AppendHeaders<[(HeaderName, String); 1]>;

/// Sets the cookie until the session expires.
fn set_cookie(hook: &Hook, contents: &Contents) -> Result<SetCookie, Problem> {
    let value = hook.config.sealer.seal(contents).ok_or(Code::Failed)?;
    Ok(AppendHeaders([(SET_COOKIE, cookie::set(&value, contents.expires - hook::now()))]))
}

/// Deletes the cookie.
fn clear_cookie() -> SetCookie {
    AppendHeaders([(SET_COOKIE, cookie::clear())])
}
