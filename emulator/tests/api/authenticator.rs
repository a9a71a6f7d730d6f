//! A software security key for WebAuthn and U2F. It can be made to produce wrong responses.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::PAGE;

/// A security key.
#[derive(Clone)]
pub(crate) struct SoftKey {
    pub(crate) key: SigningKey,
    pub(crate) id: Vec<u8>,
    pub(crate) counter: u32,
    /// The origin in the client data.
    pub(crate) origin: String,
    pub(crate) rp_id: String,
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

impl SoftKey {
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            id: vec![seed; 16],
            counter: 0,
            origin: PAGE.to_owned(),
            rp_id: "localhost".to_owned(),
        }
    }

    fn point(&self) -> (Vec<u8>, Vec<u8>) {
        let point = self.key.verifying_key().to_sec1_point(false);
        (point.x().unwrap().to_vec(), point.y().unwrap().to_vec())
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let signature: Signature = self.key.sign(bytes);
        signature.to_der().as_bytes().to_vec()
    }

    fn client_data(&self, kind: &str, challenge: &str) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(&self, flags: u8) -> Vec<u8> {
        let mut data = sha256(self.rp_id.as_bytes());
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The browser's response after registration.
    pub(crate) fn attest(&self, challenge: &str) -> Value {
        let (x, y) = self.point();
        let mut data = self.authenticator_data(0x45);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        json!({
            "attestation": BASE64.encode(&object),
            "clientData": BASE64.encode(&self.client_data("webauthn.create", challenge)),
            "transports": "[\"usb\"]",
            "clientExtensions": null,
        })
    }

    /// The browser's response after a signature.
    pub(crate) fn assert(&mut self, challenge: &str) -> Value {
        self.counter += 1;
        let (data, client_data) = (self.authenticator_data(0x05), self.client_data("webauthn.get", challenge));
        let mut signed = data.clone();
        signed.extend(sha256(&client_data));
        json!({
            "clientData": BASE64URL_NOPAD.encode(&client_data),
            "authenticatorData": BASE64.encode(&data),
            "signatureData": BASE64URL_NOPAD.encode(&self.sign(&signed)),
        })
    }

    fn u2f_client_data(&self, kind: &str, nonce: &str) -> Vec<u8> {
        json!({ "typ": kind, "challenge": nonce, "origin": self.origin }).to_string().into_bytes()
    }

    /// The same for U2F.
    pub(crate) fn register_u2f(&self, nonce: &str) -> Value {
        let (x, y) = self.point();
        let mut data = vec![0x05, 0x04];
        data.extend(x);
        data.extend(y);
        data.push(u8::try_from(self.id.len()).unwrap());
        data.extend(&self.id);
        json!({
            "registrationData": BASE64URL_NOPAD.encode(&data),
            "clientData": BASE64URL_NOPAD.encode(&self.u2f_client_data("navigator.id.finishEnrollment", nonce)),
        })
    }

    /// The same for U2F.
    pub(crate) fn sign_u2f(&mut self, nonce: &str) -> Value {
        self.counter += 1;
        let client_data = self.u2f_client_data("navigator.id.getAssertion", nonce);
        let mut head = vec![1];
        head.extend(self.counter.to_be_bytes());
        let mut signed = sha256(PAGE.as_bytes());
        signed.extend(&head);
        signed.extend(sha256(&client_data));
        head.extend(self.sign(&signed));
        json!({
            "clientData": BASE64URL_NOPAD.encode(&client_data),
            "signatureData": BASE64URL_NOPAD.encode(&head),
        })
    }
}
