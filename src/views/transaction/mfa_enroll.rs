//! The factors to set up: what is required, what is optional, what is done.

use crate::text::{Key, about_factor, factor_in_sentence, factor_name};
use crate::views::context::Widget;
use crate::views::factors::icon;
use crate::views::form::{Panel, is_disabled, panel, pause, plain_button};
use crate::views::parts::{footer_actions, paragraph};
use okta_authn::Factor;
use okta_authn::factor::EnrollmentPolicy;
use sign_in_flow::factor_method::{EnrollMethod, enroll_method};
use sign_in_flow::transaction::enroll::EnrollList;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// Two lists, the required ones first; skip or finish where the org offers it.
pub(crate) fn mfa_enroll(widget: &Widget, screen: &Screen, step: &EnrollList) -> Html {
    let done = step.factors.iter().filter(|factor| factor.is_done()).count();
    // What is optional is no debt.
    let left = step.factors.iter().filter(|factor| is_required(factor) && !factor.is_done()).count();
    let left = u32::try_from(left).ok().filter(|left| *left > 0);
    let skip = if done > 0 { Key::ENROLL_FINISH } else { Key::ENROLL_SKIP };
    let body = html! {
        <>
            { paragraph(widget.say(Key::ENROLL_INTRO)) }
            if let Some(days) = step.days_of_grace {
                { paragraph(widget.text.count(Key::ENROLL_GRACE, "days", days)) }
            }
            if let Some(left) = left {
                <p class="oaw-small">{ widget.text.count(Key::ENROLL_LEFT, "count", left) }</p>
            }
            { pause(widget, screen) }
            { list(widget, screen, step, true) }
            { list(widget, screen, step, false) }
            if screen.offers("skip") { { plain_button(widget.say(skip), widget.on(Intent::Skip), is_disabled(screen)) } }
        </>
    };
    let (title, footer) = (widget.say(Key::ENROLL_TITLE).into(), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

fn is_required(factor: &Factor) -> bool {
    factor.enrollment == Some(EnrollmentPolicy::Required)
}

fn list(widget: &Widget, screen: &Screen, step: &EnrollList, required: bool) -> Html {
    let title = widget.say(if required { Key::ENROLL_REQUIRED } else { Key::ENROLL_OPTIONAL });
    let belongs = |factor: &Factor| is_required(factor) == required;
    // What is left to do comes first.
    let items: Vec<Html> = [false, true]
        .into_iter()
        .flat_map(|done| step.factors.iter().enumerate().filter(move |(_, factor)| factor.is_done() == done))
        .filter(|(_, factor)| belongs(factor))
        .map(|(place, factor)| item(widget, screen, place, factor))
        .collect();
    if items.is_empty() {
        return Html::default();
    }
    html! {
        <section class="oaw-factors">
            <h3 class="oaw-subtitle">{ title }</h3>
            <ul role="list">{ items }</ul>
        </section>
    }
}

fn item(widget: &Widget, screen: &Screen, place: usize, factor: &Factor) -> Html {
    let name = factor_name(widget.text, factor);
    let (done, more) = (factor.is_done(), factor.may_enroll());
    let hint = match enroll_method(factor.kind()) {
        _ if done && !more => None,
        EnrollMethod::Admin => Some(Key::ENROLL_ADMIN),
        EnrollMethod::Gone => Some(Key::ENROLL_GONE),
        EnrollMethod::Unknown => Some(Key::ENROLL_UNSUPPORTED),
        _ if !more => Some(Key::ENROLL_UNSUPPORTED),
        _ => None,
    };
    let label = if done {
        widget.fill(Key::ENROLL_ADD_NAMED, "factor", &name)
    } else {
        widget.fill(Key::ENROLL_SETUP, "factor", &factor_in_sentence(widget.text, factor))
    };
    let about = about_factor(widget.text, factor).filter(|_| hint.is_none() && !done);
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            if done { <span class="oaw-done">{ widget.say(Key::ENROLL_DONE) }</span> }
            if let Some(hint) = hint {
                <span class="oaw-small">{ widget.say(hint) }</span>
            } else if more {
                <button
                    type="button" class="oaw-button oaw-setup" aria-label={label}
                    aria-disabled={is_disabled(screen).then_some("true")} onclick={widget.on(Intent::Enroll(place))}
                >
                    { widget.say(if done { Key::ENROLL_ADD } else { Key::ENROLL_SUBMIT }) }
                </button>
            }
            if let Some(about) = about { <span class="oaw-small">{ about }</span> }
        </li>
    }
}
