//! Messages that the org sent, and their one-time codes: one current code per factor. Messages are kept in
//! memory and not delivered.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    error::{self, ApiError},
    time::Timestamp,
};

/// Maximum number of stored messages.
const MAX_MESSAGES: usize = 1_000;

/// How a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// A text message.
    Sms,
    /// A call.
    Call,
    /// A mail.
    Email,
}

impl Channel {
    /// Minimum time between two messages.
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

    /// Its name in the recovery API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::Call => "CALL",
            Self::Email => "EMAIL",
        }
    }

    /// Number of digits of its codes.
    pub(crate) fn code_length(self) -> usize {
        match self {
            Self::Call => 5,
            Self::Sms | Self::Email => 6,
        }
    }
}

/// A message.
#[derive(Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// When it was sent, by the org's clock.
    pub at: String,
    /// How it was sent.
    pub channel: Channel,
    /// The user's short name.
    pub login: String,
    /// Phone number or email address.
    pub to: String,
    /// What it says.
    pub text: String,
    /// The code in it.
    pub code: Option<String>,
    /// The link in it.
    pub link: Option<String>,
    /// The language that the request asked for, as it was written. The text is in English.
    #[serde(default)]
    pub language: Option<String>,
}

/// Without the secrets in it.
impl std::fmt::Debug for Message {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Message({:?} to {} at {})", self.channel, self.login, self.at)
    }
}

/// The messages.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Outbox {
    messages: Vec<Message>,
    /// Time of the last message, per factor.
    sent: HashMap<String, Timestamp>,
}

impl Outbox {
    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Whether another message may be sent for this factor.
    pub(crate) fn may_send(&self, factor: &str, channel: Channel, now: Timestamp) -> Result<(), ApiError> {
        match self.sent.get(factor) {
            Some(last) if now.since(*last) < channel.pause() => Err(channel.too_soon()),
            _ => Ok(()),
        }
    }

    /// Records a message that was not sent, for the rate limit.
    pub(crate) fn note(&mut self, factor: &str, now: Timestamp) {
        self.sent.retain(|_, last| now.since(*last) < Duration::from_mins(1));
        self.sent.insert(factor.to_owned(), now);
    }

    pub(crate) fn send(&mut self, factor: &str, now: Timestamp, message: Message) {
        self.note(factor, now);
        if self.messages.len() >= MAX_MESSAGES {
            self.messages.remove(0);
        }
        self.messages.push(message);
    }
}

/// The current code of each factor.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct OneTimeCodes(HashMap<String, (String, Timestamp)>);

/// Result of checking a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeCheck {
    Right,
    Wrong,
    Expired,
}

impl OneTimeCodes {
    /// Stores a code and replaces the previous one.
    pub(crate) fn keep(&mut self, factor: &str, code: &str, expires: Timestamp) {
        self.0.insert(factor.to_owned(), (code.to_owned(), expires));
    }

    /// Checks a code, and removes it if it is right.
    pub(crate) fn spend(&mut self, factor: &str, code: &str, now: Timestamp) -> CodeCheck {
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

    /// Removes codes that expired long ago.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.0.retain(|_, (_, expires)| now.since(*expires) < Duration::from_hours(1));
    }
}
