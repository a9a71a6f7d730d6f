//! What a machine did and shows, as one line of text that a test can compare: the deeds, then `->` where a
//! new screen came or `=` where it stayed, then the screen. Never here: a judgement.
//!
//! `POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff !SignedOut`
//!
//! A notice is marked `!` when it is new and `~` when it still stands; `emptied` says that secrets were refused.

use crate::answers::ORG;
use okta_authn_widget::authn::request::Body;
use okta_authn_widget::authn::wire::Value;
use okta_authn_widget::authn::{Ceremony, Factor, Method, Request};
use okta_authn_widget::flow::my_factors::Doing;
use okta_authn_widget::flow::{
    Effect, HandOver, HookNotice, Navigation, Notice, NoticeKind, PageAsked, Retry, Screen, Step,
};

/// The line.
pub(crate) fn line(effects: &[Effect], before: &Screen, after: &Screen) -> String {
    let deeds: Vec<String> = effects.iter().map(deed).collect();
    let arrow = if after.number == before.number { "=" } else { "->" };
    [deeds.join("; "), arrow.to_owned(), screen(before, after)].join(" ").trim_start().to_owned()
}

fn deed(effect: &Effect) -> String {
    match effect {
        Effect::Send { request, .. } => sent(request),
        Effect::Abort => "abort".to_owned(),
        Effect::Wait { millis } => format!("wait {millis}"),
        Effect::KeepUsername(Some(username)) => format!("keep {username}"),
        Effect::KeepUsername(None) => "forget".to_owned(),
        Effect::Copy(secret) => format!("copy {}", secret.expose()),
        Effect::AskAuthenticator { ceremony: Ceremony::Create(_), .. } => "ask for a new key".to_owned(),
        Effect::AskAuthenticator { ceremony: Ceremony::Get(_), .. } => "ask for the key".to_owned(),
        Effect::AskDuo { script, host, signature, .. } => {
            format!("ask Duo at {host} by {} for {}", script.strip_prefix(ORG).unwrap_or(script), signature.expose())
        }
        Effect::Navigate(Navigation::Onward(url)) => format!("go {}", url.as_str()),
        Effect::Navigate(Navigation::Org(url)) => format!("go {}", url.strip_prefix(ORG).unwrap_or(url)),
        Effect::Navigate(navigation @ Navigation::SessionCookie { token, method, .. }) => {
            format!("go {method:?} {} with {}", navigation.url(), token.expose())
        }
        Effect::HandOver(HandOver::SignedIn { session_token, user, .. }) => {
            let login = user.as_ref().and_then(|user| user.login.as_deref()).unwrap_or("nobody");
            format!("hand over {} of {login}", session_token.expose())
        }
        Effect::HandOver(HandOver::ExistingSession { login }) => format!("hand over session of {login}"),
        Effect::HandOver(HandOver::Redirect { url }) => {
            format!("hand over the way to {}", url.strip_prefix(ORG).unwrap_or(url))
        }
        Effect::HandOn => "hand on".to_owned(),
        Effect::AskPage { asked: PageAsked::PreSubmit(data), .. } => {
            format!("ask the page about {}", plain(data.value()))
        }
        Effect::AskPage { asked: PageAsked::PostSubmit(login), .. } => format!("tell the page of {login}"),
    }
}

fn sent(request: &Request) -> String {
    let method = match request.method() {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
    };
    let url = request.url().strip_prefix(ORG).unwrap_or(request.url());
    [
        Some(method.to_owned()),
        Some(url.to_owned()),
        match request.body() {
            Body::None => None,
            Body::Json(body) => Some(plain(body)),
            Body::Form(body) => Some(body.clone()),
        },
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
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

fn screen(before: &Screen, after: &Screen) -> String {
    let news = after.notice_number > before.notice_number;
    let words = [
        Some(step(&after.step)),
        after.busy.then(|| "busy".to_owned()),
        after.resend_in.map(|seconds| format!("resend={seconds}")),
        after.paused_for.map(|seconds| format!("pause={seconds}")),
        (after.refusals > before.refusals).then(|| "emptied".to_owned()),
        after.notice.as_ref().map(|told| format!("{}{}", if news { '!' } else { '~' }, notice(told))),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A step by its name, with what matters most of it.
fn step(step: &Step) -> String {
    match step {
        Step::Start(start) => format!("Start {}", start.username).trim_end().to_owned(),
        Step::Session(session) => format!("Session {}", session.login),
        Step::MfaRequired(step) => format!("MfaRequired {:?}", step.factor().map(Factor::kind)),
        Step::MfaChallenge(step) => {
            let number = step.factor.challenge.as_ref().and_then(|challenge| challenge.correct_answer);
            let number = number.map(|number| format!(" number={number}")).unwrap_or_default();
            let waits = if step.is_waiting() { " waits" } else { "" };
            format!("MfaChallenge {:?}{waits}{number}", step.factor.kind())
        }
        Step::EnrollForm(step) => {
            let questions = match step.questions.len() {
                0 => String::new(),
                many => format!(" of {many} questions"),
            };
            format!("EnrollForm {:?}{questions}", step.factor().map(Factor::kind).unwrap())
        }
        Step::MfaEnrollActivate(step) => {
            format!(
                "MfaEnrollActivate {:?}{}",
                step.factor.kind(),
                if step.qrcode.is_some() { " with image" } else { "" }
            )
        }
        Step::Password(step) => format!("Password {:?}", step.reason),
        Step::Recover(step) => format!("Recover {:?} {}", step.recovery, step.username).trim_end().to_owned(),
        Step::RecoveryChallenge(step) => format!("RecoveryChallenge {:?}", step.channel),
        Step::Register(step) => {
            let wrong = step.wrong.iter().map(|(field, wrong)| format!(" {field}:{wrong:?}"));
            let wrong = wrong.collect::<Vec<_>>().concat();
            let form = if step.form.is_some() { " form" } else { "" };
            let name = if step.username.is_empty() { String::new() } else { format!(" {}", step.username) };
            format!("Register{form}{name}{wrong}")
        }
        Step::Account(account) => {
            let kind = account.doing.factor().map(|factor| format!(" {:?}", factor.kind())).unwrap_or_default();
            match &account.doing {
                Doing::Listing => {
                    let kinds = account
                        .factors
                        .iter()
                        .map(|one| format!(" {:?}{}", one.factor.kind(), if one.is_active() { "" } else { "?" }));
                    format!("Listing{}", kinds.collect::<String>())
                }
                Doing::Choosing(catalog) => format!("Choosing of {}", catalog.len()),
                Doing::SignedOut(url) => {
                    format!("SignedOut {}", url.as_deref().unwrap_or_default()).trim_end().to_owned()
                }
                Doing::Describing { questions, .. } if !questions.is_empty() => {
                    format!("Describing{kind} of {} questions", questions.len())
                }
                Doing::Proving { waiting: true, .. } => format!("Proving{kind} waits"),
                Doing::Vouching { ways, .. } => {
                    let ways = ways.iter().map(|factor| format!(" {:?}", factor.kind())).collect::<Vec<_>>().concat();
                    format!("Vouching for{kind} by{ways}")
                }
                doing => {
                    let name = format!("{doing:?}").chars().take_while(char::is_ascii_alphanumeric).collect::<String>();
                    format!("{name}{kind}")
                }
            }
        }
        Step::DeviceEnding(ending) => format!("DeviceEnding {ending:?}"),
        Step::Unsupported(envelope) => format!("Unsupported {}", envelope.status),
        other => name(other),
    }
}

/// The name of a step's variant.
pub(crate) fn name(step: &Step) -> String {
    format!("{step:?}").chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn notice(notice: &Notice) -> String {
    let kind = match &notice.kind {
        NoticeKind::UntrustedLink { target } => format!("UntrustedLink({target})"),
        NoticeKind::Org(summary) => format!("Org({summary})"),
        NoticeKind::AlreadySignedIn { login } => format!("AlreadySignedIn({login})"),
        NoticeKind::Hook(HookNotice::PageRefused(Some(words))) => format!("PageRefused({words})"),
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
