//! Signed in, and the org is asked for tokens: the machine's share of it. It closes an older session first, passes events
//! to the [`TokenFlow`], and does what that wants. Not here: what follows what (`tokens/flow.rs`).

use super::{TransactionMachine, TransactionStep};
use crate::apart::Apart;
use crate::effect::{DeviceEffect, Effect, Navigation, SignInResult};
use crate::event::Intent;
use crate::handoff::ReturnToStart;
use crate::notice::{Notice, NoticeKind};
use crate::sign_in_event::Failure;
use crate::ticket::{Purpose, Ticket};
use crate::tokens::{TokenAction, TokenEvent, TokenFlow, TokenProblem, TokenSettings};
use okta_authn::{Request, Response, SessionToken, TransportError};

/// Data of [`TransactionStep::Tokens`].
#[derive(Clone, Debug, PartialEq)]
pub enum Tokens {
    /// An older session is being closed: an org ignores a new session token while one lives.
    ClosingOldSession(SessionToken),
    /// The org is asked.
    Asking(TokenFlow),
    /// Nothing: the page says nothing of its app that can be read.
    Misconfigured,
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
        self.begin_flow(|settings| TokenFlow::begin(settings, token));
    }

    /// The browser has come back, as it seems.
    pub(super) fn read_tokens_answer(&mut self) {
        self.begin_flow(TokenFlow::resume);
    }

    fn begin_flow(&mut self, begin: impl FnOnce(Apart<TokenSettings>) -> (TokenFlow, Vec<TokenAction>)) {
        self.core.show(None);
        let Some(settings) = self.settings.tokens.clone() else {
            self.step = TransactionStep::Tokens(Box::new(Tokens::Misconfigured));
            return self.no_tokens(&TokenProblem::Options);
        };
        let (flow, actions) = begin(settings);
        self.step = TransactionStep::Tokens(Box::new(Tokens::Asking(flow)));
        self.act(actions);
    }

    /// After a failure, for the session that exists.
    pub(super) fn ask_for_tokens_again(&mut self) {
        if let Some(flow) = self.token_flow() {
            let actions = flow.again();
            self.act(actions);
        }
    }

    pub(super) fn tokens_replied(&mut self, outcome: Result<Response, TransportError>) {
        let ticket = self.core.ticket(Purpose::Tokens);
        self.tokens_event(ticket, TokenEvent::Replied(outcome));
    }

    pub(super) fn tokens_event(&mut self, ticket: Ticket, event: TokenEvent) {
        if !self.core.is_current(ticket) {
            return;
        }
        let now = self.core.now;
        let Some(flow) = self.token_flow() else { return };
        let actions = flow.handle(event, now);
        // Another site's message leads to nothing, and the answer is still waited for.
        if !actions.is_empty() {
            self.core.screen.busy = false;
            self.act(actions);
        }
    }

    fn token_flow(&mut self) -> Option<&mut TokenFlow> {
        match &mut self.step {
            TransactionStep::Tokens(tokens) => match &mut **tokens {
                Tokens::Asking(flow) => Some(flow),
                Tokens::ClosingOldSession(_) | Tokens::Misconfigured => None,
            },
            _ => None,
        }
    }

    fn act(&mut self, actions: Vec<TokenAction>) {
        for action in actions {
            match action {
                TokenAction::Send(request) => self.core.send(Purpose::Tokens, request, None),
                TokenAction::Navigate(address) => self.core.go(Navigation::Tokens(address)),
                TokenAction::Complete(result) => {
                    let ending = self.core.complete(SignInResult::Tokens(Apart::new(*result)));
                    self.end(ending);
                }
                TokenAction::Fail(problem) => self.no_tokens(&problem),
                TokenAction::StartOver => {
                    let returned = ReturnToStart { looks_up_session: true, ..ReturnToStart::default() };
                    self.return_to_start(returned);
                }
                action => {
                    let ticket = if action.is_answered() {
                        self.core.busy_ticket(Purpose::Tokens)
                    } else {
                        self.core.ticket(Purpose::Tokens)
                    };
                    self.core
                        .effect(Effect::Device(Box::new(DeviceEffect::Tokens { ticket, action: Apart::new(action) })));
                }
            }
        }
    }

    /// The person is told, and the developer. The step stays: it offers the way back, where the session is found.
    fn no_tokens(&mut self, problem: &TokenProblem) {
        let (ticket, failure) = (self.core.ticket(Purpose::Tokens), problem.failure());
        let action = TokenAction::Report(problem.clone());
        self.core.effect(Effect::Device(Box::new(DeviceEffect::Tokens { ticket, action: Apart::new(action) })));
        self.core.failed(Failure::new(problem.code(), None, failure.is_temporary()));
        self.core.repeat = failure.is_temporary().then_some(Intent::Resume);
        let retry = self.core.retry(false);
        self.core.notify(Notice { retry, ..Notice::of(NoticeKind::Tokens(failure)) });
    }
}
