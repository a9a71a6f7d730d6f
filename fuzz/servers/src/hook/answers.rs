//! What an Okta org answers to the requests of the hook.

use super::{ORG, OTHER_SESSION, SESSION, USER};
use reqwest::Method;
use serde_json::{Value, json};

/// Status and body.
pub(super) fn right(method: &Method, path: &str, body: &Value, is_upgraded: bool) -> (u16, Value) {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let answer = match (method.as_str(), &segments[..]) {
        ("GET", [".well-known", "okta-organization"]) => {
            json!({ "id": "00o1", "pipeline": if is_upgraded { "idx" } else { "v1" } })
        }
        ("GET", [".well-known", "openid-configuration"]) => json!({
            "issuer": ORG,
            "authorization_endpoint": format!("{ORG}/oauth2/v1/authorize"),
            "token_endpoint": format!("{ORG}/oauth2/v1/token"),
            "jwks_uri": format!("{ORG}/oauth2/v1/keys"),
        }),
        ("POST", ["oauth2", "v1", "token"]) => {
            json!({ "id_token": "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.e30.c2lnbmVk", "token_type": "Bearer" })
        }
        ("GET", ["oauth2", "v1", "keys"]) => {
            json!({ "keys": [{ "kty": "RSA", "kid": "k1", "use": "sig", "alg": "RS256", "e": "AQAB", "n": "AQAB" }] })
        }
        ("POST", ["api", "v1", "sessions"]) => {
            let mut session = session(SESSION, USER);
            session["cookieToken"] = if is_upgraded { Value::Null } else { "cookie-token".into() };
            session
        }
        ("GET", ["api", "v1", "sessions", SESSION]) => session(SESSION, USER),
        ("GET", ["api", "v1", "sessions", OTHER_SESSION]) => session(OTHER_SESSION, "00u2other"),
        ("DELETE", _) => return (204, Value::Null),
        ("GET", ["api", "v1", "users", id]) => user(id),
        ("POST", ["api", "v1", "users"]) => user("00u3new"),
        ("GET", ["api", "v1", "users", _, "factors"]) => factors(),
        ("GET", ["api", "v1", "users", _, "factors", "catalog"]) => json!([
            { "factorType": "sms", "provider": "OKTA", "enrollment": "OPTIONAL", "status": "NOT_SETUP",
              "_embedded": { "phones": [{ "profile": { "phoneNumber": "+14155554259" } }] } },
            { "factorType": "question", "provider": "OKTA", "status": "ACTIVE" },
            { "factorType": "webauthn", "provider": "FIDO", "enrollment": "REQUIRED", "status": "ACTIVE" },
        ]),
        ("GET", ["api", "v1", "users", _, "factors", "questions"]) => {
            json!([{ "question": "q1", "questionText": "Where did you study?" }])
        }
        ("POST", ["api", "v1", "users", _, "factors"]) => enrolled(body),
        ("POST", ["api", "v1", "users", _, "factors", id, "lifecycle", "activate"]) => {
            factor(id, "token:software:totp", "ACTIVE", &json!({}))
        }
        ("POST", ["api", "v1", "users", _, "factors", id, "verify"]) => verified(id, body),
        ("GET", ["api", "v1", "users", _, "factors", _, "transactions", _]) => json!({ "factorResult": "SUCCESS" }),
        ("POST", ["api", "v1", "users", _, "factors", _, "resend"] | ["api", "v1", "users", _, "credentials", _]) => {
            json!({})
        }
        ("POST", ["api", "v1", "authn"]) => json!({
            "stateToken": "00state", "status": "MFA_REQUIRED", "_embedded": { "user": { "id": USER } },
        }),
        ("POST", ["api", "v1", "authn", "cancel"]) => json!({}),
        ("GET", ["api", "v1", "policies"]) => json!([{
            "status": "ACTIVE", "priority": 1, "conditions": { "people": { "groups": { "include": ["00g1group"] } } },
            "settings": { "password": { "complexity": { "minLength": 10, "minSymbol": 1, "excludeAttributes": ["firstName"] } } },
        }]),
        _ => return (404, json!({ "errorCode": "E0000007", "errorSummary": "Not found", "errorCauses": [] })),
    };
    (200, answer)
}

fn session(id: &str, user: &str) -> Value {
    json!({
        "id": id, "userId": user, "login": "ada@example.com", "status": "ACTIVE", "expiresAt": "2100-01-01T00:00:00.000Z",
    })
}

fn user(id: &str) -> Value {
    json!({ "id": id, "status": "ACTIVE", "profile": { "login": "ada@example.com" } })
}

fn factor(id: &str, factor_type: &str, status: &str, profile: &Value) -> Value {
    let provider = if factor_type == "webauthn" { "FIDO" } else { "OKTA" };
    json!({
        "id": id, "factorType": factor_type, "provider": provider, "status": status,
        "lastUpdated": "2020-01-01T00:00:00.000Z", "profile": profile,
    })
}

fn factors() -> Value {
    let app = "token:software:totp";
    json!([
        factor("sms1", "sms", "ACTIVE", &json!({ "phoneNumber": "+14155554259" })),
        factor("ques1", "question", "ACTIVE", &json!({ "question": "q1", "questionText": "Where?" })),
        factor("totp1", app, "ACTIVE", &json!({ "credentialId": "ada" })),
        factor("webauthn1", "webauthn", "ACTIVE", &json!({ "authenticatorName": "A key" })),
        factor("push1", "push", "ACTIVE", &json!({})),
        factor("email1", "email", "ACTIVE", &json!({ "email": "ada@example.com" })),
        factor("pending1", "sms", "PENDING_ACTIVATION", &json!({ "phoneNumber": "+14155554259" })),
        factor("other1", "u2f", "ACTIVE", &Value::Null),
    ])
}

fn enrolled(body: &Value) -> Value {
    let kind = body["factorType"].as_str().unwrap_or_default();
    let mut factor = factor("new1", kind, "PENDING_ACTIVATION", &json!({ "phoneNumber": "+14155554259" }));
    factor["_embedded"] = match kind {
        "webauthn" => json!({ "activation": {
            "challenge": "AAAA", "user": { "id": "u", "name": "ada", "displayName": "Ada" },
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
        } }),
        "token:software:totp" => json!({ "activation": {
            "sharedSecret": "KYCRM33UJZSXQ2DW", "timeStep": 30, "keyLength": "6",
            "_links": { "qrcode": { "href": format!("{ORG}/api/v1/users/u/factors/f/qr/00") } },
        } }),
        _ => Value::Null,
    };
    factor
}

fn verified(id: &str, body: &Value) -> Value {
    match (id, body.as_object().is_some_and(serde_json::Map::is_empty)) {
        ("push1", _) => json!({
            "factorResult": "WAITING",
            "_links": { "poll": { "href": format!("{ORG}/api/v1/users/u/factors/push1/transactions/v2push2") } },
        }),
        ("webauthn1", true) => {
            json!({ "factorResult": "CHALLENGE", "_embedded": { "challenge": { "challenge": "AAAA" } } })
        }
        (_, true) => json!({ "factorResult": "CHALLENGE" }),
        (_, false) => json!({ "factorResult": "SUCCESS" }),
    }
}
