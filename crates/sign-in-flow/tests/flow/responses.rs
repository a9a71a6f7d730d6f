//! What an org answers, built by hand from docs/authn-api.md (#transaction-envelope to #factors): bodies as
//! `serde_json` values, and the outcomes a request can have. Not here: the widget's own types for what these bodies
//! say.

use okta_authn::{Response, TransportError};
use serde_json::{Map, Value, json};

/// The configured org.
pub(crate) const ORG: &str = "https://example.okta.com";
/// An origin that no request may go to.
pub(crate) const FOREIGN: &str = "https://evil.example";

/// How a request ended.
pub(crate) type Outcome = Result<Response, TransportError>;

/// A transaction's body under construction.
#[derive(Clone, Debug)]
pub(crate) struct Body(pub(crate) Value);

impl Body {
    /// A state with this token, Cancel, and the user.
    pub(crate) fn of(status: &str, token: &str) -> Self {
        let user = json!({"id": "00u1", "profile": {"login": "jeff", "firstName": "Jeff", "lastName": "Beck"}});
        Self(json!({"status": status, "stateToken": token, "expiresAt": "2030-01-01T00:00:00.000Z"}))
            .embed("user", user)
            .link("cancel", "authn/cancel")
    }

    /// A member of `_embedded`.
    pub(crate) fn embed(mut self, name: &str, value: Value) -> Self {
        self.object("_embedded").insert(name.to_owned(), value);
        self
    }

    /// A link to a path of the API.
    pub(crate) fn link(mut self, relation: &str, path: &str) -> Self {
        self.object("_links").insert(relation.to_owned(), link(path));
        self
    }

    /// `next` with a name.
    pub(crate) fn next(mut self, name: &str, path: &str) -> Self {
        let mut next = link(path);
        next["name"] = json!(name);
        self.object("_links").insert("next".to_owned(), next);
        self
    }

    /// `resend`, which is a list in factor states.
    pub(crate) fn resend(mut self, name: &str, path: &str) -> Self {
        let mut resend = link(path);
        resend["name"] = json!(name);
        self.object("_links").insert("resend".to_owned(), json!([resend]));
        self
    }

    /// Without a member of `_links`.
    pub(crate) fn without(mut self, relation: &str) -> Self {
        self.object("_links").remove(relation);
        self
    }

    /// Every link of that relation, wherever it stands, leads to the foreign origin.
    pub(crate) fn foreign(self, relation: &str) -> Self {
        let mut body = self.0;
        make_foreign(&mut body, relation);
        Self(body)
    }

    /// A member at the top.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0[name] = value.into();
        self
    }

    /// What the factor in work carries.
    pub(crate) fn carrying(mut self, name: &str, value: &Value) -> Self {
        self.0["_embedded"]["factor"]["_embedded"] = json!({name: value});
        self
    }

    fn object(&mut self, name: &str) -> &mut Map<String, Value> {
        if !self.0[name].is_object() {
            self.0[name] = json!({});
        }
        self.0[name].as_object_mut().unwrap()
    }
}

pub(crate) fn link(path: &str) -> Value {
    json!({"href": format!("{ORG}/api/v1/{path}"), "hints": {"allow": ["POST"]}})
}

/// Changes the addresses below every member of that name.
fn make_foreign(value: &mut Value, relation: &str) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let found = name == relation;
                if found && member.is_string() {
                    *member = json!(member.as_str().unwrap().replace(ORG, FOREIGN));
                }
                make_foreign(member, if found { "href" } else { relation });
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_foreign(item, relation)),
        _ => {}
    }
}

/// The factors by the names these tests call them, with what an org says about each.
const FACTORS: [(&str, &str, &str); 20] = [
    ("sms", "sms", "OKTA"),
    ("call", "call", "OKTA"),
    ("email", "email", "OKTA"),
    ("question", "question", "OKTA"),
    ("totp", "token:software:totp", "GOOGLE"),
    ("okta-totp", "token:software:totp", "OKTA"),
    ("push", "push", "OKTA"),
    ("rsa", "token", "RSA"),
    ("on-prem", "token", "DEL_OATH"),
    ("symantec", "token", "SYMANTEC"),
    ("yubikey", "token:hardware", "YUBICO"),
    ("hotp", "token:hotp", "CUSTOM"),
    ("duo", "web", "DUO"),
    ("u2f", "u2f", "FIDO"),
    ("webauthn", "webauthn", "FIDO"),
    ("password", "password", "OKTA"),
    ("saml", "assertion:saml2", "GENERIC_SAML"),
    ("oidc", "assertion:oidc", "GENERIC_OIDC"),
    ("claims", "claims_provider", "CUSTOM"),
    ("pigeon", "carrier pigeon", "OKTA"),
];

/// All of these names.
pub(crate) const FACTOR_NAMES: [&str; 20] = {
    let mut names = [""; 20];
    let mut place = 0;
    while place < 20 {
        names[place] = FACTORS[place].0;
        place += 1;
    }
    names
};

/// The id of an enrolled factor. A push's begins as an org's do: it is looked at (docs/authn-api.md#factors).
pub(crate) fn id(name: &str) -> String {
    if name == "push" { "opf1".to_owned() } else { format!("{name}1") }
}

/// A factor as an org lists it, by its name in the table above.
pub(crate) fn factor(name: &str) -> Value {
    let (_, factor_type, provider) = FACTORS.iter().find(|(known, ..)| *known == name).unwrap();
    let profile = match name {
        "sms" => json!({"phoneNumber": "+1 XXX-XXX-1337"}),
        "call" => json!({"phoneNumber": "+1 XXX-XXX-1338"}),
        "email" => json!({"email": "j...k@example.com"}),
        "question" => json!({"question": "toy", "questionText": "Which toy?"}),
        "totp" => json!({"credentialId": "jeff"}),
        "webauthn" => json!({"credentialId": "AQID"}),
        _ => json!({}),
    };
    json!({"id": id(name), "factorType": factor_type, "provider": provider, "profile": profile})
}

/// Factors that can be verified.
fn verifiable(names: &[&str]) -> Value {
    let item = |name: &&str| {
        let mut item = factor(name);
        item["_links"] = json!({"verify": link(&format!("authn/factors/{}/verify", id(name)))});
        item
    };
    names.iter().map(item).collect()
}

/// `MFA_REQUIRED` with these factors.
pub(crate) fn required(token: &str, factors: &[&str]) -> Body {
    Body::of("MFA_REQUIRED", token).embed("factors", verifiable(factors))
}

/// `policy` that lets a device be remembered.
pub(crate) fn remember_policy(by_default: bool) -> Value {
    json!({"allowRememberDevice": true, "rememberDeviceByDefault": by_default, "rememberDeviceLifetimeInMinutes": 15})
}

/// `MFA_CHALLENGE` of a factor that can be sent again and left.
pub(crate) fn challenge(token: &str, name: &str) -> Body {
    let path = format!("authn/factors/{}/verify", id(name));
    Body::of("MFA_CHALLENGE", token)
        .embed("factor", factor(name))
        .next("verify", &path)
        .resend(name, &format!("{path}/resend"))
        .link("prev", "authn/previous")
}

/// `MFA_ENROLL`: Google Authenticator is required, SMS optional and enrolled if `sms_done`.
pub(crate) fn enroll(token: &str, sms_done: bool) -> Body {
    let enroll = json!({"enroll": link("authn/factors")});
    let totp = json!({"factorType": "token:software:totp", "provider": "GOOGLE", "status": "NOT_SETUP",
        "enrollment": "REQUIRED", "_links": enroll});
    let sms = json!({"factorType": "sms", "provider": "OKTA", "status": if sms_done { "ACTIVE" } else { "NOT_SETUP" },
        "enrollment": "OPTIONAL", "_links": enroll});
    Body::of("MFA_ENROLL", token).embed("factors", json!([totp, sms]))
}

/// `MFA_ENROLL_ACTIVATE` of Google Authenticator.
pub(crate) fn activate(token: &str) -> Body {
    let mut totp = factor("totp");
    totp["_embedded"] = json!({"activation": {"timeStep": 30, "sharedSecret": "JBSWY3DPEHPK3PXP", "encoding": "base32",
        "keyLength": 6, "_links": {"qrcode": {"href": format!("{ORG}/api/v1/users/00u1/factors/totp1/qr/1")}}}});
    Body::of("MFA_ENROLL_ACTIVATE", token)
        .embed("factor", totp)
        .next("activate", "authn/factors/totp1/lifecycle/activate")
        .link("prev", "authn/previous")
}

/// `SUCCESS` with a session token that needs encoding.
pub(crate) fn success() -> Body {
    let mut body = Body::of("SUCCESS", "").without("cancel");
    body.0["sessionToken"] = json!("se&ss+1");
    body.0.as_object_mut().unwrap().remove("stateToken");
    body
}

/// An answer with a body.
pub(crate) fn ok(body: Body) -> Outcome {
    json_response(200, body.0)
}

/// Any JSON under any status.
#[allow(clippy::unnecessary_wraps, reason = "an outcome like the others")]
pub(crate) fn json_response(status: u16, body: Value) -> Outcome {
    Ok(Response { status, body: Some(serde_json::from_value(body).unwrap()), retry_at: None, date: None })
}

/// An answer that is not JSON, or has no body at all.
#[allow(clippy::unnecessary_wraps, reason = "an outcome like the others")]
pub(crate) fn no_json(status: u16) -> Outcome {
    Ok(Response { status, body: None, retry_at: None, date: None })
}

/// An error in the org's form.
pub(crate) fn error(status: u16, code: &str) -> Outcome {
    json_response(
        status,
        json!({"errorCode": code, "errorSummary": "Summary", "errorLink": code, "errorId": "oae1",
            "errorCauses": [{"errorSummary": "Cause"}]}),
    )
}

/// A rate limit, with the reset at `retry_at` where the browser may read it.
pub(crate) fn too_many(retry_at: Option<u64>) -> Outcome {
    error(429, "E0000047").map(|response| Response { retry_at, ..response })
}

/// A session that is live.
pub(crate) fn session(login: &str) -> Outcome {
    json_response(200, json!({"id": "102", "login": login, "status": "ACTIVE"}))
}
