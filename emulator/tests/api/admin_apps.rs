//! The management API: applications of OpenID Connect, and that they are the clients of the endpoints.

use reqwest::{Client, Method};
use serde_json::{Value, json};
use url::Url;

use crate::support::{Answer, Browser, TestOrg};

const CALLBACK: &str = "https://app.example/callback";

fn app(settings: &Value, credentials: &Value) -> Value {
    json!({
        "name": "oidc_client",
        "label": "Shop",
        "signOnMode": "OPENID_CONNECT",
        "settings": { "oauthClient": settings },
        "credentials": { "oauthClient": credentials },
    })
}

fn browser_app() -> Value {
    app(&json!({ "application_type": "browser", "redirect_uris": [CALLBACK] }), &json!({}))
}

async fn created(org: &TestOrg, body: Value) -> Value {
    let answer = org.admin(Method::POST, "apps", Some(body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// Signs in to this client with a session token.
async fn sign_in(browser: &Browser, client: &str, redirect_uri: &str) -> Answer {
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let mut url = Url::parse("http://localhost/oauth2/v1/authorize").unwrap();
    url.query_pairs_mut().extend_pairs([
        ("client_id", client),
        ("redirect_uri", redirect_uri),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", "s"),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
        ("sessionToken", success.body["sessionToken"].as_str().unwrap()),
    ]);
    browser.get(&format!("{}?{}", url.path(), url.query().unwrap())).await
}

#[tokio::test]
async fn an_app_is_created_and_signed_in_to() {
    let org = TestOrg::start().await;
    let shop = created(&org, browser_app()).await;
    let (settings, credentials) = (&shop["settings"]["oauthClient"], &shop["credentials"]["oauthClient"]);
    assert_eq!((&shop["status"], &shop["label"]), (&json!("ACTIVE"), &json!("Shop")));
    assert_eq!(credentials["client_id"], shop["id"]);
    assert_eq!((&credentials["token_endpoint_auth_method"], credentials.get("client_secret")), (&json!("none"), None));
    assert_eq!(credentials["pkce_required"], true);
    assert_eq!(settings["grant_types"], json!(["authorization_code"]));
    assert_eq!((&settings["response_types"], &settings["consent_method"]), (&json!(["code"]), &json!("TRUSTED")));
    let id = shop["id"].as_str().unwrap();
    assert_eq!(org.admin(Method::GET, &format!("apps/{id}"), None).await.body, shop);
    let back = sign_in(&org.browser(), id, CALLBACK).await;
    assert!(back.header("location").starts_with(&format!("{CALLBACK}?")), "{}", back.text());
    assert!(back.header("location").contains("code="), "{}", back.header("location"));
}

#[tokio::test]
async fn a_client_that_can_keep_a_secret_gets_one() {
    let org = TestOrg::start().await;
    let service = created(&org, app(&json!({ "application_type": "service" }), &json!({}))).await;
    let credentials = &service["credentials"]["oauthClient"];
    let secret = credentials["client_secret"].as_str().unwrap().to_owned();
    let id = service["id"].as_str().unwrap();
    let form = "grant_type=client_credentials&scope=orders%3Aread";
    let token = async |secret: &str| {
        let request = org.browser().request(Method::POST, "/oauth2/default/v1/token").basic_auth(id, Some(secret));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        Answer::of(request.send().await.unwrap()).await
    };
    assert_eq!(token(&secret).await.status, 200);
    assert_eq!(token("wrong").await.status, 401);
    // It stays if a replacement does not name it, and is replaced by one that does.
    let kept = app(&json!({ "application_type": "service" }), &json!({}));
    let path = format!("apps/{id}");
    assert_eq!(org.admin(Method::PUT, &path, Some(kept)).await.body["credentials"], service["credentials"]);
    let new = app(&json!({ "application_type": "service" }), &json!({ "client_secret": "new-secret" }));
    org.admin(Method::PUT, &path, Some(new)).await;
    assert_eq!((token(&secret).await.status, token("new-secret").await.status), (401, 200));
    let chosen = app(&json!({ "application_type": "service" }), &json!({ "client_id": "job", "client_secret": "s" }));
    assert_eq!(created(&org, chosen).await["id"], "job");
    let inactive = org.admin(Method::POST, "apps?activate=false", Some(browser_app())).await;
    assert_eq!(inactive.body["status"], "INACTIVE");
}

#[tokio::test]
async fn an_app_is_replaced_deactivated_and_deleted() {
    let org = TestOrg::start().await;
    let id = created(&org, browser_app()).await["id"].as_str().unwrap().to_owned();
    let path = format!("apps/{id}");
    let other = "https://other.example/callback";
    let settings = json!({
        "application_type": "browser",
        "redirect_uris": [other],
        "grant_types": ["authorization_code", "refresh_token"],
        "consent_method": "REQUIRED",
        "refresh_token": { "rotation_type": "STATIC", "leeway": 5 },
    });
    let replaced = org.admin(Method::PUT, &path, Some(app(&settings, &json!({})))).await.body;
    for (name, value) in settings.as_object().unwrap() {
        assert_eq!(&replaced["settings"]["oauthClient"][name], value, "{name}");
    }
    assert_eq!(sign_in(&org.browser(), &id, CALLBACK).await.status, 400);
    let asks = sign_in(&org.browser(), &id, other).await;
    assert!(asks.text().contains("/oauth2/v1/consent"), "{}", asks.text());

    org.admin(Method::DELETE, &path, None).await.is_error(403, "E0000056");
    assert_eq!(org.admin(Method::POST, &format!("{path}/lifecycle/deactivate"), None).await.status, 200);
    assert_eq!(org.admin(Method::GET, &path, None).await.body["status"], "INACTIVE");
    assert_eq!(sign_in(&org.browser(), &id, other).await.status, 400);
    org.admin(Method::POST, &format!("{path}/lifecycle/activate"), None).await;
    assert_eq!(sign_in(&org.browser(), &id, other).await.status, 200);
    org.admin(Method::POST, &format!("{path}/lifecycle/deactivate"), None).await;
    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        org.admin(method, &path, None).await.is_error(404, "E0000007");
    }
}

#[tokio::test]
async fn the_list_has_the_clients_of_the_file_and_a_reset_restores_it() {
    let org = TestOrg::start().await;
    let labels = async |query: &str| {
        let list = org.admin(Method::GET, &format!("apps{query}"), None).await.body;
        list.as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    created(&org, browser_app()).await;
    assert_eq!(
        labels("").await,
        ["Rain Cloud app", "Rain Cloud server", "Rain Cloud job", "Rain Cloud backend hook", "Shop"]
    );
    assert_eq!(labels("?q=sho").await, ["Shop"]);
    let first = org.admin(Method::GET, "apps?limit=1", None).await;
    assert!(first.header("link").contains("/api/v1/apps?"), "{}", first.header("link"));
    org.control(Method::POST, "reset", None).await;
    assert_eq!(labels("?q=sho").await, [""; 0]);
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let org = TestOrg::start().await;
    let with = |member: &str, value: Value| {
        let mut body = browser_app();
        body[member] = value;
        body
    };
    let settings = |name: &str, value: Value| {
        let mut body = browser_app();
        body["settings"]["oauthClient"][name] = value;
        body
    };
    let credentials = |name: &str, value: &str| {
        let mut body = browser_app();
        body["credentials"]["oauthClient"][name] = value.into();
        body
    };
    for body in [
        with("name", json!("bookmark")),
        with("signOnMode", json!("SAML_2_0")),
        with("label", json!(" ")),
        settings("application_type", json!("robot")),
        settings("redirect_uris", json!([])),
        settings("redirect_uris", json!("https://app.example")),
        settings("redirect_uris", json!(["https://app.example/#x"])),
        settings("grant_types", json!(["password"])),
        settings("grant_types", json!(["client_credentials"])),
        settings("response_types", json!(["id_token"])),
        settings("consent_method", json!("MAYBE")),
        settings("refresh_token", json!({ "rotation_type": "SOMETIMES" })),
        credentials("token_endpoint_auth_method", "private_key_jwt"),
        credentials("token_endpoint_auth_method", "client_secret_basic"),
        credentials("client_secret", "a browser can't keep one"),
        credentials("client_id", "0oasamplebrowserapp0"),
    ] {
        let answer = org.admin(Method::POST, "apps", Some(body.clone())).await;
        assert_eq!((answer.status, &answer.body["errorCode"]), (400, &json!("E0000001")), "{body}");
    }
    let id = created(&org, browser_app()).await["id"].as_str().unwrap().to_owned();
    for body in [credentials("client_id", "another"), settings("application_type", json!("native"))] {
        org.admin(Method::PUT, &format!("apps/{id}"), Some(body)).await.is_error(400, "E0000001");
    }
    let without = Client::new().get(format!("{}/api/v1/apps", org.address())).send().await.unwrap();
    Answer::of(without).await.is_error(401, "E0000011");
}
