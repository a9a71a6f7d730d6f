//! People who use the hooks all the time: each reads the session again and again with the cookie that came last, and proves
//! the password now and then. Not here: what happens to the hooks meanwhile.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use reqwest::{Method, header};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    cluster::Cluster,
    support::{ADA, PAGE, json_body},
};

/// What the requests came to: status, or the error, and how often.
pub(crate) type Outcomes = BTreeMap<String, usize>;

pub(crate) struct Load {
    stop: Arc<AtomicBool>,
    people: JoinSet<(Outcomes, String)>,
}

/// How many people there are.
const PEOPLE: usize = 6;

impl Load {
    /// Signs people in, and begins. With `proofs`, every fifth request is a POST.
    pub(crate) async fn begin(cluster: &Cluster, proofs: bool) -> Self {
        let (stop, mut people) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        for _ in 0..PEOPLE {
            let cookie = cluster.fixture.signed_in(ADA).await.cookie.lock().unwrap().clone();
            let (http, address) = (reqwest::Client::new(), cluster.proxy.address.clone());
            people.spawn(person(http, address, cookie, proofs, Arc::clone(&stop)));
        }
        Self { stop, people }
    }

    /// Ends; returns what the requests came to, and the last cookies.
    pub(crate) async fn end(mut self) -> (Outcomes, Vec<String>) {
        self.stop.store(true, Ordering::Relaxed);
        let (mut all, mut cookies) = (Outcomes::new(), Vec::new());
        while let Some(person) = self.people.join_next().await {
            let (outcomes, cookie) = person.unwrap();
            for (outcome, times) in outcomes {
                *all.entry(outcome).or_default() += times;
            }
            cookies.push(cookie);
        }
        (all, cookies)
    }
}

async fn person(
    http: reqwest::Client,
    address: String,
    mut cookie: String,
    proofs: bool,
    stop: Arc<AtomicBool>,
) -> (Outcomes, String) {
    let mut outcomes = Outcomes::new();
    for turn in 0_usize.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (method, path) = if proofs && turn % 5 == 4 { (Method::POST, "/proof") } else { (Method::GET, "/session") };
        let mut request = http.request(method.clone(), format!("{address}{path}")).header(header::ORIGIN, PAGE);
        request = request.header(header::COOKIE, &cookie);
        if method == Method::POST {
            request = json_body(request, &json!({ "password": ADA.1 }));
        }
        let outcome = match request.send().await {
            Ok(answer) => {
                if let Some(set) = answer.headers().get(header::SET_COOKIE) {
                    set.to_str().unwrap().split(';').next().unwrap().clone_into(&mut cookie);
                }
                let status = answer.status().as_u16();
                // An answer that breaks off is none.
                answer
                    .bytes()
                    .await
                    .map_or_else(|error| format!("{method} {error:?}"), |_| format!("{method} {status}"))
            }
            Err(error) => format!("{method} {error:?}"),
        };
        *outcomes.entry(outcome).or_default() += 1;
    }
    (outcomes, cookie)
}

/// Asserts that every request was answered with 200, and that there were enough of them to say so.
#[track_caller]
#[allow(clippy::print_stdout, reason = "a test that fails later shows how many there were")]
pub(crate) fn assert_all_answered(outcomes: &Outcomes, methods: &[&str]) {
    let expected: Vec<String> = methods.iter().map(|method| format!("{method} 200")).collect();
    assert!(outcomes.keys().eq(expected.iter()), "{outcomes:?}");
    assert!(outcomes.values().all(|times| *times >= 20), "{outcomes:?}");
    println!("answered: {outcomes:?}");
}
