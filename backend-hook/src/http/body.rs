//! Reads a body up to its maximum size, within its time, and parses its members.

use std::time::Duration;

use axum::extract::{FromRequest, Request};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::{
    json::{MAX_SIZE, Members},
    problem::{Code, Problem},
};

/// Maximum time to receive a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

impl<S: Send + Sync> FromRequest<S> for Members {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let body = Limited::new(request.into_body(), MAX_SIZE).collect();
        let body = tokio::time::timeout(BODY_TIMEOUT, body).await.map_err(|_| Code::RequestTimedOut)?;
        match body {
            Ok(body) => Self::parse(&body.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Code::TooLarge.into()),
            Err(_) => Err(Code::Malformed.into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::convert::Infallible;

    use axum::body::Body;
    use http_body_util::Channel;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_end_is_refused_as_slow() {
        let (mut sender, body) = Channel::<axum::body::Bytes, Infallible>::new(1);
        sender.send_data("{\"a\":".into()).await.unwrap();
        let refused = Members::from_request(Request::new(Body::new(body)), &()).await.unwrap_err();
        assert_eq!((refused.code, refused.code.status().as_u16()), (Code::RequestTimedOut, 408));
        drop(sender);
    }
}
