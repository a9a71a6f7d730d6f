//! JSON of a factor in the management API: with status, dates and unmasked contact points.

use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        policy::{EnrollPolicy, Requirement},
        push::{Push, PushResult},
        transaction::{Awaited, PendingEnrollment},
        user::User,
    },
    wire::{Members, challenge, factor, link},
};

fn at(user: &User, path: &str) -> String {
    format!("/api/v1/users/{}/{path}", user.id)
}

fn of(user: &User, factor: &Factor, path: &str) -> String {
    at(user, &format!("factors/{}{path}", factor.id))
}

/// An active factor.
pub(crate) fn active(org: &Org, user: &User, factor: &Factor) -> Value {
    let own = link::with_methods(org, &of(user, factor, ""), &["GET", "DELETE"]);
    let links = Members::default().with("self", own).with("user", of_user(org, user));
    let links = if factor.kind == Kind::Question {
        links.with("questions", link::get(org, &at(user, "factors/questions")))
    } else {
        links.with("verify", link::post(org, &of(user, factor, "/verify")))
    };
    described(user, factor, "ACTIVE").with("_links", links).into()
}

/// A pending enrollment.
pub(crate) fn pending(org: &Org, user: &User, enrollment: &PendingEnrollment) -> Value {
    let PendingEnrollment { factor, awaited, .. } = enrollment;
    let mut links = Members::default()
        .with("self", link::get(org, &of(user, factor, "")))
        .with("user", of_user(org, user))
        .with("activate", link::post(org, &of(user, factor, "/lifecycle/activate")));
    if matches!(factor.kind, Kind::Sms | Kind::Call | Kind::Email) {
        let resend = link::named(factor.kind.factor_type(), link::post(org, &of(user, factor, "/resend")));
        links = links.with("resend", json!([resend]));
    }
    let mut shown = described(user, factor, "PENDING_ACTIVATION");
    let activation = match awaited {
        Awaited::NewApp(_) => {
            links = links.with("poll", link::post(org, &of(user, factor, "/lifecycle/activate/poll")));
            Some(waiting(org, user, enrollment))
        }
        Awaited::Code { qr } => challenge::totp(org, user, factor, qr.as_deref()).map(|activation| {
            let mut activation = activation;
            if let Some(members) = activation.as_object_mut() {
                members.insert("factorResult".to_owned(), "WAITING".into());
            }
            activation
        }),
        Awaited::Signature { challenge } => Some(challenge::new_key(org, user, factor.kind, challenge)),
        _ => None,
    };
    if let Some(activation) = activation {
        shown = shown.with("_embedded", json!({ "activation": activation }));
    }
    shown.with("_links", links).into()
}

/// The state of an Okta Verify enrollment.
pub(crate) fn waiting(org: &Org, user: &User, enrollment: &PendingEnrollment) -> Value {
    let factor = &enrollment.factor;
    let Awaited::NewApp(app) = &enrollment.awaited else { return Value::Null };
    let activate = |path: &str| link::post(org, &of(user, factor, &format!("/lifecycle/activate{path}")));
    if app.timed_out {
        return json!({ "factorResult": "TIMEOUT", "_links": { "activate": activate("") } });
    }
    let send = json!([link::named("email", activate("/email")), link::named("sms", activate("/sms"))]);
    json!({
        "expiresAt": app.expires.iso(),
        "factorResult": "WAITING",
        "_links": {
            "poll": activate("/poll"),
            "qrcode": challenge::picture(org, user, factor, &app.qr),
            "send": send,
        },
    })
}

/// The challenge of a security key.
pub(crate) fn key_challenge(org: &Org, user: &User, factor: &Factor, challenge: &str) -> Value {
    let challenge = challenge::signature(org, factor.kind, challenge);
    begun(org, user, factor).with("_embedded", json!({ "challenge": challenge })).into()
}

/// The response to a code that was sent.
pub(crate) fn challenged(org: &Org, user: &User, factor: &Factor) -> Value {
    begun(org, user, factor).into()
}

fn begun(org: &Org, user: &User, factor: &Factor) -> Members {
    Members::default().with("factorResult", "CHALLENGE").with_some("profile", factor::whole_profile(user, factor)).with(
        "_links",
        json!({
            "verify": link::post(org, &of(user, factor, "/verify")),
            "factor": link::with_methods(org, &of(user, factor, ""), &["GET", "DELETE"]),
        }),
    )
}

/// The state of a push.
pub(crate) fn pushed(org: &Org, user: &User, factor: &Factor, push: &Push, id: &str) -> Value {
    let result = match push.answer {
        PushResult::Waiting => "WAITING",
        PushResult::Approved => "SUCCESS",
        PushResult::Rejected | PushResult::UpgradeRequired => "REJECTED",
        PushResult::TimedOut => "TIMEOUT",
    };
    let path = of(user, factor, &format!("/transactions/{id}"));
    if push.answer != PushResult::Waiting {
        let verify = link::post(org, &of(user, factor, "/verify"));
        return json!({ "factorResult": result, "_links": { "verify": verify } });
    }
    json!({
        "factorResult": result,
        "expiresAt": push.sent_at.after(crate::org::push::LIFE).iso(),
        "_links": {
            "poll": link::get(org, &path),
            "cancel": link::with_methods(org, &path, &["DELETE"]),
        },
    })
}

/// An item of the catalog.
pub(crate) fn offered(org: &Org, user: &User, policy: &EnrollPolicy, kind: Kind) -> Value {
    let wanted = policy.factors.iter().find(|(one, _)| *one == kind).map(|(_, wanted)| *wanted);
    let mut links = Members::default().with("enroll", link::post(org, &at(user, "factors")));
    if kind == Kind::Question {
        links = links.with("questions", link::get(org, &at(user, "factors/questions")));
    }
    let phone = user.mobile_phone.as_ref().filter(|_| matches!(kind, Kind::Sms | Kind::Call));
    let phones = phone.map(|phone| {
        let profile = json!({ "phoneNumber": phone.number });
        json!({ "phones": [{ "id": format!("{}known", kind.prefix()), "profile": profile, "status": "ACTIVE" }] })
    });
    Members::default()
        .with("factorType", kind.factor_type())
        .with("provider", kind.provider())
        .with("vendorName", kind.provider())
        .with("enrollment", if wanted == Some(Requirement::Required) { "REQUIRED" } else { "OPTIONAL" })
        .with("status", if user.has(kind) { "ACTIVE" } else { "NOT_SETUP" })
        .with("_links", links)
        .with_some("_embedded", phones)
        .into()
}

fn of_user(org: &Org, user: &User) -> Value {
    link::get(org, &format!("/api/v1/users/{}", user.id))
}

fn described(user: &User, factor: &Factor, status: &str) -> Members {
    let known = !matches!(factor.data, FactorData::Key(None)) && (status == "ACTIVE" || factor.kind != Kind::Push);
    factor::without_profile(factor)
        .with("status", status)
        .with("created", factor.created.iso())
        .with("lastUpdated", factor.updated.iso())
        .with_some("profile", factor::whole_profile(user, factor).filter(|_| known))
}
