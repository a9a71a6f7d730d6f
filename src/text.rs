//! Texts. Every string that a person reads is a [`Key`] of the catalogue `locales/en.json`, looked up here and filled
//! with values as plain text. Not here: markup, or a decision.

mod factor;
mod hook;
mod notice;
mod policy;
mod start_notice;

pub use factor::{about_factor, factor_in_sentence, factor_name, question};
pub use hook::{field_label, field_problem};
pub use notice::notice;
pub use policy::{counted, password_title, remember_device, rule};
pub use start_notice::start_notice;

use std::borrow::Cow;

/// A message of the catalogue. Each key is a constant of this type, so that a part of the program contains the messages
/// that it uses, and no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static str);

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The catalogue in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text;

impl Text {
    /// The message of that key.
    pub fn get(self, key: Key) -> &'static str {
        key.0
    }

    /// The message with its `{placeholders}` filled. Values are inserted as they are, so a value cannot contain a
    /// placeholder of its own.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let value = values.iter().find(|(placeholder, _)| *placeholder == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// The org's or the page's own text, where it has any, else the message of that key.
    fn own_or(self, own: Option<&String>, key: Key) -> Cow<'static, str> {
        match own {
            Some(own) if !own.trim().is_empty() => own.clone().into(),
            _ => self.get(key).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_placeholders_once() {
        let said = Text.fill(Key::SESSION_AS, &[("login", "{login} <b>x</b>")]);
        assert_eq!(said, "Signed in as {login} <b>x</b>");
    }

    #[test]
    fn placeholders_are_closed() {
        assert_eq!(Text.get(Key::PRIMARY_TITLE), "Sign in");
        for (name, text) in CATALOGUE {
            assert!(!text.trim().is_empty() && text.matches('{').count() == text.matches('}').count(), "{name}");
        }
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
            NoticeKind::PageFailed,
            NoticeKind::ServerError,
            NoticeKind::Unexpected,
            NoticeKind::SignedOut,
            NoticeKind::UntrustedLink { target: "https://evil.example".to_owned() },
            NoticeKind::Org("Words".to_owned()),
            NoticeKind::AlreadySignedIn { login: "ann".to_owned() },
        ] {
            assert_ne!(start_notice(Text, &Notice::of(kind.clone())), Text.get(Key::NOTICE_FAILED), "{kind:?}");
        }
    }
}
