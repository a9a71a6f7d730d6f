//! Requests about a user's factors: list, catalog, enroll, activate, verify, remove. Contact points are not masked
//! here, so these types are never part of a response to the browser.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// A factor.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Factor {
    /// The id.
    pub id: String,
    /// The type, such as `sms`.
    pub factor_type: String,
    /// The provider, such as `OKTA`.
    pub provider: String,
    /// `ACTIVE`, `PENDING_ACTIVATION` and others.
    pub status: String,
    /// When it was last updated, in the org's format.
    #[serde(default)]
    pub last_updated: Option<String>,
    /// The profile.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// Embedded data for its activation.
    #[serde(rename = "_embedded", default)]
    pub embedded: Option<Embedded>,
    #[serde(rename = "_links", default)]
    links: Option<Links>,
}

/// The profile of a factor.
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

/// Embedded data of a factor.
#[derive(Clone, Debug, Deserialize)]
pub struct Embedded {
    /// Data for its activation.
    #[serde(default)]
    pub activation: Option<Value>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Links {
    // `activation` is a sibling in one sample, nested in the others.
    qrcode: Option<Link>,
    poll: Option<Link>,
}

#[derive(Clone, Debug, Deserialize)]
struct Link {
    href: String,
}

/// A kind of factor that can be enrolled.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The type.
    pub factor_type: String,
    /// The provider.
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

/// A predefined security question.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// Its key.
    pub question: String,
    /// Its text.
    pub question_text: String,
}

/// The result of starting or completing a verification.
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
    /// The URL of its QR code.
    pub fn qr_code(&self) -> Option<&str> {
        let inside = self.embedded.as_ref().and_then(|embedded| embedded.activation.as_ref());
        let inside = inside.and_then(|activation| activation.pointer("/_links/qrcode/href")?.as_str());
        inside.or_else(|| self.links.as_ref()?.qrcode.as_ref().map(|link| link.href.as_str()))
    }
}

impl Offer {
    /// Phone numbers on file, not masked.
    pub fn phones(&self) -> impl Iterator<Item = &str> {
        let phones = self.embedded.iter().flat_map(|embedded| &embedded.phones);
        phones.filter_map(|phone| phone.profile.phone_number.as_deref())
    }
}

impl Outcome {
    /// The challenge for a security key.
    pub fn challenge(&self) -> Option<&Value> {
        self.embedded.as_ref()?.challenge.as_ref()
    }

    /// The id of the push: the last part of the URL to poll.
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

/// How a factor is activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// By a proof.
    ByProof,
    /// At once, without a message.
    AtOnce,
}

impl Client {
    /// All factors of a user, including pending ones.
    pub async fn factors(&self, user: &str) -> Result<Vec<Factor>, OrgError> {
        self.send(OrgRequest::new(Method::GET, "list factors", &["users", user, "factors"])).await
    }

    /// The kinds of factors that a user can enroll.
    pub async fn catalog(&self, user: &str) -> Result<Vec<Offer>, OrgError> {
        self.send(OrgRequest::new(Method::GET, "factor catalog", &["users", user, "factors", "catalog"])).await
    }

    /// The predefined security questions.
    pub async fn questions(&self, user: &str) -> Result<Vec<Question>, OrgError> {
        self.send(OrgRequest::new(Method::GET, "questions", &["users", user, "factors", "questions"])).await
    }

    /// Enrolls a factor. A pending phone number is replaced.
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
        let mut request = OrgRequest::new(Method::POST, "enrol factor", &["users", user, "factors"]);
        if !query.is_empty() {
            request = request.query(&query.join("&"));
        }
        self.post(request, &Enroll { factor_type, provider, profile }).await
    }

    /// The image of a QR code.
    pub async fn qr_picture(&self, address: &str) -> Result<Vec<u8>, OrgError> {
        const MAX_IMAGE_SIZE: usize = 64 * 1024;
        self.picture(address, MAX_IMAGE_SIZE).await
    }

    /// Activates a factor with its proof.
    pub async fn activate(&self, user: &str, factor: &str, proof: &Map<String, Value>) -> Result<Factor, OrgError> {
        let path = ["users", user, "factors", factor, "lifecycle", "activate"];
        self.post(OrgRequest::new(Method::POST, "activate factor", &path), proof).await
    }

    /// Sends the code of an enrollment again.
    pub async fn resend(&self, user: &str, factor: &Factor) -> Result<(), OrgError> {
        let profile = serde_json::to_value(&factor.profile).ok();
        let profile = profile.as_ref().and_then(Value::as_object);
        let body = Enroll { factor_type: &factor.factor_type, provider: &factor.provider, profile };
        let body = serde_json::to_vec(&body).map_err(|_| OrgError::Unparsable("a body"))?;
        let request =
            OrgRequest::new(Method::POST, "send code again", &["users", user, "factors", &factor.id, "resend"]);
        self.send_for_bytes(&request.body(&body)).await.map(|_| ())
    }

    /// Starts or completes a verification.
    pub async fn verify(&self, user: &str, factor: &str, proof: &Map<String, Value>) -> Result<Outcome, OrgError> {
        self.post(OrgRequest::new(Method::POST, "verify factor", &["users", user, "factors", factor, "verify"]), proof)
            .await
    }

    /// Polls a push.
    pub async fn transaction(&self, user: &str, factor: &str, transaction: &str) -> Result<Outcome, OrgError> {
        let path = ["users", user, "factors", factor, "transactions", transaction];
        self.send(OrgRequest::new(Method::GET, "look at push", &path)).await
    }

    /// Removes a factor.
    pub async fn remove(&self, user: &str, factor: &str) -> Result<(), OrgError> {
        let path = ["users", user, "factors", factor];
        self.send_for_bytes(&OrgRequest::new(Method::DELETE, "remove factor", &path)).await.map(|_| ())
    }
}
