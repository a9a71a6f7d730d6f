//! The codes that people's apps and tokens show right now, enrolled or about to be.

use data_encoding::BASE32_NOPAD;
use serde::Serialize;

use crate::{
    org::{
        Org,
        factor::{Factor, Held},
        transaction::State,
        user::User,
    },
    time::Moment,
};

/// A code.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CurrentCode {
    login: String,
    factor_id: String,
    factor_type: &'static str,
    provider: &'static str,
    /// `ACTIVE`, or `PENDING_ACTIVATION` while it is being enrolled.
    status: &'static str,
    code: Option<String>,
    secret: Option<String>,
}

/// All codes, or those of one user.
pub(super) fn current(org: &Org, login: Option<&str>) -> Vec<CurrentCode> {
    let now = org.clock.now();
    let wanted = |user: &&User| login.is_none_or(|login| user.is_called(login));
    let active = org
        .users
        .iter()
        .filter(wanted)
        .flat_map(|user| user.factors.iter().filter_map(move |factor| code(user, factor, "ACTIVE", now)));
    let pending = org.transactions.values().filter_map(|transaction| {
        let State::MfaEnrollActivate { factor, .. } = &transaction.state else { return None };
        let user = org.user(&transaction.user).ok().filter(wanted)?;
        code(user, factor, "PENDING_ACTIVATION", now)
    });
    active.chain(pending).collect()
}

fn code(user: &User, factor: &Factor, status: &'static str, now: Moment) -> Option<CurrentCode> {
    let Held::Totp(device) = &factor.held else { return None };
    Some(CurrentCode {
        login: user.short_name().to_owned(),
        factor_id: factor.id.clone(),
        factor_type: factor.kind.factor_type(),
        provider: factor.kind.provider(),
        status,
        code: Some(device.code(now)),
        secret: Some(BASE32_NOPAD.encode(&device.secret)),
    })
}
