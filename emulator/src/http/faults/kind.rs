//! The kinds of faults, as the control interface reads them.
//!
//! Not here: what they do (`happen.rs`, `body.rs`), and for which requests (`planned.rs`).

use axum::http::{
    HeaderName, HeaderValue,
    header::{InvalidHeaderName, InvalidHeaderValue},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A fault.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// Responds after a delay.
    Delay {
        /// Its length.
        seconds: f64,
    },
    /// Responds when the planned faults are removed.
    Hold,
    /// Does not respond.
    Hang,
    /// Responds with the body in small pieces, over this time.
    Drip {
        /// Until the last piece.
        seconds: f64,
    },
    /// Resets the connection. The org does not get the request.
    Reset,
    /// Resets the connection after half of the body.
    ResetMidway,
    /// Handles the request, and resets the connection in place of the response.
    Lose,
    /// Handles the request twice, as behind a proxy that repeats it, and responds with the second response.
    Twice,
    /// Responds with this status and an HTML page.
    Status {
        /// The status.
        status: u16,
    },
    /// Responds with 429.
    RateLimit,
    /// Responds with this in place of the org.
    Answer {
        /// The status; 200 if left out.
        #[serde(default = "ok")]
        status: u16,
        /// The header `Content-Type`; none if left out.
        #[serde(default, rename = "contentType", skip_serializing_if = "Option::is_none")]
        content_type: Option<Text>,
        /// The body; empty if left out.
        #[serde(default)]
        body: String,
    },
    /// Responds with JSON of this many arrays in each other.
    Deep {
        /// How many, up to a million.
        levels: u32,
    },
    /// Responds with the first half of the body.
    Truncate,
    /// Responds with a JSON object that has a member of this length more.
    Large {
        /// Its length, up to 100 million.
        bytes: u32,
    },
    /// Responds with this header as the only one of its name, or without it.
    Header {
        /// Which header.
        name: Name,
        /// Its value; none removes it.
        value: Option<Text>,
    },
    /// Responds with another value of the member at this JSON pointer (RFC 6901).
    Replace {
        /// Which member.
        pointer: String,
        /// Its value.
        value: Value,
    },
    /// Responds without the member at this JSON pointer.
    Remove {
        /// Which member.
        pointer: String,
    },
}

fn ok() -> u16 {
    200
}

impl Fault {
    /// Whether the connection breaks. Until that has happened no connection is reused: a browser repeats a request by
    /// itself when a reused connection breaks.
    pub(super) fn breaks_connection(&self) -> bool {
        matches!(self, Self::Reset | Self::ResetMidway | Self::Lose)
    }
}

/// The name of a header.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(pub(super) HeaderName);

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.as_str().to_owned()
    }
}

impl TryFrom<String> for Name {
    type Error = InvalidHeaderName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HeaderName::try_from(text).map(Self)
    }
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(pub(super) HeaderValue);

impl From<Text> for String {
    fn from(value: Text) -> Self {
        Self::from_utf8_lossy(value.0.as_bytes()).into_owned()
    }
}

impl From<Text> for HeaderValue {
    fn from(value: Text) -> Self {
        value.0
    }
}

impl TryFrom<String> for Text {
    type Error = InvalidHeaderValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        HeaderValue::try_from(text).map(Self)
    }
}
