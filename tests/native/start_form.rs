//! The root component, rendered as a whole: what a page shows before any script runs. Not here: a step after the form.

use crate::page::Page;
use crate::{ORG, run};
use okta_authn_widget::{ConfigError, SignIn, SignInProps};
use std::rc::Rc;
use yew::ServerRenderer;

#[test]
fn password_managers_recognise_the_start_form() {
    let props = || yew::props!(SignInProps { config: Rc::new(run::configure(ORG).unwrap()), id: "one" });
    let html = block_on(ServerRenderer::<SignIn>::with_props(props).render());
    let page = Page::read(&html);
    assert_eq!(page.title.as_deref(), Some("Sign in"));
    let inputs: Vec<_> =
        page.inputs.iter().map(|i| (&*i.label, &*i.name, &*i.kind, i.autocomplete.as_deref())).collect();
    assert_eq!(
        inputs,
        [
            ("Username", "username", "text", Some("username")),
            ("Password", "password", "password", Some("current-password")),
            ("Remember my username", "remember", "checkbox", None),
        ]
    );
    assert_eq!(page.elements.iter().filter(|element| *element == "form").count(), 1, "both fields in one form");
    assert!(html.contains("method=\"dialog\""), "what is typed is never part of an address");
}

/// There is no console outside a browser: a hint for the developer waits for one.
#[test]
fn a_configuration_with_a_hint_is_rendered_too() {
    let props = || {
        let mut config = run::configure(ORG).unwrap();
        config.hint = Some(ConfigError::new("existing-session", "is a mistake"));
        yew::props!(SignInProps { config: Rc::new(config), id: "one" })
    };
    assert!(block_on(ServerRenderer::<SignIn>::with_props(props).render()).contains("username"));
}

fn block_on(rendering: impl Future<Output = String>) -> String {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(rendering)
}
