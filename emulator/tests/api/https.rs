//! HTTPS, the org behind a proxy, and the cookies of both.

use std::path::PathBuf;

use okta_emulator::{Builder, Emulator, Tls};
use reqwest::{Certificate, Client, header, redirect::Policy};
use serde_json::{Value, json};

const CONFIG: &str = concat!(
    include_str!("../../sample-org.toml"),
    "\n[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000\n"
);

/// A client that trusts this authority and no other.
fn client(authority: Option<&str>) -> Client {
    let trusted = authority.map(|pem| Certificate::from_pem(pem.as_bytes()).unwrap());
    Client::builder().tls_certs_only(trusted).redirect(Policy::none()).build().unwrap()
}

fn org() -> Builder {
    Emulator::builder().config_text(CONFIG)
}

/// Signs in, and returns the answer with the cookies that were set for the device and for the session.
async fn sign_in(client: &Client, url: &str) -> (Value, String, String) {
    let cookie = |answer: &reqwest::Response| answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    let body = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let answer = client.post(format!("{url}/api/v1/authn")).json(&body).send().await.unwrap();
    let device = cookie(&answer);
    let answer: Value = answer.json().await.unwrap();
    let session = json!({ "sessionToken": answer["sessionToken"] });
    let token = session["sessionToken"].as_str().unwrap();
    let redirect =
        format!("{url}/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    (answer, device, cookie(&client.get(redirect).send().await.unwrap()))
}

/// Whether a cookie is as an Okta org sets it, or as without HTTPS.
#[track_caller]
fn is_secure(cookie: &str) -> bool {
    let secure = cookie.ends_with("; HttpOnly; SameSite=None; Secure");
    assert!(secure || cookie.ends_with("; HttpOnly; SameSite=Lax"), "{cookie}");
    secure
}

#[tokio::test]
async fn a_made_certificate_is_for_every_name_of_this_machine() {
    let emulator = org().page_origin("http://localhost:8080").host("my-org.localhost").tls(Tls::made()).start().await;
    let emulator = emulator.unwrap();
    let pem = emulator.authority_pem().unwrap();
    let path = emulator.authority_path().unwrap().to_owned();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), pem);
    let trusting = client(Some(pem));
    let port = emulator.url().rsplit(':').next().unwrap().to_owned();
    assert_eq!(emulator.url(), format!("https://localhost:{port}"));
    for host in ["localhost", "127.0.0.1", "[::1]", "my-org.localhost"] {
        let (name, loopback) = (host.trim_matches(['[', ']']), ([127, 0, 0, 1], 0).into());
        let builder = Client::builder().tls_certs_only([Certificate::from_pem(pem.as_bytes()).unwrap()]);
        let resolving = if host.ends_with(".localhost") { builder.resolve(name, loopback) } else { builder };
        let url = format!("https://{host}:{port}/.well-known/okta-organization");
        assert_eq!(resolving.build().unwrap().get(url).send().await.unwrap().status(), 200, "{host}");
    }

    let (answer, device, session) = sign_in(&trusting, emulator.url()).await;
    assert_eq!(answer["status"], "SUCCESS");
    assert!(is_secure(&device) && is_secure(&session));
    let metadata = format!("{}/.well-known/openid-configuration", emulator.url());
    let metadata: Value = trusting.get(metadata).send().await.unwrap().json().await.unwrap();
    assert_eq!(metadata["issuer"], format!("https://my-org.localhost:{port}"));

    assert!(client(None).get(emulator.url()).send().await.is_err(), "only who trusts the authority connects");
    let plain = Client::new().get(format!("http://localhost:{port}/")).send().await.unwrap();
    assert_eq!(plain.status(), 400);
    assert!(plain.text().await.unwrap().contains("https://"));
    emulator.stop().await;
    assert!(!path.exists(), "the file is removed");
}

#[tokio::test]
async fn faults_break_connections_with_tls_too() {
    let emulator = org().tls(Tls::made()).start().await.unwrap();
    let client = client(emulator.authority_pem());
    let fault = okta_emulator::PlannedFault::once("/x", okta_emulator::Fault::Reset);
    emulator.plan_fault(&fault).await.unwrap();
    assert!(client.get(format!("{}/x", emulator.url())).send().await.is_err());
    assert_eq!(client.get(format!("{}/x", emulator.url())).send().await.unwrap().status(), 404);
}

/// A certificate for localhost, its key, and a key that is not its own, as PEM files.
fn own_files(folder: &std::path::Path) -> (String, PathBuf, PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let other = rcgen::KeyPair::generate().unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    let certificate = write("cert.pem", &made.cert.pem());
    let key = write("key.pem", &made.signing_key.serialize_pem());
    (made.cert.pem(), certificate, key, write("other.pem", &other.serialize_pem()))
}

#[tokio::test]
async fn ones_own_certificate_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let (pem, certificate, key, _) = own_files(folder.path());
    let emulator = org().tls(Tls::files(certificate, key)).start().await.unwrap();
    assert_eq!(emulator.authority_path(), None);
    let answer = client(Some(&pem)).get(format!("{}/x", emulator.url())).send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn files_that_can_not_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (_, certificate, key, other) = own_files(folder.path());
    let nothing = folder.path().join("nothing.pem");
    let (certificate, key) = (certificate.as_path(), key.as_path());
    for (certificate, key, file, expected) in [
        (certificate, other.as_path(), "other.pem", "--tls-cert and --tls-key belong together"),
        (key, key, "key.pem", "has no certificate"),
        (certificate, certificate, "cert.pem", "has no private key"),
        (certificate, nothing.as_path(), "nothing.pem", "can not be read"),
        (nothing.as_path(), key, "nothing.pem", "can not be read"),
    ] {
        let error = org().tls(Tls::files(certificate, key)).start().await.unwrap_err().to_string();
        assert!(error.contains(file) && error.contains(expected), "{error}");
    }
    let authority = folder.path().join("missing/authority.pem");
    let error = org().tls(Tls::Made { authority: Some(authority) }).start().await.unwrap_err().to_string();
    assert!(error.contains("missing/authority.pem") && error.contains("--tls-authority FILE"), "{error}");
}

#[tokio::test]
async fn behind_a_proxy_every_link_is_the_proxys() {
    let org = || org().page_origin("http://localhost:8080");
    let emulator = org().base_url("https://login.example.test/").start().await.unwrap();
    assert_eq!(emulator.base_url(), "https://login.example.test");
    // As a proxy passes requests on: to the emulator's port, with the host of the client's request.
    let proxied = Client::builder().redirect(Policy::none()).default_headers(
        [(header::HOST, header::HeaderValue::from_static("login.example.test"))].into_iter().collect(),
    );
    let proxied = proxied.build().unwrap();
    let (answer, device, session) = sign_in(&proxied, emulator.url()).await;
    assert!(is_secure(&device) && is_secure(&session), "the cookies are Secure, because the base URL has https");
    let port = emulator.url().rsplit(':').next().unwrap();
    let metadata = format!("{}/.well-known/openid-configuration", emulator.url());
    let metadata = proxied.get(metadata).send().await.unwrap().text().await.unwrap();
    let required = json!({ "username": "jeff.beck", "password": "xaxaxaxaxa" });
    let required = proxied.post(format!("{}/api/v1/authn", emulator.url())).json(&required).send().await.unwrap();
    let required = required.text().await.unwrap();
    for text in [&metadata, &required] {
        assert!(text.contains("https://login.example.test/"), "{text}");
    }
    for text in [&answer.to_string(), &metadata, &required] {
        assert!(!text.contains(&format!("localhost:{port}")), "{text}");
    }
    let plain = org().base_url("http://login.example.test:8000").start().await.unwrap();
    let (_, device, session) = sign_in(&Client::builder().redirect(Policy::none()).build().unwrap(), plain.url()).await;
    assert!(!is_secure(&device) && !is_secure(&session));
}
