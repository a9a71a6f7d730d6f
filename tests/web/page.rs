//! A page with a widget: finds fields by their label and buttons by their name, and waits for what must appear.
//! Dropping it unmounts the widget. Not here: a test.

use crate::fakes::{self, SentRequest};
use crate::responses::{Body, ORG};
use js_sys::{Function, Object, Reflect};
use okta_authn_widget::embed::{self, Before, Given, Widget};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};
use yew::scheduler::flush;

/// How often a condition is checked, a few milliseconds apart, before a wait fails.
const MAX_CHECKS: usize = 1_000;

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Checks until there is a value. `what` completes the sentence "no ... in time".
pub(crate) async fn wait_for<T>(what: &str, mut check: impl FnMut() -> Option<T>) -> T {
    for _ in 0..MAX_CHECKS {
        // On a busy machine, Yew lets the browser go on between a render and what is done after it.
        flush().await;
        if let Some(value) = check() {
            return value;
        }
        fakes::tick().await;
    }
    let page = document().body().unwrap().inner_text();
    let sent: Vec<String> = fakes::sent_requests().iter().map(SentRequest::line).collect();
    panic!("no {what} in time; sent: {sent:?}; the text of the page:\n{page}");
}

/// The request at this place, counted from 0, as soon as it is sent.
pub(crate) async fn sent_request(place: usize) -> SentRequest {
    wait_for(&format!("request {place}"), || fakes::sent_requests().into_iter().nth(place)).await
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
    widget: Option<Widget>,
    owns_fakes: bool,
}

impl Page {
    /// A new page with a widget of these options, which looks up no session.
    pub(crate) async fn open(options: &[(&str, JsValue)]) -> Self {
        fakes::install();
        Self::mount_new(options, true).await
    }

    /// One more widget on the same page.
    pub(crate) async fn another(&self, options: &[(&str, JsValue)]) -> Self {
        Self::mount_new(options, false).await
    }

    /// Unmounts the widget, and mounts another one in the same element at once.
    pub(crate) async fn mount_again(mut self, options: &[(&str, JsValue)]) -> Self {
        self.widget.take().unwrap().unmount();
        self.widget = Some(mount(&self.host, options));
        self.appears("h2").await;
        self
    }

    /// The same with a script that is told what happens.
    pub(crate) async fn open_with(script: Function, options: &[(&str, JsValue)]) -> Self {
        fakes::install();
        Self::mount_new_with(script, options, true).await
    }

    /// Its widget.
    pub(crate) fn widget(&self) -> &Widget {
        self.widget.as_ref().unwrap()
    }

    async fn mount_new(options: &[(&str, JsValue)], owns_fakes: bool) -> Self {
        Self::mount_new_with(Function::new_no_args(""), options, owns_fakes).await
    }

    async fn mount_new_with(script: Function, options: &[(&str, JsValue)], owns_fakes: bool) -> Self {
        let host = document().create_element("div").unwrap();
        host.set_attribute("data-test", "").unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let page = Self { widget: Some(mount_with(script, &host, options)), host, owns_fakes };
        page.appears("h2").await;
        page
    }

    /// A page where the response to jeff's user name and password is this, and the next step is shown.
    pub(crate) async fn at(body: Body, title: &str) -> Self {
        let page = Self::open(&[]).await;
        page.sign_in("jeff", "pw");
        sent_request(0).await.respond(200, &body.0.to_string());
        page.shows(title).await;
        page
    }

    /// Unmounts the widget, and waits until it is gone, and until promises that it was waiting for have ended.
    pub(crate) async fn unmount(&mut self) {
        self.widget.take().unwrap().unmount();
        wait_for("an empty element", || self.host.inner_html().is_empty().then_some(())).await;
        fakes::tick().await;
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
    }

    pub(crate) fn one(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector} in {}", self.host.inner_html()))
    }

    /// Waits for an element.
    pub(crate) async fn appears(&self, selector: &str) -> HtmlElement {
        wait_for(selector, || self.all(selector).into_iter().next()).await
    }

    pub(crate) fn text(&self) -> String {
        self.host.text_content().unwrap_or_default()
    }

    /// Waits for a text.
    pub(crate) async fn shows(&self, text: &str) {
        wait_for(text, || self.text().contains(text).then_some(())).await;
    }

    /// The input whose label begins so.
    pub(crate) fn field(&self, label: &str) -> HtmlInputElement {
        let labels = self.all("label");
        let found = labels.iter().find(|element| element.text_content().unwrap_or_default().trim().starts_with(label));
        let found = found.unwrap_or_else(|| panic!("no field {label} in {}", self.host.inner_html()));
        found.query_selector("input").unwrap().unwrap().dyn_into().unwrap()
    }

    /// The button of this name.
    pub(crate) fn button(&self, name: &str) -> HtmlElement {
        let has_name = |button: &HtmlElement| {
            let label = button.get_attribute("aria-label").or_else(|| button.text_content()).unwrap_or_default();
            label.trim() == name
        };
        let found = self.all("button, summary").into_iter().find(has_name);
        found.unwrap_or_else(|| panic!("no button {name} in {}", self.host.inner_html()))
    }

    pub(crate) fn fill(&self, label: &str, text: &str) {
        let field = self.field(label);
        field.set_value(text);
        field.dispatch_event(&bubbling("input")).unwrap();
    }

    /// Does what a browser does for Enter in a field: clicks the form's first submit button.
    pub(crate) fn press_enter(&self) {
        self.one("form [type=submit]").click();
    }

    pub(crate) fn sign_in(&self, username: &str, password: &str) {
        self.fill("Username", username);
        self.fill("Password", password);
        self.press_enter();
    }

    /// Presses a key in a field, with Caps Lock on or off.
    pub(crate) fn press_key(&self, label: &str, caps_lock: bool) {
        let init = KeyboardEventInit::new();
        init.set_bubbles(true);
        init.set_modifier_caps_lock(caps_lock);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.field(label).dispatch_event(&event).unwrap();
    }

    /// Waits until focus is on this element.
    pub(crate) async fn has_focus_on(&self, selector: &str) {
        let focused = || document().active_element();
        let wanted = || self.all(selector).into_iter().next().map(Element::from);
        wait_for(&format!("focus on {selector}"), || (wanted().is_some() && wanted() == focused()).then_some(())).await;
    }
}

/// What a page gives, without a script that is told what happens.
pub(crate) fn given(options: &JsValue, attributes: bool) -> Given<'_> {
    Given { options, attributes, script: Function::new_no_args(""), language: JsValue::UNDEFINED }
}

fn mount(host: &Element, options: &[(&str, JsValue)]) -> Widget {
    mount_with(Function::new_no_args(""), host, options)
}

fn mount_with(script: Function, host: &Element, options: &[(&str, JsValue)]) -> Widget {
    let own = [("baseUrl", ORG.into()), ("existingSession", "ignore".into())];
    let all: Vec<_> = own.into_iter().chain(options.iter().cloned()).collect();
    let given = Given { options: &object(&all), attributes: false, script, language: JsValue::UNDEFINED };
    embed::mount(host, given, Before::default()).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn bubbling(name: &str) -> web_sys::Event {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict(name, &init).unwrap();
    // What an `InputEvent` says besides.
    Reflect::set(&event, &"isComposing".into(), &false.into()).unwrap();
    event
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(widget) = self.widget.take() {
            widget.unmount();
        }
        self.host.remove();
        if self.owns_fakes {
            fakes::restore();
        }
    }
}
