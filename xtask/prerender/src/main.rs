//! The program around the library: reads and writes files. Not here: how a page changes.
#![allow(clippy::print_stdout, reason = "a command-line program's job is to print")]

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use clap::Parser;
use okta_prerender::{source, with_forms, with_styles};

/// Puts the start form into pages.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask prerender")]
struct Cli {
    /// Pages with an `<okta-sign-in>`, changed in place: the form is in the language of the element, else in that of the page.
    /// Without any, the form with its defaults is printed
    pages: Vec<PathBuf>,
    /// The language of the form that is printed, as a BCP 47 tag
    #[arg(long, value_name = "TAG", conflicts_with = "pages")]
    language: Option<String>,
    /// Put this style sheet into the pages too, in the place of the link to it
    #[arg(long, value_name = "CSS", requires = "pages")]
    inline_styles: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let read = |file: &PathBuf| fs::read_to_string(file).with_context(|| file.display().to_string());
    let css = cli.inline_styles.as_ref().map(read).transpose()?;
    for page in &cli.pages {
        let context = || page.display().to_string();
        let mut html = with_forms(&read(page)?).with_context(context)?;
        if let Some(css) = &css {
            html = with_styles(&html, css).with_context(context)?;
        }
        fs::write(page, html).with_context(context)?;
    }
    if cli.pages.is_empty() {
        println!("{}", printed(cli.language.as_deref())?);
    }
    if let Some(css) = &css {
        println!("A Content Security Policy allows the style sheet by this source in style-src: {}", source(css));
    }
    Ok(())
}

/// The form with its defaults, in a language or in English.
fn printed(language: Option<&str>) -> anyhow::Result<String> {
    let language = language.map_or_else(String::new, |tag| format!(" language=\"{tag}\""));
    with_forms(&format!("<okta-sign-in base-url=\"https://example.okta.com\"{language}></okta-sign-in>"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_printed_in_a_language() {
        let (english, german) = (printed(None).unwrap(), printed(Some("de")).unwrap());
        assert!(english.contains(">Sign in</h2>") && !english.contains("language="), "{english}");
        assert!(german.contains(">Anmelden</h2>") && german.contains("language=\"de\""), "{german}");
    }
}
