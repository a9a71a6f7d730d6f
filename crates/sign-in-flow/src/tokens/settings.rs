//! What the page's owner says about tokens. Already parsed. Not here: parsing it.

use crate::redirect::RedirectUrl;
use okta_authn::openid::{Issuer, ResponseType, Way};

/// The app, and how it has its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSettings {
    /// Who issues them.
    pub issuer: Issuer,
    /// The app's id.
    pub client_id: String,
    /// One of the app's sign-in redirect URIs: where the browser comes back to, and of the page's own origin.
    pub redirect_uri: RedirectUrl,
    /// What the tokens are for.
    pub scopes: Vec<String>,
    /// What the org is asked for.
    pub response_type: ResponseType,
    /// How it answers at first.
    pub way: Way,
    /// The identity provider to be used.
    pub idp: Option<String>,
    /// Where the page keeps its tokens.
    pub storage: TokenStorage,
}

/// Where a page keeps its tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenStorage {
    /// Nowhere.
    #[default]
    None,
    /// In the page, until it is left.
    Memory,
    /// In the tab, until it is closed.
    Session,
}
