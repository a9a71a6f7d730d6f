//! Changes the user's password and recovery question; both require the password.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::clear_cookie;
use crate::{
    hook::Shared,
    http::Caller,
    json::Members,
    org::{OrgError, Refusal},
    problem::{Code, FieldErrorCode, Problem},
};

/// Minimum length of an answer to a recovery question.
const SHORTEST_ANSWER: usize = 4;

/// `POST /password`.
pub async fn change_password(
    State(hook): State<Shared>,
    caller: Caller,
    mut members: Members,
) -> Result<Response, Problem> {
    let (old, new) = (members.secret("oldPassword", 256), members.secret("newPassword", 256));
    let revoke_sessions = members.flag("revokeSessions");
    members.done()?;
    caller.count_proof(&hook).await?;
    let changed = hook.org.change_password(caller.id(), &old, &new, revoke_sessions).await.map_err(password_refused);
    changed.inspect_err(|problem| caller.log_wrong_proof("password", problem))?;
    // The org closes all sessions, including this one.
    Ok(if revoke_sessions {
        (StatusCode::NO_CONTENT, clear_cookie()).into_response()
    } else {
        StatusCode::NO_CONTENT.into_response()
    })
}

/// `POST /recovery-question`.
pub async fn change_question(
    State(hook): State<Shared>,
    caller: Caller,
    mut members: Members,
) -> Result<StatusCode, Problem> {
    let password = members.secret("password", 256);
    let question = members.required("question", 200);
    let answer = members.required("answer", 200);
    if !answer.is_empty() && answer.chars().count() < SHORTEST_ANSWER {
        members.error("answer", FieldErrorCode::TooShort);
    }
    members.done()?;
    caller.count_proof(&hook).await?;
    let changed = hook.org.change_question(caller.id(), &password, &question, &answer.into()).await;
    let changed = changed.map_err(question_refused);
    changed.inspect_err(|problem| caller.log_wrong_proof("password", problem))?;
    Ok(StatusCode::NO_CONTENT)
}

fn password_refused(error: OrgError) -> Problem {
    match &error {
        OrgError::Refused(refusal) if breaks_rules(refusal) => {
            Problem::field("newPassword", FieldErrorCode::PasswordPolicy)
        }
        OrgError::Refused(refusal) if refusal.code == "E0000014" => Code::WrongPassword.into(),
        _ => error.into(),
    }
}

/// Orgs report it with three codes; one of them also means a wrong password, so the sentence is compared.
fn breaks_rules(refusal: &Refusal) -> bool {
    match refusal.code.as_str() {
        "E0000080" => true,
        "E0000001" => refusal.says("password"),
        "E0000014" => refusal.says("requirement") || refusal.says("does not meet"),
        _ => false,
    }
}

fn question_refused(error: OrgError) -> Problem {
    match &error {
        OrgError::Refused(refusal) => match refusal.code.as_str() {
            "E0000014" => Code::WrongPassword.into(),
            "E0000001" if refusal.says("question must") => Problem::field("question", FieldErrorCode::Invalid),
            "E0000001" => Problem::field("answer", FieldErrorCode::Invalid),
            _ => error.into(),
        },
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_password_is_distinguished_from_a_weak_one() {
        let told = |code: &str, cause: &str| {
            let causes = vec![cause.to_owned()];
            password_refused(OrgError::Refused(Refusal {
                status: 403,
                code: code.to_owned(),
                causes,
                retry_after: None,
            }))
            .code
        };
        assert_eq!(told("E0000014", "oldPassword: The credentials provided were incorrect."), Code::WrongPassword);
        assert_eq!(told("E0000014", "Password requirements were not met."), Code::InvalidFields);
        assert_eq!(told("E0000080", ""), Code::InvalidFields);
        assert_eq!(told("E0000035", ""), Code::NotPermitted);
    }
}
