//! The rules of a language for numbers, from CLDR, for what is rendered without a browser; a browser has the same in `Intl`.
//! Not here: the messages.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale::{Locale, LocaleDirectionality};
use icu_plurals::{PluralCategory, PluralRules};
use okta_authn_widget::text::{Language, Rules, Text};

use crate::catalogue::Catalogue;

/// The counts that messages have are at most some hundreds.
const COUNTS: u32 = 1_000;

/// How a language counts.
pub(crate) struct Numbers {
    plurals: PluralRules,
    decimals: DecimalFormatter,
}

impl Numbers {
    pub(crate) fn of(tag: &str) -> anyhow::Result<Self> {
        let locale = locale(tag)?;
        let plurals = PluralRules::try_new_cardinal(locale.clone().into()).context("no plural rules")?;
        let decimals =
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).context("no digits")?;
        Ok(Self { plurals, decimals })
    }

    /// The categories of the numbers that messages have, and `other`.
    pub(crate) fn categories(&self) -> BTreeSet<&'static str> {
        (0..=COUNTS).map(|count| self.category(count)).chain(["other"]).collect()
    }

    /// The number of a category that has one number alone.
    pub(crate) fn only(&self, category: &str) -> Option<u32> {
        let mut numbers = (0..=COUNTS).filter(|count| self.category(*count) == category);
        numbers.next().filter(|_| numbers.next().is_none())
    }

    fn category(&self, count: u32) -> &'static str {
        match self.plurals.category_for(count) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

fn locale(tag: &str) -> anyhow::Result<Locale> {
    tag.parse().with_context(|| format!("{tag} is no BCP 47 tag"))
}

/// Whether a language is written from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> anyhow::Result<bool> {
    Ok(LocaleDirectionality::new_common().is_right_to_left(&locale(tag)?.id))
}

/// The texts of a catalogue, for the widget's components. They stay in memory.
pub fn text(catalogue: &Catalogue) -> anyhow::Result<Text> {
    struct Given {
        numbers: Numbers,
        messages: BTreeMap<u16, String>,
    }
    impl Rules for Given {
        fn message(&self, number: u16) -> Option<String> {
            self.messages.get(&number).cloned()
        }
        fn plural(&self, number: u32) -> String {
            self.numbers.category(number).to_owned()
        }
        fn number(&self, number: u32) -> String {
            self.numbers.decimals.format(&Decimal::from(number)).to_string()
        }
    }
    let messages = crate::files::numbered(catalogue)?;
    let rules = Given { numbers: Numbers::of(&catalogue.tag)?, messages };
    Ok(Text::of(Language::new(catalogue.tag.clone(), is_right_to_left(&catalogue.tag)?, Box::new(rules))))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use okta_authn_widget::text::Key;

    #[test]
    fn a_language_has_its_own_plurals_digits_and_direction() {
        let of = |tag: &str, paused: &str| {
            let messages = BTreeMap::from([("paused".to_owned(), paused.to_owned())]);
            text(&Catalogue { tag: tag.to_owned(), name: None, comment: None, messages }).unwrap()
        };
        let polish = of("pl", "{seconds, plural, one {# sekunda} few {# sekundy} many {# sekund} other {# sekundy}}");
        for (count, said) in [(1, "1 sekunda"), (3, "3 sekundy"), (5, "5 sekund"), (22, "22 sekundy")] {
            assert_eq!(polish.count(Key::PAUSED, "seconds", count), said);
        }
        assert_eq!((polish.language(), polish.direction()), ("pl", "ltr"));
        let persian = of("fa", "{seconds, plural, one {# ثانیه} other {# ثانیه}}");
        assert_eq!(persian.count(Key::PAUSED, "seconds", 12), "۱۲ ثانیه");
        assert_eq!(persian.direction(), "rtl");
        assert_eq!(persian.get(Key::PRIMARY_TITLE), "Sign in", "a message that is missing is in English");
        assert_eq!(persian.fill(Key::SESSION_AS, &[("login", "ann")]), "Signed in as \u{2068}ann\u{2069}");
    }
}
