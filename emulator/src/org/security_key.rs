//! Security keys: WebAuthn, checked by a library, and its predecessor U2F.
//!
//! Not here: the JSON of a challenge (`wire`), the choice of the key (`authn`).

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs_core::{
    WebauthnCore,
    proto::{
        AuthenticationState, COSEAlgorithm, COSEEC2Key, COSEKey, COSEKeyType, Credential, ECDSACurve,
        PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState,
    },
};

/// A registered key.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum SecurityKey {
    Webauthn(Credential),
    U2f(U2fKey),
}

/// A U2F key.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct U2fKey {
    pub(crate) handle: Vec<u8>,
    pub(crate) app_id: String,
    public: COSEKey,
    counter: u32,
}

/// Why a key was rejected. For the log only; the client receives a general error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn refused(why: impl std::fmt::Debug) -> Refused {
    Refused(format!("{why:?}"))
}

/// Decodes base64 in either alphabet, with or without padding.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let plain: String = text
        .trim_end_matches('=')
        .chars()
        .map(|letter| match letter {
            '+' => '-',
            '/' => '_',
            other => other,
        })
        .collect();
    BASE64URL_NOPAD.decode(plain.as_bytes()).ok()
}

/// The relying party of a page. Its id is the page's host, because the org sends none.
fn relying_party(name: &str, page: &str) -> Result<WebauthnCore, Refused> {
    let origin = Url::parse(page).map_err(refused)?;
    let host = origin.host_str().ok_or_else(|| refused("a page without a host"))?.to_owned();
    let timeout = std::time::Duration::from_mins(1);
    Ok(WebauthnCore::new_unsafe_experts_only(name, &host, vec![origin], timeout, None, None))
}

/// The origin in the client data.
pub(crate) fn origin(client_data: &[u8]) -> Option<String> {
    let data: Value = serde_json::from_slice(client_data).ok()?;
    data.get("origin").and_then(Value::as_str).map(str::to_owned)
}

/// The browser's response to a registration.
#[derive(Debug)]
pub(crate) struct Attestation {
    pub(crate) attestation: Vec<u8>,
    pub(crate) client_data: Vec<u8>,
}

/// The browser's response to a signature request.
#[derive(Debug)]
pub(crate) struct Assertion {
    pub(crate) client_data: Vec<u8>,
    pub(crate) authenticator_data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// Registers a new `WebAuthn` key.
pub(crate) fn register(
    org: &str,
    page: &str,
    challenge: &str,
    known: &[&Credential],
    came: &Attestation,
) -> Result<Credential, Refused> {
    let state: RegistrationState = serde_json::from_value(json!({
        "policy": "preferred",
        "exclude_credentials": known.iter().map(|key| BASE64URL_NOPAD.encode(&key.cred_id)).collect::<Vec<_>>(),
        "challenge": challenge,
        "credential_algorithms": [COSEAlgorithm::ES256, COSEAlgorithm::RS256],
        "require_resident_key": false,
        "authenticator_attachment": null,
        "extensions": {},
        "allow_synchronised_authenticators": true,
    }))
    .map_err(refused)?;
    // The id in the attestation counts.
    let registration: RegisterPublicKeyCredential = serde_json::from_value(json!({
        "id": "",
        "rawId": "",
        "type": "public-key",
        "response": {
            "attestationObject": BASE64URL_NOPAD.encode(&came.attestation),
            "clientDataJSON": BASE64URL_NOPAD.encode(&came.client_data),
        },
    }))
    .map_err(refused)?;
    relying_party(org, page)?.register_credential(&registration, &state, None).map_err(refused)
}

/// Checks a WebAuthn signature and updates the counter.
pub(crate) fn authenticate(
    org: &str,
    page: &str,
    challenge: &str,
    key: &mut Credential,
    came: &Assertion,
) -> Result<(), Refused> {
    let state: AuthenticationState = serde_json::from_value(json!({
        "credentials": [],
        "policy": "preferred",
        "challenge": challenge,
        "appid": null,
        "allow_backup_eligible_upgrade": true,
    }))
    .map_err(refused)?;
    // The request does not name the key that signed; all keys of the challenge are tried.
    let assertion: PublicKeyCredential = serde_json::from_value(json!({
        "id": BASE64URL_NOPAD.encode(&key.cred_id),
        "rawId": BASE64URL_NOPAD.encode(&key.cred_id),
        "type": "public-key",
        "response": {
            "authenticatorData": BASE64URL_NOPAD.encode(&came.authenticator_data),
            "clientDataJSON": BASE64URL_NOPAD.encode(&came.client_data),
            "signature": BASE64URL_NOPAD.encode(&came.signature),
            "userHandle": null,
        },
    }))
    .map_err(refused)?;
    let relying_party = relying_party(org, page)?;
    let seen = relying_party.authenticate_single_credential(&assertion, &state, key).map_err(refused)?;
    key.counter = seen.counter();
    Ok(())
}

/// Registers a U2F key. Its attestation certificate is not checked.
pub(crate) fn register_u2f(
    page: &str,
    nonce: &str,
    client_data: &[u8],
    registration: &[u8],
) -> Result<U2fKey, Refused> {
    check_u2f_client_data(client_data, "navigator.id.finishEnrollment", nonce, page)?;
    let short = || refused("the registration data broke off");
    let public: &[u8; 65] = registration.get(1..66).and_then(|part| part.try_into().ok()).ok_or_else(short)?;
    if registration.first() != Some(&5) || public.first() != Some(&4) {
        return Err(refused("not registration data"));
    }
    let length = usize::from(*registration.get(66).ok_or_else(short)?);
    let handle = registration.get(67..67 + length).ok_or_else(short)?.to_vec();
    let (x, y) = public.get(1..33).zip(public.get(33..65)).ok_or_else(short)?;
    let key = COSEEC2Key { curve: ECDSACurve::SECP256R1, x: x.to_vec(), y: y.to_vec() };
    let public = COSEKey { type_: COSEAlgorithm::ES256, key: COSEKeyType::EC_EC2(key) };
    Ok(U2fKey { handle, app_id: page.to_owned(), public, counter: 0 })
}

/// Checks a U2F signature and updates the counter.
pub(crate) fn authenticate_u2f(
    page: &str,
    nonce: &str,
    key: &mut U2fKey,
    client_data: &[u8],
    signature_data: &[u8],
) -> Result<(), Refused> {
    check_u2f_client_data(client_data, "navigator.id.getAssertion", nonce, page)?;
    let (head, signature) = signature_data.split_at_checked(5).ok_or_else(|| refused("the signature broke off"))?;
    let [presence, counter @ ..] = head else { return Err(refused("the signature broke off")) };
    if presence & 1 == 0 {
        return Err(refused("no one was there"));
    }
    let counter = counter.iter().fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte));
    let mut signed = sha256(key.app_id.as_bytes());
    signed.extend(head);
    signed.extend(sha256(client_data));
    if !key.public.verify_signature(signature, &signed).map_err(refused)? {
        return Err(refused("the signature is another one's"));
    }
    if counter <= key.counter {
        return Err(refused("the counter did not go forward"));
    }
    key.counter = counter;
    Ok(())
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    webauthn_rs_core::crypto::compute_sha256(bytes).to_vec()
}

fn check_u2f_client_data(bytes: &[u8], kind: &str, nonce: &str, page: &str) -> Result<(), Refused> {
    let data: Value = serde_json::from_slice(bytes).map_err(refused)?;
    for (member, expected) in [("typ", kind), ("challenge", nonce), ("origin", page)] {
        if data.get(member).and_then(Value::as_str) != Some(expected) {
            return Err(refused(format!("{member} is not {expected}")));
        }
    }
    Ok(())
}

impl SecurityKey {
    /// The credential id, as clients list it.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Webauthn(key) => BASE64URL_NOPAD.encode(&key.cred_id),
            Self::U2f(key) => BASE64URL_NOPAD.encode(&key.handle),
        }
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::*;

    #[test]
    fn base64_is_decoded_in_both_alphabets_and_without_padding() {
        let bytes = [0xfb, 0xff, 0xfe, 0x00];
        for text in [BASE64.encode(&bytes), BASE64URL_NOPAD.encode(&bytes), "+//+AA".to_owned()] {
            assert_eq!(decode(&text).as_deref(), Some(bytes.as_slice()), "{text}");
        }
        assert_eq!(decode("not base64!"), None);
    }
}
