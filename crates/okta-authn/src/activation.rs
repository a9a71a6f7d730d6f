//! What a factor in work carries in `_embedded` (docs/authn-api.md#factors to #duo): the key of an authenticator app,
//! the links of a push enrolment, a number to tap, a Duo frame, a WebAuthn ceremony. Not here: whether
//! the person has done it.

use super::links::{Link, Links};
use super::reader::Reader;
use super::secret::{DuoSignature, SharedSecret};
use super::timestamp::Millis;
use super::webauthn::Ceremony;

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
    pub(super) fn read(activation: &Reader) -> Option<Self> {
        let links = Links::readable(activation);
        activation.is_object().then(|| Self {
            shared_secret: activation.at("sharedSecret").text().map(SharedSecret::new),
            qrcode: links.get("qrcode").cloned(),
            expires_at: activation.at("expiresAt").date(),
            send: links.all("send").to_vec(),
            duo: Duo::read(activation, &links),
            ceremony: Ceremony::create(activation),
            is_legacy: is_legacy(activation),
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
    pub(super) fn read(embedded: &Reader, credentials: &[String]) -> Self {
        let (challenge, verification) = (embedded.at("challenge"), embedded.at("verification"));
        Self {
            correct_answer: challenge.at("correctAnswer").count(),
            duo: Duo::read(&verification, &Links::readable(&verification)),
            ceremony: Ceremony::get(&challenge, credentials),
            is_legacy: is_legacy(&challenge),
        }
    }
}

/// WebAuthn speaks of a `challenge`, its forerunner of a `nonce` (docs/authn-api.md#webauthn-and-u2f).
fn is_legacy(asked: &Reader) -> bool {
    asked.at("challenge").text().is_none() && asked.at("nonce").text().is_some()
}

/// Duo's frame (docs/authn-api.md#duo).
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
    fn read(value: &Reader, links: &Links) -> Option<Self> {
        Some(Self {
            host: value.at("host").text()?,
            signature: DuoSignature::new(value.at("signature").text()?),
            script: links.get("script")?.clone(),
            complete: links.get("complete")?.clone(),
        })
    }
}
