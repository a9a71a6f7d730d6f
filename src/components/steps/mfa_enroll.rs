//! The factors to set up: what is required, what is optional, what is done.

use super::{paragraph, ways_out};
use crate::authn::Factor;
use crate::authn::factor::Enrollment;
use crate::components::context::Widget;
use crate::components::factors::icon;
use crate::components::form::{Panel, panel, plain_button};
use crate::flow::step::MfaEnroll;
use crate::flow::way::{Enrolling, enrolling};
use crate::flow::{Intent, Screen};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// Two lists, the required ones first; skip or finish where the org offers it.
pub(crate) fn mfa_enroll(widget: &Widget, screen: &Screen, step: &MfaEnroll) -> Html {
    let done = step.factors.iter().filter(|factor| factor.is_done()).count();
    let progress = [("done", &*done.to_string()), ("count", &step.factors.len().to_string())];
    let skip = if done > 0 { Key::EnrollFinish } else { Key::EnrollSkip };
    let body = html! {
        <>
            { paragraph(widget.say(Key::EnrollIntro)) }
            if let Some(days) = step.days_of_grace {
                { paragraph(match days {
                    1 => widget.say(Key::EnrollGraceOne).to_owned(),
                    days => widget.fill(Key::EnrollGraceMany, "days", &days.to_string()),
                }) }
            }
            <p class="oaw-small">{ widget.text.fill(Key::EnrollProgress, &progress) }</p>
            { list(widget, screen, step, true) }
            { list(widget, screen, step, false) }
            if screen.step.offers("skip") { { plain_button(widget.say(skip), widget.on(Intent::Skip), screen.busy) } }
        </>
    };
    let (title, footer) = (widget.say(Key::EnrollTitle).into(), ways_out(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

fn list(widget: &Widget, screen: &Screen, step: &MfaEnroll, required: bool) -> Html {
    let title = widget.say(if required { Key::EnrollRequired } else { Key::EnrollOptional });
    let belongs = |factor: &Factor| (factor.enrollment == Some(Enrollment::Required)) == required;
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
            <ul>{ items }</ul>
        </section>
    }
}

fn item(widget: &Widget, screen: &Screen, place: usize, factor: &Factor) -> Html {
    let name = factor_name(widget.text, factor);
    let (done, more) = (factor.is_done(), factor.may_enroll());
    let hint = match enrolling(factor.kind()) {
        _ if done && !more => None,
        Enrolling::Admin => Some(Key::EnrollAdmin),
        Enrolling::Gone => Some(Key::EnrollGone),
        Enrolling::Unknown => Some(Key::EnrollUnsupported),
        _ if !more => Some(Key::EnrollUnsupported),
        _ => None,
    };
    let label = widget.fill(if done { Key::EnrollAdd } else { Key::EnrollSetup }, "factor", &name);
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name.clone() }</span>
            if done { <span class="oaw-done">{ widget.say(Key::EnrollDone) }</span> }
            if let Some(hint) = hint {
                <span class="oaw-small">{ widget.say(hint) }</span>
            } else if more {
                <button
                    type="button" class={if done { "oaw-button" } else { "oaw-button oaw-setup" }}
                    aria-label={label.clone()} aria-disabled={screen.busy.then_some("true")}
                    onclick={widget.on(Intent::Enroll(place))}
                >
                    { if done { &*label } else { widget.say(Key::EnrollSubmit) } }
                </button>
            }
        </li>
    }
}
