//! What of the org changes while it runs: enough to go on after a restart, or to go back to how it
//! began. Policies, limits and tokens are not part of it, for those stand in the configuration.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    Org, Switches, TrustedOrigin,
    directory::Group,
    kind::Kind,
    outbox::{OneTimeCodes, Outbox},
    push::SentPush,
    recovery::RecoveryTokens,
    session::{Devices, Grant, Session},
    token::Token,
    transaction::Transaction,
    user::User,
};
use crate::time::{Clock, Moment};

/// The changing part of an org.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    clock: Clock,
    users: Vec<User>,
    groups: Vec<Group>,
    trusted: Vec<TrustedOrigin>,
    transactions: HashMap<String, Transaction>,
    grants: HashMap<String, Grant>,
    sessions: HashMap<String, Session>,
    cookie_tokens: HashMap<String, (String, Moment)>,
    devices: Devices,
    recovery_tokens: RecoveryTokens,
    sent_pushes: HashMap<String, SentPush>,
    /// Not in files of before there were any.
    #[serde(default)]
    asked_keys: HashMap<String, (String, Moment)>,
    spare_tokens: HashMap<Kind, Token>,
    codes: OneTimeCodes,
    outbox: Outbox,
    switches: Switches,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Snapshot(..)")
    }
}

/// One list of fields for both ways: what is taken is what is put back.
macro_rules! snapshot_of {
    ($($field:ident)+) => {
        impl Org {
            /// How it stands now.
            pub(crate) fn snapshot(&self) -> Snapshot {
                Snapshot { $($field: self.$field.clone(),)+ }
            }

            /// Goes back to how it stood.
            pub(crate) fn restore(&mut self, snapshot: Snapshot) {
                $(self.$field = snapshot.$field;)+
                self.rates = super::Rates::default();
            }
        }
    };
}

snapshot_of! {
    clock users groups trusted transactions grants sessions cookie_tokens devices recovery_tokens sent_pushes
    asked_keys spare_tokens codes outbox switches
}
