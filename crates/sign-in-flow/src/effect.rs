//! What a machine wants done, as plain data. Not here: how it is done.

use crate::apart::Apart;
use crate::handoff::{Handoff, ReturnToStart};
use crate::hook::Data;
use crate::redirect::RedirectUrl;
use crate::settings::RedirectMethod;
use crate::sign_in_event::SignInEvent;
use crate::ticket::Ticket;
use crate::tokens::{TokenAction, TokenResult};
use okta_authn::transaction::User;
use okta_authn::url::{encode, form};
use okta_authn::{
    AuthorizeAddress, Ceremony, DuoSignature, Millis, Org, Request, SessionToken, SharedSecret, UntrustedLink,
};

/// Longest wait for a response, in milliseconds.
pub const TIMEOUT_MS: u32 = 12_000;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a request; its end comes back as `Replied`. A foreground request replaces the one before.
    Send {
        /// Comes back with the response.
        ticket: Ticket,
        /// What to send.
        request: Request,
    },
    /// Abort the foreground request, the authenticator that was asked, and the handoff in progress. A wait goes on.
    Abort,
    /// Wait, then report `Elapsed`. Replaces the wait before.
    Wait {
        /// Milliseconds.
        millis: u32,
    },
    /// Remember this user name for next time, or forget the remembered one.
    RememberUsername(Option<String>),
    /// Tell the page's developer that a link was not followed.
    Report(UntrustedLink),
    /// Tell the page's own code. After [`SignInEvent::Success`], `Event::Leave` lets the browser leave.
    Tell(SignInEvent),
    /// Leave the page.
    Navigate(Navigation),
    /// Give the result to the page's own code.
    Complete(SignInResult),
    /// Let a [`TransactionMachine`](crate::TransactionMachine) continue. Where its code cannot be loaded, the handoff
    /// comes back with `HandoffFailed`.
    HandOff(Box<Handoff>),
    /// Let the [`StartMachine`](crate::StartMachine) continue; this machine has ended.
    ReturnToStart(Box<ReturnToStart>),
    /// Something that only a [`TransactionMachine`](crate::TransactionMachine) or
    /// [`ManageFactors`](crate::ManageFactors) wants.
    Device(Box<DeviceEffect>),
}

/// Something to do with the device, another frame, or the page's own code.
#[derive(Clone, Debug, PartialEq)]
pub enum DeviceEffect {
    /// Put a key on the clipboard, because the person asked; success comes back as `Copied`.
    Copy(SharedSecret),
    /// Ask an authenticator; its answer comes back as `Credential`.
    AskAuthenticator {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What to ask.
        ceremony: Ceremony,
    },
    /// Show Duo's frame; its answer comes back as `Duo`.
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
    /// Call the page's own code about a registration; its answer comes back as `PageReplied`.
    CallPage {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What it is asked.
        request: PageRequest,
    },
    /// Load what asks for tokens, and read what the page says of its app. It comes back as `TokensLoaded`.
    LoadTokens {
        /// Comes back with the app.
        ticket: Ticket,
    },
    /// Something that only a [`TokenFlow`](crate::tokens::TokenFlow) wants: randomness, cryptography, a frame, the tab's
    /// storage. What it leads to comes back as `Tokens`.
    Tokens {
        /// Comes back with the result.
        ticket: Ticket,
        /// What to do.
        action: Apart<TokenAction>,
    },
}

/// What the page's own code is asked about a registration.
#[derive(Clone, Debug, PartialEq)]
pub enum PageRequest {
    /// Before it is sent: the values typed.
    PreSubmit(Data),
    /// After it: the user name.
    PostSubmit(String),
}

/// Where the browser goes, and what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// To the org, which sets its session cookie and redirects the browser (docs/authn-api.md#session-cookie-redirect).
    SessionCookie {
        /// The org.
        org: Org,
        /// To be exchanged for the cookie.
        token: SessionToken,
        /// Where the org sends the browser.
        redirect_url: RedirectUrl,
        /// How.
        method: RedirectMethod,
        /// Whether the org first has the person finish the setup of the account.
        checks_account_setup: bool,
    },
    /// Straight to the page that was configured: a session exists already.
    Redirect(RedirectUrl),
    /// To a page of the org that its link names.
    Org(String),
    /// To an identity provider that the org names. The browser's Back leads to the form.
    Provider(String),
    /// To the org, which answers a request for tokens at the redirect URI.
    Tokens(AuthorizeAddress),
}

impl Navigation {
    /// The address that replaces the page. For a POST, the address that the form with the [`fields`](Self::fields) is sent to.
    pub fn url(&self) -> String {
        match self {
            Self::Redirect(url) => url.as_str().to_owned(),
            Self::Org(url) | Self::Provider(url) => url.clone(),
            Self::Tokens(address) => address.expose().to_owned(),
            Self::SessionCookie { org, method, .. } => {
                let path = "/login/sessionCookieRedirect";
                if *method == RedirectMethod::Post {
                    return org.at(path);
                }
                let path = [path, "?", &form(&self.fields())].concat();
                if *method == RedirectMethod::SignOutFirst {
                    return [&org.at("/login/signout?fromURI="), &*encode(&path)].concat();
                }
                org.at(&path)
            }
        }
    }

    /// The form or query fields of `sessionCookieRedirect`; other navigations have none.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let Self::SessionCookie { token, redirect_url, checks_account_setup, .. } = self else { return Vec::new() };
        let mut fields = vec![("token", token.expose()), ("redirectUrl", redirect_url.as_str())];
        if *checks_account_setup {
            fields.push(("checkAccountSetupComplete", "true"));
        }
        fields
    }
}

/// What the page's own code gets instead of a redirect.
#[derive(Clone, Debug, PartialEq)]
pub enum SignInResult {
    /// A new sign-in.
    SignedIn {
        /// Works once, for five minutes. Whoever holds it is the user.
        session_token: SessionToken,
        /// When the token expires.
        expires_at: Option<Millis>,
        /// Who signed in.
        user: Option<User>,
    },
    /// The sign-in continues at a page of the org: an app asked for it.
    Redirect {
        /// Its address, inside the org.
        url: String,
    },
    /// Tokens, for a new sign-in or for the session that exists.
    Tokens(Apart<TokenResult>),
    /// The person chose to continue with the session that exists.
    ExistingSession {
        /// Who is signed in.
        login: String,
    },
}
