//! The shapes of the org's responses: member names, types, link relations, methods and statuses.
//!
//! `answers` sends the request of each documented example and compares the shapes with `snapshot.json`;
//! `UPDATE_SHAPES=1` rewrites that file. `documented` compares the snapshot with the documented bodies, if
//! they are available, and prints each difference without a reason in `deliberate.toml`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../api/authenticator.rs"]
#[allow(dead_code, reason = "each of the test programs uses a part of it")]
mod authenticator;
#[path = "../api/support.rs"]
#[allow(dead_code, reason = "each of the test programs uses a part of it")]
mod support;

mod documented;
mod enrolling;
mod programs;
mod recovering;
mod shape;
mod signing_in;
mod verifying;

use std::{collections::BTreeMap, fs, path::Path};

use support::{Answer, TestOrg};

/// Shapes by the name of their example.
pub(crate) type Shapes = BTreeMap<String, Vec<String>>;

/// The shapes so far.
#[derive(Default)]
pub(crate) struct Answers(Shapes);

impl Answers {
    /// Stores the shape of the response to this example.
    pub(crate) fn keep(&mut self, name: &str, answer: &Answer) {
        let known = self.0.insert(name.to_owned(), shape::of_answer(answer));
        assert!(known.is_none(), "{name} is there twice");
    }
}

fn snapshot() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/snapshot.json")
}

pub(crate) fn kept() -> Shapes {
    serde_json::from_str(&fs::read_to_string(snapshot()).unwrap_or_default()).unwrap_or_default()
}

#[tokio::test]
async fn answers() {
    let mut answers = Answers::default();
    let org = TestOrg::start().await;
    signing_in::all(&org, &mut answers).await;
    enrolling::all(&org, &mut answers).await;
    verifying::all(&org, &mut answers).await;
    recovering::all(&org, &mut answers).await;
    programs::all(&org, &mut answers).await;
    if std::env::var_os("UPDATE_SHAPES").is_some() {
        fs::write(snapshot(), serde_json::to_string_pretty(&answers.0).unwrap() + "\n").unwrap();
    }
    let kept = kept();
    let mut differences = Vec::new();
    for name in answers.0.keys().chain(kept.keys()) {
        let none = Vec::new();
        let (now, before) = (answers.0.get(name).unwrap_or(&none), kept.get(name).unwrap_or(&none));
        differences.extend(now.iter().filter(|line| !before.contains(line)).map(|line| format!("{name}: + {line}")));
        differences.extend(before.iter().filter(|line| !now.contains(line)).map(|line| format!("{name}: - {line}")));
    }
    differences.dedup();
    assert!(differences.is_empty(), "shapes changed (UPDATE_SHAPES=1 keeps them):\n{}", differences.join("\n"));
}
