//! Names of factors. Never here: how one is proved.

use super::{Key, Text};
use crate::authn::{Factor, FactorKind};
use std::borrow::Cow;

/// What people call a factor: our word for its kind, or the label an admin gave.
pub fn factor_name(text: Text, factor: &Factor) -> Cow<'static, str> {
    let key = match factor.kind() {
        FactorKind::Question => Key::FactorQuestion,
        FactorKind::Sms => Key::FactorSms,
        FactorKind::Call => Key::FactorCall,
        FactorKind::Email => Key::FactorEmail,
        FactorKind::OktaTotp => Key::FactorOktaTotp,
        FactorKind::GoogleTotp => Key::FactorGoogleTotp,
        FactorKind::Push => Key::FactorPush,
        FactorKind::Rsa => Key::FactorRsa,
        FactorKind::Symantec => Key::FactorSymantec,
        FactorKind::YubiKey => Key::FactorYubikey,
        FactorKind::Duo => Key::FactorDuo,
        FactorKind::U2f => Key::FactorU2f,
        FactorKind::WebAuthn => Key::FactorWebauthn,
        FactorKind::Password => Key::FactorPassword,
        FactorKind::OnPrem => return labelled(text, factor, Key::FactorOnPrem),
        FactorKind::Hotp => return labelled(text, factor, Key::FactorHotp),
        FactorKind::Redirect => return labelled(text, factor, Key::FactorRedirect),
        FactorKind::Unknown => return text.fill(Key::FactorUnknown, &[("type", &factor.factor_type)]).into(),
    };
    text.get(key).into()
}

fn labelled(text: Text, factor: &Factor, key: Key) -> Cow<'static, str> {
    match &factor.vendor_name {
        Some(label) if *label != factor.provider && !label.trim().is_empty() => label.clone().into(),
        _ => text.get(key).into(),
    }
}

/// The security question in words, or a plain label where the org sent none.
pub fn question(text: Text, factor: &Factor) -> Cow<'static, str> {
    match &factor.question_text {
        Some(question) if !question.trim().is_empty() => question.clone().into(),
        _ => text.get(Key::VerifyQuestionAnswer).into(),
    }
}
