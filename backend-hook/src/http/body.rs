//! Reads a body up to its maximum size and parses its members.

use axum::extract::{FromRequest, Request};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::{
    json::{MAX_SIZE, Members},
    problem::{Code, Problem},
};

impl<S: Send + Sync> FromRequest<S> for Members {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = Limited::new(request.into_body(), MAX_SIZE).collect().await;
        match body {
            Ok(body) => Self::parse(&body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Code::TooLarge.into()),
            Err(_) => Err(Code::Malformed.into()),
        }
    }
}
