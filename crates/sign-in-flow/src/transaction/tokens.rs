//! Signed in, and the org is asked for tokens: the machine's share of it. It closes an older session first, passes events
//! to the [`RunningFlow`], and does what that wants. Not here: what follows what (`tokens/flow.rs`).

use super::{TransactionMachine, TransactionStep};
use crate::apart::Apart;
use crate::effect::{DeviceEffect, Effect, Navigation, SignInResult};
use crate::event::Intent;
use crate::handoff::ReturnToStart;
use crate::notice::{Notice, NoticeKind};
use crate::sign_in_event::Failure;
use crate::ticket::{Purpose, Ticket};
use crate::tokens::{RunningFlow, TokenAction, TokenApp, TokenEffect, TokenEvent, TokenFailure};
use okta_authn::{Request, Response, SessionToken, TransportError};

/// Data of [`TransactionStep::Tokens`].
#[derive(Clone, Debug, PartialEq)]
pub enum Tokens {
    /// An older session is being closed: an org ignores a new session token while one lives.
    ClosingOldSession(SessionToken),
    /// What asks the org is being loaded, or could not be.
    Loading(Ask),
    /// The org is asked.
    Asking(RunningFlow),
    /// Nothing: the page says nothing of its app that can be read.
    Misconfigured,
}

/// How a flow begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// With the session token, or for the session that exists.
    WithToken(Option<SessionToken>),
    /// With the answer that the browser seems to have come back with.
    ForAnswer,
}

impl TransactionMachine {
    /// Begins with the session token of a new sign-in.
    pub(super) fn begin_tokens(&mut self, token: SessionToken) {
        if !self.may_have_session {
            return self.ask_for_tokens(Some(token));
        }
        self.core.show(None);
        self.core.send(Purpose::CloseOldSession, Request::close_session(&self.settings.org), None);
        self.step = TransactionStep::Tokens(Box::new(Tokens::ClosingOldSession(token)));
    }

    /// Whether or not the old session could be closed, the new one is worth a try.
    pub(super) fn old_session_closed(&mut self) {
        match &mut self.step {
            TransactionStep::Leaving(leaving) => leaving.old_session_closed(&mut self.core, &self.settings),
            TransactionStep::Tokens(tokens) => {
                if let Tokens::ClosingOldSession(token) = &**tokens {
                    let token = token.clone();
                    self.ask_for_tokens(Some(token));
                }
            }
            _ => {}
        }
    }

    /// Asks the org, with the session token or for the session that exists.
    pub(super) fn ask_for_tokens(&mut self, token: Option<SessionToken>) {
        self.begin_flow(Ask::WithToken(token));
    }

    /// The browser has come back, as it seems.
    pub(super) fn read_tokens_answer(&mut self) {
        self.begin_flow(Ask::ForAnswer);
    }

    fn begin_flow(&mut self, ask: Ask) {
        self.core.show(None);
        match self.settings.tokens.clone() {
            Some(app) => self.begin_loaded_flow(&app, ask),
            None => self.load_tokens(ask),
        }
    }

    fn load_tokens(&mut self, ask: Ask) {
        let ticket = self.core.busy_ticket(Purpose::Tokens);
        self.core.effect(Effect::Device(Box::new(DeviceEffect::LoadTokens { ticket })));
        self.step = TransactionStep::Tokens(Box::new(Tokens::Loading(ask)));
    }

    fn begin_loaded_flow(&mut self, app: &TokenApp, ask: Ask) {
        let (flow, effects) = match ask {
            Ask::WithToken(token) => app.begin(token),
            Ask::ForAnswer => app.resume(),
        };
        self.step = TransactionStep::Tokens(Box::new(Tokens::Asking(flow)));
        self.act(effects);
    }

    /// Without it, the step stays: Retry loads it once more. A mistake of the page's own is still there then.
    pub(super) fn tokens_loaded(&mut self, ticket: Ticket, loaded: Result<TokenApp, TokenFailure>) {
        let Some(ask) = self.loading().cloned().filter(|_| self.core.is_current(ticket)) else { return };
        self.core.screen.busy = false;
        match loaded {
            Ok(app) => self.begin_loaded_flow(&app, ask),
            Err(failure) => {
                if !failure.is_temporary() {
                    self.step = TransactionStep::Tokens(Box::new(Tokens::Misconfigured));
                }
                self.no_tokens(failure, failure.code());
            }
        }
    }

    /// After a failure: what could not be loaded, or the session that exists.
    pub(super) fn ask_for_tokens_again(&mut self) {
        if let Some(ask) = self.loading().cloned() {
            self.load_tokens(ask);
        } else if let Some(flow) = self.token_flow() {
            let effects = flow.again();
            self.act(effects);
        }
    }

    pub(super) fn tokens_replied(&mut self, outcome: Result<Response, TransportError>) {
        let now = self.core.now;
        let Some(flow) = self.token_flow() else { return };
        let effects = flow.replied(outcome, now);
        self.go_on(effects);
    }

    pub(super) fn tokens_event(&mut self, ticket: Ticket, event: &TokenEvent) {
        if !self.core.is_current(ticket) {
            return;
        }
        let now = self.core.now;
        let Some(flow) = self.token_flow() else { return };
        let effects = flow.handle(event, now);
        self.go_on(effects);
    }

    /// Another site's message leads to nothing, and the answer is still waited for.
    fn go_on(&mut self, effects: Vec<TokenEffect>) {
        if !effects.is_empty() {
            self.core.screen.busy = false;
            self.act(effects);
        }
    }

    fn tokens(&self) -> Option<&Tokens> {
        match &self.step {
            TransactionStep::Tokens(tokens) => Some(tokens),
            _ => None,
        }
    }

    fn loading(&self) -> Option<&Ask> {
        match self.tokens()? {
            Tokens::Loading(ask) => Some(ask),
            _ => None,
        }
    }

    /// Whether the page's address may still have an answer, which is taken out of it as soon as it can be read.
    pub fn waits_to_take_answer(&self) -> bool {
        self.loading() == Some(&Ask::ForAnswer)
    }

    fn token_flow(&mut self) -> Option<&mut RunningFlow> {
        match &mut self.step {
            TransactionStep::Tokens(tokens) => match &mut **tokens {
                Tokens::Asking(flow) => Some(flow),
                Tokens::ClosingOldSession(_) | Tokens::Loading(_) | Tokens::Misconfigured => None,
            },
            _ => None,
        }
    }

    fn act(&mut self, effects: Vec<TokenEffect>) {
        for effect in effects {
            match effect {
                TokenEffect::Send(request) => self.core.send(Purpose::Tokens, request, None),
                TokenEffect::Navigate(address) => self.core.go(Navigation::Tokens(address)),
                TokenEffect::Complete(result) => {
                    let ending = self.core.complete(SignInResult::Tokens(result));
                    self.end(ending);
                }
                TokenEffect::Fail { failure, code, report } => {
                    self.browser_does(report, false);
                    self.no_tokens(failure, &code);
                }
                TokenEffect::StartOver => {
                    let returned = ReturnToStart { looks_up_session: true, ..ReturnToStart::default() };
                    self.return_to_start(returned);
                }
                TokenEffect::Browser { action, is_answered } => self.browser_does(action, is_answered),
            }
        }
    }

    fn browser_does(&mut self, action: Apart<TokenAction>, is_answered: bool) {
        let ticket =
            if is_answered { self.core.busy_ticket(Purpose::Tokens) } else { self.core.ticket(Purpose::Tokens) };
        self.core.effect(Effect::Device(Box::new(DeviceEffect::Tokens { ticket, action })));
    }

    /// The person is told. The step stays: it offers the way back, where the session is found.
    fn no_tokens(&mut self, failure: TokenFailure, code: &str) {
        self.core.failed(Failure::new(code, None, failure.is_temporary()));
        self.core.repeat = failure.is_temporary().then_some(Intent::Resume);
        let retry = self.core.retry(false);
        self.core.notify(Notice { retry, ..Notice::of(NoticeKind::Tokens(failure)) });
    }
}
