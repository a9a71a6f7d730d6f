//! What an app asks to be allowed: all of it or nothing, or one by one where the org says so.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Panel, Values, checkbox, link_button, panel, plain_button, submit};
use crate::views::parts::unless_dead_end;
use okta_authn::{Link, Scope};
use sign_in_flow::transaction::consent::Consent;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// The app, the scopes it asks for, yes and no.
pub(crate) fn consent(widget: &Widget, screen: &Screen, step: &Consent) -> Html {
    let target = screen.transaction.as_ref().and_then(|transaction| transaction.target.as_ref());
    let app = target.and_then(|target| target.label.as_deref()).unwrap_or_else(|| widget.say(Key::CONSENT_APP));
    let title = widget.fill(if step.for_all { Key::CONSENT_TITLE_ALL } else { Key::CONSENT_TITLE }, "app", app);
    let page = |key: Key, link: Option<&Link>| match link.and_then(Link::external_url) {
        Some((_, href)) => html! {
            <a class="oaw-link" href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ widget.say(key) }</a>
        },
        None => Html::default(),
    };
    let body = html! {
        <>
            if let Some(logo) = &step.logo { <img class="oaw-logo" src={logo.clone()} alt="" width="48" height="48" /> }
            <p class="oaw-text">{ widget.say(Key::CONSENT_INTRO) }</p>
            <ul role="list" class="oaw-scopes">{ for step.scopes.iter().map(|scope| item(widget, scope, screen.offers("next"))) }</ul>
            { unless_dead_end(widget, screen, || submit(widget, screen, widget.say(Key::CONSENT_SUBMIT))) }
            if screen.offers("cancel") {
                { plain_button(widget.say(Key::CONSENT_DENY), widget.on(Intent::Cancel), false) }
            }
            <p class="oaw-small oaw-actions">
                { page(Key::CONSENT_TERMS, target.and_then(|target| target.terms.as_ref())) }
                { page(Key::CONSENT_PRIVACY, target.and_then(|target| target.privacy.as_ref())) }
            </p>
        </>
    };
    let footer = html! {
        if !screen.offers("cancel") { { link_button(widget.say(Key::ACTION_START_OVER), widget.on(Intent::Cancel)) } }
    };
    panel(Panel { widget, screen, title: title.into(), body, footer, read })
}

/// How the names of the boxes begin; the scope's own follows.
const SCOPE: &str = "scope:";

fn read(values: &Values) -> Option<Intent> {
    Some(Intent::Consent(values.ticked_beginning(SCOPE)))
}

/// A scope in words; one that may be left out has a box.
fn item(widget: &Widget, scope: &Scope, may_answer: bool) -> Html {
    let words = |text: &Option<String>| {
        let text = text.as_deref().filter(|text| !text.trim().is_empty())?;
        Some(widget.text.isolate(text).into_owned())
    };
    // The name is for requests. What it means is worth more to a person, where the org has no name for people.
    let (name, description) = match (words(&scope.display_name), words(&scope.description)) {
        (Some(name), description) => (name, description),
        (None, Some(description)) => (description, None),
        (None, None) => (scope.name.clone(), None),
    };
    html! {
        <li>
            if may_answer && scope.optional == Some(true) {
                { checkbox([SCOPE, &scope.name].concat(), &name, true) }
            } else {
                <span class="oaw-factor-name">{ name }</span>
            }
            if let Some(description) = description { <span class="oaw-small">{ description }</span> }
        </li>
    }
}
