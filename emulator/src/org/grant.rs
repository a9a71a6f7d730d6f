//! What clients were granted: authorization codes, access tokens and refresh tokens. Everything that
//! comes from one authorization has one family, so that it can be revoked together.
//!
//! Not here: what the tokens contain (`openid/claims.rs`).

use std::{collections::HashMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{session::known_amr, user::UserId};
use crate::time::Timestamp;

/// How long a code can be exchanged.
pub(crate) const CODE_LIFE: Duration = Duration::from_mins(5);
/// How long a refresh token works that is not used.
pub(crate) const REFRESH_IDLE: Duration = Duration::from_hours(7 * 24);
/// How long a request waits for the sign-in.
pub(crate) const PENDING_LIFE: Duration = Duration::from_hours(1);

/// What a person granted to a client, or a client has itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Authorization {
    pub(crate) family: String,
    pub(crate) client: String,
    /// `None` for the org's own authorization server.
    pub(crate) server: Option<String>,
    /// `None` for a client on its own behalf.
    pub(crate) user: Option<UserId>,
    pub(crate) scopes: Vec<String>,
    pub(crate) nonce: Option<String>,
    /// When the person proved who they are.
    pub(crate) auth_time: Timestamp,
    #[serde(deserialize_with = "known_amr")]
    pub(crate) amr: Vec<&'static str>,
    /// Where the person signed in: an identity provider, or the org.
    pub(crate) idp: String,
}

impl Authorization {
    pub(crate) fn has_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope == name)
    }
}

/// An authorization code.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) authorization: Authorization,
    pub(crate) redirect_uri: String,
    /// S256.
    pub(crate) challenge: Option<String>,
    pub(crate) expires: Timestamp,
    pub(crate) spent: bool,
}

/// An access token that is valid.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) authorization: Authorization,
    pub(crate) expires: Timestamp,
}

/// A refresh token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RefreshToken {
    pub(crate) authorization: Authorization,
    pub(crate) expires: Timestamp,
    /// When another one first took its place.
    pub(crate) replaced: Option<Timestamp>,
}

/// A request that waits for the sign-in, or for consent.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) server: Option<String>,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) expires: Timestamp,
    /// Whose consent it waits for.
    #[serde(default)]
    pub(crate) user: Option<UserId>,
}

/// Scopes that a person allowed a client.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Consented {
    pub(crate) user: UserId,
    pub(crate) client: String,
    pub(crate) server: Option<String>,
    pub(crate) scopes: Vec<String>,
}

/// Everything that was issued and allowed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Issued {
    pub(crate) pending: HashMap<String, Pending>,
    pub(crate) consents: Vec<Consented>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) access_tokens: HashMap<String, AccessToken>,
    pub(crate) refresh_tokens: HashMap<String, RefreshToken>,
}

impl Issued {
    /// Revokes the tokens of an authorization.
    pub(crate) fn revoke(&mut self, family: &str) {
        self.access_tokens.retain(|_, token| token.authorization.family != family);
        self.refresh_tokens.retain(|_, token| token.authorization.family != family);
    }

    /// Revokes what was issued for a person. What the person consented to stays.
    pub(crate) fn revoke_all_of(&mut self, user: &str) {
        let other = |authorization: &Authorization| authorization.user.as_deref() != Some(user);
        self.codes.retain(|_, code| other(&code.authorization));
        self.access_tokens.retain(|_, token| other(&token.authorization));
        self.refresh_tokens.retain(|_, token| other(&token.authorization));
    }

    /// Ends everything that was issued to a client or allowed to it.
    pub(crate) fn forget_client(&mut self, id: &str) {
        self.consents.retain(|consent| consent.client != id);
        self.codes.retain(|_, code| code.authorization.client != id);
        self.access_tokens.retain(|_, token| token.authorization.client != id);
        self.refresh_tokens.retain(|_, token| token.authorization.client != id);
    }

    /// Ends everything that a custom authorization server has issued.
    pub(crate) fn forget_server(&mut self, id: &str) {
        let other = |server: &Option<String>| server.as_deref() != Some(id);
        self.consents.retain(|consent| other(&consent.server));
        self.codes.retain(|_, code| other(&code.authorization.server));
        self.access_tokens.retain(|_, token| other(&token.authorization.server));
        self.refresh_tokens.retain(|_, token| other(&token.authorization.server));
    }

    pub(crate) fn sweep(&mut self, now: Timestamp) {
        self.pending.retain(|_, pending| now < pending.expires);
        self.codes.retain(|_, code| now < code.expires);
        self.access_tokens.retain(|_, token| now < token.expires);
        self.refresh_tokens.retain(|_, token| now < token.expires);
    }
}
