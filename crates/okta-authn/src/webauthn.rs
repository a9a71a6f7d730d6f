//! WebAuthn ceremonies (docs/authn-api.md#webauthn-and-u2f), without a browser: what the org asks becomes the options
//! that `navigator.credentials` takes, and what an authenticator answered becomes members of a request. Every option
//! passes through; only bytes are decoded on the way in, and encoded on the way out. The exception are application ids
//! of another site, which a browser refuses together with everything else. Not here: calling an authenticator, or
//! judging its answer.

use super::base64;
use super::reader::Reader;
use super::url::Address;
use super::wire::Value;

/// What an authenticator is asked to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Ceremony {
    /// Make a new credential (`navigator.credentials.create`), with these `publicKey` options.
    Create(Value),
    /// Use one that is known (`navigator.credentials.get`), with these `publicKey` options.
    Get(Value),
}

/// What an authenticator answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A new credential.
    Attestation {
        /// `attestationObject`.
        attestation: Vec<u8>,
        /// `clientDataJSON`.
        client_data: Vec<u8>,
        /// `getTransports()` as JSON text.
        transports: Option<String>,
        /// `getClientExtensionResults()` as JSON text.
        client_extensions: Option<String>,
    },
    /// A proof.
    Assertion {
        /// `authenticatorData`.
        authenticator_data: Vec<u8>,
        /// `clientDataJSON`.
        client_data: Vec<u8>,
        /// `signature`.
        signature: Vec<u8>,
    },
}

/// Why an authenticator did not answer. None of it is an error of the org.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialError {
    /// The browser has no WebAuthn, or not on this page (it needs a secure origin).
    Unavailable,
    /// The person said no, or did nothing for too long. Browsers do not tell which.
    Refused,
    /// This authenticator holds a credential for the account already.
    AlreadyRegistered,
    /// Anything else.
    Failed,
}

impl Ceremony {
    /// Reads `activation`; `None` when it asks for no WebAuthn credential, or not in a way that can be read.
    pub fn create(activation: &Reader) -> Option<Self> {
        let challenge = bytes(&activation.at("challenge"))?;
        let mut options = vec![("challenge".to_owned(), challenge), ("user".to_owned(), user(&activation.at("user"))?)];
        // `u2fParams` belongs to an API that is gone, and `_links` to ours.
        let is_other = |name: &&str| !["challenge", "user", "u2fParams", "_links"].contains(name);
        for name in activation.names().filter(is_other) {
            let at = activation.at(name);
            let value = match name {
                "excludeCredentials" if !at.is_list() => Value::Null,
                "excludeCredentials" => {
                    let known = at.each_readable(|known| bytes(&known.at("id")).map(credential));
                    Value::List(known.into_iter().flatten().collect())
                }
                _ => at.value().clone(),
            };
            if value != Value::Null {
                options.push((name.to_owned(), value));
            }
        }
        Some(Self::Create(Value::Object(options)))
    }

    /// Reads `challenge`; `None` when it asks for no WebAuthn assertion, or not in a way that can be read. Which
    /// credentials may answer is built from the factors' credential ids.
    pub fn get(challenge: &Reader, credentials: &[String]) -> Option<Self> {
        let mut options = vec![("challenge".to_owned(), bytes(&challenge.at("challenge"))?)];
        for name in ["userVerification", "extensions", "timeout", "rpId"] {
            let at = challenge.at(name);
            if at.is_present() {
                options.push((name.to_owned(), at.value().clone()));
            }
        }
        let allowed = credentials.iter().filter_map(|id| Some(credential(Value::Bytes(base64::decode(id)?))));
        options.push(("allowCredentials".to_owned(), Value::List(allowed.collect())));
        Some(Self::Get(Value::Object(options)))
    }

    /// The same on a page at this address. A key that was registered by the API before WebAuthn is found by an
    /// application id, an address of the org. A browser takes none of another site: it would not ask at all. Which
    /// domains are one site is not known here: where the last two labels of the hosts agree, the id is kept.
    #[must_use]
    pub fn on_page(mut self, page: &str) -> Self {
        let page = site(page);
        self.retain_app_ids(|id| id.as_text().and_then(site).is_some_and(|id| Some(id) == page));
        self
    }

    /// The same without any application id; `None` where it has none.
    pub fn without_app_ids(&self) -> Option<Self> {
        let mut without = self.clone();
        without.retain_app_ids(|_| false);
        (without != *self).then_some(without)
    }

    fn retain_app_ids(&mut self, keep: impl Fn(&Value) -> bool) {
        let (Self::Create(options) | Self::Get(options)) = self;
        let Value::Object(options) = options else { return };
        for (name, value) in options {
            if let (true, Value::Object(extensions)) = (name == "extensions", value) {
                extensions.retain(|(name, value)| !["appid", "appidExclude"].contains(&name.as_str()) || keep(value));
            }
        }
    }
}

/// The last two labels of an address's host.
fn site(address: &str) -> Option<String> {
    let origin = Address::parse(address).ok()?.origin;
    let host = origin.host();
    let start = host.rmatch_indices('.').nth(1).map_or(0, |(dot, _)| dot + 1);
    host.get(start..).map(str::to_owned)
}

impl Credential {
    /// The members of the request that carries this answer: standard base64 with padding.
    pub fn members(&self) -> Vec<(&'static str, Value)> {
        let encoded = |bytes: &[u8]| Value::Text(base64::encode(bytes));
        match self {
            Self::Attestation { attestation, client_data, transports, client_extensions } => {
                let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
                vec![
                    ("attestation", encoded(attestation)),
                    ("clientData", encoded(client_data)),
                    ("transports", text(transports)),
                    ("clientExtensions", text(client_extensions)),
                ]
            }
            Self::Assertion { authenticator_data, client_data, signature } => vec![
                ("authenticatorData", encoded(authenticator_data)),
                ("clientData", encoded(client_data)),
                ("signatureData", encoded(signature)),
            ],
        }
    }
}

fn bytes(at: &Reader) -> Option<Value> {
    base64::decode(at.value().as_text()?).filter(|bytes| !bytes.is_empty()).map(Value::Bytes)
}

/// The user's id is decoded too: 20 characters become 15 bytes (docs/authn-api.md#webauthn-and-u2f). One that is no
/// base64url is as good a handle as it stands.
fn user(at: &Reader) -> Option<Value> {
    let id = at.at("id").text()?;
    let id = Value::Bytes(base64::decode(&id).unwrap_or_else(|| id.into_bytes()));
    let members = at.value().members().iter().filter(|(name, _)| name != "id").cloned();
    Some(Value::Object(members.chain([("id".to_owned(), id)]).collect()))
}

fn credential(id: Value) -> Value {
    Value::Object(vec![("type".to_owned(), Value::text_value("public-key")), ("id".to_owned(), id)])
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::reader::DecodeErrors;
    use crate::wire::DecodeError;

    fn json(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    fn read(body: &Value, read: impl FnOnce(&Reader) -> Option<Ceremony>) -> Result<Option<Ceremony>, DecodeError> {
        let errors = DecodeErrors::default();
        let ceremony = read(&Reader::new(body, &errors));
        errors.into_result(ceremony)
    }

    #[test]
    fn creation_options_pass_through_with_bytes_decoded() {
        let activation = json(
            r#"{"attestation": "direct", "challenge": "cdsZ1V10E0BGE9GcG3IK", "u2fParams": {"appid": "x"},
                "rp": {"name": "Acme"}, "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
                "user": {"id": "00ukv3jVTgRjDctlX0g3", "name": "a", "displayName": "A"},
                "excludeCredentials": [{"type": "public-key", "id": "AQID"}]}"#,
        );
        let Some(Ceremony::Create(options)) = read(&activation, Ceremony::create).unwrap() else {
            panic!("no ceremony")
        };
        let user = options.get("user").unwrap();
        assert!(matches!(options.get("challenge"), Some(Value::Bytes(bytes)) if bytes.len() == 15));
        assert!(matches!(user.get("id"), Some(Value::Bytes(bytes)) if bytes.len() == 15));
        assert_eq!(user.get("name"), Some(&Value::text_value("a")));
        assert!(options.get("u2fParams").is_none() && options.get("attestation").is_some());
        let excluded = Value::List(vec![credential(Value::Bytes(vec![1, 2, 3]))]);
        assert_eq!(options.get("excludeCredentials"), Some(&excluded));
    }

    #[test]
    fn assertions_name_the_credentials_that_may_answer() {
        let challenge = json(r#"{"challenge": "K0UNqWlz2TCCDd5qEkBf", "userVerification": "preferred"}"#);
        let ceremony = read(&challenge, |at| Ceremony::get(at, &["AQID".to_owned(), "!".to_owned()])).unwrap();
        let Some(Ceremony::Get(options)) = ceremony else { panic!("no ceremony") };
        let allowed = Value::List(vec![credential(Value::Bytes(vec![1, 2, 3]))]);
        assert_eq!(options.get("allowCredentials"), Some(&allowed));
        assert_eq!(options.get("userVerification"), Some(&Value::text_value("preferred")));
    }

    #[test]
    fn the_forerunner_of_webauthn_is_none() {
        let legacy = json(r#"{"nonce": "x", "algorithm": "RSASSA"}"#);
        assert_eq!(read(&legacy, Ceremony::create), Ok(None));
        assert_eq!(read(&legacy, |at| Ceremony::get(at, &[])), Ok(None));
    }

    #[test]
    fn what_cannot_be_asked_is_no_ceremony() {
        for broken in [
            r#"{"challenge": "a b", "user": {"id": "AQID"}}"#,
            r#"{"challenge": 7, "user": {"id": "AQID"}}"#,
            r#"{"challenge": "", "user": {"id": "AQID"}}"#,
            r#"{"challenge": "AQID"}"#,
            r#"{"challenge": "AQID", "user": "me"}"#,
        ] {
            assert_eq!(read(&json(broken), Ceremony::create), Ok(None), "{broken}");
        }
        assert_eq!(read(&json(r#"{"challenge": "a b"}"#), |at| Ceremony::get(at, &[])), Ok(None));
    }

    #[test]
    fn a_known_credential_that_cannot_be_read_is_left_out() {
        let activation = json(
            r#"{"challenge": "AQID", "user": {"id": "AQID"}, "excludeCredentials": [null, {"id": 7}, {"id": "AQID"}]}"#,
        );
        let Some(Ceremony::Create(options)) = read(&activation, Ceremony::create).unwrap() else {
            panic!("no ceremony")
        };
        let excluded = Value::List(vec![credential(Value::Bytes(vec![1, 2, 3]))]);
        assert_eq!(options.get("excludeCredentials"), Some(&excluded));
    }

    #[test]
    fn an_application_id_of_another_site_is_not_asked_for() {
        let get = |appid: &str| {
            let body = json(&format!(r#"{{"challenge": "AQID", "extensions": {{"appid": {appid}, "uvm": true}}}}"#));
            read(&body, |at| Ceremony::get(at, &[])).unwrap().unwrap()
        };
        let extensions = |ceremony: Ceremony| {
            let (Ceremony::Create(options) | Ceremony::Get(options)) = ceremony;
            serde_json::to_string(options.get("extensions").unwrap()).unwrap()
        };
        let page = "https://app.acme.example:8443/sign-in?x#y";
        for (appid, kept) in [
            (r#""https://app.acme.example""#, true),
            (r#""https://login.acme.example/app-id.json""#, true),
            (r#""https://acme.okta.example""#, false),
            (r#""https://acme.example.okta.com""#, false),
            (r#""app.acme.example""#, false),
            (r#""""#, false),
            ("7", false),
        ] {
            let asked = extensions(get(appid).on_page(page));
            assert_eq!(asked.contains("appid"), kept, "{appid}: {asked}");
            assert!(asked.contains("uvm"), "{appid}: {asked}");
        }
        let local = extensions(get(r#""https://acme.okta.example""#).on_page("http://localhost:21000/"));
        assert_eq!(local, r#"{"uvm":true}"#);
        assert_eq!(extensions(get(r#""https://a.example""#).without_app_ids().unwrap()), r#"{"uvm":true}"#);
        assert_eq!(get(r#""https://a.example""#).on_page(page).without_app_ids(), None);
    }

    #[test]
    fn an_enrolment_excludes_no_application_id_of_another_site() {
        let body = json(
            r#"{"challenge": "AQID", "user": {"id": "AQID"}, "extensions": {"appidExclude": "https://acme.okta.example"}}"#,
        );
        let ceremony = read(&body, Ceremony::create).unwrap().unwrap();
        let Ceremony::Create(options) = ceremony.on_page("http://localhost/") else { panic!("another ceremony") };
        assert_eq!(options.get("extensions"), Some(&Value::Object(Vec::new())));
    }
}
