//! The hook as a confidential client of OpenID Connect: the org tells it who has a session, by the authorization code
//! flow with PKCE, without asking the person. Works on both engines, and without third-party cookies.
//!
//! Not here: the two addresses that browsers come to (`operations/redirect.rs`).

pub mod id_token;
pub mod landing;
pub mod pending;
mod provider;

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use crate::org::{self, OrgError, oauth::CodeExchange};
use id_token::{Expected, Identity};
use pending::Pending;
use provider::Provider;

/// How long the org may take to exchange a code, keys included: a person waits for it.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(15);

/// The settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the server in its tokens: the org, or an authorization server of it.
    pub issuer: String,
    /// The client's id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: SecretString,
    /// The scopes that are asked for; `openid` is one.
    pub scopes: String,
    /// The address of the hook for browsers, without a slash at its end.
    pub public_url: String,
}

impl Settings {
    /// Where the org sends the browser with a code.
    pub fn redirect_uri(&self) -> String {
        [&self.public_url, "/session/callback"].concat()
    }
}

/// Why no identity came out of a code. The text is for the log and has nothing of a request or a token in it.
#[derive(Debug)]
pub struct Failure(pub &'static str);

impl From<OrgError> for Failure {
    fn from(error: OrgError) -> Self {
        Self(match error {
            OrgError::Refused(refusal) if refusal.status < 500 => "the org refused the code or the client",
            OrgError::Refused(_) => "the org failed",
            OrgError::Unreachable => "the org can't be reached",
            OrgError::TimedOut => "the org took too long",
            OrgError::Unparsable(_) => "the org's answer can't be understood",
        })
    }
}

/// The client.
#[derive(Debug)]
pub struct OpenId {
    /// The settings.
    pub settings: Settings,
    provider: Provider,
}

impl OpenId {
    /// A client that has read nothing of the org yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, provider: Provider::default() }
    }

    /// Whether the org describes itself: asked before a browser is sent here.
    pub async fn is_ready(&self, org: &org::Client) -> Result<(), OrgError> {
        self.provider.description(org, &self.settings.issuer).await.map(drop)
    }

    /// The address at the org for a browser, which answers without a page of its own.
    pub async fn authorization_address(&self, org: &org::Client, pending: &Pending) -> Result<String, OrgError> {
        let described = self.provider.description(org, &self.settings.issuer).await?;
        let mut address = Url::parse(&described.authorization_endpoint)
            .map_err(|_| OrgError::Unparsable("an authorization endpoint"))?;
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("scope", &self.settings.scopes)
            .append_pair("redirect_uri", &self.settings.redirect_uri())
            .append_pair("state", &pending.state)
            .append_pair("nonce", &pending.nonce)
            .append_pair("code_challenge", &pending.challenge())
            .append_pair("code_challenge_method", "S256")
            .append_pair("prompt", "none");
        Ok(address.into())
    }

    /// Who the code stands for.
    pub async fn identify(&self, org: &org::Client, pending: &Pending, code: &str) -> Result<Identity, Failure> {
        let identified = tokio::time::timeout(EXCHANGE_TIMEOUT, self.exchange(org, pending, code));
        identified.await.unwrap_or(Err(Failure("the org took too long")))
    }

    async fn exchange(&self, org: &org::Client, pending: &Pending, code: &str) -> Result<Identity, Failure> {
        let described = self.provider.description(org, &self.settings.issuer).await?;
        let exchange = CodeExchange {
            path: org.path_of(&described.token_endpoint)?,
            client_id: &self.settings.client_id,
            client_secret: &self.settings.client_secret,
            code,
            verifier: &pending.verifier,
            redirect_uri: &self.settings.redirect_uri(),
        };
        let token = org.exchange_code(&exchange).await?;
        let kid = id_token::key_id(token.expose_secret()).map_err(Failure)?;
        let keys = org.path_of(&described.jwks_uri)?;
        let Some(key) = self.provider.key(org, keys, &kid).await? else {
            return Err(Failure("the ID token is signed with a key that the org does not publish"));
        };
        let expected =
            Expected { issuer: &self.settings.issuer, client_id: &self.settings.client_id, nonce: &pending.nonce };
        id_token::read(token.expose_secret(), &key, &expected).map_err(Failure)
    }
}
