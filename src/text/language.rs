//! A language that the texts can be in besides English, which is compiled in. Not here: where its messages come from.

use super::MESSAGES;
use std::cell::Cell;

/// The messages and the rules of a language. It stays as long as the program: the texts that are shown point into it.
pub struct Language {
    tag: String,
    is_right_to_left: bool,
    rules: Box<dyn Rules>,
    /// The messages that were asked for, by their numbers.
    known: [Cell<Option<&'static str>>; MESSAGES],
}

/// What a language knows.
pub trait Rules {
    /// The message with that number; `None` where there is none, or none yet.
    fn message(&self, number: u16) -> Option<String>;
    /// The plural category of a number: `zero`, `one`, `two`, `few`, `many` or `other`
    /// (<https://cldr.unicode.org/index/cldr-spec/plural-rules>).
    fn plural(&self, number: u32) -> String;
    /// A number as people of that language write it.
    fn number(&self, number: u32) -> String;
}

impl Language {
    /// A language, by its BCP 47 tag.
    pub fn new(tag: String, is_right_to_left: bool, rules: Box<dyn Rules>) -> &'static Self {
        Box::leak(Box::new(Self { tag, is_right_to_left, rules, known: [const { Cell::new(None) }; MESSAGES] }))
    }

    /// Its BCP 47 tag.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    /// Whether it is written from right to left.
    pub(super) fn is_right_to_left(&self) -> bool {
        self.is_right_to_left
    }

    pub(super) fn rules(&self) -> &dyn Rules {
        &*self.rules
    }

    /// The message with that number. It is asked for once, and kept.
    pub(super) fn message(&self, number: u16) -> Option<&'static str> {
        let known = self.known.get(usize::from(number))?;
        if known.get().is_none() {
            known.set(self.rules.message(number).map(|message| &*message.leak()));
        }
        known.get()
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tag)
    }
}
