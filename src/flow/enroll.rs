//! Setting up factors: the list, the form some of them begin with, and the first proof. Never here: what a
//! factor needs to be shown, or the proof of one that is set up (`verify`).

use super::effect::Effect;
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{FieldName, Notice, NoticeKind};
use super::step::{EnrollForm, MfaEnroll, MfaEnrollActivate, Question, Step};
use super::verify::{Then, choices, without_spaces};
use super::way::{Enrolling, enrolling};
use crate::authn::reader::{Fault, Reader};
use crate::authn::request::{Enrollment, Preferences, Proof};
use crate::authn::{Answer, Envelope, Factor, FactorKind, FactorResult, Millis, Request, TransportError};
use std::rc::Rc;

const DAY: Millis = 86_400_000;

impl Machine {
    pub(super) fn mfa_enroll(&mut self, envelope: Envelope, factors: Vec<Factor>, grace_period_end: Option<Millis>) {
        let days = grace_period_end.map(|end| end.saturating_sub(self.now).div_ceil(DAY));
        let days_of_grace = days.and_then(|days| u32::try_from(days).ok()).filter(|days| *days > 0);
        let then = self.then.take();
        let (factors, app_code) = choices(factors, |code| !code.is_done());
        let by_hand = app_code.clone().filter(|_| matches!(then, Some(Then::EnrollByHand)));
        let step = MfaEnroll { envelope, factors: factors.into(), app_code, days_of_grace };
        self.show(Step::MfaEnroll(Rc::new(step)));
        if let Some(code) = by_hand {
            self.enroll_now(&code, &Enrollment::Plain, None);
        }
    }

    /// Sets up the factor at this place: at once, or by a form where something must be typed.
    pub(super) fn enroll(&mut self, place: usize) {
        let Step::MfaEnroll(list) = &self.screen.step else { return };
        let Some(factor) = list.factors.get(place).filter(|factor| factor.may_enroll()).cloned() else { return };
        match enrolling(factor.kind()) {
            Enrolling::Admin | Enrolling::Gone | Enrolling::Unknown => {}
            Enrolling::Direct => self.enroll_now(&factor, &Enrollment::Plain, Some(Intent::Enroll(place))),
            Enrolling::Phone
            | Enrolling::Email
            | Enrolling::Question
            | Enrolling::Token
            | Enrolling::TokenTwice
            | Enrolling::Passcode
            | Enrolling::Password => {
                let form =
                    EnrollForm { list: list.clone(), place, questions: Rc::from([]), sent: None, doubted: false };
                self.show(Step::EnrollForm(Rc::new(form)));
                self.lives_on();
                if let Some(link) = factor.links.get("questions")
                    && let Ok(request) = Request::list(&self.settings.org, link)
                {
                    self.send(Purpose::Questions, request, None);
                }
            }
        }
    }

    /// The org's questions make the choice easier; without them there is a question of one's own.
    pub(super) fn questions_found(&mut self, outcome: Result<Answer, TransportError>) {
        let (Step::EnrollForm(form), Ok(answer)) = (&self.screen.step, outcome) else { return };
        // The person may have gone on to the form of another factor.
        let asks = form.factor().is_some_and(|factor| factor.kind() == FactorKind::Question);
        let Some(body) = answer.body.filter(|_| asks && answer.status == 200) else { return };
        let fault = Fault::default();
        let questions = Reader::new(&body, &fault).each(|question| Question {
            key: question.at("question").needed_text(),
            text: question.at("questionText").needed_text(),
        });
        if let Ok(questions) = fault.or(questions) {
            self.screen.step =
                Step::EnrollForm(Rc::new(EnrollForm { questions: questions.into(), ..(**form).clone() }));
        }
    }

    pub(super) fn enroll_with(&mut self, what: Enrollment) {
        let Step::EnrollForm(form) = &self.screen.step else { return };
        let Some(factor) = form.factor().cloned() else { return };
        let missing = match &what {
            Enrollment::Phone { number, .. } if number.is_empty() => Some(FieldName::Phone),
            Enrollment::Email(email) if email.is_empty() => Some(FieldName::Email),
            Enrollment::Question { question, .. } if question.trim().is_empty() => Some(FieldName::Question),
            Enrollment::Question { answer, .. } if answer.is_empty() => Some(FieldName::Answer),
            Enrollment::Token { credential_id, .. } if credential_id.is_empty() => Some(FieldName::CredentialId),
            Enrollment::Token { passcode, .. } | Enrollment::Passcode(passcode) if passcode.is_empty() => {
                Some(FieldName::Passcode)
            }
            Enrollment::Token { next_passcode: Some(code), .. } if code.is_empty() => Some(FieldName::NextPasscode),
            Enrollment::Password(password) if password.is_empty() => Some(FieldName::Password),
            _ => None,
        };
        if let Some(field) = missing {
            return self.ask_for(field);
        }
        let what = match what {
            Enrollment::Phone { number, extension, .. } => {
                let replaces = factor.phone_number.is_some();
                let unchecked = form.doubted && form.sent.as_ref() == Some(&number);
                let form = EnrollForm { sent: Some(number.clone()), doubted: unchecked, ..(**form).clone() };
                self.screen.step = Step::EnrollForm(Rc::new(form));
                Enrollment::Phone { number, extension, replaces, unchecked }
            }
            other => other,
        };
        self.enroll_now(&factor, &what, None);
    }

    fn enroll_now(&mut self, factor: &Factor, what: &Enrollment, repeat: Option<Intent>) {
        let token = self.screen.step.state_token().cloned();
        let (Some(link), Some(token)) = (factor.links.get("enroll"), token) else { return };
        let request = Request::enroll(&self.settings.org, link, &token, factor, what);
        self.send_if_trusted(Purpose::Transaction, request, repeat);
    }

    /// The org doubts a phone number. It is shown again, and the same number again is taken as it is.
    pub(super) fn doubt_phone(&mut self) {
        if let Step::EnrollForm(form) = &self.screen.step {
            self.screen.step = Step::EnrollForm(Rc::new(EnrollForm { doubted: true, ..(**form).clone() }));
        }
    }

    pub(super) fn mfa_enroll_activate(&mut self, envelope: Envelope, factor: Factor, purpose: Purpose) {
        let by_hand = match &self.screen.step {
            Step::MfaEnroll(list) => list.app_code.as_ref().is_some_and(Factor::may_enroll),
            Step::MfaEnrollActivate(before) => before.by_hand,
            _ => false,
        };
        let kind = factor.kind();
        let qrcode = factor.activation.as_ref().and_then(|activation| activation.qrcode.as_ref());
        let qrcode = qrcode.and_then(|link| self.settings.org.admit_image(link).ok());
        let told = match envelope.factor_result {
            None | Some(FactorResult::Waiting | FactorResult::Challenge) => None,
            Some(FactorResult::Timeout) if kind == FactorKind::Push => Some(NoticeKind::QrExpired),
            Some(_) => Some(NoticeKind::FactorFailed(envelope.factor_result_message.clone())),
        };
        let by_hand = by_hand && kind == FactorKind::Push;
        let step = MfaEnrollActivate { envelope, factor, qrcode, by_hand };
        self.present(Step::MfaEnrollActivate(Rc::new(step)), told, purpose);
    }

    pub(super) fn copy_key(&mut self) {
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        let activation = step.factor.activation.as_ref();
        if let Some(secret) = activation.and_then(|activation| activation.shared_secret.clone()) {
            self.effect(Effect::Copy(secret));
        }
    }

    /// The news may come after the person went on.
    pub(super) fn key_copied(&mut self) {
        if matches!(self.screen.step, Step::MfaEnrollActivate(_)) {
            self.notify(Notice::of(NoticeKind::KeyCopied));
        }
    }

    pub(super) fn activate(&mut self, proof: Proof) {
        if !matches!(self.screen.step, Step::MfaEnrollActivate(_)) {
            return;
        }
        let proof = without_spaces(proof);
        if matches!(&proof, Proof::Passcode(code) if code.is_empty()) {
            return self.ask_for(FieldName::Passcode);
        }
        self.send_activate(Some(&proof), None);
    }

    /// A new QR image: the org starts the enrolment over.
    pub(super) fn restart(&mut self) {
        if self.screen.step.factor().is_some_and(|factor| factor.kind() == FactorKind::Push) {
            self.send_activate(None, Some(Intent::Restart));
        }
    }

    fn send_activate(&mut self, proof: Option<&Proof>, repeat: Option<Intent>) {
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        let (Some(link), Some(token)) = (step.envelope.links.next("activate"), &step.envelope.state_token) else {
            return;
        };
        let request = Request::verify(&self.settings.org, link, token, proof, Preferences::default());
        self.send_if_trusted(Purpose::Transaction, request, repeat);
    }

    pub(super) fn send_activation(&mut self, by: &'static str, phone_number: &str) {
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        let phone_number = (by == "sms").then_some(phone_number);
        if phone_number.is_some_and(str::is_empty) {
            return self.ask_for(FieldName::Phone);
        }
        let send = step.factor.activation.as_ref().map(|activation| activation.send.as_slice()).unwrap_or_default();
        let link = send.iter().find(|link| link.name.as_deref() == Some(by));
        if let (Some(link), Some(token)) = (link, &step.envelope.state_token) {
            let request = Request::send_activation(&self.settings.org, link, token, phone_number);
            self.send_if_trusted(Purpose::Resend, request, None);
        }
    }

    /// The app can also be set up by a key, as the other of its two factors: back to the list, and on.
    pub(super) fn set_up_by_hand(&mut self) {
        let Step::MfaEnrollActivate(step) = &self.screen.step else { return };
        if !step.by_hand {
            return;
        }
        if self.follow("prev", Intent::Back) {
            self.then = Some(Then::EnrollByHand);
        }
    }
}
