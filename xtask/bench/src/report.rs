//! Formats the figures as tables. Not here: measuring, and the picture (`chart.rs`).

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, bail};

use crate::{
    chart,
    contender::{BEFORE, LIMIT, OURS, PEER, SMALLEST, STATIC},
    figures::{Figures, Spread},
    machine::Machine,
    recorded::Recorded,
};

const LOAD: &[&str] = &[
    "on the wire until then, bytes",
    "on the wire in all, bytes",
    "first paint, ms",
    "user name can be typed in, ms",
    "the form is in the page's language, ms",
    "a submit is handled, ms",
    "second visit: a submit is handled, ms",
    "script, ms",
    "longest task, ms",
];
const JOURNEY: &[&str] = &[
    "answer to next screen, ms",
    "a keystroke, ms",
    "longest task after load, ms",
    "memory after load, bytes",
    "memory after the sign-in, bytes",
];
const MOUNTS: &[&str] = &["100 mounts, ms", "100 mounts leave behind, bytes"];

/// Promised ratios: one contender, the other, profile, figure, maximum.
const RATIOS: &[(&str, &str, &str, &str, f64)] = &[
    (STATIC, LIMIT, "slow", "user name can be typed in, ms", 1.25),
    (STATIC, PEER, "slow", "user name can be typed in, ms", 0.2),
    (STATIC, PEER, "slow", "a submit is handled, ms", 0.35),
    (SMALLEST, PEER, "slow", "a submit is handled, ms", 0.35),
    (OURS, PEER, "slow", "a submit is handled, ms", 0.35),
    (STATIC, PEER, "slow", "on the wire until then, bytes", 0.47),
    (STATIC, PEER, "slow machine", "memory after load, bytes", 0.5),
    (STATIC, PEER, "slow machine", "memory after the sign-in, bytes", 0.5),
];

/// The title of the table about a slow phone.
pub(crate) const SLOW: &str = "Slow: 1.6 Mbit/s, 150 ms, CPU x4";
/// The title of the table about a whole sign-in.
pub(crate) const JOURNEY_TITLE: &str = "A sign-in with a text message, loopback, CPU x4";

/// Titles, profiles and figures of the tables.
const TABLES: &[(&str, &str, &[&str])] = &[
    (SLOW, "slow", LOAD),
    ("Fast: loopback", "fast", LOAD),
    (JOURNEY_TITLE, "slow machine", JOURNEY),
    ("A hundred mounts, loopback", "fast", MOUNTS),
];

/// All tables.
pub(crate) fn tables(machine: &Machine, names: &[&str], figures: &Figures, runs: usize) -> String {
    let mut out = machine.summary();
    let _infallible = writeln!(out, " Medians of {runs} runs (least to most).\n\nRatios, round by round:\n");
    out.push_str(&ratios(figures));
    if names.contains(&BEFORE) {
        out.push_str(&comparison(figures));
    }
    for (title, profile, rows) in TABLES {
        let _infallible = write!(out, "\n{title}:\n\n{}", table(names, figures, profile, rows));
    }
    out
}

fn ratios(figures: &Figures) -> String {
    let mut out = "| figure | ratio | promised | |\n|---|--:|--:|---|\n".to_owned();
    for (one, other, profile, figure, most) in RATIOS {
        let Some(ratio) = figures.ratio(one, other, profile, figure) else { continue };
        let Spread { median, least, most: highest } = ratio;
        let kept = if median <= *most { "kept" } else { "**not kept**" };
        let _infallible = writeln!(
            out,
            "| {profile}: {figure}: {one} / {other} | {median:.2} ({least:.2} to {highest:.2}) | {most} | {kept} |"
        );
    }
    out
}

/// Every figure of the widget, compared with an earlier build.
fn comparison(figures: &Figures) -> String {
    let mut out = format!("\n{STATIC} / {BEFORE}, round by round:\n\n| figure | ratio |\n|---|--:|\n");
    for (_, profile, rows) in TABLES {
        for row in *rows {
            let Some(Spread { median, least, most }) = figures.ratio(STATIC, BEFORE, profile, row) else { continue };
            let _infallible = writeln!(out, "| {profile}: {row} | {median:.3} ({least:.3} to {most:.3}) |");
        }
    }
    out
}

fn table(names: &[&str], figures: &Figures, profile: &str, rows: &[&str]) -> String {
    let measured: Vec<&&str> =
        names.iter().filter(|name| rows.iter().any(|row| figures.spread(name, profile, row).is_some())).collect();
    let mut out = String::from("| |");
    for name in &measured {
        let _infallible = write!(out, " {name} |");
    }
    out.push_str("\n|---|");
    out.push_str(&"--:|".repeat(measured.len()));
    out.push('\n');
    for row in rows {
        let _infallible = write!(out, "| {row} |");
        for name in &measured {
            let cell = figures.spread(name, profile, row).map_or_else(|| "-".to_owned(), shown);
            let _infallible = write!(out, " {cell} |");
        }
        out.push('\n');
    }
    out
}

fn shown(Spread { median, least, most }: Spread) -> String {
    let number = |value: f64| if value.abs() < 10.0 { format!("{value:.1}") } else { grouped(value) };
    format!("{} ({} to {})", number(median), number(least), number(most))
}

/// With thousands separators.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if value < 0.0 { format!("-{out}") } else { out }
}

const BEGIN: &str = "<!-- bench: written by `cargo xtask bench --record` -->\n";
const END: &str = "<!-- end of bench -->";

/// Writes the tables into a page, between its markers, and draws them into a picture in the folder beside it.
pub(crate) fn record(page: &Path, tables: &str) -> anyhow::Result<()> {
    let named = || page.display().to_string();
    let text = fs::read_to_string(page).with_context(named)?;
    let (Some((before, _)), Some((_, after))) = (text.split_once(BEGIN), text.split_once(END)) else {
        bail!("{} has no place for the tables", named());
    };
    let text = [before, BEGIN, "\n", tables, "\n", END, after].concat();
    fs::write(page, &text).with_context(named)?;
    let picture = page.with_file_name("images").join("bench.svg");
    let drawn = chart::draw(Recorded(&text)).context("nothing was measured that the picture shows")?;
    fs::write(&picture, drawn).with_context(|| picture.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        for (value, text) in [(999.4, "999"), (1_000.0, "1,000"), (1_234_567.0, "1,234,567"), (-65_536.0, "-65,536")] {
            assert_eq!(grouped(value), text);
        }
    }
}
