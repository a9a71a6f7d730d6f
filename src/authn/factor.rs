//! Factors (contract 1.9): what the org sends about one, plus a [`FactorKind`] derived from the pair
//! (factorType, provider). Never here: how a factor is drawn or named.

use super::links::{Link, Links};
use super::open_enum::open_enum;
use super::secret::SharedSecret;
use super::wire::{Decoded, Value};

open_enum! {
    /// `factor.status` in an enrolment list.
    FactorStatus {
        /// Not enrolled yet.
        NotSetup = "NOT_SETUP",
        /// Enrolled and usable.
        Active = "ACTIVE",
        /// Enrolled but not proved yet.
        PendingActivation = "PENDING_ACTIVATION",
    }
}

open_enum! {
    /// `factor.enrollment`: what the policy asks.
    Enrollment {
        /// Must be set up before going on.
        Required = "REQUIRED",
        /// May be set up.
        Optional = "OPTIONAL",
    }
}

/// What a factor is, by type and provider together (the table of contract 1.9).
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
    fn of(factor_type: &str, provider: &str) -> Self {
        match (factor_type, provider) {
            ("question", _) => Self::Question,
            ("sms", _) => Self::Sms,
            ("call", _) => Self::Call,
            ("email", _) => Self::Email,
            ("token:software:totp", "GOOGLE") => Self::GoogleTotp,
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

/// One factor, offered, enrolled or in work.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Absent until enrolled. Opaque: never parsed.
    pub id: Option<String>,
    /// As in `token:software:totp`.
    pub factor_type: String,
    /// As in `GOOGLE`.
    pub provider: String,
    /// The label an admin gave, for providers that are one.
    pub vendor_name: Option<String>,
    /// In enrolment lists.
    pub status: Option<FactorStatus>,
    /// In enrolment lists.
    pub enrollment: Option<Enrollment>,
    /// Masked phone number, for SMS and calls.
    pub phone_number: Option<String>,
    /// Masked address, for e-mail.
    pub email: Option<String>,
    /// The question in words.
    pub question_text: Option<String>,
    /// Account name, serial number or the like.
    pub credential_id: Option<String>,
    /// `verify`, `enroll`, `questions`.
    pub links: Links,
    /// What an enrolment in work hands out.
    pub activation: Option<Activation>,
}

impl Factor {
    /// Reads one factor item.
    pub fn read(value: &Value) -> Decoded<Self> {
        let profile = |name: &str| {
            let member = value.optional("profile", |profile| profile.optional(name, Value::text));
            member.map(Option::flatten)
        };
        Ok(Self {
            id: value.optional("id", Value::text)?,
            factor_type: value.object()?.required("factorType", Value::text)?,
            provider: value.required("provider", Value::text)?,
            vendor_name: value.optional("vendorName", Value::text)?,
            status: value.optional("status", Value::text)?.as_deref().map(FactorStatus::from),
            enrollment: value.optional("enrollment", Value::text)?.as_deref().map(Enrollment::from),
            phone_number: profile("phoneNumber")?,
            email: profile("email")?,
            question_text: profile("questionText")?.or(profile("question")?),
            credential_id: profile("credentialId")?,
            links: Links::of(value)?,
            activation: value
                .optional("_embedded", |embedded| embedded.optional("activation", Activation::read))?
                .flatten(),
        })
    }

    /// What this factor is.
    pub fn kind(&self) -> FactorKind {
        FactorKind::of(&self.factor_type, &self.provider)
    }

    /// Whether two items mean the same thing: the same id, or the same pair where none is enrolled.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.id, &other.id) {
            (Some(id), Some(other_id)) => id == other_id,
            _ => self.factor_type == other.factor_type && self.provider == other.provider,
        }
    }
}

/// What the person needs to enrol an authenticator app (contract 1.9).
#[derive(Clone, Debug, PartialEq)]
pub struct Activation {
    /// The seed to type where no camera helps.
    pub shared_secret: Option<SharedSecret>,
    /// The same as an image.
    pub qrcode: Option<Link>,
}

impl Activation {
    fn read(value: &Value) -> Decoded<Self> {
        Ok(Self {
            shared_secret: value.optional("sharedSecret", Value::text)?.map(SharedSecret::new),
            qrcode: Links::of(value)?.get("qrcode").cloned(),
        })
    }
}
