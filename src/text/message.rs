//! Messages with their values filled in: the part of ICU `MessageFormat` that the catalogues use, `{name}` and
//! `{name, plural, one {# day} other {# days}}`. See
//! <https://unicode-org.github.io/icu/userguide/format_parse/messages/>. Not here: which plural a number has.

use super::Text;

/// Values are inserted as they are, so a value cannot contain a placeholder of its own.
pub(super) fn fill(text: Text, message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    write(&mut filled, text, message, values, "#");
    filled
}

/// `number` takes the place of `#`.
fn write(out: &mut String, text: Text, message: &str, values: &[(&str, &str)], number: &str) {
    let mut rest = message;
    while let Some((before, from)) =
        rest.bytes().position(|byte| matches!(byte, b'{' | b'#')).and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(before);
        rest = if let Some(after) = from.strip_prefix('#') {
            out.push_str(number);
            after
        } else {
            // A brace that nothing closes ends the message. The tests of the catalogues find it.
            let Some((argument, after)) = braced(from) else { return };
            write_argument(out, text, argument, values);
            after
        };
    }
    out.push_str(rest);
}

fn write_argument(out: &mut String, text: Text, argument: &str, values: &[(&str, &str)]) {
    let (name, plural) = argument.split_once(',').map_or((argument, None), |(name, rest)| (name, rest.split_once(',')));
    let value = values.iter().find(|(placeholder, _)| *placeholder == name).map_or("", |(_, value)| *value);
    match plural {
        None => text.insert(out, value),
        Some((_, cases)) => {
            let count =
                value.bytes().fold(0, |count: u32, digit| count.wrapping_mul(10).wrapping_add((digit & 15).into()));
            let selectors = [["=", value].concat(), text.plural(count).into_owned(), OTHER.to_owned()];
            let message = selectors.iter().find_map(|selector| case(cases, selector)).unwrap_or_default();
            write(out, text, message, values, &text.number(count));
        }
    }
}

/// The case that every plural has.
const OTHER: &str = "other";

/// The message of a case.
fn case<'a>(cases: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = cases;
    loop {
        let (selector, from) = rest.split_at_checked(rest.bytes().position(|byte| byte == b'{')?)?;
        let (message, after) = braced(from)?;
        if selector.trim_ascii() == wanted {
            return Some(message);
        }
        rest = after;
    }
}

/// What is between the brace that `from` begins with and the one that closes it, and what follows.
fn braced(from: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    let end = from.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((from.get(1..end)?, from.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(message: &str, values: &[(&str, &str)]) -> String {
        fill(Text::ENGLISH, message, values)
    }

    #[test]
    fn a_value_is_inserted_once_and_as_it_is() {
        assert_eq!(english("a {x} b {y}", &[("x", "{y} # <b>"), ("y", "2")]), "a {y} # <b> b 2");
        assert_eq!(english("{x} {x}", &[("x", "1")]), "1 1");
        assert_eq!(english("{missing}.", &[]), ".");
        assert_eq!(english("No. #1", &[]), "No. #1");
    }

    #[test]
    fn the_plural_of_a_number() {
        let message = "{n, plural, =0 {Nothing} =1 {A file} one {# file} other {{who} has # files}}!";
        for (n, filled) in [("0", "Nothing!"), ("1", "A file!"), ("2", "Ann has 2 files!")] {
            assert_eq!(english(message, &[("n", n), ("who", "Ann")]), filled);
        }
        assert_eq!(english("{n, plural, one {# day} other {# days}}", &[("n", "1")]), "1 day");
    }

    #[test]
    fn a_message_that_is_not_one_ends_where_it_is_wrong() {
        for message in ["a {", "a {x", "a {n, plural, one {", "a {n, plural, one"] {
            assert_eq!(english(message, &[("n", "1")]), "a ", "{message}");
        }
        assert_eq!(english("a {n, plural, few {#}} b", &[("n", "1")]), "a  b");
    }
}
