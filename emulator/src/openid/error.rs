//! Errors of OAuth 2.0 and OpenID Connect: their codes, and the JSON in which an endpoint answers them.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use serde_json::json;

use crate::http::json as json_response;

/// An error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ErrorCode {
    name: &'static str,
    /// Where it is no redirect.
    status: u16,
}

macro_rules! codes {
    ($($code:ident $name:literal $status:literal;)+) => {
        $(pub(super) const $code: ErrorCode = ErrorCode { name: $name, status: $status };)+
    };
}

codes! {
    INVALID_REQUEST "invalid_request" 400;
    INVALID_CLIENT "invalid_client" 401;
    INVALID_GRANT "invalid_grant" 400;
    UNAUTHORIZED_CLIENT "unauthorized_client" 400;
    UNSUPPORTED_GRANT_TYPE "unsupported_grant_type" 400;
    INVALID_SCOPE "invalid_scope" 400;
    UNSUPPORTED_RESPONSE_TYPE "unsupported_response_type" 400;
    SERVER_ERROR "server_error" 500;
    ACCESS_DENIED "access_denied" 400;
    LOGIN_REQUIRED "login_required" 400;
    CONSENT_REQUIRED "consent_required" 400;
    REQUEST_NOT_SUPPORTED "request_not_supported" 400;
    REQUEST_URI_NOT_SUPPORTED "request_uri_not_supported" 400;
    REGISTRATION_NOT_SUPPORTED "registration_not_supported" 400;
}

/// An error with its description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OAuthError {
    code: ErrorCode,
    description: String,
}

impl ErrorCode {
    pub(super) fn because(self, description: impl Into<String>) -> OAuthError {
        OAuthError { code: self, description: description.into() }
    }
}

impl OAuthError {
    /// As parameters of a redirect.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("error", self.code.name.to_owned()), ("error_description", self.description.clone())]
    }

    /// As a JSON response.
    pub(super) fn response(&self) -> Response {
        let body = json!({ "error": self.code.name, "error_description": self.description });
        let mut response = json_response(self.code.status, &body);
        if self.code.status == 401 {
            let challenge = HeaderValue::from_static("Basic realm=\"OAuth 2.0\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
