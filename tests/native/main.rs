//! The markup of every screen: the response of every fixture is passed to the real state machines and rendered by the
//! real views, natively. Needs the feature `ssr`. Running, rendering and reading are those of the replay program. Not
//! here: what only a browser shows.

#![allow(missing_docs, unreachable_pub, reason = "a test is not a library")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod accessibility;
#[path = "../../crates/okta-authn/tests/protocol/fixtures.rs"]
mod fixtures;
mod languages;
mod links;
mod markup;
mod org_texts;
#[path = "../../xtask/replay/src/page.rs"]
mod page;
mod rewrite;
#[path = "../../xtask/replay/src/run.rs"]
mod run;
mod snippets;
mod start_form;
#[path = "../../xtask/replay/src/step_name.rs"]
mod step_name;
mod steps;
#[path = "../../xtask/replay/src/view.rs"]
mod view;
mod words;

use fixtures::Fixture;
use okta_authn_widget::tools::PreviewStep;
use page::Page;
use run::RequestKind;
use sign_in_flow::SignInMachine;
use step_name::step_name;

/// The fixtures' org.
const ORG: &str = "https://acme.okta.example";

/// The machine after this response.
fn machine(request: RequestKind, fixture: &Fixture) -> SignInMachine {
    run::run(&run::configure(ORG).unwrap(), request, fixture.response())
}

/// The name of its step.
fn step(request: RequestKind, fixture: &Fixture) -> &'static str {
    step_name(&PreviewStep::from(&machine(request, fixture)))
}

/// What it shows.
fn page(request: RequestKind, fixture: &Fixture) -> Page {
    let machine = machine(request, fixture);
    Page::read(&view::render(machine.screen(), &PreviewStep::from(&machine)))
}

/// Every fixture that the org may send during a sign-in, with the request that it responds to.
fn responses() -> Vec<(RequestKind, Fixture)> {
    let transactions = ["states", "factors", "results", "lenient"].into_iter().flat_map(Fixture::all);
    let transactions = transactions.map(|fixture| (RequestKind::Credentials, fixture));
    let errors = |request| Fixture::all("errors").into_iter().map(move |fixture| (request, fixture));
    transactions.chain(errors(RequestKind::Credentials)).chain(errors(RequestKind::Proof)).collect()
}
