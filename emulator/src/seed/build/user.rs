//! Builds users.

use std::time::Duration;

use serde_json::Map;

use super::{DEFAULT, factor::factor};
use crate::{
    org::{
        factor::{Phone, Question},
        password::Hashed,
        user::{AccountStatus, Credential, Dates, ExternalSite, Extra, Policies, Profile, User},
    },
    random::Random,
    seed::file::{self, Spanned},
    time::Timestamp,
};

/// Builds a user.
pub(super) fn user(user: &file::User, hashed: Option<Hashed>, random: &mut Random, now: Timestamp) -> User {
    let policy = |name: &Option<Spanned<String>>| {
        name.as_ref().map_or_else(|| DEFAULT.to_owned(), |name| name.get_ref().clone())
    };
    let login = user.login.get_ref();
    User {
        id: user.id.clone().unwrap_or_else(|| random.id("00u")),
        profile: Profile {
            login: login.clone(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            email: user.email.clone().unwrap_or_else(|| login.clone()),
            more: Map::new(),
        },
        password: Credential {
            hashed,
            changed: now.before(Duration::from_secs(user.password_age_days * 24 * 60 * 60)),
            history: Vec::new(),
            expired: user.password_expired,
            managed_at: user
                .password_at
                .as_ref()
                .map(|site| ExternalSite { title: site.title.clone(), href: site.href.clone() }),
        },
        factors: user.factors.iter().filter_map(|factor| self::factor(factor, random, now)).collect(),
        pending: Vec::new(),
        status: match user.status {
            file::Status::Active => AccountStatus::Active,
            file::Status::Staged => AccountStatus::Staged,
            file::Status::LockedOut => AccountStatus::LockedOut { since: now },
            file::Status::Suspended => AccountStatus::Suspended,
        },
        wrong_passwords: 0,
        wrong_proofs: 0,
        policies: Policies {
            sign_on: policy(&user.sign_on),
            password: policy(&user.password_policy),
            enroll: policy(&user.enroll),
        },
        groups: user.groups.iter().map(|id| id.get_ref().clone()).collect(),
        dates: Dates { activated: (user.status != file::Status::Staged).then_some(now), ..Dates::new(now) },
        mobile_phone: user.mobile_phone.clone().map(|number| Phone { number, extension: None }),
        recovery_question: user.recovery_question.as_ref().map(|question| Question {
            key: "custom".to_owned(),
            text: question.text.clone(),
            answer: question.answer.clone(),
        }),
        activation_token: user.activation_token.clone(),
        extra: match user.extra {
            file::Extra::Nothing => Extra::Nothing,
            file::Extra::Consent => Extra::Consent,
            file::Extra::GranularConsent => Extra::GranularConsent,
            file::Extra::AdminConsent => Extra::AdminConsent,
            file::Extra::Waiting => Extra::Waiting,
            file::Extra::Profile => Extra::Profile,
        },
        setup_unfinished: user.setup_unfinished,
    }
}
