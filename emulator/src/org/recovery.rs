//! Tokens that travel by mail and lead back in, each for one use.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{transaction::RecoveryType, user::UserId};
use crate::{
    error::{self, ApiError},
    time::Moment,
};

/// How long such a link works.
pub(crate) const LIFE: Duration = Duration::from_hours(1);

/// The tokens, used ones among them as long as they would have worked.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct RecoveryTokens(HashMap<String, Token>);

#[derive(Clone, Serialize, Deserialize)]
struct Token {
    user: UserId,
    recovery: RecoveryType,
    expires: Moment,
    used: bool,
}

impl RecoveryTokens {
    pub(crate) fn keep(&mut self, token: String, user: &str, recovery: RecoveryType, now: Moment) {
        let token_of = Token { user: user.to_owned(), recovery, expires: now.after(LIFE), used: false };
        self.0.insert(token, token_of);
    }

    /// Whom it is for and what, once.
    pub(crate) fn redeem(&mut self, token: &str, now: Moment) -> Result<(UserId, RecoveryType), ApiError> {
        let found = self.0.get_mut(token).ok_or(error::INVALID_TOKEN)?;
        if found.used || found.expires <= now {
            return Err(error::LINK_USED.into());
        }
        found.used = true;
        Ok((found.user.clone(), found.recovery))
    }

    /// Forgets a day after their time.
    pub(crate) fn sweep(&mut self, now: Moment) {
        self.0.retain(|_, token| now.since(token.expires) < Duration::from_hours(24));
    }
}
