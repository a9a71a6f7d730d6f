//! What only the transaction machine and factor management want: an authenticator, Duo's frame, the clipboard, the
//! page's own code, tokens. Not here: what an answer means.

use super::page_code::{PageCode, PageReply};
use super::tokens::{TokensPart, TokensRuntime};
use super::{Emit, clipboard, duo, webauthn};
use okta_authn::wire::Value;
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::{Effect, Event};

/// Does it. Dropping it ends the browser's dialogue.
pub(crate) struct DeviceRuntime {
    emit: Emit,
    authenticator: Option<webauthn::Asking>,
    /// Of Duo's frame.
    frame_id: String,
    page_code: Option<PageCode>,
    /// The third part of the program, where it is loaded.
    tokens_part: fn() -> Option<&'static TokensPart>,
    tokens: Option<Box<dyn TokensRuntime>>,
}

impl DeviceRuntime {
    /// A runtime for the widget whose element ids begin with `id`.
    pub(crate) fn new(
        id: &str,
        emit: Emit,
        page_code: Option<PageCode>,
        tokens_part: fn() -> Option<&'static TokensPart>,
    ) -> Self {
        Self { emit, authenticator: None, frame_id: [id, "-duo"].concat(), page_code, tokens_part, tokens: None }
    }

    /// Does its share of an effect, and returns what is left for the other runtime, or for the component: loading a part.
    pub(crate) fn run(&mut self, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Device(effect) if !matches!(*effect, DeviceEffect::LoadTokens { .. }) => {
                self.run_device(*effect);
                return None;
            }
            // Stops asking the authenticator, and the frame.
            Effect::Abort => {
                self.authenticator = None;
                if let Some(tokens) = &mut self.tokens {
                    tokens.stop();
                }
            }
            _ => {}
        }
        Some(effect)
    }

    fn run_device(&mut self, effect: DeviceEffect) {
        let emit = self.emit.clone();
        match effect {
            DeviceEffect::AskAuthenticator { ticket, ceremony } => {
                let asking = webauthn::ask(ceremony, move |outcome| emit(Event::Credential { ticket, outcome }));
                self.authenticator = Some(asking);
            }
            DeviceEffect::AskDuo { ticket, script, host, signature } => {
                let frame = duo::Frame { script, host, signature, id: self.frame_id.clone() };
                duo::ask(frame, move |signature| emit(Event::Duo { ticket, signature }));
            }
            DeviceEffect::Tokens { ticket, action } => {
                // Only what was loaded wants something.
                let part = self.tokens_part;
                if self.tokens.is_none() {
                    self.tokens = part().map(|part| (part.runtime)());
                }
                if let Some(tokens) = &mut self.tokens {
                    tokens.run(&emit, ticket, &action);
                }
            }
            // `run` has returned it.
            DeviceEffect::LoadTokens { .. } => {}
            DeviceEffect::Copy(secret) => clipboard::copy(&secret, move || emit(Event::Copied)),
            DeviceEffect::CallPage { ticket, request } => {
                let reply: PageReply = Box::new(move |answer| {
                    emit(match answer {
                        Some(outcome) => Event::PageReplied { ticket, outcome },
                        None => Event::PageFailed { ticket },
                    });
                });
                match &self.page_code {
                    Some(code) => code.call(&request, reply),
                    // Without code of the page, the values are accepted.
                    None => reply(Some(Ok(Value::Null))),
                }
            }
        }
    }
}
