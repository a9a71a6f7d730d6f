//! Response types and response modes.

use serde_json::Value;

use super::{authorize, claims, field, redirected, session_token};
use crate::support::{Answer, PAGE, TestOrg};

/// The response of a signed-in browser.
async fn response(org: &TestOrg, changes: &[(&str, &str)]) -> Answer {
    let browser = org.browser();
    let token = session_token(&browser).await;
    let mut changes = changes.to_vec();
    changes.push(("sessionToken", &*token));
    authorize(&browser, &changes).await
}

#[tokio::test]
async fn each_response_type_has_its_parts() {
    let org = TestOrg::start().await;
    for (types, expected) in [
        ("code", &["code"][..]),
        ("token", &["access_token"]),
        ("id_token", &["id_token"]),
        ("id_token token", &["access_token", "id_token"]),
        ("token id_token", &["access_token", "id_token"]),
        ("code id_token", &["code", "id_token"]),
        ("code token", &["code", "access_token"]),
        ("code id_token token", &["code", "access_token", "id_token"]),
    ] {
        let answer = response(&org, &[("response_type", types)]).await;
        let fields = redirected(&answer);
        assert_eq!(answer.header("location").contains('#'), types != "code", "{types}");
        let parts: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        let parts: Vec<&str> =
            parts.into_iter().filter(|name| ["code", "access_token", "id_token"].contains(name)).collect();
        assert_eq!(parts, expected, "{types}");
        if types.contains("id_token") {
            let claims = claims(&org, &field(&fields, "id_token")).await;
            assert_eq!(claims["nonce"], "the-nonce");
            assert_eq!(claims.get("at_hash").is_some(), expected.contains(&"access_token"), "{types}");
            assert_eq!(claims.get("c_hash").is_some(), expected.contains(&"code"), "{types}");
            // Beside an access token, the ID token is short.
            assert_eq!(claims.get("given_name").is_some(), !expected.contains(&"access_token"), "{types}");
        }
    }
}

#[tokio::test]
async fn a_message_goes_to_the_origin_of_the_redirect_uri_only() {
    let org = TestOrg::start().await;
    let changes = [("response_mode", "okta_post_message"), ("prompt", "none"), ("state", "</script><b>")];
    for (answer, expected) in [
        (response(&org, &changes).await, "\"code\":\""),
        (authorize(&org.browser(), &changes).await, "\"error\":\"login_required\""),
    ] {
        assert_eq!(answer.status, 200);
        let policy = answer.header("content-security-policy");
        assert!(policy.ends_with(&format!("frame-ancestors {PAGE}")), "{policy}");
        let text = answer.text();
        assert!(text.contains(expected), "{text}");
        assert!(text.contains(&format!("\"{PAGE}\");")), "{text}");
        assert_eq!(text.matches("</script>").count(), 1, "{text}");
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(text.contains(&format!("<script nonce=\"{nonce}\">")), "{text}");
        let data = text.split("postMessage(").nth(1).unwrap().split(", \"http").next().unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["state"], "</script><b>");
    }
}

#[tokio::test]
async fn a_form_posts_the_response() {
    let org = TestOrg::start().await;
    let changes = [("response_mode", "form_post"), ("response_type", "code id_token"), ("state", "\"><b>")];
    let answer = response(&org, &changes).await;
    let text = answer.text();
    assert_eq!(answer.status, 200);
    assert!(text.contains("<form method=\"post\" action=\"http://localhost:8080/login/callback\">"), "{text}");
    for name in ["code", "id_token"] {
        assert!(text.contains(&format!("<input type=\"hidden\" name=\"{name}\" value=\"")), "{text}");
    }
    assert!(text.contains("value=\"&quot;&gt;&lt;b&gt;\""), "{text}");
}
