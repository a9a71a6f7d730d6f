//! The caller's factors as the hook tells them, what can be set up, and what came of a challenge. Not here:
//! how a factor is proved.

use okta_authn::factor::{FactorStatus, Question};
use okta_authn::links::Links;
use okta_authn::reader::Reader;
use okta_authn::{Activation, Ceremony, Factor, SharedSecret};

/// A factor of the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrolled {
    /// What it is.
    pub factor: Factor,
    /// The address of its QR image: an image in itself, never one to be fetched.
    pub qrcode: Option<String>,
    /// Whether to prove it says who sits there: not where it was set up during this session.
    pub counts_as_proof: bool,
}

impl Enrolled {
    /// Reads one factor.
    pub fn read(factor: &Reader) -> Self {
        let activation = factor.at("activation");
        let qrcode = activation.at("qrCode").text().filter(|image| image.starts_with("data:image/png"));
        let secret = activation.at("sharedSecret").text().map(SharedSecret::new);
        let activation = activation.is_present().then(|| Activation {
            shared_secret: secret,
            ceremony: Ceremony::create(&activation),
            ..Activation::default()
        });
        let read = read_factor(factor);
        if read.id.is_none() {
            factor.at("id").report("present");
        }
        let counts_as_proof = factor.at("countsAsProof").flag() != Some(false);
        Self { factor: Factor { activation, ..read }, qrcode, counts_as_proof }
    }

    /// Reads the answer of `GET /factors`.
    pub fn list(answer: &Reader) -> Vec<Self> {
        answer.at("factors").required().each(Self::read)
    }

    /// Whether it is set up to the end.
    pub fn is_active(&self) -> bool {
        self.factor.status == Some(FactorStatus::Active)
    }
}

/// Reads the answer of `GET /factors/catalog`: what can be set up, and whether a fresh proof is needed first.
pub fn catalog(answer: &Reader) -> (Vec<Factor>, bool) {
    let proof_required = answer.at("proofRequired").flag() == Some(true);
    (answer.at("factors").required().each(read_factor), proof_required)
}

fn read_factor(factor: &Reader) -> Factor {
    let profile = factor.at("profile");
    let text = |name| profile.at(name).text();
    Factor {
        id: factor.at("id").text(),
        factor_type: factor.at("factorType").required_text(),
        provider: factor.at("provider").required_text(),
        vendor_name: None,
        status: factor.at("status").text().as_deref().map(FactorStatus::from),
        enrollment: None,
        instances: None,
        phone_number: text("phoneNumber"),
        email: text("email"),
        question_text: text("questionText").or_else(|| text("question")),
        credential_id: text("credentialId"),
        device_name: text("authenticatorName"),
        links: Links::default(),
        activation: None,
        challenge: None,
    }
}

/// Reads the answer of `GET /factors/questions`.
pub fn questions(answer: &Reader) -> Vec<Question> {
    Question::list(&answer.at("questions"))
}

/// What came of a challenge.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A code was sent; or an authenticator is asked.
    Challenge(Option<Ceremony>),
    /// A phone is asked, in this transaction.
    Waiting(String),
    /// Proved.
    Success,
    /// The person said no on the phone.
    Rejected,
    /// Nobody answered on the phone.
    Timeout,
}

impl Outcome {
    /// Reads the answer of `POST /factors/{id}/verify`, about a factor with this credential.
    pub fn read(answer: &Reader, credential: Option<&String>) -> Option<Self> {
        let challenge = answer.at("challenge");
        Some(match answer.at("result").required_text().as_str() {
            "CHALLENGE" => {
                Self::Challenge(Ceremony::get(&challenge, credential.map(std::slice::from_ref).unwrap_or_default()))
            }
            "WAITING" => Self::Waiting(answer.at("transactionId").required_text()),
            "SUCCESS" => Self::Success,
            "REJECTED" => Self::Rejected,
            "TIMEOUT" => Self::Timeout,
            _ => return answer.at("result").expected("a result"),
        })
    }
}
