//! What a recording keeps as it is: names of members, parameters and parts of paths that the protocol defines, and the
//! values that it defines for them. Everything that is not here is replaced.
//!
//! A word belongs here when Okta's documentation or a standard defines it for everybody. Not here: what an org, an
//! administrator or a person can choose, even where most choose the same.

mod names;
mod texts;
mod values;

use std::{collections::HashSet, sync::LazyLock};

/// The words of a list.
fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

static MEMBERS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(names::MEMBERS));
static PARAMETERS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(names::PARAMETERS));
static SEGMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(names::SEGMENTS));
static NUMBERS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(names::NUMBERS));
static TEXTS: LazyLock<HashSet<&str>> = LazyLock::new(|| texts::TEXTS.iter().copied().collect());

/// The protocol's words, and those that the caller of the program has added.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    added: HashSet<String>,
}

impl Vocabulary {
    /// With these words in addition.
    pub(super) fn with(added: &[String]) -> Self {
        Self { added: added.iter().cloned().collect() }
    }

    /// Whether the protocol has a member of this name.
    pub(super) fn has_member(&self, name: &str) -> bool {
        MEMBERS.contains(name) || self.added.contains(name)
    }

    /// Whether the protocol has a parameter of this name in a query, a fragment or a form.
    pub(super) fn has_parameter(&self, name: &str) -> bool {
        PARAMETERS.contains(name) || self.has_member(name)
    }

    /// Whether paths of the protocol have this part.
    pub(super) fn has_segment(&self, segment: &str) -> bool {
        SEGMENTS.contains(segment) || self.added.contains(segment)
    }

    /// Whether the numbers in this member are those of a policy or of a protocol.
    pub(super) fn has_number(&self, member: &str) -> bool {
        NUMBERS.contains(member) || self.added.contains(member)
    }

    /// Whether the protocol defines this value for this member, which is in a link or not.
    pub(super) fn has_value(&self, member: &str, value: &str, is_in_link: bool) -> bool {
        values::is_defined(member, value, is_in_link)
            || is_sentence_of_the_org(member, value)
            || self.added.contains(value)
    }
}

/// Whether Okta sends this sentence to everybody.
fn is_sentence_of_the_org(member: &str, value: &str) -> bool {
    let takes = matches!(member, "errorSummary" | "error_description");
    takes && TEXTS.contains(value.trim_end_matches('.'))
}

/// Whether this member is a name or a kind of thing of which a real value is replaced by a usual one, because a program
/// reads it: the language and the time zone of a person.
pub(super) fn usual_value(member: &str) -> Option<&'static str> {
    match member {
        "locale" | "preferredLanguage" => Some("en_US"),
        "timeZone" | "timezone" | "zoneinfo" => Some("America/Los_Angeles"),
        _ => None,
    }
}
