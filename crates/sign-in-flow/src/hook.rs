//! The backend hook's contract as types (`docs/backend-hook.md`): the registration form, the caller's factors, the
//! hook's problems, and its requests. The hook is the page owner's server; it does what needs an admin's API token.
//!
//! It shares [`okta_authn`]'s types where they mean the same: a factor, a proof, a secret. Not here: I/O, texts that
//! people read, or a decision about what happens next.

pub mod address;
pub mod factor;
pub mod form;
pub mod problem;
mod request;

pub use address::Hook;
pub use factor::{Enrolled, Outcome};
pub use form::{Data, Field, FieldKind, Form, PhoneFactor, Registered};
pub use problem::{FieldError, FieldProblem, HookError, Problem, ProblemCode, read};
