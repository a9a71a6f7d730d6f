//! The simulated phone: pushes that wait for an answer, and enrollments that wait for the app.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};

use super::error_response;
use crate::{
    http::App,
    org::{Org, factor::FactorData, push::Numbers},
};

/// Something that waits on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WaitingPush {
    /// The user's short name.
    pub login: String,
    /// `approve` for a push, `setUp` for an enrollment.
    pub kind: String,
    /// The name of the phone.
    pub device: Option<String>,
    /// Three numbers; the page shows one of them.
    pub numbers: Option<[u32; 3]>,
    /// The number that the page shows.
    pub correct: Option<u32>,
}

/// `GET /control/push`.
pub(super) async fn waiting(State(app): State<App>) -> Response {
    let mut org = app.org();
    let now = org.clock.now();
    let mut found: Vec<_> = Vec::new();
    for (user, factor, push) in org.pushes(now).filter(|(.., push)| push.is_open()) {
        // The phone shows the numbers now, so the page may show the correct one.
        push.shown = push.numbers.is_some();
        found.push((user.to_owned(), Some(factor.to_owned()), push.numbers));
    }
    found.extend(org.new_apps(now).filter(|(_, app)| !app.set_up).map(|(user, _)| (user.to_owned(), None, None)));
    let all = found.into_iter().filter_map(|(user, factor, numbers)| {
        let user = org.user(&user).ok()?;
        let device = factor.as_deref().and_then(|id| user.factor(id)).and_then(|factor| match &factor.data {
            FactorData::App(app) => Some(app.device_name.clone()),
            _ => None,
        });
        Some(WaitingPush {
            login: user.short_name().to_owned(),
            kind: if factor.is_some() { "approve" } else { "setUp" }.to_owned(),
            device,
            numbers: numbers.map(|numbers| numbers.shown),
            correct: numbers.map(|numbers| numbers.correct),
        })
    });
    Json(all.collect::<Vec<_>>()).into_response()
}

/// What a user can do on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneButton {
    /// Approve the push; for an enrollment, add the account.
    Approve,
    /// Deny the push.
    Deny,
    /// Choose this number.
    Number,
    /// Make this number the correct one of the three; the push is not answered.
    MakeRight,
    /// Add the account of the QR code.
    SetUp,
}

/// A user's action on the phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneAction {
    /// Whose phone.
    pub login: String,
    /// What is done.
    pub action: PhoneButton,
    /// The number that is chosen or made the correct one.
    #[serde(default)]
    pub number: Option<u32>,
}

impl PhoneAction {
    /// An action without a number.
    pub fn new(login: impl Into<String>, action: PhoneButton) -> Self {
        Self { login: login.into(), action, number: None }
    }
}

/// `POST /control/push`.
pub(super) async fn answer(State(app): State<App>, Json(answer): Json<PhoneAction>) -> Response {
    let mut org = app.org();
    if act(&mut org, &answer) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        error_response(StatusCode::CONFLICT, "Nothing of the kind waits on this user's phone.")
    }
}

/// Three numbers of which `correct` is the correct one.
fn with_right(correct: u32) -> Numbers {
    Numbers { correct, shown: [(correct + 17) % 100, correct, (correct + 61) % 100] }
}

fn act(org: &mut Org, answer: &PhoneAction) -> bool {
    let now = org.clock.now();
    let Some(user) = org.user_named(&answer.login).map(|user| user.id.clone()) else { return false };
    let waiting = org.pushes(now).filter(|(theirs, _, push)| *theirs == user && push.is_open());
    for (.., push) in waiting {
        match answer.action {
            PhoneButton::MakeRight => match (push.numbers, answer.number) {
                (Some(_), Some(number)) => push.numbers = Some(with_right(number)),
                _ => continue,
            },
            PhoneButton::Approve if push.numbers.is_none() => push.answer(true),
            PhoneButton::Number => {
                push.answer(push.numbers.is_some_and(|numbers| Some(numbers.correct) == answer.number));
            }
            PhoneButton::Deny => push.answer(false),
            PhoneButton::Approve | PhoneButton::SetUp => continue,
        }
        return true;
    }
    if !matches!(answer.action, PhoneButton::SetUp | PhoneButton::Approve) {
        return false;
    }
    let new = org.new_apps(now).find(|(theirs, _)| *theirs == user);
    new.map(|(_, app)| app.set_up = true).is_some()
}
