//! Random bodies in the shapes of docs/authn-api.md (#transaction-envelope to #states), for every status. Tokens are
//! left empty for the player to fill in.

use super::items::{any_challenge, any_factor, any_link, any_links};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Every status, with the name its `next` has as a rule.
const STATUSES: [(&str, &str); 22] = [
    ("UNAUTHENTICATED", "authenticate"),
    ("PASSWORD_WARN", "changePassword"),
    ("PASSWORD_EXPIRED", "changePassword"),
    ("PASSWORD_RESET", "resetPassword"),
    ("RECOVERY", "answer"),
    ("RECOVERY", "recovery"),
    ("RECOVERY_CHALLENGE", "verify"),
    ("LOCKED_OUT", "unlock"),
    ("CONSENT_REQUIRED", "consent"),
    ("ADMIN_CONSENT_REQUIRED", "consent"),
    ("DEVICE_ACTIVATE", "deviceActivate"),
    ("POLL", "poll"),
    ("PROFILE_REQUIRED", "profile"),
    ("FACTOR_REQUIRED", ""),
    ("FACTOR_CHALLENGE", "verify"),
    ("FACTOR_ENROLL", ""),
    ("FACTOR_ENROLL_ACTIVATE", "activate"),
    ("SUCCESS", "original"),
    ("SUCCESS", ""),
    ("MFA_ENROLL_ACTIVATE", "poll"),
    ("MFA_CHALLENGE", "poll"),
    ("MFA_CHALLENGE", "redirect"),
];

const RELATIONS: [&str; 6] = ["next", "prev", "cancel", "skip", "resend", "original"];

const NEXT: [&str; 5] = ["verify", "activate", "poll", "redirect", "original"];

const RESULTS: [&str; 10] = [
    "WAITING",
    "CHALLENGE",
    "SUCCESS",
    "REJECTED",
    "TIMEOUT",
    "FAILED",
    "CANCELLED",
    "ERROR",
    "PASSCODE_REPLAYED",
    "STRANGE",
];

const ENDINGS: [&str; 4] =
    ["DEVICE_ACTIVATED", "DEVICE_NOT_ACTIVATED", "DEVICE_NOT_ACTIVATED_CONSENT_DENIED", "STRANGE"];

fn any_policy() -> impl Strategy<Value = Value> {
    (any::<bool>(), any::<bool>(), -1..9i32, 0..3u32).prop_map(|(allowed, auto, least, days)| {
        json!({
            "allowRememberDevice": allowed, "rememberDeviceLifetimeInMinutes": 0,
            "factorsPolicyInfo": {"opf1": {"autoPushEnabled": auto}, "sms1": {"autoPushEnabled": auto}},
            "complexity": {"minLength": least, "excludeUsername": "true", "excludeAttributes": ["firstName"]},
            "expiration": {"passwordExpireDays": days},
            "gracePeriod": {"endDate": "2023-12-01T00:00:00.000Z"},
        })
    })
}

fn any_embedded() -> BoxedStrategy<Value> {
    let factors = proptest::collection::vec(any_factor(), 0..4);
    let optional = option::of(any::<bool>());
    let types = any_link(&["verify"]);
    let others =
        (any_policy(), any_challenge(), option::weighted(0.5, select(&ENDINGS[..])), optional, types, 0..9_000u32);
    (any_factor(), factors, others).prop_map(
        |(factor, factors, (policy, challenge, ending, optional, link, refresh))| {
            json!({
                "user": {"id": "00u1", "profile": {"login": "jeff"}, "recovery_question": {"question": "Which toy?"}},
                "policy": policy, "factor": factor, "factors": factors, "challenge": challenge,
                "factorTypes": [{"factorType": "webauthn", "_links": {"next": link}}],
                "scopes": [{"name": "openid", "optional": optional.map(|_| false)}, {"name": "mail", "optional": optional}],
                "target": {"type": "APP", "name": "wiki", "_links": {"logo": [link]}},
                "transaction": {"profile": {"refresh": refresh}},
                "userCode": "ABCD-EFGH", "deviceActivationStatus": ending,
            })
        },
    )
    .boxed()
}

/// One factor where one is in work, else the list, which some answers call `factor` too.
fn embedded_of(status: &str, mut embedded: Value, newer_name: bool, by_type: bool) -> Value {
    let is_challenge = status.ends_with("_CHALLENGE");
    if is_challenge && by_type {
        embedded["factor"] = Value::Null;
        return embedded;
    }
    let list = embedded["factors"].take();
    let in_work = status.ends_with("_ACTIVATE") || is_challenge;
    // Some have none at all.
    let without = status == "UNAUTHENTICATED" && by_type;
    if !in_work {
        embedded["factor"] = Value::Null;
    }
    if !in_work && !without {
        embedded[if newer_name { "factor" } else { "factors" }] = list;
    }
    embedded
}

fn any_status() -> impl Strategy<Value = (&'static str, &'static str)> {
    // States that lead on come more often, so that the run gets somewhere.
    prop_oneof![
        5 => select(&STATUSES[..]),
        1 => Just(("MFA_REQUIRED", "")),
        1 => Just(("MFA_CHALLENGE", "verify")),
        1 => Just(("MFA_ENROLL", "")),
        1 => Just(("MFA_ENROLL_ACTIVATE", "activate")),
    ]
}

/// Members at the top that say more about the state.
fn any_words() -> impl Strategy<Value = Value> {
    let result = option::weighted(0.6, prop_oneof![1 => Just("WAITING"), 1 => select(&RESULTS[..])]);
    let message = option::weighted(0.3, select(&["OKTA_VERIFY_UPGRADE_REQUIRED", "No."][..]));
    let kind = option::weighted(0.2, select(&["SESSION_STEP_UP", "LOGIN"][..]));
    let recovery = option::weighted(0.3, select(&["PASSWORD", "UNLOCK", "ACCOUNT_ACTIVATION"][..]));
    let channel = select(&["SMS", "call", "EMAIL", "pigeon"][..]);
    // Soon, in years, and past; one of them in the middle of a run.
    let end = select(
        &["2023-11-14T22:15:30.000Z", "2023-11-14T22:20:00.000Z", "2030-01-01T00:00:00.000Z", "2015-01-01T00:00:00Z"][..],
    );
    (result, message, kind, recovery, channel, end).prop_map(|(result, message, kind, recovery, channel, end)| {
        json!({"factorResult": result, "factorResultMessage": message, "type": kind, "recoveryType": recovery,
            "factorType": channel, "expiresAt": end})
    })
}

/// One body. Of a hundred, a few have a member of the wrong type.
pub(super) fn any_body() -> BoxedStrategy<Value> {
    let broken = option::weighted(0.04, select(&["status", "stateToken", "_links", "_embedded", "expiresAt"][..]));
    let flags = (proptest::bool::weighted(0.9), proptest::bool::weighted(0.8), any::<bool>(), any::<bool>());
    let links = any_links(&RELATIONS, &NEXT);
    (any_status(), any_embedded(), links, any_words(), flags, broken)
        .prop_map(|((status, next), embedded, mut links, mut body, (has_token, usual, newer_name, by_type), broken)| {
            if usual && !next.is_empty() && !links["next"].is_null() {
                let link = if links["next"].is_array() { &mut links["next"][0] } else { &mut links["next"] };
                link["name"] = json!(next);
            }
            body["status"] = json!(status);
            body["_embedded"] = embedded_of(status, embedded, newer_name, by_type);
            body["_links"] = links;
            if has_token {
                let token = match (status, next) {
                    ("SUCCESS", _) => "sessionToken",
                    ("RECOVERY", "recovery") => "recoveryToken",
                    _ => "stateToken",
                };
                body[token] = json!("");
            }
            if let Some(member) = broken {
                body[member] = json!(7);
            }
            body
        })
        .boxed()
}
