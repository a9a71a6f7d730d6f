//! The factors to set up: what is required, what is optional, what is done.

use super::{StepProps, message, ways_out};
use crate::authn::factor::{Enrollment, FactorStatus};
use crate::authn::{Factor, FactorKind};
use crate::components::context::{Widget, use_widget};
use crate::components::factors::icon;
use crate::components::form::{Panel, plain_button};
use crate::flow::Intent;
use crate::flow::step::MfaEnroll;
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// Two lists; skip or finish where the org offers it.
#[component]
pub(crate) fn EnrollList(props: &StepProps<MfaEnroll>) -> Html {
    let widget = use_widget();
    let StepProps { screen, step } = props;
    let done = step.factors.iter().any(|factor| factor.status == Some(FactorStatus::Active));
    let skip = if done { Key::EnrollFinish } else { Key::EnrollSkip };
    let list = |required: bool| {
        let title = widget.say(if required { Key::EnrollRequired } else { Key::EnrollOptional });
        let belongs = |factor: &&(usize, &Factor)| (factor.1.enrollment == Some(Enrollment::Required)) == required;
        let factors: Vec<_> = step.factors.iter().enumerate().collect();
        let items: Vec<_> =
            factors.iter().filter(belongs).map(|(place, factor)| item(&widget, *place, factor, screen.busy)).collect();
        if items.is_empty() {
            return Html::default();
        }
        html! {
            <section class="oaw-factors">
                <h3 class="oaw-subtitle">{ title }</h3>
                <ul>{ items }</ul>
            </section>
        }
    };
    html! {
        <Panel
            id={widget.element_id("title")} title={widget.say(Key::EnrollTitle)} busy={screen.busy}
            focus_heading={widget.focuses_first(screen)} message={message(&widget, screen)}
            footer={ways_out(&widget, screen)}
        >
            <p class="oaw-text">{ widget.say(Key::EnrollIntro) }</p>
            { list(true) }
            { list(false) }
            if screen.step.offers("skip") {
                { plain_button(widget.say(skip), widget.on(Intent::Skip), screen.busy) }
            }
        </Panel>
    }
}

fn item(widget: &Widget, place: usize, factor: &Factor, busy: bool) -> Html {
    let name = factor_name(widget.text, factor);
    let done = factor.status == Some(FactorStatus::Active);
    let offered = !done && factor.links.get("enroll").is_some();
    let state = match factor.kind() {
        _ if done => html! { <span class="oaw-done">{ widget.say(Key::EnrollDone) }</span> },
        FactorKind::GoogleTotp | FactorKind::OktaTotp if offered => {
            let label = widget.text.fill(Key::EnrollSetup, &[("factor", &name)]);
            plain_button(&label, widget.on(Intent::Enroll(place)), busy)
        }
        _ => html! { <span class="oaw-small">{ widget.say(Key::EnrollUnsupported) }</span> },
    };
    html! {
        <li class="oaw-factor-item" key={place}>
            { icon(factor.kind()) }
            <span class="oaw-factor-name">{ name }</span>
            { state }
        </li>
    }
}
