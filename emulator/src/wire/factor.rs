//! A factor as it stands in a list: to be proved, or to be enrolled.

use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        factor::{Factor, Held, masked_address},
        kind::Kind,
        policy::{EnrollPolicy, Enrollment},
        push::Platform,
        security_key::SecurityKey,
        user::User,
    },
    wire::{Members, link},
};

/// The factor itself, without what can be done with it.
pub(super) fn plain(user: &User, factor: &Factor) -> Members {
    unnamed(factor).with_some("profile", profile(user, factor))
}

/// The same before it is known whose phone it will be on.
pub(super) fn unnamed(factor: &Factor) -> Members {
    Members::default()
        .with("id", factor.id.clone())
        .with("factorType", factor.kind.factor_type())
        .with("provider", factor.kind.provider())
        .with("vendorName", vendor(factor.kind, factor.vendor.as_deref()))
}

/// An item of the list of factors that can be proved. Okta Verify can be kept from showing whose
/// it is.
pub(super) fn to_verify(org: &Org, user: &User, factor: &Factor, hidden: bool) -> Value {
    let verify = json!({ "verify": link::factor(org, &factor.id, "verify") });
    let item = plain(user, factor).with("_links", verify);
    match factor.kind {
        Kind::Push | Kind::OktaTotp if hidden => item.with("profile", json!({})).into(),
        _ => item.into(),
    }
}

/// An item of the list of factors that can be enrolled, or are.
pub(super) fn to_enroll(org: &Org, user: &User, policy: &EnrollPolicy, kind: Kind, enrollment: Enrollment) -> Value {
    let enrolled = user.factors.iter().find(|factor| factor.kind == kind);
    let (count, maximum) = (user.count(kind), policy.maximum(kind));
    let mut links = Members::default();
    if count < maximum && kind != Kind::Hotp {
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
            .with("vendorName", vendor(kind, None)),
    };
    let several =
        (maximum > 1).then(|| json!({ "enrollment": { "enrolled": count, "minimum": 0, "maximum": maximum } }));
    let profiles = policy.profiles.contains(&kind).then(|| profiles(user, kind, maximum));
    item.with("status", if enrolled.is_some() { "ACTIVE" } else { "NOT_SETUP" })
        .with("enrollment", if enrollment == Enrollment::Required { "REQUIRED" } else { "OPTIONAL" })
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

/// What the org could send a code to already.
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

/// What is known of it, with whole contact points.
pub(super) fn whole_profile(user: &User, factor: &Factor) -> Option<Value> {
    match &factor.held {
        Held::Phone(phone) => Some(
            Members::default()
                .with("phoneNumber", phone.number.clone())
                .with_some("phoneExtension", phone.extension.clone())
                .into(),
        ),
        Held::Mailbox => Some(json!({ "email": user.profile.email })),
        _ => profile(user, factor),
    }
}

/// What is known of it, as far as others may see it.
fn profile(user: &User, factor: &Factor) -> Option<Value> {
    match &factor.held {
        Held::Question(question) => Some(json!({ "question": question.key, "questionText": question.text })),
        Held::Phone(phone) => Some(
            Members::default()
                .with("phoneNumber", phone.masked())
                .with_some("phoneExtension", phone.extension.clone())
                .into(),
        ),
        Held::Mailbox => Some(json!({ "email": masked_address(&user.profile.email) })),
        Held::Totp(_) => Some(json!({ "credentialId": user.profile.login })),
        Held::Token(token) => Some(json!({ "credentialId": token.credential_id })),
        Held::App(app) => {
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
            }))
        }
        Held::Key(key) => key.as_deref().map(|key| match key {
            SecurityKey::Webauthn(_) => json!({ "credentialId": key.id(), "authenticatorName": "Security key" }),
            SecurityKey::U2f(u2f) => json!({ "credentialId": key.id(), "appId": u2f.app_id, "version": "U2F_V2" }),
        }),
        Held::Account { name } if factor.kind == Kind::Duo => Some(json!({ "credentialId": name })),
        Held::Account { name } if factor.kind != Kind::ClaimsProvider => Some(json!({ "user": name })),
        Held::Account { .. } | Held::Password => None,
    }
}
