//! The texts for a sign-in that leads to no tokens. Not here: why it does, which the developer reads in the console.

use super::Key;
use sign_in_flow::tokens::TokenFailure;

/// The sentence for it. Where the person can do nothing but the usual, it is the usual one.
pub(super) fn tokens_notice(failure: TokenFailure) -> Key {
    match failure {
        TokenFailure::NotSignedIn | TokenFailure::Late => Key::NOTICE_SIGN_IN_TIMED_OUT,
        TokenFailure::Denied => Key::NOTICE_DENIED,
        TokenFailure::NeedsConsent => Key::NOTICE_TOKENS_CONSENT,
        TokenFailure::Misconfigured | TokenFailure::NoCryptography => Key::WIDGET_MISCONFIGURED,
        TokenFailure::Unavailable => Key::NOTICE_SERVER_ERROR,
        TokenFailure::Untrusted => Key::NOTICE_TOKENS_UNTRUSTED,
        TokenFailure::WrongClock => Key::NOTICE_TOKENS_CLOCK,
    }
}
