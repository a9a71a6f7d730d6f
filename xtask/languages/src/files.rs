//! The files that the page's scripts load: a module with the messages of the first form, and one with the others. They name a
//! message by its number, its place among the keys in their order. Not here: how they are loaded.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, ensure};
use okta_authn_widget::text::CATALOGUE;
use serde_json::json;

use crate::catalogue::Catalogue;
use crate::rules::is_right_to_left;

/// The messages that the scripts say, by their keys: with the brand, and while the program is not there.
const OF_SCRIPTS: [&str; 21] = [
    "action.retry",
    "brand.contact",
    "brand.help",
    "brand.idp",
    "brand.image",
    "brand.image_new",
    "brand.new_window",
    "brand.or",
    "brand.piv",
    "brand.piv_failed",
    "brand.piv_wait",
    "brand.privacy",
    "brand.terms",
    "brand.title",
    "load.failed",
    "primary.forgot",
    "primary.signup",
    "primary.unlock",
    "stopped.reload",
    "stopped.text",
    "widget.misconfigured",
];

/// The names of both files of a language.
pub(crate) fn names(tag: &str) -> [String; 2] {
    ["", "-rest"].map(|end| format!("okta-sign-in-{tag}{end}.js"))
}

/// The messages by their numbers.
pub(crate) fn numbered(catalogue: &Catalogue) -> anyhow::Result<BTreeMap<u16, String>> {
    let number = |key: &str| CATALOGUE.binary_search_by_key(&key, |(name, _)| name).ok();
    let numbered = |(key, message): (&String, &String)| {
        let number = number(key).with_context(|| format!("{}: {key} is no key", catalogue.tag))?;
        Ok((u16::try_from(number)?, message.clone()))
    };
    catalogue.messages.iter().map(numbered).collect()
}

/// Writes both files of each language into a folder, and returns how many messages the first ones have. Those of the first
/// form are those whose English text is in `core`, the part of the program that has it.
pub fn write(folder: &Path, core: &[u8], catalogues: &[Catalogue]) -> anyhow::Result<usize> {
    fs::create_dir_all(folder)?;
    let is_first = |number: &u16| CATALOGUE.get(usize::from(*number)).is_some_and(|(_, english)| has(core, english));
    let firsts = (0..u16::try_from(CATALOGUE.len())?).filter(is_first).count();
    ensure!(firsts > 0, "the program has none of the messages");
    for catalogue in catalogues {
        let (first, rest): (BTreeMap<_, _>, BTreeMap<_, _>) =
            numbered(catalogue)?.into_iter().partition(|(number, _)| is_first(number));
        let said = |key: &str| Some((key.to_owned(), catalogue.messages.get(key)?.clone()));
        let scripts: BTreeMap<String, String> = OF_SCRIPTS.into_iter().filter_map(said).collect();
        let language = json!({
            "language": catalogue.tag,
            "isRightToLeft": is_right_to_left(&catalogue.tag)?,
            "messages": first,
            "scripts": scripts,
        });
        let write = |name: String, content: serde_json::Value| {
            fs::write(folder.join(name), format!("export default {content};\n"))
        };
        let [first_name, rest_name] = names(&catalogue.tag);
        write(first_name, language)?;
        write(rest_name, json!({ "messages": rest }))?;
    }
    Ok(firsts)
}

fn has(core: &[u8], text: &str) -> bool {
    memchr::memmem::find(core, text.as_bytes()).is_some()
}
