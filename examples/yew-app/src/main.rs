//! A Yew application with the sign-in widget as a component: it signs a person in, and goes on with the result in a
//! page of its own.
//!
//! The widget is a child with typed props. `on_success` gets the result, because the configuration says
//! [`SessionRedirect::Callback`]. Taking the child off the page ends its requests and timers. Not here: what an
//! application does with the session token; a real one sends it to its own server.

use okta_authn_widget::language::{self, Text};
use okta_authn_widget::{Config, ConfigError, SessionRedirect, SignIn, SignInResult};
use std::rc::Rc;
use yew::prelude::*;

/// The org's address, which the page names in `<meta name="okta-org">`.
fn org() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let meta = document.and_then(|document| document.query_selector("meta[name=okta-org]").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

fn configuration() -> Result<Rc<Config>, ConfigError> {
    Config::builder(org())
        .session_redirect(SessionRedirect::Callback)
        .remember_me(false)
        .autofocus(true)
        .build()
        .map(Rc::new)
}

/// The languages of the application, by their own names. English is part of the widget.
fn languages() -> Vec<(&'static str, Text)> {
    let files =
        [("Deutsch", include_str!("../../../locales/de.arb")), ("العربية", include_str!("../../../locales/ar.arb"))];
    let read = |(name, file)| Some((name, language::from_arb(file).ok()?));
    [("English", Text::ENGLISH)].into_iter().chain(files.into_iter().filter_map(read)).collect()
}

/// What the application shows of the result. The token is never shown.
fn greeting(result: &SignInResult) -> String {
    match result {
        SignInResult::SignedIn { user, .. } => {
            let name = user.as_ref().and_then(|user| user.first_name.as_deref().or(user.login.as_deref()));
            format!("Welcome, {}", name.unwrap_or("whoever you are"))
        }
        SignInResult::ExistingSession { login } => format!("Welcome back, {login}"),
        // This application asks for none.
        SignInResult::Tokens(_) => "Welcome".to_owned(),
        SignInResult::Redirect { .. } => "The sign-in continues at the org".to_owned(),
    }
}

/// The application.
#[component]
fn App() -> Html {
    let config = use_memo((), |()| configuration());
    let languages = use_memo((), |()| languages());
    let text = use_state_eq(Text::default);
    let is_open = use_state_eq(|| true);
    let result = use_state(|| None::<SignInResult>);
    let on_success = {
        let result = result.clone();
        Callback::from(move |signed_in| result.set(Some(signed_in)))
    };
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    html! {
        <>
            <main>
                if let Some(result) = &*result {
                    <section class="app-result">
                        <h2>{ greeting(result) }</h2>
                        <p>{ "This page is the application's own." }</p>
                    </section>
                }
                if *is_open {
                    { sign_in(&config, *text, on_success) }
                }
            </main>
            <footer>
                { for languages.iter().map(|(name, language)| language_button(name, *language, &text)) }
                <button type="button" onclick={toggle}>
                    { if *is_open { "Close the sign-in form" } else { "Open the sign-in form" } }
                </button>
            </footer>
        </>
    }
}

/// A button that changes the language. What was typed into the form stays.
fn language_button(name: &'static str, language: Text, text: &UseStateHandle<Text>) -> Html {
    let pressed = if **text == language { "true" } else { "false" };
    let text = text.clone();
    let onclick = Callback::from(move |_: MouseEvent| text.set(language));
    html! { <button type="button" lang={language.language()} aria-pressed={pressed} {onclick}>{ name }</button> }
}

fn sign_in(config: &Result<Rc<Config>, ConfigError>, text: Text, on_success: Callback<SignInResult>) -> Html {
    match config {
        Ok(config) => html! { <SignIn config={config.clone()} {text} {on_success} /> },
        Err(mistake) => html! { <p role="alert">{ mistake.to_string() }</p> },
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
