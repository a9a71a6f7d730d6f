//! Tokens from a session token, by OpenID Connect: what is asked next, and what an answer leads to. A machine of its own,
//! driven by events like the others, and owned by the transaction machine (`transaction/tokens.rs`). Not here: frames, storage, cryptography, or what a person is told.
//!
//! ```text
//! draw ──> challenge ──> frame ──answer──> exchange ──> keys ──> signature ──> access token ──> complete
//!   ^                      └─ no answer ─┐    ^
//!   └────────────────────────────────────┘    └── redirect, and back on the page ──
//! ```

pub mod app;
pub mod failure;
pub mod flow;
pub mod pending;
pub mod settings;

pub use app::{RunningFlow, TokenApp, TokenEffect};
pub use failure::{Fallback, TokenFailure, TokenProblem};
pub use flow::{DigestOf, FrameFailure, Returned, TokenAction, TokenEvent, TokenFlow, TokenResult, TokenStep};
pub use pending::{Pending, PendingError};
pub use settings::{TokenSettings, TokenStorage};
