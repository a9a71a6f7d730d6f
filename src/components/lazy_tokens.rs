//! The boundary of the third part of the program, which asks for tokens: [`tokens`] is the only way to it. With the feature
//! `split`, a tool moves everything that is reachable from there alone into a file of its own, which is loaded for a page with the
//! option `tokens` only; without it, the same source is one bundle. Not here: the boundary of the second part (`lazy`).

use crate::effects::{TOKENS_PART, TokensPart};

/// The third part; `None` where it is not loaded.
#[cfg(not(feature = "split"))]
#[allow(clippy::unnecessary_wraps, reason = "it is `None` with `split`")]
pub(super) fn tokens() -> Option<&'static TokensPart> {
    Some(&TOKENS_PART)
}

/// Loads it; `then` is told whether that succeeded.
#[cfg(not(feature = "split"))]
pub(super) fn load_tokens(then: impl FnOnce(bool) + 'static) {
    then(true);
}

#[cfg(feature = "split")]
pub(super) use split::{load_tokens, tokens};

/// The names that the split tool looks for, as in `lazy`.
#[cfg(feature = "split")]
#[allow(unsafe_code, reason = "functions of another module are foreign functions")]
mod split {
    use super::{TOKENS_PART, TokensPart};
    use std::cell::Cell;
    use std::ffi::c_void;

    #[link(wasm_import_module = "__wasm_split_placeholder__")]
    #[allow(improper_ctypes, reason = "both sides are this program")]
    unsafe extern "C" {
        fn __wasm_split_load_tokens(callback: extern "C" fn(*mut c_void, bool), data: *mut c_void);
        safe fn __wasm_split_00tokens00_import_00000000000000000000000000000002_part() -> &'static TokensPart;
    }

    #[unsafe(no_mangle)]
    #[allow(improper_ctypes_definitions, non_snake_case, reason = "both sides are this program")]
    extern "C" fn __wasm_split_00tokens00_export_00000000000000000000000000000002_part() -> &'static TokensPart {
        &TOKENS_PART
    }

    thread_local!(static LOADED: Cell<Option<&'static TokensPart>> = const { Cell::new(None) });

    /// The third part; `None` where it is not loaded.
    pub(in super::super) fn tokens() -> Option<&'static TokensPart> {
        LOADED.get()
    }

    type Then = Box<dyn FnOnce(bool)>;

    extern "C" fn finished(then: *mut c_void, success: bool) {
        // SAFETY: `load_tokens` made it with `Box::into_raw`, and the linking script calls back once for each load.
        let then: Box<Then> = unsafe { Box::from_raw(then.cast()) };
        if success {
            LOADED.set(Some(__wasm_split_00tokens00_import_00000000000000000000000000000002_part()));
        }
        then(success);
    }

    /// Loads it; `then` is told whether that succeeded.
    pub(in super::super) fn load_tokens(then: impl FnOnce(bool) + 'static) {
        if tokens().is_some() {
            return then(true);
        }
        let then: Box<Then> = Box::new(Box::new(then));
        // SAFETY: the linking script calls `finished` once with this pointer.
        unsafe { __wasm_split_load_tokens(finished, Box::into_raw(then).cast()) }
    }
}
