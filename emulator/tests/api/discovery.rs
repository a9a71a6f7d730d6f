//! Public endpoints, called without cookies: webfinger, security image, registration.

use reqwest::{Client, Method, header};
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, PAGE, TestOrg};

#[tokio::test]
async fn webfinger_names_the_identity_provider() {
    let org = TestOrg::start().await;
    let ask = async |query: &str| {
        let request = Client::new().get(format!("{}/.well-known/webfinger?{query}", org.address()));
        Answer::of(request.header(header::ACCEPT, "application/jrd+json").header("origin", PAGE).send().await.unwrap())
            .await
    };
    let types = |answer: &Answer| -> Vec<Value> {
        let links = answer.body["links"].as_array().unwrap();
        links.iter().map(|link| link["properties"]["okta:idp:type"].clone()).collect()
    };
    for subject in ["okta:acct:ada.byron", "acct:no.one@example.com"] {
        let own = ask(&format!("resource={subject}&requestContext=%2Fapp%2Fx")).await;
        assert_eq!((own.status, own.header("content-type")), (200, "application/jrd+json"));
        assert_eq!(own.body["subject"], subject);
        assert_eq!(types(&own), [json!("OKTA")]);
        assert!(own.body["links"][0]["href"].as_str().unwrap().ends_with("/sso/idps/OKTA?fromURI=%2Fapp%2Fx"));
    }
    let partner = ask("resource=okta:acct:jo@partner.example&requestContext=00token").await;
    assert_eq!(types(&partner), [json!("SAML2")]);
    assert!(partner.body["links"][0]["href"].as_str().unwrap().ends_with("?stateToken=00token"));
    assert_eq!(types(&ask("resource=okta:acct:jo@partner.example&rel=okta%3Aidp").await), [json!("SAML2")]);
    let both = "resource=okta:acct:jo@partner.example&rel=okta%3Aidp&rel=http%3A%2F%2Fopenid.net%2Fspecs%2Fconnect%2F1.0%2Fissuer";
    assert_eq!(types(&ask(both).await), [json!("SAML2"), json!("OKTA")]);
    assert_eq!(types(&ask("resource=okta:acct:ada.byron&rel=okta%3Aidp").await), [] as [Value; 0]);
    for login in ["margaret.rock@example.com", "jo.contractor@example.com"] {
        let social = ask(&format!("resource=okta:acct:{login}")).await;
        assert_eq!(social.body["links"][0]["properties"]["okta:idp:id"], "0oagoogleprovider000", "{login}");
    }
    for bad in ["", "resource=", "resource=mailto:a@b", "resource=okta:acct:"] {
        ask(bad).await.is_error(400, "E0000001");
    }
}

#[tokio::test]
async fn public_endpoints_do_not_allow_credentials() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let open =
        ["/.well-known/webfinger?resource=okta:acct:a", "/login/getimage?username=a", "/api/v1/registration/form"];
    for path in open {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("access-control-allow-origin"), PAGE, "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    assert_eq!(browser.get("/api/v1/sessions/me").await.header("access-control-allow-credentials"), "true");
}

#[tokio::test]
async fn a_known_browser_receives_the_users_security_image() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let image = async |name: &str, fingerprint: &str| {
        let request = browser.request(Method::GET, &format!("/login/getimage?username={name}"));
        Answer::of(request.header("x-device-fingerprint", fingerprint).send().await.unwrap()).await.body
    };
    let unknown = image("ada.byron", "f1").await;
    assert_eq!(unknown, image("nobody", "f1").await);
    assert!(unknown["pwdImg"].as_str().unwrap().ends_with("/unknown.png"));
    let body = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let sign_in = browser.request(Method::POST, AUTHN).header("x-device-fingerprint", "f1").json(&body);
    assert_eq!(sign_in.send().await.unwrap().status(), 200);
    let known = image("ada.byron", "f1").await;
    assert_eq!((&known["result"], known["pwdImg"] == unknown["pwdImg"]), (&json!("success"), false));
    assert_eq!(image("ada.byron", "f2").await, unknown);
    let picture = browser.get(known["pwdImg"].as_str().unwrap()).await;
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    let frame = browser.get("/auth/services/devicefingerprint").await;
    assert!(frame.text().contains("FingerprintServiceReady"));
    browser.get("/login/getimage").await.is_error(400, "E0000028");
}

#[tokio::test]
async fn registration_returns_an_activation_token_that_signs_in() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let form = browser.get("/api/v1/registration/form").await.body;
    let schema = &form["profileSchema"];
    for name in schema["fieldOrder"].as_array().unwrap() {
        assert_eq!(schema["properties"][name.as_str().unwrap()]["type"], "string", "{name}");
    }
    let register = format!("/api/v1/registration/{}/register", form["policyId"].as_str().unwrap());
    let profile = json!({
        "email": "joan.clarke@example.com", "password": "Banburismus1", "firstName": "Joan", "lastName": "Clarke",
    });
    let with = |name: &str, value: &str| {
        let mut changed = profile.clone();
        changed[name] = value.into();
        json!({ "userProfile": changed })
    };
    let causes = async |body: Value| browser.post(&register, body).await.body["errorCauses"][0].clone();
    assert_eq!(causes(with("lastName", "")).await["location"], "data.userProfile.lastName");
    assert!(causes(with("password", "joan")).await["errorSummary"].as_str().unwrap().contains("at least 8"));
    let known = causes(with("email", "ada.byron@example.com")).await;
    assert_eq!((&known["reason"], &known["location"]), (&json!("UNIQUE_CONSTRAINT"), &json!("data.userProfile.login")));

    let done = browser.post(&register, json!({ "userProfile": profile })).await;
    let token = done.body["activationToken"].as_str().unwrap();
    browser.sign_in("joan.clarke", "Banburismus1").await.is_error(401, "E0000004");
    let entered = browser.post(AUTHN, json!({ "token": token })).await;
    assert_eq!(entered.body["status"], "SUCCESS");
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "SUCCESS");
    browser.post("/api/v1/registration/other/register", json!({})).await.is_error(404, "E0000007");
}

#[tokio::test]
async fn registration_follows_the_seed_file() {
    let seed = |how: &str| {
        format!(
            "[org]\nname = \"x\"\n[hashing]\nmemory_kib = 8\niterations = 1\n[registration]\nends_with = \"{how}\"\n"
        )
    };
    let off = TestOrg::of(&seed("off")).await;
    off.browser().get("/api/v1/registration/form").await.is_error(401, "E0000015");
    let org = TestOrg::of(&seed("email")).await;
    let browser = org.browser();
    let policy = browser.get("/api/v1/registration/form").await.body["policyId"].as_str().unwrap().to_owned();
    let profile = json!({
        "email": "joan.clarke@example.com", "password": "Banburismus1", "firstName": "Joan", "lastName": "Clarke",
    });
    let path = format!("/api/v1/registration/{policy}/register");
    let done = browser.post(&path, json!({ "userProfile": profile })).await;
    assert_eq!((done.status, &done.body), (200, &json!({})));
    let link = org.messages("joan.clarke").await[0]["link"].as_str().unwrap().to_owned();
    let token = link.split_once("?token=").unwrap().1;
    assert_eq!(browser.post(AUTHN, json!({ "token": token })).await.body["status"], "SUCCESS");
}
