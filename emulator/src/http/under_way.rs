//! How many requests are under way: the org has not sent the end of their responses, and the client waits for it. A
//! client that goes away ends its request.
//!
//! Not here: which requests there were (`journal.rs`).

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use hyper::body::{Frame, SizeHint};

use super::App;

/// The number of requests under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn begin(&self) -> OneMore {
        self.0.fetch_add(1, Ordering::Relaxed);
        OneMore(self.clone())
    }
}

/// Counts until it is dropped.
#[derive(Debug)]
struct OneMore(UnderWay);

impl Drop for OneMore {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A body whose request is under way.
#[derive(Debug)]
struct Counted {
    body: Body,
    _one_more: OneMore,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Counts the request until its response has been sent.
pub(crate) async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let one_more = app.tools.under_way.begin();
    let response = next.run(request).await;
    response.map(|body| Body::new(Counted { body, _one_more: one_more }))
}
