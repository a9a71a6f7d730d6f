//! Registration: the form that the hook, or the page, publishes; the values go to the page's own code where it wants
//! them, then to the hook; and the new user is signed in at once. Not here: whether a value is valid; the hook says.

use super::{Context, Next};
use crate::effect::{DeviceEffect, Effect, PageRequest};
use crate::event::{Intent, RegistrationIntent};
use crate::hook::form::PASSWORD;
use crate::hook::{Data, FieldError, Form, PhoneFactor, Problem, Registered};
use crate::hook_operation::{HookFailure, HookOperation, read_response};
use crate::notice::HookNotice;
use crate::notice::{FieldName, Notice, NoticeKind, Retry};
use crate::phone::{PhoneEntry, PhoneProblem, missing_in_number};
use crate::ticket::Purpose;
use okta_authn::wire::Value;
use okta_authn::{Password, Request, Response, TransportError};
use std::rc::Rc;

/// Data of [`TransactionStep::Registration`](super::TransactionStep::Registration).
#[derive(Clone, Debug, PartialEq)]
pub struct Registration {
    /// The form; `None` until it has come.
    pub form: Option<Rc<Form>>,
    /// User name or e-mail address to start with.
    pub username: String,
    /// What is wrong with which field, by its name.
    pub problems: Rc<[(String, FieldProblem)]>,
    /// The values that are being submitted.
    submitted: Option<Submitted>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// As the hook says.
    Error(FieldError),
    /// A phone number without its country.
    Country,
    /// A phone number that cannot be one.
    Phone(PhoneProblem),
    /// In the words of the page's own code.
    Text(String),
}

/// The values of a registration, until it is done.
#[derive(Clone, Debug, PartialEq)]
struct Submitted {
    data: Data,
    phone: PhoneFactor,
}

impl Registration {
    /// Opens the form.
    pub(super) fn open(context: &mut Context) -> Self {
        let form = context.settings.page_form.clone().filter(|_| context.settings.hook.is_none());
        let mut registration =
            Self { form: None, username: context.username.clone(), problems: Rc::from([]), submitted: None };
        registration.show(context, form);
        registration.request_form(context);
        registration
    }

    fn show(&mut self, context: &mut Context, form: Option<Rc<Form>>) {
        context.core.stop();
        context.core.show(None);
        *self = Self { form, username: context.username.clone(), problems: Rc::from([]), submitted: None };
    }

    /// Requests the form from the hook, where it is missing.
    pub(super) fn request_form(&self, context: &mut Context) {
        if let Some(hook) = context.settings.hook.as_ref().filter(|_| self.form.is_none()) {
            let again = Intent::Registration(RegistrationIntent::Open { username: String::new() });
            context.core.send_if_trusted(Purpose::Hook(HookOperation::Form), hook.form(), Some(again));
        }
    }

    /// Whether the account exists, but its phone could not be enrolled.
    pub(super) fn phone_failed(&self) -> bool {
        self.submitted.as_ref().is_some_and(|submitted| submitted.phone == PhoneFactor::Failed)
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&mut self, context: &mut Context, intent: Intent) -> Next {
        match intent {
            Intent::Registration(RegistrationIntent::Open { username }) if self.form.is_none() => {
                keep_username(context, &username);
                self.request_form(context);
            }
            Intent::Registration(RegistrationIntent::Submit { values, phone, password }) => {
                self.submit(context, values, &phone, &password);
            }
            Intent::Registration(RegistrationIntent::Edit(name)) => self.edited(context, &name),
            Intent::Registration(RegistrationIntent::Leave { username }) => {
                keep_username(context, &username);
                return Next::Start;
            }
            _ => {}
        }
        Next::Stay
    }

    fn submit(
        &mut self,
        context: &mut Context,
        mut values: Vec<(String, String)>,
        phone: &PhoneEntry,
        password: &Password,
    ) {
        let Some(form) = self.form.clone() else { return };
        if let Some(field) = form.phone() {
            values.push((field.name.clone(), phone.number.clone()));
        }
        for (_, text) in &mut values {
            *text = text.trim().to_owned();
        }
        let is_filled = |name: &str| match name {
            PASSWORD => !password.is_empty(),
            name => values.iter().any(|(field, text)| field == name && !text.is_empty()),
        };
        let missing = form.fields.iter().filter(|field| field.required && !is_filled(&field.name));
        let required = missing.map(|field| (field.name.clone(), FieldProblem::Error(FieldError::Required)));
        let wrong_phone = form.phone().zip(phone_problem(phone));
        let missing: Vec<_> =
            required.chain(wrong_phone.map(|(field, problem)| (field.name.clone(), problem))).collect();
        let is_complete = missing.is_empty();
        self.mark(context, missing);
        if !is_complete {
            return context.core.tell(NoticeKind::Hook(HookNotice::CheckFields));
        }
        let data = Data::new(values, password);
        keep_username(context, data.login());
        let request = PageRequest::PreSubmit(data.clone());
        self.submitted = Some(Submitted { data, phone: PhoneFactor::None });
        if context.settings.page_form.is_some() {
            call_page(context, Purpose::PagePreSubmit, request);
        } else {
            self.register(context);
        }
    }

    /// What was wrong with this field is over.
    fn edited(&mut self, context: &mut Context, name: &str) {
        let (about, others): (Vec<_>, Vec<_>) = self.problems.iter().cloned().partition(|(field, _)| field == name);
        if !about.is_empty() {
            self.mark(context, others);
        }
    }

    /// Marks the fields that are wrong; what was typed stays.
    fn mark(&mut self, context: &mut Context, problems: Vec<(String, FieldProblem)>) {
        self.problems = problems.into();
        context.core.updated();
    }

    /// The page's own code changed the values, accepted them, or refused them.
    /// Returns the reason where the sign-in starts over: the account exists, and all that is left is to sign in.
    pub(super) fn page_replied(
        &mut self,
        context: &mut Context,
        purpose: Purpose,
        outcome: Result<Value, Value>,
    ) -> Option<NoticeKind> {
        let submitted = self.submitted.as_mut()?;
        match (purpose, outcome) {
            (Purpose::PagePreSubmit, Ok(data)) => {
                if !data.members().is_empty() {
                    submitted.data = Data::from_page(data);
                }
                if context.settings.hook.is_some() { self.register(context) } else { self.registered(context) }
            }
            (_, Ok(_)) => self.sign_in(context),
            (Purpose::PagePreSubmit, Err(refusal)) => {
                self.mark(context, page_problems(&refusal));
                context.core.tell(page_notice(&refusal));
            }
            (_, Err(refusal)) => return Some(page_notice(&refusal)),
        }
        None
    }

    fn register(&self, context: &mut Context) {
        if let (Some(hook), Some(submitted)) = (&context.settings.hook, &self.submitted) {
            let request = hook.register(&submitted.data);
            context.core.send_if_trusted(Purpose::Hook(HookOperation::Registration), request, None);
        }
    }

    /// The user exists. The page's own code may have something to do before the sign-in.
    fn registered(&self, context: &mut Context) {
        let Some(submitted) = &self.submitted else { return };
        if context.settings.hook.is_none() {
            submitted.data.login().clone_into(context.username);
        }
        let request = PageRequest::PostSubmit(context.username.clone());
        if context.settings.page_form.is_some() {
            call_page(context, Purpose::PagePostSubmit, request);
        } else {
            self.sign_in(context);
        }
    }

    fn sign_in(&self, context: &mut Context) {
        let Some(submitted) = &self.submitted else { return };
        let password = submitted.data.password();
        let (org, options) = (&context.settings.org, context.settings.options);
        let relay_state = context.settings.relay_state.as_deref();
        let request = Request::primary(org, context.username, Some(&password), options, relay_state);
        context.core.send(Purpose::PrimaryAfterRegistration, request, None);
    }

    /// The hook's response.
    pub(super) fn hook_replied(
        &mut self,
        context: &mut Context,
        operation: HookOperation,
        outcome: Result<Response, TransportError>,
    ) {
        match operation {
            HookOperation::Form => match read_response(outcome, Form::read) {
                Ok(form) => self.show(context, Some(Rc::new(form))),
                Err(failure) => self.hook_failed(context, &failure),
            },
            HookOperation::Registration => match read_response(outcome, Registered::read) {
                Ok(Registered { login, phone }) => {
                    *context.username = login;
                    if let Some(submitted) = &mut self.submitted {
                        submitted.phone = phone;
                    }
                    self.registered(context);
                }
                Err(failure) => self.hook_failed(context, &failure),
            },
            _ => {}
        }
    }

    /// What was typed stays; what is wrong is said where it was typed.
    fn hook_failed(&mut self, context: &mut Context, failure: &HookFailure) {
        context.core.failed(failure.told());
        let problem = failure.problem();
        self.mark(context, problem.map(field_problems).unwrap_or_default());
        let password_wrong = problem.is_some_and(|problem| problem.fields.iter().any(|field| field.field == PASSWORD));
        context.core.screen.secret_clear_count += u32::from(password_wrong);
        let kind = failure.kind();
        if matches!(kind, NoticeKind::RateLimited) {
            context.core.pause_until(failure.retry_at(context.core.now));
        }
        let retry = if failure.is_temporary() { context.core.retry(true) } else { Retry::No };
        // Nobody has to call for help about a mistake of everyday.
        let error_id = problem.and_then(|problem| problem.id.clone()).filter(|_| kind.is_unexpected());
        context.core.notify(Notice { kind, error_id, retry });
    }
}

/// What is wrong with a number that was typed.
fn phone_problem(phone: &PhoneEntry) -> Option<FieldProblem> {
    match missing_in_number(&phone.number) {
        Some(FieldName::Country) => Some(FieldProblem::Country),
        Some(_) => None,
        None if phone.problem.is_none() && !phone.extension.is_empty() => {
            Some(FieldProblem::Error(FieldError::Invalid))
        }
        None => phone.problem.map(FieldProblem::Phone),
    }
}

fn keep_username(context: &mut Context, username: &str) {
    if !username.trim().is_empty() {
        username.trim().clone_into(context.username);
    }
}

fn call_page(context: &mut Context, purpose: Purpose, request: PageRequest) {
    let ticket = context.core.busy_ticket(purpose);
    context.core.effect(Effect::Device(Box::new(DeviceEffect::CallPage { ticket, request })));
}

fn field_problems(problem: &Problem) -> Vec<(String, FieldProblem)> {
    problem.fields.iter().map(|at| (at.field.clone(), FieldProblem::Error(at.error.clone()))).collect()
}

fn summary(value: &Value) -> Option<String> {
    value.get("errorSummary").and_then(Value::as_text).map(str::to_owned)
}

/// The fields that the page's own code names.
fn page_problems(refusal: &Value) -> Vec<(String, FieldProblem)> {
    let causes = refusal.get("errorCauses").map(Value::items).unwrap_or_default();
    let problem =
        |cause: &Value| Some((cause.get("property")?.as_text()?.to_owned(), FieldProblem::Text(summary(cause)?)));
    causes.iter().filter_map(problem).collect()
}

fn page_notice(refusal: &Value) -> NoticeKind {
    NoticeKind::Hook(HookNotice::PageRefused(summary(refusal)))
}
