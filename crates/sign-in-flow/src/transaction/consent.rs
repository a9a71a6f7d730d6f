//! What an app asks for (docs/authn-api.md#states). Not here: what a scope means.

use super::{Context, Next};
use crate::event::Intent;
use crate::ticket::Purpose;
use okta_authn::{Envelope, Request, Scope};
use std::rc::Rc;

/// Data of [`TransactionStep::Consent`](super::TransactionStep::Consent).
#[derive(Clone, Debug, PartialEq)]
pub struct Consent {
    /// What the app asks for.
    pub scopes: Vec<Scope>,
    /// Whether it is granted for everybody.
    pub for_all: bool,
    /// Address of the app's logo, where there is one that may be loaded.
    pub logo: Option<String>,
    /// What the answer repeats.
    expires_at: Option<String>,
}

impl Consent {
    /// The org asks for consent.
    pub(super) fn ask(
        context: &mut Context,
        envelope: Envelope,
        scopes: Vec<Scope>,
        for_all: bool,
        expires_at: Option<String>,
    ) -> Self {
        let logo = envelope.target.as_ref().and_then(|target| target.logo.as_ref());
        let logo = logo.and_then(|link| context.settings.org.admit_image(link).ok());
        context.core.show(Some(Rc::new(envelope)));
        Self { scopes, for_all, logo, expires_at }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&self, context: &mut Context, intent: &Intent) -> Next {
        let Intent::Consent(granted) = intent else { return context.back(intent) };
        let choice = |scope: &Scope| {
            let may_be_left_out = scope.optional?;
            Some(!may_be_left_out || granted.contains(&scope.name))
        };
        let scopes: Vec<_> = self.scopes.iter().map(|scope| (scope.name.clone(), choice(scope))).collect();
        if let Some((link, token)) = context.core.link("next") {
            let end = self.expires_at.as_deref();
            let request = Request::consent(&context.settings.org, &link, &token, end, &scopes);
            context.core.send_if_trusted(Purpose::Transaction, request, None);
        }
        Next::Stay
    }
}
