//! Faults of the body of a response: cut off, slow, broken, changed.
//!
//! Not here: whether the org gets the request (`happen.rs`).

use std::{convert::Infallible, io, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use super::super::{BreakConnection, operation};

/// How many pieces a slow body has.
const PIECES: usize = 40;
/// How long half a body has to arrive before the connection breaks: a reset discards what was not read.
const HALF_ARRIVES: Duration = Duration::from_millis(100);
/// The most levels and bytes that are made.
const MAX_LEVELS: usize = 1_000_000;
const MAX_BYTES: usize = 100_000_000;

/// Half of the body.
pub(super) async fn truncated(response: Response) -> Response {
    let (mut parts, bytes) = read(response).await;
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(bytes.slice(..bytes.len() / 2)))
}

/// Half of the body, and then an error that ends the connection. The response says how long it would be.
pub(super) async fn reset_midway(response: Response, connection: BreakConnection) -> Response {
    let (mut parts, bytes) = read(response).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = stream::iter([Ok(bytes.slice(..bytes.len() / 2))]);
    let end = stream::once(async move {
        tokio::time::sleep(HALF_ARRIVES).await;
        connection.begin();
        Err(io::Error::other("broken on purpose"))
    });
    Response::from_parts(parts, Body::from_stream(half.chain(end)))
}

/// The body in pieces.
pub(super) async fn dripped(response: Response, time: Duration) -> Response {
    let (mut parts, bytes) = read(response).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let size = bytes.len().div_ceil(PIECES).max(1);
    let pieces = (0..bytes.len()).step_by(size).map(move |start| bytes.slice(start..(start + size).min(bytes.len())));
    let count = u32::try_from(PIECES).unwrap_or(u32::MAX);
    let slow = stream::iter(pieces).then(move |piece| async move {
        tokio::time::sleep(time / count).await;
        Ok::<_, Infallible>(piece)
    });
    Response::from_parts(parts, Body::from_stream(slow))
}

/// A value of another member. A body that is no JSON, or has no such member, stays as it is.
pub(super) async fn replaced(response: Response, pointer: &str, value: Value) -> Response {
    changed(response, |json| json.pointer_mut(pointer).map(|member| *member = value)).await
}

/// The body without this member.
pub(super) async fn without(response: Response, pointer: &str) -> Response {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    let name = name.replace("~1", "/").replace("~0", "~");
    changed(response, |json| json.pointer_mut(parent)?.as_object_mut()?.remove(&name).map(drop)).await
}

/// The body with a long member more.
pub(super) async fn enlarged(response: Response, bytes: u32) -> Response {
    let padding = "x".repeat(usize::try_from(bytes).unwrap_or(MAX_BYTES).min(MAX_BYTES));
    changed(response, |json| {
        json.as_object_mut()?.insert("padding".to_owned(), Value::from(padding)).map_or(Some(()), |_| None)
    })
    .await
}

/// Arrays in each other.
pub(super) fn deep(levels: u32) -> Response {
    let levels = usize::try_from(levels).unwrap_or(MAX_LEVELS).min(MAX_LEVELS);
    let mut response = operation::json(200, &Value::Null);
    *response.body_mut() = Body::from(["[".repeat(levels), "]".repeat(levels)].concat());
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

/// Changes the JSON; where that is not possible, the response stays as it is.
async fn changed(response: Response, change: impl FnOnce(&mut Value) -> Option<()>) -> Response {
    let (mut parts, bytes) = read(response).await;
    let mut json: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if change(&mut json).is_none() {
        return Response::from_parts(parts, Body::from(bytes));
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(json.to_string()))
}

async fn read(response: Response) -> (axum::http::response::Parts, Bytes) {
    let (parts, body) = response.into_parts();
    (parts, to_bytes(body, usize::MAX).await.unwrap_or_default())
}
