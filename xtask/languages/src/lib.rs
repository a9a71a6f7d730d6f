//! The messages of every language: `locales/TAG.arb`, in the Application Resource Bundle format
//! (<https://github.com/google/app-resource-bundle/wiki/ApplicationResourceBundleSpecification>). English has all keys, and
//! notes for translators. Not here: what shows them.

mod catalogue;
mod check;
pub mod files;
mod format;
pub mod page;
mod pseudo;
mod rules;
mod sizes;
mod tags;
mod uses;

pub use catalogue::{Catalogue, all, by_tag, english};
pub use check::{problems, unsaid};
pub use pseudo::{PSEUDO, pseudo};
pub use rules::text;
pub use sizes::Sizes;
pub use tags::matching;
