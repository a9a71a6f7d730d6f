//! The root components: each owns a machine, gives its effects to the runtime and its screen to the views. Not here: a
//! decision of its own.

mod focus;
mod host;
pub mod language;
mod lazy;
mod lazy_tokens;
mod manage_factors;
#[cfg(feature = "ssr")]
mod preview;
mod props;
mod regions;
mod root;
mod sign_in;
mod transaction;

pub use lazy::load;
pub(crate) use lazy::mount_manage_factors;
pub use manage_factors::{ManageFactors, ManageFactorsProps};
#[cfg(feature = "ssr")]
pub use preview::{Preview, PreviewProps, PreviewStep};
pub use props::SignInProps;
pub(crate) use props::{PageParts, RcEq, telling};
pub use root::Root;
#[cfg(feature = "ssr")]
pub(crate) use root::prerender;
pub(crate) use root::{Mounted, mount};
pub use sign_in::SignIn;
