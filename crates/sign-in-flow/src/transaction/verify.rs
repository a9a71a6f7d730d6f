//! Verifying a factor: choosing one, starting its challenge, and the proof. All factors share this step; what differs
//! is in the table of `factor_method`. Not here: polling (`polling`), authenticators and Duo (`ceremony`), or what a
//! wrong code leads to (`failure`).

use super::{Context, Next, TransactionStep};
use crate::code;
use crate::core::Core;
use crate::event::Intent;
use crate::factor_method::{VerifyMethod, verify_method};
use crate::notice::{FieldName, NoticeKind};
use crate::poll;
use crate::ticket::Purpose;
use crate::timers::PollPlan;
use okta_authn::request::{Preferences, Proof};
use okta_authn::{Envelope, Factor, FactorKind, FactorResult, Link, Org, RememberDevice, Request, StateToken};
use std::rc::Rc;

/// Data of [`TransactionStep::Verify`].
#[derive(Clone, Debug, PartialEq)]
pub struct Verify {
    /// The state of the boxes beside the factor, as last submitted.
    pub preferences: Preferences,
    /// What is asked now.
    pub step: VerifyStep,
    /// Pushes are sent without asking once, not each time the person comes back to the list.
    pushed: bool,
    /// What to do when the link `prev` has led back to the list.
    after_prev: Option<AfterPrev>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum VerifyStep {
    /// Which factor; and its proof, where the code is at hand.
    Choose(Box<ChooseFactor>),
    /// The proof of a challenge, or it waits for an answer given elsewhere.
    Challenge(Box<FactorChallenge>),
}

/// Data of [`VerifyStep::Choose`].
#[derive(Clone, Debug, PartialEq)]
pub struct ChooseFactor {
    /// The enrolled factors to choose from.
    pub factors: Rc<[Factor]>,
    /// The code of the app that also receives pushes: another way to verify the push factor.
    pub app_code: Option<Factor>,
    /// Place of the chosen one.
    pub chosen: usize,
    /// A code was sent a moment ago, before the person went back: it is asked for, although its challenge was left.
    pub code_sent: bool,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
    /// Ids of the push factors that the person wants started without asking.
    pub auto_push: Rc<[String]>,
}

/// Data of [`VerifyStep::Challenge`].
#[derive(Clone, Debug, PartialEq)]
pub struct FactorChallenge {
    /// The factor that was challenged.
    pub factor: Factor,
    /// The list it was chosen from, where this browser has it.
    pub factors: Rc<[Factor]>,
    /// See [`ChooseFactor::app_code`].
    pub app_code: Option<Factor>,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
    /// The answer is given elsewhere, and this waits for it.
    pub is_waiting: bool,
    /// Duo's signature was sent; the org's decision is polled.
    pub(super) duo_sent: bool,
}

impl ChooseFactor {
    /// The chosen factor.
    pub fn factor(&self) -> Option<&Factor> {
        self.factors.get(self.chosen)
    }
}

/// The factors of a response.
pub(super) struct List {
    pub(super) factors: Vec<Factor>,
    pub(super) remember_device: Option<RememberDevice>,
    pub(super) auto_push: Vec<String>,
}

/// What to do when the link `prev` has led back to a list.
#[derive(Clone, Debug, PartialEq)]
struct AfterPrev {
    /// Of the request that follows the link: the response to another one does not count.
    generation: u32,
    action: AfterPrevAction,
}

#[derive(Clone, Debug, PartialEq)]
enum AfterPrevAction {
    /// Choose this factor.
    Choose(Box<Factor>),
    /// Verify the app's code: this push was waited for.
    ProveAppCode { push: Box<Factor>, proof: Proof },
}

impl Verify {
    /// A list of factors.
    pub(super) fn choose(
        context: &mut Context,
        before: TransactionStep,
        generation: u32,
        envelope: Envelope,
        list: List,
    ) -> Self {
        let (preferences, was_sent, after_prev) = match before {
            TransactionStep::Verify(Self { preferences, pushed, after_prev, .. }) => (preferences, pushed, after_prev),
            _ => (Preferences::default(), false, None),
        };
        let action = after_prev.filter(|after| after.generation == generation).map(|after| after.action);
        let (factors, app_code) = join_app_code(list.factors, |_| true);
        let is_wanted = |factor: &Factor| match &action {
            Some(AfterPrevAction::Choose(wanted)) => factor.is_same(wanted),
            Some(AfterPrevAction::ProveAppCode { push, .. }) => factor.is_same(push),
            None => false,
        };
        let place = factors.iter().position(is_wanted);
        // The first is the one used last; it may be one that can't be used here.
        let usable = || factors.iter().position(|factor| is_usable(factor, &context.settings.org));
        let chosen = place.or_else(usable).unwrap_or(0);
        let step = ChooseFactor {
            factors: factors.into(),
            app_code,
            chosen,
            code_sent: false,
            remember_device: list.remember_device,
            auto_push: list.auto_push.into(),
        };
        let pushes = action.is_none() && !was_sent && starts_by_itself(&step);
        // A person who comes back to this list has seen the push.
        let mut verify = Self { preferences, step: VerifyStep::Choose(Box::new(step)), pushed: true, after_prev: None };
        context.core.show(Some(Rc::new(envelope)));
        if let (Some(AfterPrevAction::ProveAppCode { proof, .. }), Some(_)) = (action, place) {
            verify.send(context, Some(&proof), None);
        } else if pushes {
            verify.preferences.auto_push = Some(true);
            verify.send(context, None, Some(Intent::StartChallenge(verify.preferences)));
        }
        verify
    }

    /// A challenge, or news of it.
    pub(super) fn challenge(
        context: &mut Context,
        before: TransactionStep,
        envelope: Envelope,
        factor: Factor,
        remember_device: Option<RememberDevice>,
        purpose: Purpose,
    ) -> Self {
        let (preferences, pushed, known) = match before {
            TransactionStep::Verify(Self { preferences, pushed, step, .. }) => (preferences, pushed, Some(step)),
            _ => (Preferences::default(), false, None),
        };
        let mut is_same = false;
        let mut duo_sent = false;
        let (factors, app_code, known_policy) = match known {
            Some(VerifyStep::Choose(list)) => (list.factors, list.app_code, list.remember_device),
            Some(VerifyStep::Challenge(challenge)) => {
                is_same = challenge.factor.id == factor.id;
                duo_sent = challenge.duo_sent;
                (challenge.factors, challenge.app_code, challenge.remember_device)
            }
            None => (Rc::from([]), None, None),
        };
        let result = result_notice(&envelope, &factor);
        let is_waiting = envelope.factor_result == Some(FactorResult::Waiting) && envelope.links.next("poll").is_some();
        let updated = context.show_or_update(envelope, is_same, purpose);
        if updated && purpose == Purpose::Resend {
            let is_push = factor.kind() == FactorKind::Push;
            context.core.tell(if is_push { NoticeKind::PushSent } else { NoticeKind::CodeSent });
        }
        context.present(&factor, result, purpose);
        let step = FactorChallenge {
            factor,
            factors,
            app_code,
            remember_device: remember_device.or(known_policy),
            is_waiting,
            duo_sent: updated && duo_sent,
        };
        Self { preferences, step: VerifyStep::Challenge(Box::new(step)), pushed, after_prev: None }
    }

    /// The factor that is chosen or challenged.
    pub fn factor(&self) -> Option<&Factor> {
        match &self.step {
            VerifyStep::Choose(step) => step.factor(),
            VerifyStep::Challenge(step) => Some(&step.factor),
        }
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&mut self, context: &mut Context, intent: Intent) -> Next {
        match intent {
            Intent::Choose(place) => self.choose_place(context, place),
            Intent::StartChallenge(preferences) => {
                self.prefer(context, preferences);
                self.send(context, None, Some(Intent::StartChallenge(preferences)));
            }
            Intent::Resend => match &self.step {
                VerifyStep::Choose(step) if step.code_sent && context.core.timers.resend.seconds.is_none() => {
                    self.send(context, None, Some(Intent::Resend));
                }
                VerifyStep::Choose(_) => {}
                VerifyStep::Challenge(_) => return context.resend(true),
            },
            Intent::Prove { proof, preferences } => self.prove(context, proof, preferences),
            Intent::Back => {
                self.after_prev = None;
                return context.back(&intent);
            }
            _ => {}
        }
        Next::Stay
    }

    /// Within the list, the choice needs no request; a running challenge is left by the link `prev` first
    /// (docs/authn-api.md#transitions).
    fn choose_place(&mut self, context: &mut Context, place: usize) {
        match &mut self.step {
            VerifyStep::Choose(step) if place < step.factors.len() => {
                (step.chosen, step.code_sent) = (place, false);
                context.core.stop();
                context.core.show(context.core.screen.transaction.clone());
            }
            VerifyStep::Choose(_) => {}
            VerifyStep::Challenge(step) => {
                let wanted = step.factors.get(place).cloned();
                if context.core.follow(&context.settings.org, "prev", Intent::Choose(place)) {
                    self.set_after_prev(context, wanted.map(|factor| AfterPrevAction::Choose(Box::new(factor))));
                }
            }
        }
    }

    /// The org sent a code so shortly before that it sends no other. The person has that code, and can enter it
    /// (docs/authn-api.md#operations: a proof is verified without a challenge, too).
    pub(super) fn expect_code(&mut self, core: &mut Core) {
        if let VerifyStep::Choose(step) = &mut self.step
            && !step.code_sent
        {
            step.code_sent = true;
            let notice = core.screen.notice.take();
            core.show(core.screen.transaction.clone());
            core.screen.notice = notice;
        }
    }

    fn set_after_prev(&mut self, context: &Context, action: Option<AfterPrevAction>) {
        let generation = context.core.generation();
        self.after_prev = action.map(|action| AfterPrev { generation, action });
    }

    fn prefer(&mut self, context: &mut Context, preferences: Preferences) {
        if self.preferences != preferences {
            self.preferences = preferences;
            context.core.updated();
        }
    }

    fn prove(&mut self, context: &mut Context, proof: Proof, preferences: Preferences) {
        let proof = code::normalized_proof(proof, self.factor().map(Factor::kind));
        if let Some(field) = missing_in(&proof) {
            return context.core.ask_for(field);
        }
        self.prefer(context, preferences);
        match &self.step {
            // The app's code proves another factor than the one that is waited for.
            VerifyStep::Challenge(step) if step.is_waiting || step.factor.kind() == FactorKind::Push => {
                let push = Box::new(step.factor.clone());
                if step.app_code.is_some() && context.core.follow(&context.settings.org, "prev", Intent::Back) {
                    self.set_after_prev(context, Some(AfterPrevAction::ProveAppCode { push, proof }));
                }
            }
            _ => self.send(context, Some(&proof), None),
        }
    }

    /// Starts the challenge of the chosen factor, or proves it.
    pub(super) fn send(&self, context: &mut Context, proof: Option<&Proof>, repeat: Option<Intent>) {
        let is_code = matches!(proof, Some(Proof::Passcode(_)));
        if let Some((link, token)) = self.verify_link(context.core, is_code) {
            let request = Request::verify(&context.settings.org, &link, &token, proof, self.preferences);
            context.core.send_if_trusted(Purpose::Transaction, request, repeat);
        }
    }

    fn verify_link(&self, core: &Core, is_code: bool) -> Option<(Link, StateToken)> {
        let VerifyStep::Choose(step) = &self.step else { return core.next_link("verify") };
        let chosen = step.factor()?;
        let by_app = is_code && verify_method(chosen.kind()) == VerifyMethod::Push;
        let factor = if by_app { step.app_code.as_ref()? } else { chosen };
        Some((factor.links.get("verify")?.clone(), core.screen.state_token()?.clone()))
    }

    pub(super) fn poll_plan(&self) -> Option<PollPlan> {
        let VerifyStep::Challenge(step) = &self.step else { return None };
        let is_duo = step.factor.kind() == FactorKind::Duo;
        let tells_slow = step.factor.kind() == FactorKind::Push;
        let first = if tells_slow { poll::FIRST } else { poll::CHALLENGE };
        (step.is_waiting && (!is_duo || step.duo_sent)).then_some(PollPlan {
            interval: poll::CHALLENGE,
            first,
            tells_slow,
        })
    }
}

/// Whether a factor can be verified here: this widget knows how, and its link may be followed.
fn is_usable(factor: &Factor, org: &Org) -> bool {
    let is_known = !matches!(verify_method(factor.kind()), VerifyMethod::Gone | VerifyMethod::Unknown);
    is_known && factor.links.get("verify").is_some_and(|link| org.admit(link).is_ok())
}

/// Separates the app's code from the entries to choose from: an app that receives pushes and shows codes is one thing
/// to its owner, and two factors to the org (docs/authn-api.md#factors). Of several codes, each one stays an entry:
/// nothing says which of them belongs to which app.
pub(super) fn join_app_code(all: Vec<Factor>, belongs: fn(&Factor) -> bool) -> (Vec<Factor>, Option<Factor>) {
    let receives_pushes = all.iter().any(|factor| factor.kind() == FactorKind::Push);
    let is_code = |factor: &Factor| receives_pushes && factor.kind() == FactorKind::OktaTotp && belongs(factor);
    if all.iter().filter(|factor| is_code(factor)).count() > 1 {
        return (all, None);
    }
    let (codes, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_code);
    (others, codes.into_iter().next())
}

/// Whether a push is sent without asking: only one whose id the policy names, and only where it comes first
/// (docs/authn-api.md#remembered-devices-and-automatic-push).
fn starts_by_itself(step: &ChooseFactor) -> bool {
    let id = step.factor().filter(|factor| factor.kind() == FactorKind::Push).and_then(|factor| factor.id.as_ref());
    id.is_some_and(|id| id.starts_with("opf") && step.auto_push.contains(id))
}

/// What the result of a challenge means to the person; `None` while it is open.
fn result_notice(envelope: &Envelope, factor: &Factor) -> Option<NoticeKind> {
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

/// The field of a proof that was left empty.
pub(crate) fn missing_in(proof: &Proof) -> Option<FieldName> {
    match proof {
        Proof::Passcode(code) if code.is_empty() => Some(FieldName::Passcode),
        Proof::Answer(answer) if answer.is_empty() => Some(FieldName::Answer),
        Proof::Password(password) if password.is_empty() => Some(FieldName::Password),
        _ => None,
    }
}
