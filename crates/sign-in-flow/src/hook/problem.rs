//! What the hook says when something is wrong (RFC 9457), and reading its answers. No error keeps a body:
//! bodies hold what was typed. Not here: what a problem means to the person.

use okta_authn::Response;
use okta_authn::open_enum;
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::wire::Value;

open_enum! {
    /// `code` of a problem.
    ProblemCode {
        /// `errors` says which.
        InvalidFields = "invalid_fields",
        /// No session of the caller.
        NotSignedIn = "not_signed_in",
        /// The session token is unknown, spent or too old.
        SessionTokenInvalid = "session_token_invalid",
        /// The org's engine has no sessions for the hook. A session token was not used.
        SessionNotSupported = "session_not_supported",
        /// The page may not call.
        OriginNotAllowed = "origin_not_allowed",
        /// The challenge of the form was not solved.
        ChallengeFailed = "challenge_failed",
        /// The code is wrong.
        WrongCode = "wrong_code",
        /// The answer is wrong.
        WrongAnswer = "wrong_answer",
        /// The password is wrong.
        WrongPassword = "wrong_password",
        /// Prove a factor or the password first.
        FreshProofRequired = "fresh_proof_required",
        /// A password is no proof here.
        FactorProofRequired = "factor_proof_required",
        /// A policy of the org forbids it.
        NotPermitted = "not_permitted",
        /// Not there, or not the caller's.
        NotFound = "not_found",
        /// The account has such a factor.
        AlreadySetUp = "already_set_up",
        /// A code was sent a moment ago.
        TooSoon = "too_soon",
        /// Too many requests.
        RateLimited = "rate_limited",
        /// The org answered with an error of its own.
        OrgFailed = "org_failed",
        /// The org cannot be reached.
        OrgUnreachable = "org_unreachable",
        /// The org did not answer in time.
        OrgTimedOut = "org_timed_out",
    }
}

open_enum! {
    /// What is wrong with a field.
    FieldError {
        /// It is empty.
        Required = "required",
        /// It is too short.
        TooShort = "too_short",
        /// It is too long.
        TooLong = "too_long",
        /// It is not what it should be.
        Invalid = "invalid",
        /// Somebody has it.
        Taken = "taken",
        /// The org's policy does not accept this password.
        PasswordPolicy = "password_policy",
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What is wrong.
    pub error: FieldError,
}

/// What the hook said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// The code, when the body had one.
    pub code: Option<ProblemCode>,
    /// `requestId`, for a support call.
    pub id: Option<String>,
    /// What is wrong with which field.
    pub fields: Vec<FieldProblem>,
    /// Seconds to wait.
    pub retry_after: Option<u32>,
}

/// Why there is nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HookError {
    /// The hook, or what stands before it, answered with an error.
    Problem(Problem),
    /// It answered well, with what can't be understood.
    Unreadable,
}

/// Reads the answer of an operation.
pub fn read<T>(response: &Response, read: impl FnOnce(&Reader) -> T) -> Result<T, HookError> {
    let body = response.body.as_ref().unwrap_or(&Value::Null);
    let errors = DecodeErrors::default();
    let at = Reader::new(body, &errors);
    if (200..300).contains(&response.status) {
        let read = read(&at);
        return errors.into_result(read).map_err(|_| HookError::Unreadable);
    }
    let problem = Problem {
        status: response.status,
        code: at.at("code").text().as_deref().map(ProblemCode::from),
        id: at.at("requestId").text(),
        fields: at.at("errors").each(|problem| FieldProblem {
            field: problem.at("field").required_text(),
            error: FieldError::from(problem.at("code").required_text().as_str()),
        }),
        retry_after: at.at("retryAfter").count(),
    };
    // A body of another making says nothing but its status.
    let plain = Problem { status: response.status, code: None, id: None, fields: Vec::new(), retry_after: None };
    Err(HookError::Problem(errors.into_result(problem).unwrap_or(plain)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    fn problem(status: u16, body: &str) -> Problem {
        let body = serde_json::from_str(body).ok();
        match read(&Response { status, body, retry_at: None, date: None }, |_| ()).unwrap_err() {
            HookError::Problem(problem) => problem,
            HookError::Unreadable => unreachable!("it is no good answer"),
        }
    }

    #[test]
    fn problems_say_what_and_where() {
        let told = problem(
            400,
            r#"{"status": 400, "code": "invalid_fields", "title": "x", "requestId": "r1",
                "errors": [{"field": "email", "code": "taken", "title": "x"}, {"field": "password", "code": "new"}]}"#,
        );
        assert_eq!((told.code, told.id.as_deref()), (Some(ProblemCode::InvalidFields), Some("r1")));
        let fields: Vec<_> = told.fields.iter().map(|one| (one.field.as_str(), one.error.as_str())).collect();
        assert_eq!(fields, [("email", "taken"), ("password", "new")]);
        assert_eq!(problem(429, r#"{"code": "rate_limited", "retryAfter": 7}"#).retry_after, Some(7));
    }

    #[test]
    fn what_is_no_problem_document_says_its_status() {
        for body in ["", "<html>", "[]", r#"{"code": 7}"#, r#"{"errors": {}}"#] {
            let told = problem(502, body);
            assert_eq!((told.status, told.code), (502, None), "{body}");
        }
    }

    #[test]
    fn a_good_answer_of_another_shape_is_unreadable() {
        let response = Response { status: 200, body: Some(Value::List(Vec::new())), retry_at: None, date: None };
        assert_eq!(read(&response, |at| at.at("login").required_text()), Err(HookError::Unreadable));
        let nothing = Response { status: 204, body: None, retry_at: None, date: None };
        assert_eq!(read(&nothing, |_| ()), Ok(()));
    }
}
