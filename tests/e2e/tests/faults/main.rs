//! The faults matrix: every fault of org, network and page in every phase of a sign-in, in a real browser. A test is a
//! phase with one group of faults; each of its cells is one sign-in, which has to come to the landing page.
//!
//! For each cell it is checked what the person reads, that what was typed is kept, that the way on works, that no password
//! is sent without a press, and that no request is left behind. `fault.rs` has the faults, `phase.rs` the phases,
//! `expected.rs` what is read where, `cell.rs` the checks. Run by `cargo xtask faults [FILTER]`.
//!
//! Not here: faults that concern one step in a special way (`journeys/org_failures.rs`, `journeys/push.rs`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod cell;
mod expected;
mod fault;
mod happen;
mod person;
mod phase;
mod results;
#[allow(dead_code, reason = "the journeys use the others")]
#[path = "../journeys/texts.rs"]
mod texts;
#[allow(dead_code, reason = "the journeys use the others")]
#[path = "../journeys/users.rs"]
mod users;
mod watch;

use fault::Group;
use phase::Phase;

macro_rules! matrix {
    ($($phase:ident: $name:ident;)+) => {
        $(mod $name {
            use super::{Group, Phase, cell};

            #[tokio::test]
            async fn network() {
                cell::row(Phase::$phase, Group::Network).await;
            }

            #[tokio::test]
            async fn answers() {
                cell::row(Phase::$phase, Group::Answers).await;
            }

            #[tokio::test]
            async fn json() {
                cell::row(Phase::$phase, Group::Json).await;
            }

            #[tokio::test]
            async fn sites() {
                cell::row(Phase::$phase, Group::Sites).await;
            }

            #[tokio::test]
            async fn page() {
                cell::row(Phase::$phase, Group::Page).await;
            }
        })+
    };
}

matrix! {
    Primary: primary;
    SendCode: send_code;
    Code: code;
    Poll: poll;
    Enroll: enroll;
    Activate: activate;
    Recovery: recovery;
    Redirect: redirect;
}
