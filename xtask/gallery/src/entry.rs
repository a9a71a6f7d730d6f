//! One entry of the gallery: a named screen. Not here: the list of entries (`entries.rs`).

use anyhow::ensure;
use okta_authn_widget::text::Text;
use okta_authn_widget::tools::{PreviewStep, Region, ViewOptions, Widget};
use okta_replay::view::render_in;
use sign_in_flow::{ManageFactors, Screen, SignInMachine};
use std::cell::Cell;

thread_local!(static TEXT: Cell<Text> = const { Cell::new(Text::ENGLISH) });

/// The language of the whole gallery.
pub(crate) fn text() -> Text {
    TEXT.get()
}

/// Sets it, before the first entry is rendered.
pub(crate) fn set_text(text: Text) {
    TEXT.set(text);
}

/// A screen with its step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// What all steps share.
    pub screen: Screen,
    /// The step.
    pub step: PreviewStep,
}

impl From<&SignInMachine> for Shown {
    fn from(machine: &SignInMachine) -> Self {
        Self { screen: machine.screen().clone(), step: machine.into() }
    }
}

impl From<&ManageFactors> for Shown {
    fn from(machine: &ManageFactors) -> Self {
        let step = PreviewStep::Manage(Box::new(machine.step().clone()), machine.factors().clone());
        Self { screen: machine.screen().clone(), step }
    }
}

/// A rendered screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its unique name.
    pub name: String,
    /// Its markup.
    pub html: String,
}

impl Entry {
    /// Renders a screen.
    pub(crate) fn of(name: impl Into<String>, shown: impl Into<Shown>) -> Self {
        let (name, Shown { screen, step }) = (name.into(), shown.into());
        let html = render_in(widget(&slug(&name)), &screen, &step);
        Self { html: with_images(&html), name }
    }

    /// The same entry with changed markup, for what a user does without an event of the machine.
    pub(crate) fn changed(&self, what: &str, change: impl Fn(&str) -> String) -> anyhow::Result<Self> {
        let name = [&self.name, ", ", what].concat();
        let before = self.html.replace(&slug(&self.name), &slug(&name));
        let html = change(&before);
        ensure!(html != before, "{name}: the markup has nothing to change there");
        Ok(Self { name, html })
    }

    /// The name as part of a URL.
    pub(crate) fn slug(&self) -> String {
        slug(&self.name)
    }
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// All options enabled.
fn widget(id: &str) -> Widget {
    let region = |name: &'static str, code: &'static str, calling_code: &'static str, is_home| Region {
        name: name.into(),
        code: code.into(),
        calling_code: calling_code.into(),
        is_home,
    };
    Widget {
        options: ViewOptions { remember_me: true, auto_push: true, autofocus: false },
        regions: [
            region("France", "FR", "33", false),
            region("South Georgia & South Sandwich Islands", "GS", "500", false),
            region("United Kingdom", "GB", "44", true),
        ]
        .into(),
        id: id.to_owned().into(),
        text: text(),
        ..Widget::default()
    }
}

/// The attribute of an image, as it is in the overview.
pub(crate) const IMAGE: &str = "src=\"image.svg\"";

/// The org of the fixtures does not exist, so its images come from the gallery's folder.
fn with_images(html: &str) -> String {
    let mut parts = html.split("src=\"https://");
    let mut seen = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once('"').map_or(part, |(_, rest)| rest);
        seen.push_str(IMAGE);
        seen.push_str(rest);
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_come_from_the_gallery() {
        let html = r#"<img src="https://a.example/x" alt=""><p>src</p><img src="data:,x">"#;
        assert_eq!(with_images(html), r#"<img src="image.svg" alt=""><p>src</p><img src="data:,x">"#);
    }

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug("factors/sms/Required, opened"), "factors-sms-required-opened");
    }
}
