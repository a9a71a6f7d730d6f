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

/// What the person does when the key blinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// Touches it.
    Yes,
    /// Says no.
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

    /// Pulls the key out; what it has learned is gone.
    pub async fn pull_out(&self, key: SecurityKey) -> Result<()> {
        self.extension_without_body(Method::DELETE, &key.path).await.map(|_| ())
    }

    /// How many credentials the key has.
    pub async fn credentials_on(&self, key: &SecurityKey) -> Result<usize> {
        let credentials = self.credentials(key).await?;
        Ok(credentials.len())
    }

    /// Plugs in a key with the same credentials in place of this one.
    pub async fn replace_with_copy(&self, key: SecurityKey, touch: Touch) -> Result<SecurityKey> {
        let credentials = self.credentials(&key).await?;
        self.pull_out(key).await?;
        let copy = self.plug_in(touch).await?;
        for credential in credentials {
            self.extension(&format!("{}/credential", copy.path), credential).await?;
        }
        Ok(copy)
    }

    async fn credentials(&self, key: &SecurityKey) -> Result<Vec<Value>> {
        let path = format!("{}/credentials", key.path);
        match self.extension_without_body(Method::GET, &path).await? {
            Value::Array(credentials) => Ok(credentials),
            other => anyhow::bail!("the key's credentials are {other}"),
        }
    }
}
