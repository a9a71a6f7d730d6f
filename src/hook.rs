//! What did the hook say? The page owner's server for what needs an admin's token, as types: the form for
//! signing up, the caller's factors, its problems, and the requests it takes (`docs/backend-hook.md`).
//!
//! It stands beside [`crate::authn`], whose words it shares where they mean the same: a factor, a proof, a
//! secret. Never here: IO, a clock, a browser, a text that people read, or a decision about what happens next.

pub mod address;
pub mod factor;
pub mod form;
pub mod problem;
mod request;

pub use address::Hook;
pub use factor::{Enrolled, Outcome};
pub use form::{Data, Field, FieldKind, Form, PhoneFactor, Registered};
pub use problem::{Fault, FieldProblem, HookError, Problem, ProblemCode, read};
