//! JSON of policies and their rules. Each policy of the seed file is shown as a policy with one rule.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use webauthn_rs_core::crypto::compute_sha256;

use crate::{
    org::{
        Org,
        directory::Group,
        kind::Kind,
        policy::{Access, EnrollPolicy, PasswordPolicy, Prompt, Requirement, SignOnPolicy},
    },
    wire::{Members, link},
};

/// A policy of one of the three types, with its name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Policy<'a> {
    SignOn(&'a str, &'a SignOnPolicy),
    Password(&'a str, &'a PasswordPolicy),
    Enroll(&'a str, &'a EnrollPolicy),
}

impl Policy<'_> {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::SignOn(name, _) | Self::Password(name, _) | Self::Enroll(name, _) => name,
        }
    }

    /// The API's name of its type.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::SignOn(..) => "OKTA_SIGN_ON",
            Self::Password(..) => "PASSWORD",
            Self::Enroll(..) => "MFA_ENROLL",
        }
    }

    fn is_default(&self) -> bool {
        self.name() == "default"
    }

    /// Its id, the same after every start.
    pub(crate) fn id(&self, prefix: &str) -> String {
        let digest = HEXLOWER.encode(&compute_sha256(format!("{} {}", self.kind(), self.name()).as_bytes()));
        format!("{prefix}{}", digest.get(..17).unwrap_or_default())
    }

    /// Ids of the groups that have this policy.
    fn groups(&self, org: &Org) -> Vec<String> {
        let has = |group: &&Group| {
            let named = match self {
                Self::SignOn(..) => &group.policies.sign_on,
                Self::Password(..) => &group.policies.password,
                Self::Enroll(..) => &group.policies.enroll,
            };
            named.as_deref() == Some(self.name())
        };
        org.groups.iter().filter(has).map(|group| group.id.clone()).collect()
    }
}

/// A policy, optionally with its rules.
pub(crate) fn policy(org: &Org, policy: &Policy<'_>, priority: usize, with_rules: bool) -> Value {
    let id = policy.id("00p");
    let settings = match policy {
        Policy::SignOn(..) => None,
        Policy::Password(_, rules) => Some(password_settings(rules)),
        Policy::Enroll(_, rules) => Some(enroll_settings(rules)),
    };
    let rules = with_rules.then(|| json!({ "rules": [rule(org, policy)] }));
    let path = format!("/api/v1/policies/{id}");
    Members::default()
        .with("type", policy.kind())
        .with("id", id)
        .with("name", if policy.is_default() { "Default Policy" } else { policy.name() })
        .with("description", "")
        .with("status", "ACTIVE")
        .with("priority", priority)
        .with("system", policy.is_default())
        .with("conditions", json!({ "people": { "groups": { "include": policy.groups(org) } } }))
        .with_some("settings", settings)
        .with("created", org.started.iso())
        .with("lastUpdated", org.started.iso())
        .with_some("_embedded", rules)
        .with("_links", json!({ "self": link::get(org, &path), "rules": link::get(org, &format!("{path}/rules")) }))
        .into()
}

/// The rule of a policy.
pub(crate) fn rule(org: &Org, policy: &Policy<'_>) -> Value {
    let (kind, actions) = match policy {
        Policy::SignOn(_, rules) => ("SIGN_ON", json!({ "signon": sign_on(rules) })),
        Policy::Password(_, rules) => ("PASSWORD", password_actions(rules)),
        Policy::Enroll(_, rules) => ("MFA_ENROLL", json!({ "enroll": { "self": when(rules) } })),
    };
    let id = policy.id("0pr");
    let path = format!("/api/v1/policies/{}/rules/{id}", policy.id("00p"));
    json!({
        "id": id,
        "type": kind,
        "name": if policy.is_default() { "Default Rule" } else { policy.name() },
        "status": "ACTIVE",
        "priority": 1,
        "system": policy.is_default(),
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "conditions": { "network": { "connection": "ANYWHERE" } },
        "actions": actions,
        "_links": { "self": link::get(org, &path) },
    })
}

fn sign_on(rules: &SignOnPolicy) -> Value {
    let (mode, minutes) = match rules.prompt {
        Prompt::Always => ("ALWAYS", 0),
        Prompt::Device => ("DEVICE", 0),
        Prompt::Session(time) => ("SESSION", time.as_secs() / 60),
    };
    let signon = Members::default()
        .with("access", if rules.access == Access::Allow { "ALLOW" } else { "DENY" })
        .with("requireFactor", rules.require_factor)
        .with(
            "session",
            json!({
                "usePersistentCookie": false,
                "maxSessionIdleMinutes": crate::org::session::IDLE.as_secs() / 60,
                "maxSessionLifetimeMinutes": 0,
            }),
        );
    if !rules.require_factor {
        return signon.into();
    }
    signon
        .with("factorPromptMode", mode)
        .with("rememberDeviceByDefault", rules.remember_by_default)
        .with("factorLifetime", minutes)
        .into()
}

fn enroll_settings(rules: &EnrollPolicy) -> Value {
    let factors = Kind::all().fold(Members::default(), |factors, kind| {
        let wanted = match rules.factors.iter().find(|(one, _)| *one == kind) {
            Some((_, Requirement::Required)) => "REQUIRED",
            Some((_, Requirement::Optional)) => "OPTIONAL",
            None => "NOT_ALLOWED",
        };
        factors.with(kind.key(), json!({ "enroll": { "self": wanted }, "consent": { "type": "NONE" } }))
    });
    json!({ "factors": Value::from(factors) })
}

fn when(rules: &EnrollPolicy) -> &'static str {
    let required = rules.factors.iter().any(|(_, wanted)| *wanted == Requirement::Required);
    if rules.factors.is_empty() {
        "NEVER"
    } else if required || rules.prompts {
        "LOGIN"
    } else {
        "CHALLENGE"
    }
}

fn password_settings(rules: &PasswordPolicy) -> Value {
    let (complexity, lockout, recovery) = (&rules.complexity, &rules.lockout, &rules.recovery);
    let status = |on: bool| json!({ "status": if on { "ACTIVE" } else { "INACTIVE" } });
    json!({
        "password": {
            "complexity": {
                "minLength": complexity.min_length,
                "minLowerCase": complexity.min_lower,
                "minUpperCase": complexity.min_upper,
                "minNumber": complexity.min_number,
                "minSymbol": complexity.min_symbol,
                "excludeUsername": complexity.exclude_username,
                "excludeAttributes": complexity.exclude_attributes,
            },
            "age": {
                "maxAgeDays": rules.max_age_days,
                "expireWarnDays": rules.warn_days,
                "minAgeMinutes": rules.min_age_minutes,
                "historyCount": rules.history,
            },
            "lockout": {
                "maxAttempts": lockout.max_attempts,
                "autoUnlockMinutes": lockout.auto_unlock.map_or(0, |time| time.as_secs() / 60),
                "showLockoutFailures": lockout.show,
            },
        },
        "recovery": { "factors": {
            "recovery_question": status(recovery.question),
            "okta_email": {
                "status": if recovery.email { "ACTIVE" } else { "INACTIVE" },
                "properties": { "recoveryToken": {
                    "tokenLifetimeMinutes": crate::org::recovery::LIFE.as_secs() / 60,
                } },
            },
            "okta_sms": status(recovery.sms),
            "okta_call": status(recovery.call),
        } },
    })
}

fn password_actions(rules: &PasswordPolicy) -> Value {
    let access = |on: bool| json!({ "access": if on { "ALLOW" } else { "DENY" } });
    json!({
        "passwordChange": access(true),
        "selfServicePasswordReset": access(rules.recovery.password_reset),
        "selfServiceUnlock": access(rules.recovery.unlock),
    })
}
