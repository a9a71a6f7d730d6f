//! The shared counter before a store that answers, hangs, refuses and comes back as each test says. Time is tokio's, which
//! a test moves.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::HashMap, future::pending};

use super::*;
use crate::{
    cookie::Sealer,
    limits::{Limit, store::Later},
};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Counts,
    Hangs,
    Refuses,
}

#[derive(Debug)]
struct Inner {
    mode: Mode,
    counted: HashMap<String, u32>,
    asked: usize,
}

/// A store that allows so many of each name, ever.
#[derive(Clone, Debug)]
struct Fake(Arc<Mutex<Inner>>);

impl Fake {
    fn new(mode: Mode) -> Self {
        Self(Arc::new(Mutex::new(Inner { mode, counted: HashMap::new(), asked: 0 })))
    }

    fn set(&self, mode: Mode) {
        self.0.lock().unwrap().mode = mode;
    }

    /// How often it was asked since the last time.
    fn asked(&self) -> usize {
        std::mem::take(&mut self.0.lock().unwrap().asked)
    }

    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().counted.keys().filter(|name| !name.ends_with(":check")).cloned().collect()
    }

    async fn mode(&self) -> Result<(), Failure> {
        let mode = self.0.lock().unwrap().mode;
        match mode {
            Mode::Counts => Ok(()),
            Mode::Hangs => pending().await,
            Mode::Refuses => Err(Failure::NotConnected),
        }
    }
}

impl Store for Fake {
    fn place(&self) -> &'static str {
        "fake:1"
    }

    fn connect(&self) -> Later<'_, ()> {
        Box::pin(self.mode())
    }

    fn count<'a>(&'a self, name: &'a str, times: NonZeroU32) -> Later<'a, Option<Duration>> {
        Box::pin(async move {
            self.0.lock().unwrap().asked += 1;
            self.mode().await?;
            let mut inner = self.0.lock().unwrap();
            let count = inner.counted.entry(name.to_owned()).or_default();
            *count += 1;
            Ok((*count > times.get()).then_some(Duration::from_secs(7)))
        })
    }
}

const LIMIT: Duration = Duration::from_millis(100);
const KEY: &str = "dGhpcyBrZXkgc2VhbHMgdGVzdHMgYW5kIG5vIG1vcmU=";
const NEW_KEY: &str = "YW5vdGhlciBrZXkgZm9yIHRlc3RzLCBhbmQgbm8gbW8=";

/// A server's limit of three a minute, counted in this store.
async fn server(store: &Fake, keys: &str) -> (Limit<String>, Arc<Shared>) {
    let names = Names::new("test".to_owned(), &Sealer::from_keys(&keys.to_owned().into()).unwrap());
    let shared = Shared::new(Box::new(store.clone()), names, LIMIT, Arc::new(Metrics::new(true)));
    shared.connect().await;
    (Limit::per_minute("calls", NonZeroU32::new(3).unwrap(), Some(Arc::clone(&shared))), shared)
}

/// How many of so many requests are allowed.
async fn allowed(limit: &Limit<String>, of: usize) -> usize {
    let mut allowed = 0;
    for _ in 0..of {
        allowed += usize::from(limit.count(&"client".to_owned()).await.is_ok());
    }
    allowed
}

/// Waits in the test's time until the store is used again.
async fn until_shared(shared: &Arc<Shared>) {
    while shared.circuit().shared().is_none() {
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn servers_share_one_limit() {
    let store = Fake::new(Mode::Counts);
    let ((one, _), (other, _)) = (server(&store, KEY).await, server(&store, KEY).await);
    assert_eq!(allowed(&one, 2).await, 2);
    assert_eq!(allowed(&other, 5).await, 1);
    let refused = one.count(&"client".to_owned()).await.unwrap_err();
    assert_eq!(refused.retry_after, Some(8), "what the store said, rounded up");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_delays_one_request_and_no_other() {
    let store = Fake::new(Mode::Counts);
    let (limit, shared) = server(&store, KEY).await;
    assert_eq!(allowed(&limit, 1).await, 1);
    store.set(Mode::Hangs);
    store.asked();
    let before = Instant::now();
    assert_eq!(allowed(&limit, 1).await, 1);
    assert_eq!(before.elapsed(), LIMIT);
    assert_eq!(allowed(&limit, 5).await, 1, "this server counted the two before as well");
    assert_eq!(before.elapsed(), LIMIT, "nobody else waits");
    assert_eq!(store.asked(), 1);
    assert!(shared.metrics.text().contains("okta_hook_rate_limit_store_lost_total 1\n"));
    assert!(shared.metrics.text().contains("okta_hook_rate_limit_store_up 0\n"));
}

#[tokio::test(start_paused = true)]
async fn requests_that_wait_together_lose_the_store_once() {
    let store = Fake::new(Mode::Counts);
    let (limit, shared) = server(&store, KEY).await;
    store.set(Mode::Hangs);
    let count = async || limit.count(&"client".to_owned()).await.is_ok();
    let (a, b, c, d) = tokio::join!(count(), count(), count(), count());
    assert_eq!([a, b, c, d].map(usize::from).iter().sum::<usize>(), 3, "the limit holds for them");
    assert!(shared.metrics.text().contains("okta_hook_rate_limit_store_lost_total 1\n"));
}

#[tokio::test(start_paused = true)]
async fn the_store_is_used_again_when_it_is_back() {
    let store = Fake::new(Mode::Counts);
    let (limit, shared) = server(&store, KEY).await;
    store.set(Mode::Refuses);
    assert_eq!(allowed(&limit, 2).await, 2);
    let lost = Instant::now();
    sleep(Duration::from_mins(5)).await;
    assert!(shared.circuit().shared().is_none());
    store.set(Mode::Counts);
    until_shared(&shared).await;
    assert!(lost.elapsed() < Duration::from_mins(5) + Duration::from_secs(9), "{:?}", lost.elapsed());
    store.asked();
    assert_eq!(allowed(&limit, 5).await, 3, "what was counted here meanwhile is not in the store");
    assert_eq!(store.asked(), 5);
    assert!(shared.metrics.text().contains("okta_hook_rate_limit_store_up 1\n"));
}

#[tokio::test(start_paused = true)]
async fn a_server_starts_without_the_store() {
    for mode in [Mode::Hangs, Mode::Refuses] {
        let (store, before) = (Fake::new(mode), Instant::now());
        let (limit, shared) = server(&store, KEY).await;
        assert!(before.elapsed() <= CONNECT_TIMEOUT);
        assert_eq!(allowed(&limit, 5).await, 3);
        store.set(Mode::Counts);
        until_shared(&shared).await;
    }
}

#[tokio::test(start_paused = true)]
async fn limits_hold_while_keys_are_rotated() {
    let store = Fake::new(Mode::Counts);
    let both = |first: &str, second: &str| format!("{first}\n{second}");
    let steps = [KEY.to_owned(), both(KEY, NEW_KEY), both(NEW_KEY, KEY), NEW_KEY.to_owned()];
    for pair in steps.windows(2) {
        let [before, after] = pair else { continue };
        store.0.lock().unwrap().counted.clear();
        let (first, second) = (server(&store, before).await.0, server(&store, after).await.0);
        let mut sum = 0;
        for _ in 0..4 {
            sum += allowed(&first, 1).await + allowed(&second, 1).await;
        }
        assert_eq!(sum, 3, "{pair:?}");
    }
    assert!(store.names().iter().all(|name| name.starts_with("test:calls:")));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_has_ended_does_not_try_any_more() {
    let store = Fake::new(Mode::Refuses);
    drop(server(&store, KEY).await);
    sleep(Duration::from_secs(20)).await;
    store.set(Mode::Counts);
    store.asked();
    sleep(Duration::from_mins(1)).await;
    assert_eq!(store.asked(), 0);
}
