//! The links to a user's applications, and the assertion that an application gets.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use reqwest::{Client, Method};
use rsa::{
    BoxedUint, RsaPublicKey,
    pkcs1v15::{Signature, VerifyingKey},
    signature::Verifier as _,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::support::{AUTHN, Answer, TestOrg};

const AWS: &str = "/home/amazon_aws/0oasampleamazonaws00/0";

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} in {text}")).0
}

/// The document in the form.
fn assertion(page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    let encoded = between(&text, "name=\"SAMLResponse\" value=\"", "\"");
    String::from_utf8(BASE64.decode(encoded.as_bytes()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_session_has_links_to_applications() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.get("/api/v1/users/me/appLinks").await.is_error(403, "E0000005");
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    browser.redirect(&success).await;
    let links = browser.get("/api/v1/users/me/appLinks").await;
    let aws = links.body.as_array().unwrap().iter().find(|link| link["appName"] == "amazon_aws").unwrap();
    assert_eq!(aws["linkUrl"], format!("{}{AWS}", org.address()));
    assert_eq!(aws["label"], "AWS Account Federation");
    assert_eq!(org.admin(Method::GET, "users/ada.byron/appLinks", None).await.body, links.body);
    org.admin(Method::GET, "users/nobody/appLinks", None).await.is_error(404, "E0000007");
}

/// A command-line client creates a session and sends its id as the cookie.
#[tokio::test]
async fn the_id_of_a_session_is_its_cookie() {
    let org = TestOrg::start().await;
    let success = org.browser().sign_in("ada.byron", "Analytical1843").await;
    let session = org.browser().post("/api/v1/sessions", json!({ "sessionToken": success.body["sessionToken"] })).await;
    let cookie = format!("sid={}", session.body["id"].as_str().unwrap());
    for path in ["/api/v1/users/me/appLinks", "/api/v1/sessions/me", AWS] {
        let request = Client::new().get(format!("{}{path}", org.address())).header("cookie", &cookie);
        assert_eq!(Answer::of(request.send().await.unwrap()).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn an_application_gets_a_signed_assertion() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let token = browser.sign_in("ada.byron", "Analytical1843").await.body["sessionToken"].clone();
    let page = browser.get(&format!("{AWS}?sessionToken={}", token.as_str().unwrap())).await;
    assert!(page.text().contains("action=\"https://signin.aws.amazon.com/saml\""));
    let document = assertion(&page);
    assert!(document.contains("<saml2:AttributeValue>ada.byron@example.com</saml2:AttributeValue>"), "{document}");
    assert!(document.contains(":saml-provider/Okta,arn:aws:iam::123456789012:role/Developer<"), "{document}");
    // The session stays, and the key is the org's.
    assert_eq!(browser.get("/api/v1/sessions/me").await.status, 200);
    let jwk = &browser.get("/oauth2/v1/keys").await.body["keys"][0];
    let modulus = BASE64URL_NOPAD.decode(jwk["n"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(BASE64.encode(&modulus), between(&document, "<ds:Modulus>", "<"));
    let signature = format!("<ds:Signature{}</ds:Signature>", between(&document, "<ds:Signature", "</ds:Signature>"));
    let signed =
        format!("<saml2:Assertion{}</saml2:Assertion>", between(&document, "<saml2:Assertion", "</saml2:Assertion>"));
    let digest = Sha256::digest(signed.replace(&signature, "").as_bytes());
    assert_eq!(BASE64.encode(&digest), between(&document, "<ds:DigestValue>", "<"));
    let info = format!(
        "<ds:SignedInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{}</ds:SignedInfo>",
        between(&signature, "<ds:SignedInfo>", "</ds:SignedInfo>")
    );
    let value = BASE64.decode(between(&document, "<ds:SignatureValue>", "<").as_bytes()).unwrap();
    let key = RsaPublicKey::new(BoxedUint::from_be_slice_vartime(&modulus), BoxedUint::from(65537_u32)).unwrap();
    let key = VerifyingKey::<Sha256>::new(key);
    key.verify(info.as_bytes(), &Signature::try_from(&*value).unwrap()).unwrap();
}

#[tokio::test]
async fn whoever_has_no_session_signs_in_first() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let left = browser.get(AWS).await;
    assert_eq!(left.status, 302);
    let token = left.header("location").split_once("stateToken=").unwrap().1.to_owned();
    let body = json!({ "stateToken": token, "username": "ada.byron", "password": "Analytical1843" });
    let done = browser.post(AUTHN, body).await;
    done.is("SUCCESS");
    let page = browser.get(done.body["_links"]["next"]["href"].as_str().unwrap()).await;
    assert!(assertion(&page).contains("urn:amazon:webservices"));
    assert!(assertion(&browser.get(AWS).await).contains("ada.byron@example.com"));
    assert_eq!(browser.get("/home/amazon_aws/0oanone/0").await.status, 404);
}

#[tokio::test]
async fn attributes_are_filled_and_escaped() {
    let org = TestOrg::with(
        "[[apps]]\nid = \"0oaother\"\nname = \"other\"\nlabel = \"Other\"\nacs = \"http://localhost:1/a?b&c\"\n\
         [apps.attributes]\nmail = [\"<{email}> {firstName} & {lastName}\"]\n",
    )
    .await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    browser.redirect(&success).await;
    let document = assertion(&browser.get("/home/other/0oaother/0").await);
    assert!(document.contains(">&lt;ada.byron@example.com&gt; Ada &amp; Byron<"), "{document}");
    assert!(document.contains("Recipient=\"http://localhost:1/a?b&amp;c\""), "{document}");
}
