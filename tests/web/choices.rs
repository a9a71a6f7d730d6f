//! Lists to choose from: what they start with. Not here: what is typed beside them (`fields`).

use crate::fakes::sent_requests;
use crate::page::{Page, sent_request};
use crate::states::enrollable;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

/// The browser is in this language.
fn speak(language: &str) {
    let navigator: Object = web_sys::window().unwrap().navigator().unchecked_into();
    let property = Object::new();
    Reflect::set(&property, &"value".into(), &language.into()).unwrap();
    Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
    Object::define_property(&navigator, &"language".into(), &property);
}

fn text(element: &HtmlElement, property: &str) -> String {
    Reflect::get(element, &property.into()).ok().and_then(|value: JsValue| value.as_string()).unwrap_or_default()
}

/// What is chosen in the list of this name.
fn chosen(page: &Page, name: &str) -> String {
    let list = page.one(&format!("select[name={name}]"));
    let place = Reflect::get(&list, &"selectedIndex".into()).unwrap().as_f64().unwrap();
    let options = page.all(&format!("select[name={name}] option"));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    let option = &options[place as usize];
    text(option, "text")
}

#[wasm_bindgen_test]
async fn the_country_of_the_browsers_language_is_chosen_or_none() {
    for (language, country) in [
        ("en", "United States (+1)"),
        ("en-GB", "United Kingdom (+44)"),
        ("de-AT", "Austria (+43)"),
        ("zh-Hant-TW", "Taiwan (+886)"),
        ("ja", "Japan (+81)"),
        ("ko", "South Korea (+82)"),
        ("ar", "Egypt (+20)"),
        ("sv", "Sweden (+46)"),
        ("da", "Denmark (+45)"),
        ("es-419", "Choose a country"),
        ("eo-001", "Choose a country"),
        ("", "Choose a country"),
        ("not a language", "Choose a country"),
    ] {
        speak(language);
        let page = Page::at(enrollable("t1", &["sms"]), "Set up security methods").await;
        page.button("Set up text messages").click();
        page.appears("select[name=phone_country]").await;
        assert_eq!(chosen(&page, "phone_country"), country, "{language}");
    }
    speak("en-US");
}

#[wasm_bindgen_test]
async fn a_number_without_a_country_asks_for_it() {
    speak("es-419");
    let page = Page::at(enrollable("t1", &["sms"]), "Set up security methods").await;
    page.button("Set up text messages").click();
    page.appears("select[name=phone_country]").await;
    page.fill("Phone number", "030 901820");
    page.press_enter();
    page.shows("Choose the country of your phone number.").await;
    page.has_focus_on("select[name=phone_country]").await;
    assert_eq!(page.one("select").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(sent_requests().len(), 1, "nothing was sent");
    // A number that names its country needs no choice.
    page.fill("Phone number", "+49 30 901820");
    page.press_enter();
    let request = sent_request(1).await;
    assert!(request.body().contains("\"+4930901820\""), "{}", request.body());
    speak("en-US");
}

#[wasm_bindgen_test]
async fn setting_up_a_question_starts_with_the_orgs_list() {
    let page = Page::at(enrollable("t1", &["question"]), "Set up security methods").await;
    page.button("Set up a security question").click();
    sent_request(1).await.respond(
        200,
        r#"[{"question": "toy", "questionText": "Which toy?"}, {"question": "food", "questionText": "Which food?"}]"#,
    );
    page.has_focus_on("select[name=question]").await;
    assert_eq!(chosen(&page, "question"), "Which toy?");
    page.fill("Answer", "bear");
    page.press_enter();
    let request = sent_request(2).await;
    assert!(request.body().contains("\"toy\""), "{}", request.body());
}
