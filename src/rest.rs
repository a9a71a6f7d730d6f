//! The entry of the bundle that has every screen. It is loaded when a sign-in goes beyond the first form;
//! `main.rs`, built with the feature `first-form`, is the one a page starts with.

#[cfg(target_arch = "wasm32")]
mod allocator;

use okta_authn_widget as _;

fn main() {}
