//! A page with a widget on it, as a person meets it: fields by their label, buttons by their name, and
//! waiting for what must come to be seen. Dropping it takes the widget off again.

use crate::answers::Body;
use crate::outside::{self, Call};
use js_sys::{Object, Reflect};
use okta_authn_widget::embed::api::{self, Handle};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// How often is asked, a few milliseconds apart, before a wait is given up.
const PATIENCE: usize = 1_000;

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Asks until there is an answer. `what` completes the sentence "waited in vain for".
pub(crate) async fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    for _ in 0..PATIENCE {
        if let Some(answer) = ask() {
            return answer;
        }
        outside::tick().await;
    }
    let page = document().body().unwrap().inner_text();
    let sent: Vec<String> = outside::sent().iter().map(Call::line).collect();
    panic!("waited in vain for {what}; it sent {sent:?}; the page says:\n{page}");
}

/// The request of that place, counted from 0, once it was sent.
pub(crate) async fn call(place: usize) -> Call {
    until(&format!("request {place}"), || outside::sent().into_iter().nth(place)).await
}

/// A JavaScript object of these members.
pub(crate) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &JsValue::from_str(name), value).unwrap();
    }
    object.into()
}

/// A widget in an element of its own.
pub(crate) struct Page {
    pub(crate) host: Element,
    handle: Option<Handle>,
    alone: bool,
}

impl Page {
    /// A fresh page with a widget of these options, that looks for no session.
    pub(crate) async fn open(options: &[(&str, JsValue)]) -> Self {
        outside::install();
        Self::beside(options, true).await
    }

    /// One more widget on the same page.
    pub(crate) async fn another(&self, options: &[(&str, JsValue)]) -> Self {
        Self::beside(options, false).await
    }

    /// The widget is taken off, and another put into the same element at once.
    pub(crate) async fn anew(mut self, options: &[(&str, JsValue)]) -> Self {
        self.handle.take().unwrap().unmount();
        self.handle = Some(mount(&self.host, options));
        self.arrives("h2").await;
        self
    }

    async fn beside(options: &[(&str, JsValue)], alone: bool) -> Self {
        let host = document().create_element("div").unwrap();
        host.set_attribute("data-test", "").unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let page = Self { handle: Some(mount(&host, options)), host, alone };
        page.arrives("h2").await;
        page
    }

    /// A page where jeff's name and password were answered like this, and the new step is there.
    pub(crate) async fn at(body: Body, title: &str) -> Self {
        let page = Self::open(&[]).await;
        page.sign_in("jeff", "pw");
        call(0).await.answer(200, &body.0.to_string());
        page.says(title).await;
        page
    }

    /// Takes the widget off, and waits until it is gone.
    pub(crate) async fn unmount(&mut self) {
        self.handle.take().unwrap().unmount();
        until("an empty element", || self.host.inner_html().is_empty().then_some(())).await;
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
    }

    pub(crate) fn one(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector} in {}", self.host.inner_html()))
    }

    pub(crate) async fn arrives(&self, selector: &str) -> HtmlElement {
        until(selector, || self.all(selector).into_iter().next()).await
    }

    pub(crate) fn text(&self) -> String {
        self.host.text_content().unwrap_or_default()
    }

    pub(crate) async fn says(&self, text: &str) {
        until(text, || self.text().contains(text).then_some(())).await;
    }

    /// The input whose label begins so.
    pub(crate) fn field(&self, label: &str) -> HtmlInputElement {
        let labels = self.all("label");
        let found = labels.iter().find(|element| element.text_content().unwrap_or_default().trim().starts_with(label));
        let found = found.unwrap_or_else(|| panic!("no field {label} in {}", self.host.inner_html()));
        found.query_selector("input").unwrap().unwrap().dyn_into().unwrap()
    }

    /// The button that is called so.
    pub(crate) fn button(&self, name: &str) -> HtmlElement {
        let called = |button: &HtmlElement| {
            let label = button.get_attribute("aria-label").or_else(|| button.text_content()).unwrap_or_default();
            label.trim() == name
        };
        let found = self.all("button, summary").into_iter().find(called);
        found.unwrap_or_else(|| panic!("no button {name} in {}", self.host.inner_html()))
    }

    pub(crate) fn fill(&self, label: &str, text: &str) {
        let field = self.field(label);
        field.set_value(text);
        field.dispatch_event(&bubbling("input")).unwrap();
    }

    /// What a browser does for Enter in a field: it clicks the form's first submit button.
    pub(crate) fn press_enter(&self) {
        self.one("form [type=submit]").click();
    }

    pub(crate) fn sign_in(&self, username: &str, password: &str) {
        self.fill("Username", username);
        self.fill("Password", password);
        self.press_enter();
    }

    /// A key goes down in a field, with Caps Lock on or off.
    pub(crate) fn press_key(&self, label: &str, caps_lock: bool) {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_modifier_caps_lock(caps_lock);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.field(label).dispatch_event(&event).unwrap();
    }

    /// Waits until focus is on that element.
    pub(crate) async fn focuses(&self, selector: &str) {
        let focused = || document().active_element();
        let wanted = || self.all(selector).into_iter().next().map(Element::from);
        until(&format!("focus on {selector}"), || (wanted().is_some() && wanted() == focused()).then_some(())).await;
    }
}

fn mount(host: &Element, options: &[(&str, JsValue)]) -> Handle {
    let own = [("baseUrl", crate::answers::ORG.into()), ("existingSession", "ignore".into())];
    let all: Vec<_> = own.into_iter().chain(options.iter().cloned()).collect();
    api::mount(host, &object(&all), None, None).map_err(JsValue::from).unwrap()
}

fn bubbling(name: &str) -> web_sys::Event {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    web_sys::Event::new_with_event_init_dict(name, &init).unwrap()
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(mut handle) = self.handle.take() {
            handle.unmount();
        }
        self.host.remove();
        if self.alone {
            outside::restore();
        }
    }
}
