//! Reads the server's secrets: API token, keys of the cookie, secret of the challenge provider. They come from a
//! file or the environment, never from the command line, which other users of the machine can read. They are not
//! logged and not part of any response.

use std::{fs, path::Path};

use secrecy::SecretString;

/// Reads a secret from the file or the variable, without surrounding white space. `None` if neither is set.
pub fn read(file: Option<&Path>, variable: &str) -> Result<Option<SecretString>, String> {
    let text = match file {
        Some(file) => {
            let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
            Some(text)
        }
        None => std::env::var(variable).ok(),
    };
    Ok(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).map(SecretString::from))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_file_is_trimmed_and_debug_output_is_redacted() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        fs::write(&file, " 00secret \n").unwrap();
        let secret = read(Some(&file), "NO_SUCH_VARIABLE").unwrap().unwrap();
        assert_eq!(secret.expose_secret(), "00secret");
        assert!(!format!("{secret:?}").contains("00secret"));
        fs::write(&file, "\n").unwrap();
        assert!(read(Some(&file), "NO_SUCH_VARIABLE").unwrap().is_none());
        assert!(read(Some(&folder.path().join("none")), "NO_SUCH_VARIABLE").is_err());
    }
}
