//! `GET /api/v1/logs`: the system log, by time, filter and words.
//!
//! Not here: what is recorded (`org/log.rs`).

use std::time::Duration;

use serde_json::Value;

use super::log_filter::Filter;
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::Org,
    time::Timestamp,
    wire::admin::log::event,
};

const PATH: &str = "/api/v1/logs";
const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 1000;
/// What is shown without `since`.
const RECENT: Duration = Duration::from_hours(7 * 24);

/// `GET /api/v1/logs`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let until = time(call, "until")?;
    let since = time(call, "since")?.unwrap_or_else(|| until.unwrap_or(call.now).before(RECENT));
    let filter = call.query.get("filter").map(|filter| Filter::parse(filter)).transpose()?;
    let wanted: Vec<String> = words(call);
    let fits = |shown: &Value| {
        let text = shown.to_string().to_lowercase();
        filter.as_ref().is_none_or(|filter| filter.fits(shown)) && wanted.iter().all(|word| text.contains(word))
    };
    let within = org.events.events().filter(|one| since <= one.at && until.is_none_or(|until| one.at < until));
    let mut events: Vec<Value> = within.map(event).filter(fits).collect();
    if descends(call)? {
        events.reverse();
    }
    let after = call.query.get("after");
    let is_after = |event: &Value| after.is_some_and(|id| event.get("uuid").and_then(Value::as_str) == Some(id));
    let start = events.iter().position(is_after).map_or(0, |at| at + 1);
    let limit = limit(call)?;
    let more = events.len() > start + limit;
    let part: Vec<Value> = events.into_iter().skip(start).take(limit).collect();
    let last = part.last().and_then(|last| last.get("uuid")?.as_str()).or(after.map(String::as_str));
    // Without an end the caller polls: the next page is what happens next.
    let polls = until.is_none() && !descends(call)?;
    let next = last.filter(|_| more || polls).map(|last| next(call, last));
    Ok(Reply::Page(part, next))
}

fn invalid(parameter: &str, cause: &str) -> ApiError {
    error::VALIDATION.about(parameter).and(format!("{parameter}: {cause}"))
}

fn time(call: &Call, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let read = |text: &String| Timestamp::parse(text).ok_or_else(|| invalid(name, "must be a date of ISO 8601 in UTC"));
    call.query.get(name).map(read).transpose()
}

fn words(call: &Call) -> Vec<String> {
    let words = call.query.get("q").map(|q| q.split_whitespace().map(str::to_lowercase).collect());
    words.unwrap_or_default()
}

fn descends(call: &Call) -> Result<bool, ApiError> {
    match call.query.get("sortOrder").map(String::as_str) {
        None | Some("ASCENDING") => Ok(false),
        Some("DESCENDING") => Ok(true),
        Some(_) => Err(invalid("sortOrder", "must be ASCENDING or DESCENDING")),
    }
}

fn limit(call: &Call) -> Result<usize, ApiError> {
    let Some(limit) = call.query.get("limit") else { return Ok(DEFAULT_LIMIT) };
    let limit = limit.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| invalid("limit", "must be a number from 1 to 1000"))
}

fn next(call: &Call, last: &str) -> String {
    let kept = call.query.iter().filter(|(name, _)| *name != "after");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept).append_pair("after", last);
    format!("{PATH}?{}", query.finish())
}
