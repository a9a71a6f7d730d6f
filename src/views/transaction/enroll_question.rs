//! A security question to set up: one of the org's, or one's own, and its answer.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::new_answer_field;
use crate::views::form::Values;
use okta_authn::SecurityAnswer;
use okta_authn::factor::Question;
use okta_authn::request::EnrollRequest;
use sign_in_flow::{FieldName, Intent, Screen};
use yew::prelude::*;

/// The org's questions to choose from, and one's own. The style sheet shows the field for one's own only
/// while that is chosen.
pub(crate) fn question(widget: &Widget, screen: &Screen, questions: &[Question]) -> Html {
    let own = questions.is_empty();
    html! {
        <>
            if !own {
                <div class="oaw-field">
                    <label>
                        <span class="oaw-label">{ widget.say(Key::ENROLL_QUESTION_CHOOSE) }</span>
                        <select class="oaw-input oaw-question" name="question" autocomplete="off" data-first="">
                            // Without a choice, a browser takes the option that is put into the list first: the last one.
                            { for questions.iter().enumerate().map(|(place, question)| html! {
                                <option value={question.key.clone()} selected={place == 0}>{ widget.text.isolate(&question.text).into_owned() }</option>
                            }) }
                            <option value="">{ widget.say(Key::ENROLL_QUESTION_OWN) }</option>
                        </select>
                    </label>
                </div>
            }
            <div class="oaw-own-question">
                { own_question(widget, widget.message_about(screen, FieldName::Question), own) }
            </div>
            { new_answer_field(widget, screen) }
        </>
    }
}

/// One's own question is a sentence, shown at every sign-in: the only field whose spelling is checked.
fn own_question(widget: &Widget, invalid: Option<AttrValue>, is_first: bool) -> Html {
    html! {
        <div class="oaw-field">
            <label>
                <span class="oaw-label">{ widget.say(Key::ENROLL_QUESTION_TEXT) }</span>
                <input
                    class="oaw-input" type="text" name="own_question" autocomplete="off" autocapitalize="sentences"
                    spellcheck="true" enterkeyhint="go" dir={widget.text.own_direction()} data-first={is_first.then_some("")}
                    aria-invalid={invalid.is_some().then_some("true")} aria-describedby={invalid}
                />
            </label>
        </div>
    }
}

/// What was chosen, or written, and the answer.
pub(crate) fn read_question(values: &Values) -> Option<Intent> {
    let chosen = values.text("question");
    let question = if chosen.is_empty() { values.text("own_question").trim().to_owned() } else { chosen };
    let answer = SecurityAnswer::new(values.text("answer"));
    Some(Intent::EnrollWith(EnrollRequest::Question { question, answer }))
}
