//! Secrets as types of their own: their `Debug` shows nothing, they have no `Display`, and the only way
//! to the text is the word [`expose`](StateToken::expose), which a reviewer can search for. Never here:
//! storing, comparing or logging one.

macro_rules! secret {
    ($($(#[$meta:meta])* $name:ident,)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it came.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The secret itself: only for a request body, the session redirect, or the person's own eyes.
            pub fn expose(&self) -> &str {
                &self.0
            }

            /// Whether there is no text at all.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
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
    /// Names the running transaction; its value may change with every answer (contract 1.4).
    StateToken,
    /// Equals the user's credentials for five minutes, works once (contract 1.4).
    SessionToken,
    /// A password as typed.
    Password,
    /// A one-time code as typed.
    Passcode,
    /// The answer to a security question as typed.
    SecurityAnswer,
    /// Proves that a mail was received; works once (contract 1.4).
    RecoveryToken,
    /// Proves that an invitation was received (contract 1.4).
    ActivationToken,
    /// What Duo is asked to sign, or has signed (contract 1.12).
    DuoSignature,
    /// The seed of an authenticator app, shown once for typing. Never decoded (contract 1.9).
    SharedSecret,
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
