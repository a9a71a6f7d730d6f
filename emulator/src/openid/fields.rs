//! The parameters of a request: the query, or a form in the body. An empty one is as one that is left out, and none may
//! come twice (RFC 6749, section 3.1).

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, header, request::Parts},
};
use url::form_urlencoded;

use super::error::{INVALID_REQUEST, OAuthError};

/// Maximum size of a form.
const MAX_FORM: usize = 64 * 1024;

/// Names and values in their order.
#[derive(Clone)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of a query or a form.
    pub(super) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Of the form in the body.
    pub(super) async fn of_body(headers: &HeaderMap, body: Body) -> Result<Self, OAuthError> {
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(INVALID_REQUEST.because("The body must be a form: application/x-www-form-urlencoded."));
        }
        let bytes = to_bytes(body, MAX_FORM).await;
        bytes.map(|bytes| Self::parse(&bytes)).map_err(|_| INVALID_REQUEST.because("The form is too large."))
    }

    /// The same for a client's own request, where none may come twice.
    pub(super) async fn of_unique_body(headers: &HeaderMap, body: Body) -> Result<Self, OAuthError> {
        let fields = Self::of_body(headers, body).await?;
        fields.check_repeated()?;
        Ok(fields)
    }

    /// Of a browser's request: the form of a POST, else the query.
    pub(super) async fn of_request(parts: &Parts, body: Body) -> Result<Self, OAuthError> {
        if parts.method == Method::POST {
            return Self::of_body(&parts.headers, body).await;
        }
        Ok(Self::parse(parts.uri.query().unwrap_or_default().as_bytes()))
    }

    /// A parameter that may be left out.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name).ok_or_else(|| INVALID_REQUEST.because(format!("The parameter '{name}' is missing.")))
    }

    /// The name of a parameter that comes twice.
    pub(super) fn repeated(&self) -> Option<&str> {
        let names = self.0.iter().enumerate();
        names
            .into_iter()
            .find(|(at, (name, _))| self.0.iter().take(*at).any(|(one, _)| one == name))
            .map(|(_, (name, _))| name.as_str())
    }

    /// Refuses a parameter that comes twice.
    pub(super) fn check_repeated(&self) -> Result<(), OAuthError> {
        match self.repeated() {
            Some(name) => Err(INVALID_REQUEST.because(format!("The parameter '{name}' comes more than once."))),
            None => Ok(()),
        }
    }

    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}
