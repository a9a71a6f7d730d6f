//! Factors (docs/authn-api.md#factors): what the org sends about one, plus a [`FactorKind`] derived from the pair
//! (factorType, provider). Not here: how a factor is drawn or named.

use super::activation::{Activation, Challenge};
use super::factor_kind::FactorKind;
use super::links::Links;
use super::open_enum::open_enum;
use super::reader::Reader;

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
    EnrollmentPolicy {
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

/// A security question of the org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What a request says.
    pub key: String,
    /// What people read.
    pub text: String,
}

impl Question {
    /// Reads a list of them.
    pub fn list(questions: &Reader) -> Vec<Self> {
        questions.each_readable(|question| Self {
            key: question.at("question").required_text(),
            text: question.at("questionText").required_text(),
        })
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
    /// The label an admin gave, for providers that are one: where it differs from the provider's name.
    pub vendor_name: Option<String>,
    /// In enrolment lists.
    pub status: Option<FactorStatus>,
    /// In enrolment lists.
    pub enrollment: Option<EnrollmentPolicy>,
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
    /// `verify`, `enroll`, `questions`.
    pub links: Links,
    /// What an enrolment in work hands out.
    pub activation: Option<Activation>,
    /// What a challenge in work asks.
    pub challenge: Option<Challenge>,
}

impl Factor {
    /// Reads one factor item.
    pub fn read(factor: &Reader) -> Self {
        let (profile, embedded) = (factor.at("profile"), factor.at("_embedded"));
        let text = |name| profile.at(name).text();
        let credential_id = text("credentialId");
        let provider = factor.at("provider").text().unwrap_or_default();
        let label = factor.at("vendorName").text().filter(|label| *label != provider);
        Self {
            id: factor.at("id").text(),
            factor_type: factor.at("factorType").required_text(),
            vendor_name: label.or_else(|| profile_name(factor)),
            provider,
            status: factor.at("status").text().as_deref().map(FactorStatus::from),
            enrollment: factor.at("enrollment").text().as_deref().map(EnrollmentPolicy::from),
            instances: instances(factor),
            phone_number: text("phoneNumber").or_else(|| known_contact(&embedded.at("phones"), "phoneNumber")),
            email: text("email").or_else(|| known_contact(&embedded.at("emails"), "email")),
            question_text: text("questionText").or_else(|| text("question")),
            device_name: text("authenticatorName").or_else(|| text("name")),
            links: Links::readable(factor),
            activation: Activation::read(&embedded.at("activation")),
            challenge: embedded.is_object().then(|| Challenge::read(&embedded, credential_id.as_slice())),
            credential_id,
        }
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
            Some(Instances { enrolled, minimum, .. }) if self.enrollment == Some(EnrollmentPolicy::Required) => {
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

/// `profiles` win over `policy.enrollment` where both exist (docs/authn-api.md#factor-lists).
fn instances(factor: &Reader) -> Option<Instances> {
    let in_profiles = factor.at("profiles").each_readable(profile_instances);
    if let Some(found) = in_profiles.into_iter().flatten().next() {
        return Some(found);
    }
    let enrollment = factor.at("policy");
    let enrollment = enrollment.at("enrollment");
    let count = |name, default| enrollment.at(name).count().unwrap_or(default);
    enrollment.is_object().then(|| Instances {
        enrolled: count("enrolled", 0),
        minimum: count("minimum", 0),
        maximum: count("maximum", 1),
    })
}

/// Hardware tokens are named by the profile that an admin made for them.
fn profile_name(factor: &Reader) -> Option<String> {
    let names = factor.at("profiles").each_readable(|profile| profile.at("name").text());
    names.into_iter().flatten().next()
}

fn profile_instances(profile: &Reader) -> Option<Instances> {
    let embedded = profile.at("_embedded");
    let enrolled = embedded.at("enrolledFactors").value().items().len();
    let features = embedded.at("features").each_readable(|feature| {
        let bounds = feature.at("cardinality");
        let bound = |name, default| bounds.at(name).count().unwrap_or(default);
        bounds.is_object().then(|| (bound("min", 0), bound("max", 1)))
    });
    let (minimum, maximum) = features.into_iter().flatten().next()?;
    Some(Instances { enrolled: u32::try_from(enrolled).unwrap_or(u32::MAX), minimum, maximum })
}

/// The first phone or address the org knows of, for factors that are not enrolled yet.
fn known_contact(contacts: &Reader, member: &'static str) -> Option<String> {
    let contacts = contacts.value().items();
    let known = contacts.iter().filter_map(|contact| contact.get("profile")?.get(member)?.as_text());
    known.filter(|contact| !contact.is_empty()).map(str::to_owned).next()
}
