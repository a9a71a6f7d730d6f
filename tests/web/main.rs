//! The real widget in a real page.
#![cfg(target_arch = "wasm32")]
