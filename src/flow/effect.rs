//! What the machine wants done. Plain data; [`crate::effects`] does it. Never here: how.

use super::event::Ticket;
use super::redirect::RedirectUrl;
use super::settings::RedirectMethod;
use crate::authn::transaction::User;
use crate::authn::url::encode;
use crate::authn::{Ceremony, DuoSignature, Millis, Org, Request, SessionToken, SharedSecret};
use crate::hook::Data;

/// Longest wait for an answer, in milliseconds.
pub const TIMEOUT_MS: u32 = 12_000;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request; its end comes back as `Replied`. A foreground request replaces the one before.
    Send {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to send.
        request: Request,
    },
    /// Stop the foreground request, and what an authenticator was asked. A wait goes on: a pause outlives what
    /// it followed.
    Abort,
    /// Wait, then say `Elapsed`. Replaces the wait before.
    Wait {
        /// Milliseconds.
        millis: u32,
    },
    /// Keep this user name for next time, or forget the kept one.
    KeepUsername(Option<String>),
    /// Put a key on the clipboard, because the person asked; success comes back as `Copied`.
    Copy(SharedSecret),
    /// Ask an authenticator; its answer comes back as `Credential`.
    AskAuthenticator {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to ask.
        ceremony: Ceremony,
    },
    /// Have Duo ask in its frame; its answer comes back as `Duo`.
    AskDuo {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Address of Duo's script, inside the org.
        script: String,
        /// Duo's host for this org.
        host: String,
        /// What Duo is asked to sign.
        signature: DuoSignature,
    },
    /// Leave the page.
    Navigate(Navigation),
    /// Load the bundle that has every screen and have it take over; `NotHandedOn` says that it can't be
    /// loaded.
    HandOn,
    /// Give the result to the page's own code.
    HandOver(HandOver),
    /// Ask the page's own code about somebody who signs up; its answer comes back as `PageAnswered`.
    AskPage {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What it is asked.
        asked: PageAsked,
    },
}

/// What the page's own code is asked about somebody who signs up.
#[derive(Clone, Debug, PartialEq)]
pub enum PageAsked {
    /// Before it is sent: what was typed.
    PreSubmit(Data),
    /// After it: the user name.
    PostSubmit(String),
}

/// Where the browser goes, and what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// To the org, which sets its session cookie and sends the browser on (contract 1.20).
    SessionCookie {
        /// The org.
        org: Org,
        /// To be exchanged.
        token: SessionToken,
        /// Where the org sends the browser.
        redirect_url: RedirectUrl,
        /// How.
        method: RedirectMethod,
    },
    /// Straight there: a session exists already.
    Onward(RedirectUrl),
    /// To a page of the org that its link names, and that leads on from there.
    Org(String),
}

/// The form or query fields of `sessionCookieRedirect`, by the names the org reads.
pub const TOKEN_FIELD: &str = "token";
/// See [`TOKEN_FIELD`].
pub const REDIRECT_FIELD: &str = "redirectUrl";

impl Navigation {
    /// The address to put in place of the page. For a POST, the address the form goes to.
    pub fn url(&self) -> String {
        match self {
            Self::Onward(url) => url.as_str().to_owned(),
            Self::Org(url) => url.clone(),
            Self::SessionCookie { org, method: RedirectMethod::Post, .. } => org.at("/login/sessionCookieRedirect"),
            Self::SessionCookie { org, token, redirect_url, method: RedirectMethod::Get } => {
                let path = org.at("/login/sessionCookieRedirect");
                let (token, target) = (encode(token.expose()), encode(redirect_url.as_str()));
                [&path, "?", TOKEN_FIELD, "=", &token, "&", REDIRECT_FIELD, "=", &target].concat()
            }
        }
    }
}

/// What the page's own code gets instead of a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// A new sign-in.
    SignedIn {
        /// Works once, for five minutes. Whoever holds it is the user.
        session_token: SessionToken,
        /// End of the token's life.
        expires_at: Option<Millis>,
        /// Who signed in.
        user: Option<User>,
    },
    /// The sign-in goes on at a page of the org: an app asked for it.
    Redirect {
        /// Its address, inside the org.
        url: String,
    },
    /// The person chose to go on with the session there is.
    ExistingSession {
        /// Who is signed in.
        login: String,
    },
}
