//! What a server offers: OpenID Connect Discovery 1.0 and RFC 8414.

use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use super::server;
use crate::{
    http::{App, Params, json as json_response},
    org::{
        Org,
        authorization_server::{AuthorizationServer, STANDARD_SCOPES},
    },
};

/// How clients prove who they are.
const CLIENT_AUTH: [&str; 3] = ["client_secret_basic", "client_secret_post", "none"];

/// `GET /.well-known/openid-configuration`.
pub(super) async fn openid(State(app): State<App>, params: Params) -> Response {
    answer(&app, params, true)
}

/// `GET /.well-known/oauth-authorization-server`.
pub(super) async fn oauth(State(app): State<App>, params: Params) -> Response {
    answer(&app, params, false)
}

fn answer(app: &App, params: Params, with_openid: bool) -> Response {
    let server = match server(app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    let org = app.org();
    let mut document = common(&org, &server);
    if with_openid && let Some(members) = document.as_object_mut() {
        members.insert("id_token_signing_alg_values_supported".to_owned(), json!(["RS256"]));
        let userinfo = org.url(&format!("{}/v1/userinfo", server.path()));
        members.insert("userinfo_endpoint".to_owned(), userinfo.into());
    }
    json_response(200, &document)
}

fn common(org: &Org, server: &AuthorizationServer) -> Value {
    let endpoint = |name: &str| org.url(&format!("{}/v1/{name}", server.path()));
    let scopes: Vec<&str> = STANDARD_SCOPES.into_iter().chain(server.scopes.iter().map(String::as_str)).collect();
    json!({
        "issuer": server.issuer(org),
        "authorization_endpoint": endpoint("authorize"),
        "token_endpoint": endpoint("token"),
        "jwks_uri": endpoint("keys"),
        "introspection_endpoint": endpoint("introspect"),
        "introspection_endpoint_auth_methods_supported": CLIENT_AUTH,
        "revocation_endpoint": endpoint("revoke"),
        "revocation_endpoint_auth_methods_supported": CLIENT_AUTH,
        "end_session_endpoint": endpoint("logout"),
        "response_types_supported": [
            "code", "id_token", "code id_token", "code token", "id_token token", "code id_token token", "token",
        ],
        "response_modes_supported": ["query", "fragment", "form_post", "okta_post_message"],
        "grant_types_supported": ["authorization_code", "implicit", "refresh_token", "client_credentials"],
        "subject_types_supported": ["public"],
        "scopes_supported": scopes,
        "token_endpoint_auth_methods_supported": CLIENT_AUTH,
        "claims_supported": [
            "iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce", "name", "given_name",
            "family_name", "preferred_username", "updated_at", "email", "email_verified", "phone_number", "address",
            "groups",
        ],
        "code_challenge_methods_supported": ["S256"],
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
    })
}
