//! Which identity provider does the user name belong to? The start machine hands the question off; what the org answers
//! comes back to it as [`Event::Discovered`]. Not here: what the answer looks like (`okta_authn::discovery`), or what follows
//! from it (`start.rs`).

use crate::effect::Effect;
use crate::event::Event;
use crate::handoff::{Handoff, HandoffTo};
use crate::settings::{AfterSuccess, Settings};
use crate::ticket::{Purpose, Ticket};
use okta_authn::discovery::{Route, request, route};
use okta_authn::{AuthnError, Response, StateToken, TransportError};

/// What the page's own code is told that the user name is for, by the name of okta-signin-widget.
pub const OPERATION: &str = "IDP_DISCOVERY";

/// The request, for a user name that the page's own code may have changed. After a sign-in at the provider, the org goes on
/// with the sign-in that an app began, or sends the browser where it goes after any other: back to this page, where the
/// settings say nothing.
pub fn ask(settings: &Settings, handoff: &Handoff, username: &str, page: Option<&str>) -> Effect {
    let token = match &handoff.to {
        HandoffTo::Discovery(token) => token.as_ref().map(StateToken::expose),
        _ => None,
    };
    let target = match &settings.after_success {
        AfterSuccess::SessionCookie { redirect_url, .. } => Some(redirect_url.as_str()),
        AfterSuccess::Callback | AfterSuccess::Tokens => settings.relay_state.as_deref().or(page),
    };
    let ticket = Ticket { purpose: Purpose::Discovery, ..handoff.ticket };
    Effect::Send { ticket, request: request(&settings.org, username, token.or(target)) }
}

/// What comes of it.
pub fn answered(settings: &Settings, ticket: Ticket, outcome: Result<Response, TransportError>) -> Event {
    let route = outcome.map_err(AuthnError::Transport).and_then(|response| route(&settings.org, response));
    let outcome = route.map(|route| match route {
        Route::Password => None,
        Route::Provider(provider) => Some(provider.url),
    });
    Event::Discovered { ticket, outcome }
}
