//! Draws the recorded figures as bars, in one SVG that is light or dark as the reader's system asks. Not here: measuring,
//! and reading the tables (`recorded.rs`).

use std::fmt::Write as _;

use crate::{
    contender::{LIMIT, OURS, PEER, STATIC},
    recorded::Recorded,
    report,
};

/// The contenders from top to bottom, with the names for people who do not know this project.
const ROWS: [(&str, &str); 5] = [
    (LIMIT, "a form written by hand"),
    (STATIC, "this widget, form in the page"),
    (OURS, "this widget"),
    ("Hanko elements", "Hanko elements (asks for no password)"),
    (PEER, "Okta's okta-signin-widget"),
];

/// What is drawn.
struct Panel {
    title: &'static str,
    condition: &'static str,
    unit: &'static str,
    table: &'static str,
    figure: &'static str,
}

const SLOW: &str = "1.6 Mbit/s, 150 ms, CPU slowed down 4 times";
const PANELS: [Panel; 3] = [
    Panel {
        title: "Bytes until a submit is handled",
        condition: "compressed, as transferred",
        unit: "kB",
        table: report::SLOW,
        figure: "on the wire until then, bytes",
    },
    Panel {
        title: "Time until the form can be typed in",
        condition: SLOW,
        unit: "ms",
        table: report::SLOW,
        figure: "user name can be typed in, ms",
    },
    Panel {
        title: "Time until the next screen",
        condition: "after the password, CPU slowed down 4 times",
        unit: "ms",
        table: report::JOURNEY_TITLE,
        figure: "answer to next screen, ms",
    },
];

/// The colours of one scheme.
struct Palette {
    surface: &'static str,
    text: &'static str,
    muted: &'static str,
    ours: &'static str,
    others: &'static str,
}

const LIGHT: Palette =
    Palette { surface: "#ffffff", text: "#1b1f27", muted: "#4a5160", ours: "#0b57d0", others: "#7d8696" };
const DARK: Palette =
    Palette { surface: "#15181e", text: "#eceff4", muted: "#b3bac6", ours: "#8ab4f8", others: "#79839a" };

impl Palette {
    fn style(&self) -> String {
        let Self { surface, text, muted, ours, others } = self;
        format!(
            ".surface{{fill:{surface}}}text{{fill:{text}}}.muted{{fill:{muted}}}.ours{{fill:{ours}}}.others{{fill:{others}}}"
        )
    }
}

const WIDTH: f64 = 400.0;
const MARGIN: f64 = 16.0;
const BAR: f64 = WIDTH - 2.0 * MARGIN;

/// The picture; `None` where nothing is recorded.
pub(crate) fn draw(page: Recorded<'_>) -> Option<String> {
    let date = page.date()?;
    let mut body = String::new();
    let mut said = Vec::new();
    let mut y = 34.0;
    text(&mut body, MARGIN, y, "title", "The sign-in form, measured");
    y += 22.0;
    text(&mut body, MARGIN, y, "muted", &format!("on {date}, in Chromium; medians"));
    for panel in &PANELS {
        let values: Vec<_> = ROWS
            .iter()
            .filter_map(|(contender, name)| Some((*name, page.median(panel.table, panel.figure, contender)?)))
            .collect();
        let Some(most) = values.iter().map(|(_, value)| *value).reduce(f64::max).filter(|most| *most > 0.0) else {
            continue;
        };
        y += 38.0;
        text(&mut body, MARGIN, y, "head", panel.title);
        y += 20.0;
        text(&mut body, MARGIN, y, "muted", panel.condition);
        y += 4.0;
        let mut words = Vec::new();
        for (name, value) in values {
            y += 24.0;
            let class = if name.starts_with("this widget") { "ours" } else { "others" };
            let shown = shown(value, panel.unit);
            text(&mut body, MARGIN, y, if class == "ours" { "strong" } else { "" }, name);
            text(&mut body, WIDTH - MARGIN, y, if class == "ours" { "strong end" } else { "end" }, &shown);
            y += 6.0;
            let width = (BAR * value / most).max(2.0);
            let _infallible = writeln!(
                body,
                "<rect class=\"{class}\" x=\"{MARGIN}\" y=\"{y}\" width=\"{width:.1}\" height=\"8\" rx=\"2\"/>"
            );
            y += 8.0;
            words.push(format!("{name} {shown}"));
        }
        said.push(format!("{} ({}): {}.", panel.title, panel.condition, words.join(", ")));
    }
    if said.is_empty() {
        return None;
    }
    let (height, description) = (y + 20.0, escaped(&said.join(" ")));
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"480\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"title desc\">\n\
         <title id=\"title\">The sign-in form beside others, measured on {date}</title>\n\
         <desc id=\"desc\">{description}</desc>\n\
         <style>text{{font:14px system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif}}\
         .title{{font-size:19px;font-weight:600}}.head{{font-size:16px;font-weight:600}}.muted{{font-size:13px}}\
         .strong{{font-weight:600}}.end{{text-anchor:end}}{}@media(prefers-color-scheme:dark){{{}}}</style>\n\
         <rect class=\"surface\" width=\"{WIDTH}\" height=\"{height}\" rx=\"8\"/>\n{body}</svg>\n",
        LIGHT.style(),
        DARK.style(),
    ))
}

fn text(out: &mut String, x: f64, y: f64, class: &str, words: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _infallible = writeln!(out, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escaped(words));
}

/// A median with its unit: bytes as kB, three digits at most.
fn shown(value: f64, unit: &str) -> String {
    match unit {
        "kB" if value < 10_000.0 => format!("{:.1} kB", value / 1_000.0),
        "kB" => format!("{:.0} kB", value / 1_000.0),
        _ => format!("{} {unit}", report::grouped(value)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::{env, fs, path::PathBuf};

    use super::*;

    fn docs(name: &str) -> PathBuf {
        [env!("CARGO_MANIFEST_DIR"), "..", "..", "docs", name].iter().collect()
    }

    /// `UPDATE_EXPECT=1` draws it again.
    #[test]
    fn the_picture_shows_what_is_recorded() {
        let page = fs::read_to_string(docs("performance.md")).unwrap();
        let drawn = draw(Recorded(&page)).unwrap();
        let file = docs("images/bench.svg");
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, &drawn).unwrap();
        }
        assert!(fs::read_to_string(file).unwrap_or_default() == drawn, "UPDATE_EXPECT=1 draws docs/images/bench.svg");
    }

    #[test]
    fn every_recorded_value_is_a_bar_and_a_word() {
        let page = fs::read_to_string(docs("performance.md")).unwrap();
        let drawn = draw(Recorded(&page)).unwrap();
        let mut bars = 0;
        for panel in &PANELS {
            for (contender, name) in ROWS {
                let Some(value) = Recorded(&page).median(panel.table, panel.figure, contender) else { continue };
                bars += 1;
                let said = format!("{name} {}", shown(value, panel.unit));
                assert!(drawn.contains(&said), "{said}");
                assert!(drawn.contains(&format!(">{}</text>", shown(value, panel.unit))));
            }
        }
        assert_eq!(drawn.matches("height=\"8\"").count(), bars);
        assert!(bars > ROWS.len(), "{bars}");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert_eq!(draw(Recorded("")), None);
        assert_eq!(draw(Recorded("Measured on 2026-11-24: Chrome.\n")), None);
    }

    /// The relative luminance of a colour, as WCAG defines it.
    fn luminance(colour: &str) -> f64 {
        let part = |place: usize| {
            let value = f64::from(u8::from_str_radix(colour.get(place..place + 2).unwrap(), 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn text_and_bars_stand_out() {
        for Palette { surface, text, muted, ours, others } in [LIGHT, DARK] {
            for colour in [text, muted] {
                assert!(contrast(surface, colour) >= 7.0, "{colour} on {surface}: {}", contrast(surface, colour));
            }
            for colour in [ours, others] {
                assert!(contrast(surface, colour) >= 3.0, "{colour} on {surface}: {}", contrast(surface, colour));
            }
        }
    }

    /// With the width of a letter on average, in a wide font.
    #[test]
    fn everything_fits() {
        let width = |text: &str, letter: f64| f64::from(u32::try_from(text.chars().count()).unwrap()) * letter;
        for (_, name) in ROWS {
            assert!(width(name, 8.0) < BAR - 70.0, "{name}");
        }
        for Panel { title, condition, .. } in &PANELS {
            assert!(width(title, 9.5) < BAR && width(condition, 7.1) < BAR, "{title}, {condition}");
        }
    }
}
