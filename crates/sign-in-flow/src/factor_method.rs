//! How each kind of factor is verified and enrolled: two tables. What treats kinds alike asks here. Not here: markup, or a request.

use okta_authn::FactorKind;

/// How a factor is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyMethod {
    /// A code must be sent first, then typed.
    SentCode,
    /// A code is at hand.
    Code,
    /// A question is answered.
    Answer,
    /// The password is typed.
    Password,
    /// A phone is asked, and waited for.
    Push,
    /// An authenticator of this device, or a key, is asked.
    Authenticator,
    /// Duo's frame asks.
    Duo,
    /// Another site asks.
    Redirect,
    /// Browsers have dropped what it needs.
    Gone,
    /// Not known here.
    Unknown,
}

/// How a factor of this kind is proved.
pub fn verify_method(kind: FactorKind) -> VerifyMethod {
    match kind {
        FactorKind::Sms | FactorKind::Call | FactorKind::Email => VerifyMethod::SentCode,
        FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Rsa
        | FactorKind::OnPrem
        | FactorKind::Symantec
        | FactorKind::YubiKey
        | FactorKind::Hotp => VerifyMethod::Code,
        FactorKind::Question => VerifyMethod::Answer,
        FactorKind::Password => VerifyMethod::Password,
        FactorKind::Push => VerifyMethod::Push,
        FactorKind::WebAuthn => VerifyMethod::Authenticator,
        FactorKind::Duo => VerifyMethod::Duo,
        FactorKind::Redirect => VerifyMethod::Redirect,
        FactorKind::U2f => VerifyMethod::Gone,
        FactorKind::Unknown => VerifyMethod::Unknown,
    }
}

/// What setting up a factor begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrollMethod {
    /// Nothing has to be typed.
    Direct,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A question and its answer.
    Question,
    /// A serial number and a code.
    Token,
    /// A serial number and two codes in a row.
    TokenTwice,
    /// A code of the device.
    Passcode,
    /// A password.
    Password,
    /// An admin does it.
    Admin,
    /// Browsers have dropped what it needs.
    Gone,
    /// Not known here.
    Unknown,
}

/// What setting up a factor of this kind begins with (docs/authn-api.md#factors, column "enroll body").
pub fn enroll_method(kind: FactorKind) -> EnrollMethod {
    match kind {
        FactorKind::Sms | FactorKind::Call => EnrollMethod::Phone,
        FactorKind::Question => EnrollMethod::Question,
        FactorKind::Rsa | FactorKind::OnPrem => EnrollMethod::Token,
        FactorKind::Symantec => EnrollMethod::TokenTwice,
        FactorKind::YubiKey => EnrollMethod::Passcode,
        FactorKind::Password => EnrollMethod::Password,
        FactorKind::Email
        | FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Push
        | FactorKind::WebAuthn
        | FactorKind::Duo
        | FactorKind::Redirect => EnrollMethod::Direct,
        FactorKind::Hotp => EnrollMethod::Admin,
        FactorKind::U2f => EnrollMethod::Gone,
        FactorKind::Unknown => EnrollMethod::Unknown,
    }
}
