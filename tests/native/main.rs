//! What a person meets, as markup: every fixture is played to the real machine and rendered by the real
//! view, natively. Needs the feature `ssr`. The playing, the rendering and the reading are the replay
//! program's own.

#![allow(missing_docs, unreachable_pub, reason = "a test is not a library")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod fixtures;
mod links;
mod markup;
mod org_texts;
#[path = "../../xtask/replay/src/page.rs"]
mod page;
#[path = "../../xtask/replay/src/play.rs"]
mod play;
mod rewrite;
mod root;
mod steps;
#[path = "../../xtask/replay/src/view.rs"]
mod view;

use fixtures::Fixture;
use okta_authn_widget::flow::Screen;
use page::Page;
use play::Asked;

/// The fixtures' org.
const ORG: &str = "https://acme.okta.example";

/// The screen that this answer leads to.
fn screen(asked: Asked, fixture: &Fixture) -> Screen {
    play::play(&play::configure(ORG).unwrap(), asked, fixture.answer())
}

/// What stands on it.
fn page(asked: Asked, fixture: &Fixture) -> Page {
    Page::read(&view::render(&screen(asked, fixture)))
}

/// Every fixture that the org may send during a sign-in, with what it may answer.
fn answers() -> Vec<(Asked, Fixture)> {
    let transactions = ["states", "factors", "results"].into_iter().flat_map(Fixture::all);
    let transactions = transactions.map(|fixture| (Asked::Credentials, fixture));
    let errors = |asked| Fixture::all("errors").into_iter().map(move |fixture| (asked, fixture));
    transactions.chain(errors(Asked::Credentials)).chain(errors(Asked::Proof)).collect()
}
