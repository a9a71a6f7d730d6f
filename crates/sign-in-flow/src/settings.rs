//! What the machines need to know from the page's owner. Already parsed: every combination is valid. Not here:
//! where a setting came from, or anything about looks.

use crate::hook::{Form, Hook};
use crate::redirect::RedirectUrl;
use crate::tokens::TokenApp;
use okta_authn::request::Options;
use okta_authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use std::rc::Rc;

/// The settings of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Settings {
    /// The org all requests go to.
    pub org: Org,
    /// Options sent with user name and password.
    pub options: Options,
    /// What to do with the session token.
    pub after_success: AfterSuccess,
    /// The app that gets tokens, with [`AfterSuccess::Tokens`]; `None` where what the page says of it was not read yet: the
    /// transaction machine has it read by [`DeviceEffect::LoadTokens`](crate::effect::DeviceEffect::LoadTokens).
    pub tokens: Option<TokenApp>,
    /// What to do when the person is signed in already.
    pub existing_session: ExistingSession,
    /// User name to start with, also when another one is remembered.
    pub username: Option<String>,
    /// Whether the person may have the user name remembered. If not, a remembered one is removed.
    pub remember_me: bool,
    /// Whether the form asks for the name alone first, and then for the password, without a request in between.
    pub identifier_first: bool,
    /// Whether the org asks for the name alone first.
    pub without_password: bool,
    /// Whether the org is asked which identity provider a name belongs to, before anything else.
    pub discovers: bool,
    /// Whether the person may have pushes sent without asking.
    pub auto_push: bool,
    /// Ways to replace a forgotten password; none: not here.
    pub recovery: Vec<Channel>,
    /// Ways to unlock an account; none: not here.
    pub unlock: Vec<Channel>,
    /// The page owner's server for what needs an admin's token.
    pub hook: Option<Hook>,
    /// The registration form of the page's own code, where it takes part in a registration.
    pub page_form: Option<Rc<Form>>,
    /// Sent along, for the org to hand back.
    pub relay_state: Option<String>,
    /// Whether the page's own code is told before the browser leaves, and may hold it back.
    pub asks_before_leaving: bool,
    /// A transaction to resume instead of starting a new one.
    pub resume: Option<Resume>,
}

impl Settings {
    /// Whether people can register here.
    pub fn offers_registration(&self) -> bool {
        self.hook.is_some() || self.page_form.is_some()
    }

    /// The hook that opens a session for the person who signs in. `None` where the session token is for the page's own code,
    /// or for tokens.
    pub fn session_hook(&self) -> Option<&Hook> {
        self.hook.as_ref().filter(|_| matches!(self.after_success, AfterSuccess::SessionCookie { .. }))
    }

    /// Whether the session token is exchanged first, which the transaction machine does: by the hook, or for tokens.
    pub fn exchanges_token(&self) -> bool {
        self.after_success == AfterSuccess::Tokens || self.session_hook().is_some()
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
    /// The browser comes back from the org with the answer to a request for tokens, as it seems: whether it does, the
    /// transaction machine reads.
    Tokens,
}

/// What to do with the session token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSuccess {
    /// Let the org turn it into its session cookie and send the browser on (docs/authn-api.md#session-cookie-redirect).
    SessionCookie {
        /// Where the org sends the browser.
        redirect_url: RedirectUrl,
        /// How the browser goes there.
        method: RedirectMethod,
        /// Whether the org first has the person finish the setup of the account.
        checks_account_setup: bool,
    },
    /// Call the page's own code with it, and stay on the page.
    Callback,
    /// Ask the org for tokens with it, and call the page's own code with those ([`Settings::tokens`]).
    Tokens,
}

/// How the browser carries the session token to the org.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectMethod {
    /// As query parameters of a navigation that replaces the page.
    Get,
    /// As fields of a form, so that the token is in no address.
    Post,
    /// As `Get`, by way of the org's sign-out: for a page on another site than the org, where no request of the page
    /// sees or closes an old session (docs/authn-api.md#sign-out).
    SignOutFirst,
}

/// What to do when the person is signed in already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExistingSession {
    /// Say so, and offer to continue or to sign out.
    Ask,
    /// Continue at once.
    Continue,
    /// Do not ask the org.
    Ignore,
}
