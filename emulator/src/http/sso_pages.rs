//! The pages of a sign-in at an identity provider: the provider's own, and those of the org after a failure.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::page::{self, escape};
use crate::{
    authn::federation::Refused,
    org::{Org, user::User},
};

/// Sends the browser on, with GET.
pub(super) fn redirect(address: &str) -> Response {
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, "no-cache, no-store")];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// The page of the provider.
pub(super) fn provider(org: &Org, id: &str, state: &str) -> Response {
    let name = org.federation.provider(id).map_or(id, |provider| &provider.name);
    let option = |user: &User| format!("<option value=\"{}\">", escape(&user.profile.login));
    let users = org.users.iter().map(option).collect::<Vec<_>>().concat();
    let body = format!(
        "<p>This is where people sign in at {name}. Whom does it send back?</p>\
         <form method=\"post\" action=\"/sso/idps/{id}/callback\">\
         <input type=\"hidden\" name=\"state\" value=\"{state}\">\
         <p><label>User <input name=\"login\" list=\"users\" autocomplete=\"off\" required></label></p>\
         <datalist id=\"users\">{users}</datalist>\
         <button name=\"decision\" value=\"sign-in\">Sign in</button>\
         <button name=\"decision\" value=\"refuse\" formnovalidate>Refuse</button></form>",
        name = escape(name),
        id = escape(id),
        state = escape(state),
    );
    page::page(StatusCode::OK, name, &body)
}

/// The org's own sign-in page.
pub(super) fn own_sign_in() -> Response {
    page::page(StatusCode::OK, "Sign in to the org", "<p>This is where an org shows its own sign-in page.</p>")
}

/// The target is not one of the trusted origins.
pub(super) fn untrusted() -> Response {
    let what = "The origin of fromURI is not one of this org's trusted origins with the scope REDIRECT. Start the emulator \
                with --page-origin, or list the origin in its configuration.";
    page::error(StatusCode::FORBIDDEN, "The redirect is not trusted", what)
}

/// The org's error page, with a link back to the page with the sign-in.
pub(super) fn error(why: Refused, back: Option<&str>) -> Response {
    let (status, title, what) = match why {
        Refused::Unknown => (
            StatusCode::NOT_FOUND,
            "No such identity provider",
            "No identity provider of this org has the id in the address.",
        ),
        Refused::Inactive => (
            StatusCode::FORBIDDEN,
            "The identity provider is not active",
            "Signing in there is switched off in this org.",
        ),
        Refused::Over => (
            StatusCode::GONE,
            "No sign-in waits for this",
            "This sign-in was finished already or has expired. Start again.",
        ),
        Refused::Denied => (
            StatusCode::FORBIDDEN,
            "You are not signed in",
            "The identity provider reports that the sign-in was refused.",
        ),
        Refused::NoUser => (
            StatusCode::FORBIDDEN,
            "You are not signed in",
            "The identity provider named nobody who may sign in to this org.",
        ),
    };
    let link = back.map(|back| format!("<p><a class=\"button\" href=\"{}\">Back to sign in</a></p>", escape(back)));
    page::page(status, title, &format!("<p>{what}</p>{}", link.unwrap_or_default()))
}
