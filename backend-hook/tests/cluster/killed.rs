//! A hook that is killed: what was asked of it.

use std::time::Duration;

use reqwest::{Method, header};
use serde_json::json;
use tokio::task::JoinError;

use crate::{
    cluster::Cluster,
    load::{Load, assert_all_answered},
    programs::{Redis, until},
    support::{ADA, json_body},
};

const MANY: [&str; 4] = ["--calls-per-minute", "1000000", "--proofs-per-minute", "1000000"];

/// Everybody goes on at the other hook, with the same cookie, and nobody sees an error.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_killed_server_loses_nothing_that_is_read() {
    let store = Redis::start().await;
    let mut cluster = Cluster::start(Some(&store), &MANY).await;
    let load = Load::begin(&cluster, false).await;
    for which in [0, 1] {
        tokio::time::sleep(Duration::from_millis(500)).await;
        cluster.kill(which).await;
        cluster.proxy.sees([which == 1, which == 0]).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        cluster.begin(which).await;
        cluster.proxy.sees([true, true]).await;
    }
    let (outcomes, _) = load.end().await;
    assert_all_answered(&outcomes, &["GET"]);
    cluster.end().await;
}

/// A POST that was with the killed hook may have been done, so it is not sent again: the client reads 502, and the other
/// POST is answered. The client itself may send it again, and is answered by the other hook.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_post_with_a_killed_server_is_502_and_not_repeated() {
    let store = Redis::start().await;
    let mut cluster = Cluster::start(Some(&store), &MANY).await;
    let cookie = cluster.fixture.signed_in(ADA).await.cookie.lock().unwrap().clone();
    let before = password_checks(&cluster).await;
    let fault = json!({ "kind": "delay", "seconds": 2 });
    cluster.fixture.plan_fault("POST", "/api/v1/authn", 2, fault).await;
    let proof = || {
        let request = cluster.request(&cluster.fixture.http, Method::POST, "/proof").header(header::COOKIE, &cookie);
        json_body(request, &json!({ "password": ADA.1 }))
    };
    // One for each: the proxy takes turns.
    let (one, two) = (tokio::spawn(proof().send()), tokio::spawn(proof().send()));
    until("both are with the org", async || password_checks(&cluster).await == before + 2).await;
    let again = proof();
    cluster.kill(0).await;
    let status =
        |answer: Result<reqwest::Result<reqwest::Response>, JoinError>| answer.unwrap().unwrap().status().as_u16();
    let mut statuses = [status(one.await), status(two.await)];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 502]);
    assert_eq!(password_checks(&cluster).await, before + 2, "the org was asked once for each");
    cluster.fixture.send(again).await.ok(200);
    cluster.end().await;
}

async fn password_checks(cluster: &Cluster) -> usize {
    cluster.fixture.org_requests().await.iter().filter(|line| *line == "POST /api/v1/authn").count()
}
