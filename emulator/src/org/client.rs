//! Clients of the org's OpenID Connect endpoints: applications that people sign in to.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Org;

/// A client.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) kind: ClientType,
    /// `None` for a client that can't keep one.
    pub(crate) secret: Option<String>,
    /// Absolute URIs, and paths at the trusted origins.
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) post_logout_redirect_uris: Vec<String>,
    pub(crate) grant_types: Vec<GrantType>,
    pub(crate) response_types: Vec<ResponseType>,
    pub(crate) pkce_required: bool,
    pub(crate) consent: Consent,
    /// Whether a refresh gives a new refresh token.
    pub(crate) rotates_refresh_tokens: bool,
    /// How long a refresh token works after its rotation.
    pub(crate) refresh_grace: Duration,
    /// An inactive one is as one that does not exist.
    pub(crate) active: bool,
}

/// Without the secret.
impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Client({})", self.id)
    }
}

/// Type of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ClientType {
    Browser,
    Web,
    Native,
    Service,
}

/// Whether people are asked what the client may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Consent {
    #[default]
    Trusted,
    Required,
}

/// How a client may get tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GrantType {
    AuthorizationCode,
    Implicit,
    RefreshToken,
    ClientCredentials,
}

/// A part of a response type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ResponseType {
    Code,
    Token,
    IdToken,
}

impl GrantType {
    /// Its name in a request.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::Implicit => "implicit",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
        }
    }
}

impl ResponseType {
    pub(crate) const ALL: [Self; 3] = [Self::Code, Self::Token, Self::IdToken];

    /// Its name in a request.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "token",
            Self::IdToken => "id_token",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

impl Client {
    pub(crate) fn may_use(&self, grant: GrantType) -> bool {
        self.grant_types.contains(&grant)
    }
}

impl Org {
    /// The active client with this id.
    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id && client.active)
    }

    /// Whether one of these registered URIs is this one, compared letter by letter. A registered path stands for itself
    /// at each trusted origin with the scope REDIRECT, because tests run on any port; `/` stands for the bare origin too.
    pub(crate) fn is_registered(&self, registered: &[String], uri: &str) -> bool {
        let at_origin = |path: &str| {
            let rest = |origin: &str| {
                uri.strip_prefix(origin).is_some_and(|rest| rest == path || rest.is_empty() && path == "/")
            };
            self.trusted.iter().any(|trusted| trusted.redirect && rest(&trusted.origin))
        };
        registered.iter().any(|one| if one.starts_with('/') { at_origin(one) } else { one == uri })
    }
}
