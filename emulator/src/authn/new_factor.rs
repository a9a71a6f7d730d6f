//! Reads and checks the input for a new factor: kind, profile, phone number, token.

use data_encoding::BASE32_NOPAD;

use crate::{
    authn::recovery::QUESTIONS,
    call::{Call, Input},
    error::{self, ApiError},
    org::{
        Org,
        factor::{FactorData, Phone, Question},
        kind::Kind,
        push::{App, Behaviour, Platform},
        token::{Style, TokenCheck},
        totp::TotpDevice,
        user::User,
    },
};

/// The requested kind, if the policy lists it and the user may have one more.
pub(super) fn chosen(org: &Org, call: &Call, user: &User) -> Result<Kind, ApiError> {
    let factor_type = call.input.required("factorType")?;
    let provider = call.input.required("provider")?;
    let policy = org.enroll_policy(user)?;
    let kind = Kind::from_wire(factor_type, provider)
        .filter(|kind| policy.factors.iter().any(|(one, _)| one == kind))
        .ok_or_else(|| refused(format!("{factor_type} of {provider} can not be enrolled here")))?;
    if user.count(kind) >= policy.maximum(kind) {
        return Err(refused("A factor of this type is already set up."));
    }
    Ok(kind)
}

/// The error for an enrollment that is not possible.
pub(crate) fn refused(cause: impl Into<String>) -> ApiError {
    error::VALIDATION.about("factorEnrollRequest").and(cause)
}

/// The data that the org stores for the factor.
pub(crate) fn data(org: &mut Org, call: &Call, user: &User, kind: Kind) -> Result<FactorData, ApiError> {
    let profile = call.input.object("profile")?;
    Ok(match kind {
        Kind::Question => FactorData::Question(question(&profile)?),
        Kind::Sms => FactorData::Phone(Phone { extension: None, ..phone(call, user, &profile)? }),
        Kind::Call => FactorData::Phone(phone(call, user, &profile)?),
        Kind::Email => FactorData::Mailbox,
        Kind::OktaTotp | Kind::GoogleTotp => FactorData::Totp(TotpDevice::new(org.random.bytes::<10>().to_vec())),
        Kind::Push => FactorData::App(App {
            device_name: "Emulated phone".to_owned(),
            platform: Platform::Ios,
            behaviour: Behaviour::Plain,
        }),
        Kind::Rsa | Kind::OnPrem | Kind::Symantec | Kind::Yubikey => token(org, call, kind, &profile)?,
        Kind::Webauthn | Kind::U2f => FactorData::Key(None),
        Kind::Duo | Kind::Saml | Kind::Oidc | Kind::ClaimsProvider => {
            FactorData::Account { name: user.profile.login.clone() }
        }
        Kind::Password => FactorData::Password,
        Kind::Hotp => return Err(refused("This token is handed out by your administrator.")),
    })
}

fn question(profile: &Input) -> Result<Question, ApiError> {
    let key = profile.required("question")?;
    let answer = profile.required("answer")?;
    if answer.trim().chars().count() < 4 {
        return Err(refused("The security question answer must be at least 4 characters in length"));
    }
    let listed = QUESTIONS.iter().find(|(one, _)| *one == key);
    let text = listed.map_or(key, |(_, text)| *text).to_owned();
    let lower = text.to_lowercase();
    if lower.contains(&answer.trim().to_lowercase()) {
        return Err(refused("The answer must not be part of the question."));
    }
    Ok(Question { key: key.to_owned(), text, answer: answer.to_owned() })
}

/// The phone number in a profile, without separators.
pub(crate) fn number(profile: &Input) -> Result<String, ApiError> {
    let number: String =
        profile.required("phoneNumber")?.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused("Invalid Phone Number."));
    }
    // North American numbers have eleven digits, and neither area code nor exchange begins with 0 or 1; `validatePhone: false`
    // accepts any other.
    let insists = profile.value("validatePhone").and_then(serde_json::Value::as_bool) == Some(false);
    let begins = |place| digits.as_bytes().get(place).is_some_and(|digit| matches!(digit, b'2'..=b'9'));
    let is_american = digits.len() == 11 && begins(1) && begins(4);
    if digits.starts_with('1') && !is_american && !insists {
        return Err(error::INVALID_PHONE.into());
    }
    Ok(number)
}

fn phone(call: &Call, user: &User, profile: &Input) -> Result<Phone, ApiError> {
    let number = number(profile)?;
    let known = user.mobile_phone.as_ref().filter(|known| known.number != number);
    if known.is_some() && !call.asks_for("updatePhone") {
        return Err(refused("There is an existing verified phone number."));
    }
    let extension = profile.text("phoneExtension")?.filter(|text| !text.is_empty()).map(str::to_owned);
    if extension.iter().flat_map(|text| text.chars()).any(|letter| !matches!(letter, '0'..='9' | ',' | '*' | '#')) {
        return Err(error::PHONE_EXTENSION.into());
    }
    Ok(Phone { number, extension })
}

/// Enrolls a spare token: its code must be right; `credentialId` becomes its name.
fn token(org: &mut Org, call: &Call, kind: Kind, profile: &Input) -> Result<FactorData, ApiError> {
    let passcode = call.input.required("passCode")?.trim();
    let spare = org.spare_tokens.get_mut(&kind).ok_or(error::NOT_PERMITTED)?;
    if kind == Kind::Symantec {
        let next = call.input.required("nextPassCode")?.trim();
        if !spare.device.are_consecutive(passcode, next, call.now) {
            return Err(wrong_code());
        }
    }
    match spare.check(passcode, call.now) {
        TokenCheck::Right => {}
        TokenCheck::Wants(prompt) => return Err(error::WANTS_MORE.saying(prompt)),
        TokenCheck::Reused => return Err(error::CODE_REUSED.into()),
        TokenCheck::Wrong | TokenCheck::OutsideWindow => return Err(wrong_code()),
    }
    let mut token = spare.clone();
    token.credential_id = match kind {
        Kind::Yubikey => BASE32_NOPAD.encode(token.device.secret.get(..5).unwrap_or_default()),
        _ => profile.required("credentialId")?.to_owned(),
    };
    // The next spare token gets a new secret.
    spare.device = TotpDevice::new(org.random.bytes::<20>().to_vec());
    if let Style::Yubikey { uses } | Style::Counted { uses } = &mut spare.style {
        *uses = 0;
    }
    Ok(FactorData::Token(token))
}

fn wrong_code() -> ApiError {
    refused("Invalid Passcode/Answer")
}
