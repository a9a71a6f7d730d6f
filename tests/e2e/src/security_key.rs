//! Security keys of the browser: WebDriver's virtual authenticators (WebAuthn Level 2, section 11).

use anyhow::{Context as _, Result};
use http::Method;
use serde_json::{Value, json};

use crate::{Browser, Capability};

/// A key that is connected to the browser.
#[derive(Debug)]
pub struct SecurityKey {
    path: String,
}

/// A key that is not connected, with its credentials.
pub struct UnpluggedKey {
    credentials: Vec<Value>,
}

impl std::fmt::Debug for UnpluggedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pocketed({} credentials)", self.credentials.len())
    }
}

/// Whether the user touches the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// The user touches it.
    Yes,
    /// The user does not touch it.
    No,
}

impl Browser {
    /// Connects a new key.
    pub async fn plug_in(&self, touch: Touch) -> Result<SecurityKey> {
        self.needs(Capability::SecurityKeys)?;
        self.spoil();
        let key = json!({
            "protocol": "ctap2",
            "transport": "usb",
            "hasUserVerification": true,
            "isUserVerified": true,
            "isUserConsenting": touch == Touch::Yes,
        });
        let id = self.extension("webauthn/authenticator", key).await?;
        let id = id.as_str().context("an authenticator without an id")?;
        Ok(SecurityKey { path: format!("webauthn/authenticator/{id}") })
    }

    /// Removes the key with its credentials.
    pub async fn remove_key(&self, key: SecurityKey) -> Result<()> {
        self.extension_without_body(Method::DELETE, &key.path).await.map(|_| ())
    }

    /// Number of credentials on the key.
    pub async fn credentials_on(&self, key: &SecurityKey) -> Result<usize> {
        let credentials = self.credentials(key).await?;
        Ok(credentials.len())
    }

    /// Disconnects the key and returns its credentials.
    pub async fn unplug(&self, key: SecurityKey) -> Result<UnpluggedKey> {
        let credentials = self.credentials(&key).await?;
        self.remove_key(key).await?;
        Ok(UnpluggedKey { credentials })
    }

    /// Connects a key that was disconnected.
    pub async fn plug_in_again(&self, key: &UnpluggedKey) -> Result<SecurityKey> {
        let plugged = self.plug_in(Touch::Yes).await?;
        for credential in &key.credentials {
            self.extension(&format!("{}/credential", plugged.path), credential.clone()).await?;
        }
        Ok(plugged)
    }

    async fn credentials(&self, key: &SecurityKey) -> Result<Vec<Value>> {
        let path = format!("{}/credentials", key.path);
        match self.extension_without_body(Method::GET, &path).await? {
            Value::Array(credentials) => Ok(credentials),
            other => anyhow::bail!("the key's credentials are {other}"),
        }
    }
}
