//! Texts. Every string that a person reads is a [`Key`] of the catalogue `locales/en.arb`, looked up here and filled
//! with values as plain text. English is compiled in; another language is a [`Language`]. Not here: markup, or a decision.

mod factor;
mod hook;
mod language;
mod message;
mod notice;
mod policy;
mod start_notice;
mod tokens;

pub use factor::{about_factor, factor_in_sentence, factor_name, question};
pub use hook::{field_label, field_problem};
pub use language::{Language, Rules};
pub use notice::notice;
pub use policy::{answer_rule, password_title, remember_device, rule};
pub use start_notice::start_notice;

use std::borrow::Cow;

/// A message of the catalogue, in English, and its number. Each key is a constant of this type, so that a part of the program
/// contains the messages that it uses, and no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static Message);

#[derive(Debug, PartialEq, Eq)]
struct Message {
    english: &'static str,
    number: u16,
}

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The language in use: English, unless another one was loaded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text(Option<&'static Language>);

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Some(language), Some(other)) => std::ptr::eq(language, other),
            (language, other) => language.is_none() && other.is_none(),
        }
    }
}

impl Text {
    /// The texts that are compiled in.
    pub const ENGLISH: Self = Self(None);

    /// The texts of that language; a message that it lacks is in English.
    pub fn of(language: &'static Language) -> Self {
        Self(Some(language))
    }

    /// The message of that key.
    pub fn get(self, key: Key) -> &'static str {
        self.0.and_then(|language| language.message(key.0.number)).unwrap_or(key.0.english)
    }

    /// The message with its `{placeholders}` filled. Values are inserted as they are, so a value cannot contain a
    /// placeholder of its own.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        message::fill(self, self.get(key), values)
    }

    /// The message with a number in it, in the plural that the language has for that number.
    pub fn count(self, key: Key, name: &str, count: u32) -> String {
        self.fill(key, &[(name, &count.to_string())])
    }

    /// The BCP 47 tag of the language.
    pub fn language(self) -> &'static str {
        self.0.map_or("en", Language::tag)
    }

    /// The direction in which the language is written, as the attribute `dir` has it.
    pub fn direction(self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// `dir` for what is written from left to right in every language: user names, codes, numbers, addresses.
    pub fn left_to_right(self) -> Option<&'static str> {
        self.is_right_to_left().then_some("ltr")
    }

    /// `dir` for what has the direction of what is typed there: answers, questions, names of people.
    pub fn own_direction(self) -> Option<&'static str> {
        self.is_right_to_left().then_some("auto")
    }

    /// `lang` for words that are not in this language, but in English: those of the org.
    pub fn english(self) -> Option<&'static str> {
        (self != Self::ENGLISH).then_some("en")
    }

    /// A text that somebody else wrote: in a language from right to left its own direction must not change the order around
    /// it, nor this language's the order in it. It is isolated
    /// (<https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates>) by characters, which a label, an option and a
    /// message can have alike.
    pub fn isolate(self, text: &str) -> Cow<'_, str> {
        if self.is_right_to_left() { ["\u{2068}", text, "\u{2069}"].concat().into() } else { text.into() }
    }

    fn is_right_to_left(self) -> bool {
        self.0.is_some_and(Language::is_right_to_left)
    }

    /// Inserts a value as a text that somebody else wrote.
    fn insert(self, out: &mut String, value: &str) {
        out.push_str(&self.isolate(value));
    }

    fn plural(self, count: u32) -> Cow<'static, str> {
        match self.0 {
            Some(language) => language.rules().plural(count).into(),
            None => if count == 1 { "one" } else { "other" }.into(),
        }
    }

    /// A number in the digits of the language.
    pub fn number(self, count: u32) -> String {
        self.0.map_or_else(|| count.to_string(), |language| language.rules().number(count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_placeholders_once() {
        let said = Text::ENGLISH.fill(Key::SESSION_AS, &[("login", "{login} <b>x</b>")]);
        assert_eq!(said, "Signed in as {login} <b>x</b>");
    }

    #[test]
    fn a_key_has_its_place_in_the_catalogue() {
        let Key(message) = Key::PRIMARY_TITLE;
        assert_eq!(CATALOGUE.get(usize::from(message.number)), Some(&("primary.title", message.english)));
        assert!(CATALOGUE.is_sorted());
    }

    /// Every notice that the first form can lead to has its own text there, without the texts of other steps.
    #[test]
    fn the_first_form_has_a_text_for_each_of_its_notices() {
        use sign_in_flow::{FieldName, Notice, NoticeKind};
        for kind in [
            NoticeKind::Missing(FieldName::Username),
            NoticeKind::Missing(FieldName::Password),
            NoticeKind::WrongCredentials,
            NoticeKind::PasswordUnusable,
            NoticeKind::LockedOut { may_unlock: false },
            NoticeKind::LockedOut { may_unlock: true },
            NoticeKind::MovedOn,
            NoticeKind::LinkSpent { may_recover: false },
            NoticeKind::Unlocked,
            NoticeKind::ExpiresSoon,
            NoticeKind::KeptGoing,
            NoticeKind::SignInTimedOut,
            NoticeKind::RateLimited,
            NoticeKind::Denied,
            NoticeKind::Offline,
            NoticeKind::Unreachable,
            NoticeKind::NoAnswer,
            NoticeKind::OtherPage,
            NoticeKind::PageFailed,
            NoticeKind::ServerError,
            NoticeKind::Unexpected,
            NoticeKind::SignedOut,
            NoticeKind::UntrustedLink { target: "https://evil.example".to_owned() },
            NoticeKind::Org("Words".to_owned()),
            NoticeKind::AlreadySignedIn { login: "ann".to_owned() },
        ] {
            assert_ne!(
                start_notice(Text::ENGLISH, &Notice::of(kind.clone())),
                Text::ENGLISH.get(Key::NOTICE_FAILED),
                "{kind:?}"
            );
        }
    }
}
