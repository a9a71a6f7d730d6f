//! How big the files of a language are, compressed as they are sent. Not here: what is in them (`files.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::catalogue::Catalogue;
use crate::files;

/// Bytes after brotli of both files of each language, by its tag. English has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sizes(pub(crate) BTreeMap<String, [usize; 2]>);

impl Sizes {
    /// Measures the files in a folder of the bundle, which may be from before a language was added.
    pub fn measure(folder: &Path, catalogues: &[Catalogue]) -> anyhow::Result<Self> {
        let mut sizes = BTreeMap::new();
        for Catalogue { tag, .. } in catalogues {
            let [first, rest] = files::names(tag).map(|name| folder.join(name));
            if first.is_file() {
                sizes.insert(tag.clone(), [size(&first)?, size(&rest)?]);
            }
        }
        Ok(Self(sizes))
    }

    /// With those that a page says of languages that were not measured. Unless they are to be `exact`, also with those that
    /// differ by a tenth at most: what a page says of a size stays true when a few words change.
    #[must_use]
    pub(crate) fn or_known(mut self, known: &Self, exact: bool) -> Self {
        for (tag, known) in &known.0 {
            let sizes = self.0.entry(tag.clone()).or_insert(*known);
            if !exact && sizes.iter().zip(known).all(|(size, known)| size.abs_diff(*known) * 10 <= *size) {
                *sizes = *known;
            }
        }
        self
    }
}

fn size(file: &Path) -> anyhow::Result<usize> {
    let bytes = fs::read(file).with_context(|| file.display().to_string())?;
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sizes(tag: &str, sizes: [usize; 2]) -> Sizes {
        Sizes(BTreeMap::from([(tag.to_owned(), sizes)]))
    }

    #[test]
    fn a_size_counts_as_the_same_up_to_a_tenth() {
        let written = sizes("de", [2000, 5000]);
        let close = sizes("de", [2100, 4900]);
        assert_eq!(close.clone().or_known(&written, false), written);
        assert_eq!(close.clone().or_known(&written, true), close);
        let far = sizes("de", [2100, 6000]);
        assert_eq!(far.clone().or_known(&written, false), far);
        assert_eq!(Sizes::default().or_known(&written, true), written);
    }

    #[test]
    fn both_files_are_measured() {
        let folder = std::env::temp_dir().join(format!("okta-language-sizes-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("okta-sign-in-de.js"), "Anmelden ".repeat(100)).unwrap();
        let german = Catalogue { tag: "de".to_owned(), name: None, comment: None, messages: BTreeMap::new() };
        let measure = || Sizes::measure(&folder, std::slice::from_ref(&german));
        assert!(measure().is_err(), "the other file is not there");
        fs::write(folder.join("okta-sign-in-de-rest.js"), "").unwrap();
        let Sizes(measured) = measure().unwrap();
        let [first, rest] = *measured.get("de").unwrap();
        assert!((10..50).contains(&first) && rest < 10, "{first} {rest}");
        fs::remove_dir_all(folder).unwrap();
    }
}
