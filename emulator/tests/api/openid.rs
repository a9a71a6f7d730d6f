//! OpenID Connect: what a client and its browser do, and what they are told.

mod authorize;
mod consent;
mod errors;
mod introspect;
mod judge;
mod logout;
mod metadata;
mod modes;
mod own_login;
mod refresh;
mod token;
mod userinfo;

use data_encoding::BASE64URL_NOPAD;
use reqwest::Method;
use rsa::{BoxedUint, RsaPublicKey, pkcs1v15, signature::Verifier as _};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::{Url, form_urlencoded};

use crate::support::{Answer, Browser, TestOrg};

/// The client of the sample org without a secret.
const CLIENT: &str = "0oasamplebrowserapp0";
/// The one with a secret.
const SERVER_CLIENT: &str = "0oasamplewebserver00";
const SECRET: &str = "emulator-client-secret";
const CALLBACK: &str = "http://localhost:8080/login/callback";
const VERIFIER: &str = "a-verifier-of-forty-three-characters-or-more";

fn challenge() -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER))
}

fn encode(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A valid request with these parameters replaced or added; an empty value leaves one out.
fn request(changes: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let mut fields = vec![
        ("client_id", CLIENT),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", "the-state"),
        ("nonce", "the-nonce"),
        ("code_challenge", &*challenge),
        ("code_challenge_method", "S256"),
    ];
    fields.retain(|(name, _)| changes.iter().all(|(other, _)| other != name));
    fields.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    encode(&fields)
}

/// Goes to the authorization endpoint of this server.
async fn authorize_at(browser: &Browser, server: &str, changes: &[(&str, &str)]) -> Answer {
    browser.get(&format!("{server}/v1/authorize?{}", request(changes))).await
}

async fn authorize(browser: &Browser, changes: &[(&str, &str)]) -> Answer {
    authorize_at(browser, "/oauth2", changes).await
}

/// The session token of a user who has a password only.
async fn session_token(browser: &Browser) -> String {
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    success.body["sessionToken"].as_str().unwrap().to_owned()
}

/// The parameters of the redirect, in the query or in the fragment.
#[track_caller]
fn redirected(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let url = Url::parse(answer.header("location")).unwrap();
    let encoded = url.fragment().or_else(|| url.query()).unwrap_or_default();
    form_urlencoded::parse(encoded.as_bytes()).into_owned().collect()
}

#[track_caller]
fn field(fields: &[(String, String)], name: &str) -> String {
    fields.iter().find(|(one, _)| one == name).unwrap_or_else(|| panic!("no {name} in {fields:?}")).1.clone()
}

/// Sends a form.
async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser.request(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.body(encode(fields)).send().await.unwrap()).await
}

/// A new code for the client without a secret.
async fn code(browser: &Browser, server: &str, changes: &[(&str, &str)]) -> String {
    let token = session_token(browser).await;
    let mut changes = changes.to_vec();
    changes.push(("sessionToken", &*token));
    field(&redirected(&authorize_at(browser, server, &changes).await), "code")
}

/// Exchanges the code.
async fn exchange(browser: &Browser, server: &str, code: &str) -> Answer {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("redirect_uri", CALLBACK),
        ("code", code),
        ("code_verifier", VERIFIER),
    ];
    post(browser, &format!("{server}/v1/token"), &fields).await
}

/// The tokens for these scopes.
async fn tokens(browser: &Browser, scope: &str) -> Tokens {
    let code = code(browser, "/oauth2", &[("scope", scope)]).await;
    let answer = exchange(browser, "/oauth2", &code).await;
    let text = |name: &str| answer.body[name].as_str().unwrap_or_default().to_owned();
    Tokens { access: text("access_token"), id: text("id_token"), refresh: text("refresh_token") }
}

struct Tokens {
    access: String,
    id: String,
    refresh: String,
}

/// Asks for the user's claims.
async fn userinfo(browser: &Browser, authorization: &str) -> Answer {
    let request = browser.request(Method::GET, "/oauth2/v1/userinfo").header("authorization", authorization);
    Answer::of(request.send().await.unwrap()).await
}

/// Asks whether the token is valid, as the client without a secret.
async fn introspect(browser: &Browser, token: &str) -> Answer {
    post(browser, "/oauth2/v1/introspect", &[("client_id", CLIENT), ("token", token)]).await
}

/// The claims of a token, whose signature is verified with the published keys.
async fn claims(org: &TestOrg, token: &str) -> Value {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("{token}") };
    let decode = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&decode(header)).unwrap();
    assert_eq!(header["alg"], "RS256");
    let keys = org.browser().get("/oauth2/v1/keys").await.body;
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == header["kid"]).unwrap();
    let number = |name: &str| BoxedUint::from_be_slice_vartime(&decode(key[name].as_str().unwrap()));
    let key = pkcs1v15::VerifyingKey::<Sha256>::new(RsaPublicKey::new(number("n"), number("e")).unwrap());
    let signed = &token[..token.rfind('.').unwrap()];
    key.verify(signed.as_bytes(), &pkcs1v15::Signature::try_from(&*decode(signature)).unwrap()).unwrap();
    serde_json::from_slice(&decode(payload)).unwrap()
}
