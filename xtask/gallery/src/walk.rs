//! Looks at every screen in every language, on a small phone. In the pseudo-language, every text must be a message of the
//! catalogue; in each, nothing may be cut off, overlap, lie outside of the form, or be broken within a word. Not here: what is
//! right to say (`okta-languages`).

use crate::entries::sections;
use crate::entry::set_text;
use crate::page;
use crate::viewer::{Viewer, WIDTHS, serve};
use anyhow::{Context as _, Result};
use okta_authn_widget::text::Text;
use okta_languages::{Catalogue, PSEUDO};
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use tokio::runtime::Runtime;

/// Languages that have no spaces between words.
const WITHOUT_SPACES: [&str; 4] = ["ja", "th", "zh-Hans", "zh-Hant"];

const WALK: &str = include_str!("walk.js");

/// Texts on the screens that are no messages: what the fixtures' people, orgs and devices are called.
const VALUES: &str = include_str!("walk-values.txt");

/// What was found in a language.
#[derive(Debug, Default, Deserialize)]
struct Found {
    cards: usize,
    findings: Vec<String>,
}

/// Walks through all languages; prints what it finds, and finally how many screens it saw and how many findings there are.
pub(crate) fn run(folder: &Path, runtime: &Runtime) -> Result<ExitCode> {
    let mut languages = okta_languages::all()?;
    languages.insert(0, okta_languages::pseudo()?);
    // The English pages are what the server begins with; writing them empties the folder. Each language has pages of its own,
    // which are written before there is a server or a browser.
    set_text(Text::ENGLISH);
    page::write(folder, &sections()?)?;
    for language in &languages {
        set_text(okta_languages::text(language)?);
        page::write(&folder.join(&language.tag), &sections()?)?;
    }
    runtime.block_on(walk(folder, &languages))
}

async fn walk(folder: &Path, languages: &[Catalogue]) -> Result<ExitCode> {
    let site = serve(folder).await?;
    let viewer = Viewer::start(&site).await?;
    let (mut screens, mut failed) = (0, 0);
    for Catalogue { tag, .. } in languages {
        let found = look(&viewer, tag).await.with_context(|| tag.clone())?;
        for finding in &found.findings {
            println!("{tag}: {finding}");
        }
        println!("{tag}: {} screens, {} findings", found.cards, found.findings.len());
        screens += found.cards;
        failed += found.findings.len();
    }
    viewer.close().await?;
    println!("test result: {screens} passed; {failed} failed; 0 ignored");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Looks at the overview once as on a computer, and once as on a phone, whose pointer is a finger.
async fn look(viewer: &Viewer, tag: &str) -> Result<Found> {
    let [narrow, ..] = WIDTHS;
    viewer.emulate(narrow, &[]).await?;
    viewer.open_overview(tag).await?;
    let values: Vec<&str> = VALUES.lines().filter(|line| !line.is_empty()).collect();
    let (is_pseudo, has_spaces) = (tag == PSEUDO, !WITHOUT_SPACES.contains(&tag));
    let options = json!({ "values": values, "isPseudo": is_pseudo, "hasSpaces": has_spaces });
    let mut all = Found::default();
    for touches in [false, true] {
        viewer.emulate_touch(touches).await?;
        let Found { cards, findings } =
            serde_json::from_value(viewer.evaluate(&format!("({WALK})({options})")).await?)?;
        let new: Vec<_> = findings.into_iter().filter(|finding| !all.findings.contains(finding)).collect();
        all.findings.extend(new);
        all.cards = cards;
    }
    Ok(all)
}
