//! What goes wrong between this server and the org, and what of it a caller is told. The org's sentences are
//! looked at, never passed on.

use serde::Deserialize;

use crate::problem::{Code, Fault, FieldError, Problem};

/// An answer that is a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Its status.
    pub status: u16,
    /// The org's code, such as `E0000001`; empty if it sent none.
    pub code: String,
    /// The sentences of its causes.
    pub causes: Vec<String>,
    /// After how many seconds to try again.
    pub retry_after: Option<u64>,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrgError {
    /// It refused.
    Refused(Refusal),
    /// It could not be reached.
    Unreachable,
    /// It took too long.
    TimedOut,
    /// It said what can't be understood.
    Nonsense(&'static str),
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
    /// Reads the body of a refusal; one that can't be read has a status alone.
    pub fn read(status: u16, body: &[u8], retry_after: Option<u64>) -> Self {
        let body: Body = serde_json::from_slice(body).unwrap_or_default();
        let causes = body.error_causes.into_iter().map(|cause| cause.error_summary).collect();
        Self { status, code: body.error_code, causes, retry_after }
    }

    /// What is wrong with which member, as far as its causes say: `login: An object with this field ...`.
    pub fn fields(&self) -> Vec<FieldError> {
        let named = |cause: &String| {
            let (name, what) = cause.split_once(": ")?;
            let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
            plain.then(|| FieldError::new(name, fault(name, what)))
        };
        self.causes.iter().filter_map(named).collect()
    }

    /// Whether a cause says this, in whatever case.
    pub fn says(&self, words: &str) -> bool {
        self.causes.iter().any(|cause| cause.to_lowercase().contains(words))
    }

    /// What a caller is told when the operation knows nothing better.
    fn problem(&self) -> Problem {
        let code = match (self.code.as_str(), self.status) {
            ("E0000118", _) => return Problem::wait(self.retry_after.unwrap_or(5)),
            ("E0000047" | "E0000109" | "E0000133" | "E0000146" | "E0000147", _) | (_, 429) => {
                return Problem::wait(self.retry_after.unwrap_or(30));
            }
            ("E0000068" | "E0000082" | "E0000083", _) => Code::WrongCode,
            ("E0000087", _) => Code::WrongAnswer,
            ("E0000007" | "E0000008", _) => Code::NotFound,
            (
                "E0000006" | "E0000016" | "E0000032" | "E0000034" | "E0000035" | "E0000036" | "E0000038" | "E0000069"
                | "E0000079" | "E0000085" | "E0000099" | "E0000119",
                _,
            ) => Code::NotPermitted,
            // A refused token as well: nothing a caller can do about it.
            _ => Code::OrgFailed,
        };
        code.into()
    }
}

fn fault(name: &str, what: &str) -> Fault {
    let what = what.to_lowercase();
    if name == "password" {
        Fault::PasswordPolicy
    } else if what.contains("already exists") {
        Fault::Taken
    } else if what.contains("left blank") {
        Fault::Required
    } else if what.contains("at least") {
        Fault::TooShort
    } else if what.contains("longer than") || what.contains("at most") {
        Fault::TooLong
    } else {
        Fault::Invalid
    }
}

impl OrgError {
    /// The refusal, if it is one with this code.
    pub fn refused(&self, code: &str) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) if refusal.code == code => Some(refusal),
            _ => None,
        }
    }

    /// Whether it said that there is no such thing.
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
            OrgError::Nonsense(_) => Code::OrgFailed.into(),
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
        let told = refusal(&[
            "login: An object with this field already exists in the current organization",
            "password: Password requirements were not met. Password must have at least 8 characters.",
            "email: Does not match required pattern",
            "firstName: The field cannot be left blank",
            "A sentence: about nothing",
            "Another one",
        ]);
        let fields: Vec<_> = told.fields().into_iter().map(|error| (error.field, error.code)).collect();
        let expected = [
            ("login", Fault::Taken),
            ("password", Fault::PasswordPolicy),
            ("email", Fault::Invalid),
            ("firstName", Fault::Required),
        ];
        assert_eq!(fields, expected.map(|(name, fault)| (name.to_owned(), fault)));
    }

    #[test]
    fn what_cannot_be_read_is_the_orgs_failure() {
        for (status, body) in
            [(500, "<html>"), (503, ""), (400, "{\"errorCode\": 7}"), (401, "{\"errorCode\":\"E0000011\"}")]
        {
            let refused = OrgError::Refused(Refusal::read(status, body.as_bytes(), None));
            assert_eq!(Problem::from(refused).code, Code::OrgFailed, "{body}");
        }
        let slow = OrgError::Refused(Refusal::read(429, b"", Some(7)));
        assert_eq!(Problem::from(slow).retry_after, Some(7));
        let recent = Refusal::read(429, br#"{"errorCode":"E0000118","errorCauses":[]}"#, None);
        assert_eq!(Problem::from(OrgError::Refused(recent)).retry_after, Some(5));
    }
}
