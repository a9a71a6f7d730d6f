//! The bot challenge of registration, verified by a provider. Another provider is another implementation of
//! [`Provider`]; the supported ones differ in their URL and in what they say about host and score. Not here:
//! showing the challenge, which the page does.

use std::{fmt, future::Future, net::IpAddr, pin::Pin, time::Duration};

use reqwest::redirect::Policy;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;

use crate::{options::ChallengeProvider, origin};

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

/// What a solved challenge has to be about. `success` alone says that a challenge was solved somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Hosts of the pages that may show the challenge.
    pub hosts: Vec<String>,
    /// The action that the page names, if it is checked.
    pub action: Option<String>,
    /// The least score that passes: 0 is surely a program, 1 surely a person.
    pub score: f64,
}

/// Providers with a `siteverify` endpoint: a form with secret and token, answered with `success`.
#[derive(Debug)]
pub struct SiteVerify {
    name: &'static str,
    provider: ChallengeProvider,
    rules: Rules,
    site_key: String,
    secret: SecretString,
    url: String,
    http: reqwest::Client,
}

#[derive(Deserialize)]
struct Answer {
    success: bool,
    #[serde(default)]
    hostname: Option<String>,
    #[serde(default)]
    action: Option<String>,
    #[serde(default)]
    score: Option<f64>,
}

impl Rules {
    /// Why this answer proves nothing, if it does not.
    fn broken_by(&self, provider: ChallengeProvider, answer: &Answer) -> Option<&'static str> {
        let is_hcaptcha = provider == ChallengeProvider::Hcaptcha;
        let host = answer.hostname.as_deref().unwrap_or_default();
        // hCaptcha leaves the host out when it has much to do.
        let is_withheld = is_hcaptcha && matches!(host, "" | "not-provided");
        let is_host = self.hosts.iter().any(|one| one.eq_ignore_ascii_case(host));
        let is_action = self.action.as_ref().is_none_or(|action| answer.action.as_ref() == Some(action));
        // hCaptcha's is the risk: 1 is surely a program.
        let score = answer.score.map(|score| if is_hcaptcha { 1.0 - score } else { score });
        if !answer.success {
            Some("it was not solved")
        } else if !is_host && !is_withheld {
            Some("it was shown on another host")
        } else if !is_action {
            Some("it was for another action")
        } else if score.is_some_and(|score| score < self.score) {
            Some("its score is too low")
        } else {
            None
        }
    }
}

impl SiteVerify {
    /// One of the supported providers, at its default URL or another.
    pub fn new(
        provider: ChallengeProvider,
        site_key: String,
        secret: SecretString,
        url: Option<&str>,
        rules: Rules,
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
        let url = url.map_or_else(|| Ok(usual.to_owned()), address_of_provider)?;
        Ok(Self { name, provider, rules, site_key, secret, url, http })
    }

    async fn ask(&self, token: &str, address: IpAddr) -> Result<Answer, &'static str> {
        let form = [("secret", self.secret.expose_secret()), ("response", token), ("remoteip", &address.to_string())];
        let mut answer = self.http.post(&self.url).form(&form).send().await.map_err(|_| "it can't be reached")?;
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|_| "its answer broke off")? {
            body.extend_from_slice(&part);
            if body.len() > 64 * 1024 {
                return Err("its answer has no end");
            }
        }
        serde_json::from_slice(&body).map_err(|_| "its answer can't be understood")
    }
}

/// The address gets the secret, so it is HTTPS, or this machine.
fn address_of_provider(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| format!("--challenge-url {text}: {error}"))?;
    origin::parse(&url.origin().ascii_serialization()).map_err(|why| format!("--challenge-url: {why}"))?;
    Ok(url.into())
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
            match self.ask(token, address).await.map(|answer| self.rules.broken_by(self.provider, &answer)) {
                Ok(None) => true,
                Ok(Some(why)) => {
                    tracing::warn!(provider = self.name, client = %address, why, "a challenge proves nothing");
                    false
                }
                Err(why) => {
                    tracing::warn!(provider = self.name, why, "a challenge could not be checked");
                    false
                }
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn proves(provider: ChallengeProvider, action: Option<&str>, answer: &str) -> bool {
        let rules = Rules { hosts: vec!["www.example.com".to_owned()], action: action.map(str::to_owned), score: 0.5 };
        rules.broken_by(provider, &serde_json::from_str(answer).unwrap()).is_none()
    }

    #[test]
    fn a_solved_challenge_is_of_our_page_for_our_action_by_a_person() {
        use ChallengeProvider::{Hcaptcha, Recaptcha, Turnstile};
        for (provider, action, answer, expected) in [
            (Turnstile, None, r#"{"success": true, "hostname": "www.example.com"}"#, true),
            (Turnstile, None, r#"{"success": true, "hostname": "WWW.example.com", "action": "x"}"#, true),
            (Turnstile, None, r#"{"success": false, "hostname": "www.example.com"}"#, false),
            (Turnstile, None, r#"{"success": true, "hostname": "evil.example"}"#, false),
            (Turnstile, None, r#"{"success": true, "hostname": null}"#, false),
            (Turnstile, None, r#"{"success": true}"#, false),
            (
                Turnstile,
                Some("register"),
                r#"{"success": true, "hostname": "www.example.com", "action": "register"}"#,
                true,
            ),
            (
                Turnstile,
                Some("register"),
                r#"{"success": true, "hostname": "www.example.com", "action": "login"}"#,
                false,
            ),
            (Turnstile, Some("register"), r#"{"success": true, "hostname": "www.example.com"}"#, false),
            (Recaptcha, None, r#"{"success": true, "hostname": "www.example.com"}"#, true),
            (Recaptcha, None, r#"{"success": true, "hostname": "www.example.com", "score": 0.5}"#, true),
            (Recaptcha, None, r#"{"success": true, "hostname": "www.example.com", "score": 0.0}"#, false),
            (Hcaptcha, None, r#"{"success": true, "hostname": "www.example.com", "score": 0.0}"#, true),
            (Hcaptcha, None, r#"{"success": true, "hostname": "www.example.com", "score": 0.9}"#, false),
            (Hcaptcha, None, r#"{"success": true, "hostname": "not-provided"}"#, true),
            (Hcaptcha, None, r#"{"success": true, "hostname": "evil.example"}"#, false),
        ] {
            assert_eq!(proves(provider, action, answer), expected, "{provider:?} {answer}");
        }
    }

    #[test]
    fn the_secret_goes_to_https_or_this_machine_only() {
        for right in ["https://challenge.example/siteverify", "http://127.0.0.1:8099/siteverify", "http://localhost/x"]
        {
            assert_eq!(address_of_provider(right).as_deref(), Ok(right));
        }
        for wrong in
            ["http://challenge.example/siteverify", "ftp://challenge.example/", "challenge.example", "file:///x"]
        {
            assert!(address_of_provider(wrong).is_err(), "{wrong}");
        }
    }
}
