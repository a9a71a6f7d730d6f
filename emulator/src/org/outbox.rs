//! Messages that the org sent, and the codes in them: one code per factor, whoever asked for it.
//! Nothing leaves the machine.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    error::{self, ApiError},
    time::Moment,
};

/// How many messages are kept.
const KEPT: usize = 1_000;

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Channel {
    Sms,
    Call,
    Email,
}

impl Channel {
    /// How long one has to wait before the next.
    fn pause(self) -> Duration {
        match self {
            Self::Sms | Self::Call => Duration::from_secs(30),
            Self::Email => Duration::from_secs(5),
        }
    }

    fn too_soon(self) -> ApiError {
        match self {
            Self::Sms => error::SMS_TOO_SOON.into(),
            Self::Call => error::CALL_TOO_SOON.into(),
            Self::Email => error::EMAIL_TOO_SOON.into(),
        }
    }

    /// As recovery names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Call => "CALL",
            Self::Email => "EMAIL",
        }
    }

    /// How many digits its codes have.
    pub(crate) fn code_length(self) -> usize {
        match self {
            Self::Call => 5,
            Self::Sms | Self::Email => 6,
        }
    }
}

/// A message.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) at: String,
    pub(crate) channel: Channel,
    /// The user's short name.
    pub(crate) login: String,
    /// Number or address.
    pub(crate) to: String,
    pub(crate) text: String,
    pub(crate) code: Option<String>,
    pub(crate) link: Option<String>,
}

/// The messages.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Outbox {
    messages: Vec<Message>,
    /// When the last one was sent, per factor.
    sent: HashMap<String, Moment>,
}

impl Outbox {
    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Whether another message may be sent for this factor.
    pub(crate) fn may_send(&self, factor: &str, channel: Channel, now: Moment) -> Result<(), ApiError> {
        match self.sent.get(factor) {
            Some(last) if now.since(*last) < channel.pause() => Err(channel.too_soon()),
            _ => Ok(()),
        }
    }

    /// As if something had been sent.
    pub(crate) fn note(&mut self, factor: &str, now: Moment) {
        self.sent.retain(|_, last| now.since(*last) < Duration::from_mins(1));
        self.sent.insert(factor.to_owned(), now);
    }

    pub(crate) fn send(&mut self, factor: &str, now: Moment, message: Message) {
        self.note(factor, now);
        if self.messages.len() >= KEPT {
            self.messages.remove(0);
        }
        self.messages.push(message);
    }
}

/// The codes that were sent, one per factor.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct OneTimeCodes(HashMap<String, (String, Moment)>);

/// What a sent code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeCheck {
    Right,
    Wrong,
    Expired,
}

impl OneTimeCodes {
    /// Keeps a code; the one before it is worth nothing from now on.
    pub(crate) fn keep(&mut self, factor: &str, code: &str, expires: Moment) {
        self.0.insert(factor.to_owned(), (code.to_owned(), expires));
    }

    /// Looks at a code, and spends it if it is right.
    pub(crate) fn spend(&mut self, factor: &str, code: &str, now: Moment) -> CodeCheck {
        match self.0.get(factor) {
            Some((right, _)) if right != code => CodeCheck::Wrong,
            Some((_, expires)) if *expires <= now => CodeCheck::Expired,
            Some(_) => {
                self.0.remove(factor);
                CodeCheck::Right
            }
            None => CodeCheck::Wrong,
        }
    }

    /// Forgets what has been void for long.
    pub(crate) fn sweep(&mut self, now: Moment) {
        self.0.retain(|_, (_, expires)| now.since(*expires) < Duration::from_hours(1));
    }
}
