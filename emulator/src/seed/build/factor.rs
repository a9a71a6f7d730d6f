//! Checks and builds factors; the same function does both.

use data_encoding::BASE32_NOPAD;

use crate::{
    org::{
        factor::{Factor, FactorData, Phone, Question},
        kind::Kind,
        push::{App, Behaviour, Platform},
        token::{Style, Token},
        totp::TotpDevice,
    },
    random::Random,
    seed::{
        Mistake,
        file::{self, Spanned},
    },
    time::Timestamp,
};

/// The kind with this name.
pub(super) fn kind(key: &Spanned<String>) -> Result<Kind, Mistake> {
    Kind::from_key(key.get_ref()).ok_or_else(|| {
        let all: Vec<&str> = Kind::all().map(Kind::key).collect();
        Mistake::at(key, format!("there is no kind of factor `{}`; these are: {}", key.get_ref(), all.join(", ")))
    })
}

/// The factor; `None` if [`data`] reports a mistake.
pub(super) fn factor(factor: &file::Factor, random: &mut Random, now: Timestamp) -> Option<Factor> {
    let kind = kind(&factor.kind).ok()?;
    Some(Factor {
        id: factor.id.clone().unwrap_or_else(|| random.id(kind.prefix())),
        kind,
        vendor: factor.vendor.clone(),
        data: data(factor, random).ok()?,
        created: now,
        updated: now,
        implied: false,
    })
}

/// The factor's data, or the mistake in it.
pub(super) fn data(factor: &file::Factor, random: &mut Random) -> Result<FactorData, Mistake> {
    let needs = |name: &str| {
        Mistake::at(&factor.kind, format!("a factor of the kind {} needs `{name}`", factor.kind.get_ref()))
    };
    Ok(match kind(&factor.kind)? {
        Kind::Question => FactorData::Question(Question {
            key: factor.question.clone().ok_or_else(|| needs("question"))?,
            text: factor.question_text.clone().ok_or_else(|| needs("question_text"))?,
            answer: factor.answer.clone().ok_or_else(|| needs("answer"))?,
        }),
        Kind::Sms | Kind::Call => {
            let phone = factor.phone.as_ref().ok_or_else(|| needs("phone"))?;
            if !phone.get_ref().strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            {
                return Err(Mistake::at(phone, "`phone` must be written like +14155554259"));
            }
            FactorData::Phone(Phone { number: phone.get_ref().clone(), extension: factor.extension.clone() })
        }
        Kind::Email => FactorData::Mailbox,
        Kind::OktaTotp | Kind::GoogleTotp => FactorData::Totp(device(factor, random)?),
        Kind::Push => FactorData::App(App {
            device_name: factor.device_name.clone().unwrap_or_else(|| "Emulated phone".to_owned()),
            platform: match factor.platform {
                file::Platform::Ios => Platform::Ios,
                file::Platform::Android => Platform::Android,
            },
            behaviour: match factor.behaviour {
                file::Behaviour::Plain => Behaviour::Plain,
                file::Behaviour::NumberChallenge => Behaviour::NumberChallenge,
                file::Behaviour::TooOld => Behaviour::TooOld,
            },
        }),
        kind @ (Kind::Rsa | Kind::OnPrem | Kind::Symantec | Kind::Yubikey | Kind::Hotp) => {
            let mut token = token(kind, device(factor, random)?);
            if let Some(name) = &factor.credential_id {
                token.credential_id.clone_from(name);
            }
            if let Style::Pin { pin, asks_for_new } = &mut token.style {
                *asks_for_new = factor.asks_for_new_pin;
                if let Some(own) = &factor.pin {
                    pin.clone_from(own);
                }
            }
            FactorData::Token(token)
        }
        Kind::Duo | Kind::Saml | Kind::Oidc | Kind::ClaimsProvider => {
            FactorData::Account { name: factor.credential_id.clone().unwrap_or_else(|| "emulated".to_owned()) }
        }
        Kind::Password => FactorData::Password,
        Kind::Webauthn | Kind::U2f => {
            let what = format!(
                "a factor of the kind {} is made by a browser, and can not be written here",
                factor.kind.get_ref()
            );
            return Err(Mistake::at(&factor.kind, what));
        }
    })
}

fn device(factor: &file::Factor, random: &mut Random) -> Result<TotpDevice, Mistake> {
    Ok(TotpDevice::new(match &factor.secret {
        Some(secret) => BASE32_NOPAD
            .decode(secret.get_ref().as_bytes())
            .map_err(|_| Mistake::at(secret, "`secret` must be base32"))?,
        None => random.bytes::<10>().to_vec(),
    }))
}

/// A hardware token of this kind.
pub(super) fn token(kind: Kind, device: TotpDevice) -> Token {
    let style = match kind {
        Kind::Yubikey => Style::Yubikey { uses: 0 },
        Kind::Hotp => Style::Counted { uses: 0 },
        Kind::Rsa | Kind::OnPrem => Style::Pin { pin: "1234".to_owned(), asks_for_new: false },
        _ => Style::Timed,
    };
    Token { style, credential_id: format!("{}0001", kind.key()), device }
}
