//! The faults: their names, and in which group they run. Not here: how each is made (`happen.rs`).

use Fault::*;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Refused,
    Reset,
    Lost,
    ResetMidway,
    Hang,
    Drip,
    LongDrip,
    Slow,
    Late,
    Twice,
    CorsRefused,
    Offline,
    RateLimit,
    RateLimitUnreadable,
    ServerError,
    Unavailable,
    Portal,
    Empty,
    Truncated,
    Deep,
    Large,
    WrongType,
    UnknownStatus,
    NoEmbedded,
    DeviceAhead,
    DeviceBehind,
    NoCookies,
    Hidden,
    Frozen,
    BackForward,
}

/// Faults that one browser makes one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// No response, or a broken one.
    Network,
    /// A response that is not the org's, or says that it does not answer.
    Answers,
    /// A response of the org that is not what it should be.
    Json,
    /// The page and its device.
    Page,
    /// What a browser with a page and an org on two sites does.
    Sites,
}

impl Group {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Answers => "answers",
            Self::Json => "json",
            Self::Page => "page",
            Self::Sites => "sites",
        }
    }

    pub(crate) fn faults(self) -> &'static [Fault] {
        match self {
            Self::Network => &[Refused, Reset, Lost, ResetMidway, Hang, Drip, LongDrip, Slow, Late, Twice, CorsRefused],
            Self::Answers => &[RateLimit, RateLimitUnreadable, ServerError, Unavailable, Portal, Empty],
            Self::Json => &[Truncated, Deep, Large, WrongType, UnknownStatus, NoEmbedded],
            Self::Page => &[Offline, DeviceAhead, DeviceBehind, Hidden, Frozen, BackForward],
            Self::Sites => &[NoCookies],
        }
    }
}

impl Fault {
    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Refused => "connection refused",
            Reset => "reset before the org has the request",
            Lost => "answer lost: reset after the org has acted",
            ResetMidway => "reset in the middle of the answer",
            Hang => "no answer",
            Drip => "slow drip, 1.5 s",
            LongDrip => "slow drip, a minute",
            Slow => "answer after 11 s",
            Late => "answer after 13 s",
            Twice => "request repeated by a proxy",
            CorsRefused => "CORS refused",
            Offline => "offline, then online",
            RateLimit => "429",
            RateLimitUnreadable => "429, headers not readable",
            ServerError => "500 with HTML",
            Unavailable => "503 with Retry-After",
            Portal => "200 with HTML",
            Empty => "200, empty",
            Truncated => "truncated JSON",
            Deep => "deep JSON",
            Large => "20 MB of JSON",
            WrongType => "wrong content type",
            UnknownStatus => "unknown status",
            NoEmbedded => "without `_embedded`",
            DeviceAhead => "device two hours ahead",
            DeviceBehind => "device two hours behind",
            NoCookies => "cookies of the org blocked",
            Hidden => "tab hidden and shown",
            Frozen => "page frozen and resumed",
            BackForward => "left, and back",
        }
    }
}
