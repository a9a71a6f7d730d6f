//! The page as a user sees and uses it: text, fields, buttons, keyboard. Elements are found by role and
//! accessible name, never by class or id, so these methods work only on an accessible page.

use std::{cell::RefCell, fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};
use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction, TouchActions},
    elements::{Element, ElementRef},
    error::{CmdError, ErrorStatus},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{Browser, Capability, environment, navigation, wait::is_gone, wait_until};

/// The key of an element in WebDriver's JSON.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Waits for the next frame; with a limit, because a hidden page draws none.
const NEXT_FRAME: &str = "
    const frame = new Promise(requestAnimationFrame);
    return Promise.race([frame, new Promise((done) => setTimeout(done, 1000))]).then(() => true);";

/// The page in a browser's window.
#[derive(Debug)]
pub struct Page {
    /// The browser, for commands that are not about the page.
    pub browser: Browser,
    origin: String,
    name: String,
    allowed_in_console: RefCell<Vec<String>>,
}

/// The focused element.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Focus {
    /// The element's tag.
    pub tag: String,
    /// Its explicit role, if it has one.
    pub role: Option<String>,
    /// Its text content.
    pub text: String,
    /// Its accessible name, such as the label of a field.
    #[serde(default)]
    pub name: String,
}

/// Kinds of elements to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Press,
    Field,
    Check,
    Image,
    Frame,
}

impl Kind {
    fn in_script(self) -> &'static str {
        match self {
            Self::Press => "press",
            Self::Field => "field",
            Self::Check => "check",
            Self::Image => "image",
            Self::Frame => "frame",
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Press => "button or link",
            Self::Field => "field",
            Self::Check => "checkbox",
            Self::Image => "image",
            Self::Frame => "frame",
        }
    }
}

impl Page {
    pub(crate) fn new(browser: Browser, origin: &str, name: &str) -> Self {
        Self { browser, origin: origin.to_owned(), name: name.to_owned(), allowed_in_console: RefCell::default() }
    }

    // --- navigation ---

    /// Opens a URL, or a path of the journey's site.
    pub async fn open(&self, address: &str) -> Result<()> {
        let address = if address.starts_with('/') { format!("{}{address}", self.origin) } else { address.to_owned() };
        navigation::open(&self.browser.client, &address).await
    }

    /// Reloads the page.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.browser.client.refresh().await?)
    }

    /// Goes back in the browser's history.
    pub async fn back(&self) -> Result<()> {
        Ok(self.browser.client.back().await?)
    }

    /// The current URL.
    pub async fn address(&self) -> Result<String> {
        Ok(self.browser.client.current_url().await?.to_string())
    }

    /// Whether a page of the journey's site is open, and not one of the org or of the browser itself.
    pub async fn is_own(&self) -> Result<bool> {
        let address = self.browser.run_script("return location.href").await?;
        Ok(address.as_str().is_some_and(|address| address.starts_with(&self.origin)))
    }

    // --- text ---

    /// Waits until the page contains this text.
    pub async fn expect_text(&self, text: &str) -> Result<()> {
        wait_until(&format!("the text `{text}`"), async || Ok(self.text().await?.contains(text).then_some(()))).await
    }

    /// Waits until the page no longer contains this text.
    pub async fn expect_no_text(&self, text: &str) -> Result<()> {
        wait_until(&format!("the text `{text}` to go"), async || Ok((!self.text().await?.contains(text)).then_some(())))
            .await
    }

    /// Waits for a heading with exactly this text.
    pub async fn expect_heading(&self, heading: &str) -> Result<()> {
        wait_until(&format!("the heading `{heading}`"), async || {
            Ok(self.headings().await?.iter().any(|text| text == heading).then_some(()))
        })
        .await
    }

    /// The current headings.
    pub async fn headings(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("heading")]).await
    }

    /// Waits for an alert and returns its text.
    pub async fn alert(&self) -> Result<String> {
        wait_until("an alert", async || Ok(self.alerts().await?.into_iter().next())).await
    }

    /// The current alerts.
    pub async fn alerts(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("alert")]).await
    }

    /// The current alerts and status messages.
    pub async fn messages(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("message")]).await
    }

    /// Waits for an alert or status message that starts with this text.
    pub async fn expect_message(&self, beginning: &str) -> Result<()> {
        wait_until(&format!("a message `{beginning}...`"), async || {
            Ok(self.messages().await?.iter().any(|message| message.starts_with(beginning)).then_some(()))
        })
        .await
    }

    /// All visible text, in one line.
    pub async fn text(&self) -> Result<String> {
        self.ask(&[json!("text")]).await
    }

    /// Waits for the visible element with this documented class and returns its text. For elements without an
    /// accessible name, such as the secret of an authenticator app.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        wait_until(&format!("`{selector}`"), async || {
            let texts: Vec<String> = self.ask(&[json!("textsOf"), json!(selector)]).await?;
            Ok(texts.into_iter().find(|text| !text.is_empty()))
        })
        .await
    }

    /// The focused element; `None` if it is the body.
    pub async fn focused(&self) -> Result<Option<Focus>> {
        let answer: Value = self.ask(&[json!("focus")]).await?;
        let Some(id) = answer.get("element").and_then(element_id) else {
            return Ok(None);
        };
        let mut focus: Focus = serde_json::from_value(answer)?;
        let element = self.element(id);
        focus.name = none_if_stale(self.browser.computed_label(&element).await)?.unwrap_or_default();
        Ok(Some(focus))
    }

    /// Fails if no element has the focus after the next frame.
    pub async fn expect_focus(&self) -> Result<()> {
        // A page that is being left draws no frame.
        let _frame = self.browser.run_script(NEXT_FRAME).await;
        // On a busy machine Yew lets the browser go on between a render and what is done after it.
        wait_until("something to have the focus", async || Ok(self.focused().await?.map(|_| ()))).await
    }

    /// Waits until the element with this accessible name or text has the focus.
    pub async fn expect_focus_on(&self, name: &str) -> Result<()> {
        wait_until(&format!("the focus to be on `{name}`"), async || {
            let focus = self.focused().await?;
            Ok(focus.filter(|focus| focus.name == name || focus.text == name).map(|_| ()))
        })
        .await
    }

    // --- fields ---

    /// Replaces the value of the field with this label.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        wait_until(&format!("the field `{label}` to be filled in"), async || {
            let Some(field) = self.find_now(Kind::Field, label).await? else {
                return Ok(None);
            };
            field.clear().await.with_context(|| format!("could not empty the field `{label}`"))?;
            // WebKit's driver refuses to type nothing.
            if !text.is_empty() {
                field.send_keys(text).await.with_context(|| format!("could not type into the field `{label}`"))?;
            }
            // The page may have filled in a name of its own after the field was emptied. Who sees that types anew.
            let value = none_if_stale(field.prop("value").await)?.flatten();
            let is_added = value.is_some_and(|value| value != text && value.ends_with(text) && !text.is_empty());
            Ok((!is_added).then_some(()))
        })
        .await
    }

    /// Types a code into the field with this label, and presses the button with this name unless the page has submitted
    /// the complete code by itself.
    pub async fn submit_code(&self, label: &str, code: &str, button: &str) -> Result<()> {
        self.fill(label, code).await?;
        wait_until(&format!("the code to be submitted, or `{button}` to be enabled"), async || {
            let enabled = self.enabled_now(|name| name == button).await?;
            // After the button: where it is enabled, a code that the page has submitted is gone by now.
            let value = match self.find_now(Kind::Field, label).await? {
                Some(field) => none_if_stale(field.prop("value").await)?.flatten(),
                None => None,
            };
            if value.as_deref() != Some(code) {
                return Ok(Some(()));
            }
            match enabled {
                Some(button) => none_if_not_clickable(button.click().await),
                None => Ok(None),
            }
        })
        .await
    }

    /// Selects an option of the list with this label.
    pub async fn select(&self, label: &str, entry: &str) -> Result<()> {
        let list = self.find(Kind::Field, label).await?;
        list.select_by_label(entry).await.with_context(|| format!("could not pick `{entry}` of `{label}`"))
    }

    /// The value of the field with this label.
    pub async fn value(&self, label: &str) -> Result<String> {
        let value = self.of(Kind::Field, label, async |field| field.prop("value").await).await?;
        Ok(value.unwrap_or_default())
    }

    /// An attribute of the field with this label.
    pub async fn field_attribute(&self, label: &str, attribute: &str) -> Result<Option<String>> {
        self.of(Kind::Field, label, async |field| field.attr(attribute).await).await
    }

    /// Whether there is a field with this label now.
    pub async fn has_field_now(&self, label: &str) -> Result<bool> {
        Ok(self.find_now(Kind::Field, label).await?.is_some())
    }

    /// Waits until there is a field with this label.
    pub async fn expect_field(&self, label: &str) -> Result<()> {
        self.find(Kind::Field, label).await.map(|_| ())
    }

    // --- buttons ---

    /// Presses the button or link with this name, as soon as it is enabled.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.press_matching(&format!("`{name}`"), |its| its == name).await
    }

    /// Presses the button or link whose name starts with this text, as soon as it is enabled.
    pub async fn press_starting_with(&self, beginning: &str) -> Result<()> {
        self.press_matching(&format!("`{beginning}...`"), |its| its.starts_with(beginning)).await
    }

    /// Presses one of several buttons with the same name, by index.
    pub async fn press_nth(&self, name: &str, place: usize) -> Result<()> {
        wait_until(&format!("button {place} with the name `{name}`"), async || {
            let same = self.named(Kind::Press).await?.into_iter().filter(|(_, its)| its == name);
            match same.map(|(button, _)| button).nth(place) {
                Some(button) => none_if_not_clickable(button.click().await),
                None => Ok(None),
            }
        })
        .await
    }

    async fn press_matching(&self, what: &str, is_meant: impl Fn(&str) -> bool) -> Result<()> {
        wait_until(&format!("the button or link {what} to be pressed"), async || {
            match self.enabled_now(&is_meant).await? {
                Some(button) => none_if_not_clickable(button.click().await),
                None => Ok(None),
            }
        })
        .await
    }

    /// The first button or link whose name is meant, if it is enabled now.
    async fn enabled_now(&self, is_meant: impl Fn(&str) -> bool) -> Result<Option<Element>> {
        let named = self.named(Kind::Press).await?;
        let Some((button, _)) = named.into_iter().find(|(_, its)| is_meant(its)) else {
            return Ok(None);
        };
        Ok(is_enabled_now(&button).await?.unwrap_or(false).then_some(button))
    }

    /// Taps the button or link with this name as a finger does, as soon as it is enabled; clicks it in an engine without touch.
    pub async fn tap(&self, name: &str) -> Result<()> {
        wait_until(&format!("the button or link `{name}` to be tapped"), async || {
            match self.enabled_now(|its| its == name).await? {
                Some(button) => Ok(Some(self.touch(button).await?)),
                None => Ok(None),
            }
        })
        .await
    }

    /// Taps the field with this label.
    pub async fn tap_field(&self, label: &str) -> Result<()> {
        wait_until(&format!("the field `{label}` to be tapped"), async || {
            match self.find_now(Kind::Field, label).await? {
                Some(field) => Ok(Some(self.touch(field).await?)),
                None => Ok(None),
            }
        })
        .await
    }

    async fn touch(&self, element: Element) -> Result<(), CmdError> {
        const SCROLL: &str = "arguments[0].scrollIntoView({ block: 'nearest', behavior: 'instant' })";
        if !self.browser.can(Capability::Touch) {
            return element.click().await;
        }
        // A finger scrolls there first.
        self.browser.client.execute(SCROLL, vec![json!(element)]).await?;
        let there = PointerAction::MoveToElement { element, duration: Some(Duration::ZERO), x: 0.0, y: 0.0 };
        let actions = TouchActions::new("finger".to_owned())
            .then(there)
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.browser.client.perform_actions(actions).await
    }

    /// Double-clicks the button without a pause.
    pub async fn double_click(&self, name: &str) -> Result<()> {
        let button = self.find(Kind::Press, name).await?;
        // Scroll first, so that the button does not move before the click.
        self.browser.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![json!(button)]).await?;
        let mut actions = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element: button,
            duration: Some(Duration::ZERO),
            x: 0.0,
            y: 0.0,
        });
        for _ in 0..2 {
            actions = actions
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        Ok(self.browser.client.perform_actions(actions).await?)
    }

    /// Waits until there is a button or link with this name.
    pub async fn expect_button(&self, name: &str) -> Result<()> {
        self.find(Kind::Press, name).await.map(|_| ())
    }

    /// Whether a button or link with this name is there now.
    pub async fn has_button_now(&self, name: &str) -> Result<bool> {
        Ok(self.find_now(Kind::Press, name).await?.is_some())
    }

    /// Waits for a disabled button whose name starts with this text; returns its whole name.
    pub async fn expect_disabled(&self, beginning: &str) -> Result<String> {
        wait_until(&format!("a button `{beginning}...` that cannot be pressed"), async || {
            for (button, name) in self.named(Kind::Press).await? {
                if name.starts_with(beginning) && is_enabled_now(&button).await? == Some(false) {
                    return Ok(Some(name));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Whether the toggle button with this name is pressed.
    pub async fn is_pressed(&self, name: &str) -> Result<bool> {
        let pressed = self.of(Kind::Press, name, async |button| button.attr("aria-pressed").await).await?;
        Ok(pressed.as_deref() == Some("true"))
    }

    // --- checkboxes and images ---

    /// Checks the checkbox with this label, if it is not checked.
    pub async fn check(&self, label: &str) -> Result<()> {
        self.tick(label, true).await
    }

    /// Unchecks the checkbox with this label, if it is checked.
    pub async fn uncheck(&self, label: &str) -> Result<()> {
        self.tick(label, false).await
    }

    async fn tick(&self, label: &str, checked: bool) -> Result<()> {
        wait_until(&format!("`{label}` to be ticked: {checked}"), async || {
            let Some(tick) = self.find_now(Kind::Check, label).await? else {
                return Ok(None);
            };
            if tick.is_selected().await? == checked {
                return Ok(Some(()));
            }
            // A visually hidden checkbox is checked by its label.
            if tick.click().await.is_err() {
                self.browser.client.execute("arguments[0].labels[0].click()", vec![json!(tick)]).await?;
            }
            Ok(None)
        })
        .await
    }

    /// Whether the checkbox with this label is checked.
    pub async fn is_checked(&self, label: &str) -> Result<bool> {
        self.of(Kind::Check, label, async |tick| tick.is_selected().await).await
    }

    /// The labels of the current checkboxes.
    pub async fn checkboxes(&self) -> Result<Vec<String>> {
        Ok(self.named(Kind::Check).await?.into_iter().map(|(_, name)| name).collect())
    }

    /// The alternative texts of the current images.
    pub async fn images(&self) -> Result<Vec<String>> {
        Ok(self.named(Kind::Image).await?.into_iter().map(|(_, name)| name).collect())
    }

    // --- frames ---

    /// Presses a button inside the frame with this title.
    pub async fn press_in_frame(&self, title: &str, name: &str) -> Result<()> {
        let frame = self.find(Kind::Frame, title).await?;
        frame.enter_frame().await?;
        let pressed = self.press(name).await;
        self.browser.client.enter_parent_frame().await?;
        pressed
    }

    // --- page visibility ---

    /// Simulates a hidden or visible tab. A real hidden tab would also have its timers throttled.
    pub async fn set_hidden(&self, hidden: bool) -> Result<()> {
        const SCRIPT: &str = "
            const state = arguments[0] ? 'hidden' : 'visible';
            Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
            Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));";
        self.browser.client.execute(SCRIPT, vec![json!(hidden)]).await?;
        Ok(())
    }

    // --- keyboard ---

    /// Types with the keyboard; the focused element receives the keys. Special keys are written as in WebDriver: see
    /// [`fantoccini::key::Key`].
    pub async fn keys(&self, keys: &str) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.browser.client.perform_actions(actions).await?)
    }

    /// Presses Tab until the element with this name has the focus.
    pub async fn tab_to(&self, name: &str) -> Result<()> {
        for _ in 0..30 {
            if self.focused().await?.is_some_and(|focus| focus.name == name) {
                return Ok(());
            }
            self.keys("\u{e004}").await?;
        }
        bail!("30 times Tab do not lead to `{name}`")
    }

    // --- evidence ---

    /// Saves a screenshot as `test-output/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let png = self.browser.client.screenshot().await?;
        save(&["screenshots", &format!("{name}.png")], &png)
    }

    /// Saves two, as `NAME-light.png` and `NAME-dark.png`, in these color schemes; the first alone in an engine that has
    /// one scheme.
    pub async fn screenshot_light_and_dark(&self, name: &str) -> Result<()> {
        if !self.browser.can(Capability::ColorScheme) {
            return self.screenshot(&format!("{name}-light")).await;
        }
        for scheme in ["light", "dark"] {
            self.browser.prefer_color_scheme(scheme).await?;
            self.screenshot(&format!("{name}-{scheme}")).await?;
        }
        Ok(())
    }

    /// Allows console lines that contain this text.
    pub fn allow_in_console(&self, part: &str) {
        self.allowed_in_console.borrow_mut().push(part.to_owned());
    }

    /// Fails if the console has unexpected errors.
    pub(crate) async fn console_is_clean(&self) -> Result<()> {
        let lines = self.browser.console().await?;
        let expected = self.allowed_in_console.borrow();
        let faults: Vec<String> = lines
            .into_iter()
            .filter(crate::ConsoleLine::is_failure)
            .map(|line| format!("{} ({}): {}", line.level, line.source, line.message))
            .filter(|line| !expected.iter().any(|part| line.contains(part)))
            .collect();
        ensure!(faults.is_empty(), "the console has:\n{}", faults.join("\n"));
        Ok(())
    }

    /// Saves a screenshot and the page's source.
    pub(crate) async fn save_evidence(&self) -> Result<()> {
        let name = format!("failed-{}-{}", self.browser.engine(), self.name);
        self.screenshot(&name).await?;
        let source = self.browser.client.source().await?;
        save(&[&format!("{name}.html")], source.as_bytes())
    }

    // --- finding ---

    async fn find(&self, kind: Kind, name: &str) -> Result<Element> {
        let what = format!("the {} `{name}`", kind.in_words());
        wait_until(&what, async || self.find_now(kind, name).await).await
    }

    /// What an element says of itself; again if it has been replaced meanwhile.
    async fn of<T>(&self, kind: Kind, name: &str, ask: impl AsyncFn(&Element) -> Result<T, CmdError>) -> Result<T> {
        wait_until(&format!("the {} `{name}`", kind.in_words()), async || {
            let Some(element) = self.find_now(kind, name).await? else {
                return Ok(None);
            };
            Ok(Some(ask(&element).await?))
        })
        .await
    }

    async fn find_now(&self, kind: Kind, name: &str) -> Result<Option<Element>> {
        let named = self.named(kind).await?;
        Ok(named.into_iter().find(|(_, its)| its == name).map(|(element, _)| element))
    }

    /// The visible elements of a kind, with their accessible names.
    async fn named(&self, kind: Kind) -> Result<Vec<(Element, String)>> {
        let candidates: Vec<Value> = self.ask(&[json!("candidates"), json!(kind.in_script())]).await?;
        let mut named = Vec::new();
        for candidate in candidates {
            let id = element_id(&candidate).context("a candidate that is not an element")?;
            let element = self.element(id);
            if let Some(label) = none_if_stale(self.browser.computed_label(&element).await)? {
                named.push((element, label.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        Ok(named)
    }

    fn element(&self, id: ElementRef) -> Element {
        Element::from_element_id(self.browser.client.clone(), id)
    }

    async fn ask<T: DeserializeOwned>(&self, question: &[Value]) -> Result<T> {
        wait_until("the page to answer", async || {
            let answer = self.browser.client.execute(include_str!("find.js"), question.to_vec()).await?;
            let is_none = answer.is_null();
            match serde_json::from_value(answer) {
                Ok(answer) => Ok(Some(answer)),
                // Firefox has no answer of a page that is being left.
                Err(error) => {
                    if is_none {
                        Ok(None)
                    } else {
                        Err(error.into())
                    }
                }
            }
        })
        .await
    }

    /// The page's URL and text, for the message of a failure.
    pub(crate) async fn describe(&self) -> String {
        let (address, text) = (self.address().await, self.text().await);
        format!("on {}\n  which says: {}", address.unwrap_or_default(), text.unwrap_or_default())
    }
}

fn element_id(value: &Value) -> Option<ElementRef> {
    value.get(ELEMENT_KEY)?.as_str().map(|id| ElementRef::from(id.to_owned()))
}

/// Whether a button is enabled; `None` if it is gone.
async fn is_enabled_now(button: &Element) -> Result<Option<bool>> {
    let Some(enabled) = none_if_stale(button.is_enabled().await)? else {
        return Ok(None);
    };
    let held = none_if_stale(button.attr("aria-disabled").await)?;
    Ok(held.map(|held| enabled && held.as_deref() != Some("true")))
}

/// `None` for an element that was removed from the page, or whose page was left.
pub(crate) fn none_if_stale<T>(result: Result<T, CmdError>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Also `None` for an element that cannot be clicked yet.
fn none_if_not_clickable(result: Result<(), CmdError>) -> Result<Option<()>> {
    match result {
        Err(CmdError::Standard(error))
            if matches!(error.error, ErrorStatus::ElementClickIntercepted | ErrorStatus::ElementNotInteractable) =>
        {
            Ok(None)
        }
        // It was clicked, and has led to the browser's own page about an error, which Firefox's driver takes for one.
        Err(CmdError::Standard(error)) if error.message.starts_with("Reached error page") => Ok(Some(())),
        result => none_if_stale(result),
    }
}

fn save(path: &[&str], bytes: &[u8]) -> Result<()> {
    let mut file: PathBuf = environment::output_folder();
    file.extend(path);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, bytes).with_context(|| format!("could not write {}", file.display()))
}
