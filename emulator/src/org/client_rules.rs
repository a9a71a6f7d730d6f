//! What a client's settings may be, for the seed file and for the management API alike.

use url::Url;

use super::client::{Client, ClientType, GrantType, ResponseType};

/// The setting that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Secret,
    ResponseTypes,
    /// No single one.
    Client,
}

/// Whether a redirect URI can be registered: an address, or a path at each trusted origin.
pub(crate) fn is_redirect_uri(text: &str) -> bool {
    let path = text.starts_with('/') && !text.starts_with("//") && !text.contains(['\\', '#']);
    path || Url::parse(text).is_ok_and(|url| url.fragment().is_none())
}

/// The grant types of this type of client, if it names none.
pub(crate) fn usual_grant_types(kind: ClientType) -> Vec<GrantType> {
    match kind {
        ClientType::Service => vec![GrantType::ClientCredentials],
        ClientType::Browser | ClientType::Native | ClientType::Web => vec![GrantType::AuthorizationCode],
    }
}

/// The response types that these grant types allow.
pub(crate) fn usual_response_types(grants: &[GrantType]) -> Vec<ResponseType> {
    ResponseType::ALL.into_iter().filter(|one| grants.contains(&grant_for(*one))).collect()
}

/// The first mistake in these settings, if any.
pub(crate) fn mistake(client: &Client) -> Option<(Setting, String)> {
    let of_client = |what: &str| Some((Setting::Client, what.to_owned()));
    match (client.kind, &client.secret) {
        (ClientType::Web | ClientType::Service, None) => {
            return of_client("a client of the type web or service needs `secret`");
        }
        (ClientType::Browser, Some(_)) => {
            return Some((Setting::Secret, "a client of the type browser can't keep a secret".to_owned()));
        }
        (_, Some(secret)) if secret.is_empty() => return Some((Setting::Secret, "the secret is empty".to_owned())),
        _ => {}
    }
    let grants = &client.grant_types;
    let by_redirect = grants.iter().any(|one| matches!(one, GrantType::AuthorizationCode | GrantType::Implicit));
    if by_redirect && client.redirect_uris.is_empty() {
        return of_client("a client with authorization_code or implicit needs `redirect_uris`");
    }
    // A program alone is no application that people sign in to.
    if grants.contains(&GrantType::ClientCredentials) != (client.kind == ClientType::Service) {
        return of_client("client_credentials is the grant type of the type service, and of no other");
    }
    if grants.contains(&GrantType::RefreshToken) && !grants.contains(&GrantType::AuthorizationCode) {
        return of_client("the grant type refresh_token needs authorization_code");
    }
    let refused = client.response_types.iter().find(|one| !grants.contains(&grant_for(**one)))?;
    let (refused, grant) = (refused.as_str(), grant_for(*refused).as_str());
    Some((Setting::ResponseTypes, format!("the response type {refused} needs the grant type {grant}")))
}

fn grant_for(response: ResponseType) -> GrantType {
    match response {
        ResponseType::Code => GrantType::AuthorizationCode,
        ResponseType::Token | ResponseType::IdToken => GrantType::Implicit,
    }
}
