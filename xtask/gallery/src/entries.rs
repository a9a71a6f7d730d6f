//! The entries of the gallery, in sections. Each fixture is an entry; states that no fixture leads to (waiting,
//! countdowns, the widget's own forms) are listed. Not here: rendering (`entry.rs`).

mod brand;
mod client_states;
mod hook;
mod load_failure;
mod notices;

use crate::entry::Entry;
use crate::fixture::{self, Fixture};
use okta_replay::run::RequestKind;
use serde_json::Value;
use sign_in_flow::transaction::enroll::EnrollStep;
use sign_in_flow::{SignInMachine, Step, TransactionStep};

/// A section of entries.
pub(crate) struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// All sections, without duplicate screens.
pub(crate) fn sections() -> anyhow::Result<Vec<Section>> {
    let mut sections = vec![
        Section { title: "Screens", entries: client_states::all()? },
        Section { title: "Brand", entries: brand::all()? },
        Section { title: "Hook", entries: hook::all()? },
        Section { title: "States", entries: of_folder("states")? },
        Section { title: "Factors", entries: factors()? },
        Section { title: "Results", entries: of_folder("results")? },
        Section { title: "Unusual bodies", entries: of_folder("lenient")? },
        Section { title: "Notices", entries: notices::all()? },
        Section { title: "Errors", entries: errors()? },
    ];
    let mut seen: Vec<String> = Vec::new();
    for section in &mut sections {
        section.entries.retain(|entry| {
            let html = entry.html.replace(&entry.slug(), "");
            let is_new = !seen.contains(&html);
            seen.push(html);
            is_new
        });
    }
    Ok(sections)
}

fn of_folder(folder: &str) -> anyhow::Result<Vec<Entry>> {
    Fixture::all(folder)?.iter().map(|fixture| Ok(Entry::of(&fixture.name, fixture.shown()?))).collect()
}

/// Every factor fixture; where enrollment is offered, also the form that starts it.
fn factors() -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for fixture in Fixture::all("factors")? {
        let mut machine = fixture.machine(RequestKind::Credentials)?;
        entries.push(Entry::of(&fixture.name, &machine));
        if enrolls(&machine, |step| matches!(step, EnrollStep::List(_))) {
            fixture::open_form(&mut machine, &Value::Null);
            if enrolls(&machine, |step| matches!(step, EnrollStep::Form(_))) {
                entries.push(Entry::of([&fixture.name, ", form"].concat(), &machine));
            }
        }
    }
    Ok(entries)
}

/// Whether the machine is at such a step of the enrollment.
fn enrolls(machine: &SignInMachine, is_such: fn(&EnrollStep) -> bool) -> bool {
    match machine.step() {
        Step::Transaction(TransactionStep::Enroll(enroll)) => is_such(&enroll.step),
        _ => false,
    }
}

/// Every error, as response to the primary request and to a code; one entry per notice.
fn errors() -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut seen = Vec::new();
    for fixture in Fixture::all("errors")? {
        for (request, to) in [(RequestKind::Credentials, "name and password"), (RequestKind::Proof, "a code")] {
            let machine = fixture.machine(request)?;
            let kind = machine.screen().notice.as_ref().map(|notice| (request, notice.kind.clone()));
            if !seen.contains(&kind) {
                entries.push(Entry::of([&fixture.name, ", to ", to].concat(), &machine));
                seen.push(kind);
            }
        }
    }
    Ok(entries)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_section_has_entries() {
        let sections = sections().unwrap();
        let slugs: Vec<String> = sections.iter().flat_map(|section| &section.entries).map(Entry::slug).collect();
        assert_eq!(slugs.iter().collect::<BTreeSet<_>>().len(), slugs.len(), "{slugs:?}");
        assert!(sections.iter().all(|section| !section.entries.is_empty()));
    }
}
