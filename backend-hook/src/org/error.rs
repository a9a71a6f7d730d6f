//! Errors of requests to the org, and how they map to error responses. Text of the org is compared, never passed on.

use serde::Deserialize;

use crate::problem::{Code, FieldError, FieldErrorCode, Problem};

/// An error response of the org.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The org's error code, such as `E0000001`; empty if there is none.
    pub code: String,
    /// The summaries of its causes.
    pub causes: Vec<String>,
    /// Seconds until a retry is allowed.
    pub retry_after: Option<u64>,
}

/// An error of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrgError {
    /// An error response.
    Refused(Refusal),
    /// No connection.
    Unreachable,
    /// Timeout.
    TimedOut,
    /// A response that cannot be parsed.
    Unparsable(&'static str),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Body {
    error_code: String,
    error_causes: Vec<Cause>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cause {
    #[serde(default)]
    error_summary: String,
}

impl Refusal {
    /// Parses an error response; without a valid body only the status is set.
    pub fn read(status: u16, body: &[u8], retry_after: Option<u64>) -> Self {
        let body: Body = serde_json::from_slice(body).unwrap_or_default();
        let causes = body.error_causes.into_iter().map(|cause| cause.error_summary).collect();
        Self { status, code: body.error_code, causes, retry_after }
    }

    /// The fields that the causes name: `login: An object with this field ...`.
    pub fn fields(&self) -> Vec<FieldError> {
        let named = |cause: &String| {
            let (name, what) = cause.split_once(": ")?;
            let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            plain.then(|| FieldError::new(name, field_error_code(name, what)))
        };
        self.causes.iter().filter_map(named).collect()
    }

    /// Whether a cause contains these words, ignoring case.
    pub fn says(&self, words: &str) -> bool {
        self.causes.iter().any(|cause| cause.to_lowercase().contains(words))
    }

    /// The default mapping to an error response.
    fn problem(&self) -> Problem {
        let code = match (self.code.as_str(), self.status) {
            // The header of such an answer is about calls, not about messages.
            ("E0000118", _) => return Problem::wait(Code::TooSoon, 5),
            ("E0000109" | "E0000133", _) => return Problem::wait(Code::TooSoon, 30),
            ("E0000047" | "E0000146" | "E0000147", _) | (_, 429) => {
                return Problem::wait(Code::RateLimited, self.retry_after.unwrap_or(30));
            }
            ("E0000068" | "E0000082" | "E0000083", _) => Code::WrongCode,
            ("E0000087", _) => Code::WrongAnswer,
            ("E0000004" | "E0000207", _) => Code::WrongPassword,
            ("E0000007" | "E0000008", _) => Code::NotFound,
            (
                "E0000006" | "E0000016" | "E0000032" | "E0000034" | "E0000035" | "E0000036" | "E0000038" | "E0000069"
                | "E0000079" | "E0000085" | "E0000099" | "E0000119" | "E0000259",
                _,
            ) => Code::NotPermitted,
            // Includes a refused API token, which the caller cannot fix.
            _ => Code::OrgFailed,
        };
        code.into()
    }
}

fn field_error_code(name: &str, what: &str) -> FieldErrorCode {
    let what = what.to_lowercase();
    if name == "password" {
        FieldErrorCode::PasswordPolicy
    } else if what.contains("already exists") {
        FieldErrorCode::Taken
    } else if what.contains("left blank") {
        FieldErrorCode::Required
    } else if what.contains("at least") {
        FieldErrorCode::TooShort
    } else if what.contains("longer than") || what.contains("at most") {
        FieldErrorCode::TooLong
    } else {
        FieldErrorCode::Invalid
    }
}

impl OrgError {
    /// The error response, if it has this code.
    pub fn refused(&self, code: &str) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) if refusal.code == code => Some(refusal),
            _ => None,
        }
    }

    /// Whether the object does not exist.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == 404)
    }
}

impl From<OrgError> for Problem {
    fn from(error: OrgError) -> Self {
        match error {
            OrgError::Refused(refusal) => refusal.problem(),
            OrgError::Unreachable => Code::OrgUnreachable.into(),
            OrgError::TimedOut => Code::OrgTimedOut.into(),
            OrgError::Unparsable(_) => Code::OrgFailed.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(causes: &[&str]) -> Refusal {
        Refusal { causes: causes.iter().map(|cause| (*cause).to_owned()).collect(), ..Refusal::default() }
    }

    #[test]
    fn causes_become_fields() {
        let refused = refusal(&[
            "login: An object with this field already exists in the current organization",
            "password: Password requirements were not met. Password must have at least 8 characters.",
            "email: Does not match required pattern",
            "firstName: The field cannot be left blank",
            "A sentence: about nothing",
            "Another one",
        ]);
        let fields: Vec<_> = refused.fields().into_iter().map(|error| (error.field, error.code)).collect();
        let expected = [
            ("login", FieldErrorCode::Taken),
            ("password", FieldErrorCode::PasswordPolicy),
            ("email", FieldErrorCode::Invalid),
            ("firstName", FieldErrorCode::Required),
        ];
        assert_eq!(fields, expected.map(|(name, code)| (name.to_owned(), code)));
    }

    #[test]
    fn an_invalid_response_is_a_failure_of_the_org() {
        for (status, body) in
            [(500, "<html>"), (503, ""), (400, "{\"errorCode\": 7}"), (401, "{\"errorCode\":\"E0000011\"}")]
        {
            let refused = OrgError::Refused(Refusal::read(status, body.as_bytes(), None));
            assert_eq!(Problem::from(refused).code, Code::OrgFailed, "{body}");
        }
        let slow = OrgError::Refused(Refusal::read(429, b"", Some(7)));
        assert_eq!(Problem::from(slow).retry_after, Some(7));
        let recent = Refusal::read(429, br#"{"errorCode":"E0000118","errorCauses":[]}"#, Some(60));
        let recent = Problem::from(OrgError::Refused(recent));
        assert_eq!((recent.code, recent.retry_after), (Code::TooSoon, Some(5)));
    }
}
