//! What an app asks to be allowed: all of it or nothing, or one by one where the org says so.

use super::unless_dead_end;
use crate::authn::{Link, Scope};
use crate::components::context::Widget;
use crate::components::form::{Panel, Values, checkbox, link_button, panel, submit};
use crate::flow::step::Consent;
use crate::flow::{Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The app, its wishes, yes and no.
pub(crate) fn consent(widget: &Widget, screen: &Screen, step: &Consent) -> Html {
    let target = step.envelope.target.as_ref();
    let app = target.and_then(|target| target.label.as_deref()).unwrap_or_else(|| widget.say(Key::ConsentApp));
    let title = widget.fill(if step.for_all { Key::ConsentTitleAll } else { Key::ConsentTitle }, "app", app);
    let page = |key: Key, link: Option<&Link>| match link.and_then(Link::outside) {
        Some((_, href)) => html! {
            <a class="oaw-link" href={href.to_owned()} target="_blank" rel="noopener noreferrer">{ widget.say(key) }</a>
        },
        None => Html::default(),
    };
    let body = html! {
        <>
            if let Some(logo) = &step.logo { <img class="oaw-logo" src={logo.clone()} alt="" width="48" height="48" /> }
            <p class="oaw-text">{ widget.fill(Key::ConsentIntro, "app", app) }</p>
            <ul class="oaw-scopes">{ for step.scopes.iter().map(|scope| item(scope, screen.step.offers("next"))) }</ul>
            { unless_dead_end(widget, screen, || submit(widget, screen, widget.say(Key::ConsentSubmit))) }
            <p class="oaw-small">
                { page(Key::ConsentTerms, target.and_then(|target| target.terms.as_ref())) }
                { page(Key::ConsentPrivacy, target.and_then(|target| target.privacy.as_ref())) }
            </p>
        </>
    };
    let deny = if screen.step.offers("cancel") { Key::ConsentDeny } else { Key::ActionStartOver };
    let footer = link_button(widget.say(deny), widget.on(Intent::Cancel));
    panel(Panel { widget, screen, title: title.into(), body, footer, read })
}

/// How the names of the boxes begin; the scope's own follows.
const SCOPE: &str = "scope:";

fn read(values: &Values) -> Option<Intent> {
    Some(Intent::Consent(values.ticked_beginning(SCOPE)))
}

/// A scope in words; one that may be left out has a box.
fn item(scope: &Scope, may_answer: bool) -> Html {
    let name = scope.display_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&scope.name);
    html! {
        <li>
            if may_answer && scope.optional == Some(true) {
                { checkbox([SCOPE, &scope.name].concat(), name, true) }
            } else {
                <span class="oaw-factor-name">{ name }</span>
            }
            if let Some(description) = &scope.description { <span class="oaw-small">{ description }</span> }
        </li>
    }
}
