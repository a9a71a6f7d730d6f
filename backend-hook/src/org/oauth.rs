//! Requests to the org as a server of OpenID Connect: its description, its keys, an ID token for a code. Not here: what is
//! believed of the answers (`openid`).

use data_encoding::BASE64;
use jsonwebtoken::jwk::JwkSet;
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::form_urlencoded;

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// The members of the description (OpenID Connect Discovery 1.0) that are used.
#[derive(Clone, Debug, Deserialize)]
pub struct Description {
    /// The name of the server in its tokens.
    pub issuer: String,
    /// Where browsers are sent.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// Where the keys are.
    pub jwks_uri: String,
}

/// A code to exchange, with what proves that it was meant for this client.
#[derive(Debug)]
pub struct CodeExchange<'a> {
    /// The path of the endpoint.
    pub path: &'a str,
    /// The client's id.
    pub client_id: &'a str,
    /// The client's secret.
    pub client_secret: &'a SecretString,
    /// The code.
    pub code: &'a str,
    /// The PKCE verifier (RFC 7636).
    pub verifier: &'a str,
    /// The address that the code was sent to.
    pub redirect_uri: &'a str,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl Client {
    /// The description at this path.
    pub async fn openid_description(&self, path: &str) -> Result<Description, OrgError> {
        self.send(OrgRequest::at(Method::GET, "read openid description", path).without_token()).await
    }

    /// The keys at this path.
    pub async fn openid_keys(&self, path: &str) -> Result<JwkSet, OrgError> {
        self.send(OrgRequest::at(Method::GET, "read openid keys", path).without_token()).await
    }

    /// The ID token for a code; nothing has checked it yet.
    pub async fn exchange_code(&self, exchange: &CodeExchange<'_>) -> Result<SecretString, OrgError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", exchange.code)
            .append_pair("redirect_uri", exchange.redirect_uri)
            .append_pair("code_verifier", exchange.verifier)
            .finish();
        let request = OrgRequest::at(Method::POST, "exchange code", exchange.path)
            .form(body.as_bytes())
            .authorization(basic(exchange.client_id, exchange.client_secret));
        self.send::<Tokens>(request).await.map(|tokens| tokens.id_token.into())
    }
}

/// The value of `Authorization` for a client (RFC 6749, section 2.3.1): both parts are form-encoded.
fn basic(id: &str, secret: &SecretString) -> SecretString {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = [encoded(id), encoded(secret.expose_secret())].join(":");
    format!("Basic {}", BASE64.encode(pair.as_bytes())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_and_secret_are_encoded() {
        let header = basic("id", &"a:b c".to_owned().into());
        assert_eq!(header.expose_secret(), "Basic aWQ6YSUzQWIrYw==");
    }
}
