//! The factors there are, and those that can be added.

use super::account::back;
use super::paragraph;
use crate::authn::Factor;
use crate::components::context::Widget;
use crate::components::factors::{detail, icon};
use crate::components::form::{Panel, link_button, panel, plain_button};
use crate::flow::my_factors::{enrolling_here, provable_here};
use crate::flow::{Intent, Manage, Screen};
use crate::hook::Enrolled;
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// The list, with what can be done with each.
pub(super) fn listing(widget: &Widget, screen: &Screen, factors: &[Enrolled]) -> Html {
    let body = html! {
        <>
            if factors.is_empty() {
                { paragraph(widget.say(Key::AccountEmpty)) }
            } else {
                <ul class="oaw-factors">
                    { for factors.iter().enumerate().map(|(place, enrolled)| item(widget, screen, place, enrolled)) }
                </ul>
            }
            { plain_button(widget.say(Key::AccountAdd), widget.on(Intent::Manage(Manage::Add)), is_held(screen)) }
        </>
    };
    let footer = link_button(widget.say(Key::AccountSignout), widget.on(Intent::SignOut));
    panel(Panel { widget, screen, title: widget.say(Key::AccountTitle).into(), body, footer, read: |_| None })
}

fn is_held(screen: &Screen) -> bool {
    screen.busy || screen.paused_for.is_some()
}

fn item(widget: &Widget, screen: &Screen, place: usize, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let name = factor_name(widget.text, factor);
    // Two of one kind are told apart by what is written beside them, also by those who only hear the button.
    let detail = detail(factor).or(factor.question_text.as_ref());
    let named = match detail {
        Some(detail) => [&name, " ", detail].concat(),
        None => name.to_string(),
    };
    let button = |label: Key, aria: Key, manage: Manage| {
        html! {
            <button
                type="button" class="oaw-button oaw-setup" aria-label={widget.fill(aria, "factor", &named)}
                aria-disabled={is_held(screen).then_some("true")} onclick={widget.on(Intent::Manage(manage))}
            >
                { widget.say(label) }
            </button>
        }
    };
    html! {
        <li class="oaw-factor-item" key={factor.id.clone().unwrap_or_default()}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            if !enrolled.is_active() { <span class="oaw-unfinished">{ widget.say(Key::AccountUnfinished) }</span> }
            if let Some(detail) = detail { <span class="oaw-small">{ detail }</span> }
            <span class="oaw-actions">
                if !enrolled.is_active() {
                    { button(Key::AccountFinish, Key::AccountFinishNamed, Manage::Finish(place)) }
                } else if provable_here(enrolled) {
                    { button(Key::AccountTest, Key::AccountTestNamed, Manage::Test(place)) }
                }
                { button(Key::AccountRemove, Key::AccountRemoveNamed, Manage::Remove(place)) }
            </span>
        </li>
    }
}

/// What can be set up.
pub(super) fn choosing(widget: &Widget, screen: &Screen, catalog: &[Factor]) -> Html {
    let offered = catalog.iter().enumerate().filter(|(_, factor)| enrolling_here(factor).is_some());
    let items: Vec<Html> = offered.map(|(place, factor)| offer(widget, screen, place, factor)).collect();
    let body = if items.is_empty() {
        paragraph(widget.say(Key::AccountAddNone))
    } else {
        html! { <ul class="oaw-factors">{ items }</ul> }
    };
    let (title, footer) = (widget.say(Key::AccountAddTitle).into(), back(widget));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

fn offer(widget: &Widget, screen: &Screen, place: usize, factor: &Factor) -> Html {
    let name = factor_name(widget.text, factor);
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            <button
                type="button" class="oaw-button oaw-setup" aria-label={widget.fill(Key::EnrollSetup, "factor", &name)}
                aria-disabled={is_held(screen).then_some("true")} onclick={widget.on(Intent::Enroll(place))}
            >
                { widget.say(Key::EnrollSubmit) }
            </button>
        </li>
    }
}
