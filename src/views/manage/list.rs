//! The factors there are, and those that can be added.

use super::back;
use crate::text::{Key, about_factor, factor_in_sentence, factor_name};
use crate::views::context::Widget;
use crate::views::factors::{detail, icon, whole};
use crate::views::form::{Panel, is_disabled, link_button, panel, pause, plain_button};
use crate::views::parts::paragraph;
use okta_authn::Factor;
use sign_in_flow::hook::Enrolled;
use sign_in_flow::manage::{can_verify_here, enroll_method_here};
use sign_in_flow::{Intent, ManageIntent, Screen};
use yew::prelude::*;

/// The list, with what can be done with each.
pub(super) fn list(widget: &Widget, screen: &Screen, factors: &[Enrolled]) -> Html {
    let body = html! {
        <>
            { pause(widget, screen) }
            if factors.is_empty() {
                { paragraph(widget.say(Key::MANAGE_EMPTY)) }
            } else {
                <ul role="list" class="oaw-factors">
                    { for factors.iter().enumerate().map(|(place, enrolled)| item(widget, screen, place, enrolled)) }
                </ul>
            }
            { plain_button(widget.say(Key::MANAGE_ADD), widget.on(Intent::Manage(ManageIntent::Add)), is_disabled(screen)) }
        </>
    };
    let everywhere = widget.on(Intent::Manage(ManageIntent::SignOutEverywhere));
    let footer = html! {
        <>
            { link_button(widget.say(Key::MANAGE_SIGNOUT), widget.on(Intent::SignOut)) }
            { link_button(widget.say(Key::MANAGE_SIGNOUT_EVERYWHERE), everywhere) }
        </>
    };
    panel(Panel { widget, screen, title: widget.say(Key::MANAGE_TITLE).into(), body, footer, read: |_| None })
}

fn item(widget: &Widget, screen: &Screen, place: usize, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let name = factor_name(widget.text, factor);
    // Two of one kind are told apart by what is written beside them, also by those who only hear the button.
    let detail = detail(factor).or(factor.question_text.as_ref());
    let named = factor_in_sentence(widget.text, factor);
    let named = match detail {
        Some(detail) => [&named, " ", detail].concat(),
        None => named.to_string(),
    };
    let button = |label: Key, aria: Key, manage: ManageIntent| {
        html! {
            <button
                type="button" class="oaw-button oaw-setup" aria-label={widget.fill(aria, "factor", &named)}
                aria-disabled={is_disabled(screen).then_some("true")} onclick={widget.on(Intent::Manage(manage))}
            >
                { widget.say(label) }
            </button>
        }
    };
    html! {
        <li class="oaw-factor-item" key={factor.id.clone().unwrap_or_default()}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            if !enrolled.is_active() { <span class="oaw-unfinished">{ widget.say(Key::MANAGE_UNFINISHED) }</span> }
            if let Some(detail) = detail { <span class="oaw-small">{ whole(detail) }</span> }
            <span class="oaw-actions">
                if !enrolled.is_active() {
                    { button(Key::MANAGE_FINISH, Key::MANAGE_FINISH_NAMED, ManageIntent::Finish(place)) }
                } else if can_verify_here(enrolled) {
                    { button(Key::MANAGE_TEST, Key::MANAGE_TEST_NAMED, ManageIntent::Test(place)) }
                }
                { button(Key::MANAGE_REMOVE, Key::MANAGE_REMOVE_NAMED, ManageIntent::Remove(place)) }
            </span>
        </li>
    }
}

/// What can be set up.
pub(super) fn catalog(widget: &Widget, screen: &Screen, catalog: &[Factor]) -> Html {
    let offered = catalog.iter().enumerate().filter(|(_, factor)| enroll_method_here(factor).is_some());
    let items: Vec<Html> = offered.map(|(place, factor)| offer(widget, screen, place, factor)).collect();
    let body = if items.is_empty() {
        paragraph(widget.say(Key::MANAGE_ADD_NONE))
    } else {
        html! {
            <>
                { pause(widget, screen) }
                <ul role="list" class="oaw-factors">{ items }</ul>
            </>
        }
    };
    let (title, footer) = (widget.say(Key::MANAGE_ADD_TITLE).into(), back(widget));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

fn offer(widget: &Widget, screen: &Screen, place: usize, factor: &Factor) -> Html {
    let (name, in_sentence) = (factor_name(widget.text, factor), factor_in_sentence(widget.text, factor));
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            <button
                type="button" class="oaw-button oaw-setup" aria-label={widget.fill(Key::ENROLL_SETUP, "factor", &in_sentence)}
                aria-disabled={is_disabled(screen).then_some("true")} onclick={widget.on(Intent::Enroll(place))}
            >
                { widget.say(Key::ENROLL_SUBMIT) }
            </button>
            if let Some(about) = about_factor(widget.text, factor) { <span class="oaw-small">{ about }</span> }
        </li>
    }
}
