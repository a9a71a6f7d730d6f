//! The system log of the management API.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestOrg;

async fn events(org: &TestOrg, query: &str) -> Vec<Value> {
    let answer = org.admin(Method::GET, &format!("logs?{query}"), None).await;
    assert_eq!(answer.status, 200, "{query}: {:?}", answer.body);
    answer.body.as_array().unwrap().clone()
}

/// Type, result and reason of each event.
fn told(events: &[Value]) -> Vec<String> {
    let text = |event: &Value, at: &str| event.pointer(at).and_then(Value::as_str).unwrap_or("-").to_owned();
    let of =
        |event| [text(event, "/eventType"), text(event, "/outcome/result"), text(event, "/outcome/reason")].join(" ");
    events.iter().map(of).collect()
}

#[tokio::test]
async fn sign_ins_proofs_and_lockouts_are_logged() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.sign_in("nobody", "x").await.is_error(401, "E0000004");
    browser.sign_in("jeff.beck", "wrong").await.is_error(401, "E0000004");
    let began = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let factors = began.body["_embedded"]["factors"].as_array().unwrap().clone();
    let question = factors.iter().find(|one| one["factorType"] == "question").unwrap();
    let verify = &question["_links"]["verify"];
    browser.follow(&began, verify, json!({ "answer": "Red Deer" })).await.is_error(403, "E0000068");
    assert_eq!(browser.follow(&began, verify, json!({ "answer": "Blue Bear" })).await.body["status"], "SUCCESS");
    for _ in 0..5 {
        browser.sign_in("ada.byron", "wrong").await;
    }
    let all = events(&org, "").await;
    let wrong = "user.session.start FAILURE INVALID_CREDENTIALS";
    let mut expected = vec![
        wrong,
        wrong,
        "user.authentication.auth_via_mfa FAILURE INVALID_CREDENTIALS",
        "user.authentication.auth_via_mfa SUCCESS -",
        "user.session.start SUCCESS -",
    ];
    expected.extend([wrong; 4]);
    expected.extend(["user.account.lock SUCCESS -", "user.session.start FAILURE LOCKED_OUT"]);
    assert_eq!(told(&all), expected);
    assert_eq!(all[0]["actor"]["alternateId"], "nobody");
    assert_eq!(all[4]["actor"]["alternateId"], "jeff.beck@acme.com");
    assert_eq!(all[3]["target"][1]["type"], "AuthenticatorEnrollment");
    assert!(!json!(all).to_string().contains("xaxaxaxaxa"), "no password is logged");
}

#[tokio::test]
async fn the_log_is_filtered_paged_and_sorted() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.sign_in("ada.byron", "Analytical1843").await;
    browser.sign_in("ada.byron", "wrong").await;
    org.advance(3600).await;
    org.admin(Method::POST, "users/ada.byron/lifecycle/suspend", None).await;
    let check = async |query: &str, expected: &[&str]| {
        let names = events(&org, query).await;
        let names: Vec<&str> = names.iter().map(|event| event["eventType"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{query}");
    };
    let (start, suspend) = ("user.session.start", "user.lifecycle.suspend");
    check("", &[start, start, suspend]).await;
    check("sortOrder=DESCENDING", &[suspend, start, start]).await;
    check("filter=eventType%20eq%20%22user.lifecycle.suspend%22", &[suspend]).await;
    check("filter=eventType%20eq%20%22user.session.start%22%20and%20outcome.result%20eq%20%22FAILURE%22", &[start])
        .await;
    check("filter=eventType%20co%20%22lock%22%20or%20eventType%20sw%20%22user.life%22", &[suspend]).await;
    check("filter=target.alternateId%20ne%20%22ada.byron@example.com%22", &[]).await;
    check("q=Suspend", &[suspend]).await;
    let all = events(&org, "").await;
    let time = all[2]["published"].as_str().unwrap();
    check(&format!("since={time}"), &[suspend]).await;
    check(&format!("until={time}"), &[start, start]).await;
    check(&format!("limit=1&after={}", all[0]["uuid"].as_str().unwrap()), &[start]).await;
    for query in ["filter=eventType", "filter=eventType%20gt%20%22a%22", "filter=colour%20eq%20%22a%22"] {
        org.admin(Method::GET, &format!("logs?{query}"), None).await.is_error(400, "E0000031");
    }
    for query in ["since=yesterday", "limit=0", "limit=1001", "sortOrder=UP", "colour=red"] {
        org.admin(Method::GET, &format!("logs?{query}"), None).await.is_error(400, "E0000001");
    }
}
