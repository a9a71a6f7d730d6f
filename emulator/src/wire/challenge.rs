//! JSON of a challenge and of an enrollment: factor, state, links.

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use serde_json::{Value, json};

use super::transaction::Parts;
use crate::{
    authn::{duo, verify::can_be_resent},
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        push::{Push, PushResult},
        security_key::SecurityKey,
        totp::TotpDevice,
        transaction::{Awaited, NewApp},
        user::User,
    },
    time::Timestamp,
    wire::{Members, factor, link},
};

const DUO_SCRIPT: &str = "/js/sections/duo/Duo-Web-v2.js";

/// A challenge to one factor.
pub(super) fn of_factor(org: &Org, who: &User, item: &Factor, awaited: &Awaited, mut parts: Parts) -> Parts {
    let at = |path: &str| link::factor(org, &item.id, path);
    let mut plain = factor::plain(who, item);
    let next = match awaited {
        Awaited::Push(push) => {
            parts.top_level = push_result(push, parts.top_level);
            if let (Some(numbers), PushResult::Waiting, true) = (push.numbers, push.answer, push.shown) {
                plain = plain.with("_embedded", json!({ "challenge": { "correctAnswer": numbers.correct } }));
            }
            // Who asks for the state does not learn that it was approved: a poll does.
            let is_polled = matches!(push.answer, PushResult::Waiting | PushResult::Approved);
            link::named(if is_polled { "poll" } else { "verify" }, at("verify"))
        }
        Awaited::Signature { challenge } => {
            if item.kind == Kind::Webauthn {
                parts.top_level = parts.top_level.with("challengeType", "FACTOR");
                if !org.switches.recorded_shapes {
                    parts.top_level = parts.top_level.with("factorResult", "CHALLENGE");
                }
            }
            plain = plain.with("_embedded", json!({ "challenge": signature(org, item.kind, challenge) }));
            link::named("verify", at("verify"))
        }
        Awaited::Duo { nonce, expires, .. } => {
            parts.top_level = parts.top_level.with("factorResult", "WAITING");
            plain = plain.with("_embedded", json!({ "verification": duo_frame(org, item, nonce, *expires) }));
            link::named("poll", at("verify"))
        }
        Awaited::Return { key, failed } => {
            parts.top_level = returned(failed.as_deref(), parts.top_level);
            link::named("redirect", link::get(org, &provider(item.kind, key)))
        }
        Awaited::Code { .. } | Awaited::NewApp(_) => link::named("verify", at("verify")),
    };
    if can_be_resent(item.kind) {
        let name = item.kind.factor_type();
        parts.links = parts.links.with("resend", json!([link::named(name, at("verify/resend"))]));
    }
    parts.embedded = parts.embedded.with("factor", plain);
    parts.links = parts.links.with("next", next);
    parts
}

/// A challenge for any factor of a type.
pub(super) fn of_type<'a>(
    org: &Org,
    who: &User,
    factor_type: &str,
    factors: impl Iterator<Item = &'a Factor>,
    awaited: &Awaited,
    mut parts: Parts,
) -> Parts {
    let factors: Vec<&Factor> = factors.collect();
    let kind = factors.first().map_or(Kind::Webauthn, |item| item.kind);
    let items: Vec<Value> = factors.iter().map(|item| factor::plain(who, item).into()).collect();
    parts.top_level = parts
        .top_level
        .with("factorResult", "CHALLENGE")
        .with("challengeType", "FACTOR_TYPE")
        .with("factorType", factor_type);
    parts.embedded = parts.embedded.with("factors", items);
    if let Awaited::Signature { challenge } = awaited {
        parts.embedded = parts.embedded.with("challenge", signature(org, kind, challenge));
    }
    parts.links = parts.links.with("next", link::named("verify", link::factor(org, factor_type, "verify")));
    parts
}

/// An enrollment.
pub(super) fn of_enrollment(org: &Org, who: &User, item: &Factor, awaited: &Awaited, mut parts: Parts) -> Parts {
    let at = |path: &str| link::factor(org, &item.id, path);
    let activate = link::named("activate", at("lifecycle/activate"));
    let (activation, next) = match awaited {
        Awaited::Code { qr } => (totp(org, who, item, qr.as_deref()), activate),
        Awaited::NewApp(app) => {
            parts.top_level = parts.top_level.with("factorResult", if app.timed_out { "TIMEOUT" } else { "WAITING" });
            let next = if app.timed_out { activate } else { link::named("poll", at("lifecycle/activate/poll")) };
            (Some(new_app(org, who, item, app)), next)
        }
        Awaited::Signature { challenge } => (Some(new_key(org, who, item.kind, challenge)), activate),
        Awaited::Duo { nonce, expires, .. } => {
            parts.top_level = parts.top_level.with("factorResult", "WAITING");
            (Some(duo_frame(org, item, nonce, *expires)), link::named("poll", at("lifecycle/activate/poll")))
        }
        Awaited::Return { key, failed } => {
            parts.top_level = returned(failed.as_deref(), parts.top_level);
            (None, link::named("activate", link::get(org, &provider(item.kind, key))))
        }
        Awaited::Push(_) => (None, activate),
    };
    if matches!(item.kind, Kind::Sms | Kind::Call | Kind::Email) {
        let name = item.kind.factor_type();
        parts.links = parts.links.with("resend", json!([link::named(name, at("lifecycle/resend"))]));
    }
    let embedded = activation.map(|activation| json!({ "activation": activation }));
    let plain = match awaited {
        Awaited::NewApp(_) => factor::without_profile(item),
        _ => factor::plain(who, item),
    };
    parts.embedded = parts.embedded.with("factor", plain.with_some("_embedded", embedded));
    parts.links = parts.links.with("next", next);
    parts
}

fn push_result(push: &Push, top_level: Members) -> Members {
    match push.answer {
        PushResult::Waiting | PushResult::Approved => top_level.with("factorResult", "WAITING"),
        PushResult::Rejected => top_level.with("factorResult", "REJECTED"),
        PushResult::TimedOut => top_level.with("factorResult", "TIMEOUT"),
        PushResult::UpgradeRequired => {
            top_level.with("factorResult", "REJECTED").with("factorResultMessage", "OKTA_VERIFY_UPGRADE_REQUIRED")
        }
    }
}

fn returned(failed: Option<&str>, top_level: Members) -> Members {
    match failed {
        Some(message) => top_level.with("factorResult", "FAILED").with("factorResultMessage", message),
        None => top_level,
    }
}

fn provider(kind: Kind, key: &str) -> String {
    match kind {
        Kind::Saml => format!("/policy/mfa-saml-idp-redirect?okta_key={key}"),
        Kind::Oidc => format!("/policy/mfa-oidc-idp-redirect?okta_key={key}"),
        _ => format!("/sso/idps/0oaclaimsprovider0000?okta_key={key}"),
    }
}

pub(super) fn signature(org: &Org, kind: Kind, challenge: &str) -> Value {
    if kind == Kind::U2f || org.switches.windows_hello {
        return json!({ "nonce": challenge, "timeoutSeconds": 20 });
    }
    json!({ "challenge": challenge, "userVerification": "preferred", "extensions": {} })
}

pub(super) fn new_key(org: &Org, who: &User, kind: Kind, challenge: &str) -> Value {
    if kind == Kind::U2f {
        return json!({
            "version": "U2F_V2",
            "appId": org.page().unwrap_or(&org.base),
            "nonce": challenge,
            "timeoutSeconds": 20,
        });
    }
    if org.switches.windows_hello {
        return json!({ "algorithm": "RSA", "rpDisplayName": org.name, "nonce": challenge, "timeoutSeconds": 20 });
    }
    let known: Vec<Value> = who
        .factors
        .iter()
        .filter_map(|factor| match &factor.data {
            FactorData::Key(Some(key)) => match &**key {
                SecurityKey::Webauthn(key) => Some(BASE64URL_NOPAD.encode(&key.cred_id)),
                SecurityKey::U2f(_) => None,
            },
            _ => None,
        })
        .map(|id| json!({ "type": "public-key", "id": id }))
        .collect();
    json!({
        "attestation": "direct",
        "authenticatorSelection": { "userVerification": "preferred", "requireResidentKey": false },
        "challenge": challenge,
        "excludeCredentials": known,
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }, { "type": "public-key", "alg": -257 }],
        "rp": { "name": org.name },
        "u2fParams": { "appid": org.base },
        "user": {
            "id": who.id,
            "name": who.profile.login,
            "displayName": format!("{} {}", who.profile.first_name, who.profile.last_name),
        },
    })
}

fn duo_frame(org: &Org, item: &Factor, nonce: &str, expires: Option<Timestamp>) -> Value {
    let links = json!({
        "complete": link::factor(org, &item.id, "lifecycle/duoCallback"),
        "script": link::data(org, DUO_SCRIPT, "text/javascript; charset=utf-8"),
    });
    // A host without its scheme, as the script takes it.
    let host = org.base.split_once("://").map_or(&*org.base, |(_, host)| host);
    Members::default()
        .with("host", host)
        .with("signature", duo::request(nonce))
        .with("factorResult", "WAITING")
        .with_some("expiresAt", expires.map(Timestamp::iso))
        .with("_links", links)
        .into()
}

pub(super) fn picture(org: &Org, who: &User, item: &Factor, name: &str) -> Value {
    link::data(org, &format!("/api/v1/users/{}/factors/{}/qr/{name}", who.id, item.id), "image/png")
}

pub(super) fn totp(org: &Org, who: &User, item: &Factor, qr: Option<&str>) -> Option<Value> {
    let FactorData::Totp(device) = &item.data else { return None };
    let links = qr.map(|qr| json!({ "qrcode": picture(org, who, item, qr) }));
    let activation = Members::default()
        .with("timeStep", TotpDevice::STEP)
        .with("sharedSecret", BASE32_NOPAD.encode(&device.secret))
        .with("encoding", "base32")
        .with("keyLength", 6)
        .with_some("_links", links);
    Some(activation.into())
}

fn new_app(org: &Org, who: &User, item: &Factor, app: &NewApp) -> Value {
    let at = |path: &str| link::factor(org, &item.id, path);
    let send =
        json!(
            [link::named("email", at("lifecycle/activate/email")), link::named("sms", at("lifecycle/activate/sms")),]
        );
    if app.timed_out {
        let links = json!({ "activate": at("lifecycle/activate"), "send": send });
        return json!({ "factorResult": "TIMEOUT", "_links": links });
    }
    let links = json!({ "qrcode": picture(org, who, item, &app.qr), "send": send });
    json!({ "expiresAt": app.expires.iso(), "factorResult": "WAITING", "_links": links })
}
