//! Lines of a browser's console, whichever engine wrote them, and which of them fail a journey. Not here: reading them
//! (`browser.rs`).

use serde::Deserialize;
use serde_json::Value;

/// A line of the browser's console.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO`, ...
    pub level: String,
    /// The source: `network`, `security`, `javascript`, `console-api`, ...
    #[serde(default)]
    pub source: String,
    /// The text, with its location.
    pub message: String,
}

/// What engines say of a violated policy.
const POLICY: [&str; 5] =
    ["Content Security Policy", "Content-Security-Policy", "TrustedHTML", "TrustedScript", "Trusted Type"];

/// What they say of a request that the other side's answer refuses; and what Firefox and `WebKit` say of one that has failed
/// or that the way to another page has broken off. Firefox says that a module that is not there has no type; another type than
/// a script's is a fault.
const REFUSED: [&str; 5] = [
    "blocked by CORS policy",
    "Cross-Origin Request Blocked",
    "was blocked because of a disallowed MIME type (“”)",
    "TypeError: NetworkError when attempting to fetch resource",
    "TypeError: Load failed",
];

impl ConsoleLine {
    /// Whether the line fails a journey. Failed requests do not: the browser reports them itself, and
    /// journeys cause them on purpose.
    pub fn is_failure(&self) -> bool {
        self.contains(&POLICY) || (self.level == "SEVERE" && !self.is_failed_request())
    }

    fn is_failed_request(&self) -> bool {
        self.source == "network" || self.contains(&REFUSED)
    }

    fn contains(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.message.contains(word))
    }

    /// The line of an event `log.entryAdded` of WebDriver `BiDi`.
    pub(crate) fn of_log_entry(entry: &Value) -> Self {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
        let level = match text("level") {
            "error" => "SEVERE",
            "warn" => "WARNING",
            _ => "INFO",
        };
        let source = if text("type") == "console" { "console-api" } else { "javascript" };
        Self { level: level.to_owned(), source: source.to_owned(), message: text("text").to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(level: &str, source: &str, message: &str) -> ConsoleLine {
        ConsoleLine { level: level.to_owned(), source: source.to_owned(), message: message.to_owned() }
    }

    #[test]
    fn failures_are_distinguished_from_failed_requests() {
        for fault in [
            line("SEVERE", "security", "violates the following Content Security Policy directive"),
            line("WARNING", "other", "This document requires 'TrustedHTML' assignment."),
            line("WARNING", "javascript", "Content-Security-Policy: The page’s settings blocked a script"),
            line("SEVERE", "javascript", "Uncaught TypeError"),
            line("SEVERE", "console-api", "panicked at"),
            line(
                "SEVERE",
                "javascript",
                "Loading module from “a.js” was blocked because of a disallowed MIME type (“text/plain”).",
            ),
        ] {
            assert!(fault.is_failure(), "{fault:?}");
        }
        for no_fault in [
            line("SEVERE", "network", "Failed to load resource: net::ERR_CONNECTION_REFUSED"),
            line("SEVERE", "javascript", "Access to fetch has been blocked by CORS policy"),
            line("SEVERE", "javascript", "Cross-Origin Request Blocked: The Same Origin Policy disallows"),
            line(
                "SEVERE",
                "javascript",
                "Loading module from “a.js” was blocked because of a disallowed MIME type (“”).",
            ),
            line("WARNING", "console-api", "careful"),
            line("INFO", "console-api", "hello"),
        ] {
            assert!(!no_fault.is_failure(), "{no_fault:?}");
        }
    }

    #[test]
    fn an_entry_of_the_log_becomes_a_line() {
        let entry = json!({ "type": "console", "level": "error", "text": "panicked at", "method": "error" });
        let line = ConsoleLine::of_log_entry(&entry);
        assert_eq!((line.level.as_str(), line.source.as_str()), ("SEVERE", "console-api"));
        assert!(line.is_failure());
        let line = ConsoleLine::of_log_entry(&json!({ "type": "javascript", "level": "warn", "text": null }));
        assert!(!line.is_failure());
    }
}
