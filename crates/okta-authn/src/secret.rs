//! Secrets as types of their own: their `Debug` shows nothing, they have no `Display`, and only
//! [`expose`](StateToken::expose) returns the text, which a reviewer can search for. Not here:
//! storing, comparing or logging one.

/// The text of a secret. With the feature `count-secrets`, each one that is alive is counted.
#[derive(PartialEq, Eq)]
#[cfg_attr(not(feature = "count-secrets"), derive(Clone))]
struct Text(String);

impl Text {
    fn new(text: String) -> Self {
        #[cfg(feature = "count-secrets")]
        counter::add(1);
        Self(text)
    }
}

/// Counts secrets for tests that must prove that an ended sign-in leaves none behind.
#[cfg(feature = "count-secrets")]
mod counter {
    use super::Text;
    use std::cell::Cell;

    thread_local!(static LIVE: Cell<isize> = const { Cell::new(0) });

    pub(super) fn add(number: isize) {
        LIVE.set(LIVE.get() + number);
    }

    /// How many secrets are alive in this thread.
    pub fn live_secrets() -> isize {
        LIVE.get()
    }

    impl Clone for Text {
        fn clone(&self) -> Self {
            Self::new(self.0.clone())
        }
    }

    impl Drop for Text {
        fn drop(&mut self) {
            add(-1);
        }
    }
}

#[cfg(feature = "count-secrets")]
pub use counter::live_secrets;

macro_rules! secret {
    ($($(#[$meta:meta])* $name:ident,)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(Text);

        impl $name {
            /// Takes the text as it came.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Text::new(text.into()))
            }

            /// The secret itself: only for a request body, the session redirect, or the person's own eyes.
            pub fn expose(&self) -> &str {
                &self.0.0
            }

            /// Whether there is no text at all.
            pub fn is_empty(&self) -> bool {
                self.0.0.is_empty()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    )*};
}

secret! {
    /// Names the running transaction; its value may change with every answer (docs/authn-api.md#tokens).
    StateToken,
    /// Equals the user's credentials for five minutes, works once (docs/authn-api.md#tokens).
    SessionToken,
    /// A password as typed.
    Password,
    /// A one-time code as typed.
    Passcode,
    /// The answer to a security question as typed.
    SecurityAnswer,
    /// Proves that a mail was received; works once (docs/authn-api.md#tokens).
    RecoveryToken,
    /// Proves that an invitation was received (docs/authn-api.md#tokens).
    ActivationToken,
    /// What Duo is asked to sign, or has signed (docs/authn-api.md#duo).
    DuoSignature,
    /// The seed of an authenticator app, shown once for typing. Never decoded (docs/authn-api.md#factors).
    SharedSecret,
    /// The address of an authorization request: it can carry a session token (docs/authn-api.md#openid-connect).
    AuthorizeAddress,
    /// To be exchanged for tokens; works once, for five minutes (docs/authn-api.md#openid-connect).
    AuthorizationCode,
    /// Proves that who exchanges the code is who asked for it (RFC 7636).
    CodeVerifier,
    /// Ties the answer of an authorization request to the request: its parameter `state`.
    RequestState,
    /// Ties an ID token to the request.
    Nonce,
    /// An ID token as it came.
    IdToken,
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let shown = format!("{:?} {:?}", Password::new("pa55"), StateToken::new("00abc"));
        assert_eq!(shown, "Password(redacted) StateToken(redacted)");
    }
}
