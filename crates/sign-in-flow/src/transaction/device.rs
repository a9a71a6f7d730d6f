//! The activation of another device: its code, and how it ended (docs/authn-api.md#states). Not here: consent, which
//! may come between.

use super::{Context, Next};
use crate::event::Intent;
use crate::notice::{FieldName, NoticeKind};
use crate::ticket::Purpose;
use okta_authn::{DeviceActivation, Envelope, Request};
use std::rc::Rc;

/// Data of [`TransactionStep::Device`](super::TransactionStep::Device).
#[derive(Clone, Debug, PartialEq)]
pub enum Device {
    /// Asks for the code that the device shows.
    Ask {
        /// The code to start with.
        user_code: String,
    },
    /// The activation has ended.
    Ended(DeviceActivation),
}

impl Device {
    /// The org asks for the code, perhaps because it refused the one before.
    pub(super) fn ask(context: &mut Context, envelope: Envelope, user_code: Option<String>, is_refused: bool) -> Self {
        context.core.show(Some(Rc::new(envelope)));
        if is_refused {
            context.core.tell(NoticeKind::WrongUserCode);
        }
        Self::Ask { user_code: user_code.unwrap_or_default() }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&self, context: &mut Context, intent: &Intent) -> Next {
        match (self, intent) {
            (Self::Ended(_), Intent::Back) => return Next::Start,
            (Self::Ask { .. }, Intent::ActivateDevice(code)) if code.trim().is_empty() => {
                context.core.ask_for(FieldName::UserCode);
            }
            (Self::Ask { .. }, Intent::ActivateDevice(code)) => {
                if let Some((link, token)) = context.core.link("next") {
                    let request = Request::activate_device(&context.settings.org, &link, &token, code.trim());
                    context.core.send_if_trusted(Purpose::Transaction, request, None);
                }
            }
            (Self::Ask { .. }, intent) => return context.back(intent),
            (Self::Ended(_), _) => {}
        }
        Next::Stay
    }
}
