//! A phone number: country and number, put together as the network writes it. Not here: whether the
//! number exists; the org says.

use crate::phone::e164;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Values, field};
use yew::prelude::*;

/// Country and number. `invalid` is the id of the message that says what is wrong with it, `about` of the sentence that
/// says what it is for.
pub(crate) fn phone_fields(
    widget: &Widget,
    is_first: bool,
    label: &str,
    invalid: Option<AttrValue>,
    about: Option<AttrValue>,
) -> Html {
    let options = widget.regions.iter().map(|region| {
        let label = [&*region.name, " (+", &region.calling_code, ")"].concat();
        html! { <option value={region.calling_code.clone()} selected={region.is_home}>{ label }</option> }
    });
    html! {
        <>
            <div class="oaw-field">
                <label>
                    <span class="oaw-label">{ widget.say(Key::ENROLL_COUNTRY) }</span>
                    <select class="oaw-input" name="calling_code" autocomplete="tel-country-code">
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
                    invalid,
                    about,
                    ..Field::default()
                })
            }
        </>
    }
}

/// The number in E.164; empty where none was typed.
pub(crate) fn number(values: &Values) -> String {
    e164(&values.text("calling_code"), &values.text("phone"))
}
