//! The boundary between the two parts of the program: [`boundary`] is the only function of the second part that
//! the first part calls. With the feature `split`, a tool moves everything that is reachable from there alone into a file of its
//! own, which is loaded when it is needed; without it, the same source is one bundle. Not here: what is shown.

use super::manage_factors;
use super::root::Root;
use super::transaction::{Transaction, TransactionProps};
use crate::config::{ConfigError, OptionName, OptionValue};
use crate::effects::{Question, Tell};
use crate::text::Text;
use js_sys::Function;
use std::any::Any;
use web_sys::Element;
use yew::prelude::*;

/// What the first part asks of the second.
enum Request<'a> {
    /// The transaction after user name and password, as part of the sign-in widget.
    Transaction(TransactionProps),
    /// The question which identity provider a user name belongs to.
    Discovery(Question<'a>),
    /// The factors of a person who is signed in, as a widget of their own.
    ManageFactors {
        element: Element,
        options: Vec<(OptionName, OptionValue)>,
        id: AttrValue,
        text: Text,
        tell: Tell,
        script: Function,
    },
}

/// What it gets.
enum Response {
    View(Html),
    Asked(Box<dyn Any>),
    Mounted(Result<Root, ConfigError>),
}

type Boundary = fn(Request<'_>) -> Response;

/// The boundary.
fn boundary(request: Request) -> Response {
    match request {
        Request::Transaction(props) => Response::View(html! { <Transaction ..props /> }),
        Request::Discovery(question) => Response::Asked(question.ask()),
        Request::ManageFactors { element, options, id, text, tell, script } => {
            Response::Mounted(manage_factors::mount(&element, &options, id, text, tell, script))
        }
    }
}

/// Shows the transaction; nothing where the second part is not loaded.
pub(super) fn transaction(props: TransactionProps) -> Html {
    match loaded().map(|boundary| boundary(Request::Transaction(props))) {
        Some(Response::View(view)) => view,
        _ => Html::default(),
    }
}

/// Asks the org which identity provider a user name belongs to, until what is returned is dropped.
pub(super) fn ask(question: Question<'_>) -> Option<Box<dyn Any>> {
    match loaded().map(|boundary| boundary(Request::Discovery(question))) {
        Some(Response::Asked(asked)) => Some(asked),
        _ => None,
    }
}

/// Puts factor management into an element.
pub(crate) fn mount_manage_factors(
    element: &Element,
    options: Vec<(OptionName, OptionValue)>,
    id: AttrValue,
    text: Text,
    tell: Tell,
    script: Function,
) -> Result<Root, ConfigError> {
    let request = Request::ManageFactors { element: element.clone(), options, id, text, tell, script };
    match loaded().map(|boundary| boundary(request)) {
        Some(Response::Mounted(mounted)) => mounted,
        _ => Err(ConfigError::new("the program", "must load its second part before")),
    }
}

/// Whether the second part is loaded.
pub(super) fn is_loaded() -> bool {
    loaded().is_some()
}

#[cfg(not(feature = "split"))]
#[allow(clippy::unnecessary_wraps, reason = "it is `None` with `split`")]
fn loaded() -> Option<Boundary> {
    Some(boundary)
}

/// Loads the second part; `then` is told whether that succeeded.
#[cfg(not(feature = "split"))]
pub fn load(then: impl FnOnce(bool) + 'static) {
    then(true);
}

#[cfg(feature = "split")]
pub use split::load;
#[cfg(feature = "split")]
use split::loaded;

/// The names that the split tool looks for: a call of the import becomes a call of the export, in the other file.
#[cfg(feature = "split")]
#[allow(unsafe_code, reason = "functions of another module are foreign functions")]
mod split {
    use super::{Boundary, boundary};
    use std::cell::Cell;
    use std::ffi::c_void;

    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    #[allow(improper_ctypes, reason = "both sides are this program")]
    unsafe extern "C" {
        fn __wasm_split_load_transaction(callback: extern "C" fn(*mut c_void, bool), data: *mut c_void);
        safe fn __wasm_split_00transaction00_import_00000000000000000000000000000001_view() -> Boundary;
    }

    #[unsafe(no_mangle)]
    #[allow(improper_ctypes_definitions, non_snake_case, reason = "both sides are this program")]
    extern "C" fn __wasm_split_00transaction00_export_00000000000000000000000000000001_view() -> Boundary {
        boundary
    }

    thread_local!(static LOADED: Cell<Option<Boundary>> = const { Cell::new(None) });

    pub(super) fn loaded() -> Option<Boundary> {
        LOADED.get()
    }

    type Then = Box<dyn FnOnce(bool)>;

    extern "C" fn finished(then: *mut c_void, success: bool) {
        // SAFETY: `load` made it with `Box::into_raw`, and the linking script calls back once for each load.
        let then: Box<Then> = unsafe { Box::from_raw(then.cast()) };
        if success {
            LOADED.set(Some(__wasm_split_00transaction00_import_00000000000000000000000000000001_view()));
        }
        then(success);
    }

    /// Loads the second part; `then` is told whether that succeeded.
    pub fn load(then: impl FnOnce(bool) + 'static) {
        if loaded().is_some() {
            return then(true);
        }
        let then: Box<Then> = Box::new(Box::new(then));
        // SAFETY: the linking script calls `finished` once with this pointer.
        unsafe { __wasm_split_load_transaction(finished, Box::into_raw(then).cast()) }
    }
}
