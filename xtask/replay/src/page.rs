//! Reads rendered markup as a person perceives it: the heading, the labelled controls, the buttons, the message. It
//! depends on HTML and ARIA, not on the widget's class names. Not here: what the page should contain. The widget's own
//! tests use this file too.

use scraper::{ElementRef, Html, Node, Selector};

/// The content of one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// The first heading.
    pub title: Option<String>,
    /// Everything that can be filled in, in order.
    pub inputs: Vec<Input>,
    /// Everything that can be pressed, in order.
    pub actions: Vec<Action>,
    /// The message over the form.
    pub notice: Option<Notice>,
    /// All text, in order.
    pub text: String,
    /// The name of every element, in order.
    pub elements: Vec<String>,
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// `name`.
    pub name: String,
    /// `type`; for other elements than `input`, the element's name.
    pub kind: String,
    /// `autocomplete`.
    pub autocomplete: Option<String>,
    /// Its accessible name; empty where it has none.
    pub label: String,
}

/// Something to press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Action {
    /// Its accessible name; empty where it has none.
    pub label: String,
    /// Whether it submits the form.
    pub submits: bool,
    /// Whether it is disabled.
    pub disabled: bool,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// `alert` or `status`: how it is announced.
    pub role: String,
    /// Its sentences.
    pub text: String,
}

impl Page {
    /// Reads a fragment of HTML.
    pub(crate) fn read(html: &str) -> Self {
        let document = Html::parse_fragment(html);
        let visible = |selector: &str| all(&document, selector).into_iter().filter(|element| !is_hidden(*element));
        Self {
            title: visible("h1, h2").next().map(text),
            inputs: visible("input, select, textarea")
                .filter(|control| !["hidden", "submit", "button"].contains(&attribute(*control, "type")))
                .map(|control| Input::read(&document, control))
                .collect(),
            actions: visible("button, a[href], input[type=submit], input[type=button]")
                .map(|control| Action::read(&document, control))
                .collect(),
            // Other live regions are not focusable: a hint under a field, the state of a button.
            notice: visible("[role=alert], [role=status][tabindex]").next().map(Notice::read),
            text: text(document.root_element()),
            elements: all(&document, "*").into_iter().map(|element| element.value().name().to_owned()).collect(),
        }
    }

    /// Whether there is nothing to read or to use.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.is_empty() && self.inputs.is_empty() && self.actions.is_empty()
    }
}

impl Input {
    fn read(document: &Html, control: ElementRef<'_>) -> Self {
        let element = control.value();
        let kind = if element.name() == "input" { element.attr("type").unwrap_or("text") } else { element.name() };
        Self {
            name: attribute(control, "name").to_owned(),
            kind: kind.to_owned(),
            autocomplete: element.attr("autocomplete").map(str::to_owned),
            label: name_of(document, control),
        }
    }
}

impl Action {
    fn read(document: &Html, control: ElementRef<'_>) -> Self {
        let element = control.value();
        let kind = element.attr("type").unwrap_or(if element.name() == "button" { "submit" } else { "" });
        Self {
            label: name_of(document, control),
            submits: kind == "submit",
            disabled: element.attr("disabled").is_some() || element.attr("aria-disabled") == Some("true"),
        }
    }
}

impl Notice {
    fn read(message: ElementRef<'_>) -> Self {
        let paragraphs: Vec<String> = within(message, "p").into_iter().map(text).collect();
        Self { role: attribute(message, "role").to_owned(), text: paragraphs.join(" ") }
    }
}

/// The accessible name of a control: by `aria-label`, by the elements that label it, or by its content.
fn name_of(document: &Html, control: ElementRef<'_>) -> String {
    let element = control.value();
    if let Some(label) = element.attr("aria-label").map(str::trim).filter(|label| !label.is_empty()) {
        return label.to_owned();
    }
    let labelled_by: Vec<ElementRef<'_>> = match element.attr("aria-labelledby") {
        Some(ids) => ids.split_whitespace().filter_map(|id| by_id(document, id)).collect(),
        None => label_of(document, control).into_iter().collect(),
    };
    if labelled_by.is_empty() {
        let content = text(control);
        return if content.is_empty() { attribute(control, "value").to_owned() } else { content };
    }
    labelled_by.into_iter().map(text).collect::<Vec<_>>().join(" ")
}

fn label_of<'a>(document: &'a Html, control: ElementRef<'a>) -> Option<ElementRef<'a>> {
    let around = control.ancestors().filter_map(ElementRef::wrap).find(|element| element.value().name() == "label");
    around.or_else(|| {
        let id = control.value().attr("id")?;
        all(document, "label[for]").into_iter().find(|label| attribute(*label, "for") == id)
    })
}

fn by_id<'a>(document: &'a Html, id: &str) -> Option<ElementRef<'a>> {
    all(document, "[id]").into_iter().find(|element| element.value().id() == Some(id))
}

/// The text of an element, with single spaces. The status inside a button is not part of its name.
fn text(element: ElementRef<'_>) -> String {
    let mut found = String::new();
    for node in element.descendants() {
        let Node::Text(piece) = node.value() else { continue };
        let around = node.ancestors().filter_map(ElementRef::wrap);
        let inside = around.take_while(|around| around.id() != element.id());
        if !inside.into_iter().any(|around| hides(around) || is_button_status(around)) {
            found.push_str(piece);
            // A number or an address inside a sentence is part of the line.
            let neighbours = [node.parent(), node.next_sibling()].into_iter().flatten().filter_map(ElementRef::wrap);
            if !neighbours.into_iter().any(|element| element.value().name() == "bdi") {
                found.push(' ');
            }
        }
    }
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    hides(element) || element.ancestors().filter_map(ElementRef::wrap).any(hides)
}

fn hides(element: ElementRef<'_>) -> bool {
    element.value().attr("hidden").is_some() || element.value().attr("aria-hidden") == Some("true")
}

fn is_button_status(element: ElementRef<'_>) -> bool {
    let in_button = || element.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "button");
    element.value().attr("role") == Some("status") && in_button()
}

fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    element.value().attr(name).unwrap_or_default()
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    within(document.root_element(), selector)
}

/// The selectors are constants; one with a mistake finds nothing, and a test would fail.
fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map(|selector| element.select(&selector).collect()).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed read fails the test")]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_person_perceives() {
        let page = Page::read(
            r#"<form><h2 id="t">Sign  in</h2>
            <div id="m" role="alert" tabindex="-1"><p>No.</p><p>Error ID: 1</p><button type="button">Retry</button></div>
            <label><span>Username</span><input name="username" autocomplete="username"></label>
            <label for="c">Country</label><select id="c" name="country"></select>
            <input type="password" name="p" aria-labelledby="t m2"><span id="m2">now</span>
            <input type="hidden" name="h"><p role="status">Caps Lock is on.</p>
            <button>Go<span role="status">Please wait</span></button>
            <button type="button" aria-label="Show" aria-disabled="true"><svg></svg></button>
            <button hidden>Never</button></form>"#,
        );
        assert_eq!(page.title.as_deref(), Some("Sign in"));
        assert_eq!(page.notice.unwrap(), Notice { role: "alert".to_owned(), text: "No. Error ID: 1".to_owned() });
        let inputs: Vec<_> =
            page.inputs.iter().map(|i| (&*i.name, &*i.kind, i.autocomplete.as_deref(), &*i.label)).collect();
        assert_eq!(
            inputs,
            [
                ("username", "text", Some("username"), "Username"),
                ("country", "select", None, "Country"),
                ("p", "password", None, "Sign in now"),
            ]
        );
        let actions: Vec<_> = page.actions.iter().map(|a| (&*a.label, a.submits, a.disabled)).collect();
        assert_eq!(actions, [("Retry", false, false), ("Go", true, false), ("Show", false, true)]);
    }

    #[test]
    fn blank_has_nothing_to_read_or_to_use() {
        for (html, blank) in [
            ("", true),
            ("<div><svg><path d=''/></svg></div>", true),
            ("<div aria-hidden='true'>x</div>", true),
            ("<p>x</p>", false),
            ("<input>", false),
        ] {
            assert_eq!(Page::read(html).is_blank(), blank, "{html}");
        }
    }
}
