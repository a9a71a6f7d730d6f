//! Reads a recorded response: a body alone, `{status, response}`, or an exchange, `{request, answer: {status, response}}`.
//! Not here: what the body means.

use okta_authn::url::Address;
use okta_authn::wire::Value;

/// The org of a body that names none.
const DEFAULT_ORG: &str = "https://example.okta.com";

/// One recorded response.
#[derive(Debug)]
pub struct Recording {
    /// HTTP status, where it was recorded.
    pub status: Option<u16>,
    /// The body, where it was JSON.
    pub body: Option<Value>,
    /// Whether there was no body.
    pub is_empty: bool,
    /// Method and address of the request, where they were recorded.
    pub request: Option<String>,
}

impl Recording {
    /// Reads the text of a file.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let recorded: Value = serde_json::from_str(text)?;
        let request = recorded.get("request").and_then(Value::as_text).map(str::to_owned);
        let answer = recorded.get("answer").filter(|answer| answer.get("status").and_then(http_status).is_some());
        let recorded = answer.cloned().unwrap_or(recorded);
        // A transaction's `status` is a word, so a number can only be the HTTP status.
        let status = recorded.get("status").and_then(http_status);
        let body = if status.is_some() { recorded.get("response").cloned() } else { Some(recorded) };
        let is_empty = body.as_ref().is_none_or(|body| *body == Value::text_value(""));
        Ok(Self { status, body: body.and_then(json).map(with_hosts), is_empty, request })
    }

    /// The origin of the org that responded: the one that its API's links lead to.
    pub fn org(&self) -> String {
        self.body.as_ref().and_then(api_origin).unwrap_or_else(|| DEFAULT_ORG.to_owned())
    }
}

fn http_status(value: &Value) -> Option<u16> {
    let status = |code: &u16| *value == Value::Number(f64::from(*code));
    (100..600).find(status)
}

/// A recording has a body as JSON or as the text that was received; the text may be JSON too.
fn json(body: Value) -> Option<Value> {
    match body {
        Value::Text(text) => serde_json::from_str(&text).ok(),
        body => Some(body),
    }
}

/// Puts a valid host into the addresses of documentation samples (`https://{yourOktaDomain}/…`).
fn with_hosts(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(with_host(&text).unwrap_or(text)),
        Value::List(items) => Value::List(items.into_iter().map(with_hosts).collect()),
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, with_hosts(value))).collect())
        }
        other => other,
    }
}

fn with_host(address: &str) -> Option<String> {
    let (scheme, after) = address.split_once("://")?;
    let (host, path) = after.split_at(after.find('/').unwrap_or(after.len()));
    let is_template = ["http", "https"].contains(&scheme) && host.contains('{') && host.ends_with('}');
    is_template.then(|| [DEFAULT_ORG, path].concat())
}

/// Links also lead to images and other sites, so only those of the API count; the first one is used.
fn api_origin(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => items.iter().find_map(api_origin),
        Value::Object(members) => members.iter().find_map(|(name, value)| match value {
            Value::Text(href) if name == "href" => {
                let address = Address::parse(href).ok()?;
                address.rest.starts_with("/api/v1/").then(|| address.origin.as_str().to_owned())
            }
            nested => api_origin(nested),
        }),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed read fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_body_or_a_body_with_its_status() {
        for (text, status, shape) in [
            (r#"{"status": "SUCCESS"}"#, None, Some("an object")),
            (r#"{"status": 403, "response": {"errorCode": "E0000068"}}"#, Some(403), Some("an object")),
            (
                r#"{"status": 200, "responseType": "text", "response": "{\"status\": \"SUCCESS\"}"}"#,
                Some(200),
                Some("an object"),
            ),
            (r#"{"status": 502, "response": "<html>Bad gateway</html>"}"#, Some(502), None),
            (r#"{"status": 204}"#, Some(204), None),
            (r#"{"status": 200, "response": ""}"#, Some(200), None),
            (r#"{"status": 7}"#, None, Some("an object")),
            ("[]", None, Some("an array")),
        ] {
            let recording = Recording::parse(text).unwrap();
            let read = recording.body.map(|body| format!("{body:?}"));
            assert_eq!((recording.status, read.as_deref()), (status, shape), "{text}");
            assert_eq!(recording.is_empty, shape.is_none() && !text.contains("<html>"), "{text}");
        }
        assert!(Recording::parse("<html>").is_err());
    }

    #[test]
    fn an_exchange_has_its_request() {
        let exchange = r#"{"request": "POST .../verify", "answer": {"status": 403, "response": {"errorCode": "E1"}}, "seen": "x"}"#;
        let recording = Recording::parse(exchange).unwrap();
        assert_eq!((recording.status, recording.request.as_deref()), (Some(403), Some("POST .../verify")));
        assert!(recording.body.unwrap().get("errorCode").is_some());
        let described = Recording::parse(r#"{"page": "/p", "answer": "SUCCESS with sessionToken"}"#).unwrap();
        assert_eq!((described.status, described.request), (None, None));
    }

    #[test]
    fn the_org_is_the_one_that_its_api_links_lead_to() {
        for (text, org) in [
            (
                r#"{"_links": {"cancel": {"href": "https://acme.okta.example/api/v1/authn/cancel"}}}"#,
                "https://acme.okta.example",
            ),
            (
                r#"{"_links": {"next": {"title": "Wiki", "href": "https://wiki.example/password"},
                "cancel": {"href": "https://acme.okta.example/api/v1/authn/cancel"}}}"#,
                "https://acme.okta.example",
            ),
            (
                r#"{"_embedded": {"factors": [{"_links": {"verify": {"href": "http://localhost:8081/api/v1/authn/x"}}}]}}"#,
                "http://localhost:8081",
            ),
            (r#"{"_links": {"next": {"href": "https://{yourOktaDomain}/api/v1/authn"}}}"#, DEFAULT_ORG),
            (r#"{"_links": {"next": {"href": "https://${org}.okta.com/api/v1/authn"}}}"#, DEFAULT_ORG),
            (r#"{"_links": {"next": {"href": "/api/v1/authn"}}}"#, DEFAULT_ORG),
            (r#"{"errorCode": "E0000004"}"#, DEFAULT_ORG),
        ] {
            assert_eq!(Recording::parse(text).unwrap().org(), org, "{text}");
        }
    }

    #[test]
    fn templates_become_addresses_and_other_text_is_kept() {
        for (text, filled) in [
            ("https://{yourOktaDomain}/api", "https://example.okta.com/api"),
            ("https://{{url}}", "https://example.okta.com"),
            ("https://acme.okta.example/{id}", "https://acme.okta.example/{id}"),
            ("What is {x}?", "What is {x}?"),
        ] {
            assert_eq!(with_hosts(Value::text_value(text)), Value::text_value(filled), "{text}");
        }
    }
}
