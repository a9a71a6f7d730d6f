//! The user name first: the form stays while the org is asked which identity provider the name belongs to. Not here: what the
//! answer leads to.

use crate::fakes::{advance, running_timers, sent_requests};
use crate::page::{Page, sent_request};
use wasm_bindgen_test::wasm_bindgen_test;

const HERE: &str = r#"{"links": [{"properties": {"okta:idp:type": "OKTA"}}]}"#;

async fn submit_name() -> Page {
    let page = Page::open(&[("discovery", "webfinger".into()), ("relayState", "/app/x".into())]).await;
    page.fill("Username", "jeff");
    page.button("Next").click();
    page
}

#[wasm_bindgen_test]
async fn the_form_stays_while_the_org_is_asked() {
    let page = submit_name().await;
    let field = page.field("Username");
    let request = sent_request(0).await;
    let asked = "https://example.okta.com/.well-known/webfinger?resource=okta%3Aacct%3Ajeff&requestContext=";
    assert!(request.line().starts_with(&["GET ", asked].concat()), "{}", request.line());
    assert_eq!(request.settings(), "omit error no-store application/json, application/jrd+json");
    assert!(field.is_connected() && page.all("[name=password]").is_empty());
    request.respond(200, HERE);
    page.has_focus_on("input[name=password]").await;
    assert_eq!(page.all("form").len(), 1, "one form");
    assert_eq!(page.all("form [name=username], form [name=password]").len(), 2, "a password manager finds both");
    assert_eq!((page.field("Username").value(), page.field("Password").value()), ("jeff".to_owned(), String::new()));
    assert!(page.all("[role=alert]").is_empty(), "nothing but the field is announced");
    assert_eq!(sent_requests().len(), 1);
}

#[wasm_bindgen_test]
async fn unmounting_ends_the_question() {
    let mut page = submit_name().await;
    let request = sent_request(0).await;
    assert!(!request.aborted() && running_timers() > 0);
    page.unmount().await;
    assert!(request.aborted());
    assert_eq!(running_timers(), 0);
    request.respond(200, HERE);
    advance(60_000).await;
    assert_eq!((sent_requests().len(), page.text()), (1, String::new()));
}
