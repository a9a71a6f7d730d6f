//! Names of factors. Not here: how one is proved.

use super::{Key, Text};
use okta_authn::{Factor, FactorKind};
use std::borrow::Cow;

/// What people call a factor: our word for its kind, or the label an admin gave.
pub fn factor_name(text: Text, factor: &Factor) -> Cow<'static, str> {
    let key = match factor.kind() {
        FactorKind::Question => Key::FACTOR_QUESTION,
        FactorKind::Sms => Key::FACTOR_SMS,
        FactorKind::Call => Key::FACTOR_CALL,
        FactorKind::Email => Key::FACTOR_EMAIL,
        FactorKind::OktaTotp => Key::FACTOR_OKTA_TOTP,
        FactorKind::GoogleTotp => Key::FACTOR_GOOGLE_TOTP,
        FactorKind::Push => Key::FACTOR_PUSH,
        FactorKind::Rsa => Key::FACTOR_RSA,
        FactorKind::Symantec => Key::FACTOR_SYMANTEC,
        FactorKind::YubiKey => Key::FACTOR_YUBIKEY,
        FactorKind::Duo => Key::FACTOR_DUO,
        FactorKind::U2f => Key::FACTOR_U2F,
        FactorKind::WebAuthn => Key::FACTOR_WEBAUTHN,
        FactorKind::Password => Key::FACTOR_PASSWORD,
        FactorKind::OnPrem => return labelled(text, factor, Key::FACTOR_ON_PREM),
        FactorKind::Hotp => return labelled(text, factor, Key::FACTOR_HOTP),
        FactorKind::Redirect => return labelled(text, factor, Key::FACTOR_REDIRECT),
        FactorKind::Unknown => return text.fill(Key::FACTOR_UNKNOWN, &[("type", &factor.factor_type)]).into(),
    };
    text.get(key).into()
}

fn labelled(text: Text, factor: &Factor, key: Key) -> Cow<'static, str> {
    text.own_or(factor.vendor_name.as_ref(), key)
}

/// The security question in words, or a plain label where the org sent none.
pub fn question(text: Text, factor: &Factor) -> Cow<'static, str> {
    match &factor.question_text {
        Some(question) if !question.trim().is_empty() => question.clone().into(),
        _ => text.get(Key::VERIFY_QUESTION_ANSWER).into(),
    }
}
