//! Writes what a target begins with into its corpus, beside what earlier runs have found. Not here: which seeds a target has
//! (`targets`).

use std::{fs, path::Path};

use anyhow::Context as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::targets::{Seeds, Target};
use crate::workspace;

/// Folders with recorded responses. The second is not in every copy of the repository.
const RECORDED: [&str; 2] = ["tests/fixtures", "../shared/api/examples"];

/// Writes them, each under a name that is made of its content.
pub(super) fn write(target: &Target, corpus: &Path) -> anyhow::Result<()> {
    write_all(&target.seeds, corpus)
}

fn write_all(seeds: &Seeds, corpus: &Path) -> anyhow::Result<()> {
    match seeds {
        Seeds::All(parts) => parts.iter().try_for_each(|part| write_all(part, corpus)),
        Seeds::Inputs(inputs) => inputs.iter().try_for_each(|input| put(corpus, input)),
        Seeds::Bodies(beginnings) => {
            let bodies = bodies()?;
            let both =
                beginnings.iter().flat_map(|beginning| bodies.iter().map(move |body| [*beginning, body].concat()));
            both.into_iter().try_for_each(|input| put(corpus, &input))
        }
        Seeds::Choices(number, length) => (0..*number).try_for_each(|place| put(corpus, &choices(place, *length))),
    }
}

fn put(corpus: &Path, input: &[u8]) -> anyhow::Result<()> {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(input));
    let path = corpus.join(format!("seed-{}", hash.get(..16).unwrap_or(&hash)));
    fs::write(&path, input).with_context(|| format!("could not write {}", path.display()))
}

/// The bodies of all recorded responses: a fixture has its body in `response`, or is one.
fn bodies() -> anyhow::Result<Vec<Vec<u8>>> {
    let mut bodies = Vec::new();
    for folder in RECORDED.map(|folder| workspace::root().join(folder)).iter().filter(|folder| folder.is_dir()) {
        for path in workspace::files_below(folder)? {
            if !workspace::has_extension(&path, &["json"]) {
                continue;
            }
            let text = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
            // Some are no JSON on purpose.
            let body = match serde_json::from_slice::<Value>(&text) {
                Ok(Value::Object(mut members)) => {
                    members.remove("response").unwrap_or(Value::Object(members)).to_string()
                }
                _ => String::from_utf8_lossy(&text).into_owned(),
            };
            bodies.push(body.into_bytes());
        }
    }
    Ok(bodies)
}

/// Bytes without a pattern, the same in each run.
fn choices(place: u32, length: usize) -> Vec<u8> {
    let block = |number: u32| Sha256::digest([place.to_le_bytes(), number.to_le_bytes()].concat());
    (0..).flat_map(block).take(length).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_recorded_body_is_a_seed() {
        let bodies = bodies().unwrap();
        assert!(bodies.len() > 200, "{}", bodies.len());
        assert!(bodies.iter().any(|body| body.starts_with(b"{\"errorCauses\"")), "without the fixture around it");
    }

    #[test]
    fn choices_differ_and_come_again() {
        assert_eq!(choices(1, 40), choices(1, 40));
        assert_ne!(choices(1, 40), choices(2, 40));
        assert_eq!(choices(1, 40).len(), 40);
    }
}
