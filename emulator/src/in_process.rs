//! The org without a port: its HTTP service, to be called in the same process. For programs that are its only client and
//! call it more often than sockets allow, with the feature `in-process`.
//!
//! Not here: connections, TLS and the state file, which only a server has (`server`).

use axum::{Router, http::Method};

use crate::{
    http::{self, App},
    seed::Seed,
    server::{StartError, address},
};

/// An org, and its service with the control interface.
#[derive(Clone, Debug)]
pub struct InProcess {
    app: App,
    service: Router,
}

impl InProcess {
    /// The org of this configuration (TOML), with the address by which it calls itself and the origin of its page.
    pub fn new(configuration: &str, base_url: &str, page_origin: &str) -> Result<Self, StartError> {
        let mut org = Seed::parse(configuration, "configuration")?.org();
        org.trust("The page", &address::page_origin(page_origin)?, true, true);
        org.base = address::base_url(base_url)?;
        let initial = org.snapshot();
        let app = App::new(org, initial);
        let service = http::router(&app, true, None);
        Ok(Self { app, service })
    }

    /// What answers requests.
    pub fn service(&self) -> Router {
        self.service.clone()
    }

    /// Resets the org to its initial state.
    pub fn reset(&self) {
        self.app.reset();
    }

    /// Methods and paths of the operations of its API. The pages for browsers and OpenID Connect are not among them.
    pub fn operations() -> Vec<(Method, &'static str)> {
        http::all_operations().list()
    }
}
