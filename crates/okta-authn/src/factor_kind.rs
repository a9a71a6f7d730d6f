//! What a factor is, derived from the pair (factorType, provider): the table of docs/authn-api.md#factors. Not here:
//! what can be done with one, or how it is called.

/// A kind of factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorKind {
    /// `question` / OKTA.
    Question,
    /// `sms` / OKTA.
    Sms,
    /// `call` / OKTA.
    Call,
    /// `email` / OKTA.
    Email,
    /// `token:software:totp` / OKTA.
    OktaTotp,
    /// `token:software:totp` / GOOGLE.
    GoogleTotp,
    /// `push` / OKTA.
    Push,
    /// `token` / RSA.
    Rsa,
    /// `token` / `DEL_OATH`, an on-premises server.
    OnPrem,
    /// `token` / SYMANTEC.
    Symantec,
    /// `token:hardware` / YUBICO.
    YubiKey,
    /// `token:hotp` / CUSTOM.
    Hotp,
    /// `web` / DUO.
    Duo,
    /// `u2f` / FIDO.
    U2f,
    /// `webauthn` / FIDO.
    WebAuthn,
    /// `password` / OKTA.
    Password,
    /// `assertion:saml2` or `assertion:oidc` or a claims provider: another site proves it.
    Redirect,
    /// A pair this version does not know.
    Unknown,
}

impl FactorKind {
    /// The kind of a pair.
    pub fn of(factor_type: &str, provider: &str) -> Self {
        match (factor_type, provider) {
            ("question", _) => Self::Question,
            ("sms", _) => Self::Sms,
            ("call", _) => Self::Call,
            ("email", _) => Self::Email,
            ("token:software:totp", "GOOGLE") => Self::GoogleTotp,
            // Without its provider, an app's code is nobody's.
            ("token:software:totp", "") => Self::Unknown,
            ("token:software:totp", _) => Self::OktaTotp,
            ("push", _) => Self::Push,
            ("token", "RSA") => Self::Rsa,
            ("token", "DEL_OATH") => Self::OnPrem,
            ("token", "SYMANTEC") => Self::Symantec,
            ("token:hardware", _) => Self::YubiKey,
            ("token:hotp", _) => Self::Hotp,
            ("web", "DUO") => Self::Duo,
            ("u2f", _) => Self::U2f,
            ("webauthn", _) => Self::WebAuthn,
            ("password", _) => Self::Password,
            ("assertion:saml2" | "assertion:oidc" | "claims_provider", _) => Self::Redirect,
            _ => Self::Unknown,
        }
    }
}
