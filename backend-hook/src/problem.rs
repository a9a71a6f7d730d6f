//! Error responses: code, status, a sentence for developers. They contain neither text of the org nor input of the
//! caller.

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

macro_rules! codes {
    ($($name:ident $code:literal $status:ident $title:literal;)+) => {
        /// Error codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $title] $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name in JSON.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Its HTTP status.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// Its description for developers.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    Malformed "malformed" BAD_REQUEST "One Host, and a JSON object nested no more than 8 deep, are required.";
    InvalidFields "invalid_fields" BAD_REQUEST "Some members are wrong: see errors.";
    NotSignedIn "not_signed_in" UNAUTHORIZED "There is no session here, or it is over.";
    SessionTokenInvalid "session_token_invalid" UNAUTHORIZED "The session token is unknown, spent or too old.";
    OriginNotAllowed "origin_not_allowed" FORBIDDEN "Pages of this origin may not call.";
    ChallengeFailed "challenge_failed" FORBIDDEN "The challenge was not solved.";
    WrongCode "wrong_code" FORBIDDEN "The code is wrong, or too old.";
    WrongAnswer "wrong_answer" FORBIDDEN "The answer is wrong.";
    WrongPassword "wrong_password" FORBIDDEN "The password is wrong.";
    FreshProofRequired "fresh_proof_required" FORBIDDEN "Prove a factor or the password first.";
    FactorProofRequired "factor_proof_required" FORBIDDEN "Verify a factor: a password is no proof for who has one.";
    NotPermitted "not_permitted" FORBIDDEN "The org does not permit this.";
    NotFound "not_found" NOT_FOUND "There is no such thing.";
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "This is not done with this method.";
    AlreadySetUp "already_set_up" CONFLICT "The account has such a factor.";
    RequestTimedOut "request_timed_out" REQUEST_TIMEOUT "The body took too long to arrive.";
    SessionNotSupported "session_not_supported" NOT_IMPLEMENTED "The org's engine has no cookie tokens: no session can be opened here.";
    TooLarge "too_large" PAYLOAD_TOO_LARGE "The body is larger than 16 KiB.";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The body must be application/json.";
    RateLimited "rate_limited" TOO_MANY_REQUESTS "Too many requests.";
    TooSoon "too_soon" TOO_MANY_REQUESTS "A code was sent a moment ago.";
    Failed "failed" INTERNAL_SERVER_ERROR "The server failed; its log says why.";
    OrgFailed "org_failed" BAD_GATEWAY "The org failed.";
    OrgUnreachable "org_unreachable" SERVICE_UNAVAILABLE "The org can't be reached.";
    OrgTimedOut "org_timed_out" GATEWAY_TIMEOUT "The org took too long.";
}

/// An error of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The member, or the field of the form.
    pub field: String,
    /// The code.
    pub code: FieldErrorCode,
    /// The description for developers.
    pub title: &'static str,
}

macro_rules! field_error_codes {
    ($($name:ident $title:literal;)+) => {
        /// Error codes of members.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FieldErrorCode {
            $(#[doc = $title] $name,)+
        }

        impl FieldErrorCode {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

field_error_codes! {
    Required "It must be there.";
    TooShort "It is too short.";
    TooLong "It is too long.";
    Invalid "It is not written as it should be.";
    Taken "Someone has it already.";
    PasswordPolicy "It does not meet the org's rules.";
    UnknownField "There is no such member.";
}

impl FieldError {
    /// An error of this member.
    pub fn new(field: impl Into<String>, code: FieldErrorCode) -> Self {
        Self { field: field.into(), code, title: code.title() }
    }
}

/// An error response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The error code.
    pub code: Code,
    /// Errors of members.
    pub errors: Vec<FieldError>,
    /// Seconds until a retry is allowed.
    pub retry_after: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProblemBody<'a> {
    status: u16,
    code: &'static str,
    title: &'static str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self { code, errors: Vec::new(), retry_after: None }
    }
}

impl Problem {
    /// Invalid members.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Code::InvalidFields.into() }
    }

    /// One invalid member.
    pub fn field(field: impl Into<String>, code: FieldErrorCode) -> Self {
        Self::fields(vec![FieldError::new(field, code)])
    }

    /// Refused with this code for a number of seconds.
    pub fn wait(code: Code, seconds: u64) -> Self {
        Self { retry_after: Some(seconds.max(1)), ..code.into() }
    }

    /// The JSON body.
    pub fn body(&self, request_id: &str) -> String {
        let body = ProblemBody {
            status: self.code.status().as_u16(),
            code: self.code.name(),
            title: self.code.title(),
            request_id,
            errors: &self.errors,
            retry_after: self.retry_after,
        };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

/// The body is written by `http/gate.rs`, which knows the request id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.code.status();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_matches_the_contract() {
        assert_eq!(
            Problem::field("email", FieldErrorCode::Taken).body("r1"),
            r#"{"status":400,"code":"invalid_fields","title":"Some members are wrong: see errors.","requestId":"r1","errors":[{"field":"email","code":"taken","title":"Someone has it already."}]}"#
        );
        assert!(Problem::wait(Code::RateLimited, 0).body("r1").ends_with(r#""retryAfter":1}"#));
    }

    #[test]
    fn names_are_unique() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert!(Code::ALL.iter().skip(at + 1).all(|other| other.name() != code.name()), "{}", code.name());
        }
    }
}
