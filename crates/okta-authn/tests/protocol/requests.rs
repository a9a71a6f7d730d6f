//! What is sent, compared with what Okta's own client sends (`tests/fixtures/requests`) and, where they are there, with
//! the requests of Okta's reference (`../shared/api/examples`). The widget and the emulated org are two readings of one
//! contract: what both read wrongly shows here. Not here: which request follows from what.

use okta_authn::request::{Body, EnrollRequest, Options, Preferences, Proof};
use okta_authn::{
    ActivationToken, Channel, Credential, DuoSignature, Factor, Link, Links, Org, Passcode, Password, RecoveryToken,
    Request, SecurityAnswer, StateToken, UntrustedLink, reader, wire,
};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

const ORG: &str = "https://acme.okta.example";

/// The builder's input is read from the body that is expected: only members that it does not name can differ.
fn build(name: &str, url: &str, body: &Value) -> Result<Request, UntrustedLink> {
    let org = Org::parse(ORG).unwrap();
    let at = |path: &str| text(body.pointer(path));
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let link = link(path);
    let token = StateToken::new(at("/stateToken"));
    let preference = |name: &str| {
        let mut parts = query.split('&').filter_map(|part| part.split_once('='));
        parts.find(|(found, _)| *found == name).map(|(_, value)| value == "true")
    };
    let preferences = Preferences { remember_device: preference("rememberDevice"), auto_push: preference("autoPush") };
    let flag = |path: &str| body.pointer(path).and_then(Value::as_bool).unwrap_or_default();
    let options = Options {
        multi_optional_factor_enroll: flag("/options/multiOptionalFactorEnroll"),
        warn_before_password_expired: flag("/options/warnBeforePasswordExpired"),
    };
    let (username, password) = (at("/username"), Password::new(at("/password")));
    let passcode = || Passcode::new(at("/passCode"));
    let relay_state = body.pointer("/relayState").map(|_| at("/relayState"));
    let verify = |proof: Option<Proof>| Request::verify(&org, &link, &token, proof.as_ref(), preferences);
    let enroll = |with: EnrollRequest| Request::enroll(&org, &link, &token, &factor(body), &with);
    Ok(match name {
        "name and password" => Request::primary(&org, &username, Some(&password), options, relay_state.as_deref()),
        "name alone" => Request::primary(&org, &username, None, options, relay_state.as_deref()),
        "name and password of a step-up" => {
            return Request::authenticate(&org, &link, &token, &username, &password, options);
        }
        "state query" => Request::state_query(&org, &token),
        "activation token" => Request::activation(&org, &ActivationToken::new(at("/token"))),
        "recovery" => {
            let channel = Channel::from(at("/factorType").to_ascii_uppercase().as_str());
            Request::recover(&org, path, &username, &channel, relay_state.as_deref())
        }
        "recovery token" => Request::redeem(&org, &RecoveryToken::new(at("/recoveryToken")), options),
        "recovery answer" => return Request::answer(&org, &link, &token, &SecurityAnswer::new(at("/answer"))),
        "follow" => return Request::follow(&org, &link, &token),
        "start of a challenge" | "poll" => return verify(None),
        "code" | "code at activation" => return verify(Some(Proof::Passcode(passcode()))),
        "answer" => return verify(Some(Proof::Answer(SecurityAnswer::new(at("/answer"))))),
        "password as a factor" => return verify(Some(Proof::Password(password))),
        "assertion" => {
            return verify(Some(Proof::Credential(Credential::Assertion {
                client_data: bytes(1),
                authenticator_data: bytes(4),
                signature: bytes(7),
            })));
        }
        "attestation" => {
            return verify(Some(Proof::Credential(Credential::Attestation {
                attestation: bytes(1),
                client_data: bytes(4),
                transports: Some(at("/transports")),
                client_extensions: None,
            })));
        }
        "activation by mail" => return Request::send_activation(&org, &link, &token, None),
        "activation by text" => {
            return Request::send_activation(&org, &link, &token, Some(&at("/profile/phoneNumber")));
        }
        "enrolment" => return enroll(EnrollRequest::Plain),
        "enrolment of a phone" => {
            return enroll(EnrollRequest::Phone {
                number: at("/profile/phoneNumber"),
                extension: at("/profile/phoneExtension"),
                replaces: query == "updatePhone=true",
                unchecked: body.pointer("/profile/validatePhone").is_some(),
            });
        }
        "enrolment of a question" => {
            let (question, answer) = (at("/profile/question"), SecurityAnswer::new(at("/profile/answer")));
            return enroll(EnrollRequest::Question { question, answer });
        }
        "enrolment of a token" => {
            let next_passcode = body.pointer("/nextPassCode").map(|_| Passcode::new(at("/nextPassCode")));
            let credential_id = at("/profile/credentialId");
            return enroll(EnrollRequest::Token { credential_id, passcode: passcode(), next_passcode });
        }
        "enrolment by a code" => return enroll(EnrollRequest::Passcode(passcode())),
        "enrolment of a password" => {
            return enroll(EnrollRequest::Password(Password::new(at("/profile/password"))));
        }
        "change of the password" | "reset of the password" => {
            let old = body.pointer("/oldPassword").map(|_| Password::new(at("/oldPassword")));
            let new = Password::new(at("/newPassword"));
            return Request::password(&org, &link, &token, old.as_ref(), &new, flag("/revokeSessions"));
        }
        "consent" => {
            let end = body.pointer("/consent/expiresAt").map(|_| at("/consent/expiresAt"));
            return Request::consent(&org, &link, &token, end.as_deref(), &scopes(body));
        }
        "device code" => return Request::activate_device(&org, &link, &token, &at("/userCode")),
        "form of Duo" => {
            let signature = DuoSignature::new("AUTH|acme=sig:APP|acme");
            return Request::duo(&org, &link, &StateToken::new("00acmeStateToken-4f7Qx2"), "dsfAcme1", &signature);
        }
        other => panic!("{other} is no request"),
    })
}

fn link(href: &str) -> Link {
    let body: wire::Value = serde_json::from_value(json!({ "_links": { "next": { "href": href } } })).unwrap();
    Links::of(&reader::Reader::new(&body, &reader::DecodeErrors::default())).get("next").unwrap().clone()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn bytes(first: u8) -> Vec<u8> {
    vec![first, first + 1, first + 2]
}

fn factor(body: &Value) -> Factor {
    let body: wire::Value = serde_json::from_value(body.clone()).unwrap();
    Factor::read(&reader::Reader::new(&body, &reader::DecodeErrors::default()))
}

fn scopes(body: &Value) -> Vec<(String, Option<bool>)> {
    let opted = body.pointer("/consent/optedScopes").and_then(Value::as_object);
    let opted = opted.into_iter().flatten().map(|(name, granted)| (name.clone(), granted.as_bool()));
    let listed = body.pointer("/consent/scopes").and_then(Value::as_array);
    let listed = listed.into_iter().flatten().map(|name| (text(Some(name)), None));
    opted.chain(listed).collect()
}

fn sent(request: &Request) -> Value {
    match request.body() {
        Body::None | Body::NoneWithoutCookies => Value::Null,
        Body::Json(body) => serde_json::to_value(body).unwrap(),
        Body::Form(form) => Value::String(form.clone()),
    }
}

#[test]
fn each_is_what_oktas_own_client_sends() {
    let path = above("tests/fixtures/requests/okta-signin-widget.requests.json").unwrap();
    for recorded in file(&path).as_array().unwrap() {
        let (name, url) = (text(recorded.get("request")), text(recorded.get("url")));
        let request = build(&name, &url, &recorded["body"]).unwrap();
        assert_eq!(request.url(), [ORG, &url].concat(), "{name}");
        assert_eq!(sent(&request), recorded["body"], "{name}: {url}");
    }
}

/// Requests of the reference that only a caller with an API token sends, or that are not sent in this form:
/// docs/authn-api.md#requests-compared says why.
const NOT_SENT: [&str; 13] = [
    "0030", "0050", "0140", "0160", "0180", "0370", "0540", "0610", "0650", "seed-040", "seed-080", "seed-100",
    "seed-140",
];

/// What each of the others is called above, by the number in the name of its file.
const REFERENCE: &[(&str, &[&str])] = &[
    ("name and password", &["0020", "0060", "0100", "seed-010"]),
    ("name and password of a step-up", &["0080"]),
    ("state query", &["0070", "0090", "0730"]),
    ("activation token", &["0040"]),
    ("change of the password", &["0110"]),
    ("reset of the password", &["0720"]),
    ("enrolment of a question", &["0120"]),
    ("enrolment of a phone", &["0130", "0150"]),
    ("enrolment", &["0170", "0190", "0200", "0210", "0250", "0270", "0280"]),
    ("enrolment of a token", &["0220", "0230"]),
    ("enrolment by a code", &["0240"]),
    ("code at activation", &["0290", "0300", "0310", "0320"]),
    ("attestation", &["0380"]),
    ("activation by mail", &["0350"]),
    ("activation by text", &["0360"]),
    ("answer", &["0390"]),
    ("code", &["0430", "0470", "0480", "0660", "0680", "seed-060"]),
    ("start of a challenge", &["0410", "0450", "0490", "0510", "0520", "0530", "0550"]),
    ("assertion", &["0560"]),
    ("recovery", &["0580", "0590", "0600", "0630", "0640"]),
    ("recovery token", &["0700"]),
    ("recovery answer", &["0710"]),
    ("follow", &["0260", "0330", "0340", "0420", "0460", "0500", "0670", "0690", "0740", "0750", "0760"]),
];

/// Members that the widget sends besides those of the reference, as Okta's own client does; and the one case that it
/// writes otherwise.
fn expected(number: &str, mut recorded: Value, sent: &Value) -> Value {
    let members = recorded.as_object_mut().unwrap();
    let mut take = |name: &str| members.insert(name.to_owned(), sent[name].clone());
    match number {
        // Compared by name: the values are bytes of an authenticator.
        "0380" => ["attestation", "clientData", "transports", "clientExtensions"].map(&mut take).len(),
        "0560" => ["authenticatorData", "clientData", "signatureData"].map(&mut take).len(),
        "0080" => ["options"].map(&mut take).len(),
        "0240" => ["stateToken"].map(&mut take).len(),
        "0600" => ["factorType"].map(&mut take).len(),
        _ => 0,
    };
    recorded
}

#[test]
fn each_is_what_the_reference_shows() {
    // Skipped where they are missing.
    let Some(folder) = above("shared/api/examples") else { return };
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name_of_file = path.file_name().unwrap().to_str().unwrap();
        if !name_of_file.ends_with(".request.json") {
            continue;
        }
        let number = name_of_file.strip_prefix("seed-").map_or(&name_of_file[..4], |_| &name_of_file[..8]);
        if NOT_SENT.contains(&number) {
            continue;
        }
        let named = REFERENCE.iter().find(|(_, numbers)| numbers.contains(&number));
        let (name, _) = named.unwrap_or_else(|| panic!("{name_of_file} is not compared"));
        let recorded = file(&path);
        let sent = sent(&build(name, "/api/v1/authn/x", &recorded).unwrap());
        assert_eq!(sent, expected(number, recorded, &sent), "{name_of_file}");
    }
}

fn file(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The path in the repository, or beside it.
fn above(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(path));
    found.into_iter().find(|path| path.exists())
}
