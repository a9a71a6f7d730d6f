//! The values of a submitted form, by the names of its fields. Not here: what it means.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlFormElement, HtmlInputElement, SubmitEvent};
use yew::html::{NodeRef, TargetCast};

/// A submitted form.
pub(crate) struct Values {
    form: HtmlFormElement,
    pressed: Option<String>,
}

impl Values {
    /// Reads the event of a form that was submitted.
    pub(crate) fn of(event: &SubmitEvent) -> Option<Self> {
        let form = event.target_dyn_into()?;
        let pressed = event.submitter().and_then(|button| button.get_attribute("value"));
        Some(Self { form, pressed })
    }

    /// Reads a form that was submitted before the widget was on the page, by the button with this value.
    pub(crate) fn submitted_early(form: HtmlFormElement, pressed: String) -> Self {
        Self { form, pressed: Some(pressed) }
    }

    /// The text of a field; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> String {
        self.property(name, "value").and_then(|value| value.as_string()).unwrap_or_default()
    }

    /// The form.
    pub(crate) fn form(&self) -> &HtmlFormElement {
        &self.form
    }

    /// Whether a box is ticked; `None` where there is none.
    pub(crate) fn ticked(&self, name: &str) -> Option<bool> {
        self.property(name, "checked")?.as_bool()
    }

    /// The value of the button that was pressed; none for Enter, and for the main button.
    pub(crate) fn pressed(&self) -> Option<&str> {
        self.pressed.as_deref()
    }

    /// The rest of the names of all ticked boxes whose names begin like this.
    pub(crate) fn ticked_beginning(&self, beginning: &str) -> Vec<String> {
        let selector = ["[name^='", beginning, "']:checked"].concat();
        let Ok(found) = self.form.query_selector_all(&selector) else { return Vec::new() };
        let name = |place| found.get(place)?.unchecked_into::<Element>().get_attribute("name");
        let names = (0..found.length()).filter_map(name);
        names.filter_map(|name| name.strip_prefix(beginning).map(str::to_owned)).collect()
    }

    /// The values of the form around an element.
    pub(crate) fn around(element: &NodeRef) -> Option<Self> {
        let form = element.cast::<Element>()?.closest("form").ok()??.dyn_into().ok()?;
        Some(Self { form, pressed: None })
    }

    /// The texts of all fields whose names begin like this, by the rest of their names.
    pub(crate) fn texts_beginning(&self, beginning: &str) -> Vec<(String, String)> {
        let Ok(found) = self.form.query_selector_all(&["[name^='", beginning, "']"].concat()) else {
            return Vec::new();
        };
        let read = |place| {
            let input = found.get(place)?.dyn_into::<HtmlInputElement>().ok()?;
            Some((input.name().strip_prefix(beginning)?.to_owned(), input.value()))
        };
        (0..found.length()).filter_map(read).collect()
    }

    fn property(&self, name: &str, property: &str) -> Option<JsValue> {
        let control = self.form.query_selector(&["[name='", name, "']"].concat()).ok()??;
        js_sys::Reflect::get(&control, &JsValue::from_str(property)).ok()
    }
}
