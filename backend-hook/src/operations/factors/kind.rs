//! The kinds of factors that can be enrolled here, with the members of their profiles and proofs. Pure functions.

use serde_json::{Map, Value};

use crate::{
    json::Members,
    operations::registration::phone,
    problem::{FieldErrorCode, Problem},
};

/// A kind that can be enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sms,
    Call,
    Email,
    Question,
    GoogleTotp,
    OktaTotp,
    Webauthn,
}

const KINDS: [(Kind, &str, &str); 7] = [
    (Kind::Sms, "sms", "OKTA"),
    (Kind::Call, "call", "OKTA"),
    (Kind::Email, "email", "OKTA"),
    (Kind::Question, "question", "OKTA"),
    (Kind::GoogleTotp, "token:software:totp", "GOOGLE"),
    (Kind::OktaTotp, "token:software:totp", "OKTA"),
    (Kind::Webauthn, "webauthn", "FIDO"),
];

impl Kind {
    /// By type and provider.
    pub(super) fn of(factor_type: &str, provider: &str) -> Option<Self> {
        KINDS.iter().find(|(_, one, of)| *one == factor_type && *of == provider).map(|(kind, ..)| *kind)
    }

    /// The member of the profile that an error of the org is about.
    pub(super) fn main_member(self) -> &'static str {
        match self {
            Self::Sms | Self::Call => "phoneNumber",
            Self::Email => "email",
            Self::Question => "answer",
            Self::GoogleTotp | Self::OktaTotp | Self::Webauthn => "factorType",
        }
    }

    /// Reads the profile: exactly the members of this kind.
    pub(super) fn profile(self, members: &mut Members) -> Option<Map<String, Value>> {
        let mut given = members.object("profile");
        let mut profile = Map::new();
        let mut put = |name: &str, value: String| drop(profile.insert(name.to_owned(), value.into()));
        match self {
            Self::Sms | Self::Call => {
                let typed = given.required("phoneNumber", 30);
                match phone(&typed) {
                    Some(number) => put("phoneNumber", number),
                    None if typed.is_empty() => {}
                    None => given.error("phoneNumber", FieldErrorCode::Invalid),
                }
                if let Some(extension) = (self == Self::Call).then(|| given.text("phoneExtension", 15)).flatten() {
                    if !extension.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b',' | b'*' | b'#')) {
                        given.error("phoneExtension", FieldErrorCode::Invalid);
                    }
                    put("phoneExtension", extension);
                }
            }
            Self::Email => put("email", given.required("email", 100)),
            Self::Question => {
                put("question", given.required("question", 200));
                let answer = given.required("answer", 200);
                if !answer.is_empty() && answer.chars().count() < 4 {
                    given.error("answer", FieldErrorCode::TooShort);
                }
                put("answer", answer);
            }
            Self::GoogleTotp | Self::OktaTotp | Self::Webauthn => {}
        }
        members.take_errors(given);
        (!profile.is_empty()).then_some(profile)
    }
}

/// The kind of proof of a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProvedBy {
    /// A code that was sent.
    SentCode,
    /// A code that a device shows.
    ShownCode,
    Answer,
    Signature,
    /// A push; nothing is typed.
    Phone,
}

impl ProvedBy {
    /// By the type of the factor, which may be one that cannot be enrolled here.
    pub(super) fn of(factor_type: &str) -> Option<Self> {
        Some(match factor_type {
            "sms" | "call" | "email" => Self::SentCode,
            "token:software:totp" | "token" | "token:hardware" | "token:hotp" => Self::ShownCode,
            "question" => Self::Answer,
            "webauthn" => Self::Signature,
            "push" => Self::Phone,
            _ => return None,
        })
    }

    /// The members that carry the proof.
    fn members(self) -> &'static [&'static str] {
        match self {
            Self::SentCode | Self::ShownCode => &["passCode"],
            Self::Answer => &["answer"],
            Self::Signature => &["clientData", "authenticatorData", "signatureData"],
            Self::Phone => &[],
        }
    }

    /// Whether a verification starts with a message or a push.
    fn is_started(self) -> bool {
        !matches!(self, Self::ShownCode | Self::Answer)
    }

    /// Reads a proof; empty to start a verification.
    pub(super) fn read(self, members: Members) -> Result<Map<String, Value>, Problem> {
        if members.is_empty() && self.is_started() {
            return Ok(Map::new());
        }
        read(members, self.members())
    }
}

/// Reads the proof that activates a factor.
pub(super) fn activation(kind: Option<Kind>, members: Members) -> Result<Map<String, Value>, Problem> {
    let names: &[&str] = if kind == Some(Kind::Webauthn) { &["attestation", "clientData"] } else { &["passCode"] };
    read(members, names)
}

fn read(mut members: Members, names: &[&str]) -> Result<Map<String, Value>, Problem> {
    // Output of a security key is long, typed text is not.
    let longest = |name: &str| if matches!(name, "passCode" | "answer") { 200 } else { 12_000 };
    let proof = names.iter().map(|name| ((*name).to_owned(), members.required(name, longest(name)).into())).collect();
    members.done()?;
    Ok(proof)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    fn members(value: &Value) -> Members {
        Members::parse(value.to_string().as_bytes()).unwrap()
    }

    fn faults(kind: Kind, profile: &Value) -> Vec<(String, FieldErrorCode)> {
        let mut all = members(&json!({ "profile": profile }));
        kind.profile(&mut all);
        let errors = all.done().err().map(|problem| problem.errors).unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_profile_has_exactly_the_members_of_its_kind() {
        assert_eq!(faults(Kind::Sms, &json!({ "phoneNumber": "+1 415 555 4259" })), []);
        assert_eq!(faults(Kind::Call, &json!({ "phoneNumber": "+14155554259", "phoneExtension": "1,2#" })), []);
        for (kind, profile, field, fault) in [
            (Kind::Sms, json!({}), "phoneNumber", FieldErrorCode::Required),
            (Kind::Sms, json!({ "phoneNumber": "call me" }), "phoneNumber", FieldErrorCode::Invalid),
            (
                Kind::Sms,
                json!({ "phoneNumber": "+14155554259", "phoneExtension": "1" }),
                "phoneExtension",
                FieldErrorCode::UnknownField,
            ),
            (
                Kind::Call,
                json!({ "phoneNumber": "+14155554259", "phoneExtension": "x" }),
                "phoneExtension",
                FieldErrorCode::Invalid,
            ),
            (Kind::Question, json!({ "question": "q", "answer": "abc" }), "answer", FieldErrorCode::TooShort),
            (Kind::GoogleTotp, json!({ "sharedSecret": "AAAA" }), "sharedSecret", FieldErrorCode::UnknownField),
        ] {
            assert_eq!(faults(kind, &profile), [(field.to_owned(), fault)], "{profile}");
        }
        assert_eq!(Kind::of("push", "OKTA"), None);
    }

    #[test]
    fn a_proof_has_the_members_of_its_kind() {
        let read = |factor_type, body: Value| ProvedBy::of(factor_type).unwrap().read(members(&body));
        assert!(read("sms", json!({})).unwrap().is_empty());
        assert!(read("push", json!({})).unwrap().is_empty());
        assert_eq!(read("question", json!({ "answer": "Blue" })).unwrap()["answer"], "Blue");
        for (factor_type, body) in [
            ("question", json!({})),
            ("token:software:totp", json!({})),
            ("question", json!({ "passCode": "1" })),
            ("push", json!({ "passCode": "1" })),
            ("webauthn", json!({ "clientData": "a" })),
            ("sms", json!({ "passCode": "1", "rememberDevice": true })),
        ] {
            assert!(read(factor_type, body.clone()).is_err(), "{factor_type} {body}");
        }
        assert_eq!(ProvedBy::of("u2f"), None);
    }
}
