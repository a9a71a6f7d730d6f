//! A forgotten password and a locked account: for whom, by which channel, the code, the question. The org answers alike
//! for names it does not know, and so does this. Not here: the new password (`password`).

use super::verify::missing_in;
use super::{Context, Next, TransactionStep};
use crate::code;
use crate::event::Intent;
use crate::handoff::Recovery as RecoveryFor;
use crate::notice::{FieldName, NoticeKind};
use crate::ticket::Purpose;
use okta_authn::request::{Preferences, Proof};
use okta_authn::{Channel, Envelope, RecoveryToken, Request, SecurityAnswer};
use std::rc::Rc;

/// Data of [`TransactionStep::Recovery`].
#[derive(Clone, Debug, PartialEq)]
pub enum Recovery {
    /// Asks whose password is forgotten, or whose account is locked.
    Form(RecoveryForm),
    /// Asks for a recovery code, or tells the person to read the e-mail.
    Challenge(RecoveryChallenge),
    /// Asks a recovery question.
    Question(RecoveryQuestion),
}

/// Data of [`Recovery::Form`].
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryForm {
    /// What for.
    pub recovery: RecoveryFor,
    /// User name to start with.
    pub username: String,
    /// How the org may reach the person.
    pub channels: Rc<[Channel]>,
    /// The one that was chosen last, which submitting the form again means.
    pub chosen: Option<Channel>,
}

/// Data of [`Recovery::Challenge`].
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryChallenge {
    /// How the org reached the person, if there is one of that name.
    pub channel: Channel,
    /// The name that was typed.
    pub username: String,
    /// What for.
    pub recovery: RecoveryFor,
    /// Whether the org can send an e-mail instead: not where it has done so.
    pub offers_email: bool,
}

/// Data of [`Recovery::Question`].
#[derive(Clone, Debug, PartialEq)]
pub struct RecoveryQuestion {
    /// The question in words.
    pub question: Option<String>,
}

impl Recovery {
    /// Opens the form; the name typed so far comes along.
    pub(super) fn open(context: &mut Context, recovery: RecoveryFor, username: &str) -> Self {
        if !username.trim().is_empty() {
            username.trim().clone_into(context.username);
        }
        let channels = channels(context, recovery);
        // Where the org itself offers to unlock, e-mail always works.
        let channels = if channels.is_empty() { Rc::from([Channel::Email]) } else { Rc::from(channels) };
        context.core.stop();
        context.core.show(None);
        Self::Form(RecoveryForm { recovery, username: context.username.clone(), channels, chosen: None })
    }

    /// A code or an e-mail was sent.
    pub(super) fn challenge(
        context: &mut Context,
        before: &TransactionStep,
        envelope: Envelope,
        channel: Channel,
        purpose: Purpose,
    ) -> Self {
        let may_resend = envelope.links.get("resend").is_some();
        let recovery = RecoveryFor::of(&envelope);
        let is_same = matches!(before, TransactionStep::Recovery(Self::Challenge(_)));
        let updated = context.show_or_update(envelope, is_same, purpose);
        if updated && purpose == Purpose::Resend {
            context.core.tell(NoticeKind::CodeSent);
        }
        if may_resend && !matches!(purpose, Purpose::StateQuery | Purpose::Restore) {
            context.core.hold_resend(false);
        }
        let offers_email = channel != Channel::Email && channels(context, recovery).contains(&Channel::Email);
        Self::Challenge(RecoveryChallenge { channel, username: context.username.clone(), recovery, offers_email })
    }

    /// The org asks the recovery question.
    pub(super) fn question(context: &mut Context, envelope: Envelope, question: Option<String>) -> Self {
        context.core.show(Some(Rc::new(envelope)));
        Self::Question(RecoveryQuestion { question })
    }

    /// See the table of [`TransactionMachine::handle`](super::TransactionMachine::handle).
    pub(super) fn handle(&mut self, context: &mut Context, intent: Intent) -> Next {
        match (&mut *self, intent) {
            (Self::Form(_), Intent::Back) => return Next::Start,
            (Self::Form(form), Intent::Recover { username, channel }) => {
                recover(context, form.recovery, &username, &channel, None);
                form.chosen = Some(channel);
            }
            // The form on that step is another one's. The name is not typed there.
            (Self::Challenge(step), Intent::Recover { username, channel }) if step.offers_email => {
                let again = Intent::Recover { username: username.clone(), channel: channel.clone() };
                recover(context, step.recovery, &username, &channel, Some(again));
            }
            (Self::Form(_) | Self::Challenge(_), Intent::OpenRecovery { recovery, username }) => {
                *self = Self::open(context, recovery, &username);
            }
            (Self::Challenge(_), Intent::Prove { proof, preferences }) => prove(context, proof, preferences),
            (Self::Challenge(_), Intent::Resend) => return context.resend(false),
            (Self::Question(_), Intent::Answer(answer)) => send_answer(context, &answer),
            (Self::Challenge(_) | Self::Question(_), intent) => return context.back(&intent),
            _ => {}
        }
        Next::Stay
    }
}

/// How the org may reach a person for this.
fn channels<'a>(context: &'a Context, recovery: RecoveryFor) -> &'a [Channel] {
    match recovery {
        RecoveryFor::Password => &context.settings.recovery,
        RecoveryFor::Unlock => &context.settings.unlock,
    }
}

fn recover(context: &mut Context, recovery: RecoveryFor, username: &str, channel: &Channel, repeat: Option<Intent>) {
    let path = match recovery {
        RecoveryFor::Password => "/api/v1/authn/recovery/password",
        RecoveryFor::Unlock => "/api/v1/authn/recovery/unlock",
    };
    username.trim().clone_into(context.username);
    if context.username.is_empty() {
        return context.core.ask_for(FieldName::Username);
    }
    let relay_state = context.settings.relay_state.as_deref();
    let request = Request::recover(&context.settings.org, path, context.username, channel, relay_state);
    context.core.send(Purpose::Transaction, request, repeat);
}

fn prove(context: &mut Context, proof: Proof, preferences: Preferences) {
    let proof = code::normalized_proof(proof, None);
    if let Some(field) = missing_in(&proof) {
        return context.core.ask_for(field);
    }
    if let Some((link, token)) = context.core.next_link("verify") {
        let request = Request::verify(&context.settings.org, &link, &token, Some(&proof), preferences);
        context.core.send_if_trusted(Purpose::Transaction, request, None);
    }
}

fn send_answer(context: &mut Context, answer: &SecurityAnswer) {
    if answer.is_empty() {
        return context.core.ask_for(FieldName::Answer);
    }
    if let Some((link, token)) = context.core.link("next") {
        let request = Request::answer(&context.settings.org, &link, &token, answer);
        context.core.send_if_trusted(Purpose::Transaction, request, None);
    }
}

/// Data of [`TransactionStep::Resuming`]: a recovery token is being redeemed. Without one, no response was read yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Redeem(Option<RecoveryToken>);

impl Redeem {
    /// Redeems a token that a transaction names: there is nothing to ask.
    pub(super) fn begin(context: &mut Context, token: RecoveryToken) -> Self {
        context.core.show(None);
        let redeem = Self(Some(token));
        redeem.send(context);
        redeem
    }

    fn send(&self, context: &mut Context) -> Next {
        let Some(token) = &self.0 else { return Next::Start };
        let request = Request::redeem(&context.settings.org, token, context.settings.options);
        context.core.send(Purpose::Resume, request, Some(Intent::Resume));
        Next::Stay
    }

    pub(super) fn handle(&self, context: &mut Context, intent: &Intent) -> Next {
        match intent {
            Intent::Resume => self.send(context),
            _ => Next::Stay,
        }
    }
}
