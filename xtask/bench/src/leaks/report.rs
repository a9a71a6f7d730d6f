//! The figures as tables. Not here: what is too much.

use std::fmt::Write as _;

use crate::{
    leaks::{
        Series,
        census::Census,
        rule::{self, Span},
    },
    machine::Machine,
};

/// All series as Markdown. `version` is the peer's.
pub(crate) fn tables(machine: &Machine, version: Option<&str>, all: &[Series], faults: &[String]) -> String {
    let peer = version.map(|version| format!(" The peer is okta-signin-widget {version}.")).unwrap_or_default();
    let mut out = format!(
        "{}{peer} Each table is one page, counted after a garbage collection. The rule, for ours: from the first point \
         after a tenth of the rounds to the last, no count grows, and the heap grows by less than {} bytes a round, beside \
         {} kB that come and go.\n",
        machine.summary(),
        rule::BYTES_A_ROUND,
        rule::NOISE / 1_000.0,
    );
    for series in all {
        let _written = write!(out, "\n{}\n", table(series));
    }
    out.push('\n');
    out.push_str(if faults.is_empty() { "Ours stays flat in each." } else { "Not flat:" });
    for fault in faults {
        let _written = write!(out, "\n- {fault}");
    }
    out.push('\n');
    out
}

pub(crate) fn table(series: &Series) -> String {
    let points = &series.points;
    let row = |name: &str, of: &dyn Fn(&Census) -> String| {
        let cells: Vec<String> = points.iter().map(|(_, census)| of(census)).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let mut out = format!("**{}, {}**", series.kind.name(), series.widget.name());
    if let Some(span) = Span::of(points) {
        let _written = write!(out, ": {:.0} bytes of heap a round", span.slope());
    }
    let rounds: Vec<String> = points.iter().map(|(rounds, _)| rounds.to_string()).collect();
    let _written = write!(out, "\n\n| after rounds | {} |\n|---|{}\n", rounds.join(" | "), "--:|".repeat(points.len()));
    for (name, of) in rule::COUNTED {
        out.push_str(&row(name, &|census| of(census).to_string()));
    }
    out.push_str(&row("JavaScript heap, kB", &|census| format!("{:.0}", census.heap / 1_000.0)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaks::rounds::{Kind, Widget};

    #[test]
    fn a_series_is_a_table() {
        let of = |heap| Census { nodes: 7.0, heap, ..Census::default() };
        let points = vec![(0, of(1_000_000.0)), (10, of(2_000_000.0)), (100, of(2_009_000.0))];
        let text = table(&Series { kind: Kind::Polls, widget: Widget::Ours, points });
        assert!(
            text.starts_with(
                "**polls of a push, with a new sign-in after every 60, ours**: 100 bytes of heap a round\n\n| after rounds | 0 | 10 | 100 |\n"
            ),
            "{text}"
        );
        assert!(text.contains("|---|--:|--:|--:|\n| DOM nodes | 7 | 7 | 7 |\n"), "{text}");
        assert!(text.ends_with("| JavaScript heap, kB | 1000 | 2000 | 2009 |\n"), "{text}");
    }
}
