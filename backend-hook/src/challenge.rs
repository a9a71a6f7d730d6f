//! The bot challenge of registration, verified by a provider. Another provider is another implementation of
//! [`Provider`]; the supported ones differ only in their URL. Not here: showing the challenge, which the page does.

use std::{fmt, future::Future, net::IpAddr, pin::Pin, time::Duration};

use reqwest::redirect::Policy;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

use crate::options::ChallengeProvider;

/// The future result of a verification.
pub type Verdict<'a> = Pin<Box<dyn Future<Output = bool> + Send + 'a>>;

/// A challenge provider.
pub trait Provider: fmt::Debug + Send + Sync {
    /// Its name, for the page.
    fn name(&self) -> &str;
    /// Its public key, for the page.
    fn site_key(&self) -> &str;
    /// Whether the token proves a solved challenge; `false` if that cannot be determined.
    fn check<'a>(&'a self, token: &'a str, address: IpAddr) -> Verdict<'a>;
}

/// Providers with a `siteverify` endpoint: a form with secret and token, answered with `success`.
#[derive(Debug)]
pub struct SiteVerify {
    name: &'static str,
    site_key: String,
    secret: SecretString,
    url: String,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Answer {
    success: bool,
}

impl SiteVerify {
    /// One of the supported providers, at its default URL or another.
    pub fn new(
        provider: ChallengeProvider,
        site_key: String,
        secret: SecretString,
        url: Option<String>,
    ) -> Result<Self, String> {
        let (name, usual) = match provider {
            ChallengeProvider::Turnstile => ("turnstile", "https://challenges.cloudflare.com/turnstile/v0/siteverify"),
            ChallengeProvider::Hcaptcha => ("hcaptcha", "https://api.hcaptcha.com/siteverify"),
            ChallengeProvider::Recaptcha => ("recaptcha", "https://www.google.com/recaptcha/api/siteverify"),
        };
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(5))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { name, site_key, secret, url: url.unwrap_or_else(|| usual.to_owned()), http })
    }

    async fn ask(&self, token: &str, address: IpAddr) -> Result<bool, &'static str> {
        let form = [("secret", self.secret.expose_secret()), ("response", token), ("remoteip", &address.to_string())];
        let mut answer = self.http.post(&self.url).form(&form).send().await.map_err(|_| "it can't be reached")?;
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|_| "its answer broke off")? {
            body.extend_from_slice(&part);
            if body.len() > 64 * 1024 {
                return Err("its answer has no end");
            }
        }
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| "its answer can't be understood")?;
        Ok(answer.success)
    }
}

impl Provider for SiteVerify {
    fn name(&self) -> &str {
        self.name
    }

    fn site_key(&self) -> &str {
        &self.site_key
    }

    fn check<'a>(&'a self, token: &'a str, address: IpAddr) -> Verdict<'a> {
        Box::pin(async move {
            self.ask(token, address).await.unwrap_or_else(|why| {
                tracing::warn!(provider = self.name, why, "a challenge could not be checked");
                false
            })
        })
    }
}
