//! Enrolling factors: the list, the form that some of them begin with, and the first proof. Not here: what a factor
//! needs to be shown, or the proof of one that is enrolled (`verify`).

use super::verify::{join_app_code, missing_in};
use super::{Context, Next, TransactionStep};
use crate::code;
use crate::core::Core;
use crate::effect::{DeviceEffect, Effect};
use crate::event::Intent;
use crate::factor_method::{EnrollMethod, enroll_method};
use crate::notice::{FieldName, NoticeKind};
use crate::phone::{PhoneEntry, missing_in_number};
use crate::poll;
use crate::ticket::Purpose;
use crate::timers::PollPlan;
pub use okta_authn::factor::Question;
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::request::{EnrollRequest, Preferences, Proof};
use okta_authn::{Envelope, Factor, FactorKind, FactorResult, Millis, Request, Response, TransportError};
use std::rc::Rc;

const DAY: Millis = 86_400_000;

/// Data of [`TransactionStep::Enroll`].
#[derive(Clone, Debug, PartialEq)]
pub struct Enroll {
    /// What is asked now.
    pub step: EnrollStep,
    /// The generation of the request that leads back to the list, where the app is then set up by a key.
    by_hand_after: Option<u32>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum EnrollStep {
    /// Which factor.
    List(Rc<EnrollList>),
    /// What enrolling a factor needs.
    Form(EnrollForm),
    /// The first proof of a new factor, or it waits for an answer given elsewhere.
    Activate(Box<ActivateFactor>),
}

/// Data of [`EnrollStep::List`].
#[derive(Clone, Debug, PartialEq)]
pub struct EnrollList {
    /// All factors that the policy names.
    pub factors: Rc<[Factor]>,
    /// The code of the app that also receives pushes: enrolled with it, or by typing a key.
    pub app_code: Option<Factor>,
    /// Whole days until required factors can no longer be postponed.
    pub days_of_grace: Option<u32>,
}

/// Data of [`EnrollStep::Form`].
#[derive(Clone, Debug, PartialEq)]
pub struct EnrollForm {
    /// The list it was chosen from.
    pub list: Rc<EnrollList>,
    /// Its place there.
    pub place: usize,
    /// The org's security questions, as far as they are known.
    pub questions: Rc<[Question]>,
    /// The phone number that was sent last.
    pub sent: Option<String>,
    /// The org doubts that number; the same one again means that the person insists.
    pub doubted: bool,
}

/// Data of [`EnrollStep::Activate`].
#[derive(Clone, Debug, PartialEq)]
pub struct ActivateFactor {
    /// The factor that is being enrolled.
    pub factor: Factor,
    /// Address of its QR image, where there is one that may be loaded.
    pub qrcode: Option<String>,
    /// Whose account an app is set up for: the org's host.
    pub issuer: String,
    /// Whether the app can be set up by typing a key instead.
    pub by_hand: bool,
    /// The answer is given elsewhere, and this waits for it.
    pub is_waiting: bool,
    /// Duo's signature was sent; the org's decision is polled.
    pub(super) duo_sent: bool,
}

impl EnrollForm {
    /// The factor to enrol.
    pub fn factor(&self) -> Option<&Factor> {
        self.list.factors.get(self.place)
    }
}

impl Enroll {
    /// A list of factors to enrol.
    pub(super) fn list(
        context: &mut Context,
        before: &TransactionStep,
        generation: u32,
        envelope: Envelope,
        factors: Vec<Factor>,
        grace_period_end: Option<Millis>,
    ) -> Self {
        let end = grace_period_end.map(|end| context.core.here(end));
        let days = end.map(|end| end.saturating_sub(context.core.now).div_ceil(DAY));
        let days_of_grace = days.and_then(|days| u32::try_from(days).ok()).filter(|days| *days > 0);
        let by_hand =
            matches!(before, TransactionStep::Enroll(Self { by_hand_after: Some(after), .. }) if *after == generation);
        let (factors, app_code) = join_app_code(factors, |code| !code.is_done());
        let list = EnrollList { factors: factors.into(), app_code, days_of_grace };
        context.core.show(Some(Rc::new(envelope)));
        if let Some(code) = list.app_code.as_ref().filter(|_| by_hand) {
            send_enroll(context, code, &EnrollRequest::Plain, None);
        }
        Self { step: EnrollStep::List(Rc::new(list)), by_hand_after: None }
    }

    /// A factor that waits for its first proof, or news of it.
    pub(super) fn activate(
        context: &mut Context,
        before: &TransactionStep,
        envelope: Envelope,
        factor: Factor,
        purpose: Purpose,
    ) -> Self {
        let (mut is_same, mut duo_sent) = (false, false);
        let by_hand = match before {
            TransactionStep::Enroll(Self { step: EnrollStep::List(list), .. }) => {
                list.app_code.as_ref().is_some_and(Factor::may_enroll)
            }
            TransactionStep::Enroll(Self { step: EnrollStep::Activate(before), .. }) => {
                is_same = before.factor.id == factor.id;
                duo_sent = before.duo_sent;
                before.by_hand
            }
            _ => false,
        };
        let kind = factor.kind();
        let qrcode = factor.activation.as_ref().and_then(|activation| activation.qrcode.as_ref());
        let qrcode = qrcode.map(|link| context.settings.org.admit_image(link));
        let qrcode = qrcode.and_then(|image| image.map_err(|error| context.core.report(error)).ok());
        let result = match envelope.factor_result {
            None | Some(FactorResult::Waiting | FactorResult::Challenge) => None,
            Some(FactorResult::Timeout) if kind == FactorKind::Push => Some(NoticeKind::QrExpired),
            Some(_) => Some(NoticeKind::FactorFailed(envelope.factor_result_message.clone())),
        };
        let is_waiting = envelope.links.next("poll").is_some()
            && envelope.factor_result.as_ref().is_none_or(|result| *result == FactorResult::Waiting);
        let updated = context.show_or_update(envelope, is_same, purpose);
        if updated && purpose == Purpose::Resend {
            let is_push = kind == FactorKind::Push;
            context.core.tell(if is_push { NoticeKind::ActivationSent } else { NoticeKind::CodeSent });
        }
        context.present(&factor, result, purpose);
        let by_hand = by_hand && kind == FactorKind::Push;
        let origin = context.settings.org.origin();
        let issuer = origin.rsplit('/').next().unwrap_or_default().to_owned();
        let step = ActivateFactor { factor, qrcode, issuer, by_hand, is_waiting, duo_sent: updated && duo_sent };
        Self { step: EnrollStep::Activate(Box::new(step)), by_hand_after: None }
    }

    /// The factor that is being enrolled.
    pub fn factor(&self) -> Option<&Factor> {
        match &self.step {
            EnrollStep::List(_) => None,
            EnrollStep::Form(step) => step.factor(),
            EnrollStep::Activate(step) => Some(&step.factor),
        }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&mut self, context: &mut Context, intent: Intent) -> Next {
        match intent {
            Intent::Enroll(place) => self.enroll(context, place),
            Intent::EnrollWith(with) => self.enroll_with(context, with),
            Intent::EnrollPhone(entry) => self.enroll_phone(context, entry),
            Intent::Activate(proof) => self.prove(context, proof),
            Intent::SendActivation { by, phone } => self.send_activation(context, by, &phone),
            Intent::SetUpByHand => self.set_up_by_hand(context),
            Intent::Restart => self.restart(context),
            Intent::CopyKey => self.copy_key(context.core),
            Intent::Resend => return context.resend(false),
            Intent::Back => {
                if let EnrollStep::Form(form) = &self.step {
                    self.step = EnrollStep::List(form.list.clone());
                    context.core.stop();
                    context.core.show(context.core.screen.transaction.clone());
                } else {
                    self.by_hand_after = None;
                    return context.back(&intent);
                }
            }
            _ => {}
        }
        Next::Stay
    }

    /// Enrols the factor at this place: at once, or by a form where something must be typed.
    fn enroll(&mut self, context: &mut Context, place: usize) {
        let EnrollStep::List(list) = &self.step else { return };
        let Some(factor) = list.factors.get(place).filter(|factor| factor.may_enroll()) else { return };
        match enroll_method(factor.kind()) {
            EnrollMethod::Admin | EnrollMethod::Gone | EnrollMethod::Unknown => {}
            EnrollMethod::Direct => {
                send_enroll(context, factor, &EnrollRequest::Plain, Some(Intent::Enroll(place)));
            }
            EnrollMethod::Phone
            | EnrollMethod::Email
            | EnrollMethod::Question
            | EnrollMethod::Token
            | EnrollMethod::TokenTwice
            | EnrollMethod::Passcode
            | EnrollMethod::Password => {
                // The form begins with the org's questions: it is shown when they have come.
                if let Some(link) = factor.links.get("questions")
                    && let Ok(request) = Request::list(&context.settings.org, link)
                {
                    return context.core.send(Purpose::Questions(place), request, None);
                }
                self.show_form(context.core, place, Rc::from([]));
            }
        }
    }

    fn show_form(&mut self, core: &mut Core, place: usize, questions: Rc<[Question]>) {
        let EnrollStep::List(list) = &self.step else { return };
        let form = EnrollForm { list: list.clone(), place, questions, sent: None, doubted: false };
        self.step = EnrollStep::Form(form);
        core.show(core.screen.transaction.clone());
    }

    /// The org's questions make the choice easier; without them, a person writes a question of their own.
    pub(super) fn questions_found(&mut self, core: &mut Core, place: usize, outcome: Result<Response, TransportError>) {
        let body = outcome.ok().filter(|response| response.status == 200).and_then(|response| response.body);
        let questions = body.map(|body| Question::list(&Reader::new(&body, &DecodeErrors::default())));
        self.show_form(core, place, questions.unwrap_or_default().into());
    }

    /// A number that cannot be one is refused here; whether it exists, the org says.
    fn enroll_phone(&mut self, context: &mut Context, entry: PhoneEntry) {
        let EnrollStep::Form(form) = &self.step else { return };
        let is_called = form.factor().is_some_and(|factor| factor.kind() == FactorKind::Call);
        match entry.refusal(is_called) {
            Some(refusal) => context.core.tell(refusal),
            None => self.enroll_with(context, entry.request()),
        }
    }

    fn enroll_with(&mut self, context: &mut Context, with: EnrollRequest) {
        let EnrollStep::Form(form) = &mut self.step else { return };
        let Some(factor) = form.factor().cloned() else { return };
        if let Some(field) = missing_in_request(&with) {
            return context.core.ask_for(field);
        }
        let kind = Some(factor.kind());
        let with = match with {
            EnrollRequest::Phone { number, extension, .. } => {
                let replaces = factor.phone_number.is_some();
                let unchecked = form.doubted && form.sent.as_ref() == Some(&number);
                (form.sent, form.doubted) = (Some(number.clone()), unchecked);
                context.core.updated();
                EnrollRequest::Phone { number, extension, replaces, unchecked }
            }
            EnrollRequest::Token { credential_id, passcode, next_passcode } => EnrollRequest::Token {
                credential_id,
                passcode: code::normalized(&passcode, kind),
                next_passcode: next_passcode.map(|code| code::normalized(&code, kind)),
            },
            EnrollRequest::Passcode(passcode) => EnrollRequest::Passcode(code::normalized(&passcode, kind)),
            other => other,
        };
        send_enroll(context, &factor, &with, None);
    }

    /// The org doubts a phone number. It is shown again, and the same number again is accepted.
    pub(super) fn phone_doubted(&mut self, core: &mut Core) {
        if let EnrollStep::Form(form) = &mut self.step {
            form.doubted = true;
            core.updated();
        }
    }

    fn copy_key(&self, core: &mut Core) {
        if let EnrollStep::Activate(step) = &self.step {
            core.copy_key(&step.factor);
        }
    }

    fn prove(&self, context: &mut Context, proof: Proof) {
        if !matches!(self.step, EnrollStep::Activate(_)) {
            return;
        }
        let proof = code::normalized_proof(proof, self.factor().map(Factor::kind));
        if let Some(field) = missing_in(&proof) {
            return context.core.ask_for(field);
        }
        self.send_activate(context, Some(&proof), None);
    }

    /// A new QR image: the org starts the enrolment over.
    fn restart(&self, context: &mut Context) {
        if self.factor().is_some_and(|factor| factor.kind() == FactorKind::Push) {
            self.send_activate(context, None, Some(Intent::Restart));
        }
    }

    /// Proves the new factor, or starts its enrolment over.
    pub(super) fn send_activate(&self, context: &mut Context, proof: Option<&Proof>, repeat: Option<Intent>) {
        if matches!(self.step, EnrollStep::Activate(_))
            && let Some((link, token)) = context.core.next_link("activate")
        {
            let request = Request::verify(&context.settings.org, &link, &token, proof, Preferences::default());
            context.core.send_if_trusted(Purpose::Transaction, request, repeat);
        }
    }

    fn send_activation(&self, context: &mut Context, by: &'static str, phone: &PhoneEntry) {
        let EnrollStep::Activate(step) = &self.step else { return };
        let phone = (by == "sms").then_some(phone);
        if let Some(refusal) = phone.and_then(|phone| phone.refusal(false)) {
            return context.core.tell(refusal);
        }
        let send = step.factor.activation.as_ref().map(|activation| activation.send.as_slice()).unwrap_or_default();
        let link = send.iter().find(|link| link.name.as_deref() == Some(by));
        if let (Some(link), Some(token)) = (link, context.core.screen.state_token()) {
            let number = phone.map(|phone| phone.number.as_str());
            let request = Request::send_activation(&context.settings.org, link, token, number);
            // Submitting the form again means the number in it.
            let again = phone.is_none().then(|| Intent::SendActivation { by, phone: PhoneEntry::default() });
            context.core.send_if_trusted(Purpose::Resend, request, again);
        }
    }

    /// The app can also be set up by a key, as the other of its two factors: back to the list first.
    fn set_up_by_hand(&mut self, context: &mut Context) {
        if let EnrollStep::Activate(step) = &self.step
            && step.by_hand
            && context.core.follow(&context.settings.org, "prev", Intent::Back)
        {
            self.by_hand_after = Some(context.core.generation());
        }
    }

    pub(super) fn poll_plan(&self) -> Option<PollPlan> {
        let EnrollStep::Activate(step) = &self.step else { return None };
        let is_duo = step.factor.kind() == FactorKind::Duo;
        (step.is_waiting && (!is_duo || step.duo_sent)).then_some(PollPlan {
            interval: poll::ENROLLMENT,
            first: poll::ENROLLMENT,
            tells_slow: false,
        })
    }
}

impl Core {
    /// Puts the key of a new factor on the clipboard.
    pub(crate) fn copy_key(&mut self, factor: &Factor) {
        let activation = factor.activation.as_ref();
        if let Some(secret) = activation.and_then(|activation| activation.shared_secret.clone()) {
            self.effect(Effect::Device(Box::new(DeviceEffect::Copy(secret))));
        }
    }
}

fn send_enroll(context: &mut Context, factor: &Factor, with: &EnrollRequest, repeat: Option<Intent>) {
    let token = context.core.screen.state_token().cloned();
    let (Some(link), Some(token)) = (factor.links.get("enroll"), token) else { return };
    let request = Request::enroll(&context.settings.org, link, &token, factor, with);
    context.core.send_if_trusted(Purpose::Transaction, request, repeat);
}

/// The field of an enrolment that was left empty.
pub(crate) fn missing_in_request(with: &EnrollRequest) -> Option<FieldName> {
    match with {
        EnrollRequest::Phone { number, .. } => missing_in_number(number),
        EnrollRequest::Email(email) if email.is_empty() => Some(FieldName::Email),
        EnrollRequest::Question { question, .. } if question.trim().is_empty() => Some(FieldName::Question),
        EnrollRequest::Question { answer, .. } if answer.is_empty() => Some(FieldName::Answer),
        EnrollRequest::Token { credential_id, .. } if credential_id.is_empty() => Some(FieldName::CredentialId),
        EnrollRequest::Token { passcode, .. } | EnrollRequest::Passcode(passcode) if passcode.is_empty() => {
            Some(FieldName::Passcode)
        }
        EnrollRequest::Token { next_passcode: Some(code), .. } if code.is_empty() => Some(FieldName::NextPasscode),
        EnrollRequest::Password(password) if password.is_empty() => Some(FieldName::Password),
        _ => None,
    }
}
