//! Controls: they know forms, focus and accessibility, and nothing of Okta. Every text comes in by props.

mod button;
mod checkbox;
mod field;
mod message;
mod panel;
mod secret;

pub(super) use button::{Busy, link_button, plain_button, submit};
pub(super) use checkbox::Checkbox;
pub(super) use field::{Field, value_of};
pub(super) use message::MessageProps;
pub(super) use panel::Panel;
pub(super) use secret::Secret;
