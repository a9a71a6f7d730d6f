//! Reads the catalogues. Not here: whether one is right (`check.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The messages of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Its BCP 47 tag, which is the name of its file too.
    pub tag: String,
    /// What the language calls itself: `@@x-name`.
    pub name: Option<String>,
    /// What its file says about itself, such as who has reviewed it.
    pub comment: Option<String>,
    /// The messages by their keys.
    pub messages: BTreeMap<String, String>,
}

/// How the names of the files end.
const EXTENSION: &str = "arb";

/// The folder with the files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("locales")
}

impl Catalogue {
    /// Reads the text of a file.
    pub fn parse(json: &str) -> anyhow::Result<Self> {
        let entries: BTreeMap<String, serde_json::Value> = serde_json::from_str(json)?;
        let text = |name: &str| Some(entries.get(name)?.as_str()?.to_owned());
        let tag = text("@@locale").context("there is no @@locale")?;
        let mut messages = BTreeMap::new();
        for (name, message) in entries.iter().filter(|(name, _)| !name.starts_with('@')) {
            let Some(message) = message.as_str() else { bail!("{name} is not a text") };
            messages.insert(name.clone(), message.to_owned());
        }
        Ok(Self { tag, name: text("@@x-name"), comment: text("@@comment"), messages })
    }

    fn read(file: &Path) -> anyhow::Result<Self> {
        let context = || file.display().to_string();
        let catalogue = Self::parse(&fs::read_to_string(file).with_context(context)?).with_context(context)?;
        if file.file_stem().and_then(|stem| stem.to_str()) != Some(&catalogue.tag) {
            bail!("{}: @@locale is {}", file.display(), catalogue.tag);
        }
        Ok(catalogue)
    }
}

/// The English messages, which are compiled into the widget.
pub fn english() -> anyhow::Result<Catalogue> {
    Catalogue::read(&folder().join("en").with_extension(EXTENSION))
}

/// The language with that tag, [`PSEUDO`](crate::PSEUDO) included.
pub fn by_tag(tag: &str) -> anyhow::Result<Catalogue> {
    match tag {
        crate::PSEUDO => crate::pseudo(),
        "en" => english(),
        _ => all()?
            .into_iter()
            .find(|catalogue| catalogue.tag == tag)
            .with_context(|| format!("there is no language {tag}")),
    }
}

/// Every language but English, in the order of the tags.
pub fn all() -> anyhow::Result<Vec<Catalogue>> {
    let mut catalogues = Vec::new();
    for entry in fs::read_dir(folder()).context("locales")? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == EXTENSION) {
            catalogues.push(Catalogue::read(&file)?);
        }
    }
    catalogues.retain(|catalogue| catalogue.tag != "en");
    catalogues.sort_by(|one, other| one.tag.cmp(&other.tag));
    Ok(catalogues)
}
