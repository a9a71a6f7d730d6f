//! JSON of a transaction: common members, embedded objects, and the links of each state.

use serde_json::{Value, json};

use crate::{
    authn::{profile, progress::allowed_now},
    call::Call,
    error::ApiError,
    org::{
        Org,
        transaction::{ChallengeTarget, PendingEnrollment, Purpose, State, Transaction},
        user::{Extra, User},
    },
    wire::{
        Members, challenge, consent,
        envelope::{envelope, with_target},
        factor,
        link::{self, AUTHN},
        policy, user,
    },
};

/// What a state adds to the common members.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) status: &'static str,
    /// Top-level members.
    pub(super) top_level: Members,
    pub(super) embedded: Members,
    pub(super) links: Members,
}

impl Parts {
    fn of(status: &'static str) -> Self {
        Self { status, ..Self::default() }
    }

    fn embed(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.embedded = self.embedded.with(name, value);
        self
    }

    fn link(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.links = self.links.with(name, value);
        self
    }

    fn top_level(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.top_level = self.top_level.with(name, value);
        self
    }
}

/// A transaction that is not complete.
pub(crate) fn unfinished(org: &Org, call: &Call, transaction: &Transaction) -> Result<Value, ApiError> {
    let who = transaction.who.as_deref().map(|id| org.user(id)).transpose()?;
    let parts = match who {
        Some(who) => of_user(org, call, who, transaction)?,
        None => unidentified(org, transaction),
    };
    let proved = match transaction.state {
        State::RecoveryChallenge { .. } => false,
        State::Unauthenticated => transaction.proved_anything(),
        _ => true,
    };
    let embedded = match who.filter(|_| proved) {
        Some(who) => {
            let question = matches!(transaction.state, State::Recovery).then_some(who.recovery_question.as_ref());
            parts.embedded.with("user", user::user_with_question(who, question.flatten()))
        }
        None => parts.embedded,
    };
    let links = match transaction.state {
        State::DeviceActivate | State::Success => parts.links,
        _ => parts.links.with("cancel", link::cancel(org)),
    };
    Ok(envelope(transaction, &status(org, parts.status), parts.top_level)
        .with("stateToken", transaction.token.clone())
        .with("expiresAt", transaction.expires.iso())
        .with_some("_embedded", with_target(org, embedded, transaction).unless_empty())
        .with("_links", links)
        .into())
}

fn status(org: &Org, status: &'static str) -> String {
    if org.switches.factor_twins { status.replacen("MFA_", "FACTOR_", 1) } else { status.to_owned() }
}

/// States without an identified user, and states that must not reveal whether the user exists.
fn unidentified(org: &Org, transaction: &Transaction) -> Parts {
    match &transaction.state {
        State::RecoveryChallenge { channel } => recovery_challenge(org, channel.name()),
        State::DeviceActivate => {
            let next = link::post(org, &format!("{AUTHN}/device/activate"));
            Parts::of("DEVICE_ACTIVATE").link("next", link::named("deviceActivate", next))
        }
        _ => Parts::of("UNAUTHENTICATED").link("next", link::named("authenticate", link::post(org, AUTHN))),
    }
}

fn of_user(org: &Org, call: &Call, who: &User, transaction: &Transaction) -> Result<Parts, ApiError> {
    let rules = |left| Ok::<_, ApiError>(policy::password(org.password_policy(who)?, left));
    Ok(match &transaction.state {
        State::Unauthenticated => factors_to_prove(org, call, who, transaction, "UNAUTHENTICATED")?,
        State::PasswordExpired => {
            Parts::of("PASSWORD_EXPIRED").embed("policy", rules(None)?).link("next", change_password(org, who))
        }
        State::PasswordWarn { days_left } => Parts::of("PASSWORD_WARN")
            .embed("policy", rules(Some(*days_left))?)
            .link("next", change_password(org, who))
            .link("skip", link::skip(org)),
        State::PasswordReset => {
            let next = link::post(org, &format!("{AUTHN}/credentials/reset_password"));
            Parts::of("PASSWORD_RESET").embed("policy", rules(None)?).link("next", link::named("resetPassword", next))
        }
        State::Recovery => {
            let next = link::post(org, &format!("{AUTHN}/recovery/answer"));
            Parts::of("RECOVERY").link("next", link::named("answer", next))
        }
        State::RecoveryChallenge { channel } => recovery_challenge(org, channel.name()),
        State::MfaRequired => factors_to_prove(org, call, who, transaction, "MFA_REQUIRED")?,
        State::MfaChallenge { target, awaited } => {
            let mut parts = Parts::of("MFA_CHALLENGE").embed("policy", policy::sign_on(org, call, who)?);
            if !org.switches.factor_twins {
                parts = parts.link("prev", link::previous(org));
            }
            match target {
                ChallengeTarget::Factor(id) => match who.factor(id) {
                    Some(item) => challenge::of_factor(org, who, item, awaited, parts),
                    None => parts,
                },
                ChallengeTarget::Type(factor_type) => {
                    let factors =
                        allowed_now(org, who, transaction)?.filter(|one| one.kind.factor_type() == factor_type);
                    challenge::of_type(org, who, factor_type, factors, awaited, parts)
                }
            }
        }
        State::MfaEnroll { may_skip } => {
            let policy = org.enroll_policy(who)?;
            let factors: Vec<Value> = policy
                .factors
                .iter()
                .map(|(kind, wanted)| factor::to_enroll(org, who, policy, *kind, *wanted))
                .collect();
            let mut parts = Parts::of("MFA_ENROLL").embed("factors", factors);
            if let Some(until) = policy.grace_until.filter(|until| call.now < *until) {
                parts = parts.embed("policy", json!({ "gracePeriod": { "endDate": until.iso() } }));
            }
            if *may_skip { parts.link("skip", link::skip(org)) } else { parts }
        }
        State::MfaEnrollActivate(enrollment) => {
            let PendingEnrollment { factor, awaited, .. } = &**enrollment;
            let parts = Parts::of("MFA_ENROLL_ACTIVATE").link("prev", link::previous(org));
            challenge::of_enrollment(org, who, factor, awaited, parts)
        }
        State::Consent { admin } => {
            let status = if *admin { "ADMIN_CONSENT_REQUIRED" } else { "CONSENT_REQUIRED" };
            let granular = who.extra == Extra::GranularConsent;
            let next = link::named("consent", link::post(org, &format!("{AUTHN}/consent")));
            let parts = Parts::of(status).embed("scopes", consent::scopes(granular)).link("next", next);
            match transaction.purpose {
                Purpose::StepUp(_) => parts,
                _ => parts.embed("target", consent::client(org)),
            }
        }
        State::Profile => {
            let attributes = profile::ATTRIBUTES.iter().map(|(name, label, required, _)| {
                json!({ "name": name, "label": label, "type": "string", "required": required, "enabled": true })
            });
            let policy = json!({ "registration": { "profile": attributes.collect::<Value>() } });
            Parts::of("PROFILE_REQUIRED")
                .embed("policy", policy)
                .link("enroll", link::post(org, &format!("{AUTHN}/enroll")))
        }
        State::Poll { .. } => Parts::of("POLL")
            .embed("transaction", json!({ "profile": { "refresh": 2000 } }))
            .link("next", link::named("poll", link::post(org, &format!("{AUTHN}/poll")))),
        State::Success => {
            let path = format!("/login/step-up/redirect?stateToken={}", transaction.token);
            Parts::of("SUCCESS").link("next", link::named("original", link::get(org, &path)))
        }
        State::DeviceActivate | State::Resume => unidentified(org, transaction),
    })
}

/// The factors that can be verified now, by id and, for several of a type, by type.
fn factors_to_prove(
    org: &Org,
    call: &Call,
    who: &User,
    transaction: &Transaction,
    status: &'static str,
) -> Result<Parts, ApiError> {
    // Okta Verify's profile is hidden until something was proved.
    let hidden = !transaction.proved_anything();
    let items: Vec<_> = allowed_now(org, who, transaction)?.collect();
    let factors: Vec<Value> = items.iter().map(|item| factor::to_verify(org, who, item, hidden)).collect();
    let mut types: Vec<&str> = Vec::new();
    for item in &items {
        let factor_type = item.kind.factor_type();
        let several = items.iter().filter(|one| one.kind == item.kind).count() > 1;
        if several && !types.contains(&factor_type) {
            types.push(factor_type);
        }
    }
    let parts = Parts::of(status).embed("factors", factors).embed("policy", policy::sign_on(org, call, who)?);
    if types.is_empty() {
        return Ok(parts);
    }
    let by_type = types.iter().map(|factor_type| {
        let next = link::named("verify", link::factor(org, factor_type, "verify"));
        json!({ "factorType": factor_type, "_links": { "next": next } })
    });
    Ok(parts.embed("factorTypes", by_type.collect::<Value>()))
}

fn recovery_challenge(org: &Org, channel: &'static str) -> Parts {
    let at = |what: &str| link::post(org, &format!("{AUTHN}/recovery/factors/{channel}/{what}"));
    Parts::of("RECOVERY_CHALLENGE")
        .top_level("factorType", channel)
        .link("next", link::named("verify", at("verify")))
        .link("resend", link::named(&channel.to_lowercase(), at("resend")))
}

fn change_password(org: &Org, who: &User) -> Value {
    match &who.password.managed_at {
        Some(site) => json!({
            "name": "changePassword",
            "title": site.title,
            "href": site.href,
            "hints": { "allow": ["GET"] },
        }),
        None => link::named("changePassword", link::post(org, &format!("{AUTHN}/credentials/change_password"))),
    }
}
