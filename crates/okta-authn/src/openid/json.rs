//! JSON of a signed token (RFC 8259), read strictly: a member that is there twice is an error, because two readers could
//! take it for two different things (RFC 7519 section 4). A browser's own reader takes the last. Not here: the bodies of
//! responses, which any serde format reads.

use crate::wire::{MAX_DEPTH, Value};
use std::str::Chars;

/// Why it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonError {
    /// It is no JSON, or nests too deeply.
    Syntax,
    /// An object has a member twice.
    Twice,
}

/// Reads one value, and nothing behind it.
pub(super) fn parse(text: &str) -> Result<Value, JsonError> {
    let mut reader = JsonReader { rest: text.chars() };
    let value = reader.value(MAX_DEPTH)?;
    reader.skip_space();
    if reader.rest.next().is_none() { Ok(value) } else { Err(JsonError::Syntax) }
}

struct JsonReader<'a> {
    rest: Chars<'a>,
}

impl JsonReader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// Takes this character, if it is the next one.
    fn takes(&mut self, wanted: char) -> bool {
        let fits = self.peek() == Some(wanted);
        if fits {
            self.rest.next();
        }
        fits
    }

    /// Takes this character after white space; anything else is an error.
    fn mark(&mut self, wanted: char) -> Result<(), JsonError> {
        self.skip_space();
        if self.takes(wanted) { Ok(()) } else { Err(JsonError::Syntax) }
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|c| matches!(c, ' ' | '\t' | '\n' | '\r')) {
            self.rest.next();
        }
    }

    fn value(&mut self, depth: u8) -> Result<Value, JsonError> {
        self.skip_space();
        let below = || depth.checked_sub(1).ok_or(JsonError::Syntax);
        match self.peek() {
            Some('{') => self.object(below()?),
            Some('[') => self.list(below()?),
            Some('"') => self.text().map(Value::Text),
            Some('-' | '0'..='9') => self.number().map(Value::Number),
            _ => self.word(),
        }
    }

    fn object(&mut self, below: u8) -> Result<Value, JsonError> {
        self.mark('{')?;
        let mut members: Vec<(String, Value)> = Vec::new();
        self.skip_space();
        if self.takes('}') {
            return Ok(Value::Object(members));
        }
        loop {
            let name = self.text()?;
            if members.iter().any(|(known, _)| *known == name) {
                return Err(JsonError::Twice);
            }
            self.mark(':')?;
            members.push((name, self.value(below)?));
            self.skip_space();
            if self.takes('}') {
                return Ok(Value::Object(members));
            }
            self.mark(',')?;
        }
    }

    fn list(&mut self, below: u8) -> Result<Value, JsonError> {
        self.mark('[')?;
        let mut items = Vec::new();
        self.skip_space();
        if self.takes(']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(below)?);
            self.skip_space();
            if self.takes(']') {
                return Ok(Value::List(items));
            }
            self.mark(',')?;
        }
    }

    fn word(&mut self) -> Result<Value, JsonError> {
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)] {
            if let Some(rest) = self.rest.as_str().strip_prefix(word) {
                self.rest = rest.chars();
                return Ok(value);
            }
        }
        Err(JsonError::Syntax)
    }

    fn text(&mut self) -> Result<String, JsonError> {
        self.mark('"')?;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escape()?),
                Some(c) if c >= ' ' => text.push(c),
                _ => return Err(JsonError::Syntax),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        Ok(match self.rest.next() {
            Some(c @ ('"' | '\\' | '/')) => c,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.code_point(),
            _ => return Err(JsonError::Syntax),
        })
    }

    /// After `\u`: four digits, or a pair of surrogates.
    fn code_point(&mut self) -> Result<char, JsonError> {
        let mut code = self.four_digits()?;
        if (0xD800..0xDC00).contains(&code) {
            if !(self.takes('\\') && self.takes('u')) {
                return Err(JsonError::Syntax);
            }
            let low = self.four_digits()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(JsonError::Syntax)?;
            code = 0x1_0000 + ((code - 0xD800) << 10) + low;
        }
        char::from_u32(code).ok_or(JsonError::Syntax)
    }

    fn four_digits(&mut self) -> Result<u32, JsonError> {
        (0..4).try_fold(0, |code, _| {
            let digit = self.rest.next().and_then(|c| c.to_digit(16)).ok_or(JsonError::Syntax)?;
            Ok(code * 16 + digit)
        })
    }

    /// The standard library's reader would bring its tables into the bundle. This one is exact for numbers of up to 15
    /// digits and 22 places, which dates are; others are as near as two roundings allow.
    fn number(&mut self) -> Result<f64, JsonError> {
        let is_negative = self.takes('-');
        let leads_with_zero = self.peek() == Some('0');
        let (mut number, count) = self.digits(0.0)?;
        if leads_with_zero && count > 1 {
            return Err(JsonError::Syntax);
        }
        let mut places = 0;
        if self.takes('.') {
            (number, places) = self.digits(number)?;
        }
        let mut exponent = -places;
        if self.takes('e') || self.takes('E') {
            let is_small = self.takes('-');
            if !is_small {
                self.takes('+');
            }
            let (power, _) = self.digits(0.0)?;
            #[expect(clippy::cast_possible_truncation, reason = "it is at most 400")]
            let power = power.min(400.0) as i32;
            exponent += if is_small { -power } else { power };
        }
        let scale = 10_f64.powi(exponent.saturating_abs().min(400));
        let scaled = if exponent < 0 { number / scale } else { number * scale };
        let scaled = if number > 0.0 { scaled } else { 0.0 };
        if !scaled.is_finite() {
            return Err(JsonError::Syntax);
        }
        Ok(if is_negative { -scaled } else { scaled })
    }

    /// Appends digits to a number; there must be one. Returns how many there were, too.
    fn digits(&mut self, mut number: f64) -> Result<(f64, i32), JsonError> {
        let mut count = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.rest.next();
            number = number * 10.0 + f64::from(digit);
            count += 1;
        }
        if count == 0 { Err(JsonError::Syntax) } else { Ok((number, count)) }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn reads_what_serde_json_reads() {
        for text in [
            r#"{"a": [1, -2, 0, 0.5, 1.25e2, 12E-2, 1e+3], "b": {"c": null, "d": true}, "e": false, "": ""}"#,
            r#" [ "ü", "\u00fc", "\ud83d\ude00", "\"\\\/\b\f\n\r\t", {} , [] ] "#,
            "1700000000",
            "1700000000.123",
            "-0.0",
            "\"x\"",
        ] {
            let expected: Value = serde_json::from_str(text).unwrap();
            assert!(parse(text) == Ok(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_json() {
        let deep = "[".repeat(40) + &"]".repeat(40);
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "+1",
            "tru",
            "truex",
            "1 2",
            "\"",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\udc00\"",
            "NaN",
            "1e999",
            "{} {}",
            "{\"a\" 1}",
            "\u{a0}1",
            "'a'",
            deep.as_str(),
        ] {
            assert!(parse(text) == Err(JsonError::Syntax), "{text}");
        }
    }

    #[test]
    fn a_member_twice_is_an_error() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"{"aud": "x", "\u0061ud": "y"}"#, r#"[{"b": {"c": 1, "d": 2, "c": 3}}]"#]
        {
            assert!(parse(text) == Err(JsonError::Twice), "{text}");
        }
        assert!(parse(r#"{"a": {"a": 1}, "A": 2}"#).is_ok());
    }
}
