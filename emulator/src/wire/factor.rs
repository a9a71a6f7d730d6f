//! JSON of a factor in a list: to verify or to enroll.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        factor::{Factor, FactorData, masked_address},
        kind::Kind,
        policy::{EnrollPolicy, Requirement},
        push::Platform,
        security_key::SecurityKey,
        user::User,
    },
    wire::{Members, link},
};

/// The factor without links.
pub(super) fn plain(user: &User, factor: &Factor) -> Members {
    without_profile(factor).with_some("profile", profile(user, factor))
}

/// The factor without links and profile, for a sign-in whose user is not verified yet.
pub(super) fn without_profile(factor: &Factor) -> Members {
    Members::default()
        .with("id", factor.id.clone())
        .with("factorType", factor.kind.factor_type())
        .with("provider", factor.kind.provider())
        .with("vendorName", vendor(factor.kind, factor.vendor.as_deref()))
}

/// An item of the list of factors to verify. `hidden` leaves out the profile of Okta Verify.
pub(super) fn to_verify(org: &Org, user: &User, factor: &Factor, hidden: bool) -> Value {
    let verify = json!({ "verify": link::factor(org, &factor.id, "verify") });
    let item = plain(user, factor).with("_links", verify);
    match factor.kind {
        Kind::Push | Kind::OktaTotp if hidden => item.with("profile", json!({})).into(),
        _ => item.into(),
    }
}

/// An item of the list of factors to enroll.
pub(super) fn to_enroll(org: &Org, user: &User, policy: &EnrollPolicy, kind: Kind, enrollment: Requirement) -> Value {
    let enrolled = user.factors.iter().find(|factor| factor.kind == kind && factor.proves());
    let (count, maximum) = (user.count(kind), policy.maximum(kind));
    let mut links = Members::default();
    if count < maximum {
        links = links.with("enroll", link::post(org, &format!("{}/factors", link::AUTHN)));
        if kind == Kind::Question {
            let path = format!("/api/v1/users/{}/factors/questions", user.id);
            links = links.with("questions", link::get(org, &path));
        }
    }
    let item = match enrolled {
        Some(factor) => plain(user, factor),
        None => Members::default()
            .with("factorType", kind.factor_type())
            .with("provider", kind.provider())
            .with("vendorName", vendor(kind, kind.label().filter(|_| org.switches.recorded_shapes))),
    };
    // Of these an account can have several, and recordings have the numbers even where the policy allows one.
    let countable = matches!(kind, Kind::Push | Kind::OktaTotp | Kind::U2f | Kind::Webauthn);
    let several = (maximum > 1 || countable)
        .then(|| json!({ "enrollment": { "enrolled": count, "minimum": 0, "maximum": maximum } }));
    let profiles = policy.profiles.contains(&kind).then(|| profiles(user, kind, maximum));
    item.with("status", if enrolled.is_some() { "ACTIVE" } else { "NOT_SETUP" })
        .with("enrollment", if enrollment == Requirement::Required { "REQUIRED" } else { "OPTIONAL" })
        .with_some("policy", several)
        .with_some("profiles", profiles)
        .with_some("_embedded", contact_points(user, kind))
        .with("_links", links)
        .into()
}

fn profiles(user: &User, kind: Kind, maximum: usize) -> Value {
    let enrolled: Vec<Value> =
        user.factors.iter().filter(|factor| factor.kind == kind).map(|factor| plain(user, factor).into()).collect();
    json!([{
        "id": format!("fpr{}", kind.key()),
        "name": "Default",
        "default": true,
        "_embedded": {
            "enrolledFactors": enrolled,
            "features": [{ "type": "adoption", "cardinality": { "min": 0, "max": maximum } }],
        },
    }])
}

/// Contact points of the user that can receive a code.
fn contact_points(user: &User, kind: Kind) -> Option<Value> {
    let point =
        |profile: Value| json!([{ "id": format!("{}known", kind.prefix()), "profile": profile, "status": "ACTIVE" }]);
    match kind {
        Kind::Sms | Kind::Call => {
            let phone = user.mobile_phone.as_ref()?;
            Some(json!({ "phones": point(json!({ "phoneNumber": phone.masked() })) }))
        }
        Kind::Email => Some(json!({ "emails": point(json!({ "email": masked_address(&user.profile.email) })) })),
        _ => None,
    }
}

fn vendor(kind: Kind, named: Option<&str>) -> String {
    named.unwrap_or(kind.provider()).to_owned()
}

/// The profile, with unmasked contact points.
pub(super) fn whole_profile(user: &User, factor: &Factor) -> Option<Value> {
    match &factor.data {
        FactorData::Phone(phone) => Some(
            Members::default()
                .with("phoneNumber", phone.number.clone())
                .with_some("phoneExtension", phone.extension.clone())
                .into(),
        ),
        FactorData::Mailbox => Some(json!({ "email": user.profile.email })),
        _ => profile(user, factor),
    }
}

/// Stands for the public key of an app.
fn app_key(factor: &Factor) -> String {
    BASE64.encode(factor.id.as_bytes())
}

/// The profile, with masked contact points.
fn profile(user: &User, factor: &Factor) -> Option<Value> {
    match &factor.data {
        FactorData::Question(question) => Some(json!({ "question": question.key, "questionText": question.text })),
        FactorData::Phone(phone) => Some(
            Members::default()
                .with("phoneNumber", phone.masked())
                .with_some("phoneExtension", phone.extension.clone())
                .into(),
        ),
        FactorData::Mailbox => Some(json!({ "email": masked_address(&user.profile.email) })),
        FactorData::Totp(_) => Some(json!({ "credentialId": user.profile.login })),
        FactorData::Token(token) => Some(json!({ "credentialId": token.credential_id })),
        FactorData::App(app) => {
            let (platform, device_type) = match app.platform {
                Platform::Ios => ("IOS", "SmartPhone_IPhone"),
                Platform::Android => ("ANDROID", "SmartPhone_Android"),
            };
            Some(json!({
                "credentialId": user.profile.login,
                "deviceType": device_type,
                "name": app.device_name,
                "platform": platform,
                "version": "9.0",
                // The key of the app, which nothing here uses.
                "keys": [{ "kty": "PKIX", "use": "sig", "kid": "default", "x5c": [app_key(factor)] }],
            }))
        }
        FactorData::Key(key) => key.as_deref().map(|key| match key {
            SecurityKey::Webauthn(_) => json!({ "credentialId": key.id(), "authenticatorName": "Security key" }),
            SecurityKey::U2f(u2f) => json!({ "credentialId": key.id(), "appId": u2f.app_id, "version": "U2F_V2" }),
        }),
        FactorData::Account { name } if factor.kind == Kind::Duo => Some(json!({ "credentialId": name })),
        FactorData::Account { name } if factor.kind != Kind::ClaimsProvider => Some(json!({ "user": name })),
        FactorData::Account { .. } | FactorData::Password => None,
    }
}
