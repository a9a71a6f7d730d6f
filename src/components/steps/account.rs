//! One's own factors: which view it is, and those that ask nothing. Never here: the list and the choice of a
//! new one (`account_list`), setting up (`account_set_up`), proving and taking away (`account_proof`).

use super::account_list::{choosing, listing};
use super::account_proof::{proving, removing, vouching};
use super::account_set_up::{activating, describing};
use super::paragraph;
use super::pauses::pause;
use crate::components::context::Widget;
use crate::components::form::{Panel, link_button, panel};
use crate::flow::my_factors::{Account, Doing};
use crate::flow::{Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// What the person is doing.
pub(crate) fn account(widget: &Widget, screen: &Screen, account: &Account) -> Html {
    match &account.doing {
        Doing::Looking => pause(widget, screen, Key::AccountTitle, Key::AccountLooking, Html::default()),
        Doing::SignedOut(url) => signed_out(widget, screen, url.as_ref()),
        Doing::Listing => listing(widget, screen, &account.factors),
        Doing::Choosing(catalog) => choosing(widget, screen, catalog),
        Doing::Describing { factor, questions } => describing(widget, screen, factor, questions),
        Doing::Activating(enrolled) => activating(widget, screen, enrolled),
        Doing::Proving { factor, waiting } => proving(widget, screen, factor, *waiting),
        Doing::Removing(factor) => removing(widget, screen, factor),
        Doing::Vouching { factor, ways } => vouching(widget, screen, factor, ways),
    }
}

/// The way back.
pub(super) fn back(widget: &Widget) -> Html {
    link_button(widget.say(Key::ActionBack), widget.on(Intent::Back))
}

fn signed_out(widget: &Widget, screen: &Screen, url: Option<&String>) -> Html {
    let body = html! {
        <>
            { paragraph(widget.say(Key::AccountSignedOutText)) }
            if let Some(url) = url {
                <a class="oaw-button oaw-button-primary" href={url.clone()}>{ widget.say(Key::AccountSignedOutLink) }</a>
            }
        </>
    };
    let title = widget.say(Key::AccountSignedOutTitle).into();
    panel(Panel { widget, screen, title, body, footer: Html::default(), read: |_| None })
}
