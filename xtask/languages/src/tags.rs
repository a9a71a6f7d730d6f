//! Which of the languages fits a tag: that of the same language and script, as CLDR completes both
//! (<https://unicode.org/reports/tr35/#Likely_Subtags>). The scripts decide in the same way in a browser
//! (`okta-sign-in-languages.js`). Not here: where a tag comes from.

use icu_locale::{LanguageIdentifier, LocaleCanonicalizer, LocaleExpander};

/// The tag of those in `available` that fits `wanted` best.
pub fn matching<'a>(wanted: &str, available: &[&'a str]) -> Option<&'a str> {
    let wanted = maximized(wanted)?;
    let fits = |same: fn(&LanguageIdentifier, &LanguageIdentifier) -> bool| {
        available.iter().copied().find(|tag| maximized(tag).is_some_and(|tag| same(&tag, &wanted)))
    };
    fits(|one, other| one.language == other.language && one.script == other.script)
        // Languages of one country that are written alike, such as the two Norwegian ones.
        .or_else(|| fits(|one, other| one.region == other.region && one.script == other.script))
}

fn maximized(tag: &str) -> Option<LanguageIdentifier> {
    let mut locale = tag.parse().ok()?;
    LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
    let mut id = locale.id;
    LocaleExpander::new_extended().maximize(&mut id);
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same table as in tests/scripts/languages.test.js.
    #[test]
    fn tags_and_the_languages_that_fit() {
        let available = ["de", "fil", "he", "no", "pt-BR", "zh-Hans", "zh-Hant"];
        for (wanted, tag) in [
            ("de", Some("de")),
            ("de-AT", Some("de")),
            ("DE-ch", Some("de")),
            ("pt-PT", Some("pt-BR")),
            ("pt", Some("pt-BR")),
            ("zh", Some("zh-Hans")),
            ("zh-SG", Some("zh-Hans")),
            ("zh-HK", Some("zh-Hant")),
            ("zh-TW", Some("zh-Hant")),
            ("nb", Some("no")),
            ("nn-NO", Some("no")),
            ("tl", Some("fil")),
            ("iw", Some("he")),
            ("eo", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(matching(wanted, &available), tag, "{wanted}");
        }
    }
}
