//! A new password: why it is needed, its rules, and the request that sets it. Not here: whether a password follows the
//! rules (`okta_authn::password_rules`; the org decides), or the texts.

use super::{Context, Next};
use crate::event::Intent;
use crate::notice::{FieldName, NoticeKind};
use crate::ticket::Purpose;
use okta_authn::{Envelope, PasswordPolicy, PasswordRule, Request, password_rules};
use std::rc::Rc;

/// Why a new password is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordReason {
    /// The old one expires in so many days.
    ExpiresIn(Option<u32>),
    /// The old one has expired.
    Expired,
    /// It was forgotten, or there was none.
    Reset,
}

/// Data of [`TransactionStep::Password`](super::TransactionStep::Password).
#[derive(Clone, Debug, PartialEq)]
pub struct NewPassword {
    /// Why.
    pub reason: PasswordReason,
    /// What it must be like.
    pub rules: Rc<[PasswordRule]>,
    /// The site where the password is changed, where that is not this org.
    pub external_site: Option<ExternalSite>,
}

/// A site outside the org that a person may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalSite {
    /// Its name.
    pub title: String,
    /// Its origin, for the person to see.
    pub origin: String,
    /// Its address.
    pub href: String,
}

impl NewPassword {
    /// The org asks for a new password.
    pub(super) fn ask(
        context: &mut Context,
        envelope: Envelope,
        reason: PasswordReason,
        policy: &PasswordPolicy,
    ) -> Self {
        let rules = password_rules(policy, envelope.user.as_ref()).into();
        let next = envelope.links.get("next");
        let external_site = next.and_then(|link| {
            let (origin, href) = link.external_url()?;
            Some(ExternalSite { title: link.title.clone()?, origin: origin.as_str().to_owned(), href: href.to_owned() })
        });
        context.core.show(Some(Rc::new(envelope)));
        Self { reason, rules, external_site }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&self, context: &mut Context, intent: &Intent) -> Next {
        let Intent::ChangePassword { old, new, again, revoke_sessions } = intent else { return context.back(intent) };
        let old = (self.reason != PasswordReason::Reset).then_some(old);
        if old.is_some_and(okta_authn::Password::is_empty) {
            context.core.ask_for(FieldName::OldPassword);
        } else if new.is_empty() {
            context.core.ask_for(FieldName::NewPassword);
        } else if new != again {
            context.core.tell(NoticeKind::PasswordMismatch);
        } else if self.external_site.is_none()
            && let Some((link, token)) = context.core.link("next")
        {
            let request = Request::password(&context.settings.org, &link, &token, old, new, *revoke_sessions);
            context.core.send_if_trusted(Purpose::Transaction, request, None);
        }
        Next::Stay
    }
}
