//! The steps of factor management. Not here: what an operation leads to.

mod list;
mod proof;
mod setup;

use super::context::Widget;
use super::form::{Panel, link_button, panel};
use super::parts::paragraph;
use super::status_pages::status_page;
use crate::text::Key;
use sign_in_flow::hook::Enrolled;
use sign_in_flow::manage::ManageStep;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// A step as markup; `factors` is the list, as far as it is known.
pub(crate) fn view(widget: &Widget, screen: &Screen, step: &ManageStep, factors: &[Enrolled]) -> Html {
    match step {
        ManageStep::Loading => loading(widget, screen),
        ManageStep::SignedOut(url) => signed_out(widget, screen, url.as_ref()),
        ManageStep::Unavailable => unavailable(widget, screen),
        ManageStep::List { .. } => list::list(widget, screen, factors),
        ManageStep::Catalog(catalog) => list::catalog(widget, screen, catalog),
        ManageStep::Form(form) => setup::form(widget, screen, &form.factor, &form.questions),
        ManageStep::Activate(enrolled) => setup::activate(widget, screen, enrolled),
        ManageStep::Prove(proof) => proof::prove(widget, screen, &proof.factor, proof.is_waiting()),
        ManageStep::ConfirmRemoval(factor) => proof::confirm_removal(widget, screen, factor),
        ManageStep::Reauthenticate(step) => proof::reauthenticate(widget, screen, &step.methods),
    }
}

/// The list is being fetched, or the code that shows it.
pub(crate) fn loading(widget: &Widget, screen: &Screen) -> Html {
    status_page(widget, screen, Key::MANAGE_TITLE, Key::MANAGE_LOADING, Html::default())
}

/// The link back.
fn back(widget: &Widget) -> Html {
    link_button(widget.say(Key::ACTION_BACK), widget.on(Intent::Back))
}

/// There is no link to sign in: it would lead back here.
fn unavailable(widget: &Widget, screen: &Screen) -> Html {
    let body = paragraph(widget.say(Key::MANAGE_UNAVAILABLE_TEXT));
    let title = widget.say(Key::MANAGE_UNAVAILABLE_TITLE).into();
    panel(Panel { widget, screen, title, body, footer: Html::default(), read: |_| None })
}

fn signed_out(widget: &Widget, screen: &Screen, url: Option<&String>) -> Html {
    let body = html! {
        <>
            { paragraph(widget.say(Key::MANAGE_SIGNED_OUT_TEXT)) }
            if let Some(url) = url {
                <a class="oaw-button oaw-button-primary" href={url.clone()}>{ widget.say(Key::MANAGE_SIGNED_OUT_LINK) }</a>
            }
        </>
    };
    let title = widget.say(Key::MANAGE_SIGNED_OUT_TITLE).into();
    panel(Panel { widget, screen, title, body, footer: Html::default(), read: |_| None })
}
