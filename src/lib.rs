//! A sign-in widget for Okta orgs, as Yew components.
//!
#![cfg_attr(feature = "ui", doc = "```no_run")]
#![cfg_attr(not(feature = "ui"), doc = "```ignore")]
//! use okta_authn_widget::{Config, SessionRedirect, SignIn, SignInResult};
//! use std::rc::Rc;
//! use yew::prelude::*;
//!
//! #[component]
//! fn Page() -> Html {
//!     let config = use_memo((), |()| {
//!         Config::builder("https://example.okta.com").session_redirect(SessionRedirect::Callback).build()
//!     });
//!     let on_success = Callback::from(|result: SignInResult| drop(result));
//!     match &*config {
//!         Ok(config) => html! { <SignIn config={Rc::new(config.clone())} {on_success} /> },
//!         Err(mistake) => html! { <p>{ mistake.to_string() }</p> },
//!     }
//! }
//! ```
//!
//! # Layers
//!
//! Each layer knows those above it in this list, and none below. `cargo xtask test` proves it.
//!
//! 1. [`okta_authn`]: what did the org say? A crate of its own.
//! 2. [`sign_in_flow`]: what happens next? A crate of its own. Start reading at [`sign_in_flow::start`].
//! 3. `constants`, `phone`, `config`, `text`: names, data, configuration, messages.
//! 4. `effects`: how is it done in a browser? `views`: how does it look? Neither knows the other.
//! 5. `components`: each owns a machine, and gives its effects to `effects` and its screen to `views`.
//! 6. `embed`: how does it get onto a page? The program (`src/main.rs`) exports it to JavaScript.

#![allow(unreachable_pub, reason = "private modules have items that `tools` re-exports with the feature `ssr`")]

pub mod config;
mod constants;
mod phone;
#[doc(hidden)]
pub mod text;

#[cfg(feature = "ui")]
mod components;
#[cfg(feature = "ui")]
mod effects;
#[cfg(feature = "ui")]
#[doc(hidden)]
pub mod embed;
#[cfg(feature = "ui")]
mod views;

pub use config::{Config, ConfigBuilder, ConfigError, Discovery, ManageFactorsConfig, SessionRedirect, TokenOptions};
pub use okta_authn::openid::{ResponseType as TokenResponseType, Way as TokenDisplay};
pub use sign_in_flow::{ExistingSession, Failure, SignInEvent, SignInResult, Success, SuccessKind, Summary};

#[cfg(feature = "ui")]
pub use components::{ManageFactors, ManageFactorsProps, SignIn, SignInProps};

/// Languages besides English, for the property `text` of the components.
///
/// ```no_run
/// use okta_authn_widget::language;
/// use std::rc::Rc;
/// use yew::prelude::*;
///
/// # const GERMAN: &str = "{}";
/// #[component]
/// fn Page() -> Html {
///     // let GERMAN = include_str!("locales/de.arb");
///     let text = *use_memo((), |()| language::from_arb(GERMAN).unwrap_or_default());
///     let config = use_memo((), |()| okta_authn_widget::Config::builder("https://example.okta.com").build());
///     match &*config {
///         Ok(config) => html! { <okta_authn_widget::SignIn config={Rc::new(config.clone())} {text} /> },
///         Err(mistake) => html! { <p>{ mistake.to_string() }</p> },
///     }
/// }
/// ```
#[cfg(feature = "ui")]
pub mod language {
    pub use crate::components::language::{LanguageError, from_arb};
    pub use crate::text::Text;
}

/// For the project's own tools and tests. Not part of the public interface.
#[cfg(feature = "ssr")]
#[doc(hidden)]
pub mod tools {
    pub use crate::components::{Preview, PreviewProps, PreviewStep};
    pub use crate::phone::Region;
    pub use crate::views::{ViewOptions, Widget};
}

/// A page for the documentation's examples.
#[doc(hidden)]
pub fn doc_page() -> impl config::Page {
    struct Example;
    impl config::Page for Example {
        fn url(&self) -> String {
            "https://app.example/login".to_owned()
        }
        fn resolve(&self, url: &str) -> Option<String> {
            Some(url.to_owned())
        }
    }
    Example
}
