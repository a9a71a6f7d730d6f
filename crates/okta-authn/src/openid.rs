//! OpenID Connect, as far as a browser needs it to have tokens from a session token (docs/authn-api.md#openid-connect):
//! the authorization request, its answer, the exchange of the code, and the checks of the ID token. Randomness, digests
//! and signatures are inputs. Not here: I/O, cryptography, a clock, or what is done with the tokens.
//!
//! ```text
//! issuer ──> authorize ──answer──> code ──token_request──> tokens ──> id_token ──keys──> claims
//!                         └─────── tokens of the older response types ──┘
//! ```

pub mod answer;
pub mod authorize;
pub mod claims;
pub mod fields;
pub mod id_token;
mod id_token_error;
pub mod issuer;
mod json;
mod jws;
pub mod keys;
mod oauth_error;
pub mod random;
pub mod tokens;

pub use answer::{Answer, AnswerError};
pub use authorize::{Authorize, ResponseType, Way};
pub use claims::{Claims, Expected};
pub use fields::{Fields, FieldsError};
pub use id_token::UnverifiedIdToken;
pub use id_token_error::{IdTokenError, Part};
pub use issuer::Issuer;
pub use keys::{Key, Keys};
pub use oauth_error::{OAuthError, OAuthErrorCode};
pub use random::RequestSecrets;
pub use tokens::{TokenError, Tokens, token_request};
