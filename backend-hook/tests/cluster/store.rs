//! The store goes and comes back, hangs, wants a user with few rights, and is a cluster.

use std::time::Duration;

use crate::{
    cluster::Cluster,
    load::{Load, assert_all_answered},
    programs::{PASSWORD, Redis},
    support::Hook,
};

pub(crate) const LOST: &str = "the store of rate limits can't be used";
const BACK: &str = "rate limits are shared again";
const OPTIONS: [&str; 6] =
    ["--calls-per-minute", "1000000", "--proofs-per-minute", "1000000", "--sessions-per-minute", "4"];

/// Asserts that limits are shared, counted alone while the store is gone, and shared again; and that nobody notices.
async fn goes_and_comes_back(mut store: Redis, hangs: bool) {
    let cluster = Cluster::start(Some(&store), &OPTIONS).await;
    assert_eq!(cluster.allowed("127.0.0.2", 9).await, 4);
    let load = Load::begin(&cluster, true).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    if hangs {
        store.pause(true).await;
    } else {
        store.stop().await;
    }
    cluster.until_logged(LOST, 1).await;
    // Other requests come between these, so the hooks do not take strict turns.
    assert_eq!(cluster.allowed("127.0.0.3", 40).await, 8, "each counts alone");
    if hangs {
        store.pause(false).await;
    } else {
        store.begin().await;
    }
    cluster.until_logged(BACK, 1).await;
    assert_eq!(cluster.allowed("127.0.0.4", 9).await, 4, "they count together again");
    let (outcomes, _) = load.end().await;
    assert_all_answered(&outcomes, &["GET", "POST"]);
    for log in cluster.end().await {
        assert_eq!((log.matches(LOST).count(), log.matches(BACK).count()), (1, 1), "{log}");
    }
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_store_that_is_stopped_and_started() {
    goes_and_comes_back(Redis::start().await, false).await;
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_store_that_hangs_for_a_while() {
    goes_and_comes_back(Redis::start().await, true).await;
}

/// The rights that the README names are enough.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_user_with_few_rights_is_enough() {
    let rights = format!("hook on >{PASSWORD} ~okta-hook:* resetchannels -@all +evalsha +script|load +time +get +set");
    let mut options = vec!["--user".to_owned()];
    options.extend(rights.split(' ').map(str::to_owned));
    let store = Redis::with(options).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, PASSWORD).unwrap();
    let (url, file) = (store.url().replace("127.0.0.1", "hook@127.0.0.1"), file.to_string_lossy().into_owned());
    let org = crate::support::Fixture::start().await;
    let options = ["--rate-limit-store", &url, "--rate-limit-store-password-file", &file];
    let hook = Hook::start(org.emulator.url(), &options).await;
    let log = hook.end().await;
    assert!(log.contains("rate limits are shared") && !log.contains(LOST), "{log}");
    std::fs::write(folder.path().join("password"), "wrong").unwrap();
    let hook = Hook::start(org.emulator.url(), &options).await;
    let log = hook.end().await;
    assert!(log.contains(LOST) && !log.contains("shared"), "a wrong password is a warning, and it starts: {log}");
    org.get("/registration").await.ok(200);
    org.end().await;
}

/// Two nodes, half of the slots each: the names are at both, and every count finds its own.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn the_store_may_be_a_cluster() {
    let options = ["--cluster-enabled", "yes", "--requirepass", PASSWORD];
    let node = || Redis::with(options.map(str::to_owned).to_vec());
    let (one, two) = (node().await, node().await);
    for (node, first, last) in [(&one, 0, 8191), (&two, 8192, 16383)] {
        node.ask(redis::cmd("CLUSTER").arg("ADDSLOTSRANGE").arg(first).arg(last)).await.unwrap();
    }
    one.ask(redis::cmd("CLUSTER").arg("MEET").arg("127.0.0.1").arg(two.port)).await.unwrap();
    for node in [&one, &two] {
        crate::programs::until("the nodes know each other", async || {
            let state = node.ask(redis::cmd("CLUSTER").arg("INFO")).await.unwrap();
            redis::from_redis_value::<String>(state).unwrap().contains("cluster_state:ok")
        })
        .await;
    }
    let cluster = Cluster::start(Some(&one), &["--sessions-per-minute", "4", "--rate-limit-store-cluster"]).await;
    for client in 2..10 {
        assert_eq!(cluster.allowed(&format!("127.0.0.{client}"), 9).await, 4);
    }
    assert!(!one.names().await.is_empty() && !two.names().await.is_empty());
    cluster.end().await;
}
