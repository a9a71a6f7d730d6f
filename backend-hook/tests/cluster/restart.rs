//! A rolling restart: each hook in turn is stopped by SIGTERM and started again, while people use them.

use crate::{
    cluster::Cluster,
    load::{Load, assert_all_answered},
    programs::Redis,
};

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn a_rolling_restart_drops_no_request() {
    let store = Redis::start().await;
    let many = ["--calls-per-minute", "1000000", "--proofs-per-minute", "1000000"];
    let mut cluster = Cluster::start(Some(&store), &many).await;
    let load = Load::begin(&cluster, true).await;
    cluster.restart_one_by_one().await;
    let (outcomes, _) = load.end().await;
    assert_all_answered(&outcomes, &["GET", "POST"]);
    let logs = cluster.end().await;
    assert!(logs.iter().all(|log| !log.contains("some requests were not waited for")), "{logs:?}");
}
