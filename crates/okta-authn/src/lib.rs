//! Okta's authentication transaction (`/api/v1/authn`) as types: what did the org say, and what may be asked?
//!
//! The crate reads transactions with their states, factors, links, tokens and errors, and builds the requests that
//! follow a link. It works in any Rust program: it has no I/O, no clock and no browser. Not here: texts that people
//! read, or a decision about what happens next.
//!
//! ```text
//! name + password ──> MFA_REQUIRED ──verify──> MFA_CHALLENGE ──proof──┐
//!        │                  └─────────────proof (code, answer)────────┤
//!        ├──────────> MFA_ENROLL ──enroll──> MFA_ENROLL_ACTIVATE ─────┤
//!        │                 ^  └──skip──────────────┐   (prev: back)   │
//!        │                 └── optional ones left ─┼──────────────────┤
//!        ├──────────> LOCKED_OUT                   │                  │
//!        └──────────> SUCCESS <────────────────────┴──────────────────┘
//! ```
//!
//! Read in this order: [`response`] (how a response is read), [`transaction`] and [`state`] (what it says),
//! [`factor`], [`links`] (what may be done next, and where a request may go), [`request`] (what is sent), [`error`],
//! and below them [`wire`] (JSON values) and [`reader`]. [`openid`] makes tokens of the session token.
//!
//! # Sign in with a password
//!
//! ```
//! use okta_authn::request::Options;
//! use okta_authn::{Org, Password, Request, Response, State};
//!
//! let org = Org::parse("https://example.okta.com").map_err(|problem| format!("the base URL {problem}"))?;
//! let options = Options { multi_optional_factor_enroll: false, warn_before_password_expired: true };
//! let request = Request::primary(&org, "jeff@example.com", Some(&Password::new("pa55")), options, None);
//! assert_eq!(request.url(), "https://example.okta.com/api/v1/authn");
//!
//! // Send `request` with any HTTP client, and read the JSON it returns:
//! let body = serde_json::from_str(r#"{"status": "SUCCESS", "sessionToken": "00Fpz"}"#)?;
//! let transaction = Response::ok(body).into_transaction()?;
//! assert!(matches!(transaction.state, State::Success { session_token: Some(_), .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/sign_in.rs` signs in with a password and a code over `reqwest`.
//!
//! # Serde
//!
//! [`wire::Value`] implements `Serialize` and `Deserialize`, so any serde format with self-describing values can
//! carry a body. The typed values do not implement serde's traits: they are read from a `Value` by [`reader`], which
//! keeps the path of the first error and costs a WebAssembly program a third of the bytes of derived code.
//!
//! # What Okta may add
//!
//! String enums such as [`Status`] and [`ErrorCode`] keep unknown values in `Other`, and are `#[non_exhaustive]`.

pub mod activation;
mod base64;
pub mod consent;
pub mod discovery;
pub mod error;
pub mod factor;
pub mod factor_kind;
pub mod idp;
pub mod links;
mod open_enum;
pub mod openid;
pub mod otpauth;
pub mod password_rules;
pub mod policy;
pub mod profile;
pub mod reader;
pub mod request;
pub mod response;
pub mod secret;
pub mod session;
pub mod state;
pub mod status;
pub mod timestamp;
pub mod transaction;
pub mod url;
pub mod webauthn;
pub mod wire;

pub use activation::{Activation, Challenge, Duo};
pub use consent::{Scope, Target};
pub use error::{ApiError, AuthnError, ErrorCode, TransportError};
pub use factor::Factor;
pub use factor_kind::FactorKind;
pub use links::{Link, Links, Org, UntrustedLink};
pub use password_rules::{PasswordRule, password_rules};
pub use policy::{PasswordPolicy, RememberDevice};
pub use profile::ProfileField;
pub use request::{Method, Request};
pub use response::{PrimaryResponse, Response};
pub use secret::{
    AccessToken, ActivationToken, AuthorizationCode, AuthorizeAddress, CodeVerifier, DuoSignature, IdToken, Nonce,
    Passcode, Password, RecoveryToken, RefreshToken, RequestState, SecurityAnswer, SessionToken, SharedSecret,
    StateToken,
};
pub use session::Session;
pub use state::{Channel, DeviceActivation, State};
pub use status::Status;
pub use timestamp::Millis;
pub use transaction::{Envelope, FactorResult, RecoveryType, Transaction};
pub use webauthn::{Ceremony, Credential, CredentialError};

/// The README's example is compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
