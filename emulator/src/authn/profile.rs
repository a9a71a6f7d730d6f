//! Questions about the user, before the sign-in goes on.

use serde_json::{Map, Value};

use crate::{
    authn::progress::{current, proceed},
    call::{Call, Refusal, Reply},
    error,
    org::{Org, transaction::State},
};

/// The attributes that are asked for: name, label, whether it is required, characters at most.
pub(crate) const ATTRIBUTES: [(&str, &str, bool, usize); 2] =
    [("department", "Department", true, 40), ("costCenter", "Cost center", false, 8)];

/// `POST .../enroll`: the answers, as `registration.profile`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    if !matches!(transaction.state, State::Profile) {
        return Err(error::WRONG_STATE.into());
    }
    let profile = call.input.object("registration")?.object("profile")?;
    let mut answers = Map::new();
    for (name, _, required, longest) in ATTRIBUTES {
        let refused = |why: &str| error::VALIDATION.about(name).and(format!("{name}: {why}"));
        match profile.text(name)?.map(str::trim).filter(|answer| !answer.is_empty()) {
            None if required => return Err(refused("The field cannot be left blank").into()),
            None => {}
            Some(answer) if answer.chars().count() > longest => return Err(refused("The value is too long").into()),
            Some(answer) => {
                answers.insert(name.to_owned(), Value::from(answer));
            }
        }
    }
    org.user_mut(transaction.user()?)?.profile.more.extend(answers);
    transaction.done.profile = true;
    Ok(proceed(org, call, transaction)?)
}
