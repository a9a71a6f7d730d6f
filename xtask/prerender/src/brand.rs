//! The brand around the static form: logo, names, links, and what the page has written for places in it, as
//! okta-sign-in-brand.js makes them (`src/embed/js/brand`). A page that is sent like this does not move when that script
//! has loaded. Not here: colours and buttons, which need the script.

use std::{cell::RefCell, ops::Range, rc::Rc};

use lol_html::{EndTagHandler, RewriteStrSettings, element, rewrite_str};
use okta_authn_widget::text::{Key, Text};
use url::Url;

/// An element's attributes.
pub(crate) type Attributes = [(String, String)];

/// What a page has written inside the element for one of the places: the place, and the HTML.
pub(crate) type Slot = (String, String);

/// What was found in each element, with where it is in the page.
type Found = Rc<RefCell<Vec<Vec<(String, Range<usize>)>>>>;

/// The options that show something, besides those in [`LINKS`].
const OPTIONS: &[&str] = &["logo", "logo-alt", "organization-name", "accent-color", "accent-color-dark", "isolated"];

/// The options with a link, in their order.
const LINKS: &[(&str, Key)] = &[
    ("help-url", Key::BRAND_HELP),
    ("contact-url", Key::BRAND_CONTACT),
    ("terms-url", Key::BRAND_TERMS),
    ("privacy-url", Key::BRAND_PRIVACY),
];

/// What the page has written for places inside each `<okta-sign-in>`, also where an earlier run has put it there.
pub(crate) fn slots(html: &str) -> anyhow::Result<Vec<Vec<Slot>>> {
    const PLACES: &str = "okta-sign-in > [slot], okta-sign-in > .oaw-brand > * > [slot], okta-sign-in form > [slot]";
    let found = Found::default();
    let (outer, inner) = (found.clone(), found.clone());
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("okta-sign-in", move |_| {
            outer.borrow_mut().push(Vec::new());
            Ok(())
        }))
        .append_element_content_handler(element!(PLACES, move |element| {
            let name = element.get_attribute("slot").unwrap_or_default();
            let range = element.source_location().bytes();
            if let Some(slots) = inner.borrow_mut().last_mut() {
                slots.push((name, range.clone()));
            }
            if element.can_have_content() {
                let inner = inner.clone();
                let ends: EndTagHandler<'static> = Box::new(move |end| {
                    let end = end.source_location().bytes().end;
                    let mut all = inner.borrow_mut();
                    let begun = all.iter_mut().flatten().find(|(_, slot)| slot.start == range.start);
                    if let Some((_, slot)) = begun {
                        slot.end = end;
                    }
                    Ok(())
                });
                element.on_end_tag(ends)?;
            }
            Ok(())
        }));
    rewrite_str(html, settings)?;
    let html_of = |(name, range): &(String, Range<usize>)| Some((name.clone(), html.get(range.clone())?.to_owned()));
    let found = found.borrow();
    Ok(found.iter().map(|slots| slots.iter().filter_map(html_of).collect()).collect())
}

/// The form with the brand around it, and the name of the application in its heading; without either, as it was.
pub(crate) fn around(form: String, text: Text, attributes: &Attributes, slots: &[Slot]) -> String {
    let form = with_title(form, text, attributes);
    let given = |name: &str| attributes.iter().any(|(attribute, _)| attribute == name);
    if slots.is_empty() && !OPTIONS.iter().chain(LINKS.iter().map(|(name, _)| name)).any(|name| given(name)) {
        return form;
    }
    let (header, footer) =
        (header(attributes) + &slot(slots, "header"), footer(text, attributes) + &slot(slots, "footer"));
    let form = form.replacen("</h2>", &["</h2>", &slot(slots, "before-form")].concat(), 1);
    format!(
        "<div class=\"oaw-brand\" part=\"brand\"><div class=\"oaw-brand-header\" part=\"header\">{header}</div>\
         <div class=\"oaw-brand-main\">{form}</div><div class=\"oaw-brand-footer\" part=\"footer\">{footer}</div></div>"
    )
}

/// Whether there is a brand in this page.
pub(crate) fn is_in(html: &str) -> bool {
    html.contains("<div class=\"oaw-brand\"")
}

/// Whether the widget is to be in a shadow root, which no form in the page's HTML can be in.
pub(crate) fn is_isolated(attributes: &Attributes) -> bool {
    attributes.iter().any(|(name, value)| name == "isolated" && value != "false")
}

fn header(attributes: &Attributes) -> String {
    let name = value(attributes, "organization-name");
    let logo = value(attributes, "logo").filter(|logo| is_image(logo)).map(|logo| {
        let alt = escaped(value(attributes, "logo-alt").unwrap_or_default());
        format!("<img class=\"oaw-brand-logo\" alt=\"{alt}\" height=\"40\" src=\"{}\" part=\"logo\">", escaped(logo))
    });
    let name = name.map(|name| format!("<p class=\"oaw-brand-name\" part=\"organization\">{}</p>", escaped(name)));
    [logo, name].into_iter().flatten().collect()
}

fn footer(text: Text, attributes: &Attributes) -> String {
    let links: String = LINKS
        .iter()
        .filter_map(|(option, key)| Some((value(attributes, option)?, *key)))
        .filter_map(|(address, key)| Some(format!("<li>{}</li>", link(text, address, text.get(key))?)))
        .collect();
    if links.is_empty() {
        return links;
    }
    format!("<ul class=\"oaw-brand-links\" part=\"links\" role=\"list\">{links}</ul>")
}

fn link(text: Text, address: &str, label: &str) -> Option<String> {
    let url = resolve(address)?;
    let window = match url.scheme() {
        "https" | "http" => (" target=\"_blank\" rel=\"noopener noreferrer\"", text.get(Key::BRAND_NEW_WINDOW)),
        "mailto" | "tel" => ("", ""),
        _ => return None,
    };
    let (attributes, said) = window;
    let said = if said.is_empty() { String::new() } else { format!("<span class=\"oaw-hidden\"> {said}</span>") };
    let address = escaped(address);
    Some(format!("<a class=\"oaw-brand-link\" href=\"{address}\"{attributes} part=\"brand-link\">{label}{said}</a>"))
}

/// The form with the application's name in its heading.
fn with_title(form: String, text: Text, attributes: &Attributes) -> String {
    let Some(application) = value(attributes, "application-name") else { return form };
    let title = escaped(&text.get(Key::BRAND_TITLE).replace("{application}", application));
    form.replacen(&format!("{}</h2>", text.get(Key::PRIMARY_TITLE)), &format!("{title}</h2>"), 1)
}

fn slot(slots: &[Slot], name: &str) -> String {
    slots.iter().filter(|(slot, _)| slot == name).map(|(_, html)| html.as_str()).collect()
}

fn value<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    let (_, value) = attributes.iter().find(|(attribute, _)| attribute == name)?;
    Some(value.trim()).filter(|value| !value.is_empty())
}

/// The script allows an image by HTTP from the page's own origin, too, which is not known yet.
fn is_image(address: &str) -> bool {
    resolve(address).is_some_and(|url| match url.scheme() {
        "https" => true,
        "data" => url.path().get(..6).is_some_and(|start| start.eq_ignore_ascii_case("image/")),
        _ => false,
    })
}

/// The address as a browser reads it. What it would decode first could be another one: only `&amp;` is read here.
fn resolve(address: &str) -> Option<Url> {
    let address = &address.replace("&amp;", "%26");
    if address.contains('&') {
        return None;
    }
    Url::parse(super::PAGE_URL).ok()?.join(address).ok()
}

/// An attribute's value as it is in the page's HTML, where it may have stood in other quotes, for any place.
fn escaped(value: &str) -> String {
    value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
