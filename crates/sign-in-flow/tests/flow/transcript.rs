//! A run as text that a test can compare. Each input is a line; below it stand the effects, then `->` where a new step
//! came or `=` where it stayed, then the screen. Not here: a judgement.
//!
//! ```text
//! Cancel
//!     POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff !SignedOut
//! ```
//!
//! A notice is marked `!` when it is new and `~` when it was there before; `emptied` says that typed secrets were
//! refused, and their fields are emptied.

use crate::harness::Input;
use crate::responses::{ORG, Outcome};
use okta_authn::request::{Body, EnrollRequest, Preferences, Proof};
use okta_authn::url::query_value;
use okta_authn::wire::Value;
use okta_authn::{Ceremony, Credential, Factor, Method, Request, Response};
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::hook::Enrolled;
use sign_in_flow::manage::ManageStep;
use sign_in_flow::start::SessionLookup;
use sign_in_flow::tokens::{DigestOf, TokenAction};
use sign_in_flow::transaction::device::Device;
use sign_in_flow::transaction::enroll::EnrollStep;
use sign_in_flow::transaction::recovery::Recovery;
use sign_in_flow::transaction::registration::Registration;
use sign_in_flow::transaction::verify::VerifyStep;
use sign_in_flow::{
    Effect, Event, HookNotice, Intent, ManageIntent, Navigation, Notice, NoticeKind, PageRequest, PhoneEntry,
    RegistrationIntent, Retry, Screen, SignInResult, StartStep, Step, TransactionStep,
};

/// What is shown at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) screen: Screen,
    /// The step, described.
    pub(crate) step: String,
}

impl Shown {
    /// Keeps no secret: the envelope of the transaction is left out.
    pub(crate) fn new(screen: &Screen, step: String) -> Self {
        Self { screen: Screen { transaction: None, ..screen.clone() }, step }
    }
}

/// The line of one input.
pub(crate) fn line(effects: &[Effect], before: &Shown, after: &Shown) -> String {
    let leaves = effects.iter().any(|effect| matches!(effect, Effect::Navigate(_)));
    // Every navigation starts the same wait.
    let shown = |effect: &&Effect| !leaves || !matches!(effect, Effect::Wait { .. });
    let effects: Vec<String> = effects.iter().filter(shown).map(effect).collect();
    let arrow = if after.screen.step_id == before.screen.step_id { "=" } else { "->" };
    [effects.join("; "), arrow.to_owned(), screen(before, after)].join(" ").trim_start().to_owned()
}

fn effect(effect: &Effect) -> String {
    match effect {
        Effect::Send { request, .. } => sent(request),
        Effect::Abort => "abort".to_owned(),
        Effect::Wait { millis } => format!("wait {millis}"),
        Effect::RememberUsername(Some(username)) => format!("remember {username}"),
        Effect::RememberUsername(None) => "forget".to_owned(),
        Effect::Tell(event) => format!("tell {event:?}"),
        Effect::Report(_) => "report".to_owned(),
        Effect::Navigate(Navigation::Redirect(url)) => format!("go {}", url.as_str()),
        Effect::Navigate(Navigation::Org(url)) => format!("go {}", of_org(url)),
        Effect::Navigate(Navigation::Provider(url)) => format!("go to the provider {}", of_org(url)),
        Effect::Navigate(Navigation::Tokens(address)) => format!("go {}", asked(address.expose())),
        Effect::Navigate(navigation @ Navigation::SessionCookie { token, method, .. }) => {
            format!("go {method:?} {} with {}", navigation.url(), token.expose())
        }
        Effect::Complete(SignInResult::SignedIn { session_token, user, .. }) => {
            let login = user.as_ref().and_then(|user| user.login.as_deref()).unwrap_or("nobody");
            format!("complete with {} of {login}", session_token.expose())
        }
        Effect::Complete(SignInResult::ExistingSession { login }) => format!("complete with session of {login}"),
        Effect::Complete(SignInResult::Redirect { url }) => format!("complete with redirect to {}", of_org(url)),
        Effect::Complete(SignInResult::Tokens(result)) => format!("complete with tokens of {}", result.claims.subject),
        Effect::HandOff(_) => "hand off".to_owned(),
        Effect::ReturnToStart(_) => "return to start".to_owned(),
        Effect::Device(effect) => match &**effect {
            DeviceEffect::Copy(secret) => format!("copy {}", secret.expose()),
            DeviceEffect::AskAuthenticator { ceremony: Ceremony::Create(_), .. } => "ask for a new key".to_owned(),
            DeviceEffect::AskAuthenticator { ceremony: Ceremony::Get(_), .. } => "ask for the key".to_owned(),
            DeviceEffect::AskDuo { script, host, signature, .. } => {
                format!("ask Duo at {host} by {} for {}", of_org(script), signature.expose())
            }
            DeviceEffect::LoadTokens { .. } => "load tokens".to_owned(),
            DeviceEffect::Tokens { action, .. } => token_action(action),
            DeviceEffect::CallPage { request: PageRequest::PreSubmit(data), .. } => {
                format!("ask the page about {}", plain(data.value()))
            }
            DeviceEffect::CallPage { request: PageRequest::PostSubmit(login), .. } => {
                format!("tell the page of {login}")
            }
        },
    }
}

fn token_action(action: &TokenAction) -> String {
    match action {
        TokenAction::OpenFrame { address, .. } => format!("open frame {}", asked(address.expose())),
        TokenAction::Digest(DigestOf::Verifier(_)) => "digest verifier".to_owned(),
        TokenAction::Digest(DigestOf::AccessToken(_)) => "digest access token".to_owned(),
        TokenAction::Report(problem) => format!("report {problem}"),
        other => variant(other),
    }
}

/// An authorization request, by what differs.
fn asked(address: &str) -> String {
    let value = |name| query_value(address, name).unwrap_or_default();
    format!("{} with {:?}", value("response_mode"), value("sessionToken"))
}

/// An address without the org's origin.
fn of_org(url: &str) -> &str {
    url.strip_prefix(ORG).unwrap_or(url)
}

fn sent(request: &Request) -> String {
    let method = match request.method() {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
    };
    let body = match request.body() {
        Body::None | Body::NoneWithoutCookies => None,
        Body::Json(body) => Some(plain(body)),
        Body::Form(body) => Some(body.clone()),
    };
    let parts = [Some(method.to_owned()), Some(of_org(request.url()).to_owned()), body];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A body without the quotation marks.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().map(|(name, value)| format!("{name}: {}", plain(value))).collect();
            format!("{{{}}}", members.join(", "))
        }
        other => serde_json::to_string(other).unwrap(),
    }
}

fn screen(before: &Shown, after: &Shown) -> String {
    let (before, step, after) = (&before.screen, &after.step, &after.screen);
    let is_new = after.notice_id > before.notice_id;
    let words = [
        Some(step.clone()),
        after.busy.then(|| "busy".to_owned()),
        after.resend_in.map(|seconds| format!("resend={seconds}")),
        after.paused_for.map(|seconds| format!("pause={seconds}")),
        (after.secret_clear_count > before.secret_clear_count).then(|| "emptied".to_owned()),
        after.notice.as_ref().map(|told| format!("{}{}", if is_new { '!' } else { '~' }, notice(told))),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A step of a sign-in by its name, with what matters most of it.
pub(crate) fn step(step: Step, screen: &Screen) -> String {
    match step {
        Step::Start(StartStep::Form(form)) => format!("Start {}", form.username).trim_end().to_owned(),
        Step::Start(StartStep::Session(session)) => format!("Session {}", session.login),
        Step::Transaction(step) => transaction_step(step, screen),
        other @ Step::Start(StartStep::Unsupported) => format!("{} {}", name(other), status(screen)),
        other @ Step::Start(_) => name(other),
    }
}

fn status(screen: &Screen) -> String {
    screen.transaction.as_ref().map_or_else(String::new, |envelope| envelope.status.to_string())
}

fn transaction_step(step: &TransactionStep, screen: &Screen) -> String {
    let name = name(Step::Transaction(step));
    match step {
        TransactionStep::Verify(verify) => match &verify.step {
            VerifyStep::Choose(step) => {
                let code_sent = if step.code_sent { " code sent" } else { "" };
                format!("{name} {:?}{code_sent}", verify.factor().map(Factor::kind))
            }
            VerifyStep::Challenge(step) => {
                let number = step.factor.challenge.as_ref().and_then(|challenge| challenge.correct_answer);
                let number = number.map(|number| format!(" number={number}")).unwrap_or_default();
                let waits = if step.is_waiting { " waits" } else { "" };
                format!("{name} {:?}{waits}{number}", step.factor.kind())
            }
        },
        TransactionStep::Enroll(enroll) => match &enroll.step {
            EnrollStep::List(_) => name,
            EnrollStep::Form(step) => {
                let questions = match step.questions.len() {
                    0 => String::new(),
                    many => format!(" of {many} questions"),
                };
                format!("{name} {:?}{questions}", step.factor().map(Factor::kind).unwrap())
            }
            EnrollStep::Activate(step) => {
                format!("{name} {:?}{}", step.factor.kind(), if step.qrcode.is_some() { " with image" } else { "" })
            }
        },
        TransactionStep::Password(step) => format!("{name} {:?}", step.reason),
        TransactionStep::Recovery(Recovery::Form(step)) => {
            format!("{name} {:?} {}", step.recovery, step.username).trim_end().to_owned()
        }
        TransactionStep::Recovery(Recovery::Challenge(step)) => format!("{name} {:?}", step.channel),
        TransactionStep::Registration(step) => format!("{name}{}", registration(step)),
        TransactionStep::Device(Device::Ended(ending)) => format!("{name} {ending:?}"),
        TransactionStep::Unsupported => format!("{name} {}", status(screen)),
        TransactionStep::Confirm(step) => {
            let session = match &step.session {
                SessionLookup::Pending => "?",
                SessionLookup::Absent => "nobody",
                SessionLookup::Found(session) => &session.login,
            };
            format!("{name} {} after {session}", step.login().unwrap_or_default())
        }
        _ => name,
    }
}

fn registration(step: &Registration) -> String {
    let problems = step.problems.iter().map(|(field, problem)| format!(" {field}:{problem:?}"));
    let problems = problems.collect::<Vec<_>>().concat();
    let form = if step.form.is_some() { " form" } else { "" };
    let name = if step.username.is_empty() { String::new() } else { format!(" {}", step.username) };
    format!("{form}{name}{problems}")
}

/// A step of factor management, described in the same way.
pub(crate) fn manage_step(step: &ManageStep, factors: &[Enrolled]) -> String {
    let kind = step.factor().map(|factor| format!(" {:?}", factor.kind())).unwrap_or_default();
    match step {
        ManageStep::List { .. } => {
            let kinds =
                factors.iter().map(|one| format!(" {:?}{}", one.factor.kind(), if one.is_active() { "" } else { "?" }));
            format!("List{}", kinds.collect::<String>())
        }
        ManageStep::Catalog(catalog) => format!("Catalog of {}", catalog.len()),
        ManageStep::SignedOut(url) => format!("SignedOut {}", url.as_deref().unwrap_or_default()).trim_end().to_owned(),
        ManageStep::Form(form) if !form.questions.is_empty() => {
            format!("Form{kind} of {} questions", form.questions.len())
        }
        ManageStep::Prove(step) if step.is_waiting() => format!("Prove{kind} waits"),
        ManageStep::Reauthenticate(step) => {
            let methods: Vec<_> = step.methods.iter().map(|factor| format!(" {:?}", factor.kind())).collect();
            format!("Reauthenticate by{}", if methods.is_empty() { " password".to_owned() } else { methods.concat() })
        }
        step => format!("{}{kind}", variant(step)),
    }
}

/// The name of a step.
pub(crate) fn name(step: Step) -> String {
    match step {
        Step::Start(StartStep::Form(_)) => "Start".to_owned(),
        Step::Start(step) => variant(step),
        Step::Transaction(step) => match step {
            TransactionStep::Verify(verify) => match verify.step {
                VerifyStep::Choose(_) => "MfaRequired".to_owned(),
                VerifyStep::Challenge(_) => "MfaChallenge".to_owned(),
            },
            TransactionStep::Enroll(enroll) => match enroll.step {
                EnrollStep::List(_) => "MfaEnroll".to_owned(),
                EnrollStep::Form(_) => "EnrollForm".to_owned(),
                EnrollStep::Activate(_) => "MfaEnrollActivate".to_owned(),
            },
            TransactionStep::Recovery(Recovery::Form(_)) => "Recover".to_owned(),
            TransactionStep::Recovery(Recovery::Challenge(_)) => "RecoveryChallenge".to_owned(),
            TransactionStep::Recovery(Recovery::Question(_)) => "RecoveryQuestion".to_owned(),
            TransactionStep::Registration(_) => "Register".to_owned(),
            TransactionStep::Device(Device::Ask { .. }) => "DeviceActivate".to_owned(),
            TransactionStep::Device(Device::Ended(_)) => "DeviceEnding".to_owned(),
            step => variant(step),
        },
    }
}

/// The name of a variant.
fn variant(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

pub(crate) fn notice(notice: &Notice) -> String {
    let kind = match &notice.kind {
        NoticeKind::UntrustedLink { target } => format!("UntrustedLink({target})"),
        NoticeKind::Org(summary) => format!("Org({summary})"),
        NoticeKind::AlreadySignedIn { login } => format!("AlreadySignedIn({login})"),
        NoticeKind::Hook(HookNotice::PageRefused(Some(words))) => format!("PageRefused({words})"),
        NoticeKind::LockedOut { may_unlock: true } => "LockedOut(unlock)".to_owned(),
        NoticeKind::LockedOut { may_unlock: false } => "LockedOut".to_owned(),
        NoticeKind::LinkSpent { may_recover: true } => "LinkSpent(recover)".to_owned(),
        NoticeKind::LinkSpent { may_recover: false } => "LinkSpent".to_owned(),
        NoticeKind::Hook(kind) => format!("{kind:?}"),
        other => format!("{other:?}"),
    };
    let retry = match notice.retry {
        Retry::No => "",
        Retry::Form => " or submit again",
        Retry::Again => " or Retry",
    };
    let id = notice.error_id.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
    [kind.as_str(), &id, retry].concat()
}

/// An input, in a few words.
pub(crate) fn input(input: &Input) -> String {
    match input {
        Input::Event(Event::User(intent)) => self::intent(intent),
        Input::Event(Event::Begin { remembered: Some(username) }) => format!("begin, {username} is remembered"),
        Input::Event(Event::Begin { remembered: None }) => "begin".to_owned(),
        Input::Event(Event::Restored { remembered: Some(username) }) => format!("restored, {username} is remembered"),
        Input::Event(Event::Restored { remembered: None }) => "restored".to_owned(),
        Input::Event(Event::Visibility { visible: true }) => "the page is shown".to_owned(),
        Input::Event(Event::Visibility { visible: false }) => "the page is hidden".to_owned(),
        Input::Event(Event::Copied) => "copied".to_owned(),
        Input::Event(event) => format!("{event:?}"),
        Input::Org(outcome) => format!("reply {}", self::outcome(outcome)),
        Input::Background(outcome) => format!("background reply {}", self::outcome(outcome)),
        Input::Late(place, outcome) => format!("reply to request {place} {}", self::outcome(outcome)),
        Input::Authenticator(Ok(Credential::Assertion { .. })) => "authenticator: assertion".to_owned(),
        Input::Authenticator(Ok(Credential::Attestation { .. })) => "authenticator: attestation".to_owned(),
        Input::Authenticator(Err(error)) => format!("authenticator: {error:?}"),
        Input::Duo(true) => "Duo signs".to_owned(),
        Input::Duo(false) => "Duo fails".to_owned(),
        Input::Page(Ok(value)) => format!("the page accepts {value}"),
        Input::Page(Err(value)) => format!("the page refuses {value}"),
        Input::HandoffFailed => "handoff failed".to_owned(),
        Input::Seconds(seconds) => format!("{seconds} s"),
        Input::Until(end) => format!("until {end}"),
        Input::Asleep(seconds) => format!("the device sleeps for {seconds} s"),
        Input::SetBack(seconds) => format!("the clock is set back by {seconds} s"),
    }
}

fn outcome(outcome: &Outcome) -> String {
    let Response { status, body, retry_at, date: _ } = match outcome {
        Ok(response) => response,
        Err(error) => return format!("{error:?}"),
    };
    let member = |name: &str| body.as_ref()?.get(name)?.as_text().map(str::to_owned);
    let words = [
        Some(status.to_string()),
        ["status", "errorCode", "code", "result", "id", "login", "cookieToken"].into_iter().find_map(member),
        member("stateToken").filter(|token| !token.is_empty()),
        member("factorResult"),
        retry_at.map(|time| format!("retry at {time}")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// An intent, in a few words.
pub(crate) fn intent(intent: &Intent) -> String {
    let words = match intent {
        Intent::SignIn { username, password, remember_username } => {
            format!("{username} {}{}", password.expose(), if *remember_username { " remembered" } else { "" })
        }
        Intent::Choose(place) | Intent::Enroll(place) => place.to_string(),
        Intent::StartChallenge(preferences) => self::preferences(*preferences),
        Intent::Prove { proof, preferences } => format!("{} {}", self::proof(proof), self::preferences(*preferences)),
        Intent::Activate(proof) => self::proof(proof),
        Intent::EnrollWith(request) => enroll_request(request),
        Intent::EnrollPhone(entry) => phone(entry),
        Intent::SendActivation { by, phone } => format!("{by} {}", self::phone(phone)),
        Intent::OpenRecovery { recovery, username } => format!("{recovery:?} {username}"),
        Intent::Recover { username, channel } => format!("{username} {channel:?}"),
        Intent::Registration(intent) => match intent {
            RegistrationIntent::Open { username } => format!("Open {username}"),
            RegistrationIntent::Edit(name) => format!("Edit {name}"),
            RegistrationIntent::Leave { username } => format!("Leave {username}"),
            RegistrationIntent::Submit { values, phone, password } => {
                let values: Vec<_> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("Submit {} {} {}", values.join(" "), self::phone(phone), password.expose())
            }
        },
        Intent::Manage(ManageIntent::Password(password)) => format!("Password {}", password.expose()),
        Intent::Manage(intent) => format!("{intent:?}"),
        Intent::Answer(answer) => answer.expose().to_owned(),
        Intent::ChangePassword { old, new, again, revoke_sessions } => {
            let revoke = if *revoke_sessions { " revoking sessions" } else { "" };
            format!("{} {} {}{revoke}", old.expose(), new.expose(), again.expose())
        }
        Intent::Profile(values) => {
            let values: Vec<_> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
            values.join(" ")
        }
        Intent::Consent(scopes) => scopes.join(" "),
        Intent::ActivateDevice(code) => code.clone(),
        _ => String::new(),
    };
    [&variant(intent), " ", &words].concat().trim_end().to_owned()
}

fn proof(proof: &Proof) -> String {
    match proof {
        Proof::Passcode(code) => code.expose().to_owned(),
        Proof::Answer(answer) => format!("answer {}", answer.expose()),
        Proof::Password(password) => format!("password {}", password.expose()),
        Proof::Credential(_) => "credential".to_owned(),
    }
}

fn preferences(preferences: Preferences) -> String {
    let words = [("remember", preferences.remember_device), ("auto-push", preferences.auto_push)];
    let words = words.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    words.collect::<Vec<_>>().join(" ")
}

fn phone(entry: &PhoneEntry) -> String {
    let PhoneEntry { number, extension, problem } = entry;
    let problem = problem.map_or_else(String::new, |problem| format!("{problem:?}"));
    format!("{number} {extension} {problem}").trim_end().to_owned()
}

fn enroll_request(request: &EnrollRequest) -> String {
    match request {
        EnrollRequest::Plain => String::new(),
        EnrollRequest::Phone { number, extension, .. } => format!("phone {number} {extension}"),
        EnrollRequest::Email(email) => format!("email {email}"),
        EnrollRequest::Question { question, answer } => format!("question {question}, answer {}", answer.expose()),
        EnrollRequest::Token { credential_id, passcode, next_passcode } => {
            let next = next_passcode.as_ref().map_or("", |code| code.expose());
            format!("token {credential_id} {} {next}", passcode.expose())
        }
        EnrollRequest::Passcode(code) => format!("code {}", code.expose()),
        EnrollRequest::Password(password) => format!("password {}", password.expose()),
    }
}
