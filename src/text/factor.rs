//! Names of factors, by themselves and in a sentence, and what each is. Not here: how one is proved.

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
        FactorKind::WebAuthn if is_windows_hello(factor) => Key::FACTOR_WINDOWS_HELLO,
        FactorKind::WebAuthn => Key::FACTOR_WEBAUTHN,
        FactorKind::Password => Key::FACTOR_PASSWORD,
        FactorKind::OnPrem => return label(text, factor).unwrap_or_else(|| text.get(Key::FACTOR_ON_PREM).into()),
        FactorKind::Hotp => return label(text, factor).unwrap_or_else(|| text.get(Key::FACTOR_HOTP).into()),
        FactorKind::Redirect => {
            let keys = [Key::FACTOR_SAML, Key::FACTOR_OIDC, Key::FACTOR_REDIRECT];
            return label(text, factor).unwrap_or_else(|| text.get(by_protocol(factor, keys)).into());
        }
        FactorKind::Unknown => return text.fill(Key::FACTOR_UNKNOWN, &[("type", &factor.factor_type)]).into(),
    };
    text.get(key).into()
}

/// The same inside a sentence, such as "Set up ...".
pub fn factor_in_sentence(text: Text, factor: &Factor) -> Cow<'static, str> {
    let key = match factor.kind() {
        FactorKind::Question => Key::FACTOR_IN_QUESTION,
        FactorKind::Sms => Key::FACTOR_IN_SMS,
        FactorKind::Call => Key::FACTOR_IN_CALL,
        FactorKind::Email => Key::FACTOR_IN_EMAIL,
        FactorKind::OktaTotp => Key::FACTOR_IN_OKTA_TOTP,
        FactorKind::Rsa => Key::FACTOR_IN_RSA,
        FactorKind::YubiKey => Key::FACTOR_IN_YUBIKEY,
        FactorKind::U2f => Key::FACTOR_IN_U2F,
        FactorKind::WebAuthn if !is_windows_hello(factor) => Key::FACTOR_IN_WEBAUTHN,
        FactorKind::Password => Key::FACTOR_IN_PASSWORD,
        FactorKind::OnPrem | FactorKind::Hotp => match label(text, factor) {
            Some(label) => return text.fill(Key::FACTOR_IN_LABELLED, &[("factor", &label)]).into(),
            None if factor.kind() == FactorKind::Hotp => Key::FACTOR_IN_HOTP,
            None => Key::FACTOR_IN_ON_PREM,
        },
        FactorKind::Redirect => match label(text, factor) {
            Some(label) => return label,
            None => by_protocol(factor, [Key::FACTOR_IN_SAML, Key::FACTOR_IN_OIDC, Key::FACTOR_IN_REDIRECT]),
        },
        FactorKind::Unknown => return text.fill(Key::FACTOR_IN_UNKNOWN, &[("type", &factor.factor_type)]).into(),
        // The name of a product is the same everywhere.
        _ => return factor_name(text, factor),
    };
    text.get(key).into()
}

/// What using it is like, in a line; `None` where the name says it.
pub fn about_factor(text: Text, factor: &Factor) -> Option<&'static str> {
    let key = match factor.kind() {
        FactorKind::Sms | FactorKind::Email => Key::FACTOR_ABOUT_SENT,
        FactorKind::Call => Key::FACTOR_ABOUT_CALL,
        FactorKind::Question => Key::FACTOR_ABOUT_QUESTION,
        FactorKind::OktaTotp | FactorKind::GoogleTotp => Key::FACTOR_ABOUT_APP,
        FactorKind::Push | FactorKind::Duo => Key::FACTOR_ABOUT_PUSH,
        FactorKind::Rsa | FactorKind::OnPrem | FactorKind::Symantec | FactorKind::Hotp => Key::FACTOR_ABOUT_TOKEN,
        FactorKind::YubiKey => Key::FACTOR_ABOUT_YUBIKEY,
        FactorKind::WebAuthn => Key::FACTOR_ABOUT_WEBAUTHN,
        FactorKind::Redirect => Key::FACTOR_ABOUT_REDIRECT,
        FactorKind::U2f | FactorKind::Password | FactorKind::Unknown => return None,
    };
    Some(text.get(key))
}

/// The label that an admin gave.
fn label(text: Text, factor: &Factor) -> Option<Cow<'static, str>> {
    let label = factor.vendor_name.as_ref().filter(|label| !label.trim().is_empty())?;
    Some(text.isolate(label).into_owned().into())
}

/// Tells other sites apart that have no label: SAML, `OpenID` Connect, or neither.
fn by_protocol(factor: &Factor, [saml, oidc, other]: [Key; 3]) -> Key {
    match factor.factor_type.as_str() {
        "assertion:saml2" => saml,
        "assertion:oidc" => oidc,
        _ => other,
    }
}

/// Windows Hello before WebAuthn, as its challenge tells.
fn is_windows_hello(factor: &Factor) -> bool {
    factor.challenge.as_ref().is_some_and(|challenge| challenge.is_legacy)
        || factor.activation.as_ref().is_some_and(|activation| activation.is_legacy)
}

/// The security question in words, or a plain label where the org sent none.
pub fn question(text: Text, factor: &Factor) -> Cow<'static, str> {
    match &factor.question_text {
        Some(question) if !question.trim().is_empty() => text.isolate(question).into_owned().into(),
        _ => text.get(Key::VERIFY_QUESTION_ANSWER).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use okta_authn::links::Links;

    fn factor(factor_type: &str, provider: &str, label: Option<&str>) -> Factor {
        let errors = okta_authn::reader::DecodeErrors::default();
        let body = serde_json::json!({"factorType": factor_type, "provider": provider, "vendorName": label});
        let body = serde_json::from_value(body).unwrap_or(okta_authn::wire::Value::Null);
        Factor { links: Links::default(), ..Factor::read(&okta_authn::reader::Reader::new(&body, &errors)) }
    }

    #[test]
    fn a_name_fits_into_a_sentence() {
        for (factor_type, provider, label, name, in_sentence) in [
            ("sms", "OKTA", None, "Text message", "text messages"),
            ("question", "OKTA", None, "Security question", "a security question"),
            ("token:software:totp", "GOOGLE", None, "Google Authenticator", "Google Authenticator"),
            ("token:hotp", "CUSTOM", Some("CUSTOM"), "Hardware token", "your hardware token"),
            ("token", "DEL_OATH", Some("Acme key fob"), "Acme key fob", "your Acme key fob"),
            ("assertion:saml2", "GENERIC_SAML", Some("Acme"), "Acme", "Acme"),
            (
                "assertion:oidc",
                "GENERIC_OIDC",
                None,
                "Another sign-in service (OpenID Connect)",
                "another sign-in service (OpenID Connect)",
            ),
        ] {
            let factor = factor(factor_type, provider, label);
            assert_eq!(
                (&*factor_name(Text::ENGLISH, &factor), &*factor_in_sentence(Text::ENGLISH, &factor)),
                (name, in_sentence)
            );
        }
    }
}
