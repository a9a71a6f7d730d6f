//! A factor, as it stands in a list, in a challenge and in an enrolment.

use data_encoding::BASE32_NOPAD;
use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        factor::{Factor, Held, TotpDevice, masked_address},
        kind::Kind,
        policy::Enrollment,
        user::User,
    },
    wire::{Members, link},
};

/// The factor itself, without what can be done with it.
pub(crate) fn plain(user: &User, factor: &Factor) -> Members {
    Members::default()
        .with("id", factor.id.clone())
        .with("factorType", factor.kind.factor_type())
        .with("provider", factor.kind.provider())
        .with("vendorName", vendor(factor.kind, factor.vendor.as_deref()))
        .with_some("profile", profile(user, factor))
}

/// An item of the list of factors that can be proved.
pub(crate) fn to_verify(org: &Org, user: &User, factor: &Factor) -> Value {
    let verify = json!({ "verify": link::factor(org, &factor.id, "verify") });
    plain(user, factor).with("_links", verify).into()
}

/// An item of the list of factors that can be enrolled, or are.
pub(crate) fn to_enroll(org: &Org, user: &User, kind: Kind, enrollment: Enrollment) -> Value {
    let enrolled = user.factors.iter().find(|factor| factor.kind == kind);
    let mut links = Members::default();
    if enrolled.is_none() {
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
    item.with("status", if enrolled.is_some() { "ACTIVE" } else { "NOT_SETUP" })
        .with("enrollment", if enrollment == Enrollment::Required { "REQUIRED" } else { "OPTIONAL" })
        .with("_links", links)
        .into()
}

/// A factor that is being enrolled.
pub(crate) fn in_activation(org: &Org, user: &User, factor: &Factor, qr: Option<&str>) -> Value {
    let activation = match &factor.held {
        Held::Totp(device) => Some(totp_activation(org, user, factor, device, qr)),
        _ => None,
    };
    let embedded = activation.map(|activation| json!({ "activation": activation }));
    plain(user, factor).with_some("_embedded", embedded).into()
}

fn totp_activation(org: &Org, user: &User, factor: &Factor, device: &TotpDevice, qr: Option<&str>) -> Value {
    let picture = qr.map(|qr| {
        let path = format!("/api/v1/users/{}/factors/{}/qr/{qr}", user.id, factor.id);
        json!({ "qrcode": link::data(org, &path, "image/png") })
    });
    Members::default()
        .with("timeStep", TotpDevice::STEP)
        .with("sharedSecret", BASE32_NOPAD.encode(&device.secret))
        .with("encoding", "base32")
        .with("keyLength", 6)
        .with_some("_links", picture)
        .into()
}

fn vendor(kind: Kind, named: Option<&str>) -> String {
    named.unwrap_or(kind.provider()).to_owned()
}

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
        Held::Nothing => None,
    }
}
