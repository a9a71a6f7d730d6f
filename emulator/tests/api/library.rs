//! The emulator as a library: the builder's options, and the methods, which do what the control interface does.

use std::time::Duration;

use okta_emulator::{
    Channel, Emulator, Engine, Fault, NewTransaction, PhoneAction, PhoneButton, PlannedFault, Switches, TrustedPage,
    UserChange,
};
use reqwest::{Method, header};
use serde_json::json;

use crate::support::{AUTHN, TestOrg};

#[tokio::test]
async fn the_methods_do_what_the_control_interface_does() {
    let org = TestOrg::start().await;
    let emulator = &org.emulator;
    let control = async |path: &str| org.control(Method::GET, path, None).await.body;
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    browser.verify(&required, "sms", json!({})).await.is("MFA_CHALLENGE");

    assert_eq!(json!(emulator.users().await.unwrap()), control("users").await);
    assert_eq!(json!(emulator.all_codes().await.unwrap()), control("codes").await);
    assert_eq!(json!(emulator.codes("jeff.beck").await.unwrap()), control("codes?login=jeff.beck").await);
    let outbox = emulator.outbox().await.unwrap();
    assert_eq!((outbox.len(), outbox[0].channel, outbox[0].login.as_str()), (1, Channel::Sms, "jeff.beck"));
    assert_eq!(json!(outbox), control("outbox").await);
    assert_eq!(json!(emulator.counts().await.unwrap()), control("counts").await);
    assert_eq!(json!(emulator.requests().await.unwrap()), control("requests").await);
    assert_eq!(json!(emulator.trusted_origins().await.unwrap()), control("trusted-origins").await);

    emulator.change_user(&UserChange { locked_out: Some(true), ..UserChange::new("ada.byron") }).await.unwrap();
    let ada = emulator.users().await.unwrap().into_iter().find(|user| user.login.starts_with("ada.")).unwrap();
    assert_eq!(ada.status, "LOCKED_OUT");

    emulator.set_switches(&Switches { factor_twins: true, ..Switches::default() }).await.unwrap();
    assert!(emulator.switches().await.unwrap().factor_twins);
    browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("FACTOR_REQUIRED");
    emulator.set_engine(Engine::Identity).await.unwrap();
    assert_eq!(emulator.engine().await.unwrap(), Engine::Identity);
    emulator.set_card(Some("jeff.beck")).await.unwrap();
    assert_eq!(emulator.card().await.unwrap().as_deref(), Some("jeff.beck@acme.com"));
    emulator.set_card(None).await.unwrap();
    assert_eq!(emulator.card().await.unwrap(), None);

    emulator.reset().await.unwrap();
    assert!(emulator.outbox().await.unwrap().is_empty());
    assert_eq!(emulator.engine().await.unwrap(), Engine::Classic);
}

#[tokio::test]
async fn a_push_and_the_clock_are_moved_by_methods() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let challenge = browser.sign_in("tim.lee", "Hypertext1989").await;
    let waiting = browser.verify(&challenge, "push", json!({})).await;
    waiting.is("MFA_CHALLENGE");
    let pushes = org.emulator.pushes().await.unwrap();
    assert_eq!((pushes.len(), pushes[0].login.as_str(), pushes[0].kind.as_str()), (1, "tim.lee", "approve"));
    org.emulator.answer_push(&PhoneAction::new("tim.lee", PhoneButton::Approve)).await.unwrap();
    browser.verify(&challenge, "push", json!({})).await.is("SUCCESS");

    let before = org.emulator.now().await.unwrap();
    org.emulator.advance_clock(Duration::from_hours(48)).await.unwrap();
    assert_ne!(before[..10], org.emulator.now().await.unwrap()[..10]);
}

#[tokio::test]
async fn the_rest_of_the_methods() {
    let org = TestOrg::start().await;
    let emulator = &org.emulator;
    let wanted =
        NewTransaction { login: "jeff.beck".into(), state: "MFA_REQUIRED".into(), ..NewTransaction::default() };
    let created = emulator.create_transaction(&wanted).await.unwrap();
    assert!(created.url.ends_with(&format!("/?stateToken={}", created.state_token)), "{}", created.url);
    org.browser().post(AUTHN, json!({ "stateToken": created.state_token })).await.is("MFA_REQUIRED");
    for link in [emulator.send_recovery_link("mary.jackson").await, emulator.send_unlock_link("dorothy.hodgkin").await]
    {
        assert!(link.unwrap().starts_with("http://"));
    }
    let kid = emulator.rotate_keys().await.unwrap();
    assert!(org.browser().get("/oauth2/v1/keys").await.text().contains(&kid));

    let fault = PlannedFault { times: 2, ..PlannedFault::once("/x", Fault::Status { status: 502 }) };
    emulator.plan_fault(&fault).await.unwrap();
    assert_eq!(org.browser().get("/x").await.status, 502);
    emulator.clear_faults().await.unwrap();
    assert_eq!(org.browser().get("/x").await.status, 404);

    emulator.trust(&TrustedPage::new("http://localhost:9000")).await.unwrap();
    assert!(emulator.trusted_origins().await.unwrap().contains(&TrustedPage::new("http://localhost:9000")));
}

#[tokio::test]
async fn what_a_method_can_not_do_says_why() {
    let emulator = Emulator::start().await.unwrap();
    let error = |result: Result<(), okta_emulator::ControlError>| result.unwrap_err().to_string();
    let unknown = UserChange { locked_out: Some(true), ..UserChange::new("nobody") };
    assert_eq!(error(emulator.change_user(&unknown).await), "/control/users: There is no such user.");
    assert_eq!(
        error(emulator.trust(&TrustedPage::new("localhost")).await),
        "/control/trusted-origins: An origin is written like http://localhost:8080."
    );
    // The interface itself is not served.
    assert_eq!(reqwest::get(format!("{}/control/users", emulator.url())).await.unwrap().status(), 404);
}

#[tokio::test]
async fn each_page_origin_is_trusted() {
    let pages = ["http://localhost:3000", "https://shop.example.test"];
    let mut builder = Emulator::builder().config_text("[org]\nname = \"x\"\n[hashing]\nmemory_kib = 8\n");
    for page in pages {
        builder = builder.page_origin(page);
    }
    let emulator = builder.start().await.unwrap();
    for page in pages {
        let request = reqwest::Client::new().get(format!("{}/api/v1/sessions/me", emulator.url()));
        let answer = request.header(header::ORIGIN, page).send().await.unwrap();
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], page);
    }
    let trusted: Vec<_> = emulator.trusted_origins().await.unwrap().into_iter().map(|page| page.origin).collect();
    assert_eq!(trusted, pages);
}

#[tokio::test]
async fn wrong_options_say_what_to_write() {
    let with = Emulator::builder;
    for (builder, expected) in [
        (with().page_origin("http://localhost:8080/page"), "--page-origin is written like http://localhost:8080"),
        (with().page_origin("localhost:8080"), "`localhost:8080` is not an origin"),
        (with().host("example.com"), "--host is written like org.localhost"),
        (with().base_url("https://login.example.test/okta"), "without a path"),
        (with().config_text("[org]\nname = 1"), "configuration:2: "),
        (with().config_file("/nowhere/org.toml"), "/nowhere/org.toml: can not be read"),
    ] {
        let error = builder.start().await.unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_method_is_kept_in_the_state_file() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let start = async || Emulator::builder().state(&state).start().await.unwrap();
    let first = start().await;
    first.set_card(Some("ada.byron")).await.unwrap();
    drop(first);
    assert_eq!(start().await.card().await.unwrap().as_deref(), Some("ada.byron@example.com"));
}
