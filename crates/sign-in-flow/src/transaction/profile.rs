//! What the org wants to know about a person before it goes on. Not here: whether a value is right; the org says.

use super::registration::FieldProblem;
use super::{Context, Next};
use crate::event::Intent;
use crate::hook::{Field, FieldError, FieldKind};
use crate::notice::FieldName;
use crate::ticket::Purpose;
use okta_authn::{Envelope, ProfileField, Request};
use std::rc::Rc;

/// Data of [`TransactionStep::Profile`](super::TransactionStep::Profile).
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What is wanted, as fields of a form.
    pub fields: Rc<[Field]>,
    /// What is wrong with which field.
    pub problems: Rc<[(String, FieldProblem)]>,
    creates_account: bool,
}

impl Profile {
    /// The org asks.
    pub(super) fn ask(
        context: &mut Context,
        envelope: Envelope,
        fields: Vec<ProfileField>,
        creates_account: bool,
    ) -> Self {
        context.core.show(Some(Rc::new(envelope)));
        let field = |ProfileField { name, label, required }| Field {
            kind: if name == "email" { FieldKind::Email } else { FieldKind::Text },
            name,
            label,
            required,
            max_length: None,
            autocomplete: None,
        };
        Self { fields: fields.into_iter().map(field).collect(), problems: Rc::from([]), creates_account }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&mut self, context: &mut Context, intent: Intent) -> Next {
        let Intent::Profile(typed) = intent else { return context.back(&intent) };
        let value = |field: &Field| {
            let typed = typed.iter().find(|(name, _)| *name == field.name);
            typed.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
        };
        let missing = self.fields.iter().filter(|field| field.required && value(field).is_none());
        self.problems = missing.map(|field| (field.name.clone(), FieldProblem::Error(FieldError::Required))).collect();
        context.core.updated();
        if !self.problems.is_empty() {
            context.core.ask_for(FieldName::Published);
        } else if let Some((link, token)) = context.core.link("enroll") {
            let values = self.fields.iter().filter_map(|field| Some((field.name.clone(), value(field)?.to_owned())));
            let request =
                Request::profile(&context.settings.org, &link, &token, values.collect(), self.creates_account);
            context.core.send_if_trusted(Purpose::Transaction, request, None);
        }
        Next::Stay
    }
}
