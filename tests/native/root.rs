//! The root component, rendered whole: what a page shows before any script ran.

use crate::page::Page;
use crate::{ORG, play};
use okta_authn_widget::components::{SignIn, SignInProps};
use std::rc::Rc;
use yew::{Callback, ServerRenderer};

#[test]
fn the_start_form_is_one_that_password_managers_know() {
    let props = || SignInProps {
        config: Rc::new(play::configure(ORG).unwrap()),
        id: "one".into(),
        on_success: Callback::default(),
        onward: None,
        hand_on: None,
        page_code: None,
        early: None,
    };
    let html = wait_for(ServerRenderer::<SignIn>::with_props(props).render());
    let page = Page::read(&html);
    assert_eq!(page.title.as_deref(), Some("Sign in"));
    let inputs: Vec<_> =
        page.inputs.iter().map(|i| (&*i.label, &*i.name, &*i.kind, i.autocomplete.as_deref())).collect();
    assert_eq!(
        inputs,
        [
            ("Username", "username", "text", Some("username")),
            ("Password", "password", "password", Some("current-password")),
            ("Keep me signed in", "remember", "checkbox", None),
        ]
    );
    assert_eq!(page.elements.iter().filter(|element| *element == "form").count(), 1, "both fields in one form");
    assert!(html.contains("method=\"dialog\""), "what is typed never becomes part of an address");
}

fn wait_for(rendering: impl Future<Output = String>) -> String {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(rendering)
}
