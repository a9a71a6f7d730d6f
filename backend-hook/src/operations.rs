//! What each operation does: reads what it is given, asks the org, answers with what is listed in the
//! contract and nothing else. How a request came to be admitted is `http`'s affair.

pub mod credentials;
pub mod factors;
pub mod proof;
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

/// Sets the cookie to this, for as long as the session is known to live.
fn remember(hook: &Hook, contents: &Contents) -> Result<SetCookie, Problem> {
    let value = hook.config.sealer.seal(contents).ok_or(Code::Failed)?;
    Ok(AppendHeaders([(SET_COOKIE, cookie::set(&value, contents.expires - hook::now()))]))
}

/// Takes the cookie away.
fn forget() -> SetCookie {
    AppendHeaders([(SET_COOKIE, cookie::clear())])
}
