//! Password recovery and self-service unlock: a code by SMS or voice call, a link by email, the recovery
//! question. The responses do not reveal whether a user exists.

use crate::{
    authn::{
        begin::begin,
        progress::{current, proceed, save},
    },
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        outbox::{Channel, CodeCheck, Message},
        transaction::{Purpose, RecoveryType, State, Transaction},
        user::{AccountStatus, User},
    },
    wire,
};

/// The predefined security questions, with their keys.
pub(crate) const QUESTIONS: [(&str, &str); 20] = [
    ("disliked_food", "What is the food you least liked as a child?"),
    ("name_of_first_plush_toy", "What is the name of your first stuffed animal?"),
    ("first_award", "What did you earn your first medal or award for?"),
    ("favorite_security_question", "What is your favorite security question?"),
    ("favorite_toy", "What is the toy/stuffed animal you liked the most as a kid?"),
    ("first_computer_game", "What was the first computer game you played?"),
    ("favorite_movie_quote", "What is your favorite movie quote?"),
    ("first_sports_team_mascot", "What was the mascot of the first sports team you played on?"),
    ("first_music_purchase", "What music album or song did you first purchase?"),
    ("favorite_art_piece", "What is your favorite piece of art?"),
    ("grandmother_favorite_desert", "What was your grandmother's favorite dessert?"),
    ("first_thing_cooked", "What was the first thing you learned to cook?"),
    ("childhood_dream_job", "What was your dream job as a child?"),
    ("first_kiss_location", "Where did you have your first kiss?"),
    ("place_where_significant_other_was_met", "Where did you meet your spouse/significant other?"),
    ("favorite_vacation_location", "Where did you go for your favorite vacation?"),
    ("new_years_two_thousand", "Where were you on New Year's Eve in the year 2000?"),
    ("favorite_speaker_actor", "Who is your favorite speaker/orator?"),
    ("favorite_book_movie_character", "Who is your favorite book/movie character?"),
    ("favorite_sports_player", "Who is your favorite sports player?"),
];

/// `GET /api/v1/users/{user}/factors/questions`.
pub(crate) fn questions(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = call.in_path("user");
    if !org.users.iter().any(|user| user.id == id) {
        return Err(error::NOT_FOUND.about(&format!("Resource not found: {id} (User)")).into());
    }
    let list = QUESTIONS.iter().map(|(key, text)| serde_json::json!({ "question": key, "questionText": text }));
    Ok(Reply::Json(list.collect()))
}

/// `POST .../recovery/password`.
pub(crate) fn password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    start(org, call, RecoveryType::Password)
}

/// `POST .../recovery/unlock`.
pub(crate) fn unlock(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    start(org, call, RecoveryType::Unlock)
}

fn start(org: &mut Org, call: &Call, recovery: RecoveryType) -> Result<Reply, Refusal> {
    let name = call.input.required("username")?;
    if call.trusted && !call.input.has("factorType") {
        return start_for_program(org, call, name, recovery);
    }
    let channel = match call.input.required("factorType")?.to_ascii_uppercase().as_str() {
        "EMAIL" => Channel::Email,
        "SMS" => Channel::Sms,
        "CALL" => Channel::Call,
        other => {
            return Err(error::VALIDATION.about("factorType").and(format!("{other} is no way to recover.")).into());
        }
    };
    let user = org.user_named(name).cloned();
    if let Some(user) = &user {
        allowed(org, user, recovery, channel)?;
    }
    let purpose = Purpose::Recovery(recovery);
    let state = State::RecoveryChallenge { channel };
    let transaction = begin(org, call, user.as_ref().map(|user| user.id.clone()), purpose, state)?;
    if channel == Channel::Email {
        if let Some(user) = &user {
            send_link(org, call, user, recovery);
        }
        return Ok(Reply::Json(wire::outcome::email_recovery(&transaction, recovery)));
    }
    send_code(org, call, &transaction, channel)?;
    Ok(save(org, call, transaction)?)
}

/// A program with an API token receives the recovery token itself, and an error for an unknown user.
fn start_for_program(org: &mut Org, call: &Call, name: &str, recovery: RecoveryType) -> Result<Reply, Refusal> {
    let user = org.user_named(name).cloned().ok_or(error::UNKNOWN_USER)?;
    allowed(org, &user, recovery, Channel::Email)?;
    let token = org.random.token();
    org.recovery_tokens.keep(token.clone(), &user.id, recovery, call.now);
    let transaction = begin(org, call, Some(user.id.clone()), Purpose::Recovery(recovery), State::Recovery)?;
    Ok(Reply::Json(wire::outcome::recovery_for_program(org, &transaction, &user, &token)))
}

/// Checks that the password policy allows this. The error is returned as is: it is the same for every user
/// of the policy.
fn allowed(org: &Org, user: &User, recovery: RecoveryType, channel: Channel) -> Result<(), ApiError> {
    let policy = &org.password_policy(user)?.recovery;
    let locked = matches!(user.status, AccountStatus::LockedOut { .. });
    let (allowed, refusal) = match recovery {
        RecoveryType::Unlock if locked => (policy.unlock, error::ASK_AN_ADMIN),
        RecoveryType::Unlock => (policy.unlock, error::NO_UNLOCK),
        _ => (policy.password_reset && user.password.managed_at.is_none(), error::NO_FORGOT_PASSWORD),
    };
    let allowed = allowed && !(policy.identity_only && org.is_upgraded());
    let by = match channel {
        Channel::Email => policy.email,
        Channel::Sms => policy.sms,
        Channel::Call => policy.call,
    };
    match (allowed, by) {
        (true, true) => Ok(()),
        (false, _) => Err(refusal.into()),
        (true, false) => Err(error::NOT_PERMITTED.into()),
    }
}

/// The page that links lead to: the origin of the request, or the org's first trusted one.
pub(crate) fn page(org: &Org, call: &Call) -> String {
    let page = call.origin.clone().filter(|origin| org.trusts_redirect_to(origin));
    page.or_else(|| org.page().map(str::to_owned)).unwrap_or_else(|| org.base.clone())
}

/// A link to the page with a recovery token.
pub(crate) fn link(org: &mut Org, call: &Call, user: &str, recovery: RecoveryType) -> String {
    let token = org.random.token();
    org.recovery_tokens.keep(token.clone(), user, recovery, call.now);
    format!("{}/?recoveryToken={token}", page(org, call))
}

/// Sends a recovery link by email.
pub(crate) fn send_link(org: &mut Org, call: &Call, user: &User, recovery: RecoveryType) {
    let link = link(org, call, &user.id, recovery);
    let text = match recovery {
        RecoveryType::Unlock => "Open this link to unlock your account. It works once, for an hour.",
        _ => "Open this link to reset your password. It works once, for an hour.",
    };
    let message = Message {
        at: call.now.iso(),
        channel: Channel::Email,
        login: user.short_name().to_owned(),
        to: user.profile.email.clone(),
        text: text.to_owned(),
        code: None,
        link: Some(link),
        language: call.language.clone(),
    };
    org.outbox.send(&format!("{} recovery", user.id), call.now, message);
}

/// The key of recovery codes: one per user and channel.
fn store(user: &str, channel: Channel) -> String {
    format!("{user} recovery {}", channel.name())
}

/// Sends a code if the user exists and has a phone. The response is the same otherwise.
fn send_code(org: &mut Org, call: &Call, transaction: &Transaction, channel: Channel) -> Result<(), ApiError> {
    let who = transaction.who.as_deref().unwrap_or(&transaction.token);
    let key = store(who, channel);
    org.outbox.may_send(&key, channel, call.now)?;
    let user = transaction.who.as_deref().and_then(|id| org.user(id).ok()).cloned();
    let Some((user, phone)) = user.and_then(|user| user.mobile_phone.clone().map(|phone| (user, phone))) else {
        org.outbox.note(&key, call.now);
        return Ok(());
    };
    let code = org.random.digits(channel.code_length());
    org.codes.keep(&key, &code, call.now.after(org.settings.code_life));
    let message = Message {
        at: call.now.iso(),
        channel,
        login: user.short_name().to_owned(),
        to: phone.number,
        text: format!("Your {} recovery code is {code}.", org.name),
        code: Some(code),
        link: None,
        language: call.language.clone(),
    };
    org.outbox.send(&key, call.now, message);
    Ok(())
}

fn challenged(org: &mut Org, call: &Call) -> Result<(Transaction, Channel), ApiError> {
    let transaction = current(org, call)?;
    match transaction.state {
        State::RecoveryChallenge { channel } if channel.name().eq_ignore_ascii_case(call.in_path("channel")) => {
            Ok((transaction, channel))
        }
        _ => Err(error::WRONG_STATE.into()),
    }
}

/// `POST .../recovery/factors/{channel}/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (transaction, channel) = challenged(org, call)?;
    send_code(org, call, &transaction, channel)?;
    Ok(save(org, call, transaction)?)
}

/// `POST .../recovery/factors/{channel}/verify`.
pub(crate) fn verify(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (transaction, channel) = challenged(org, call)?;
    let code = call.input.required("passCode")?.trim();
    let who = transaction.who.as_deref().unwrap_or(&transaction.token);
    match org.codes.spend(&store(who, channel), code, call.now) {
        CodeCheck::Right => {}
        CodeCheck::Wrong => {
            let cause = "Your token doesn't match our records. Please try again.";
            return Err(error::INVALID_PASSCODE.because(cause).into());
        }
        CodeCheck::Expired => return Err(error::CODE_OUTSIDE_WINDOW.into()),
    }
    question_or_end(org, call, transaction)
}

/// `POST .../recovery/token`: redeems the token of an email link.
pub(crate) fn token(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let token = call.input.required("recoveryToken")?;
    let (user, recovery) = org.recovery_tokens.redeem(token, call.now)?;
    let transaction = begin(org, call, Some(user), Purpose::Recovery(recovery), State::Recovery)?;
    question_or_end(org, call, transaction)
}

/// `POST .../recovery/answer`.
pub(crate) fn answer(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let transaction = current(org, call)?;
    if !matches!(transaction.state, State::Recovery) {
        return Err(error::WRONG_STATE.into());
    }
    let limit = org.settings.max_wrong_proofs;
    let user = org.user_mut(transaction.user()?)?;
    let right = match &user.recovery_question {
        Some(question) => question.is_answered_by(call.input.required("answer")?),
        None => false,
    };
    if !right {
        user.wrong_proofs += 1;
        if user.wrong_proofs >= limit {
            let id = user.id.clone();
            org.lock_out(&id, call.now)?;
            return Err(error::USER_LOCKED.into());
        }
        return Err(error::WRONG_ANSWER.into());
    }
    user.wrong_proofs = 0;
    end(org, call, transaction)
}

/// Asks the recovery question if the policy requires it and the user has one; completes otherwise.
fn question_or_end(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, Refusal> {
    let user = org.user(transaction.user()?)?;
    if org.password_policy(user)?.recovery.question && user.recovery_question.is_some() {
        transaction.state = State::Recovery;
        return Ok(save(org, call, transaction)?);
    }
    end(org, call, transaction)
}

/// Completes the recovery: a new password is required, or the account is unlocked.
fn end(org: &mut Org, call: &Call, mut transaction: Transaction) -> Result<Reply, Refusal> {
    if transaction.purpose == Purpose::Recovery(RecoveryType::Unlock) {
        org.user_mut(transaction.user()?)?.unlock();
        return Ok(proceed(org, call, transaction)?);
    }
    transaction.state = State::PasswordReset;
    Ok(save(org, call, transaction)?)
}
