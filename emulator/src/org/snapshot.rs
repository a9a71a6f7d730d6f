//! The part of the org that changes at run time, for restarts and resets.
//!
//! Not here: policies, limits and API tokens, which come from the seed file.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{
    Org, Switches, TrustedOrigin,
    authorization_server::AuthorizationServer,
    client::Client,
    directory::Group,
    engine::Engine,
    federation::Federation,
    grant::Issued,
    kind::Kind,
    log::Log,
    outbox::{OneTimeCodes, Outbox},
    push::SentPush,
    recovery::RecoveryTokens,
    session::{Devices, Grant, Session},
    signing_key::SigningKeys,
    token::Token,
    transaction::Transaction,
    user::User,
};
use crate::time::{Clock, Timestamp};

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
    cookie_tokens: HashMap<String, (String, Timestamp)>,
    devices: Devices,
    recovery_tokens: RecoveryTokens,
    sent_pushes: HashMap<String, SentPush>,
    // Missing in older state files.
    #[serde(default)]
    key_challenges: HashMap<String, (String, Timestamp)>,
    spare_tokens: HashMap<Kind, Token>,
    codes: OneTimeCodes,
    outbox: Outbox,
    switches: Switches,
    // Missing in older state files.
    #[serde(default)]
    engine: Engine,
    // `None` in older state files: then that of the seed file stays.
    federation: Option<Federation>,
    clients: Option<Vec<Client>>,
    authorization_servers: Option<Vec<AuthorizationServer>>,
    #[serde(default)]
    signing_keys: SigningKeys,
    #[serde(default)]
    issued: Issued,
    #[serde(default)]
    events: Log,
    #[serde(default)]
    user_schema: serde_json::Map<String, serde_json::Value>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Snapshot(..)")
    }
}

/// One list of fields for both directions, so that `restore` sets what `snapshot` copies. After `if there`: those that an
/// older state file does not have.
macro_rules! snapshot_of {
    ($($field:ident)+, if there $($later:ident)+) => {
        impl Org {
            /// A copy of the current state.
            pub(crate) fn snapshot(&self) -> Snapshot {
                Snapshot { $($field: self.$field.clone(),)+ $($later: Some(self.$later.clone()),)+ }
            }

            /// Replaces the current state.
            pub(crate) fn restore(&mut self, snapshot: Snapshot) {
                $(self.$field = snapshot.$field;)+
                $(if let Some(later) = snapshot.$later {
                    self.$later = later;
                })+
                self.rates = super::Rates::default();
            }
        }
    };
}

snapshot_of! {
    clock users groups trusted transactions grants sessions cookie_tokens devices recovery_tokens sent_pushes
    key_challenges spare_tokens codes outbox switches engine signing_keys issued events
    user_schema,
    if there federation clients authorization_servers
}
