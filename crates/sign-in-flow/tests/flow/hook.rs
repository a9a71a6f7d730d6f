//! What a hook answers, built by hand from its contract (`docs/backend-hook.md`), and settings with one. Not
//! here: the widget's own types for what these bodies say.

use crate::responses::{Outcome, json_response};
use serde_json::{Value, json};

/// The configured hook.
pub(crate) const HOOK: &str = "https://app.example/hook";
/// Options of a page that has one.
pub(crate) const WITH_HOOK: [(&str, &str); 1] = [("hook-url", HOOK)];

/// A good answer.
pub(crate) fn told(status: u16, body: Value) -> Outcome {
    json_response(status, body)
}

/// Nothing to say.
pub(crate) fn done() -> Outcome {
    json_response(204, Value::Null)
}

/// A problem.
pub(crate) fn problem(status: u16, code: &str) -> Outcome {
    json_response(status, json!({"status": status, "code": code, "title": "x", "requestId": "r1"}))
}

/// A form with an e-mail address, a name, a phone and a password.
pub(crate) fn form() -> Outcome {
    let field = |name: &str, kind: &str, required: bool| json!({"name": name, "label": name, "type": kind, "required": required, "maxLength": 50, "autocomplete": "on"});
    let fields = [
        field("email", "email", true),
        field("firstName", "text", true),
        field("mobilePhone", "tel", false),
        field("password", "password", true),
    ];
    let rules = json!({"minLength": 8, "excludeUsername": true, "excludeAttributes": ["firstName"]});
    told(200, json!({"fields": fields, "password": rules, "challenge": null}))
}

/// One factor.
pub(crate) fn factor(id: &str, kind: &str, status: &str) -> Value {
    let (factor_type, provider, profile) = match kind {
        "sms" => ("sms", "OKTA", json!({"phoneNumber": "+1 XXX-XXX-4259"})),
        "email" => ("email", "OKTA", json!({"email": "b***@x.example"})),
        "question" => ("question", "OKTA", json!({"question": "toy", "questionText": "Which toy?"})),
        "google" => ("token:software:totp", "GOOGLE", json!({"credentialId": "bruce"})),
        "push" => ("push", "OKTA", json!({})),
        "webauthn" => ("webauthn", "FIDO", json!({"credentialId": "AQID", "authenticatorName": "Key"})),
        other => (other, "OKTA", json!({})),
    };
    json!({"id": id, "factorType": factor_type, "provider": provider, "status": status, "profile": profile})
}

/// The list.
pub(crate) fn factors(factors: &[Value]) -> Outcome {
    told(200, json!({ "factors": factors }))
}

/// What can be set up.
pub(crate) fn catalog() -> Outcome {
    let kinds = ["sms", "question", "google", "webauthn", "email", "push"];
    let offer = |kind: &&str| {
        let mut offer = factor("", kind, "NOT_SETUP");
        let members = offer.as_object_mut().unwrap();
        members.retain(|name, _| name == "factorType" || name == "provider");
        members.insert("enrollment".to_owned(), json!("OPTIONAL"));
        offer
    };
    factors(&kinds.iter().map(offer).collect::<Vec<_>>())
}
