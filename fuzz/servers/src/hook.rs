//! The backend hook: any requests, from any page, with any cookie and body, and any answers of the org. Not here: the
//! requests (`request.rs`), the org (`org.rs`), what must hold (`check.rs`).

mod answers;
mod check;
mod log;
mod org;
mod request;

use crate::input::Input;
use crate::runtime::block_on;
use crate::secret;
use axum::body::to_bytes;
use okta_backend_hook::challenge::{Provider, Verdict};
use okta_backend_hook::config::Config;
use okta_backend_hook::cookie::Sealer;
use okta_backend_hook::form::Form;
use okta_backend_hook::hook::{self, Hook};
use okta_backend_hook::limits::Rates;
use okta_backend_hook::openid;
use org::Org;
use request::Browser;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;
use tokio::time::Instant;
use tower::ServiceExt as _;

const ORG: &str = "https://example.okta.com";
const HOOK: &str = "https://hook.example";
const PAGES: [&str; 2] = ["https://app.example", "http://localhost:8080"];
const USER: &str = "00u1user";
const SESSION: &str = "102-s3cr3t-session";
/// The session of somebody else.
const OTHER_SESSION: &str = "103-s3cr3t-session";
const KEYS: &str = "b25lIGtleSB0aGF0IHNlYWxzIHdoYXQgaXMgbmV3ISE= b25lIGtleSB0aGF0IHNlYWxzIG5vdGhpbmcgbW9yZSE=";
const OLD_KEY: &str = "b25lIGtleSB0aGF0IHNlYWxzIG5vdGhpbmcgbW9yZSE=";
const OTHERS_KEY: &str = "YW5vdGhlciBrZXkgdGhhdCBub2JvZHkga25vd3Mgb2Y=";
/// The most requests of one input.
const LONGEST: usize = 8;

/// A byte for the options, and then one request after the other.
pub fn run(bytes: &[u8]) {
    // Only the secrets themselves may look like one.
    let bytes = secret::without(bytes);
    let mut input = Input::new(&bytes);
    log::begin();
    let options = input.flags();
    let org = Org::new(options[5]);
    let hook = Hook::over(org.transport(), config(options)).expect("a hook that asks nobody");
    let service = okta_backend_hook::http::router(&hook);
    let mut browser = Browser::new(sealer(KEYS));
    block_on(async {
        for _ in 0..LONGEST {
            if input.is_empty() {
                break;
            }
            let Some((request, sent)) = browser.request(&mut input, hook::now()) else { continue };
            org.expects(&sent, &mut input);
            let begun = Instant::now();
            let Ok(response) = service.clone().oneshot(request).await;
            let (head, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a body from memory");
            assert!(begun.elapsed() <= Duration::from_secs(41), "{sent:?} took {:?}", begun.elapsed());
            check::response(&sent, &head, &body, &org, &browser.sealer, &log::taken());
            browser.keeps(&head.headers);
        }
    });
}

fn sealer(keys: &str) -> Sealer {
    Sealer::from_keys(&keys.to_owned().into()).expect("keys of 32 bytes")
}

fn config([has_openid, has_challenge, has_proxy, is_limited, takes_hours, ..]: [bool; 6]) -> Config {
    let times = |few: u32| NonZeroU32::new(if is_limited { few } else { 1_000 }).expect("more than none");
    Config {
        org: okta_backend_hook::org::Settings {
            origin: ORG.to_owned(),
            token: "00-s3cr3t-api-token".to_owned().into(),
            timeout: Duration::from_secs(if takes_hours { 36_000 } else { 10 }),
        },
        sealer: sealer(KEYS),
        origins: PAGES.map(str::to_owned).to_vec(),
        openid: has_openid.then(|| openid::Settings {
            issuer: ORG.to_owned(),
            client_id: "0oaclient".to_owned(),
            client_secret: "s3cr3t-of-the-client".to_owned().into(),
            scopes: "openid".to_owned(),
            public_url: HOOK.to_owned(),
        }),
        groups: vec!["00g1group".to_owned()],
        form: Form::read(None).expect("the default form"),
        challenge: has_challenge.then(|| Box::new(Solved) as Box<dyn Provider>),
        rates: Rates { calls: times(3), registrations: times(1), sessions: times(1), proofs: times(1) },
        store: None,
        trusted_proxies: usize::from(has_proxy),
        connections_per_address: None,
        hsts: "max-age=1",
        drain: Duration::ZERO,
        listen: Vec::new(),
        internal: None,
    }
}

/// A challenge that some tokens solve.
#[derive(Debug)]
struct Solved;

impl Provider for Solved {
    fn name(&self) -> &'static str {
        "turnstile"
    }

    fn site_key(&self) -> &'static str {
        "site-key"
    }

    fn check<'a>(&'a self, token: &'a str, _: IpAddr) -> Verdict<'a> {
        Box::pin(async move { token == request::SOLVED })
    }
}
