//! Factors (contract 1.9): what the org sends about one, plus a [`FactorKind`] derived from the pair
//! (factorType, provider). Never here: how a factor is drawn or named.

use super::activation::{Activation, Challenge};
use super::factor_kind::FactorKind;
use super::links::Links;
use super::open_enum::open_enum;
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

/// How many of one factor there are and may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instances {
    /// Enrolled so far.
    pub enrolled: u32,
    /// Wanted at least.
    pub minimum: u32,
    /// Allowed at most.
    pub maximum: u32,
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
    /// Where several of one factor are allowed.
    pub instances: Option<Instances>,
    /// Masked phone number, for SMS and calls: the enrolled one, or one the org knows.
    pub phone_number: Option<String>,
    /// Masked address, for e-mail.
    pub email: Option<String>,
    /// The question in words.
    pub question_text: Option<String>,
    /// Account name, serial number or the like.
    pub credential_id: Option<String>,
    /// Name of the phone or the key, as its owner knows it.
    pub device_name: Option<String>,
    /// Operating system of the phone: `IOS`, `ANDROID`.
    pub platform: Option<String>,
    /// `verify`, `enroll`, `questions`.
    pub links: Links,
    /// What an enrolment in work hands out.
    pub activation: Option<Activation>,
    /// What a challenge in work asks.
    pub challenge: Option<Challenge>,
}

impl Factor {
    /// Reads one factor item.
    pub fn read(value: &Value) -> Decoded<Self> {
        let profile = |name: &str| {
            let member = value.optional("profile", |profile| profile.optional(name, Value::text));
            member.map(Option::flatten)
        };
        let embedded = |name: &'static str, read: fn(&Value) -> Decoded<Activation>| {
            value.optional("_embedded", |embedded| embedded.optional(name, read)).map(Option::flatten)
        };
        let credential_id = profile("credentialId")?;
        let credentials = credential_id.as_slice();
        Ok(Self {
            id: value.optional("id", Value::text)?,
            factor_type: value.object()?.required("factorType", Value::text)?,
            provider: value.required("provider", Value::text)?,
            vendor_name: value.optional("vendorName", Value::text)?,
            status: value.optional("status", Value::text)?.as_deref().map(FactorStatus::from),
            enrollment: value.optional("enrollment", Value::text)?.as_deref().map(Enrollment::from),
            instances: instances(value)?,
            phone_number: profile("phoneNumber")?.or(known_contact(value, "phones", "phoneNumber")?),
            email: profile("email")?.or(known_contact(value, "emails", "email")?),
            question_text: profile("questionText")?.or(profile("question")?),
            device_name: profile("authenticatorName")?.or(profile("name")?),
            platform: profile("platform")?,
            links: Links::of(value)?,
            activation: embedded("activation", Activation::read)?,
            challenge: value.optional("_embedded", |embedded| Challenge::read(embedded, credentials))?,
            credential_id,
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

    /// Whether it is set up as far as the policy asks.
    pub fn is_done(&self) -> bool {
        match self.instances {
            Some(Instances { enrolled, minimum, .. }) if self.enrollment == Some(Enrollment::Required) => {
                enrolled > 0 && enrolled >= minimum
            }
            Some(instances) => instances.enrolled > 0,
            None => self.status == Some(FactorStatus::Active),
        }
    }

    /// Whether one (more) may be set up: the org says so by a link, and the number allowed is not reached.
    pub fn may_enroll(&self) -> bool {
        let room = self.instances.map_or(!self.is_done(), |instances| instances.enrolled < instances.maximum);
        room && self.links.get("enroll").is_some()
    }
}

/// `profiles` win over `policy.enrollment` where both exist (contract 1.5).
fn instances(value: &Value) -> Decoded<Option<Instances>> {
    let in_profiles = value.optional("profiles", |profiles| profiles.each(profile_instances))?;
    if let Some(found) = in_profiles.into_iter().flatten().flatten().next() {
        return Ok(Some(found));
    }
    let policy = value.optional("policy", |policy| {
        policy.optional("enrollment", |enrollment| {
            Ok(Instances {
                enrolled: enrollment.optional("enrolled", Value::count)?.unwrap_or(0),
                minimum: enrollment.optional("minimum", Value::count)?.unwrap_or(0),
                maximum: enrollment.optional("maximum", Value::count)?.unwrap_or(1),
            })
        })
    });
    policy.map(Option::flatten)
}

fn profile_instances(profile: &Value) -> Decoded<Option<Instances>> {
    let embedded = |embedded: &Value| {
        let enrolled = embedded.optional("enrolledFactors", |factors| factors.each(|_| Ok(())))?.unwrap_or_default();
        let features = embedded.optional("features", |features| features.each(cardinality))?.unwrap_or_default();
        let enrolled = u32::try_from(enrolled.len()).unwrap_or(u32::MAX);
        let bounds = features.into_iter().flatten().next();
        Ok(bounds.map(|(minimum, maximum)| Instances { enrolled, minimum, maximum }))
    };
    Ok(profile.optional("_embedded", embedded)?.flatten())
}

fn cardinality(feature: &Value) -> Decoded<Option<(u32, u32)>> {
    feature.optional("cardinality", |bounds| {
        let bound = |name, default| bounds.optional(name, Value::count).map(|bound| bound.unwrap_or(default));
        Ok((bound("min", 0)?, bound("max", 1)?))
    })
}

/// The first phone or address the org knows of, for factors that are not enrolled yet.
fn known_contact(value: &Value, list: &str, member: &str) -> Decoded<Option<String>> {
    let contact = |contact: &Value| contact.optional("profile", |profile| profile.optional(member, Value::text));
    let contacts = value.optional("_embedded", |embedded| {
        embedded.optional(list, |list| match list {
            Value::List(items) => items.iter().map(contact).collect::<Decoded<Vec<_>>>(),
            _ => list.expected("an array"),
        })
    })?;
    Ok(contacts.flatten().into_iter().flatten().flatten().flatten().next())
}
