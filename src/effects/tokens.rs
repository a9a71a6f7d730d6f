//! What a request for tokens needs of the browser: randomness, cryptography, a hidden frame, the page's address, the tab's
//! storage. Not here: what follows what, which the flow decides, or requests (`http`).

mod answer;
mod crypto;
mod frame;
mod result;

pub(crate) use result::tell;

use super::{Emit, storage};
use frame::Frame;
use sign_in_flow::ticket::Ticket;
use sign_in_flow::tokens::{FrameFailure, TokenAction, TokenEvent};
use sign_in_flow::{Apart, Event};

/// Does it. Dropping it removes the frame.
#[derive(Default)]
pub(super) struct TokensRuntime {
    frame: Option<Frame>,
}

impl TokensRuntime {
    /// Does one thing.
    pub(super) fn run(&mut self, emit: &Emit, ticket: Ticket, action: TokenAction) {
        let emit = emit.clone();
        let done = move |event| emit(Event::Tokens { ticket, event: Apart::new(event) });
        match action {
            TokenAction::Draw(length) => done(TokenEvent::Drawn(crypto::random(length))),
            TokenAction::Digest(of) => crypto::digest(of.text(), move |digest| done(TokenEvent::Digested(digest))),
            TokenAction::OpenFrame { address, origin, timeout } => {
                let answer = done.clone();
                self.frame = Frame::open(address.expose(), origin, timeout, move |outcome| {
                    answer(TokenEvent::Framed(outcome));
                });
                if self.frame.is_none() {
                    done(TokenEvent::Framed(Err(FrameFailure::NotOpened)));
                }
            }
            TokenAction::CloseFrame => self.frame = None,
            TokenAction::Keep(pending) => storage::keep_token_request(&pending.to_text()),
            TokenAction::TakeAnswer => done(TokenEvent::Returned(answer::take())),
            TokenAction::Verify { key, id_token } => {
                crypto::verify(key, id_token, move |is_valid| done(TokenEvent::Verified(is_valid)));
            }
            TokenAction::Report(problem) => web_sys::console::warn_1(&problem.to_string().into()),
            // The machine does these by effects of its own.
            TokenAction::Send(_)
            | TokenAction::Navigate(_)
            | TokenAction::Complete(_)
            | TokenAction::Fail(_)
            | TokenAction::StartOver => {}
        }
    }

    /// Stops waiting for a frame.
    pub(super) fn stop(&mut self) {
        self.frame = None;
    }
}
