//! Recognises a recorded body: a transaction, an error, or another object of the org's APIs, which the sign-in does not
//! show. Not here: whether it is well formed.

use crate::recording::Recording;
use crate::run::RequestKind;
use okta_authn::ErrorCode;
use okta_authn::wire::Value;

/// What a recording is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A response of the authentication API.
    Transaction,
    /// An error, or a response that is not JSON; and the request it responds to.
    Error(RequestKind),
    /// Something that the sign-in does not show.
    Other(String),
    /// No body, but a description of what was done and seen: the names of its members.
    Description(String),
}

/// Members of a description: what was seen, what is right, what the columns of a table mean.
const OF_A_DESCRIPTION: [&str; 3] = ["seen", "expect", "columns"];

impl Kind {
    /// Recognises a recording by its members.
    pub fn of(recording: &Recording) -> Self {
        let is_error = recording.status.is_some_and(|status| !(200..300).contains(&status));
        let Some(body) = &recording.body else {
            let is_success = recording.is_empty && !is_error;
            return if is_success { other("a response without a body") } else { Self::Error(RequestKind::Credentials) };
        };
        if let Some(code) = body.get("errorCode") {
            return Self::Error(request_of_error(code, recording.request.as_deref().unwrap_or_default()));
        }
        if body.get("error").is_some() {
            return other("an OAuth error");
        }
        if is_error {
            return Self::Error(RequestKind::Credentials);
        }
        match body {
            Value::Object(members) if members.is_empty() => other("the response to a cancel"),
            Value::Object(_) => of_object(body),
            Value::List(items) => Self::Other(["a list of ", items.first().map_or("nothing", plural)].concat()),
            _ => other("not an object"),
        }
    }

    /// The HTTP status of a body that was recorded without one. Only as precise as the widget needs it: success, rate
    /// limits, server errors, and the rest.
    pub fn usual_status(&self, body: Option<&Value>) -> u16 {
        if !matches!(self, Self::Error(_)) {
            return 200;
        }
        let code = body.and_then(|body| body.get("errorCode")).and_then(Value::as_text).map(str::to_owned);
        match code.as_deref() {
            Some("E0000047" | "E0000109" | "E0000118" | "E0000133" | "E0000146" | "E0000147" | "E0000186") => 429,
            Some("E0000009" | "E0000138") => 500,
            Some("E0000134") => 502,
            Some("E0000010" | "E0000139") => 503,
            Some("E0000067" | "E0000137") => 504,
            Some("E0000004" | "E0000011") => 401,
            _ => 403,
        }
    }
}

fn other(what: &str) -> Kind {
    Kind::Other(what.to_owned())
}

/// The request says what an error is about. Where it was not recorded, codes about a proof, or about the transaction's
/// token, are shown with a factor, codes about a password or a recovery with those, and all others with the first form
/// (docs/authn-api.md#errors).
fn request_of_error(code: &Value, request: &str) -> RequestKind {
    let code = code.as_text().unwrap_or_default();
    match ErrorCode::from(code) {
        _ if request.contains("/verify") => RequestKind::Proof,
        ErrorCode::PasswordRefused | ErrorCode::PasswordPolicy => RequestKind::NewPassword,
        _ if ["E0000032", "E0000034", "E0000095", "E0000097"].contains(&code) => RequestKind::Recovery,
        ErrorCode::WrongPasscode
        | ErrorCode::InvalidToken
        | ErrorCode::UserLocked
        | ErrorCode::WrongState
        | ErrorCode::NewPinWanted
        | ErrorCode::PasscodeReplayed
        | ErrorCode::PasscodeOutsideWindow
        | ErrorCode::SmsTooSoon
        | ErrorCode::EmailTooSoon
        | ErrorCode::CallTooSoon => RequestKind::Proof,
        _ => RequestKind::Credentials,
    }
}

fn of_object(body: &Value) -> Kind {
    let has = |name: &str| body.get(name).is_some();
    let names = || body.members().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    if OF_A_DESCRIPTION.into_iter().any(has) && !has("status") {
        Kind::Description(names())
    } else if has("userId") && has("login") {
        other("a session")
    } else if has("factorType") && has("provider") {
        other("a factor of the administrators' API")
    } else if has("factorResult") && !has("status") {
        other("a factor's challenge or proof in the administrators' API")
    } else if has("profile") && has("credentials") {
        other("a user")
    } else if ["status", "stateToken", "sessionToken", "recoveryToken", "expiresAt"].into_iter().any(has) {
        Kind::Transaction
    } else if body.members().iter().all(|(name, _)| name == "_embedded" || name == "relayState") {
        other("the response to a cancel")
    } else {
        Kind::Other(["an object of ", &names()].concat())
    }
}

fn plural(item: &Value) -> &'static str {
    let has = |name: &str| item.get(name).is_some();
    if has("factorType") {
        "factors of the administrators' API"
    } else if has("question") {
        "security questions"
    } else if has("profile") && has("credentials") {
        "users"
    } else {
        "other things"
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed read fails the test")]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        Kind::of(&Recording::parse(text).unwrap())
    }

    #[test]
    fn transactions_are_recognised_even_when_malformed() {
        for text in [
            r#"{"status": "SUCCESS"}"#,
            r#"{"status": "RECOVERY_CHALLENGE", "factorType": "EMAIL", "factorResult": "WAITING"}"#,
            r#"{"status": "A_NEW_WORD"}"#,
            r#"{"status": true}"#,
            r#"{"stateToken": "00x", "_embedded": {}}"#,
            r#"{"status": 200, "response": {"status": "LOCKED_OUT"}}"#,
        ] {
            assert_eq!(kind(text), Kind::Transaction, "{text}");
        }
    }

    #[test]
    fn errors_respond_to_a_request() {
        for (text, request) in [
            (r#"{"errorCode": "E0000004"}"#, RequestKind::Credentials),
            (r#"{"errorCode": "E0000068"}"#, RequestKind::Proof),
            (r#"{"errorCode": "E0000011"}"#, RequestKind::Proof),
            (r#"{"errorCode": 7}"#, RequestKind::Credentials),
            (r#"{"errorCode": "E0000113"}"#, RequestKind::Proof),
            (r#"{"errorCode": "E0000014"}"#, RequestKind::NewPassword),
            (r#"{"errorCode": "E0000034"}"#, RequestKind::Recovery),
            (
                r#"{"request": "POST .../verify with passCode", "answer": {"status": 401, "response": {"errorCode": "E0000004"}}}"#,
                RequestKind::Proof,
            ),
            (r#"{"status": 502, "response": "<html>"}"#, RequestKind::Credentials),
            (r#"{"status": 200, "response": "<html>"}"#, RequestKind::Credentials),
            (r#"{"status": 400, "response": {}}"#, RequestKind::Credentials),
            (r#"{"status": 429}"#, RequestKind::Credentials),
        ] {
            assert_eq!(kind(text), Kind::Error(request), "{text}");
        }
    }

    #[test]
    fn everything_else_has_a_description() {
        for (text, description) in [
            ("{}", "the response to a cancel"),
            (r#"{"status": 200, "response": {"relayState": "x"}}"#, "the response to a cancel"),
            (r#"{"status": 204}"#, "a response without a body"),
            (r#"{"id": "1", "userId": "2", "login": "x", "status": "ACTIVE"}"#, "a session"),
            (r#"{"id": "1", "status": "ACTIVE", "profile": {}, "credentials": {}}"#, "a user"),
            (r#"{"factorType": "sms", "provider": "OKTA", "status": "ACTIVE"}"#, "a factor of the administrators' API"),
            (r#"{"factorResult": "CHALLENGE"}"#, "a factor's challenge or proof in the administrators' API"),
            (r#"[{"factorType": "sms"}]"#, "a list of factors of the administrators' API"),
            (r#"[{"question": "x"}]"#, "a list of security questions"),
            ("[]", "a list of nothing"),
            ("7", "not an object"),
            (r#"{"error": "invalid_grant"}"#, "an OAuth error"),
            (r#"{"subject": "x", "links": []}"#, "an object of subject, links"),
        ] {
            assert_eq!(kind(text), Kind::Other(description.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_description_is_no_body() {
        for (text, names) in [
            (r#"{"page": "/p", "answer": "SUCCESS", "seen": "x", "expect": "y"}"#, "page, answer, seen, expect"),
            (r#"{"challenge": {"challenge": "AQID"}, "page": "/", "seen": "SecurityError"}"#, "challenge, page, seen"),
            (r#"{"rows": [["1"]], "columns": ["a"]}"#, "rows, columns"),
        ] {
            assert_eq!(kind(text), Kind::Description(names.to_owned()), "{text}");
        }
        assert_eq!(kind(r#"{"status": "SUCCESS", "seen": "x"}"#), Kind::Transaction, "a body with a remark");
    }

    #[test]
    fn a_body_without_a_status_has_the_usual_one() {
        for (text, status) in [
            (r#"{"status": "SUCCESS"}"#, 200),
            (r#"{"errorCode": "E0000004"}"#, 401),
            (r#"{"errorCode": "E0000047"}"#, 429),
            (r#"{"errorCode": "E0000009"}"#, 500),
            (r#"{"errorCode": "E0000068"}"#, 403),
        ] {
            let recording = Recording::parse(text).unwrap();
            assert_eq!(Kind::of(&recording).usual_status(recording.body.as_ref()), status, "{text}");
        }
    }
}
