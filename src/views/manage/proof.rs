//! Proving a factor, removing one, and the fresh proof that adding and removing need. Not here: setting a factor up.

use super::back;
use crate::text::{Key, factor_in_sentence, question};
use crate::views::context::Widget;
use crate::views::factors::{answer_field, choices, code_field, detail, password_field};
use crate::views::factors::{sentence_of, title, whole, with_target};
use crate::views::form::{Panel, Read, Values, panel, pause, submit, submit_next};
use crate::views::parts::paragraph;
use crate::views::transaction::challenge_parts::{authenticator, code_sent, resend, waiting};
use crate::views::transaction::mfa_required::{prove_answer, prove_code};
use okta_authn::{Factor, Password};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::{Intent, ManageIntent, Screen};
use yew::prelude::*;

/// The proof of a factor.
pub(super) fn prove(widget: &Widget, screen: &Screen, factor: &Factor, waiting: bool) -> Html {
    let way = verify_method(factor.kind());
    let (asked, read): (Html, Read) = match way {
        VerifyMethod::Push => (push(widget, screen, factor, waiting), |_| Some(Intent::Resend)),
        VerifyMethod::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Answer => {
            let field = answer_field(widget, screen, &question(widget.text, factor));
            (html! { <>{ field }{ submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }</> }, prove_answer)
        }
        _ => (code(widget, screen, factor, way == VerifyMethod::SentCode), prove_code),
    };
    panel(Panel { widget, screen, title: title(widget, Some(factor)), body: asked, footer: back(widget), read })
}

fn code(widget: &Widget, screen: &Screen, factor: &Factor, was_sent: bool) -> Html {
    html! {
        <>
            { code_sent(widget, factor) }
            { code_field(widget, screen, factor.kind(), true) }
            { submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }
            if was_sent { { resend(widget, screen, factor.kind()) } }
        </>
    }
}

fn push(widget: &Widget, screen: &Screen, factor: &Factor, waits: bool) -> Html {
    if !waits {
        return submit_next(widget, screen, widget.say(Key::VERIFY_RESEND_PUSH));
    }
    html! {
        <>
            <div role="status">{ with_target(widget, factor, Key::VERIFY_PUSH_SENT, "device") }</div>
            { waiting(widget) }
            { pause(widget, screen) }
            { resend(widget, screen, factor.kind()) }
        </>
    }
}

/// Whether the factor is to be removed.
pub(super) fn confirm_removal(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let name = factor_in_sentence(widget.text, factor);
    let body = html! {
        <>
            {
                sentence_of(
                    widget,
                    factor,
                    detail(factor).map_or_else(|| html! { name.to_string() }, |detail| whole(detail)),
                )
            }
            { paragraph(widget.say(Key::MANAGE_REMOVE_TEXT)) }
            { submit(widget, screen, widget.say(Key::MANAGE_REMOVE)) }
        </>
    };
    let title = widget.fill(Key::MANAGE_REMOVE_TITLE, "factor", &name).into();
    let read = |_: &Values| Some(Intent::Manage(ManageIntent::ConfirmRemoval));
    panel(Panel { widget, screen, title, body, footer: back(widget), read })
}

/// Asks for a fresh proof: by a factor, or by the password where no factor can be proved.
pub(super) fn reauthenticate(widget: &Widget, screen: &Screen, methods: &[Factor]) -> Html {
    let body = html! {
        if methods.is_empty() {
            { paragraph(widget.say(Key::MANAGE_REAUTHENTICATE_PASSWORD)) }
            { password_field(widget, screen) }
            { submit(widget, screen, widget.say(Key::MANAGE_REAUTHENTICATE_SUBMIT)) }
        } else {
            { paragraph(widget.say(Key::MANAGE_REAUTHENTICATE_METHODS)) }
            { pause(widget, screen) }
            { choices(widget, methods, None) }
        }
    };
    let title = widget.say(Key::MANAGE_REAUTHENTICATE_TITLE).into();
    let read = |values: &Values| Some(Intent::Manage(ManageIntent::Password(Password::new(values.text("password")))));
    panel(Panel { widget, screen, title, body, footer: back(widget), read })
}
