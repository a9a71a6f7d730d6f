//! What must survive the redirect: the secrets of the request, and when they were made. The page's tab keeps it as one
//! text, and it is taken out when the browser comes back. Not here: the storage.

use okta_authn::openid::RequestSecrets;
use okta_authn::{CodeVerifier, Millis, Nonce, RequestState};
use std::fmt;

/// The name under which the tab keeps it.
pub const PENDING_KEY: &str = "okta-sign-in-tokens";

/// How long an answer may take, in milliseconds.
const LONGEST: Millis = 600_000;

/// A request that the browser has left the page for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The secrets of the request.
    pub secrets: RequestSecrets,
    /// When it was made.
    pub created_at: Millis,
}

/// Why there is no request that an answer could belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingError {
    /// None is kept: it was answered before, or made in another tab.
    Missing,
    /// What is kept was not written by this program.
    Unreadable,
    /// It was made too long ago, or later than now.
    TooOld,
}

impl Pending {
    /// As the tab keeps it.
    pub fn to_text(&self) -> String {
        let RequestSecrets { state, nonce, verifier } = &self.secrets;
        [state.expose(), nonce.expose(), verifier.expose(), &self.created_at.to_string()].join(".")
    }

    /// Reads what the tab has kept.
    pub fn read(kept: Option<&str>, now: Millis) -> Result<Self, PendingError> {
        let kept = kept.ok_or(PendingError::Missing)?;
        let mut parts = kept.split('.');
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or(PendingError::Unreadable);
        let secrets = RequestSecrets {
            state: RequestState::new(part()?),
            nonce: Nonce::new(part()?),
            verifier: CodeVerifier::new(part()?),
        };
        let created_at: Millis = part()?.parse().map_err(|_| PendingError::Unreadable)?;
        if parts.next().is_some() {
            return Err(PendingError::Unreadable);
        }
        let is_fresh = now.checked_sub(created_at).is_some_and(|age| age <= LONGEST);
        if is_fresh { Ok(Self { secrets, created_at }) } else { Err(PendingError::TooOld) }
    }
}

impl fmt::Display for PendingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "this tab has made no request for tokens, or it was answered before",
            Self::Unreadable => "what this tab has kept of its request for tokens cannot be read",
            Self::TooOld => "the request for tokens was made more than 10 minutes ago, or the clock was changed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T0: Millis = 1_700_000_000_000;

    #[test]
    fn what_is_kept_is_read_for_ten_minutes() {
        let secrets =
            RequestSecrets { state: RequestState::new("s"), nonce: Nonce::new("n"), verifier: CodeVerifier::new("v") };
        let pending = Pending { secrets, created_at: T0 };
        let kept = pending.to_text();
        assert_eq!(kept, "s.n.v.1700000000000");
        for (now, expected) in [
            (T0, Ok(pending.clone())),
            (T0 + LONGEST, Ok(pending.clone())),
            (T0 + LONGEST + 1, Err(PendingError::TooOld)),
            (T0 - 1, Err(PendingError::TooOld)),
        ] {
            assert_eq!(Pending::read(Some(&kept), now), expected, "{now}");
        }
        assert!(!format!("{pending:?}").contains('"'));
    }

    #[test]
    fn what_is_not_kept() {
        assert_eq!(Pending::read(None, T0), Err(PendingError::Missing));
        for kept in ["", "s.n.v", "s.n.v.x", "s.n..1", ".n.v.1", "s.n.v.1.2", "s.n.v.-1"] {
            assert_eq!(Pending::read(Some(kept), T0), Err(PendingError::Unreadable), "{kept}");
        }
    }
}
