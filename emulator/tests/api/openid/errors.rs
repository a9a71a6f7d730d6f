//! Every error as a table: the request, and what is answered.

use super::{
    CALLBACK, CLIENT, SERVER_CLIENT, VERIFIER, authorize, claims, code, encode, field, introspect, post, redirected,
    request, tokens,
};
use crate::support::TestOrg;

/// RFC 6749, section 4.1.2.1: nothing is redirected to where no client is.
#[tokio::test]
async fn an_unknown_client_or_redirect_uri_is_a_page() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for (changes, says) in [
        (&[("client_id", "")][..], "client_id"),
        (&[("client_id", "nobody")], "invalid_client"),
        (&[("redirect_uri", "")], "redirect_uri"),
        (&[("redirect_uri", "http://evil.example/login/callback")], "redirect_uris"),
        (&[("redirect_uri", "http://localhost:8080/login/callback/")], "redirect_uris"),
        (&[("redirect_uri", "http://localhost:8080.evil.example/")], "redirect_uris"),
        (&[("redirect_uri", "http://localhost:8080/login/callback?x=y")], "redirect_uris"),
        (&[("client_id", SERVER_CLIENT)], "redirect_uris"),
    ] {
        let answer = authorize(&browser, changes).await;
        assert_eq!((answer.status, answer.header("location")), (400, ""), "{changes:?}");
        assert!(answer.text().contains(says), "{changes:?}: {}", answer.text());
    }
    let twice = browser.get(&format!("/oauth2/v1/authorize?{}&redirect_uri=x", request(&[]))).await;
    assert_eq!((twice.status, twice.header("location")), (400, ""));
}

/// RFC 6749, section 4.1.2.1; RFC 7636, section 4.4.1; OpenID Connect Core 1.0, section 3.1.2.6.
#[tokio::test]
async fn other_errors_are_redirected() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for (changes, error, separator) in [
        (&[("response_type", "")][..], "invalid_request", '?'),
        (&[("response_type", "magic")], "unsupported_response_type", '?'),
        (&[("response_type", "code code")], "unsupported_response_type", '?'),
        (&[("response_mode", "smoke")], "invalid_request", '?'),
        (&[("response_mode", "query"), ("response_type", "id_token")], "invalid_request", '#'),
        (&[("response_mode", "fragment"), ("scope", "")], "invalid_scope", '#'),
        (&[("scope", "profile")], "invalid_scope", '?'),
        (&[("scope", "openid magic")], "invalid_scope", '?'),
        (&[("scope", "openid orders:read")], "invalid_scope", '?'),
        (&[("scope", "openid"), ("prompt", "none"), ("response_type", "id_token")], "login_required", '#'),
        (&[("nonce", ""), ("response_type", "id_token")], "invalid_request", '#'),
        (&[("prompt", "magic")], "invalid_request", '?'),
        (&[("prompt", "none login")], "invalid_request", '?'),
        (&[("prompt", "consent none")], "invalid_request", '?'),
        (&[("prompt", "none consent")], "invalid_request", '?'),
        (&[("prompt", "none")], "login_required", '?'),
        (&[("prompt", "none"), ("sessionToken", "never-issued")], "login_required", '?'),
        (&[("max_age", "soon")], "invalid_request", '?'),
        (&[("idp", "0oaformerprovider000")], "invalid_request", '?'),
        (&[("idp", "nobody")], "invalid_request", '?'),
        (&[("request", "jwt")], "request_not_supported", '?'),
        (&[("request_uri", "https://x.example/")], "request_uri_not_supported", '?'),
        (&[("registration", "{}")], "registration_not_supported", '?'),
        (&[("code_challenge", "")], "invalid_request", '?'),
        (&[("code_challenge", ""), ("code_challenge_method", "")], "invalid_request", '?'),
        (&[("code_challenge_method", "plain")], "invalid_request", '?'),
        (&[("code_challenge_method", "")], "invalid_request", '?'),
        (&[("code_challenge", "short")], "invalid_request", '?'),
    ] {
        let answer = authorize(&browser, changes).await;
        let location = answer.header("location");
        assert!(location.starts_with(&format!("{CALLBACK}{separator}")), "{changes:?}: {location}");
        let fields = redirected(&answer);
        assert_eq!(field(&fields, "error"), error, "{changes:?}: {fields:?}");
        assert_eq!(field(&fields, "state"), "the-state");
        assert!(fields.iter().all(|(name, _)| name != "code"));
    }
    let without_state = redirected(&authorize(&browser, &[("state", "")]).await);
    assert_eq!(field(&without_state, "error"), "invalid_request");
    assert!(without_state.iter().all(|(name, _)| name != "state"));
    let twice = browser.get(&format!("/oauth2/v1/authorize?{}&scope=openid", request(&[]))).await;
    assert_eq!(field(&redirected(&twice), "error"), "invalid_request");
    let callback = "http://localhost:8080/authorization-code/callback";
    let implicit = [("client_id", SERVER_CLIENT), ("redirect_uri", callback), ("response_type", "id_token")];
    assert_eq!(field(&redirected(&authorize(&browser, &implicit).await), "error"), "unauthorized_client");
}

/// RFC 6749, section 5.2; RFC 7636, section 4.6.
#[tokio::test]
async fn the_token_endpoint_answers_json() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let other = "another-verifier-of-forty-three-characters-or-so";
    for (changes, status, error) in [
        (&[("client_id", "")][..], 401, "invalid_client"),
        (&[("client_id", "nobody")], 401, "invalid_client"),
        (&[("client_id", SERVER_CLIENT)], 401, "invalid_client"),
        (&[("client_secret", "secret")], 401, "invalid_client"),
        (&[("grant_type", "")], 400, "invalid_request"),
        (&[("grant_type", "password")], 400, "unsupported_grant_type"),
        (&[("grant_type", "client_credentials")], 400, "unauthorized_client"),
        (&[("grant_type", "refresh_token")], 400, "invalid_request"),
        (&[("grant_type", "refresh_token"), ("refresh_token", "never-issued")], 400, "invalid_grant"),
        (&[("code", "")], 400, "invalid_request"),
        (&[("code", "never-issued")], 400, "invalid_grant"),
        (&[("redirect_uri", "")], 400, "invalid_request"),
        (&[("redirect_uri", "http://localhost:8080/")], 400, "invalid_grant"),
        (&[("code_verifier", "")], 400, "invalid_grant"),
        (&[("code_verifier", other)], 400, "invalid_grant"),
        (&[("code_verifier", "short")], 400, "invalid_request"),
    ] {
        let code = code(&org.browser(), "/oauth2", &[]).await;
        let mut fields = vec![
            ("client_id", CLIENT),
            ("grant_type", "authorization_code"),
            ("redirect_uri", CALLBACK),
            ("code", &*code),
            ("code_verifier", VERIFIER),
        ];
        fields.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        let answer = post(&browser, "/oauth2/v1/token", &fields).await;
        assert_eq!((answer.status, &answer.body["error"]), (status, &error.into()), "{changes:?}: {}", answer.body);
        assert!(answer.body["error_description"].is_string());
    }
    let repeated = encode(&[("client_id", CLIENT), ("client_id", CLIENT), ("grant_type", "authorization_code")]);
    for (media_type, body) in [("application/json", "{}"), ("application/x-www-form-urlencoded", &*repeated)] {
        let request = browser.request(reqwest::Method::POST, "/oauth2/v1/token").header("content-type", media_type);
        let answer = crate::support::Answer::of(request.body(body.to_owned()).send().await.unwrap()).await;
        assert_eq!((answer.status, &answer.body["error"]), (400, &"invalid_request".into()), "{media_type}");
    }
    assert_eq!(browser.get("/oauth2/v1/token").await.status, 405);
}

/// RFC 6749, section 4.4: only a service, and only for scopes of a custom server.
#[tokio::test]
async fn a_service_gets_tokens_for_itself() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let ask = async |server: &str, client: &str, scope: &str| {
        let fields = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", "emulator-client-secret"),
            ("scope", scope),
        ];
        let fields: Vec<(&str, &str)> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        post(&browser, &format!("{server}/v1/token"), &fields).await
    };
    let service = "0oasampleservice0000";
    let answer = ask("/oauth2/default", service, "orders:read").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.body.get("id_token").is_none() && answer.body.get("refresh_token").is_none());
    let claims = claims(&org, answer.body["access_token"].as_str().unwrap()).await;
    assert_eq!((&claims["sub"], claims.get("uid")), (&service.into(), None));
    for (server, client, scope, error) in [
        ("/oauth2", service, "orders:read", "invalid_scope"),
        ("/oauth2/default", service, "openid", "invalid_scope"),
        ("/oauth2/default", service, "offline_access", "invalid_scope"),
        ("/oauth2/default", service, "", "invalid_scope"),
        ("/oauth2/default", SERVER_CLIENT, "orders:read", "unauthorized_client"),
    ] {
        assert_eq!(ask(server, client, scope).await.body["error"], error, "{server} {client} {scope}");
    }
}

/// RFC 7009, section 2.2, and RFC 7662, section 2.3.
#[tokio::test]
async fn revocation_and_introspection_want_a_client_and_a_token() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for endpoint in ["/oauth2/v1/revoke", "/oauth2/v1/introspect"] {
        for (fields, status, error) in [
            (&[("token", "x")][..], 401, "invalid_client"),
            (&[("token", "x"), ("client_id", "nobody")], 401, "invalid_client"),
            (&[("token", "x"), ("client_id", SERVER_CLIENT)], 401, "invalid_client"),
            (&[("client_id", CLIENT)], 400, "invalid_request"),
            (&[("client_id", CLIENT), ("token", "x"), ("token", "y")], 400, "invalid_request"),
        ] {
            let answer = post(&browser, endpoint, fields).await;
            assert_eq!((answer.status, &answer.body["error"]), (status, &error.into()), "{endpoint} {fields:?}");
        }
    }
    let service = [("client_id", "0oasampleservice0000"), ("client_secret", "emulator-client-secret")];
    let foreign = tokens(&org.browser(), "openid").await.access;
    let mut fields = service.to_vec();
    fields.push(("token", &*foreign));
    let refused = post(&browser, "/oauth2/v1/revoke", &fields).await;
    assert_eq!((refused.status, &refused.body["error"]), (400, &"invalid_grant".into()));
    assert_eq!(introspect(&browser, &foreign).await.body["active"], true);
}
