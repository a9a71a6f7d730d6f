//! Proving a factor: choosing one, starting its challenge, and the proof. All factors share this flow; what
//! differs stands in the table of `way`. Never here: waiting (that is `clock`), or what a wrong code leads
//! to (`failure`).

use super::countdown::Countdown;
use super::effect::{Effect, Navigation};
use super::event::{Intent, Purpose};
use super::machine::Machine;
use super::notice::{FieldName, Notice, NoticeKind};
use super::step::{MfaChallenge, MfaRequired, Step};
use super::way::{Proving, proving};
use crate::authn::request::{Preferences, Proof};
use crate::authn::{Envelope, Factor, FactorKind, FactorResult, Link, Passcode, RememberDevice, Request, StateToken};
use std::rc::Rc;

/// Seconds between two messages (contract 1.17).
pub(super) const RESEND_AFTER: u32 = 30;
/// The same for e-mail.
pub(super) const RESEND_EMAIL_AFTER: u32 = 5;

/// What to do once `prev` led back to a list.
#[derive(Clone, Debug)]
pub(super) enum Then {
    /// Choose this factor.
    Choose(Box<Factor>),
    /// Prove the app's code: its push was waited for.
    ProveAppCode(Proof),
    /// Set up the app by typing a key.
    EnrollByHand,
}

impl Machine {
    pub(super) fn mfa_required(
        &mut self,
        envelope: Envelope,
        all: Vec<Factor>,
        remember_device: Option<RememberDevice>,
        auto_push: Vec<String>,
    ) {
        let (factors, app_code) = choices(all, |_| true);
        let then = self.then.take();
        let is_wanted = |factor: &Factor| match &then {
            Some(Then::Choose(wanted)) => factor.is_same(wanted),
            Some(Then::ProveAppCode(_)) => factor.kind() == FactorKind::Push,
            Some(Then::EnrollByHand) | None => false,
        };
        let place = factors.iter().position(is_wanted);
        let step = MfaRequired {
            envelope,
            factors: factors.into(),
            app_code,
            chosen: place.unwrap_or(0),
            remember_device,
            auto_push: auto_push.into(),
        };
        let pushes = then.is_none() && !self.pushed && starts_by_itself(&step);
        self.show(Step::MfaRequired(Rc::new(step)));
        if let (Some(Then::ProveAppCode(proof)), Some(_)) = (then, place) {
            self.verify(Some(&proof), None);
        } else if pushes {
            self.pushed = true;
            self.preferences.auto_push = Some(true);
            self.verify(None, Some(Intent::StartChallenge(self.preferences)));
        }
        // Whoever comes back to this list has seen the phone ring.
        self.pushed = true;
    }

    pub(super) fn mfa_challenge(
        &mut self,
        envelope: Envelope,
        factor: Factor,
        remember_device: Option<RememberDevice>,
        purpose: Purpose,
    ) {
        let (factors, app_code, known_policy) = match &self.screen.step {
            Step::MfaRequired(before) => (before.factors.clone(), before.app_code.clone(), before.remember_device),
            Step::MfaChallenge(before) => (before.factors.clone(), before.app_code.clone(), before.remember_device),
            _ => (Rc::from([]), None, None),
        };
        let told = challenge_notice(&envelope, &factor);
        let remember_device = remember_device.or(known_policy);
        let step = MfaChallenge { envelope, factor, factors, app_code, remember_device };
        self.present(Step::MfaChallenge(Rc::new(step)), told, purpose);
    }

    /// Shows a factor in work, tells how it stands, and begins what it asks. A code that was just sent can't be
    /// sent again for a while.
    pub(super) fn present(&mut self, step: Step, told: Option<NoticeKind>, purpose: Purpose) {
        self.show_or_update(step, purpose);
        let step = &self.screen.step;
        let may_resend = step.envelope().is_some_and(|envelope| envelope.links.get("resend").is_some());
        let was_sent = step.proving() == Some(Proving::SentCode);
        let is_email = step.factor().is_some_and(|factor| factor.kind() == FactorKind::Email);
        if let Some(kind) = told {
            self.notify(Notice::of(kind));
        } else {
            self.begin_ceremony(purpose);
        }
        if may_resend && was_sent && !matches!(purpose, Purpose::StateQuery | Purpose::Poll) {
            self.hold_resend(is_email);
        }
    }

    /// What the person asked for a moment ago begins at once. A page that was just opened waits for a press;
    /// only Duo's frame, in which its buttons are, is filled at once.
    fn begin_ceremony(&mut self, purpose: Purpose) {
        let asked_for = purpose == Purpose::Transaction;
        match self.screen.step.proving() {
            Some(Proving::Duo) if asked_for || purpose == Purpose::Resume => self.ask(),
            Some(Proving::Authenticator) if asked_for => self.ask(),
            Some(Proving::Redirect) if asked_for => self.follow_outside(),
            _ => {}
        }
    }

    pub(super) fn hold_resend(&mut self, is_email: bool) {
        let seconds = if is_email { RESEND_EMAIL_AFTER } else { RESEND_AFTER };
        self.clock.resend = Countdown::of(seconds, self.now);
    }

    /// Within the list the choice is ours; a running challenge is left through `prev` first (contract 1.6).
    pub(super) fn choose(&mut self, place: usize) {
        match &self.screen.step {
            Step::MfaRequired(step) if place < step.factors.len() => {
                let step = MfaRequired { chosen: place, ..(**step).clone() };
                self.stop();
                self.show(Step::MfaRequired(Rc::new(step)));
                self.lives_on();
            }
            Step::MfaChallenge(step) => {
                let wanted = step.factors.get(place).cloned().map(|factor| Then::Choose(Box::new(factor)));
                if self.follow("prev", Intent::Choose(place)) {
                    self.then = wanted;
                }
            }
            _ => {}
        }
    }

    pub(super) fn start_challenge(&mut self, preferences: Preferences) {
        if matches!(self.screen.step, Step::RecoveryChallenge(_)) {
            return;
        }
        self.prefer(preferences);
        self.verify(None, Some(Intent::StartChallenge(preferences)));
    }

    pub(super) fn resend(&mut self) {
        if self.clock.resend.seconds.is_some() {
            return;
        }
        // After a "no" on the phone, `verify` starts over where `resend` is not offered.
        let starts_over = match &self.screen.step {
            Step::MfaChallenge(step) => step.envelope.links.next("verify").is_some(),
            _ => false,
        };
        let again = self.link("resend").or_else(|| self.link("next").filter(|_| starts_over));
        if let Some((link, token)) = again {
            let request = Request::follow(&self.settings.org, &link, &token);
            self.send_if_trusted(Purpose::Resend, request, Some(Intent::Resend));
        }
    }

    pub(super) fn prove(&mut self, proof: Proof, preferences: Preferences) {
        if !matches!(self.screen.step, Step::MfaRequired(_) | Step::MfaChallenge(_) | Step::RecoveryChallenge(_)) {
            return;
        }
        let proof = without_spaces(proof);
        let missing = match &proof {
            Proof::Passcode(code) if code.is_empty() => Some(FieldName::Passcode),
            Proof::Answer(answer) if answer.is_empty() => Some(FieldName::Answer),
            Proof::Password(password) if password.is_empty() => Some(FieldName::Password),
            _ => None,
        };
        if let Some(field) = missing {
            return self.ask_for(field);
        }
        self.prefer(preferences);
        match &self.screen.step {
            // The app's code proves another factor than the one that is waited for.
            Step::MfaChallenge(step) if step.is_waiting() || step.factor.kind() == FactorKind::Push => {
                if step.app_code.is_some() && self.follow("prev", Intent::Back) {
                    self.then = Some(Then::ProveAppCode(proof));
                }
            }
            _ => self.verify(Some(&proof), None),
        }
    }

    fn prefer(&mut self, preferences: Preferences) {
        self.preferences = preferences;
        self.screen.preferences = preferences;
    }

    pub(super) fn verify(&mut self, proof: Option<&Proof>, repeat: Option<Intent>) {
        let is_code = matches!(proof, Some(Proof::Passcode(_)));
        if let Some((link, token)) = self.verify_link(is_code) {
            let request = Request::verify(&self.settings.org, &link, &token, proof, self.preferences);
            self.send_if_trusted(Purpose::Transaction, request, repeat);
        }
    }

    fn verify_link(&self, is_code: bool) -> Option<(Link, StateToken)> {
        match &self.screen.step {
            Step::MfaRequired(step) => {
                let chosen = step.factor()?;
                let by_app = is_code && proving(chosen.kind()) == Proving::Push;
                let factor = if by_app { step.app_code.as_ref()? } else { chosen };
                Some((factor.links.get("verify")?.clone(), step.envelope.state_token.clone()?))
            }
            Step::MfaChallenge(_) | Step::RecoveryChallenge(_) => {
                let envelope = self.screen.step.envelope()?;
                Some((envelope.links.next("verify")?.clone(), envelope.state_token.clone()?))
            }
            _ => None,
        }
    }

    /// Leaves for the site that proves the factor in work, or sets it up (contract 1.13). It comes back
    /// with a state token.
    pub(super) fn follow_outside(&mut self) {
        let is_redirect = self.screen.step.proving() == Some(Proving::Redirect);
        let Some((link, _)) = self.link("next").filter(|_| is_redirect) else { return };
        match self.settings.org.admit_navigation(&link) {
            Ok(url) => {
                self.show(Step::Leaving);
                self.effect(Effect::Navigate(Navigation::Org(url)));
            }
            Err(error) => self.notify(Notice::of(NoticeKind::UntrustedLink { target: error.target })),
        }
    }
}

/// The entries to choose from, and the app's code: an app that takes pushes and shows codes is one thing to
/// its owner, and two factors to the org (contract 1.9).
pub(super) fn choices(all: Vec<Factor>, is_part: fn(&Factor) -> bool) -> (Vec<Factor>, Option<Factor>) {
    let takes_pushes = all.iter().any(|factor| factor.kind() == FactorKind::Push);
    let is_code = |factor: &Factor| takes_pushes && factor.kind() == FactorKind::OktaTotp && is_part(factor);
    let (codes, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_code);
    (others, codes.into_iter().next())
}

/// Only a push whose id the policy names, and only where it comes first (contract 1.10).
fn starts_by_itself(step: &MfaRequired) -> bool {
    let id = step.factor().filter(|factor| factor.kind() == FactorKind::Push).and_then(|factor| factor.id.as_ref());
    id.is_some_and(|id| id.starts_with("opf") && step.auto_push.contains(id))
}

/// What the result of a challenge means to the person; `None` while it is open.
fn challenge_notice(envelope: &Envelope, factor: &Factor) -> Option<NoticeKind> {
    let is_push = factor.kind() == FactorKind::Push;
    let message = envelope.factor_result_message.clone();
    let kind = match envelope.factor_result.as_ref()? {
        FactorResult::Waiting | FactorResult::Challenge => return None,
        FactorResult::Rejected if message.as_deref() == Some("OKTA_VERIFY_UPGRADE_REQUIRED") => NoticeKind::PushUpgrade,
        FactorResult::Rejected if is_push => NoticeKind::PushRejected,
        FactorResult::Timeout if is_push => NoticeKind::PushTimedOut,
        FactorResult::PasscodeReplayed => NoticeKind::CodeUsed,
        FactorResult::TimeWindowExceeded => NoticeKind::CodeOutsideWindow,
        _ => NoticeKind::FactorFailed(message),
    };
    Some(kind)
}

/// Authenticator apps show `123 456`, and people copy what they see.
pub(super) fn without_spaces(proof: Proof) -> Proof {
    match proof {
        Proof::Passcode(code) => Proof::Passcode(Passcode::new(code.expose().split_whitespace().collect::<String>())),
        other => other,
    }
}
