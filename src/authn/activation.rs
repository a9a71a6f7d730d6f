//! What a factor in work carries in `_embedded` (contract 1.9 to 1.12): the key of an authenticator app,
//! the links of a push enrolment, a number to tap, a Duo frame, a WebAuthn ceremony. Never here: whether
//! the person has done it.

use super::links::{Link, Links};
use super::secret::{DuoSignature, SharedSecret};
use super::timestamp::{Millis, date};
use super::webauthn::Ceremony;
use super::wire::{Decoded, Value};

/// What an enrolment in work hands out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activation {
    /// The seed to type where no camera helps.
    pub shared_secret: Option<SharedSecret>,
    /// The same as an image.
    pub qrcode: Option<Link>,
    /// End of the image's life.
    pub expires_at: Option<Millis>,
    /// Ways to send the activation to a phone: `email`, `sms`.
    pub send: Vec<Link>,
    /// Duo's frame.
    pub duo: Option<Duo>,
    /// What an authenticator is asked.
    pub ceremony: Option<Ceremony>,
    /// Windows Hello before WebAuthn: browsers have dropped it.
    pub is_legacy: bool,
}

impl Activation {
    pub(super) fn read(value: &Value) -> Decoded<Self> {
        let links = Links::of(value)?;
        Ok(Self {
            shared_secret: value.optional("sharedSecret", Value::text)?.map(SharedSecret::new),
            qrcode: links.get("qrcode").cloned(),
            expires_at: value.optional("expiresAt", date)?,
            send: links.all("send").to_vec(),
            duo: Duo::read(value, &links)?,
            ceremony: Ceremony::create(value)?,
            is_legacy: is_legacy(value),
        })
    }
}

/// What a challenge in work asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Challenge {
    /// The number to tap on the phone. 0 is one.
    pub correct_answer: Option<u32>,
    /// Duo's frame.
    pub duo: Option<Duo>,
    /// What an authenticator is asked.
    pub ceremony: Option<Ceremony>,
    /// Windows Hello before WebAuthn: browsers have dropped it.
    pub is_legacy: bool,
}

impl Challenge {
    /// Reads the `_embedded` member of the factor in work, or of the transaction when it is verified by
    /// type. `credentials` are the ids an authenticator may answer with.
    pub(super) fn read(embedded: &Value, credentials: &[String]) -> Decoded<Self> {
        let mut challenge = embedded
            .optional("challenge", |value| {
                Ok(Self {
                    correct_answer: value.optional("correctAnswer", Value::count)?,
                    duo: None,
                    ceremony: Ceremony::get(value, credentials)?,
                    is_legacy: is_legacy(value),
                })
            })?
            .unwrap_or_default();
        challenge.duo = embedded.optional("verification", |value| Duo::read(value, &Links::of(value)?))?.flatten();
        Ok(challenge)
    }
}

/// WebAuthn speaks of a `challenge`, its forerunner of a `nonce` (contract 1.11).
fn is_legacy(value: &Value) -> bool {
    value.get("challenge").is_none() && value.get("nonce").is_some()
}

/// Duo's frame (contract 1.12).
#[derive(Clone, Debug, PartialEq)]
pub struct Duo {
    /// Duo's host for this org.
    pub host: String,
    /// What Duo is asked to sign.
    pub signature: DuoSignature,
    /// Duo's own script, served by the org.
    pub script: Link,
    /// Where its answer goes.
    pub complete: Link,
}

impl Duo {
    fn read(value: &Value, links: &Links) -> Decoded<Option<Self>> {
        let host = value.optional("host", Value::text)?;
        let signature = value.optional("signature", Value::text)?.map(DuoSignature::new);
        let links = (links.get("script").cloned(), links.get("complete").cloned());
        Ok(match (host, signature, links) {
            (Some(host), Some(signature), (Some(script), Some(complete))) => {
                Some(Self { host, signature, script, complete })
            }
            _ => None,
        })
    }
}
