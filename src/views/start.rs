//! The steps of the start machine. Not here: any other step.

mod form;
mod session;

pub(crate) use form::submitted_early;

use super::context::Widget;
use super::status_pages::{leaving, resuming, signed_in, unsupported};
use sign_in_flow::{Screen, StartStep};
use yew::prelude::*;

/// A step as markup.
pub(crate) fn view(widget: &Widget, screen: &Screen, step: &StartStep) -> Html {
    match step {
        StartStep::Form(form) => form::form(widget, screen, form),
        StartStep::Session(session) => session::session(widget, screen, session),
        StartStep::Resuming(_) => resuming(widget, screen),
        StartStep::Leaving(_) => leaving(widget, screen),
        StartStep::SignedIn => signed_in(widget, screen),
        StartStep::Unsupported => unsupported(widget, screen),
    }
}
