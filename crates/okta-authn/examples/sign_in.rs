//! Signs in with a password and, where the org asks for one, a code from a text message or an authenticator app.
//!
//! ```text
//! cargo run -p okta-emulator -- --page-origin http://localhost:8080 --control
//! cargo run -p okta-authn --example sign_in -- http://localhost:8081 jeff.beck
//! ```
//!
//! The password of jeff.beck is xaxaxaxaxa; <http://localhost:8081/control/> shows the code. An org with `https` needs
//! `reqwest` with TLS.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program's job is to print")]

use okta_authn::request::{Body, Options, Preferences, Proof};
use okta_authn::{FactorKind, Org, Passcode, Password, Request, Response, State, Transaction};
use reqwest::blocking::Client;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(org), Some(username)) = (arguments.next(), arguments.next()) else {
        return Err("usage: sign_in ORG USERNAME".into());
    };
    let (org, client) = (Org::parse(&org).map_err(|problem| format!("the org's address {problem}"))?, Client::new());
    let options = Options { multi_optional_factor_enroll: false, warn_before_password_expired: false };
    let password = Password::new(ask("Password")?);
    let mut request = Request::primary(&org, &username, Some(&password), options, None);
    loop {
        let Transaction { envelope, state } = send(&client, &request)?;
        let (link, proof) = match &state {
            State::Success { session_token: Some(_), .. } => {
                println!("Signed in: a session token has arrived.");
                return Ok(());
            }
            State::MfaRequired { factors, .. } => {
                let by_code = |kind| [FactorKind::Sms, FactorKind::GoogleTotp, FactorKind::OktaTotp].contains(&kind);
                let factor = factors.iter().find(|factor| by_code(factor.kind()));
                let factor = factor.ok_or("none of the factors is a text message or an authenticator app")?;
                // A text message is sent first, and its code is asked for in the next state.
                let proof = if factor.kind() == FactorKind::Sms { None } else { Some(ask_code()?) };
                (factor.links.get("verify"), proof)
            }
            State::MfaChallenge { .. } => (envelope.links.next("verify"), Some(ask_code()?)),
            _ => return Err(format!("this example ends at {}", envelope.status.as_str()).into()),
        };
        let token = envelope.state_token.as_ref().ok_or("the org sent no state token")?;
        let link = link.ok_or("the org sent no link to follow")?;
        request = Request::verify(&org, link, token, proof.as_ref(), Preferences::default())?;
    }
}

/// Sends a request, and reads the transaction in its response.
fn send(client: &Client, request: &Request) -> Result<Transaction, Box<dyn Error>> {
    let Body::Json(body) = request.body() else { return Err("these requests are JSON".into()) };
    let response = client.post(request.url()).json(body).send()?;
    let status = response.status().as_u16();
    // A body that is not JSON is an error that names the status.
    let body = response.json().ok();
    Ok(Response { status, body, retry_at: None, date: None }.into_transaction()?)
}

fn ask_code() -> Result<Proof, Box<dyn Error>> {
    Ok(Proof::Passcode(Passcode::new(ask("Code")?)))
}

fn ask(what: &str) -> Result<String, Box<dyn Error>> {
    eprintln!("{what}:");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
