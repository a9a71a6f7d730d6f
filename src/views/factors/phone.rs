//! A phone number: country and number, put into groups while it is typed, and read as the network writes it. Not here:
//! the rules of phone numbers (`phone`); whether a number exists, which the org says.

use crate::constants::{EXTENSION_FIELD, PHONE_COUNTRY_FIELD, PHONE_FIELD};
use crate::phone;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Values, described};
use sign_in_flow::{FieldName, PhoneEntry, Screen};
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
        let calling_code = widget.text.isolate(&["+", &region.calling_code].concat()).into_owned();
        let label = [&*region.name, " (", &calling_code, ")"].concat();
        html! { <option key={&*region.code} value={region.code.clone()} selected={region.is_home}>{ label }</option> }
    });
    let has_home = widget.regions.iter().any(|region| region.is_home);
    html! {
        <>
            <div class="oaw-field">
                <label>
                    <span class="oaw-label">{ widget.say(Key::ENROLL_COUNTRY) }</span>
                    <select
                        class="oaw-input" name={PHONE_COUNTRY_FIELD} autocomplete="tel-country-code"
                        aria-invalid={country.is_some().then_some("true")} aria-describedby={country}
                        onchange={Callback::from(follow as fn(Event))}
                    >
                        <option value="" selected={!has_home}>{ widget.say(Key::ENROLL_COUNTRY_CHOOSE) }</option>
                        // In another language they have another order: the keys keep the choice.
                        <>{ for options }</>
                    </select>
                </label>
            </div>
            <div class="oaw-field">
                <label>
                    <span class="oaw-label">{ label }</span>
                    <input
                        class="oaw-input" type="text" name={PHONE_FIELD} autocomplete="tel-national" inputmode="tel"
                        dir={widget.text.left_to_right()}
                        autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go"
                        data-first={is_first.then_some("")}
                        aria-invalid={number.is_some().then_some("true")} aria-describedby={described(number, about)}
                        oninput={Callback::from(follow as fn(InputEvent))}
                        onchange={Callback::from(follow as fn(Event))}
                    />
                </label>
            </div>
        </>
    }
}

/// What was typed there.
pub(crate) fn phone_entry(values: &Values) -> PhoneEntry {
    if let Some(entry) = phone::rules().and_then(|rules| rules.read(values.form())) {
        return entry;
    }
    let entry = phone::read(&values.text(PHONE_COUNTRY_FIELD), &values.text(PHONE_FIELD));
    // The field of its own counts more.
    match values.text(EXTENSION_FIELD).trim() {
        "" => entry,
        extension => PhoneEntry { extension: extension.to_owned(), ..entry },
    }
}

fn follow<E: AsRef<Event>>(event: E) {
    if let Some(rules) = phone::rules() {
        rules.follow(event.as_ref());
    }
}
