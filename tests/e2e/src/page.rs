//! What a person does with a page: reading it, finding things by the name they bear, typing,
//! pressing. Elements are found by what the browser announces them as, never by a class or an id,
//! so a page that these verbs cannot use is one that some people cannot use either.

use std::{cell::RefCell, fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::{Element, ElementRef},
    error::{CmdError, ErrorStatus},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{Browser, environment, opening, wait_until};

/// How `WebDriver` marks an element in JSON.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Waits until what was drawn can be seen; a page that can't be seen is not waited for.
const NEXT_FRAME: &str = "
    const frame = new Promise(requestAnimationFrame);
    return Promise.race([frame, new Promise((done) => setTimeout(done, 1000))]).then(() => true);";

/// The page in a browser's window.
#[derive(Debug)]
pub struct Page {
    /// The browser, for what is not about the page.
    pub browser: Browser,
    origin: String,
    name: String,
    expected_in_console: RefCell<Vec<String>>,
}

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Focus {
    /// The element's tag.
    pub tag: String,
    /// Its explicit role, if it has one.
    pub role: Option<String>,
    /// Its text.
    pub text: String,
    /// What it is announced as: the label of a field, for one.
    #[serde(default)]
    pub name: String,
}

/// The kinds of things that are looked for.
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
            Self::Check => "tick box",
            Self::Image => "picture",
            Self::Frame => "frame",
        }
    }
}

impl Page {
    pub(crate) fn new(browser: Browser, origin: &str, name: &str) -> Self {
        Self { browser, origin: origin.to_owned(), name: name.to_owned(), expected_in_console: RefCell::default() }
    }

    // --- going somewhere ---

    /// Opens an address, or a path of the journey's own site.
    pub async fn open(&self, address: &str) -> Result<()> {
        let address = if address.starts_with('/') { format!("{}{address}", self.origin) } else { address.to_owned() };
        opening::open(&self.browser.client, &address).await
    }

    /// Loads the page anew.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.browser.client.refresh().await?)
    }

    /// Where the browser is.
    pub async fn address(&self) -> Result<String> {
        Ok(self.browser.client.current_url().await?.to_string())
    }

    // --- reading ---

    /// Waits until this can be read on the page.
    pub async fn sees(&self, text: &str) -> Result<()> {
        self.until(&format!("the text `{text}`"), async || Ok(self.text().await?.contains(text).then_some(()))).await
    }

    /// Waits until this can no longer be read on the page.
    pub async fn no_longer_sees(&self, text: &str) -> Result<()> {
        self.until(&format!("the text `{text}` to go"), async || Ok((!self.text().await?.contains(text)).then_some(())))
            .await
    }

    /// Waits until a heading says exactly this.
    pub async fn arrives_at(&self, heading: &str) -> Result<()> {
        self.until(&format!("the heading `{heading}`"), async || {
            Ok(self.headings().await?.iter().any(|text| text == heading).then_some(()))
        })
        .await
    }

    /// The headings that can be read now.
    pub async fn headings(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("heading")]).await
    }

    /// Waits for an alert and reads it.
    pub async fn alert(&self) -> Result<String> {
        self.until("an alert", async || Ok(self.alerts().await?.into_iter().next())).await
    }

    /// The alerts that can be read now.
    pub async fn alerts(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("alert")]).await
    }

    /// What is announced now: alerts, and what is only good to know.
    pub async fn messages(&self) -> Result<Vec<String>> {
        self.ask(&[json!("texts"), json!("message")]).await
    }

    /// Waits for a message that begins like this, grave or not.
    pub async fn is_told(&self, beginning: &str) -> Result<()> {
        self.until(&format!("a message `{beginning}...`"), async || {
            Ok(self.messages().await?.iter().any(|message| message.starts_with(beginning)).then_some(()))
        })
        .await
    }

    /// All text that can be read now, in one line.
    pub async fn text(&self) -> Result<String> {
        self.ask(&[json!("text")]).await
    }

    /// Waits for the one visible element of a documented class and reads it. For what has no name
    /// of its own, such as a secret to be typed elsewhere.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        self.until(&format!("`{selector}`"), async || {
            let texts: Vec<String> = self.ask(&[json!("textsOf"), json!(selector)]).await?;
            Ok(texts.into_iter().find(|text| !text.is_empty()))
        })
        .await
    }

    /// What has the keyboard now; `None` when it is the page as a whole.
    pub async fn focused(&self) -> Result<Option<Focus>> {
        let answer: Value = self.ask(&[json!("focus")]).await?;
        let Some(id) = answer.get("element").and_then(element_id) else {
            return Ok(None);
        };
        let mut focus: Focus = serde_json::from_value(answer)?;
        let element = self.element(id);
        focus.name = forgive_stale(self.browser.computed_label(&element).await)?.unwrap_or_default();
        Ok(Some(focus))
    }

    /// Fails when nothing has the keyboard once what was drawn can be seen: whoever goes by it would be lost.
    pub async fn has_focus(&self) -> Result<()> {
        // A page that goes away meanwhile draws no more.
        let _frame = self.browser.run_script(NEXT_FRAME).await;
        if self.focused().await?.is_none() {
            bail!("nothing has the focus\n  on {}\n  which says: {}", self.address().await?, self.text().await?);
        }
        Ok(())
    }

    /// Waits until the thing with this name, or this text, has the keyboard.
    pub async fn focus_is_on(&self, name: &str) -> Result<()> {
        self.until(&format!("the focus to be on `{name}`"), async || {
            let focus = self.focused().await?;
            Ok(focus.filter(|focus| focus.name == name || focus.text == name).map(|_| ()))
        })
        .await
    }

    // --- fields ---

    /// Types into the field with this label, in place of what was there.
    pub async fn fill(&self, label: &str, text: &str) -> Result<()> {
        let field = self.find(Kind::Field, label).await?;
        field.clear().await.with_context(|| format!("could not empty the field `{label}`"))?;
        field.send_keys(text).await.with_context(|| format!("could not type into the field `{label}`"))
    }

    /// Picks an entry of the list with this label.
    pub async fn pick(&self, label: &str, entry: &str) -> Result<()> {
        let list = self.find(Kind::Field, label).await?;
        list.select_by_label(entry).await.with_context(|| format!("could not pick `{entry}` of `{label}`"))
    }

    /// What stands in the field with this label.
    pub async fn value(&self, label: &str) -> Result<String> {
        let field = self.find(Kind::Field, label).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// An attribute of the field with this label.
    pub async fn field_attribute(&self, label: &str, attribute: &str) -> Result<Option<String>> {
        Ok(self.find(Kind::Field, label).await?.attr(attribute).await?)
    }

    /// Whether there is a field with this label now.
    pub async fn has_field_now(&self, label: &str) -> Result<bool> {
        Ok(self.look_for(Kind::Field, label).await?.is_some())
    }

    /// Waits until there is a field with this label.
    pub async fn has_field(&self, label: &str) -> Result<()> {
        self.find(Kind::Field, label).await.map(|_| ())
    }

    // --- buttons ---

    /// Presses the button or link with this name, as soon as it can be pressed.
    pub async fn press(&self, name: &str) -> Result<()> {
        self.press_the_one(&format!("`{name}`"), |its| its == name).await
    }

    /// Presses the button or link whose name begins like this, as soon as it can be pressed.
    pub async fn press_beginning(&self, beginning: &str) -> Result<()> {
        self.press_the_one(&format!("`{beginning}...`"), |its| its.starts_with(beginning)).await
    }

    /// Presses one of several buttons with the same name, counted from 0.
    pub async fn press_nth(&self, name: &str, place: usize) -> Result<()> {
        self.until(&format!("button {place} with the name `{name}`"), async || {
            let same = self.named(Kind::Press).await?.into_iter().filter(|(_, its)| its == name);
            match same.map(|(button, _)| button).nth(place) {
                Some(button) => forgive_covered(button.click().await),
                None => Ok(None),
            }
        })
        .await
    }

    async fn press_the_one(&self, what: &str, is_meant: impl Fn(&str) -> bool) -> Result<()> {
        self.until(&format!("the button or link {what} to be pressed"), async || {
            let named = self.named(Kind::Press).await?;
            let Some((button, _)) = named.into_iter().find(|(_, its)| is_meant(its)) else {
                return Ok(None);
            };
            if !can_be_pressed(&button).await?.unwrap_or(false) {
                return Ok(None);
            }
            forgive_covered(button.click().await)
        })
        .await
    }

    /// Presses it twice as fast as a hand can.
    pub async fn press_twice(&self, name: &str) -> Result<()> {
        let button = self.find(Kind::Press, name).await?;
        // No layout may move it away between finding and pressing.
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
    pub async fn offers(&self, name: &str) -> Result<()> {
        self.find(Kind::Press, name).await.map(|_| ())
    }

    /// Whether a button or link with this name is there now.
    pub async fn offers_now(&self, name: &str) -> Result<bool> {
        Ok(self.look_for(Kind::Press, name).await?.is_some())
    }

    /// Waits until a button whose name begins like this is there and cannot be pressed; returns its
    /// whole name.
    pub async fn holds_back(&self, beginning: &str) -> Result<String> {
        self.until(&format!("a button `{beginning}...` that cannot be pressed"), async || {
            for (button, name) in self.named(Kind::Press).await? {
                if name.starts_with(beginning) && can_be_pressed(&button).await? == Some(false) {
                    return Ok(Some(name));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Whether the toggle button with this name is pressed.
    pub async fn is_pressed(&self, name: &str) -> Result<bool> {
        let button = self.find(Kind::Press, name).await?;
        Ok(button.attr("aria-pressed").await?.as_deref() == Some("true"))
    }

    // --- tick boxes and pictures ---

    /// Ticks the box with this label, if it is not ticked.
    pub async fn check(&self, label: &str) -> Result<()> {
        let tick = self.find(Kind::Check, label).await?;
        if !tick.is_selected().await? {
            match tick.click().await {
                Ok(()) => {}
                // A box out of sight is ticked by its label.
                Err(_) => {
                    self.browser.client.execute("arguments[0].labels[0].click()", vec![json!(tick)]).await?;
                }
            }
        }
        ensure!(self.is_checked(label).await?, "`{label}` cannot be ticked");
        Ok(())
    }

    /// Takes the tick out of the box with this label, if it has one.
    pub async fn uncheck(&self, label: &str) -> Result<()> {
        if self.is_checked(label).await? {
            self.find(Kind::Check, label).await?.click().await?;
        }
        ensure!(!self.is_checked(label).await?, "`{label}` stays ticked");
        Ok(())
    }

    /// Whether the box with this label is ticked.
    pub async fn is_checked(&self, label: &str) -> Result<bool> {
        Ok(self.find(Kind::Check, label).await?.is_selected().await?)
    }

    /// The labels of the tick boxes that are there now.
    pub async fn tick_boxes(&self) -> Result<Vec<String>> {
        Ok(self.named(Kind::Check).await?.into_iter().map(|(_, name)| name).collect())
    }

    /// The alternative texts of the pictures that are there now.
    pub async fn pictures(&self) -> Result<Vec<String>> {
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

    // --- being out of sight ---

    /// Tells the page that it is out of sight, or in sight again. A real tab in the background would
    /// have its clock slowed down as well.
    pub async fn out_of_sight(&self, hidden: bool) -> Result<()> {
        const SCRIPT: &str = "
            const state = arguments[0] ? 'hidden' : 'visible';
            Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
            Object.defineProperty(document, 'hidden', { value: arguments[0], configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));";
        self.browser.client.execute(SCRIPT, vec![json!(hidden)]).await?;
        Ok(())
    }

    // --- the keyboard ---

    /// Types on the keyboard, wherever the focus is. Keys without a letter are written as
    /// `WebDriver` has them: see [`fantoccini::key::Key`].
    pub async fn keys(&self, keys: &str) -> Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        Ok(self.browser.client.perform_actions(actions).await?)
    }

    /// Presses Tab until the thing with this name has the focus.
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

    /// Saves a picture of the page as `test-output/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let png = self.browser.client.screenshot().await?;
        save(&["screenshots", &format!("{name}.png")], &png)
    }

    /// Lets the console say this without failing the journey.
    pub fn expects_in_console(&self, part: &str) {
        self.expected_in_console.borrow_mut().push(part.to_owned());
    }

    /// Fails when the console has anything that a journey must not leave there.
    pub(crate) async fn console_is_clean(&self) -> Result<()> {
        let lines = self.browser.console().await?;
        let expected = self.expected_in_console.borrow();
        let faults: Vec<String> = lines
            .into_iter()
            .filter(crate::ConsoleLine::is_a_fault)
            .map(|line| format!("{} ({}): {}", line.level, line.source, line.message))
            .filter(|line| !expected.iter().any(|part| line.contains(part)))
            .collect();
        ensure!(faults.is_empty(), "the console has:\n{}", faults.join("\n"));
        Ok(())
    }

    /// Saves everything that helps to understand a failure.
    pub(crate) async fn save_evidence(&self) -> Result<()> {
        let name = format!("failed-{}", self.name);
        self.screenshot(&name).await?;
        let source = self.browser.client.source().await?;
        save(&[&format!("{name}.html")], source.as_bytes())
    }

    // --- finding ---

    async fn find(&self, kind: Kind, name: &str) -> Result<Element> {
        let what = format!("the {} `{name}`", kind.in_words());
        self.until(&what, async || self.look_for(kind, name).await).await
    }

    async fn look_for(&self, kind: Kind, name: &str) -> Result<Option<Element>> {
        let named = self.named(kind).await?;
        Ok(named.into_iter().find(|(_, its)| its == name).map(|(element, _)| element))
    }

    /// What can be seen of a kind, with names.
    async fn named(&self, kind: Kind) -> Result<Vec<(Element, String)>> {
        let candidates: Vec<Value> = self.ask(&[json!("candidates"), json!(kind.in_script())]).await?;
        let mut named = Vec::new();
        for candidate in candidates {
            let id = element_id(&candidate).context("a candidate that is no element")?;
            let element = self.element(id);
            if let Some(label) = forgive_stale(self.browser.computed_label(&element).await)? {
                named.push((element, label.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        Ok(named)
    }

    fn element(&self, id: ElementRef) -> Element {
        Element::from_element_id(self.browser.client.clone(), id)
    }

    async fn ask<T: DeserializeOwned>(&self, question: &[Value]) -> Result<T> {
        let answer = self.browser.client.execute(include_str!("find.js"), question.to_vec()).await?;
        Ok(serde_json::from_value(answer)?)
    }

    /// Waits, and tells what was on the page when it was in vain.
    async fn until<T>(&self, what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
        match wait_until(what, ask).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                let (address, text) = (self.address().await, self.text().await);
                Err(anyhow!(
                    "{error:#}\n  on {}\n  which says: {}",
                    address.unwrap_or_default(),
                    text.unwrap_or_default()
                ))
            }
        }
    }
}

fn element_id(value: &Value) -> Option<ElementRef> {
    value.get(ELEMENT_KEY)?.as_str().map(|id| ElementRef::from(id.to_owned()))
}

/// Whether a button works, as it says itself; `None` if it is gone.
async fn can_be_pressed(button: &Element) -> Result<Option<bool>> {
    let Some(enabled) = forgive_stale(button.is_enabled().await)? else {
        return Ok(None);
    };
    let held = forgive_stale(button.attr("aria-disabled").await)?;
    Ok(held.map(|held| enabled && held.as_deref() != Some("true")))
}

/// `None` for an element that a new rendering, or a new page, has taken away meanwhile.
pub(crate) fn forgive_stale<T>(result: Result<T, CmdError>) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(CmdError::Standard(error))
            if matches!(
                error.error,
                ErrorStatus::StaleElementReference
                    | ErrorStatus::NoSuchElement
                    | ErrorStatus::DetachedShadowRoot
                    | ErrorStatus::JavascriptError
            ) =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// `None` as well for an element that cannot be clicked yet.
fn forgive_covered(result: Result<(), CmdError>) -> Result<Option<()>> {
    match result {
        Err(CmdError::Standard(error))
            if matches!(error.error, ErrorStatus::ElementClickIntercepted | ErrorStatus::ElementNotInteractable) =>
        {
            Ok(None)
        }
        result => forgive_stale(result),
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
