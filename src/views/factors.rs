//! What steps share about factors: icons, fields, boxes, the switcher. Not here: a request, or a rule about
//! which factor may be used.

mod fields;
mod icon;
mod phone;
mod preferences;
mod summary;
mod switcher;
mod typed_code;

pub(super) use fields::{
    answer_field, code_field, code_field_beside, code_field_of_several, keyboard, new_answer_field,
};
pub(super) use fields::{new_password_field, password_field, username_of};
pub(super) use icon::icon;
pub(super) use phone::{AboutPhone, about_phone, phone_entry, phone_fields};
pub(super) use preferences::{auto_push, preferences, remember_device};
pub(super) use summary::{filled, sentence, sentence_of, title, whole, with_target};
pub(super) use switcher::{choices, detail, switcher};
