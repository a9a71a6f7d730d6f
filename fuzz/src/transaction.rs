//! Any bytes as the body of a response, with any HTTP status, read in every way that the protocol knows. Not here: what
//! happens next (`machine`).

use crate::input::Input;
use okta_authn::wire::Value;
use okta_authn::{AuthnError, Org, PrimaryResponse, Response, State, discovery};

/// Two bytes of a status, two that say what the headers had, and the body.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let status = match input.byte() {
        0..=99 => 200,
        high => u16::from(high) * 4 + u16::from(input.byte() & 3),
    };
    let [has_reset, has_date] = input.flags();
    let text = input.rest();
    let body: Option<Value> = serde_json::from_slice(text).ok();
    let response =
        Response { status, body, retry_at: has_reset.then_some(1_700_000_000_000), date: has_date.then_some(1) };
    read(&response, &String::from_utf8_lossy(text));
}

fn read(response: &Response, text: &str) {
    let transaction = response.clone().into_transaction();
    let primary = response.clone().into_primary();
    let session = response.clone().into_session();
    let org = Org::parse("https://example.okta.com").expect("a base URL");
    let route = discovery::route(&org, response.clone());
    for shown in [format!("{transaction:?}"), format!("{primary:?}"), format!("{session:?}"), format!("{route:?}")] {
        shows_no_token(response.body.as_ref(), &shown, text);
    }
    for error in [transaction.as_ref().err(), primary.as_ref().err()].into_iter().flatten() {
        assert!(!error.to_string().is_empty());
        let is_good = (200..300).contains(&response.status);
        let is_decoding = matches!(error, AuthnError::Decode(_));
        assert_eq!(is_good && response.body.is_some(), is_decoding, "{error:?} of HTTP {}", response.status);
    }
    // Whoever reads less of a response must not read something else.
    match &primary {
        Ok(PrimaryResponse::Success { envelope, session_token }) => {
            let Ok(transaction) = &transaction else { return };
            let State::Success { session_token: whole, .. } = &transaction.state else {
                panic!("a success for one reader alone: {:?}", transaction.state)
            };
            assert_eq!((envelope, session_token), (&transaction.envelope, whole));
        }
        Ok(PrimaryResponse::LockedOut(envelope) | PrimaryResponse::Unauthenticated(envelope)) => {
            assert!(
                transaction.as_ref().is_ok_and(|transaction| transaction.envelope == *envelope) || transaction.is_err()
            );
        }
        Ok(PrimaryResponse::Continues(rest)) => assert_eq!(rest.clone().into_transaction(), transaction),
        Err(_) => assert!(transaction.is_err(), "a mistake for one reader alone"),
    }
}

/// What is written to a log has no token in it.
fn shows_no_token(body: Option<&Value>, shown: &str, text: &str) {
    for name in ["stateToken", "sessionToken", "recoveryToken", "sharedSecret", "signature"] {
        let token = body.and_then(|body| body.get(name)).and_then(Value::as_text);
        // Where it stands elsewhere too, it is no secret.
        let Some(token) = token.filter(|token| token.len() >= 8 && text.matches(token).count() == 1) else { continue };
        assert!(!shown.contains(token), "{name} is shown: {shown}");
    }
}
