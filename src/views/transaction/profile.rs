//! What the org wants to know about a person: the fields it names, each with what is wrong with it.

use super::registration::text_field;
use crate::text::{Key, field_label, field_problem};
use crate::views::context::Widget;
use crate::views::form::{PUBLISHED, Panel, Values, panel, submit};
use crate::views::parts::{footer_actions, paragraph};
use sign_in_flow::hook::Field;
use sign_in_flow::transaction::profile::Profile;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// The form.
pub(crate) fn profile(widget: &Widget, screen: &Screen, step: &Profile) -> Html {
    let body = html! {
        <>
            { paragraph(widget.say(Key::PROFILE_INTRO)) }
            { for step.fields.iter().enumerate().map(|(place, published)| field(widget, step, place, published)) }
            { submit(widget, screen, widget.say(Key::ACTION_CONTINUE)) }
        </>
    };
    let (title, footer) = (widget.say(Key::PROFILE_TITLE).into(), footer_actions(widget, screen));
    let read = |values: &Values| Some(Intent::Profile(values.texts_beginning(PUBLISHED)));
    panel(Panel { widget, screen, title, body, footer, read })
}

fn field(widget: &Widget, step: &Profile, place: usize, field: &Field) -> Html {
    let problem = step.problems.iter().find(|(name, _)| *name == field.name);
    let problem = problem.map(|(_, problem)| field_problem(widget.text, field, problem));
    let id = problem.is_some().then(|| widget.element_id(&["wrong-", &field.name].concat()));
    html! {
        <div class="oaw-published" key={field.name.clone()}>
            { text_field(widget, field, field_label(widget.text, field), place == 0, String::new(), id.clone(), id.is_some()) }
            if let Some(problem) = problem { <p {id} class="oaw-hint oaw-wrong">{ problem }</p> }
        </div>
    }
}
