//! What steps share about factors: their icons, the code form, the switcher, the box that remembers a
//! device. Never here: a request, or a rule about which factor may be used.

mod code;
mod icon;
mod remember;
mod switcher;

pub(super) use code::code_field;
pub(super) use icon::icon;
pub(super) use remember::{remember_device, ticked};
pub(super) use switcher::Switcher;
