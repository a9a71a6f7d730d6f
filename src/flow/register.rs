//! Signing up: the form that the hook, or the page, publishes; what was typed goes to the page's own code
//! where it wants that, then to the hook; and the new user is signed in at once. Never here: whether a value
//! is good; the hook says.

use super::effect::{Effect, PageAsked};
use super::event::{Intent, Purpose, SignUp, Ticket};
use super::hand_on::{FIRST_FORM, OnwardTo};
use super::hook::{Asked, Failure, HookNotice, answered};
use super::machine::Machine;
use super::notice::{Notice, NoticeKind, Retry};
use super::step::Step;
use crate::authn::wire::Value;
use crate::authn::{Answer, Password, Request, TransportError};
use crate::hook::form::PASSWORD;
use crate::hook::{Data, Fault, FieldProblem, Form, PhoneFactor, Problem, Registered};
use std::rc::Rc;

/// Data of [`Step::Register`].
#[derive(Clone, Debug)]
pub struct Register {
    /// The form; none until it has come.
    pub form: Option<Rc<Form>>,
    /// User name or e-mail address to start with.
    pub username: String,
    /// What is wrong with which field, by its name.
    pub wrong: Rc<[(String, Wrong)]>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// As the hook says.
    Fault(Fault),
    /// In the words of the page's own code.
    Words(String),
}

/// What somebody signs up with, until that is done.
#[derive(Clone, Debug)]
pub(super) struct SigningUp {
    data: Data,
    phone: PhoneFactor,
}

impl Machine {
    /// Opens the form; the name typed so far comes along.
    pub(super) fn open_registration(&mut self, username: &str) {
        let is_open = matches!(&self.screen.step, Step::Register(step) if step.form.is_none());
        if !(is_open || matches!(self.screen.step, Step::Start(_) | Step::Resuming)) {
            return;
        }
        self.keep_typed(username);
        self.stop();
        if FIRST_FORM {
            return self.hand_on(OnwardTo::Registration);
        }
        let form = self.settings.page_form.clone().filter(|_| self.settings.hook.is_none());
        if !is_open {
            self.show_form(form);
        }
        self.ask_for_form();
    }

    fn show_form(&mut self, form: Option<Rc<Form>>) {
        let step = Register { form, username: self.username.clone(), wrong: Rc::from([]) };
        self.show(Step::Register(Rc::new(step)));
    }

    fn keep_typed(&mut self, username: &str) {
        if !username.trim().is_empty() {
            username.trim().clone_into(&mut self.username);
        }
    }

    /// Where the form is missing, the hook is asked for it.
    pub(super) fn ask_for_form(&mut self) {
        let missing = matches!(&self.screen.step, Step::Register(step) if step.form.is_none());
        if let Some(hook) = self.settings.hook.as_ref().filter(|_| missing) {
            let again = Intent::SignUp(SignUp::Open { username: String::new() });
            self.send_if_trusted(Purpose::Hook(Asked::Form), hook.form(), Some(again));
        }
    }

    pub(super) fn leave_registration(&mut self, username: &str) {
        if matches!(self.screen.step, Step::Register(_)) {
            self.keep_typed(username);
            self.start_over(None);
        }
    }

    pub(super) fn sign_up(&mut self, mut typed: Vec<(String, String)>, phone: &str, password: &Password) {
        let Step::Register(step) = &self.screen.step else { return };
        let Some(form) = step.form.clone() else { return };
        if let Some(field) = form.phone() {
            typed.push((field.name.clone(), phone.to_owned()));
        }
        for (_, text) in &mut typed {
            *text = text.trim().to_owned();
        }
        let filled = |name: &str| match name {
            PASSWORD => !password.is_empty(),
            name => typed.iter().any(|(typed, text)| typed == name && !text.is_empty()),
        };
        let missing = form.fields.iter().filter(|field| field.required && !filled(&field.name));
        let missing: Vec<_> = missing.map(|field| (field.name.clone(), Wrong::Fault(Fault::Required))).collect();
        let all_there = missing.is_empty();
        self.mark(missing);
        if !all_there {
            return self.notify(Notice::of(NoticeKind::Hook(HookNotice::CheckFields)));
        }
        let data = Data::new(typed, password);
        self.keep_typed(data.login());
        let asked = PageAsked::PreSubmit(data.clone());
        self.signing_up = Some(SigningUp { data, phone: PhoneFactor::None });
        if self.settings.page_form.is_some() { self.ask_page(Asked::PreSubmit, asked) } else { self.register() }
    }

    /// Marks the fields that are wrong; what was typed stays.
    fn mark(&mut self, wrong: Vec<(String, Wrong)>) {
        if let Step::Register(step) = &self.screen.step {
            self.screen.step = Step::Register(Rc::new(Register { wrong: wrong.into(), ..(**step).clone() }));
        }
    }

    fn ask_page(&mut self, asked: Asked, what: PageAsked) {
        self.stop();
        self.screen.busy = true;
        self.screen.notice = None;
        let ticket = Ticket { generation: self.generation(), purpose: Purpose::Hook(asked) };
        self.effect(Effect::AskPage { ticket, asked: what });
    }

    /// The page's own code changed what was typed, let it pass, or refused it.
    pub(super) fn page_answered(&mut self, purpose: Purpose, outcome: Result<Value, Value>) {
        if !std::mem::take(&mut self.screen.busy) {
            return;
        }
        let Some(signing_up) = &mut self.signing_up else { return };
        match (purpose, outcome) {
            (Purpose::Hook(Asked::PreSubmit), Ok(data)) => {
                if !data.members().is_empty() {
                    signing_up.data = Data::from_page(data);
                }
                if self.settings.hook.is_some() { self.register() } else { self.registered() }
            }
            (Purpose::Hook(Asked::PreSubmit), Err(refusal)) => self.page_refused(&refusal),
            (_, Ok(_)) => self.sign_in_first(),
            // The account is there: all that is left is to sign in.
            (_, Err(refusal)) => {
                self.start_over(None);
                self.page_refused(&refusal);
            }
        }
    }

    fn page_refused(&mut self, refusal: &Value) {
        let words = |value: &Value| value.get("errorSummary").and_then(Value::as_text).map(str::to_owned);
        let causes = refusal.get("errorCauses").map(Value::items).unwrap_or_default();
        let wrong = causes
            .iter()
            .filter_map(|cause| Some((cause.get("property")?.as_text()?.to_owned(), Wrong::Words(words(cause)?))));
        self.mark(wrong.collect());
        self.notify(Notice::of(NoticeKind::Hook(HookNotice::PageRefused(words(refusal)))));
    }

    fn register(&mut self) {
        if let (Some(hook), Some(signing_up)) = (&self.settings.hook, &self.signing_up) {
            let request = hook.register(&signing_up.data);
            self.send_if_trusted(Purpose::Hook(Asked::Registration), request, None);
        }
    }

    /// The user exists. The page's own code may have something to do before the sign-in.
    fn registered(&mut self) {
        let Some(signing_up) = &self.signing_up else { return };
        if self.settings.hook.is_none() {
            self.username = signing_up.data.login().to_owned();
        }
        let asked = PageAsked::PostSubmit(self.username.clone());
        if self.settings.page_form.is_some() { self.ask_page(Asked::PostSubmit, asked) } else { self.sign_in_first() }
    }

    fn sign_in_first(&mut self) {
        let Some(signing_up) = &self.signing_up else { return };
        let password = signing_up.data.password();
        let (org, options) = (&self.settings.org, self.settings.options);
        let relay_state = self.settings.relay_state.as_deref();
        let request = Request::primary(org, &self.username, Some(&password), options, relay_state);
        self.send(Purpose::Hook(Asked::FirstSignIn), request, None);
    }

    /// What the hook, or the org after it, answered.
    pub(super) fn hook_replied(&mut self, asked: Asked, outcome: Result<Answer, TransportError>) {
        match asked {
            Asked::Form => match answered(outcome, Form::read) {
                Ok(form) => self.show_form(Some(Rc::new(form))),
                Err(failure) => self.hook_failed(&failure),
            },
            Asked::Registration => match answered(outcome, Registered::read) {
                Ok(Registered { login, phone }) => {
                    self.username = login;
                    if let Some(signing_up) = &mut self.signing_up {
                        signing_up.phone = phone;
                    }
                    self.registered();
                }
                Err(failure) => self.hook_failed(&failure),
            },
            Asked::FirstSignIn => self.signed_in_first(outcome),
            Asked::Session => self.exchanged(outcome),
            _ => {}
        }
    }

    fn signed_in_first(&mut self, outcome: Result<Answer, TransportError>) {
        let phone_failed = self.signing_up.take().is_some_and(|signing_up| signing_up.phone == PhoneFactor::Failed);
        match outcome.map(Answer::into_transaction) {
            Ok(Ok(transaction)) => self.enter(transaction, Purpose::Transaction),
            Ok(Err(error)) => {
                self.start_over(None);
                self.fail(error, Purpose::Transaction);
            }
            Err(error) => {
                self.start_over(None);
                self.fail_transport(error);
            }
        }
        let on_its_way = matches!(self.screen.step, Step::Leaving | Step::SignedIn);
        if phone_failed && self.screen.notice.is_none() && !on_its_way {
            self.notify(Notice::of(NoticeKind::Hook(HookNotice::PhoneNotEnrolled)));
        }
    }

    /// What was typed stays; what is wrong is said where it was typed.
    fn hook_failed(&mut self, failure: &Failure) {
        let problem = failure.problem();
        self.mark(problem.map(wrong).unwrap_or_default());
        let password_wrong = problem.is_some_and(|problem| problem.fields.iter().any(|one| one.field == PASSWORD));
        self.screen.refusals += u32::from(password_wrong);
        let kind = failure.kind();
        if kind == NoticeKind::RateLimited {
            let after = problem.and_then(|problem| problem.retry_after).map(|seconds| u64::from(seconds) * 1_000);
            self.pause_until(after.map(|millis| self.now + millis));
        }
        let retry = if failure.may_pass() { self.retry() } else { Retry::No };
        // Nobody has to call for help about a field.
        let is_field = kind == NoticeKind::Hook(HookNotice::CheckFields);
        let error_id = problem.and_then(|problem| problem.id.clone()).filter(|_| !is_field);
        self.notify(Notice { kind, error_id, retry });
    }
}

fn wrong(problem: &Problem) -> Vec<(String, Wrong)> {
    let one = |FieldProblem { field, fault }: &FieldProblem| (field.clone(), Wrong::Fault(fault.clone()));
    problem.fields.iter().map(one).collect()
}
