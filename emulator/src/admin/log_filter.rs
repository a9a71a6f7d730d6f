//! The filter of the system log: comparisons with `eq`, `ne`, `sw` and `co`, joined by `and` and `or`; `and` binds
//! tighter. What is written otherwise is refused.
//!
//! Not here: time and full text, which have parameters of their own (`logs.rs`).

use serde_json::Value;

use crate::error::{self, ApiError};

/// Members that can be compared.
const MEMBERS: [&str; 13] = [
    "uuid",
    "eventType",
    "severity",
    "displayMessage",
    "actor.id",
    "actor.type",
    "actor.alternateId",
    "actor.displayName",
    "outcome.result",
    "outcome.reason",
    "target.id",
    "target.type",
    "target.alternateId",
];

/// A filter: one of the lists has to hold as a whole.
pub(super) struct Filter(Vec<Vec<Comparison>>);

struct Comparison {
    member: String,
    operator: Operator,
    value: String,
}

#[derive(Clone, Copy)]
enum Operator {
    Equal,
    NotEqual,
    StartsWith,
    Contains,
}

fn refused(cause: &str) -> ApiError {
    error::BAD_FILTER.because(format!("filter: {cause}"))
}

impl Filter {
    /// Reads a filter.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        let mut words = words(text)?.into_iter();
        let mut any = vec![Vec::new()];
        loop {
            let comparison = comparison(words.next(), words.next(), words.next())?;
            if let Some(all) = any.last_mut() {
                all.push(comparison);
            }
            match words.next() {
                None => return Ok(Self(any)),
                Some(Word::Bare(word)) if word.eq_ignore_ascii_case("and") => {}
                Some(Word::Bare(word)) if word.eq_ignore_ascii_case("or") => any.push(Vec::new()),
                Some(_) => return Err(refused("comparisons are joined by 'and' or 'or'")),
            }
        }
    }

    /// Whether the event fits.
    pub(super) fn fits(&self, event: &Value) -> bool {
        self.0.iter().any(|all| all.iter().all(|one| one.fits(event)))
    }
}

impl Comparison {
    fn fits(&self, event: &Value) -> bool {
        let member = event.pointer(&format!("/{}", self.member.replace('.', "/")));
        // Of a list, one element has to fit.
        let values: Vec<&str> = match (member, self.member.split_once('.')) {
            (Some(value), _) => value.as_str().into_iter().collect(),
            (None, Some((list, member))) => {
                let items = event.get(list).and_then(Value::as_array).into_iter().flatten();
                items.filter_map(|item| item.get(member)?.as_str()).collect()
            }
            (None, None) => Vec::new(),
        };
        let found = |test: fn(&str, &str) -> bool| values.iter().any(|value| test(value, &self.value));
        match self.operator {
            Operator::Equal => found(|one, other| one == other),
            Operator::NotEqual => !found(|one, other| one == other),
            Operator::StartsWith => found(|one, other| one.starts_with(other)),
            Operator::Contains => found(|one, other| one.contains(other)),
        }
    }
}

enum Word {
    Bare(String),
    Quoted(String),
}

fn words(text: &str) -> Result<Vec<Word>, ApiError> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (word, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let (value, after) = quoted.split_once('"').ok_or_else(|| refused("a quotation mark is missing"))?;
            (Word::Quoted(value.to_owned()), after)
        } else {
            let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
            (Word::Bare(word.to_owned()), after)
        };
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

fn comparison(member: Option<Word>, operator: Option<Word>, value: Option<Word>) -> Result<Comparison, ApiError> {
    let (Some(Word::Bare(member)), Some(Word::Bare(operator)), Some(Word::Quoted(value))) = (member, operator, value)
    else {
        return Err(refused("a comparison is: member, operator, value in quotation marks"));
    };
    if !MEMBERS.contains(&member.as_str()) {
        return Err(refused(&format!("'{member}' is none of {}", MEMBERS.join(", "))));
    }
    let operator = match operator.to_lowercase().as_str() {
        "eq" => Operator::Equal,
        "ne" => Operator::NotEqual,
        "sw" => Operator::StartsWith,
        "co" => Operator::Contains,
        _ => return Err(refused(&format!("'{operator}' is none of the operators eq, ne, sw, co"))),
    };
    Ok(Comparison { member, operator, value })
}
