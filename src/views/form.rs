//! Controls: they know forms, focus and accessibility, and nothing of Okta. Every text comes in from
//! outside.

mod button;
mod checkbox;
mod disclosure;
mod feedback;
mod field;
mod message;
mod panel;
mod password_rules;
mod secret;
mod values;

pub(super) use button::submit_next;
pub(super) use button::{
    is_disabled, link_button, pause, plain_button, submit, submit_as, submit_beside, submit_first,
};
pub(super) use checkbox::checkbox;
pub(super) use disclosure::disclosure;
pub(super) use feedback::feedback;
pub(super) use field::{Field, described, field};
pub(super) use panel::{Panel, Read, panel, panel_with_action};
pub(super) use password_rules::{NEW_PASSWORD, PUBLISHED, PasswordRules, RULES, Rules, Typed, username_field};
pub(super) use secret::{Secret, secret};
pub(super) use values::Values;
