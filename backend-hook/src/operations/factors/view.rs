//! The JSON of a factor for the browser: masked contact points, and only the members listed here. Pure functions.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    mask,
    org::factors::{Factor, Profile},
};

/// A factor.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FactorView {
    id: String,
    factor_type: String,
    provider: String,
    status: String,
    profile: Profile,
    counts_as_proof: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation: Option<Activation>,
}

/// The data for activating a factor.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Activation {
    App(App),
    Key(Box<Key>),
}

/// An authenticator app.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct App {
    shared_secret: String,
    qr_code: Option<String>,
    time_step: u32,
    key_length: u32,
}

impl std::fmt::Debug for App {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("App(..)")
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrgsApp {
    shared_secret: String,
    // A number in some responses, a string in others.
    #[serde(default)]
    time_step: Value,
    #[serde(default)]
    key_length: Value,
}

/// Options for creating a security key.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Key {
    challenge: String,
    user: User,
    #[serde(skip_serializing_if = "Option::is_none")]
    rp: Option<Party>,
    pub_key_cred_params: Vec<Algorithm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exclude_credentials: Option<Vec<Excluded>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authenticator_selection: Option<Selection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attestation: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    name: String,
    display_name: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Party {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Algorithm {
    #[serde(rename = "type")]
    kind: String,
    alg: i64,
}

#[derive(Debug, Deserialize, Serialize)]
struct Excluded {
    #[serde(rename = "type")]
    kind: String,
    id: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_verification: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    require_resident_key: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authenticator_attachment: Option<String>,
}

/// The challenge of a security key.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Challenge {
    challenge: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_verification: Option<String>,
}

/// A factor without its activation data, which is returned only when it is created.
pub(super) fn listed(factor: &Factor, counts_as_proof: bool) -> FactorView {
    FactorView {
        id: factor.id.clone(),
        factor_type: factor.factor_type.clone(),
        provider: factor.provider.clone(),
        status: factor.status.clone(),
        profile: factor.profile.as_ref().map(masked).unwrap_or_default(),
        counts_as_proof,
        activation: None,
    }
}

/// A new factor, with the image of its QR code.
pub(super) fn created(factor: &Factor, picture: Option<&[u8]>) -> Option<FactorView> {
    let mut shown = listed(factor, false);
    let activation = factor.embedded.as_ref().and_then(|embedded| embedded.activation.as_ref());
    shown.activation = match (factor.factor_type.as_str(), activation) {
        ("webauthn", Some(activation)) => Some(Activation::Key(Box::new(read(activation)?))),
        ("token:software:totp", Some(activation)) => {
            let app: OrgsApp = read(activation)?;
            Some(Activation::App(App {
                shared_secret: app.shared_secret,
                qr_code: picture.and_then(data_url),
                time_step: number(&app.time_step).unwrap_or(30),
                key_length: number(&app.key_length).unwrap_or(6),
            }))
        }
        _ => None,
    };
    Some(shown)
}

/// The challenge of a security key.
pub(super) fn challenge(challenge: &Value) -> Option<Challenge> {
    read(challenge)
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_u64().and_then(|number| number.try_into().ok()),
    }
}

/// The image as a data URL, if it starts like a PNG.
fn data_url(picture: &[u8]) -> Option<String> {
    picture.starts_with(b"\x89PNG\r\n\x1a\n").then(|| format!("data:image/png;base64,{}", BASE64.encode(picture)))
}

fn masked(profile: &Profile) -> Profile {
    Profile {
        phone_number: profile.phone_number.as_deref().map(mask::phone),
        phone_extension: profile.phone_extension.as_ref().map(|_| "XXX".to_owned()),
        email: profile.email.as_deref().map(mask::email),
        ..profile.clone()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn factor(value: Value) -> Factor {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn contact_points_are_masked_and_links_removed() {
        let factor = factor(json!({
            "id": "clf1", "factorType": "call", "provider": "OKTA", "vendorName": "OKTA", "status": "ACTIVE",
            "profile": { "phoneNumber": "+14155554259", "phoneExtension": "1234", "email": "bob@example.com",
                         "answer": "Blue Bear" },
            "_links": { "self": { "href": "https://example.okta.com/api/v1/users/00u1/factors/clf1" } },
        }));
        let expected = json!({
            "id": "clf1", "factorType": "call", "provider": "OKTA", "status": "ACTIVE",
            "profile": { "phoneNumber": "+1 XXX-XXX-4259", "phoneExtension": "XXX", "email": "b...b@example.com" },
            "countsAsProof": true,
        });
        assert_eq!(serde_json::to_value(listed(&factor, true)).unwrap(), expected);
    }

    #[test]
    fn an_apps_secret_is_returned_at_enrollment_and_not_in_lists() {
        let factor = factor(json!({
            "id": "uft1", "factorType": "token:software:totp", "provider": "GOOGLE", "status": "PENDING_ACTIVATION",
            "profile": { "credentialId": "bob@example.com" },
            "_embedded": { "activation": { "timeStep": "30", "sharedSecret": "UNEAPF65QJPOTJ2P", "keyLength": 6,
                           "_links": { "qrcode": { "href": "https://x/qr" } } } },
        }));
        assert_eq!(factor.qr_code(), Some("https://x/qr"));
        assert!(!serde_json::to_string(&listed(&factor, true)).unwrap().contains("UNEA"));
        let created = |picture| serde_json::to_value(created(&factor, picture).unwrap()).unwrap()["activation"].take();
        let expected = json!({ "sharedSecret": "UNEAPF65QJPOTJ2P", "qrCode": null, "timeStep": 30, "keyLength": 6 });
        assert_eq!(created(Some(b"<svg onload=alert(1)>")), expected);
        let png = created(Some(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(png["qrCode"], "data:image/png;base64,iVBORw0KGgo=");
    }

    #[test]
    fn key_options_contain_the_supported_members() {
        let factor = factor(json!({
            "id": "fwf1", "factorType": "webauthn", "provider": "FIDO", "status": "PENDING_ACTIVATION",
            "_embedded": { "activation": {
                "challenge": "abc", "rp": { "name": "Rain Cloud" }, "attestation": "direct",
                "user": { "id": "00u1", "name": "bob@example.com", "displayName": "Bob" },
                "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }], "excludeCredentials": [],
                "authenticatorSelection": { "userVerification": "preferred", "requireResidentKey": false },
                "u2fParams": { "appid": "https://example.okta.com" } } },
        }));
        let shown = serde_json::to_value(created(&factor, None).unwrap()).unwrap();
        let mut expected = factor.embedded.unwrap().activation.unwrap();
        expected.as_object_mut().unwrap().remove("u2fParams");
        assert_eq!(shown["activation"], expected);
        assert_eq!(
            serde_json::to_value(challenge(&json!({ "challenge": "x", "extensions": {} }))).unwrap(),
            json!({ "challenge": "x" })
        );
    }
}
