//! A phone number: country and number, put together as the network writes it. Not here: whether the
//! number exists; the org says.

use crate::phone::e164;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Values, field};
use sign_in_flow::{FieldName, Screen};
use yew::prelude::*;

/// The ids of the messages that say what is wrong.
pub(crate) struct AboutPhone {
    country: Option<AttrValue>,
    number: Option<AttrValue>,
}

impl AboutPhone {
    /// One message, about the country or about the number.
    pub(crate) fn of(message: Option<AttrValue>, lacks_country: bool) -> Self {
        let (country, number) = if lacks_country { (message, None) } else { (None, message) };
        Self { country, number }
    }
}

/// The screen's message, where it is about a phone number.
pub(crate) fn about_phone(widget: &Widget, screen: &Screen) -> AboutPhone {
    let message = |field| widget.message_about(screen, field);
    AboutPhone { country: message(FieldName::Country), number: message(FieldName::Phone) }
}

/// Country and number. No country is chosen where the browser does not say which: a wrong one would go unnoticed.
/// `about` is the id of the sentence that says what the number is for.
pub(crate) fn phone_fields(
    widget: &Widget,
    is_first: bool,
    label: &str,
    wrong: AboutPhone,
    about: Option<AttrValue>,
) -> Html {
    let AboutPhone { country, number } = wrong;
    let options = widget.regions.iter().map(|region| {
        let label = [&*region.name, " (+", &region.calling_code, ")"].concat();
        html! { <option value={region.calling_code.clone()} selected={region.is_home}>{ label }</option> }
    });
    let has_home = widget.regions.iter().any(|region| region.is_home);
    html! {
        <>
            <div class="oaw-field">
                <label>
                    <span class="oaw-label">{ widget.say(Key::ENROLL_COUNTRY) }</span>
                    <select
                        class="oaw-input" name="calling_code" autocomplete="tel-country-code"
                        aria-invalid={country.is_some().then_some("true")} aria-describedby={country}
                    >
                        <option value="" selected={!has_home}>{ widget.say(Key::ENROLL_COUNTRY_CHOOSE) }</option>
                        { for options }
                    </select>
                </label>
            </div>
            {
                field(Field {
                    label: label.to_owned().into(),
                    name: "phone",
                    autocomplete: "tel-national",
                    inputmode: Some("tel"),
                    is_first,
                    invalid: number,
                    about,
                    ..Field::default()
                })
            }
        </>
    }
}

/// The number in E.164; without its country where none is chosen; empty where none was typed.
pub(crate) fn number(values: &Values) -> String {
    e164(&values.text("calling_code"), &values.text("phone"))
}
