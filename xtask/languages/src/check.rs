//! What is wrong with a catalogue, beside the English one. Not here: whether it is good.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::format::{Part, names, parts};
use crate::rules::Numbers;

/// Everything that is wrong with it: a line each.
pub fn problems(catalogue: &Catalogue, english: &Catalogue) -> Vec<String> {
    let mut problems = Vec::new();
    let numbers = match Numbers::of(&catalogue.tag) {
        Ok(numbers) => numbers,
        Err(error) => return vec![format!("{}: {error:#}", catalogue.tag)],
    };
    let mut say = |key: &str, problem: String| problems.push(format!("{}: {key}: {problem}", catalogue.tag));
    for key in catalogue.messages.keys().filter(|key| !english.messages.contains_key(*key)) {
        say(key, "English has no such key".to_owned());
    }
    for (key, original) in &english.messages {
        let Some(message) = catalogue.messages.get(key) else {
            say(key, "is missing".to_owned());
            continue;
        };
        if message.trim().is_empty() || message.trim() != message {
            say(key, "is empty, or has blanks around it".to_owned());
        }
        // The format quotes with it; and no text has markup.
        if catalogue.tag != english.tag && message.contains(['\'', '<']) {
            say(key, "has a straight apostrophe or a `<`".to_owned());
        }
        match (parts(message), parts(original)) {
            (Ok(parts), Ok(original)) => {
                let (found, expected) = (names(&parts), names(&original));
                if found != expected {
                    say(key, format!("has the placeholders {found:?} instead of {expected:?}"));
                }
                for problem in plural_problems(&parts, &numbers) {
                    say(key, problem);
                }
                if plurals(&parts) != plurals(&original) {
                    say(key, "needs a plural where the English message has one".to_owned());
                }
            }
            (Err(error), _) | (_, Err(error)) => say(key, format!("{error:#}")),
        }
    }
    problems
}

/// What the file of a language does not say about itself: a line each.
pub fn unsaid(catalogue: &Catalogue) -> Vec<String> {
    let said = [
        (&catalogue.name, "@@x-name does not say what the language calls itself"),
        (&catalogue.comment, "@@comment does not say who has reviewed it"),
    ];
    let missing = said.into_iter().filter(|(text, _)| text.is_none());
    missing.map(|(_, problem)| format!("{}: {problem}", catalogue.tag)).collect()
}

fn plurals(parts: &[Part]) -> usize {
    parts.iter().filter(|part| matches!(part, Part::Plural(..))).count()
}

fn plural_problems(parts: &[Part], numbers: &Numbers) -> Vec<String> {
    let mut problems = Vec::new();
    for part in parts {
        let Part::Plural(_, cases) = part else { continue };
        let needed = numbers.categories();
        let given: BTreeSet<&str> = cases.iter().map(|(selector, _)| selector.as_str()).collect();
        // What a browser does not find, it takes from `other`.
        let is_missing = |category: &&&str| {
            !given.contains(**category)
                && numbers.only(category).is_none_or(|number| !given.contains(&*format!("={number}")))
        };
        let missing: Vec<_> = needed.iter().filter(is_missing).collect();
        if !missing.is_empty() {
            problems.push(format!("has no plural for {missing:?}"));
        }
        if given.len() != cases.len() {
            problems.push("has a plural twice".to_owned());
        }
        for (selector, parts) in cases {
            let says_number = parts.iter().any(|part| matches!(part, Part::Text(text) if text.contains('#')));
            if !says_number && !selector.starts_with('=') && numbers.only(selector).is_none() {
                problems.push(format!("`{selector}` is for several numbers, and has no `#`"));
            }
        }
    }
    problems
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{PSEUDO, all, english, pseudo};

    #[test]
    fn every_language_is_right() {
        let english = english().unwrap();
        let mut found = problems(&english, &english);
        for catalogue in all().unwrap() {
            found.extend(problems(&catalogue, &english));
            found.extend(unsaid(&catalogue));
        }
        found.extend(problems(&pseudo().unwrap(), &english));
        assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
    }

    #[test]
    fn the_widget_speaks_every_language_of_okta_signin_widget_and_six_more() {
        let tags: Vec<String> = all().unwrap().into_iter().map(|catalogue| catalogue.tag).collect();
        let expected = "ar bn cs da de el es fa fi fil fr he hi ht hu id it ja ko ms nl no pl pt-BR ro ru sv th tr uk vi \
                        zh-Hans zh-Hant";
        assert_eq!(tags.join(" "), expected);
        assert!(!tags.contains(&PSEUDO.to_owned()));
    }

    #[test]
    fn what_a_file_does_not_say_about_itself_is_found() {
        let parse = |rest: &str| Catalogue::parse(&format!("{{\"@@locale\":\"de\"{rest}}}")).unwrap();
        let found = unsaid(&parse(r#","@@comment":"Reviewed""#));
        assert_eq!(found, ["de: @@x-name does not say what the language calls itself"]);
        assert_eq!(unsaid(&parse("")).len(), 2);
        assert!(unsaid(&parse(r#","@@comment":"Reviewed","@@x-name":"Deutsch""#)).is_empty());
    }

    #[test]
    fn mistakes_are_found() {
        let parse =
            |tag: &str, messages: &str| Catalogue::parse(&format!("{{\"@@locale\":{tag:?},{messages}}}")).unwrap();
        let english = parse("en", r#""a": "Hello {name}", "b": "{n, plural, one {# day} other {# days}}""#);
        for (tag, messages, problem) in [
            ("de", r#""a": "Hallo {name}""#, "b: is missing"),
            ("de", r#""a": "Hallo {nam}", "b": "{n, plural, one {# Tag} other {# Tage}}""#, "placeholders"),
            ("de", r#""a": "Hallo {name}", "b": "{n} Tage""#, "needs a plural"),
            ("de", r#""a": "Hallo {name}", "b": "{n, plural, other {# Tage}}""#, "no plural for"),
            (
                "ru",
                r#""a": "{name}", "b": "{n, plural, one {день} few {# дня} many {# дней} other {# дня}}""#,
                "no `#`",
            ),
            ("de", r#""a": "Hallo {name", "b": "{n, plural, one {# Tag} other {# Tage}}""#, "a brace is missing"),
            ("de", r#""a": "Hallo {name}}", "b": "{n, plural, one {# Tag} other {# Tage}}""#, "a brace too many"),
            ("de", r#""a": "'{name}'", "b": "{n, plural, one {# Tag} other {# Tage}}""#, "apostrophe"),
            ("de", r#""a": " {name}", "b": "{n, plural, one {# Tag} other {# Tage}}""#, "blanks"),
            ("de", r#""a": "{name}", "b": "{n, plural, one {# Tag} other {# Tage}}", "c": "x""#, "no such key"),
        ] {
            let found = problems(&parse(tag, messages), &english);
            assert!(found.iter().any(|found| found.contains(problem)), "{messages}: {found:?}");
        }
    }
}
