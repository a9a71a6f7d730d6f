//! The states beyond the first ones, built by hand from docs/authn-api.md (#embedded-objects to
//! #step-up-activation-and-relay-state). Not here: a rule about what they lead to.

use crate::responses::{Body, ORG, challenge, factor, id, link};
use serde_json::{Value, json};

/// A push that waits for the phone.
pub(crate) fn push(token: &str) -> Body {
    let path = "authn/factors/opf1/verify";
    challenge(token, "push").with("factorResult", "WAITING").next("poll", path)
}

/// The same, with one of three numbers to tap.
pub(crate) fn push_number(token: &str, number: u32) -> Body {
    push(token).carrying("challenge", &json!({"correctAnswer": number}))
}

/// How a push ended.
pub(crate) fn push_result(token: &str, result: &str) -> Body {
    challenge(token, "push").with("factorResult", result)
}

/// A security key is asked to prove that it is the one.
pub(crate) fn webauthn(token: &str) -> Body {
    let asked = json!({"challenge": "K0UNqWlz2TCCDd5qEkBf", "userVerification": "preferred"});
    challenge(token, "webauthn").without("resend").with("factorResult", "CHALLENGE").carrying("challenge", &asked)
}

/// A security key is asked for a new credential.
pub(crate) fn webauthn_activation(token: &str) -> Body {
    let asked = json!({"challenge": "K0UNqWlz2TCCDd5qEkBf", "rp": {"name": "Acme"},
        "user": {"id": "00ukv3jVTgRjDctlX0g3", "name": "jeff", "displayName": "Jeff"},
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}]});
    activation(token, "webauthn").carrying("activation", &asked)
}

/// `MFA_ENROLL_ACTIVATE` of any factor, to be proved by a code or the like.
pub(crate) fn activation(token: &str, name: &str) -> Body {
    Body::of("MFA_ENROLL_ACTIVATE", token)
        .embed("factor", factor(name))
        .next("activate", &format!("authn/factors/{}/lifecycle/activate", id(name)))
        .link("prev", "authn/previous")
}

/// The app is set up: its image is shown, and the phone waited for.
pub(crate) fn push_activation(token: &str) -> Body {
    let path = "authn/factors/opf1/lifecycle/activate";
    let send = |name: &str| {
        let mut send = link(&format!("{path}/{name}"));
        send["name"] = json!(name);
        send
    };
    let image = json!({"href": format!("{ORG}/api/v1/users/00u1/factors/opf1/qr/1")});
    let links = json!({"qrcode": image, "send": [send("email"), send("sms")]});
    activation(token, "push")
        .with("factorResult", "WAITING")
        .next("poll", &format!("{path}/poll"))
        .carrying("activation", &json!({"_links": links}))
}

fn duo_frame(path: &str) -> Value {
    let script = json!({"href": format!("{ORG}/js/duo.js"), "type": "text/javascript"});
    json!({"host": "api.duo.example", "signature": "TX|x:APP|y",
        "_links": {"script": script, "complete": link(&format!("authn/factors/duo1/{path}"))}})
}

/// Duo asks.
pub(crate) fn duo(token: &str) -> Body {
    challenge(token, "duo")
        .without("resend")
        .with("factorResult", "WAITING")
        .next("poll", "authn/factors/duo1/verify")
        .carrying("verification", &duo_frame("verify/response"))
}

/// Duo is set up.
pub(crate) fn duo_activation(token: &str) -> Body {
    activation(token, "duo")
        .with("factorResult", "WAITING")
        .next("poll", "authn/factors/duo1/lifecycle/activate/poll")
        .carrying("activation", &duo_frame("lifecycle/duoCallback"))
}

/// Where another site is reached from.
const OUTSIDE: &str = "/policy/mfa-saml-idp-redirect?okta_key=mfa.1";

fn at_other_site(body: Body, name: &str) -> Body {
    let mut body = body.next(name, "");
    body.0["_links"]["next"]["href"] = json!(format!("{ORG}{OUTSIDE}"));
    body
}

/// Another site proves the factor: `saml`, `oidc` or `claims`.
pub(crate) fn redirect(token: &str, name: &str) -> Body {
    at_other_site(challenge(token, name).without("resend").with("factorResult", "WAITING"), "redirect")
}

/// Another site sets the factor up.
pub(crate) fn redirect_activation(token: &str, name: &str) -> Body {
    at_other_site(activation(token, name).with("factorResult", "WAITING"), "activate")
}

/// `MFA_ENROLL` with these optional factors, none of them set up.
pub(crate) fn enrollable(token: &str, names: &[&str]) -> Body {
    let item = |name: &&str| {
        let mut item = factor(name);
        item["id"] = Value::Null;
        item["profile"] = json!({});
        item["status"] = json!("NOT_SETUP");
        item["enrollment"] = json!("OPTIONAL");
        item["_links"] = json!({"enroll": link("authn/factors")});
        if *name == "question" {
            item["_links"]["questions"] = link("users/00u1/factors/questions");
        }
        item
    };
    Body::of("MFA_ENROLL", token).embed("factors", names.iter().map(item).collect())
}

/// `PASSWORD_WARN`, `_EXPIRED` or `_RESET`.
pub(crate) fn password(status: &str, token: &str) -> Body {
    let policy = json!({"expiration": {"passwordExpireDays": 3}, "complexity": {"minLength": 8}});
    let (name, path) = match status {
        "PASSWORD_RESET" => ("resetPassword", "authn/credentials/reset_password"),
        _ => ("changePassword", "authn/credentials/change_password"),
    };
    let body = Body::of(status, token).embed("policy", policy).next(name, path);
    if status == "PASSWORD_WARN" { body.link("skip", "authn/skip") } else { body }
}

/// `RECOVERY_CHALLENGE` by `SMS` or `CALL`.
pub(crate) fn recovery_sent(token: &str, channel: &str) -> Body {
    let path = format!("authn/recovery/factors/{channel}");
    Body::of("RECOVERY_CHALLENGE", token)
        .with("factorType", channel)
        .with("recoveryType", "PASSWORD")
        .next("verify", &format!("{path}/verify"))
        .link("resend", &format!("{path}/resend"))
}

/// `RECOVERY_CHALLENGE` by mail: nothing more is to be done in this browser.
pub(crate) fn recovery_mailed() -> Body {
    let body = json!({"status": "RECOVERY_CHALLENGE", "factorResult": "WAITING", "factorType": "EMAIL"});
    Body(body).with("recoveryType", "PASSWORD")
}

/// `RECOVERY` with its question.
pub(crate) fn recovery_question(token: &str) -> Body {
    let user = json!({"id": "00u1", "profile": {"login": "jeff"}, "recovery_question": {"question": "Which toy?"}});
    Body::of("RECOVERY", token).embed("user", user).next("answer", "authn/recovery/answer")
}

/// `CONSENT_REQUIRED`: one scope must be granted; the second may be left out where they are `granular`.
pub(crate) fn consent(token: &str, granular: bool) -> Body {
    let scopes = if granular {
        json!([{"name": "openid", "optional": false}, {"name": "mail", "optional": true}])
    } else {
        json!([{"name": "openid"}, {"name": "mail"}])
    };
    Body::of("CONSENT_REQUIRED", token).embed("scopes", scopes).next("consent", "authn/consent")
}

/// `PROFILE_REQUIRED`: one attribute must be told, one may, and one is switched off.
pub(crate) fn profile(token: &str) -> Body {
    let attribute = |name: &str, required: bool, enabled: bool| json!({"name": name, "label": format!("Your {name}"), "type": "string", "required": required, "enabled": enabled});
    let attributes =
        [attribute("department", true, true), attribute("costCenter", false, true), attribute("shoeSize", true, false)];
    Body::of("PROFILE_REQUIRED", token)
        .embed("policy", json!({"registration": {"profile": attributes}}))
        .link("enroll", "authn/enroll")
}

/// `DEVICE_ACTIVATE`, with the code of the page's address.
pub(crate) fn device(token: &str) -> Body {
    Body::of("DEVICE_ACTIVATE", token)
        .without("cancel")
        .embed("userCode", json!("ABCD-EFGH"))
        .next("deviceActivate", "authn/device/activate")
}

/// `POLL`: the org needs so many milliseconds.
pub(crate) fn poll(token: &str, refresh: u32) -> Body {
    Body::of("POLL", token).embed("transaction", json!({"profile": {"refresh": refresh}})).next("poll", "authn/poll")
}

/// `UNAUTHENTICATED` for an app that asked.
pub(crate) fn unauthenticated(token: &str) -> Body {
    Body::of("UNAUTHENTICATED", token)
        .with("type", "SESSION_STEP_UP")
        .embed("target", json!({"type": "APP", "name": "wiki", "label": "Wiki"}))
        .next("authenticate", "authn")
}

/// `SUCCESS` that leads on to a page of the org by the link of this relation.
pub(crate) fn success_with_link(relation: &str) -> Body {
    let mut body = crate::responses::success().link(relation, "");
    body.0["_links"][relation]["href"] = json!(format!("{ORG}/login/step-up/redirect?stateToken=t9"));
    body
}

/// `SUCCESS` of another device's sign-in.
pub(crate) fn device_ended(status: &str) -> Body {
    Body(json!({"status": "SUCCESS", "_embedded": {"deviceActivationStatus": status}}))
}
