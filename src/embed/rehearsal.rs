//! A sign-in that nobody made. Browsers compile a function when it is first called, and of the second bundle
//! that would be while somebody waits for its first screen. So it goes through one before, when the browser is
//! idle, a part at a time. Never here: anything that is seen, sent or kept.

use super::{BrowserPage, api, options};
use crate::authn::request::Preferences;
use crate::authn::wire::Value;
use crate::components;
use crate::config::Config;
use crate::effects::{self, json};
use crate::flow::{Event, Intent, Machine, Onward};
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Renderer;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Nothing goes there.
const ORG: &str = "https://example.okta.com";

/// What the bundle of the first form hands on when the org says something that nobody knows.
const UNKNOWN: &str = r#"{"username":"-","keepUsername":false,"answer":{"stateToken":"-","status":"-"}}"#;

/// What the bundle of the first form hands on when a user has two factors.
const CHOICE: &str = r#"{"username":"-","keepUsername":false,"answer":{"stateToken":"-",
"expiresAt":"2030-01-01T00:00:00.000Z","status":"MFA_REQUIRED","_embedded":{"user":{"id":"-","profile":{"login":"-"}},
"policy":{"allowRememberDevice":true,"rememberDeviceLifetimeInMinutes":15,"rememberDeviceByDefault":false},
"factors":[{"id":"1","factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"-"},
"_links":{"verify":{"href":"https://example.okta.com/api/v1/authn/factors/1/verify"}}},
{"id":"2","factorType":"token:software:totp","provider":"GOOGLE","profile":{"credentialId":"-"},
"_links":{"verify":{"href":"https://example.okta.com/api/v1/authn/factors/2/verify"}}}]},
"_links":{"cancel":{"href":"https://example.okta.com/api/v1/authn/cancel"}}}}"#;

/// Goes through part of what comes after a password, counted from 0, and says whether there is another. Each
/// repeats those before it, which are quick by then.
#[wasm_bindgen]
pub fn rehearse(part: u32) -> bool {
    go_through(part).is_some()
}

fn go_through(part: u32) -> Option<()> {
    let handed_on = json::parse(CHOICE)?;
    let onward = Onward::from_value(&handed_on)?;
    if part == 0 {
        return Some(());
    }
    // Not part of the page.
    let element = web_sys::window()?.document()?.create_element("div").ok()?;
    element.set_attribute("base-url", ORG).ok()?;
    let config = Config::parse(&options::from_attributes(&element, None).ok()?.values, &BrowserPage).ok()?;
    if part == 1 {
        return Some(());
    }
    let options = (&config).into();
    let mut machine = Machine::new(config.settings);
    let _not_done = machine.handle(Event::TakenOver(onward), effects::now());
    match part {
        2 => {}
        3 => drop(machine.handle(Event::User(Intent::StartChallenge(Preferences::default())), effects::now())),
        4 => components::rehearse(options, machine.screen()),
        5 => {
            let app = Renderer::<Blank>::with_root(element).render();
            soon(|| app.destroy());
        }
        6 => show(&element, &json::parse(UNKNOWN)?)?,
        7 => show(&element, &handed_on)?,
        _ => return None,
    }
    Some(())
}

/// Shows it to nobody.
fn show(element: &Element, handed_on: &Value) -> Option<()> {
    let (values, mut door) = api::door(element, &JsValue::UNDEFINED, None, AttrValue::Static("-")).ok()?;
    door.onward = Onward::from_value(handed_on);
    let mut widget = api::open(element, element.clone(), &values, door).ok()?;
    soon(move || widget.unmount());
    Some(())
}

/// Before anything else happens, but after it was drawn, which Yew has put into the same queue.
fn soon(end: impl FnOnce() + 'static) {
    spawn_local(async { end() });
}

/// The least that can be drawn.
#[component]
fn Blank() -> Html {
    html! { <p /> }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::config::tests::App;
    use crate::config::{Given, OptionName};
    use crate::flow::Step;

    fn shown(handed_on: &str) -> Step {
        let given = [(OptionName::BaseUrl, Given::Text(ORG.to_owned()))];
        let config = Config::parse(&given, &App).expect("a configuration");
        let handed_on = serde_json::from_str(handed_on).expect("JSON");
        let onward = Onward::from_value(&handed_on).expect("what the first form hands on");
        let mut machine = Machine::new(config.settings);
        let _not_done = machine.handle(Event::TakenOver(onward), 0);
        machine.screen().step.clone()
    }

    #[test]
    fn it_goes_through_what_it_means_to() {
        let step = shown(CHOICE);
        assert!(matches!(&step, Step::MfaRequired(step) if step.factors.len() == 2), "{step:?}");
        let step = shown(UNKNOWN);
        assert!(matches!(step, Step::Unsupported(_)), "{step:?}");
    }
}
