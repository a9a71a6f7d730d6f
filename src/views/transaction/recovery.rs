//! A forgotten password or a locked account: whose it is, by which way the org reaches the person, and the
//! recovery question.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::answer_field;
use crate::views::form::{
    Field, Panel, Values, field, link_button, panel, panel_with_action, submit, submit_beside, submit_first,
};
use crate::views::parts::{about, footer_actions, unless_dead_end};
use okta_authn::{Channel, SecurityAnswer};
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::recovery::{RecoveryForm, RecoveryQuestion};
use sign_in_flow::{FieldName, Intent, Retry, Screen};
use yew::prelude::*;

/// The user name, and a button for every way.
pub(crate) fn recover(widget: &Widget, screen: &Screen, step: &RecoveryForm) -> Html {
    let title = match step.recovery {
        Recovery::Password => Key::RECOVER_PASSWORD_TITLE,
        Recovery::Unlock => Key::RECOVER_UNLOCK_TITLE,
    };
    let buttons = step.channels.iter().enumerate().map(|(place, channel)| {
        let (label, value) = named(channel);
        if place == 0 {
            submit_first(widget, screen, widget.say(label), value)
        } else {
            submit_beside(screen, widget.say(label), value)
        }
    });
    // Where there is one way there is nothing to choose.
    let intro = match &*step.channels {
        [Channel::Sms] => Key::RECOVER_INTRO_SMS,
        [Channel::Call] => Key::RECOVER_INTRO_CALL,
        [_] => Key::RECOVER_INTRO_EMAIL,
        _ => Key::RECOVER_INTRO,
    };
    let body = html! {
        <>
            { about(widget, widget.say(intro)) }
            {
                field(widget, Field {
                    label: widget.say(Key::PRIMARY_USERNAME).into(),
                    name: "username",
                    autocomplete: "username",
                    initial: step.username.clone(),
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::Username),
                    about: Some(widget.about()),
                    ..Field::default()
                })
            }
            { for buttons }
        </>
    };
    let footer = link_button(widget.say(Key::ACTION_START_OVER), widget.on(Intent::Cancel));
    // The form can be submitted in several ways: Retry means the one that failed.
    let again = screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Form);
    let chosen = step.chosen.as_ref().filter(|_| again);
    let retry = chosen.map(|channel| submit_beside(screen, widget.say(Key::ACTION_RETRY), named(channel).1));
    panel_with_action(Panel { widget, screen, title: widget.say(title).into(), body, footer, read }, retry)
}

fn named(channel: &Channel) -> (Key, &'static str) {
    match channel {
        Channel::Sms => (Key::RECOVER_SMS, "SMS"),
        Channel::Call => (Key::RECOVER_CALL, "CALL"),
        _ => (Key::RECOVER_EMAIL, "EMAIL"),
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
                { answer_field(widget, screen, question.unwrap_or(widget.say(Key::VERIFY_QUESTION_ANSWER))) }
                { submit(widget, screen, widget.say(Key::ACTION_CONTINUE)) }
            </>
        }
    };
    let body = unless_dead_end(widget, screen, form);
    let (title, footer) = (widget.say(Key::RECOVER_QUESTION_TITLE).into(), footer_actions(widget, screen));
    let read = |values: &Values| Some(Intent::Answer(SecurityAnswer::new(values.text("answer"))));
    panel(Panel { widget, screen, title, body, footer, read })
}
