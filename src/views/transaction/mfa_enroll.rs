//! The factors to set up: what is required, what is optional, what is done.

use crate::text::{Key, factor_name};
use crate::views::context::Widget;
use crate::views::factors::icon;
use crate::views::form::{Panel, panel, plain_button};
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
    let progress = [("done", &*done.to_string()), ("count", &step.factors.len().to_string())];
    let skip = if done > 0 { Key::ENROLL_FINISH } else { Key::ENROLL_SKIP };
    let body = html! {
        <>
            { paragraph(widget.say(Key::ENROLL_INTRO)) }
            if let Some(days) = step.days_of_grace {
                { paragraph(match days {
                    1 => widget.say(Key::ENROLL_GRACE_ONE).to_owned(),
                    days => widget.fill(Key::ENROLL_GRACE_MANY, "days", &days.to_string()),
                }) }
            }
            <p class="oaw-small">{ widget.text.fill(Key::ENROLL_PROGRESS, &progress) }</p>
            { list(widget, screen, step, true) }
            { list(widget, screen, step, false) }
            if screen.offers("skip") { { plain_button(widget.say(skip), widget.on(Intent::Skip), screen.busy) } }
        </>
    };
    let (title, footer) = (widget.say(Key::ENROLL_TITLE).into(), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

fn list(widget: &Widget, screen: &Screen, step: &EnrollList, required: bool) -> Html {
    let title = widget.say(if required { Key::ENROLL_REQUIRED } else { Key::ENROLL_OPTIONAL });
    let belongs = |factor: &Factor| (factor.enrollment == Some(EnrollmentPolicy::Required)) == required;
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
    let label = widget.fill(if done { Key::ENROLL_ADD } else { Key::ENROLL_SETUP }, "factor", &name);
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            if done { <span class="oaw-done">{ widget.say(Key::ENROLL_DONE) }</span> }
            if let Some(hint) = hint {
                <span class="oaw-small">{ widget.say(hint) }</span>
            } else if more {
                if done {
                    { plain_button(&label, widget.on(Intent::Enroll(place)), screen.busy) }
                } else {
                    <button
                        type="button" class="oaw-button oaw-setup" aria-label={label}
                        aria-disabled={screen.busy.then_some("true")} onclick={widget.on(Intent::Enroll(place))}
                    >
                        { widget.say(Key::ENROLL_SUBMIT) }
                    </button>
                }
            }
        </li>
    }
}
