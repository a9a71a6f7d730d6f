//! The lists of the languages for the scripts (`src/embed/js/language-list.js`, `language-tags.js`). Not here: the files that it names, which
//! the program `okta-languages` writes.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, bail};

use crate::{integrity, workspace};

/// The folder of the files.
pub(crate) const FOLDER: &str = "locales";

/// The script with the list.
pub(super) const LIST: &str = "language-list.js";

/// The script with the tags alone, for a script that loads none of the files.
pub(super) const TAGS: &str = "language-tags.js";

/// How the names of the files begin and end.
const START: &str = "okta-sign-in-";
const END: &str = ".js";
const REST: &str = "-rest";

/// The key of the message that the name of the application changes.
const TITLE: &str = "primary.title";

/// The English messages by their keys.
pub(crate) fn messages() -> anyhow::Result<BTreeMap<String, String>> {
    const CATALOGUE: &str = "locales/en.arb";
    let catalogue = fs::read_to_string(workspace::root().join(CATALOGUE)).context(CATALOGUE)?;
    let catalogue: BTreeMap<String, serde_json::Value> = serde_json::from_str(&catalogue).context(CATALOGUE)?;
    let message = |(name, message): (String, serde_json::Value)| Some((name, message.as_str()?.to_owned()));
    Ok(catalogue.into_iter().filter(|(name, _)| !name.starts_with('@')).filter_map(message).collect())
}

/// The list for the files in a folder of the bundle. With `imports`, each file is a function that imports it, as bundlers read
/// it; else it is an address with a hash.
pub(super) fn list(folder: &Path, imports: bool) -> anyhow::Result<String> {
    let file = |tag: &str, end: &str| {
        let name = format!("{FOLDER}/{START}{tag}{end}{END}");
        if imports {
            return Ok(format!("{{ load: () => import(\"./{name}\") }}"));
        }
        let hash = integrity::of_file(&folder.join(&name))?;
        anyhow::Ok(format!("{{ url: new URL(\"./{name}\", import.meta.url), integrity: {hash:?} }}"))
    };
    let line = |tag: String| anyhow::Ok(format!("  {tag:?}: [{}, {}],\n", file(&tag, "")?, file(&tag, REST)?));
    let lines: String = tags(folder)?.into_iter().map(line).collect::<anyhow::Result<_>>()?;
    let Some(title) = messages()?.keys().position(|key| key == TITLE) else { bail!("there is no message {TITLE}") };
    Ok(format!("export const LANGUAGE_FILES = {{\n{lines}}};\nexport const TITLE = {title};\n"))
}

/// The tags of the files in a folder of the bundle.
pub(super) fn list_of_tags(folder: &Path) -> anyhow::Result<String> {
    Ok(format!("export const LANGUAGE_TAGS = {:?};\n", tags(folder)?))
}

/// The tags of the languages in a folder of the bundle.
fn tags(folder: &Path) -> anyhow::Result<Vec<String>> {
    let files = workspace::files_below(&folder.join(FOLDER))?;
    let names = files.iter().filter_map(|file| file.file_name()?.to_str()?.strip_prefix(START)?.strip_suffix(END));
    Ok(names.filter_map(|name| name.strip_suffix(REST)).map(str::to_owned).collect())
}
