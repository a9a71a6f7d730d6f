//! Primary authentication: success, refusals, and what the responses reveal.

use serde_json::json;

use crate::support::{AUTHN, TestOrg};

#[tokio::test]
async fn a_password_alone_returns_a_session_token() {
    let org = TestOrg::start().await;
    let answer = org.browser().sign_in("ada.byron@example.com", "Analytical1843").await;
    answer.is("SUCCESS");
    assert_eq!(answer.body["_embedded"]["user"]["profile"]["login"], "ada.byron@example.com");
    assert_eq!(answer.body["_embedded"]["user"]["profile"]["firstName"], "Ada");
    assert!(answer.body["sessionToken"].as_str().is_some_and(|token| token.len() == 42));
    assert!(answer.body.get("stateToken").is_none());
}

#[tokio::test]
async fn every_refusal_has_the_same_response() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let refused = [
        ("ada.byron", "wrong"),
        ("nobody.here", "Analytical1843"),
        ("", ""),
        // Denied by policy.
        ("rosalind.franklin", "Photo51Helix"),
    ];
    for (login, password) in refused {
        let answer = browser.sign_in(login, password).await;
        answer.is_error(401, "E0000004");
        assert_eq!(answer.body["errorSummary"], "Authentication failed");
        assert_eq!(answer.body["errorCauses"], json!([]));
    }
    browser.sign_in("chien-shiung.wu", "Parity1956").await.is_error(403, "E0000085");
}

#[tokio::test]
async fn a_login_matches_in_any_case_and_without_its_domain() {
    let org = TestOrg::start().await;
    for login in ["Ada.Byron@Example.com", "ADA.BYRON", " ada.byron "] {
        org.browser().sign_in(login, "Analytical1843").await.is("SUCCESS");
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_without_revealing_it() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for _ in 0..5 {
        browser.sign_in("ada.byron", "wrong").await.is_error(401, "E0000004");
    }
    browser.sign_in("ada.byron", "Analytical1843").await.is_error(401, "E0000004");
}

#[tokio::test]
async fn a_correct_password_resets_the_count_of_wrong_ones() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for _ in 0..2 {
        for _ in 0..4 {
            browser.sign_in("ada.byron", "wrong").await.is_error(401, "E0000004");
        }
        browser.sign_in("ada.byron", "Analytical1843").await.is("SUCCESS");
    }
}

#[tokio::test]
async fn a_lockout_is_reported_if_the_policy_shows_it() {
    let org = TestOrg::start().await;
    let answer = org.browser().sign_in("dorothy.hodgkin", "Penicillin1945").await;
    answer.is("LOCKED_OUT");
    assert!(answer.body.get("stateToken").is_none());
    assert_eq!(answer.body["_links"]["next"]["name"], "unlock");
    let without = org.browser().sign_in("barbara.mcclintock", "wrong").await;
    without.is("LOCKED_OUT");
    assert!(without.body["_links"].get("next").is_none());
}

#[tokio::test]
async fn the_state_can_be_read_which_extends_the_token() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let first = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    first.is("MFA_REQUIRED");
    let token = json!({ "stateToken": first.body["stateToken"] });
    for path in [AUTHN, "/api/v1/authn/introspect"] {
        org.advance(9 * 60).await;
        let again = browser.post(path, token.clone()).await;
        again.is("MFA_REQUIRED");
        assert!(again.body["expiresAt"].as_str() > first.body["expiresAt"].as_str());
    }
    org.advance(10 * 60).await;
    browser.post(AUTHN, token.clone()).await.is_error(401, "E0000011");
    browser.post(AUTHN, json!({ "stateToken": "00unknown" })).await.is_error(401, "E0000011");
}

#[tokio::test]
async fn a_password_expiry_warning_can_be_skipped() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.sign_in("emmy.noether", "Symmetry1918").await.is("SUCCESS");
    let warned = browser.sign_in_with("emmy.noether", "Symmetry1918", "warnBeforePasswordExpired").await;
    warned.is("PASSWORD_WARN");
    assert_eq!(warned.body["_embedded"]["policy"]["expiration"]["passwordExpireDays"], 5);
    assert_eq!(warned.body["_embedded"]["policy"]["complexity"]["minLength"], 8);
    assert_eq!(warned.body["_links"]["next"]["name"], "changePassword");
    browser.go(&warned, "skip", json!({})).await.is("SUCCESS");

    let expired = browser.sign_in("lise.meitner", "Fission1938").await;
    expired.is("PASSWORD_EXPIRED");
    assert!(expired.body["_links"].get("skip").is_none());
}

#[tokio::test]
async fn the_relay_state_is_returned() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let body = json!({ "username": "jeff.beck", "password": "xaxaxaxaxa", "relayState": "/deep/link" });
    let answer = browser.post(AUTHN, body).await;
    assert_eq!(answer.body["relayState"], "/deep/link");
    let cancelled = browser.go(&answer, "cancel", json!({})).await;
    assert_eq!((cancelled.status, &cancelled.body), (200, &json!({ "relayState": "/deep/link" })));
}

#[tokio::test]
async fn four_sign_ins_per_second_and_user_name() {
    let seed = format!("{}\n[hashing]\nmemory_kib = 8\niterations = 1\n", include_str!("../../sample-org.toml"));
    let org = TestOrg::of(&seed).await;
    let browser = org.browser();
    let mut refused = None;
    while refused.is_none() {
        let answer = browser.sign_in("ada.byron", "Analytical1843").await;
        assert_eq!(answer.header("x-rate-limit-limit"), "4");
        if answer.status == 429 {
            refused = Some(answer);
        }
    }
    let refused = refused.unwrap();
    refused.is_error(429, "E0000047");
    assert_eq!(refused.header("x-rate-limit-remaining"), "0");
    assert!(refused.header("x-rate-limit-reset").parse::<u64>().is_ok_and(|seconds| seconds > 1_500_000_000));
    browser.sign_in("lise.meitner", "Fission1938").await.is("PASSWORD_EXPIRED");
    org.advance(1).await;
    browser.sign_in("ada.byron", "Analytical1843").await.is("SUCCESS");
}

#[tokio::test]
async fn a_lockout_can_end_by_itself_and_a_suspension_does_not() {
    let seed = r#"
[org]
name = "Rain Cloud"
[hashing]
memory_kib = 8
iterations = 1
[policies.password.default]
max_attempts = 2
auto_unlock_minutes = 15
[[users]]
login = "ada@example.com"
password = "right"
first_name = "A"
last_name = "B"
[[users]]
login = "eve@example.com"
password = "right"
first_name = "E"
last_name = "V"
status = "SUSPENDED"
"#;
    let org = TestOrg::of(seed).await;
    let browser = org.browser();
    for password in ["wrong", "wrong", "right"] {
        browser.sign_in("ada", password).await.is_error(401, "E0000004");
    }
    org.advance(15 * 60).await;
    browser.sign_in("ada", "right").await.is("SUCCESS");
    browser.sign_in("eve", "right").await.is_error(401, "E0000004");
}
