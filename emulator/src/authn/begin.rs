//! Creates a transaction: its user, its purpose and the options that the client sent.

use crate::{
    call::Call,
    error::ApiError,
    org::{
        Org,
        transaction::{Done, Options, Purpose, State, Transaction},
    },
};

/// A new transaction, not stored yet.
pub(crate) fn begin(
    org: &mut Org,
    call: &Call,
    who: Option<String>,
    purpose: Purpose,
    state: State,
) -> Result<Transaction, ApiError> {
    let options = call.input.object("options")?;
    Ok(Transaction {
        token: org.random.token(),
        expires: call.now.after(org.settings.state_token_life),
        who,
        purpose,
        options: Options {
            multi_optional_factor_enroll: options.flag("multiOptionalFactorEnroll"),
            warn_before_password_expired: options.flag("warnBeforePasswordExpired"),
        },
        relay_state: call.input.text("relayState")?.map(str::to_owned),
        page: call.origin.clone(),
        amr: Vec::new(),
        provider: None,
        factors_proved: 0,
        enrolled: false,
        done: Done::default(),
        state,
    })
}
