//! The phone: requests that wait for an answer, and apps that wait to be set up.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};

use super::said;
use crate::{
    http::App,
    org::{
        Org,
        push::{Numbers, PushAnswer},
        transaction::{Asked, Awaited, State as Stands},
    },
};

/// What waits on a phone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    login: String,
    /// `approve` for a push, `setUp` for an app.
    kind: &'static str,
    device: Option<String>,
    /// Three numbers, one of which is on the screen.
    numbers: Option<[u32; 3]>,
    correct: Option<u32>,
}

/// `GET /control/push`.
pub(super) async fn waiting(State(app): State<App>) -> Response {
    let mut org = app.org();
    let now = org.clock.now();
    let mut all = Vec::new();
    let mut transactions: Vec<_> = org.transactions.values_mut().filter(|one| now < one.expires).collect();
    transactions.sort_by(|one, other| one.token.cmp(&other.token));
    let mut found = Vec::new();
    for transaction in transactions {
        let Some(user) = transaction.who.clone() else { continue };
        match &mut transaction.state {
            Stands::MfaChallenge { asked: Asked::Factor(id), awaited: Awaited::Push(push) }
                if push.answer == PushAnswer::Waiting =>
            {
                // The phone shows the numbers now, so the page may show the right one.
                push.shown = push.numbers.is_some();
                found.push((user, Some(id.clone()), push.numbers));
            }
            Stands::MfaEnrollActivate(enrolment) => {
                if let Awaited::NewApp(new) = &enrolment.awaited
                    && !new.set_up
                    && now < new.expires
                {
                    found.push((user, None, None));
                }
            }
            _ => {}
        }
    }
    for (user, factor, numbers) in found {
        let Ok(user) = org.user(&user) else { continue };
        let device = factor.as_deref().and_then(|id| user.factor(id)).and_then(|factor| match &factor.held {
            crate::org::factor::Held::App(app) => Some(app.device_name.clone()),
            _ => None,
        });
        all.push(Waiting {
            login: user.short_name().to_owned(),
            kind: if factor.is_some() { "approve" } else { "setUp" },
            device,
            numbers: numbers.map(|numbers| numbers.shown),
            correct: numbers.map(|numbers| numbers.correct),
        });
    }
    Json(all).into_response()
}

/// What the person does.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    Approve,
    Deny,
    /// Picks this number.
    Number,
    /// Nothing yet: this becomes the right one of the three.
    MakeRight,
    /// Adds the account that the QR code names.
    SetUp,
}

#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    login: String,
    action: Action,
    number: Option<u32>,
}

/// `POST /control/push`.
pub(super) async fn answer(State(app): State<App>, Json(answer): Json<Answer>) -> Response {
    let mut org = app.org();
    if act(&mut org, &answer) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        said(StatusCode::CONFLICT, "Nothing of the kind waits on this user's phone.")
    }
}

/// Three numbers of which this is the right one.
fn with_right(correct: u32) -> Numbers {
    Numbers { correct, shown: [(correct + 17) % 100, correct, (correct + 61) % 100] }
}

fn act(org: &mut Org, answer: &Answer) -> bool {
    let now = org.clock.now();
    let Some(user) = org.user_called(&answer.login).map(|user| user.id.clone()) else { return false };
    let theirs = org
        .transactions
        .values_mut()
        .filter(|transaction| transaction.who.as_ref() == Some(&user) && now < transaction.expires);
    for transaction in theirs {
        match &mut transaction.state {
            Stands::MfaChallenge { awaited: Awaited::Push(push), .. } if push.answer == PushAnswer::Waiting => {
                match answer.action {
                    Action::MakeRight => match (push.numbers, answer.number) {
                        (Some(_), Some(number)) => push.numbers = Some(with_right(number)),
                        _ => continue,
                    },
                    Action::Approve if push.numbers.is_none() => push.answer(true),
                    Action::Number => {
                        push.answer(push.numbers.is_some_and(|numbers| Some(numbers.correct) == answer.number));
                    }
                    Action::Deny => push.answer(false),
                    Action::Approve | Action::SetUp => continue,
                }
                return true;
            }
            Stands::MfaEnrollActivate(enrolment) if matches!(answer.action, Action::SetUp | Action::Approve) => {
                if let Awaited::NewApp(new) = &mut enrolment.awaited
                    && now < new.expires
                {
                    new.set_up = true;
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}
