//! The codes that apps and tokens show now: of active factors, of pending enrollments, and of spare
//! tokens that anyone may enroll.

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};

use crate::{
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        token::{Style, Token},
        transaction::State,
        user::User,
    },
    time::Timestamp,
};

/// The code that an app or a token shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CurrentCode {
    /// The user's short name; empty for a spare token.
    pub login: String,
    /// The factor; empty for a spare token.
    pub factor_id: String,
    /// Its type, such as `token:software:totp`.
    pub factor_type: String,
    /// Its provider, such as `GOOGLE`.
    pub provider: String,
    /// `ACTIVE`, `PENDING_ACTIVATION` during enrollment, `SPARE` for a token that anyone may enroll.
    pub status: String,
    /// The code.
    pub code: Option<String>,
    /// The code after it, for enrollments that need two.
    pub next_code: Option<String>,
    /// The secret of an app, in base32.
    pub secret: Option<String>,
}

/// Without the secrets.
impl std::fmt::Debug for CurrentCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "CurrentCode({} {} of {})", self.provider, self.factor_type, self.login)
    }
}

/// All codes, or those of one user.
pub(super) fn current(org: &Org, login: Option<&str>) -> Vec<CurrentCode> {
    let now = org.clock.now();
    let wanted = |user: &&User| login.is_none_or(|login| user.is_named(login));
    let active = org
        .users
        .iter()
        .filter(wanted)
        .flat_map(|user| user.factors.iter().filter_map(move |factor| code(user, factor, "ACTIVE", now)));
    let begun = org.users.iter().filter(wanted).flat_map(|user| {
        user.pending.iter().filter_map(move |begun| code(user, &begun.factor, "PENDING_ACTIVATION", now))
    });
    let pending = org.transactions.values().filter_map(|transaction| {
        let State::MfaEnrollActivate(enrollment) = &transaction.state else { return None };
        let user = org.user(transaction.user().ok()?).ok().filter(wanted)?;
        code(user, &enrollment.factor, "PENDING_ACTIVATION", now)
    });
    let spare = org
        .spare_tokens
        .iter()
        .filter(|_| login.is_none())
        .map(|(kind, token)| of_token(String::new(), String::new(), *kind, token, "SPARE", now));
    active.chain(pending).chain(begun).chain(spare).collect()
}

fn code(user: &User, factor: &Factor, status: &'static str, now: Timestamp) -> Option<CurrentCode> {
    let login = user.short_name().to_owned();
    match &factor.data {
        FactorData::Totp(device) => Some(CurrentCode {
            login,
            factor_id: factor.id.clone(),
            factor_type: factor.kind.factor_type().to_owned(),
            provider: factor.kind.provider().to_owned(),
            status: status.to_owned(),
            code: Some(device.code(now)),
            next_code: None,
            secret: Some(BASE32_NOPAD.encode(&device.secret)),
        }),
        FactorData::Token(token) => Some(of_token(login, factor.id.clone(), factor.kind, token, status, now)),
        _ => None,
    }
}

fn of_token(
    login: String,
    factor_id: String,
    kind: Kind,
    token: &Token,
    status: &'static str,
    now: Timestamp,
) -> CurrentCode {
    CurrentCode {
        login,
        factor_id,
        factor_type: kind.factor_type().to_owned(),
        provider: kind.provider().to_owned(),
        status: status.to_owned(),
        code: Some(token.code(now)),
        next_code: (token.style == Style::Timed).then(|| token.device.next_code(now)),
        secret: None,
    }
}
