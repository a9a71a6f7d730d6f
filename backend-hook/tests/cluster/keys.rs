//! The keys of the cookie are rotated, step by step and hook by hook, while people are signed in.

use reqwest::{Method, header};

use crate::{
    cluster::Cluster,
    load::{Load, assert_all_answered},
    programs::Redis,
    support::{ADA, KEY},
};

const NEW_KEY: &str = "YW5vdGhlciBrZXkgZm9yIHRlc3RzLCBhbmQgbm8gbW8=";

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn keys_are_rotated_while_people_are_signed_in() {
    let store = Redis::start().await;
    let many = ["--calls-per-minute", "1000000", "--proofs-per-minute", "1000000"];
    let mut cluster = Cluster::start(Some(&store), &many).await;
    let old = cluster.fixture.signed_in(ADA).await.cookie.lock().unwrap().clone();
    let load = Load::begin(&cluster, true).await;
    for keys in [&[KEY, NEW_KEY][..], &[NEW_KEY, KEY], &[NEW_KEY]] {
        cluster.set_keys(keys);
        cluster.restart_one_by_one().await;
    }
    let (outcomes, cookies) = load.end().await;
    assert_all_answered(&outcomes, &["GET", "POST"]);
    let read = async |cookie: &String| {
        let request = cluster.request(&cluster.fixture.http, Method::GET, "/session");
        cluster.fixture.send(request.header(header::COOKIE, cookie)).await.status
    };
    for cookie in &cookies {
        assert_eq!(read(cookie).await, 200);
    }
    assert_eq!(read(&old).await, 401, "the old key is gone: who has not come meanwhile signs in again");
    cluster.end().await;
}
