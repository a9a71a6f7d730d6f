//! A forgotten password or a locked account: whose it is, by which way the org reaches the person, and the
//! recovery question.

use super::{paragraph, unless_dead_end, ways_out};
use crate::authn::{Channel, SecurityAnswer};
use crate::components::context::Widget;
use crate::components::factors::answer_field;
use crate::components::form::{Field, Panel, Values, field, link_button, panel, submit, submit_beside};
use crate::flow::step::{Recover, Recovery, RecoveryQuestion};
use crate::flow::{FieldName, Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The user name, and a button for every way.
pub(crate) fn recover(widget: &Widget, screen: &Screen, step: &Recover) -> Html {
    let title = match step.recovery {
        Recovery::Password => Key::RecoverPasswordTitle,
        Recovery::Unlock => Key::RecoverUnlockTitle,
    };
    let buttons = step.channels.iter().enumerate().map(|(place, channel)| {
        let (label, value) = named(channel);
        let class = if place == 0 { "oaw-button oaw-button-primary" } else { "oaw-button" };
        submit_beside(screen, widget.say(label), value, class)
    });
    let body = html! {
        <>
            { paragraph(widget.say(Key::RecoverIntro)) }
            {
                field(Field {
                    label: widget.say(Key::PrimaryUsername).into(),
                    name: "username",
                    autocomplete: "username",
                    initial: step.username.clone(),
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::Username),
                    ..Field::default()
                })
            }
            { for buttons }
        </>
    };
    let footer = link_button(widget.say(Key::ActionStartOver), widget.on(Intent::Cancel));
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read })
}

fn named(channel: &Channel) -> (Key, &'static str) {
    match channel {
        Channel::Sms => (Key::RecoverSms, "SMS"),
        Channel::Call => (Key::RecoverCall, "CALL"),
        _ => (Key::RecoverEmail, "EMAIL"),
    }
}

fn read(values: &Values) -> Option<Intent> {
    // Enter presses the first button.
    let channel = Channel::from(values.pressed()?);
    Some(Intent::Recover { username: values.text("username"), channel })
}

/// The question and its answer.
pub(crate) fn recovery_question(widget: &Widget, screen: &Screen, step: &RecoveryQuestion) -> Html {
    let question = step.question.as_deref().filter(|question| !question.trim().is_empty());
    let form = || {
        html! {
            <>
                { answer_field(widget, screen, question.unwrap_or(widget.say(Key::VerifyQuestionAnswer))) }
                { submit(widget, screen, widget.say(Key::ActionContinue)) }
            </>
        }
    };
    let body = unless_dead_end(widget, screen, form);
    let (title, footer) = (widget.say(Key::RecoverQuestionTitle).into(), ways_out(widget, screen));
    let read = |values: &Values| Some(Intent::Answer(SecurityAnswer::new(values.text("answer"))));
    panel(Panel { widget, screen, title, body, footer, read })
}
