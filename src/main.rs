//! The bundle's entry. The library exports what JavaScript may call (see `embed`); this file only makes
//! it a bundle, because a `cdylib` target would turn link-time optimisation off.

#[cfg(target_arch = "wasm32")]
mod allocator;

use okta_authn_widget as _;

fn main() {}
