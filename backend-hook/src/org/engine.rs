//! The engine of the org, which it names without a token: classic, or Identity Engine.

use reqwest::Method;
use serde::Deserialize;

use super::{
    client::{Client, OrgRequest},
    error::OrgError,
};

/// An engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The one that has cookie tokens.
    Classic,
    /// Identity Engine, or one that is not known here.
    Other,
}

#[derive(Deserialize)]
struct Organization {
    pipeline: String,
}

impl Client {
    /// Which engine the org has now: it changes on the day of an upgrade.
    pub async fn engine(&self) -> Result<Engine, OrgError> {
        let request = OrgRequest::at(Method::GET, "read engine", "/.well-known/okta-organization");
        let organization: Organization = self.send(request.without_token()).await?;
        Ok(if organization.pipeline == "v1" { Engine::Classic } else { Engine::Other })
    }
}
