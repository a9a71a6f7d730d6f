//! Why an ID token is refused: one value for each check, with words for the page's developer. Not here: the checks.

use std::fmt;

/// A part of a signed token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Says how it is signed.
    Header,
    /// Has the claims.
    Claims,
    /// The signature.
    Signature,
}

/// Why an ID token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdTokenError {
    /// It is longer than any token.
    TooLong,
    /// It has not three parts.
    Shape,
    /// A part is not base64url without padding.
    Base64(Part),
    /// A part is not JSON in UTF-8, or not an object.
    Json(Part),
    /// A part has a member twice.
    Twice(Part),
    /// It is not signed by RS256.
    Algorithm,
    /// It does not name its key.
    NoKeyId,
    /// Its header says that it is something else than a JWT.
    Type,
    /// Its header has an extension that must be understood (`crit`), and none is.
    Critical,
    /// Its header brings a key along, or says where one is.
    OwnKey,
    /// No key of the issuer has its name, or more than one.
    UnknownKey,
    /// The signature is wrong.
    Signature,
    /// This claim is missing, or has another type.
    Missing(&'static str),
    /// Another server issued it.
    Issuer,
    /// It is for another app.
    Audience,
    /// It is for several apps, and was not issued to this one.
    AuthorizedParty,
    /// It answers another request.
    Nonce,
    /// It has expired.
    Expired,
    /// It is from the future.
    FromTheFuture,
    /// It belongs to another access token.
    AccessToken,
}

impl IdTokenError {
    /// Whether a wrong clock of this device explains it.
    pub fn is_about_time(self) -> bool {
        matches!(self, Self::Expired | Self::FromTheFuture)
    }
}

impl fmt::Display for IdTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the ID token ")?;
        f.write_str(match self {
            Self::TooLong => "is too long",
            Self::Shape => "has not three parts",
            Self::Base64(Part::Header) => "has a header that is not base64url",
            Self::Base64(Part::Claims) => "has claims that are not base64url",
            Self::Base64(Part::Signature) => "has a signature that is not base64url, or none",
            Self::Json(Part::Header) => "has a header that is no JSON object",
            Self::Json(Part::Claims | Part::Signature) => "has claims that are no JSON object",
            Self::Twice(Part::Header) => "has a member of the header twice",
            Self::Twice(Part::Claims | Part::Signature) => "has a claim twice",
            Self::Algorithm => "is not signed by RS256",
            Self::NoKeyId => "does not name its key",
            Self::Type => "is no JWT",
            Self::Critical => "has an extension that is not understood",
            Self::OwnKey => "brings its own key",
            Self::UnknownKey => "is signed by a key that the issuer does not publish",
            Self::Signature => "has a wrong signature",
            Self::Missing(claim) => return write!(f, "has no {claim} that can be read"),
            Self::Issuer => "is from another issuer",
            Self::Audience => "is for another app",
            Self::AuthorizedParty => "was issued to another app",
            Self::Nonce => "answers another request: its nonce differs",
            Self::Expired => "has expired, or this device's clock is ahead",
            Self::FromTheFuture => "is from the future, or this device's clock is behind",
            Self::AccessToken => "belongs to another access token",
        })
    }
}

impl std::error::Error for IdTokenError {}
