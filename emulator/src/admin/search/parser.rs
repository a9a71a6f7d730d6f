//! Parses an expression of `filter` or `search`. `not` binds tighter than `and`, and `and` tighter than `or`.
//!
//! Not here: whether a list takes the property and the operator (`grammar.rs`), which the caller says for each comparison.

use serde_json::Value;

use super::expression::{Expression, Operator};

/// How deep parentheses may be nested.
const MAX_DEPTH: usize = 20;

/// Parses the text. `check` says of each comparison what is wrong with it, if anything is.
pub(super) fn parse(
    text: &str,
    check: &dyn Fn(&str, Operator, &Value) -> Result<(), String>,
) -> Result<Expression, String> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, check };
    let expression = parser.any(0)?;
    match parser.next() {
        None => Ok(expression),
        Some(rest) => Err(format!("'{}' is not expected there", rest.text())),
    }
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    /// A name, an operator, a number, `true`, `false`, `null`.
    Word(String),
    Text(String),
}

impl Token {
    fn text(&self) -> &str {
        match self {
            Self::Open => "(",
            Self::Close => ")",
            Self::Word(text) | Self::Text(text) => text,
        }
    }

    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(text) if text.eq_ignore_ascii_case(word))
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '"' => {
                let mut value = String::new();
                loop {
                    match letters.next() {
                        Some('"') => break,
                        Some('\\') => value.extend(letters.next()),
                        Some(other) => value.push(other),
                        None => return Err("a quotation mark is not closed".to_owned()),
                    }
                }
                tokens.push(Token::Text(value));
            }
            blank if blank.is_whitespace() => {}
            first => {
                let mut word = String::from(first);
                while let Some(next) = letters.next_if(|next| !next.is_whitespace() && !"()\"".contains(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    check: &'a dyn Fn(&str, Operator, &Value) -> Result<(), String>,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    /// Goes over the next token if it is this word.
    fn goes_on_with(&mut self, word: &str) -> bool {
        let is = self.tokens.get(self.at).is_some_and(|token| token.is(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self, depth: usize) -> Result<Expression, String> {
        let mut expression = self.all(depth)?;
        while self.goes_on_with("or") {
            expression = Expression::Or(Box::new(expression), Box::new(self.all(depth)?));
        }
        Ok(expression)
    }

    fn all(&mut self, depth: usize) -> Result<Expression, String> {
        let mut expression = self.one(depth)?;
        while self.goes_on_with("and") {
            expression = Expression::And(Box::new(expression), Box::new(self.one(depth)?));
        }
        Ok(expression)
    }

    fn one(&mut self, depth: usize) -> Result<Expression, String> {
        if depth > MAX_DEPTH {
            return Err(format!("parentheses are nested more than {MAX_DEPTH} deep"));
        }
        if self.goes_on_with("not") {
            return Ok(Expression::Not(Box::new(self.one(depth + 1)?)));
        }
        match self.next() {
            Some(Token::Open) => {
                let inner = self.any(depth + 1)?;
                match self.next() {
                    Some(Token::Close) => Ok(inner),
                    _ => Err("a parenthesis is not closed".to_owned()),
                }
            }
            Some(Token::Word(property)) => self.comparison(property),
            Some(other) => Err(format!("'{}' is not expected there", other.text())),
            None => Err("a comparison is missing at the end".to_owned()),
        }
    }

    fn comparison(&mut self, property: String) -> Result<Expression, String> {
        let name = self.next().ok_or_else(|| format!("an operator is missing after '{property}'"))?;
        let operator = match &name {
            Token::Word(name) => Operator::named(name),
            _ => None,
        };
        let operator = operator.ok_or_else(|| format!("'{}' is not an operator", name.text()))?;
        let value = match operator {
            Operator::Present => Value::Null,
            _ => self.value(operator)?,
        };
        (self.check)(&property, operator, &value)?;
        Ok(Expression::Compare { property, operator, value })
    }

    fn value(&mut self, operator: Operator) -> Result<Value, String> {
        match self.next() {
            Some(Token::Text(text)) => Ok(Value::String(text)),
            Some(Token::Word(word)) => {
                serde_json::from_str(&word).map_err(|_| format!("the value '{word}' is not in quotation marks"))
            }
            _ => Err(format!("a value is missing after '{}'", operator.name())),
        }
    }
}
