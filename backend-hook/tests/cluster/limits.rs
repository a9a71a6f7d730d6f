//! The limits of two hooks with a store, and without one: what is allowed in all.

use serde_json::json;

use crate::{
    cluster::Cluster,
    programs::Redis,
    support::{ADA, Fixture},
};

/// Low enough to be used up at once, and none comes back within the time of a test: one in six seconds or more.
const OPTIONS: [&str; 8] = [
    "--calls-per-minute",
    "10",
    "--registrations-per-minute",
    "4",
    "--sessions-per-minute",
    "5",
    "--proofs-per-minute",
    "6",
];

async fn cookie(fixture: &Fixture) -> String {
    fixture.signed_in(ADA).await.cookie.lock().unwrap().clone()
}

/// How many of each are allowed in all, of twice as many and one more: calls, registrations, sessions, proofs. Each from
/// another address, because all of them are calls.
async fn allowed(cluster: &Cluster, cookie: &str) -> [usize; 4] {
    let right = json!({ "password": ADA.1 });
    [
        cluster.allowed_of("127.0.0.2", 21, "/nothing", &json!({}), None).await,
        cluster.allowed_of("127.0.0.3", 9, "/registration", &json!({}), None).await,
        cluster.allowed("127.0.0.4", 9).await,
        cluster.allowed_of("127.0.0.5", 9, "/proof", &right, Some(cookie)).await,
    ]
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn limits_hold_across_servers() {
    let store = Redis::start().await;
    let cluster = Cluster::start(Some(&store), &OPTIONS).await;
    let cookie = cookie(&cluster.fixture).await;
    assert_eq!(allowed(&cluster, &cookie).await, [10, 4, 5, 6]);
    let names = store.names().await;
    for limit in ["calls", "registrations", "sessions", "proofs"] {
        assert!(names.iter().any(|name| name.starts_with(&format!("okta-hook:{limit}:"))), "{names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("127.0") || name.contains("00u")), "{names:?}");
    cluster.end().await;
}

/// The same without a store: this is what the store is for, and what the test above would show without it.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn without_a_store_each_server_allows_as_many() {
    let cluster = Cluster::start(None, &OPTIONS).await;
    let cookie = cookie(&cluster.fixture).await;
    // Nine proofs are no more than the calls of each allow.
    assert_eq!(allowed(&cluster, &cookie).await, [20, 8, 9, 9]);
    cluster.end().await;
}
