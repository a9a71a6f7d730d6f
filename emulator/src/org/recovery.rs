//! Single-use recovery tokens that are sent by email.

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{transaction::RecoveryType, user::UserId};
use crate::{
    error::{self, ApiError},
    time::Timestamp,
};

/// How long a recovery link is valid.
pub(crate) const LIFE: Duration = Duration::from_hours(1);

/// The tokens, including used ones until they expire.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct RecoveryTokens(HashMap<String, Token>);

#[derive(Clone, Serialize, Deserialize)]
struct Token {
    user: UserId,
    recovery: RecoveryType,
    expires: Timestamp,
    used: bool,
}

impl RecoveryTokens {
    pub(crate) fn keep(&mut self, token: String, user: &str, recovery: RecoveryType, now: Timestamp) {
        let token_of = Token { user: user.to_owned(), recovery, expires: now.after(LIFE), used: false };
        self.0.insert(token, token_of);
    }

    /// Redeems a token, once. Returns the user and the type of recovery.
    pub(crate) fn redeem(&mut self, token: &str, now: Timestamp) -> Result<(UserId, RecoveryType), ApiError> {
        let found = self.0.get_mut(token).ok_or(error::INVALID_TOKEN)?;
        if found.used || found.expires <= now {
            return Err(error::LINK_USED.into());
        }
        found.used = true;
        Ok((found.user.clone(), found.recovery))
    }

    /// Removes tokens a day after they expire.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.0.retain(|_, token| now.since(token.expires) < Duration::from_hours(24));
    }
}
