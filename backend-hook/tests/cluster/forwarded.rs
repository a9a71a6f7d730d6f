//! `X-Forwarded-For`, as one proxy and as two write it: which address counts, and that nobody chooses it.

use reqwest::Method;

use crate::{
    cluster::{Cluster, client_at},
    programs::{Proxy, Redis},
};

/// How many of so many calls are allowed, each with another address in front.
async fn allowed(cluster: &Cluster, address: &str, from: &str, attempts: usize) -> usize {
    let (http, mut allowed) = (client_at(from), 0);
    for attempt in 0..attempts {
        let forged = format!("198.51.100.{attempt}");
        let request = http.request(Method::GET, format!("{address}/nothing")).header("origin", crate::support::PAGE);
        let request =
            request.header("x-forwarded-for", &forged).header("x-forwarded-for", format!("{forged}, 10.0.0.1"));
        let status = cluster.fixture.send(request).await.status;
        assert!(matches!(status, 404 | 429), "{status}");
        allowed += usize::from(status == 404);
    }
    allowed
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn forged_addresses_do_not_count_behind_one_proxy() {
    let store = Redis::start().await;
    let cluster = Cluster::start(Some(&store), &["--calls-per-minute", "5", "--trusted-proxies", "1"]).await;
    let address = cluster.proxy.address.clone();
    assert_eq!(allowed(&cluster, &address, "127.0.0.2", 12).await, 5);
    assert_eq!(allowed(&cluster, &address, "127.0.0.3", 12).await, 5, "another client has a limit of its own");
    cluster.end().await;
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn forged_addresses_do_not_count_behind_two_proxies() {
    let store = Redis::start().await;
    let cluster = Cluster::start(Some(&store), &["--calls-per-minute", "5", "--trusted-proxies", "2"]).await;
    let outer = Proxy::before(&cluster.proxy);
    outer.answers().await;
    assert_eq!(allowed(&cluster, &outer.address, "127.0.0.2", 12).await, 5);
    assert_eq!(allowed(&cluster, &outer.address, "127.0.0.3", 12).await, 5, "another client has a limit of its own");
    cluster.end().await;
}

/// With too small a number, all clients are one: the outer proxy. What the two tests above would show, too.
#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn with_too_few_trusted_proxies_all_clients_are_one() {
    let store = Redis::start().await;
    let cluster = Cluster::start(Some(&store), &["--calls-per-minute", "5", "--trusted-proxies", "1"]).await;
    let outer = Proxy::before(&cluster.proxy);
    outer.answers().await;
    assert_eq!(allowed(&cluster, &outer.address, "127.0.0.2", 6).await, 5);
    assert_eq!(allowed(&cluster, &outer.address, "127.0.0.3", 6).await, 0);
    cluster.end().await;
}
