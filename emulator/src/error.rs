//! Error responses: Okta's error codes with status and summary, and the response body.

use serde_json::{Value, json};

/// One of Okta's error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    pub(crate) summary: &'static str,
}

macro_rules! codes {
    ($($name:ident $code:literal $status:literal $summary:literal;)+) => {
        $(pub(crate) const $name: Code = Code { name: $code, status: $status, summary: $summary };)+
    };
}

codes! {
    VALIDATION "E0000001" 400 "Api validation failed";
    NOT_WELL_FORMED "E0000003" 400 "The request body was not well-formed.";
    AUTHENTICATION_FAILED "E0000004" 401 "Authentication failed";
    INVALID_SESSION "E0000005" 403 "Invalid session";
    NOT_PERMITTED "E0000006" 403 "You do not have permission to perform the requested action";
    NOT_FOUND "E0000007" 404 "Not found";
    NO_SUCH_PATH "E0000008" 404 "The requested path was not found";
    INTERNAL "E0000009" 500 "Internal Server Error";
    INVALID_TOKEN "E0000011" 401 "Invalid token provided";
    NO_CONTENT_TYPE "E0000018" 400 "Bad request.  Accept and/or Content-Type headers are likely not set.";
    NO_LENGTH "E0000018" 411 "Bad request.  The Content-Length header is likely not set.";
    CONTENT_TYPE "E0000021" 415 "Bad request.  Accept and/or Content-Type headers likely do not match supported values.";
    BAD_FILTER "E0000031" 400 "Invalid search criteria.";
    METHOD "E0000022" 405 "The endpoint does not support the provided HTTP method";
    MISSING "E0000028" 400 "The request is missing a required parameter.";
    RATE_LIMIT "E0000047" 429 "API call exceeded rate limit due to too many requests.";
    NO_APP_DELETE "E0000056" 403 "Delete application forbidden.";
    INVALID_PASSCODE "E0000068" 403 "Invalid Passcode/Answer";
    NO_FEATURE "E0000015" 401 "You do not have permission to access the feature you are requesting";
    ALREADY_ACTIVE "E0000016" 403 "Activation failed because the user is already active";
    NO_UNLOCK "E0000032" 403 "Unlock is not allowed for this user.";
    NO_FORGOT_PASSWORD "E0000034" 403 "Forgot password not allowed on specified user.";
    UPDATE_FAILED "E0000014" 403 "Update of credentials failed";
    NO_CHANGE_PASSWORD "E0000035" 403 "Change password not allowed on specified user.";
    BUILT_IN_GROUP "E0000102" 403 "Built-in groups can not be changed or deleted.";
    NO_CHANGE_QUESTION "E0000036" 403 "Change recovery question not allowed on specified user.";
    WRONG_STANDING "E0000038" 403 "This operation is not allowed in the user's current status.";
    USER_LOCKED "E0000069" 403 "User Locked";
    WRONG_STATE "E0000079" 403 "This operation is not allowed in the current authentication state.";
    CODE_REUSED "E0000082" 403 "Each code can only be used once. Please wait for a new code and try again.";
    CODE_OUTSIDE_WINDOW "E0000083" 403 "PassCode is valid but exceeded time window.";
    PASSWORD_RULES "E0000080" 403 "The password does not meet the complexity requirements of the current password policy.";
    SIGN_ON_DENIED "E0000085" 403 "You do not have permission to access your account at this time.";
    WRONG_ANSWER "E0000087" 403 "The recovery question answer did not match our records.";
    UNKNOWN_USER "E0000095" 403 "Recovery not allowed for unknown user.";
    INVALID_PHONE "E0000098" 400 "This phone number is invalid.";
    LINK_USED "E0000105" 403 "You have accessed an account recovery link that has expired or been previously used.";
    SMS_TOO_SOON "E0000109" 429 "An SMS message was recently sent. Please wait 30 seconds before trying again.";
    WANTS_MORE "E0000113" 409 "The factor asks for more";
    EMAIL_TOO_SOON "E0000118" 429 "An email was recently sent. Please wait 5 seconds before trying again.";
    CALL_TOO_SOON "E0000133" 429 "A phone call was recently made. Please wait 30 seconds before trying again.";
    ASK_AN_ADMIN "E0000119" 403 "Your account is locked. Please contact your administrator.";
    PHONE_EXTENSION "E0000121" 400 "Invalid phone extension. Please enter a valid phone extension.";
    INVALID_USER_CODE "E0000170" 403 "Invalid code. Try again.";
    ACCEPT "E0000122" 406 "Accept Header did not contain supported media type 'application/json'";
}

/// An error response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) code: Code,
    summary: String,
    causes: Vec<Value>,
}

impl Code {
    /// With a cause.
    pub(crate) fn because(self, cause: impl Into<String>) -> ApiError {
        ApiError { causes: vec![caused(cause)], ..self.into() }
    }

    /// With another summary.
    pub(crate) fn saying(self, summary: impl Into<String>) -> ApiError {
        ApiError { summary: summary.into(), ..self.into() }
    }

    /// With the subject in the summary: `Api validation failed: password`.
    pub(crate) fn about(self, what: &str) -> ApiError {
        ApiError { code: self, summary: format!("{}: {what}", self.summary), causes: Vec::new() }
    }
}

fn caused(summary: impl Into<String>) -> Value {
    json!({ "errorSummary": summary.into() })
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        // This error repeats its summary as a cause.
        let causes = if code == WRONG_STATE { vec![caused(code.summary)] } else { Vec::new() };
        Self { code, summary: code.summary.to_owned(), causes }
    }
}

impl ApiError {
    /// With another cause.
    pub(crate) fn and(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(caused(cause));
        self
    }

    /// With another cause in the format of the registration API, which adds reason and location.
    pub(crate) fn at(mut self, cause: &str, reason: &str, location: &str) -> Self {
        self.causes.push(json!({
            "errorSummary": cause,
            "reason": reason,
            "location": location,
            "locationType": "body",
            "domain": "registration request",
        }));
        self
    }

    /// The response body.
    pub(crate) fn body(&self, id: &str) -> Value {
        json!({
            "errorCode": self.code.name,
            "errorSummary": self.summary,
            "errorLink": self.code.name,
            "errorId": id,
            "errorCauses": self.causes,
        })
    }
}
