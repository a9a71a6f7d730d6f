//! The engine of the org: classic, or Identity Engine after an upgrade, with the factors that it enrolls by itself.
//!
//! Not here: what else differs; each operation says that itself.

use serde::{Deserialize, Serialize};

use super::{
    Org,
    factor::{Factor, FactorData},
    kind::Kind,
    user::{AccountStatus, User},
};
use crate::random::Random;

/// An engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Classic.
    #[default]
    Classic,
    /// Identity Engine, after an upgrade.
    Identity,
}

impl Engine {
    /// Its name in `/.well-known/okta-organization`.
    pub(crate) fn pipeline(self) -> &'static str {
        match self {
            Self::Classic => "v1",
            Self::Identity => "idx",
        }
    }
}

impl Org {
    pub(crate) fn is_upgraded(&self) -> bool {
        self.engine == Engine::Identity
    }

    /// Changes the engine. Session tokens do not survive that; transactions and sessions do.
    pub(crate) fn switch_engine(&mut self, engine: Engine) {
        if engine == self.engine {
            return;
        }
        self.engine = engine;
        self.grants.clear();
        self.cookie_tokens.clear();
        self.complete_factors();
    }

    /// Whether a sign-in of this user starts with the user name alone. Identity Engine has that too, but not for the
    /// authentication API.
    pub(crate) fn is_passwordless(&self, user: &User) -> bool {
        !self.is_upgraded() && self.policies.sign_on.get(&user.policies.sign_on).is_some_and(|one| one.passwordless)
    }

    /// Adds the factors that Identity Engine enrolls by itself; a classic org has none.
    pub(crate) fn complete_factors(&mut self) {
        let upgraded = self.is_upgraded();
        for user in &mut self.users {
            let has = |kind| user.factors.iter().any(|one| one.kind == kind && !one.implied);
            let (email, question) = (has(Kind::Email), has(Kind::Question));
            let asks = user.recovery_question.is_some();
            let stays = |one: &Factor| match one.kind {
                _ if !one.implied => true,
                Kind::Email => upgraded && !email,
                _ => upgraded && !question && asks,
            };
            user.factors.retain(stays);
            if upgraded && user.status == AccountStatus::Active {
                imply(user, &mut self.random);
            }
        }
    }
}

/// The address of an active account counts as verified.
fn imply(user: &mut User, random: &mut Random) {
    let question = user.recovery_question.clone().map(FactorData::Question);
    for (kind, data) in [(Kind::Email, Some(FactorData::Mailbox)), (Kind::Question, question)] {
        if let Some(data) = data
            && !user.factors.iter().any(|one| one.kind == kind)
        {
            let factor = Factor::new(random.id(kind.prefix()), kind, data, user.dates.created);
            user.factors.push(Factor { implied: true, ..factor });
        }
    }
}
