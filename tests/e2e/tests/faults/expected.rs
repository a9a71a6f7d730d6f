//! What the person reads in each cell: what a fault leads to, and the phases in which that is something else, with the
//! reason. Not here: how it is checked (`cell.rs`).

use crate::{
    fault::Fault::{self, *},
    phase::Phase,
    texts,
};

/// The landing page asks the org who is signed in, and may not send the cookie that says it.
const SIGNED_IN_UNSEEN: &str = "[You are not signed in]";

/// A network that asks to sign in first has answered.
const OTHER_PAGE: &str = "Another page answered instead of the sign-in service. Your network";

/// What is expected of a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    /// The cell makes no sense, for this reason.
    NotApplicable(&'static str),
    /// The beginning of what is read, and how many of the fields keep what was typed. A heading is in brackets.
    Reads { text: &'static str, kept: usize },
}

/// What a browser shows of a page that was left and come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Back {
    /// The page as it was.
    Kept,
    /// The same, with an empty password.
    KeptWithoutPassword,
    /// A new one.
    Anew,
}

/// What is expected after coming back.
pub(crate) fn after(phase: Phase, back: Back) -> Expected {
    match (of(phase, BackForward), back) {
        // The page knows the user name of the sign-in that was begun there.
        (_, Back::Anew) => Expected::Reads { text: "[Sign in]", kept: usize::from(has_begun(phase)) },
        (Expected::Reads { text, kept }, Back::KeptWithoutPassword) => Expected::Reads { text, kept: kept.min(1) },
        (expected, _) => expected,
    }
}

/// Whether a sign-in has begun before the step.
fn has_begun(phase: Phase) -> bool {
    !matches!(phase, Phase::Primary | Phase::Recovery | Phase::Redirect)
}

/// What is expected of this cell.
pub(crate) fn of(phase: Phase, fault: Fault) -> Expected {
    if phase == Phase::Redirect {
        return leaving(fault);
    }
    let text = match (phase, fault) {
        (_, UnknownStatus) => "[This step isn't supported here]",
        // Polls are repeated; what they fail with is told when they have failed for half a minute.
        (Phase::Poll, Refused | Reset | Lost | ResetMidway | Hang | LongDrip | CorsRefused | Offline) => {
            texts::POLL_LOST
        }
        (Phase::Poll, RateLimit | RateLimitUnreadable) => texts::POLL_SLOWED,
        (Phase::Poll, ServerError | Unavailable) => texts::POLL_TROUBLED,
        // One that is late is one that failed.
        (Phase::Poll, Late) => on(phase),
        // Half a minute has gone by.
        (Phase::Poll, Hidden | BackForward) => texts::PUSH_SLOW,
        // The org has sent a code already, and sends no other so soon.
        (Phase::SendCode, Twice) => "We sent a code a moment ago. Enter it",
        (Phase::Recovery, Twice) => "We sent a code a moment ago. Wait",
        // The first request has completed the sign-in, which the org does not know any more with the second.
        (Phase::Code | Phase::Activate, Twice) => "[Sign in] Your sign-in timed out.",
        // The org says that the state has changed, and is asked for it.
        (Phase::Enroll, Twice) => "[Set up Google Authenticator] Your sign-in had moved on.",
        (_, Refused | Reset | Lost | ResetMidway | CorsRefused) => texts::UNREACHABLE,
        (_, Hang | LongDrip | Late) => texts::NO_ANSWER,
        (_, Offline) => texts::OFFLINE,
        (_, RateLimit | RateLimitUnreadable) => texts::RATE_LIMITED,
        (_, ServerError | Unavailable) => texts::SERVER_ERROR,
        (_, Portal) => OTHER_PAGE,
        // These steps need the factor, which is in there.
        (_, Empty | Truncated | Deep | Large) | (Phase::SendCode | Phase::Poll | Phase::Enroll, NoEmbedded) => {
            texts::UNREADABLE
        }
        (_, BackForward) => returned(phase),
        // The page does not see the session that the org has.
        (Phase::Primary | Phase::Code | Phase::Activate, NoCookies) => SIGNED_IN_UNSEEN,
        (
            _,
            NoCookies | Drip | Slow | Twice | WrongType | NoEmbedded | DeviceAhead | DeviceBehind | Hidden | Frozen,
        ) => on(phase),
    };
    let stays = !text.starts_with('[') || fault == BackForward;
    let kept = match phase {
        Phase::Primary => 2,
        Phase::Recovery => 1,
        // The page that was left has forgotten the code, which nobody can read over the shoulder then.
        Phase::Code | Phase::Activate => usize::from(fault != BackForward),
        Phase::SendCode | Phase::Poll | Phase::Enroll | Phase::Redirect => 0,
    };
    Expected::Reads { text, kept: if stays { kept } else { 0 } }
}

/// Where the step leads.
fn on(phase: Phase) -> &'static str {
    match phase {
        Phase::Primary | Phase::Code | Phase::Activate | Phase::Redirect => "[You are signed in]",
        Phase::SendCode => "Enter the code we sent",
        Phase::Poll => "[Verify with Okta Verify]",
        Phase::Enroll => "[Set up Google Authenticator]",
        Phase::Recovery => "[Enter your code]",
    }
}

/// What a person finds who left the page, and comes back.
fn returned(phase: Phase) -> &'static str {
    match phase {
        Phase::Primary | Phase::Redirect => "[Sign in]",
        Phase::SendCode | Phase::Code => "[Verify with a text message]",
        Phase::Poll => texts::PUSH_SLOW,
        Phase::Enroll => "[Required]",
        Phase::Activate => "[Set up Google Authenticator]",
        Phase::Recovery => "[Reset your password]",
    }
}

/// The browser shows what comes, on a page that is not ours.
fn leaving(fault: Fault) -> Expected {
    const NO_BODY: &str = "a redirect has no body that is read";
    const AWAY: &str = "the driver does not answer while the browser leaves";
    const NO_SCRIPT: &str = "concerns what scripts may read, and no script asks";
    let text = match fault {
        Refused => return Expected::NotApplicable("the same org answers right before"),
        Hang | LongDrip | Late | Hidden | Frozen => return Expected::NotApplicable(AWAY),
        Offline => return Expected::NotApplicable("the browser's own page, as after a reset"),
        CorsRefused | RateLimitUnreadable => return Expected::NotApplicable(NO_SCRIPT),
        Drip | ResetMidway | Truncated | Deep | Large | WrongType | UnknownStatus | NoEmbedded => {
            return Expected::NotApplicable(NO_BODY);
        }
        // The browser's own words.
        Reset | Lost => "[",
        // The org's own answer, and an empty one.
        RateLimit | Empty => "[]",
        ServerError | Unavailable => "[Something is wrong]",
        Portal => "[Welcome to the hotel]",
        // The token was taken with the first request.
        Twice => "[The sign-in is no longer valid]",
        BackForward => returned(Phase::Redirect),
        Slow | DeviceAhead | DeviceBehind => on(Phase::Redirect),
        NoCookies => SIGNED_IN_UNSEEN,
    };
    Expected::Reads { text, kept: 0 }
}
