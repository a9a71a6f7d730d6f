//! `doctor`: each check is broken once, by the emulator or by something in front of it.

use okta_emulator::{DoctorOptions, Report, Verdict, examine};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, PAGE, TestOrg};

const OTHER_PAGE: &str = "http://localhost:9090";

async fn report(org: &str, page: &str, login: Option<&str>) -> Report {
    let options =
        DoctorOptions { org: org.to_owned(), page: page.to_owned(), login: login.map(str::to_owned), authority: None };
    examine(&options).await.unwrap()
}

#[track_caller]
fn is(report: &Report, check: &str, verdict: Verdict, says: &str) {
    let finding = report.findings.iter().find(|finding| finding.check == check).unwrap();
    assert_eq!(finding.verdict, verdict, "{finding:?}");
    let text = format!("{} {}", finding.found, finding.advice.as_deref().unwrap_or_default());
    assert!(text.contains(says), "{says:?} is not in {text:?}");
    assert_eq!(finding.advice.is_none(), verdict == Verdict::Ok, "{finding:?}");
}

/// Replaces a header of the org's answers until faults are removed.
async fn replace_header(org: &TestOrg, method: &str, path: &str, name: &str, value: Option<&str>) {
    let fault = json!({ "kind": "header", "name": name, "value": value });
    let plan = json!({ "method": method, "path": path, "times": 9, "fault": fault });
    assert_eq!(org.control(Method::POST, "faults", Some(plan)).await.status, 204);
}

async fn plan(org: &TestOrg, path: &str, fault: Value) {
    let plan = json!({ "path": path, "times": 9, "fault": fault });
    assert_eq!(org.control(Method::POST, "faults", Some(plan)).await.status, 204);
}

#[tokio::test]
async fn everything_is_ok_with_the_sample_org() {
    let org = TestOrg::start().await;
    let report = report(org.address(), PAGE, Some("ada.byron@example.com")).await;
    for finding in &report.findings {
        let expected = if finding.check == "factors" { Verdict::Unknown } else { Verdict::Ok };
        assert_eq!(finding.verdict, expected, "{finding:?}");
    }
    assert!(!report.has_failed());
    // Nobody was signed in, and nothing was tried.
    let counts = org.control(Method::GET, "counts", None).await.body;
    assert_eq!((&counts["transactions"], &counts["sessions"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn an_org_that_is_not_there() {
    let org = TestOrg::start().await;
    let secure = org.address().replace("http://", "https://");
    let away = org.address().to_owned();
    is(&report(&secure, PAGE, None).await, "reachable", Verdict::Failed, "No TLS connection to localhost");
    is(&report("https://no-such-org.invalid", PAGE, None).await, "reachable", Verdict::Failed, "no-such-org.invalid");
    drop(org);
    let gone = report(&away, PAGE, Some("ada.byron")).await;
    is(&gone, "reachable", Verdict::Failed, "Check host and port.");
    for check in ["engine", "authentication API", "CORS", "rate limits", "clock", "redirect", "cookies"] {
        is(&gone, check, Verdict::Unknown, "");
    }
    assert!(gone.has_failed());
}

#[tokio::test]
async fn an_org_that_moved_or_is_down() {
    const PATH: &str = "/.well-known/okta-organization";
    let org = TestOrg::start().await;
    plan(&org, PATH, json!({ "kind": "status", "status": 301 })).await;
    replace_header(&org, "GET", PATH, "location", Some("https://id.acme.example/.well-known/okta-organization")).await;
    let moved = report(org.address(), PAGE, None).await;
    is(&moved, "reachable", Verdict::Failed, "Use https://id.acme.example as the address of the org");
    is(&moved, "engine", Verdict::Unknown, "");
    org.control(Method::DELETE, "faults", None).await;
    plan(&org, PATH, json!({ "kind": "status", "status": 503 })).await;
    is(&report(org.address(), PAGE, None).await, "reachable", Verdict::Failed, "503");
}

#[tokio::test]
async fn another_engine_and_another_api() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "engine", Some(json!({ "engine": "identity" }))).await;
    let upgraded = report(org.address(), PAGE, None).await;
    is(&upgraded, "engine", Verdict::Warning, "Identity Engine");
    is(&upgraded, "authentication API", Verdict::Ok, "");
    is(&upgraded, "factors", Verdict::Unknown, "An upgraded org");
    is(&upgraded, "identity provider", Verdict::Unknown, "--login");
    for (path, fault, check, verdict, says) in [
        (
            "/.well-known/okta-organization",
            json!({ "kind": "status", "status": 404 }),
            "engine",
            Verdict::Unknown,
            "does not say",
        ),
        (
            "/.well-known/okta-organization",
            json!({ "kind": "replace", "pointer": "/pipeline", "value": "v9" }),
            "engine",
            Verdict::Unknown,
            "not known here",
        ),
        (AUTHN, json!({ "kind": "status", "status": 404 }), "authentication API", Verdict::Failed, "404"),
        (AUTHN, json!({ "kind": "rate-limit" }), "authentication API", Verdict::Warning, "rate limit"),
        (
            AUTHN,
            json!({ "kind": "replace", "pointer": "/errorCode", "value": "E0000015" }),
            "authentication API",
            Verdict::Failed,
            "E0000015",
        ),
        (
            "/.well-known/webfinger",
            json!({ "kind": "status", "status": 404 }),
            "identity provider",
            Verdict::Unknown,
            "404",
        ),
    ] {
        plan(&org, path, fault).await;
        is(&report(org.address(), PAGE, Some("ada.byron")).await, check, verdict, says);
        org.control(Method::DELETE, "faults", None).await;
    }
    let routed = report(org.address(), PAGE, Some("jo@partner.example")).await;
    is(&routed, "identity provider", Verdict::Warning, "discovery");
}

#[tokio::test]
async fn a_page_that_is_not_trusted() {
    let org = TestOrg::start().await;
    let stranger = report(org.address(), OTHER_PAGE, None).await;
    is(&stranger, "CORS", Verdict::Failed, "Trusted Origins, with CORS");
    is(&stranger, "redirect", Verdict::Failed, "Trusted Origins, with Redirect");
    assert!(stranger.has_failed());
    for (cors, redirect) in [(true, false), (false, true)] {
        let origin = if cors { OTHER_PAGE } else { "http://localhost:9191" };
        let trust = json!({ "origin": origin, "cors": cors, "redirect": redirect });
        assert_eq!(org.control(Method::POST, "trusted-origins", Some(trust)).await.status, 204);
        let half = report(org.address(), origin, None).await;
        is(&half, "CORS", if cors { Verdict::Ok } else { Verdict::Failed }, "");
        is(&half, "redirect", if redirect { Verdict::Ok } else { Verdict::Failed }, "");
    }
    plan(&org, "/login/signout", json!({ "kind": "status", "status": 200 })).await;
    is(&report(org.address(), OTHER_PAGE, None).await, "redirect", Verdict::Unknown, "trusted origins, with Redirect");
}

#[tokio::test]
async fn answers_that_something_in_front_of_the_org_has_changed() {
    let org = TestOrg::start().await;
    for (method, name, value, check, verdict, says) in [
        ("OPTIONS", "access-control-allow-origin", None, "CORS", Verdict::Failed, "the preflight names no origin"),
        ("POST", "access-control-allow-origin", None, "CORS", Verdict::Failed, "the answer names no origin"),
        ("POST", "access-control-allow-origin", Some("*"), "CORS", Verdict::Failed, "allows every origin"),
        ("POST", "access-control-allow-origin", Some(OTHER_PAGE), "CORS", Verdict::Failed, "ignores Vary"),
        ("POST", "access-control-allow-credentials", None, "CORS", Verdict::Failed, "does not allow cookies"),
        ("OPTIONS", "access-control-allow-headers", Some("accept"), "CORS", Verdict::Failed, "Content-Type"),
        ("POST", "access-control-expose-headers", None, "rate limits", Verdict::Warning, "can't read"),
        ("POST", "x-rate-limit-reset", None, "rate limits", Verdict::Unknown, "no X-Rate-Limit"),
        ("POST", "date", Some("yesterday"), "clock", Verdict::Unknown, "no Date"),
        ("POST", "set-cookie", None, "cookies", Verdict::Unknown, "no cookie"),
        ("POST", "set-cookie", Some("dt=1; SameSite=None"), "cookies", Verdict::Failed, "without Secure"),
    ] {
        replace_header(&org, method, AUTHN, name, value).await;
        is(&report(org.address(), PAGE, None).await, check, verdict, says);
        org.control(Method::DELETE, "faults", None).await;
    }
}

#[tokio::test]
async fn clocks_that_differ() {
    let org = TestOrg::start().await;
    org.advance(120).await;
    is(&report(org.address(), PAGE, None).await, "clock", Verdict::Warning, "behind the org's");
    org.advance(600).await;
    is(&report(org.address(), PAGE, None).await, "clock", Verdict::Failed, "ID tokens");
}

#[tokio::test]
async fn pages_on_another_site_and_without_https() {
    let org = TestOrg::start().await;
    let port = org.address().rsplit(':').next().unwrap();
    let other_site = format!("http://org.localhost:{port}");
    let two = report(&other_site, PAGE, None).await;
    is(&two, "site", Verdict::Warning, "third-party cookies");
    is(&two, "cookies", Verdict::Failed, "not SameSite=None");
    org.control(Method::POST, "switches", Some(json!({ "crossSiteCookies": true }))).await;
    is(&report(&other_site, PAGE, None).await, "cookies", Verdict::Ok, "");
    let open = report(org.address(), "http://login.acme.example", None).await;
    is(&open, "secure context", Verdict::Failed, "Serve the page by HTTPS");
    // Nothing answers there, but what the addresses say is enough.
    let mixed = report("http://org.acme.invalid", "https://login.acme.example", None).await;
    is(&mixed, "mixed content", Verdict::Failed, "https://");
    is(&mixed, "secure context", Verdict::Ok, "");
}

#[tokio::test]
async fn options_that_are_wrong() {
    for (org, page, says) in [
        ("acme.okta.com", PAGE, "--org is written like"),
        ("https://acme.okta.com/login", PAGE, "--org is written like"),
        ("https://acme.okta.com", "localhost:8080", "--page is written like"),
        ("https://acme.okta.com", "https://acme.example/login", "--page is written like"),
    ] {
        let options = DoctorOptions { org: org.to_owned(), page: page.to_owned(), ..DoctorOptions::default() };
        let error = examine(&options).await.unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}
