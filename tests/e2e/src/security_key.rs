//! Security keys of a browser: `WebDriver`'s virtual authenticators (WebAuthn Level 2, section 11). They
//! are plugged in and pulled out as a person would; what is proved with them is the page's affair.

use anyhow::{Context as _, Result};
use http::Method;
use serde_json::{Value, json};

use crate::Browser;

/// A key that is plugged into the browser.
#[derive(Debug)]
pub struct SecurityKey {
    path: String,
}

/// A key that is not plugged in. What is on it is a secret of the key, made up by the browser.
pub struct Pocketed {
    credentials: Vec<Value>,
}

impl std::fmt::Debug for Pocketed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pocketed({} credentials)", self.credentials.len())
    }
}

/// What the person does when the key blinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Touches it.
    Yes,
    /// Leaves it alone.
    No,
}

impl Browser {
    /// Plugs in a new key.
    pub async fn plug_in(&self, touch: Touch) -> Result<SecurityKey> {
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

    /// Pulls the key out and throws it away.
    pub async fn pull_out(&self, key: SecurityKey) -> Result<()> {
        self.extension_without_body(Method::DELETE, &key.path).await.map(|_| ())
    }

    /// How many credentials the key has.
    pub async fn credentials_on(&self, key: &SecurityKey) -> Result<usize> {
        let credentials = self.credentials(key).await?;
        Ok(credentials.len())
    }

    /// Pulls the key out and puts it into a pocket.
    pub async fn unplug(&self, key: SecurityKey) -> Result<Pocketed> {
        let credentials = self.credentials(&key).await?;
        self.pull_out(key).await?;
        Ok(Pocketed { credentials })
    }

    /// Plugs in a key that was in a pocket.
    pub async fn plug_in_again(&self, key: &Pocketed) -> Result<SecurityKey> {
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
