//! Factors of a user of the org: listed, offered, enrolled, proved, removed. Numbers are whole here, so what
//! is read here is never answered as it is.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    client::{Ask, Client},
    error::OrgError,
};

/// A factor.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Factor {
    /// Its id.
    pub id: String,
    /// Its type, such as `sms`.
    pub factor_type: String,
    /// Whose it is, such as `OKTA`.
    pub provider: String,
    /// `ACTIVE`, `PENDING_ACTIVATION` and others.
    pub status: String,
    /// When it was made or changed last, as the org writes it.
    #[serde(default)]
    pub last_updated: Option<String>,
    /// What it is tied to.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// What is needed to activate it.
    #[serde(rename = "_embedded", default)]
    pub embedded: Option<Embedded>,
    #[serde(rename = "_links", default)]
    links: Option<Links>,
}

/// What a factor is tied to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
#[expect(missing_docs, reason = "the names are the org's and say it all")]
pub struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator_name: Option<String>,
}

/// What comes along with a factor.
#[derive(Clone, Debug, Deserialize)]
pub struct Embedded {
    /// What is needed to activate it.
    #[serde(default)]
    pub activation: Option<Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Links {
    /// Beside `activation` in one sample, inside in the others.
    qrcode: Option<Link>,
    poll: Option<Link>,
}

#[derive(Clone, Debug, Deserialize)]
struct Link {
    href: String,
}

/// A kind that can be enrolled.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Its type.
    pub factor_type: String,
    /// Whose it is.
    pub provider: String,
    /// `REQUIRED` or `OPTIONAL`.
    #[serde(default)]
    pub enrollment: Option<String>,
    /// `ACTIVE` if the user has one.
    #[serde(default)]
    pub status: Option<String>,
    #[serde(rename = "_embedded", default)]
    embedded: Option<OfferEmbedded>,
}

#[derive(Clone, Debug, Deserialize)]
struct OfferEmbedded {
    #[serde(default)]
    phones: Vec<Phone>,
}

#[derive(Clone, Debug, Deserialize)]
struct Phone {
    #[serde(default)]
    profile: Profile,
}

/// A question that the org offers.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Its key.
    pub question: String,
    /// Its text.
    pub question_text: String,
}

/// What a proof came to, or the start of one.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// `SUCCESS`, `CHALLENGE`, `WAITING` and others.
    pub factor_result: String,
    #[serde(rename = "_embedded", default)]
    embedded: Option<OutcomeEmbedded>,
    #[serde(rename = "_links", default)]
    links: Option<Links>,
}

#[derive(Clone, Debug, Deserialize)]
struct OutcomeEmbedded {
    #[serde(default)]
    challenge: Option<Value>,
}

impl Factor {
    /// Where its QR code is.
    pub fn qr_code(&self) -> Option<&str> {
        let inside = self.embedded.as_ref().and_then(|embedded| embedded.activation.as_ref());
        let inside = inside.and_then(|activation| activation.pointer("/_links/qrcode/href")?.as_str());
        inside.or_else(|| self.links.as_ref()?.qrcode.as_ref().map(|link| link.href.as_str()))
    }
}

impl Offer {
    /// The whole numbers on file.
    pub fn phones(&self) -> impl Iterator<Item = &str> {
        let phones = self.embedded.iter().flat_map(|embedded| &embedded.phones);
        phones.filter_map(|phone| phone.profile.phone_number.as_deref())
    }
}

impl Outcome {
    /// What a key is asked to sign.
    pub fn challenge(&self) -> Option<&Value> {
        self.embedded.as_ref()?.challenge.as_ref()
    }

    /// The name of the question that a phone was asked: the end of the address that tells how it stands.
    pub fn transaction(&self) -> Option<&str> {
        let address = &self.links.as_ref()?.poll.as_ref()?.href;
        address.rsplit('/').next().filter(|name| !name.is_empty())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Enroll<'a> {
    factor_type: &'a str,
    provider: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a Map<String, Value>>,
}

/// How a factor is enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// By a proof of whoever holds it.
    ByProof,
    /// At once, and without any message.
    AtOnce,
}

impl Client {
    /// All factors of a user, those that are being set up included.
    pub async fn factors(&self, user: &str) -> Result<Vec<Factor>, OrgError> {
        self.ask(Ask::new(Method::GET, "list factors", &["users", user, "factors"])).await
    }

    /// What a user can enrol.
    pub async fn catalog(&self, user: &str) -> Result<Vec<Offer>, OrgError> {
        self.ask(Ask::new(Method::GET, "factor catalog", &["users", user, "factors", "catalog"])).await
    }

    /// The questions that the org offers.
    pub async fn questions(&self, user: &str) -> Result<Vec<Question>, OrgError> {
        self.ask(Ask::new(Method::GET, "questions", &["users", user, "factors", "questions"])).await
    }

    /// Enrols a factor. A number that was not proved yet gives way to this one.
    pub async fn enroll(
        &self,
        user: &str,
        (factor_type, provider): (&str, &str),
        profile: Option<&Map<String, Value>>,
        activation: Activation,
    ) -> Result<Factor, OrgError> {
        let mut query = Vec::new();
        if matches!(factor_type, "sms" | "call") {
            query.push("updatePhone=true");
        }
        if activation == Activation::AtOnce {
            query.push("activate=true");
        }
        let mut ask = Ask::new(Method::POST, "enrol factor", &["users", user, "factors"]);
        if !query.is_empty() {
            ask = ask.query(&query.join("&"));
        }
        self.post(ask, &Enroll { factor_type, provider, profile }).await
    }

    /// The picture of a QR code.
    pub async fn qr_picture(&self, address: &str) -> Result<Vec<u8>, OrgError> {
        const LONGEST: usize = 64 * 1024;
        self.picture(address, LONGEST).await
    }

    /// Activates a factor by its proof.
    pub async fn activate(&self, user: &str, factor: &str, proof: &Map<String, Value>) -> Result<Factor, OrgError> {
        let path = ["users", user, "factors", factor, "lifecycle", "activate"];
        self.post(Ask::new(Method::POST, "activate factor", &path), proof).await
    }

    /// Sends the code of an enrolment again.
    pub async fn resend(&self, user: &str, factor: &Factor) -> Result<(), OrgError> {
        let profile = serde_json::to_value(&factor.profile).ok();
        let profile = profile.as_ref().and_then(Value::as_object);
        let body = Enroll { factor_type: &factor.factor_type, provider: &factor.provider, profile };
        let body = serde_json::to_vec(&body).map_err(|_| OrgError::Nonsense("a body"))?;
        let ask = Ask::new(Method::POST, "send code again", &["users", user, "factors", &factor.id, "resend"]);
        self.bytes(&ask.body(&body)).await.map(|_| ())
    }

    /// Starts a proof, or makes it.
    pub async fn verify(&self, user: &str, factor: &str, proof: &Map<String, Value>) -> Result<Outcome, OrgError> {
        self.post(Ask::new(Method::POST, "verify factor", &["users", user, "factors", factor, "verify"]), proof).await
    }

    /// How the question to a phone stands.
    pub async fn transaction(&self, user: &str, factor: &str, transaction: &str) -> Result<Outcome, OrgError> {
        let path = ["users", user, "factors", factor, "transactions", transaction];
        self.ask(Ask::new(Method::GET, "look at push", &path)).await
    }

    /// Removes a factor.
    pub async fn remove(&self, user: &str, factor: &str) -> Result<(), OrgError> {
        let path = ["users", user, "factors", factor];
        self.bytes(&Ask::new(Method::DELETE, "remove factor", &path)).await.map(|_| ())
    }
}
