//! What the flow needs to know from the embedder. Already parsed: every combination is legal. Never here:
//! where a setting came from, or anything about looks.

use super::redirect::RedirectUrl;
use crate::authn::request::Options;
use crate::authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use crate::hook::{Form, Hook};
use std::rc::Rc;

/// The flow's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The org all requests go to.
    pub org: Org,
    /// Wishes sent with name and password.
    pub options: Options,
    /// What to do with the session token.
    pub after_success: AfterSuccess,
    /// What to do when the person is signed in already.
    pub existing_session: ExistingSession,
    /// User name to start with, when none is remembered.
    pub username: Option<String>,
    /// Whether the org asks for the name alone first.
    pub without_password: bool,
    /// Whether the person may have pushes sent without asking.
    pub auto_push: bool,
    /// Ways to replace a forgotten password; none: not here.
    pub recovery: Vec<Channel>,
    /// Ways to unlock an account; none: not here.
    pub unlock: Vec<Channel>,
    /// The page owner's server for what needs an admin's token.
    pub hook: Option<Hook>,
    /// What the page's own code asks of those who sign up, where it takes part in that.
    pub page_form: Option<Rc<Form>>,
    /// Sent along, for the org to hand back.
    pub relay_state: Option<String>,
    /// What to take up instead of starting anew.
    pub resume: Option<Resume>,
}

impl Settings {
    /// Whether new people can sign up here.
    pub fn offers_registration(&self) -> bool {
        self.hook.is_some() || self.page_form.is_some()
    }

    /// The hook that is to know who signs in: not where the page's own code gets the session token.
    pub fn session_hook(&self) -> Option<&Hook> {
        self.hook.as_ref().filter(|_| self.after_success != AfterSuccess::HandOver)
    }
}

/// A transaction that began elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resume {
    /// A transaction in any state.
    State(StateToken),
    /// The link of a mail about a forgotten password or a locked account.
    Recovery(RecoveryToken),
    /// An invitation.
    Activation(ActivationToken),
}

/// What to do with the session token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSuccess {
    /// Let the org turn it into its session cookie and send the browser on (contract 1.20).
    SessionCookie {
        /// Where the org sends the browser.
        redirect_url: RedirectUrl,
        /// How the browser goes there.
        method: RedirectMethod,
    },
    /// Hand it to the page's own code and stay.
    HandOver,
}

/// How the browser carries the session token to the org.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectMethod {
    /// As query parameters of a navigation that replaces the page.
    Get,
    /// As fields of a form, so that the token is in no address.
    Post,
}

/// What to do when the person is signed in already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExistingSession {
    /// Say so, and offer to go on or to sign out.
    Ask,
    /// Go straight on.
    Continue,
    /// Do not even look.
    Ignore,
}
