//! What is answered when something is refused: a code for programs, a status, a sentence for developers.
//! It never holds what the org said, nor what the caller sent.

use axum::{
    body::Body,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

macro_rules! codes {
    ($($name:ident $code:literal $status:ident $title:literal;)+) => {
        /// Why a request was refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $title] $name,)+
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its name on the wire.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Its status.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }

            /// What it says to developers.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    Malformed "malformed" BAD_REQUEST "The body must be a JSON object, nested no more than 8 deep.";
    InvalidFields "invalid_fields" BAD_REQUEST "Some members are wrong: see errors.";
    NotSignedIn "not_signed_in" UNAUTHORIZED "There is no session here, or it is over.";
    SessionTokenInvalid "session_token_invalid" UNAUTHORIZED "The session token is unknown, spent or too old.";
    OriginNotAllowed "origin_not_allowed" FORBIDDEN "Pages of this origin may not call.";
    ChallengeFailed "challenge_failed" FORBIDDEN "The challenge was not solved.";
    WrongCode "wrong_code" FORBIDDEN "The code is wrong, or too old.";
    WrongAnswer "wrong_answer" FORBIDDEN "The answer is wrong.";
    WrongPassword "wrong_password" FORBIDDEN "The password is wrong.";
    FreshProofRequired "fresh_proof_required" FORBIDDEN "Prove a factor or the password first.";
    NotPermitted "not_permitted" FORBIDDEN "The org does not permit this.";
    NotFound "not_found" NOT_FOUND "There is no such thing.";
    MethodNotAllowed "method_not_allowed" METHOD_NOT_ALLOWED "This is not done with this method.";
    AlreadySetUp "already_set_up" CONFLICT "The account has such a factor.";
    TooLarge "too_large" PAYLOAD_TOO_LARGE "The body is larger than 16 KiB.";
    UnsupportedMediaType "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE "The body must be application/json.";
    RateLimited "rate_limited" TOO_MANY_REQUESTS "Too many requests.";
    Failed "failed" INTERNAL_SERVER_ERROR "The server failed; its log says why.";
    OrgFailed "org_failed" BAD_GATEWAY "The org failed.";
    OrgUnreachable "org_unreachable" SERVICE_UNAVAILABLE "The org can't be reached.";
    OrgTimedOut "org_timed_out" GATEWAY_TIMEOUT "The org took too long.";
}

/// What is wrong with one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The member, or the field of the form.
    pub field: String,
    /// For programs.
    pub code: Fault,
    /// For developers.
    pub title: &'static str,
}

macro_rules! faults {
    ($($name:ident $title:literal;)+) => {
        /// What can be wrong with a member.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Fault {
            $(#[doc = $title] $name,)+
        }

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

faults! {
    Required "It must be there.";
    TooShort "It is too short.";
    TooLong "It is too long.";
    Invalid "It is not written as it should be.";
    Taken "Someone has it already.";
    PasswordPolicy "It does not meet the org's rules.";
    UnknownField "There is no such member.";
}

impl FieldError {
    /// About one member.
    pub fn new(field: impl Into<String>, code: Fault) -> Self {
        Self { field: field.into(), code, title: code.title() }
    }
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Why.
    pub code: Code,
    /// What is wrong with members.
    pub errors: Vec<FieldError>,
    /// After how many seconds it may be tried again.
    pub retry_after: Option<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
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
    /// Members are wrong.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Code::InvalidFields.into() }
    }

    /// One member is wrong.
    pub fn field(field: impl Into<String>, fault: Fault) -> Self {
        Self::fields(vec![FieldError::new(field, fault)])
    }

    /// To be tried again after so many seconds.
    pub fn wait(seconds: u64) -> Self {
        Self { retry_after: Some(seconds.max(1)), ..Code::RateLimited.into() }
    }

    /// The body.
    pub fn body(&self, request_id: &str) -> String {
        let shown = Shown {
            status: self.code.status().as_u16(),
            code: self.code.name(),
            title: self.code.title(),
            request_id,
            errors: &self.errors,
            retry_after: self.retry_after,
        };
        serde_json::to_string(&shown).unwrap_or_default()
    }
}

/// The body is written where the id of the request is known.
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
    fn a_body_says_what_the_contract_says() {
        assert_eq!(
            Problem::field("email", Fault::Taken).body("r1"),
            r#"{"status":400,"code":"invalid_fields","title":"Some members are wrong: see errors.","requestId":"r1","errors":[{"field":"email","code":"taken","title":"Someone has it already."}]}"#
        );
        assert!(Problem::wait(0).body("r1").ends_with(r#""retryAfter":1}"#));
    }

    #[test]
    fn names_are_told_apart() {
        for (at, code) in Code::ALL.iter().enumerate() {
            assert!(Code::ALL.iter().skip(at + 1).all(|other| other.name() != code.name()), "{}", code.name());
        }
    }
}
