//! The end of the session by a client.

use super::{encode, post, tokens};
use crate::support::{PAGE, TestOrg};

#[tokio::test]
async fn a_logout_ends_the_session_and_leads_back() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let id_token = tokens(&browser, "openid").await.id;
    let fields = [("id_token_hint", &*id_token), ("post_logout_redirect_uri", PAGE), ("state", "a&b")];
    let answer = browser.get(&format!("/oauth2/v1/logout?{}", encode(&fields))).await;
    assert_eq!((answer.status, answer.header("location")), (302, &*format!("{PAGE}?state=a%26b")));
    assert!(answer.header("set-cookie").starts_with("sid=; "), "{}", answer.header("set-cookie"));
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");

    // An expired ID token is good enough, and so is a form.
    let browser = org.browser();
    let id_token = tokens(&browser, "openid").await.id;
    org.advance(3601).await;
    assert_eq!(post(&browser, "/oauth2/v1/logout", &[("id_token_hint", &*id_token)]).await.status, 200);
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
}

#[tokio::test]
async fn what_is_not_registered_or_not_signed_ends_nothing() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let tokens = tokens(&browser, "openid").await;
    let forged = format!("{}AAAA", tokens.id.get(..tokens.id.len() - 4).unwrap());
    for fields in [
        &[("post_logout_redirect_uri", PAGE)][..],
        &[("id_token_hint", &*forged), ("post_logout_redirect_uri", PAGE)],
        &[("id_token_hint", &*tokens.refresh)],
        &[("id_token_hint", "a.b.c")],
        &[("id_token_hint", &*tokens.id), ("post_logout_redirect_uri", "http://evil.example/")],
        &[("id_token_hint", &*tokens.id), ("id_token_hint", &*tokens.id)],
    ] {
        let answer = browser.get(&format!("/oauth2/v1/logout?{}", encode(fields))).await;
        assert_eq!((answer.status, answer.header("location")), (400, ""), "{fields:?}");
    }
    let of_other_server = format!("/oauth2/default/v1/logout?{}", encode(&[("id_token_hint", &*tokens.id)]));
    assert_eq!(browser.get(&of_other_server).await.status, 400);
    assert_eq!(browser.get("/api/v1/sessions/me").await.status, 200);

    // The session of another user stays.
    let other = org.browser();
    let success = other.sign_in("katherine.johnson", "Trajectory1962").await;
    other.redirect(&other.go(&success, "skip", serde_json::json!({})).await).await;
    let answer = other.get(&format!("/oauth2/v1/logout?{}", encode(&[("id_token_hint", &*tokens.id)]))).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (200, ""));
    assert_eq!(other.get("/api/v1/sessions/me").await.status, 200);
}
