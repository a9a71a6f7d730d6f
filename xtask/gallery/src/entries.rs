//! Which entries there are, in sections. What a fixture can tell comes from all fixtures, so a new one shows
//! up by itself; what only a moment shows (waiting, counting down, a form of our own) is listed. Never here:
//! how it is rendered.

mod hook;
mod moments;
mod notices;

use crate::entry::Entry;
use crate::fixture::{self, Fixture};
use okta_authn_widget::flow::{Intent, Step};
use okta_replay::play::Asked;

/// Entries of one kind.
pub(crate) struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// All of them; none looks like another.
pub(crate) fn sections() -> anyhow::Result<Vec<Section>> {
    let mut sections = vec![
        Section { title: "Moments", entries: moments::all()? },
        Section { title: "Hook", entries: hook::all()? },
        Section { title: "States", entries: of_folder("states")? },
        Section { title: "Factors", entries: factors()? },
        Section { title: "Results", entries: of_folder("results")? },
        Section { title: "Notices", entries: notices::all()? },
        Section { title: "Errors", entries: errors()? },
    ];
    let mut seen: Vec<String> = Vec::new();
    for section in &mut sections {
        section.entries.retain(|entry| {
            let looks = entry.html.replace(&entry.slug(), "");
            let is_new = !seen.contains(&looks);
            seen.push(looks);
            is_new
        });
    }
    Ok(sections)
}

fn of_folder(folder: &str) -> anyhow::Result<Vec<Entry>> {
    Fixture::all(folder)?.iter().map(|fixture| Ok(Entry::of(&fixture.name, &fixture.screen()?))).collect()
}

/// Every factor as a fixture shows it; where it is offered, also the form that setting it up begins with.
fn factors() -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for fixture in Fixture::all("factors")? {
        let mut machine = fixture.machine(Asked::Credentials)?;
        entries.push(Entry::of(&fixture.name, machine.screen()));
        if matches!(machine.screen().step, Step::MfaEnroll(_)) {
            fixture::intend(&mut machine, Intent::Enroll(0));
            if matches!(machine.screen().step, Step::EnrollForm(_)) {
                entries.push(Entry::of([&fixture.name, ", form"].concat(), machine.screen()));
            }
        }
    }
    Ok(entries)
}

/// Every error, as an answer to name and password, and to a code; of those that are told alike, one.
fn errors() -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut told = Vec::new();
    for fixture in Fixture::all("errors")? {
        for (asked, to) in [(Asked::Credentials, "name and password"), (Asked::Proof, "a code")] {
            let machine = fixture.machine(asked)?;
            let kind = machine.screen().notice.as_ref().map(|notice| (asked, notice.kind.clone()));
            if !told.contains(&kind) {
                entries.push(Entry::of([&fixture.name, ", to ", to].concat(), machine.screen()));
                told.push(kind);
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
