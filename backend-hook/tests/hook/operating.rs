//! What an operator meets: starting, looking, ending.

use reqwest::Method;
use serde_json::json;

use crate::support::{ADA, PAGE, World, command};

#[tokio::test]
async fn health_and_figures_are_on_an_address_of_their_own() {
    let world = World::start().await;
    let internal = async |path: &str| {
        let answer = world.http.get(format!("{}{path}", world.hook.internal)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(internal("/healthz").await, (200, "alive\n".to_owned()));
    let before = world.asked().await.len();
    for _ in 0..5 {
        assert_eq!(internal("/readyz").await, (200, "ready\n".to_owned()));
    }
    assert_eq!(world.asked().await.len(), before + 1, "the org is not hammered");
    let ada = world.person(ADA).await;
    ada.get("/factors").await.ok(200);
    let (_, figures) = internal("/metrics").await;
    for expected in [
        "okta_hook_requests_total{method=\"GET\",path=\"/factors\",status=\"200\"} 1",
        "okta_hook_org_requests_total{call=\"list factors\",outcome=\"ok\"} 1",
    ] {
        assert!(figures.contains(expected), "{expected} is not in {figures}");
    }
    assert!(!figures.contains(&ada.id));
    for path in ["/healthz", "/readyz", "/metrics"] {
        world.get(path).await.is(404, "not_found");
    }
    world.end().await;
}

#[tokio::test]
async fn answers_have_their_headers() {
    let world = World::start().await;
    for path in ["/registration", "/session", "/nothing"] {
        let answer = world.get(path).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("referrer-policy", "no-referrer"),
            ("vary", "Origin"),
            ("access-control-allow-origin", PAGE),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
    }
    world.end().await;
}

#[tokio::test]
async fn what_is_not_set_as_it_must_be_is_told_at_the_start() {
    let world = World::start().await;
    let org = world.emulator.address().to_owned();
    let said = async |org: &str, more: &[&str], token: &str| {
        let mut command = command(org, more);
        let output = command.env("HOOK_API_TOKEN", token).output().await.unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let wrong_token = said(&org, &[], "00wrong-token-of-an-org").await;
    assert!(wrong_token.contains("does not know it") && !wrong_token.contains("00wrong"), "{wrong_token}");
    assert!(said(&org, &[], "").await.contains("Create one in the org"));
    assert!(said(&org, &["--group", "00gUnknown"], "emulator-api-token").await.contains("has no group 00gUnknown"));
    assert!(said("http://localhost:1", &[], "emulator-api-token").await.contains("can't be reached"));
    assert!(said("http://example.okta.com", &[], "x").await.contains("--org: "));
    assert!(said(&org, &["--origin", "*"], "x").await.contains("--origin: "));
    world.end().await;
}

#[tokio::test]
async fn any_number_of_servers_share_the_work() {
    let world = World::start().await;
    let other = crate::support::Hook::start(world.emulator.address(), &[]).await;
    let ada = world.person(ADA).await;
    let cookie = ada.cookie.lock().unwrap().clone();
    let request = world.http.get(format!("{}/session", other.address)).header("origin", PAGE).header("cookie", cookie);
    world.send(request).await.ok(200);
    other.end().await;
    world.end().await;
}

#[tokio::test]
async fn requests_that_came_are_answered_before_the_end() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    world.trouble("GET", &path, 1, json!({ "kind": "delay", "seconds": 1 })).await;
    let cookie = ada.cookie.lock().unwrap().clone();
    let slow = world.request(Method::GET, "/factors").header("cookie", cookie).send();
    let slow = tokio::spawn(slow);
    while !world.asked().await.contains(&format!("GET {path}")) {
        tokio::task::yield_now().await;
    }
    drop(ada);
    world.end().await;
    assert_eq!(slow.await.unwrap().unwrap().status(), 200);
}
