//! What the org says about itself as a server of OpenID Connect: its endpoints and its keys, read when they are first
//! needed and kept. Requests are repeated and limited in time by the client of the org.

use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{Jwk, JwkSet};
use tokio::sync::Mutex;

use crate::org::{Client, OrgError, oauth::Description};

/// How long the description is kept.
const DESCRIPTION_CACHE_TIME: Duration = Duration::from_hours(1);
/// How long it is kept that there is none: not every browser has to wait for an org that is down.
const ERROR_CACHE_TIME: Duration = Duration::from_secs(5);
/// How long the org may take to describe itself.
const DESCRIPTION_TIMEOUT: Duration = Duration::from_secs(5);
/// How long keys are kept: one that the org has withdrawn is trusted no longer than this.
const KEYS_CACHE_TIME: Duration = Duration::from_hours(1);
/// How soon keys are read again for a key that is not among them. The org changes its keys without notice, and names of
/// keys come from outside.
const KEYS_MIN_AGE: Duration = Duration::from_secs(10);

/// The server.
#[derive(Debug, Default)]
pub(super) struct Provider {
    description: Mutex<Option<(Instant, Result<Description, OrgError>)>>,
    keys: Mutex<Option<(Instant, JwkSet)>>,
}

impl Provider {
    /// Its endpoints; cached.
    pub(super) async fn description(&self, org: &Client, issuer: &str) -> Result<Description, OrgError> {
        let mut cached = self.description.lock().await;
        if let Some((since, described)) = cached.as_ref() {
            let time = if described.is_ok() { DESCRIPTION_CACHE_TIME } else { ERROR_CACHE_TIME };
            if since.elapsed() < time {
                return described.clone();
            }
        }
        let described = tokio::time::timeout(DESCRIPTION_TIMEOUT, read(org, issuer)).await;
        let described = described.unwrap_or(Err(OrgError::TimedOut));
        *cached = Some((Instant::now(), described.clone()));
        described
    }

    /// The key with this id. Reads the keys again where it is not among those that are known.
    pub(super) async fn key(&self, org: &Client, path: &str, id: &str) -> Result<Option<Jwk>, OrgError> {
        let mut cached = self.keys.lock().await;
        if let Some((since, keys)) = cached.as_ref().filter(|(since, _)| since.elapsed() < KEYS_CACHE_TIME) {
            let key = keys.find(id);
            if key.is_some() || since.elapsed() < KEYS_MIN_AGE {
                return Ok(key.cloned());
            }
        }
        let keys = org.openid_keys(path).await?;
        let key = keys.find(id).cloned();
        *cached = Some((Instant::now(), keys));
        Ok(key)
    }
}

async fn read(org: &Client, issuer: &str) -> Result<Description, OrgError> {
    let address = [issuer, "/.well-known/openid-configuration"].concat();
    let described = org.openid_description(org.path_of(&address)?).await?;
    if described.issuer != issuer {
        tracing::warn!("the org's issuer is not the one of --oidc-issuer");
        return Err(OrgError::Unparsable("another issuer"));
    }
    for endpoint in [&described.authorization_endpoint, &described.token_endpoint, &described.jwks_uri] {
        org.path_of(endpoint)?;
    }
    Ok(described)
}
