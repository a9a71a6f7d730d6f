//! What a request for tokens needs of the browser: randomness, cryptography, a hidden frame, the page's address, the tab's
//! storage. It is in the third part of the program, which only a page with the option `tokens` loads: the other parts reach it
//! through [`TokensPart`]. Not here: what follows what, which the flow decides, or requests (`http`).

mod answer;
mod app;
mod crypto;
mod frame;
mod result;

use super::{Emit, storage};
use frame::Frame;
use js_sys::Function;
use okta_authn::Org;
use sign_in_flow::ticket::Ticket;
use sign_in_flow::tokens::{FrameFailure, TokenAction, TokenApp, TokenEvent, TokenResult, TokenStorage};
use sign_in_flow::{Apart, Event};
use wasm_bindgen::JsValue;

/// All that other parts of the program call of the third.
pub(crate) struct TokensPart {
    /// Reads the option. A mistake is reported to the developer.
    pub(crate) read: fn(&JsValue, &Org) -> Option<TokenApp>,
    /// Does what a flow wants of the browser.
    pub(crate) runtime: fn() -> Box<dyn TokensRuntime>,
    /// Gives a script the tokens, and keeps them where the page has chosen that.
    pub(crate) tell: fn(&Function, &TokenResult, TokenStorage),
}

/// It.
pub(crate) static TOKENS_PART: TokensPart =
    TokensPart { read: app::read, runtime: || Box::<InBrowser>::default(), tell: result::tell };

/// Does what a flow wants. Dropping it removes the frame.
pub(crate) trait TokensRuntime {
    /// Does one thing.
    fn run(&mut self, emit: &Emit, ticket: Ticket, action: &TokenAction);
    /// Stops waiting for a frame.
    fn stop(&mut self);
}

/// Does it in this browser.
#[derive(Default)]
struct InBrowser {
    frame: Option<Frame>,
}

impl TokensRuntime for InBrowser {
    fn run(&mut self, emit: &Emit, ticket: Ticket, action: &TokenAction) {
        let emit = emit.clone();
        let done = move |event| emit(Event::Tokens { ticket, event: Apart::new(event) });
        match action.clone() {
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

    fn stop(&mut self) {
        self.frame = None;
    }
}
