//! How each kind of factor is proved and set up: two tables. Everything that treats kinds alike asks here.
//! Never here: markup, or a request.

use crate::authn::FactorKind;

/// How a factor is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proving {
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
pub fn proving(kind: FactorKind) -> Proving {
    match kind {
        FactorKind::Sms | FactorKind::Call | FactorKind::Email => Proving::SentCode,
        FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Rsa
        | FactorKind::OnPrem
        | FactorKind::Symantec
        | FactorKind::YubiKey
        | FactorKind::Hotp => Proving::Code,
        FactorKind::Question => Proving::Answer,
        FactorKind::Password => Proving::Password,
        FactorKind::Push => Proving::Push,
        FactorKind::WebAuthn => Proving::Authenticator,
        FactorKind::Duo => Proving::Duo,
        FactorKind::Redirect => Proving::Redirect,
        FactorKind::U2f => Proving::Gone,
        FactorKind::Unknown => Proving::Unknown,
    }
}

/// What setting up a factor begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolling {
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

/// What setting up a factor of this kind begins with (contract 1.9, column "enroll body").
pub fn enrolling(kind: FactorKind) -> Enrolling {
    match kind {
        FactorKind::Sms | FactorKind::Call => Enrolling::Phone,
        FactorKind::Question => Enrolling::Question,
        FactorKind::Rsa | FactorKind::OnPrem => Enrolling::Token,
        FactorKind::Symantec => Enrolling::TokenTwice,
        FactorKind::YubiKey => Enrolling::Passcode,
        FactorKind::Password => Enrolling::Password,
        FactorKind::Email
        | FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Push
        | FactorKind::WebAuthn
        | FactorKind::Duo
        | FactorKind::Redirect => Enrolling::Direct,
        FactorKind::Hotp => Enrolling::Admin,
        FactorKind::U2f => Enrolling::Gone,
        FactorKind::Unknown => Enrolling::Unknown,
    }
}
