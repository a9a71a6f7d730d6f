//! The app that gets tokens, and a flow for it, behind tables of functions: the transaction machine owns both and contains no
//! code of theirs, because a page without tokens does not load that. Whoever makes a [`TokenApp`] contains it. Not here: what
//! follows what (`flow`).

use super::failure::TokenFailure;
use super::flow::{TokenAction, TokenEvent, TokenFlow, TokenResult};
use super::settings::TokenSettings;
use crate::apart::Apart;
use okta_authn::{AuthorizeAddress, Millis, Request, Response, SessionToken, TransportError};
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// What the transaction machine does for a flow.
#[derive(Debug)]
pub enum TokenEffect {
    /// Send a request.
    Send(Request),
    /// Leave the page.
    Navigate(AuthorizeAddress),
    /// It has ended with tokens.
    Complete(Apart<TokenResult>),
    /// It has ended without.
    Fail {
        /// What the person is told.
        failure: TokenFailure,
        /// What the page's own code is told.
        code: String,
        /// Tells the page's developer.
        report: Apart<TokenAction>,
    },
    /// There is no answer: the person signs in.
    StartOver,
    /// Something that the browser does.
    Browser {
        /// What.
        action: Apart<TokenAction>,
        /// Whether an event answers it.
        is_answered: bool,
    },
}

impl TokenEffect {
    fn of(action: TokenAction) -> Self {
        match action {
            TokenAction::Send(request) => Self::Send(request),
            TokenAction::Navigate(address) => Self::Navigate(address),
            TokenAction::Complete(result) => Self::Complete(Apart::new(*result)),
            TokenAction::Fail(problem) => Self::Fail {
                failure: problem.failure(),
                code: problem.code().to_owned(),
                report: Apart::new(TokenAction::Report(problem)),
            },
            TokenAction::StartOver => Self::StartOver,
            action => Self::Browser { is_answered: action.is_answered(), action: Apart::new(action) },
        }
    }

    fn all(actions: Vec<TokenAction>) -> Vec<Self> {
        actions.into_iter().map(Self::of).collect()
    }
}

/// The app that gets tokens.
#[derive(Clone)]
pub struct TokenApp(Rc<dyn App>);

impl TokenApp {
    /// An app with these settings.
    pub fn new(settings: TokenSettings) -> Self {
        Self(Rc::new(Apart::new(settings)))
    }

    /// Begins with a session token, or for the session that exists.
    pub(crate) fn begin(&self, token: Option<SessionToken>) -> (RunningFlow, Vec<TokenEffect>) {
        self.0.begin(token)
    }

    /// Goes on after the redirect.
    pub(crate) fn resume(&self) -> (RunningFlow, Vec<TokenEffect>) {
        self.0.resume()
    }
}

impl Deref for TokenApp {
    type Target = TokenSettings;

    fn deref(&self) -> &TokenSettings {
        self.0.settings()
    }
}

impl fmt::Debug for TokenApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for TokenApp {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(other)
    }
}

impl Eq for TokenApp {}

/// Whatever is an app.
trait App {
    fn settings(&self) -> &TokenSettings;
    fn begin(&self, token: Option<SessionToken>) -> (RunningFlow, Vec<TokenEffect>);
    fn resume(&self) -> (RunningFlow, Vec<TokenEffect>);
    fn equals(&self, other: &TokenSettings) -> bool;
}

impl App for Apart<TokenSettings> {
    fn settings(&self) -> &TokenSettings {
        self
    }

    fn begin(&self, token: Option<SessionToken>) -> (RunningFlow, Vec<TokenEffect>) {
        RunningFlow::new(TokenFlow::begin(self.clone(), token))
    }

    fn resume(&self) -> (RunningFlow, Vec<TokenEffect>) {
        RunningFlow::new(TokenFlow::resume(self.clone()))
    }

    fn equals(&self, other: &TokenSettings) -> bool {
        **self == *other
    }
}

/// A flow that goes on.
pub struct RunningFlow(Box<dyn Flow>);

impl RunningFlow {
    fn new((flow, actions): (TokenFlow, Vec<TokenAction>)) -> (Self, Vec<TokenEffect>) {
        (Self(Box::new(flow)), TokenEffect::all(actions))
    }

    /// Takes one event at the time `now`.
    pub(crate) fn handle(&mut self, event: &TokenEvent, now: Millis) -> Vec<TokenEffect> {
        self.0.handle(event, now)
    }

    /// Takes the end of a request.
    pub(crate) fn replied(&mut self, outcome: Result<Response, TransportError>, now: Millis) -> Vec<TokenEffect> {
        self.0.replied(outcome, now)
    }

    /// After a failure: once more, with the session that exists.
    pub(crate) fn again(&mut self) -> Vec<TokenEffect> {
        self.0.again()
    }
}

// The program does not use these two, and so has no code for them.
impl Clone for RunningFlow {
    fn clone(&self) -> Self {
        Self(Box::new(self.0.flow().clone()))
    }
}

impl fmt::Debug for RunningFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.flow().fmt(f)
    }
}

impl PartialEq for RunningFlow {
    fn eq(&self, other: &Self) -> bool {
        self.0.flow() == other.0.flow()
    }
}

/// Whatever is a flow.
trait Flow {
    fn flow(&self) -> &TokenFlow;
    fn handle(&mut self, event: &TokenEvent, now: Millis) -> Vec<TokenEffect>;
    fn replied(&mut self, outcome: Result<Response, TransportError>, now: Millis) -> Vec<TokenEffect>;
    fn again(&mut self) -> Vec<TokenEffect>;
}

impl Flow for TokenFlow {
    fn flow(&self) -> &TokenFlow {
        self
    }

    fn handle(&mut self, event: &TokenEvent, now: Millis) -> Vec<TokenEffect> {
        TokenEffect::all(self.handle(event.clone(), now))
    }

    fn replied(&mut self, outcome: Result<Response, TransportError>, now: Millis) -> Vec<TokenEffect> {
        TokenEffect::all(self.handle(TokenEvent::Replied(outcome), now))
    }

    fn again(&mut self) -> Vec<TokenEffect> {
        TokenEffect::all(self.again())
    }
}
