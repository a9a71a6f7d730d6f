//! Hashes of files as a browser checks them (Subresource Integrity), and putting them into pages. Not here: which files
//! are checked, and by whom.

use std::{fs, path::Path};

use anyhow::Context as _;
use data_encoding::BASE64;
use sha2::{Digest as _, Sha384};

/// The value of an attribute `integrity` for these bytes.
pub(crate) fn of(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(&Sha384::digest(bytes)))
}

/// The same for a file.
pub(crate) fn of_file(file: &Path) -> anyhow::Result<String> {
    Ok(of(&fs::read(file).with_context(|| format!("could not read {}", file.display()))?))
}

/// Gives the links of a page to these files, each with its hash, that hash: a script that a link without one has fetched
/// would be taken unchecked.
pub(crate) fn write_into(page: &Path, files: &[(String, String)]) -> anyhow::Result<()> {
    let html = fs::read_to_string(page).with_context(|| format!("could not read {}", page.display()))?;
    fs::write(page, with_hashes(&html, files)).with_context(|| format!("could not write {}", page.display()))
}

fn with_hashes(html: &str, files: &[(String, String)]) -> String {
    files.iter().fold(html.to_owned(), |html, (file, hash)| {
        html.replace(&format!("href=\"{file}\""), &format!("href=\"{file}\" integrity=\"{hash}\""))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_what_browsers_compute() {
        // By `printf 'alert(1)' | openssl dgst -sha384 -binary | base64 -w0`.
        let expected = "HT2E9NfWiuQ/w1PRai+hTyqW16NIoCGA/m8VQDUopfAtcz6YQjtsMmQd5uRbVDpW";
        assert_eq!(of(b"alert(1)"), format!("sha384-{expected}"));
    }

    #[test]
    fn links_to_the_files_get_their_hashes() {
        let files = [("a.js".to_owned(), "sha384-x".to_owned())];
        assert_eq!(
            with_hashes(r#"<link href="a.js"><link href="b.js"><script src="a.js">"#, &files),
            r#"<link href="a.js" integrity="sha384-x"><link href="b.js"><script src="a.js">"#
        );
    }
}
