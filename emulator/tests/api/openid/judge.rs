//! A client of others, unmodified: the crate `openidconnect` reads what the emulator publishes and checks what it signs.

use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IntrospectionUrl, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, RedirectUrl,
    RevocationUrl, Scope, TokenIntrospectionResponse as _, TokenResponse as _,
    core::{
        CoreAuthPrompt, CoreClient, CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreUserInfoClaims,
    },
    http,
};

use super::{CALLBACK, CLIENT, field, redirected, session_token};
use crate::support::TestOrg;

/// Sends the crate's requests. It demands HTTPS for revocation, so this takes the place of a proxy that ends TLS.
async fn send(request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    let (parts, body) = request.into_parts();
    let url = parts.uri.to_string().replace("https://", "http://");
    let answer = reqwest::Client::new().request(parts.method, url).headers(parts.headers).body(body).send().await?;
    let mut response = http::Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    *response.body_mut() = answer.bytes().await?.to_vec();
    Ok(response)
}

#[tokio::test]
async fn both_servers_satisfy_the_client() {
    let org = TestOrg::start().await;
    for server in ["", "/oauth2/default"] {
        judge(&org, &format!("{}{server}", org.address())).await;
    }
}

async fn judge(org: &TestOrg, issuer: &str) {
    let metadata =
        CoreProviderMetadata::discover_async(IssuerUrl::new(issuer.to_owned()).unwrap(), &send).await.unwrap();
    let endpoints = metadata.token_endpoint().unwrap().as_str().strip_suffix("token").unwrap().to_owned();
    let secure = |name: &str| format!("{endpoints}{name}").replace("http://", "https://");
    let client = CoreClient::from_provider_metadata(metadata, ClientId::new(CLIENT.to_owned()), None)
        .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap())
        .set_introspection_url(IntrospectionUrl::new(secure("introspect")).unwrap())
        .set_revocation_url(RevocationUrl::new(secure("revoke")).unwrap());

    let browser = org.browser();
    let session_token = session_token(&browser).await;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
    let (url, state, nonce) = client
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scopes(["profile", "email", "offline_access"].map(|name| Scope::new(name.to_owned())))
        .add_prompt(CoreAuthPrompt::None)
        .add_extra_param("sessionToken", session_token)
        .set_pkce_challenge(challenge)
        .url();
    let fields = redirected(&browser.get(url.as_str()).await);
    assert_eq!(field(&fields, "state"), *state.secret());
    let code = AuthorizationCode::new(field(&fields, "code"));
    let tokens = client.exchange_code(code).unwrap().set_pkce_verifier(verifier).request_async(&send).await.unwrap();

    let id_token = tokens.id_token().unwrap();
    let checks = client.id_token_verifier();
    let claims = id_token.claims(&checks, &nonce).unwrap();
    assert!(id_token.claims(&checks, &Nonce::new("another".to_owned())).is_err());
    let (algorithm, key) = (id_token.signing_alg().unwrap(), id_token.signing_key(&checks).unwrap());
    let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).unwrap();
    assert_eq!(claims.access_token_hash(), Some(&hash));
    let subject = claims.subject().clone();

    let user = client.user_info(tokens.access_token().clone(), Some(subject.clone())).unwrap();
    let user: CoreUserInfoClaims = user.request_async(&send).await.unwrap();
    assert_eq!(user.email().unwrap().as_str(), "ada.byron@example.com");

    let refresh_token = tokens.refresh_token().unwrap();
    let refreshed = client.exchange_refresh_token(refresh_token).unwrap().request_async(&send).await.unwrap();
    let no_nonce = |nonce: Option<&Nonce>| nonce.is_none().then_some(()).ok_or_else(|| "a nonce".to_owned());
    assert_eq!(refreshed.id_token().unwrap().claims(&checks, no_nonce).unwrap().subject(), &subject);

    let is_active = async || {
        let request = client.introspect(refreshed.access_token());
        request.request_async(&send).await.unwrap().active()
    };
    assert!(is_active().await);
    let token = CoreRevocableToken::RefreshToken(refreshed.refresh_token().unwrap().clone());
    client.revoke_token(token).unwrap().request_async(&send).await.unwrap();
    assert!(!is_active().await);
}

#[tokio::test]
async fn a_service_satisfies_the_client() {
    let org = TestOrg::start().await;
    let issuer = IssuerUrl::new(format!("{}/oauth2/default", org.address())).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &send).await.unwrap();
    let secret = ClientSecret::new("emulator-client-secret".to_owned());
    let client =
        CoreClient::from_provider_metadata(metadata, ClientId::new("0oasampleservice0000".to_owned()), Some(secret));
    let request = client.exchange_client_credentials().unwrap().add_scope(Scope::new("orders:read".to_owned()));
    let tokens = request.request_async(&send).await.unwrap();
    assert_eq!(tokens.scopes().unwrap().len(), 1);
}
