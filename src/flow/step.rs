//! What the person sees: one step at a time, each with the data its screen needs. Never here: markup, or
//! what is merely in flight (that is [`crate::flow::Screen`]).

use super::hand_on::FIRST_FORM;
use super::my_factors::Account;
use super::password::Rule;
use super::register::Register;
use super::way::{Proving, proving};
pub use crate::authn::factor::Question;
use crate::authn::{
    Channel, DeviceActivation, Envelope, Factor, FactorResult, Link, RecoveryType, RememberDevice, Scope, Session,
    StateToken,
};
use std::rc::Rc;

/// One screen. Cheap to clone: views hold it too.
#[derive(Clone, Debug)]
pub enum Step {
    /// Asks for name and password.
    Start(Rc<Start>),
    /// Someone is signed in already.
    Session(Rc<Session>),
    /// Takes up a transaction that began elsewhere.
    Resuming,
    /// Asks which factor, and starts or proves it.
    MfaRequired(Rc<MfaRequired>),
    /// Asks for the proof of a challenge, or waits for it.
    MfaChallenge(Rc<MfaChallenge>),
    /// Lists the factors to set up.
    MfaEnroll(Rc<MfaEnroll>),
    /// Asks what setting up a factor needs.
    EnrollForm(Rc<EnrollForm>),
    /// Asks for the first proof of a new factor, or waits for it.
    MfaEnrollActivate(Rc<MfaEnrollActivate>),
    /// Asks for a new password.
    Password(Rc<NewPassword>),
    /// Asks whose password is forgotten, or whose account is locked.
    Recover(Rc<Recover>),
    /// Asks what signing up needs.
    Register(Rc<Register>),
    /// Shows a person who is signed in the factors there are (`my_factors`).
    Account(Rc<Account>),
    /// Asks for a recovery code, or sends the person to the mail.
    RecoveryChallenge(Rc<RecoveryChallenge>),
    /// Asks a recovery question.
    RecoveryQuestion(Rc<RecoveryQuestion>),
    /// Asks whether an app may have what it asks for.
    Consent(Rc<Consent>),
    /// Asks for the code that another device shows.
    DeviceActivate(Rc<DeviceActivate>),
    /// How the activation of another device ended.
    DeviceEnding(DeviceActivation),
    /// The org needs a moment.
    Poll(Rc<Poll>),
    /// A state without a screen of its own.
    Unsupported(Rc<Envelope>),
    /// Signed in, or off to another site; the browser is on its way.
    Leaving,
    /// Signed in; the page's own code has the result.
    SignedIn,
}

/// Data of [`Step::Start`].
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Start {
    /// User name to start with.
    pub username: String,
    /// Whether that came from last time, so that the box stays ticked.
    pub remembered: bool,
    /// Whether the org asks for the name alone first.
    pub without_password: bool,
    /// Whether a forgotten password can be replaced here.
    pub offers_recovery: bool,
    /// Whether a locked account can be unlocked here.
    pub offers_unlock: bool,
    /// Whether new people can sign up here.
    pub offers_registration: bool,
    /// The transaction that an app began.
    pub envelope: Option<Envelope>,
}

/// Data of [`Step::MfaRequired`].
#[derive(Clone, Debug)]
pub struct MfaRequired {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The enrolled factors to choose from.
    pub factors: Rc<[Factor]>,
    /// The code of the app that also takes pushes: another way to prove the push factor.
    pub app_code: Option<Factor>,
    /// Place of the chosen one.
    pub chosen: usize,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
    /// Ids of the push factors that the person wants started without asking.
    pub auto_push: Rc<[String]>,
}

impl MfaRequired {
    /// The chosen factor.
    pub fn factor(&self) -> Option<&Factor> {
        self.factors.get(self.chosen)
    }
}

/// Data of [`Step::MfaChallenge`].
#[derive(Clone, Debug)]
pub struct MfaChallenge {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The factor that was challenged.
    pub factor: Factor,
    /// The other answer's list, where this browser saw it.
    pub factors: Rc<[Factor]>,
    /// See [`MfaRequired::app_code`].
    pub app_code: Option<Factor>,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
}

impl MfaChallenge {
    /// Whether the answer comes from another device.
    pub fn is_waiting(&self) -> bool {
        self.envelope.factor_result == Some(FactorResult::Waiting) && self.envelope.links.next("poll").is_some()
    }
}

/// Data of [`Step::MfaEnroll`].
#[derive(Clone, Debug)]
pub struct MfaEnroll {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// All factors the policy names.
    pub factors: Rc<[Factor]>,
    /// The code of the app that also takes pushes: set up with it, or by typing a key.
    pub app_code: Option<Factor>,
    /// Whole days until required factors can no longer be put off.
    pub days_of_grace: Option<u32>,
}

/// Data of [`Step::EnrollForm`].
#[derive(Clone, Debug)]
pub struct EnrollForm {
    /// The list it was chosen from.
    pub list: Rc<MfaEnroll>,
    /// Its place there.
    pub place: usize,
    /// The org's security questions, as far as they are known.
    pub questions: Rc<[Question]>,
    /// The phone number that was sent last.
    pub sent: Option<String>,
    /// The org doubts it; the same one again means the person insists.
    pub doubted: bool,
}

impl EnrollForm {
    /// The factor to set up.
    pub fn factor(&self) -> Option<&Factor> {
        self.list.factors.get(self.place)
    }
}

/// Data of [`Step::MfaEnrollActivate`].
#[derive(Clone, Debug)]
pub struct MfaEnrollActivate {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The factor that is being set up.
    pub factor: Factor,
    /// Address of its QR image, where there is one that may be loaded.
    pub qrcode: Option<String>,
    /// Whether it can be set up by typing a key instead.
    pub by_hand: bool,
}

impl MfaEnrollActivate {
    /// Whether the answer comes from another device.
    pub fn is_waiting(&self) -> bool {
        self.envelope.links.next("poll").is_some()
            && self.envelope.factor_result.as_ref().is_none_or(|result| *result == FactorResult::Waiting)
    }
}

/// Why a new password is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordReason {
    /// The old one expires in so many days.
    ExpiresIn(Option<u32>),
    /// The old one has expired.
    Expired,
    /// It was forgotten, or there was none.
    Reset,
}

/// Data of [`Step::Password`].
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// Why.
    pub reason: PasswordReason,
    /// What it must be like.
    pub rules: Rc<[Rule]>,
    /// The site where the password lives, where that is not this org.
    pub elsewhere: Option<Elsewhere>,
}

/// A site outside the org that a person may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its name.
    pub title: String,
    /// Its origin, for the person to see.
    pub origin: String,
    /// Its address.
    pub href: String,
}

/// What a recovery is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// A forgotten password.
    Password,
    /// A locked account.
    Unlock,
}

impl Recovery {
    /// What the org says it is for.
    pub fn of(envelope: &Envelope) -> Self {
        if envelope.recovery_type == Some(RecoveryType::Unlock) { Self::Unlock } else { Self::Password }
    }
}

/// Data of [`Step::Recover`].
#[derive(Clone, Debug)]
pub struct Recover {
    /// What for.
    pub recovery: Recovery,
    /// User name to start with.
    pub username: String,
    /// How the org may reach the person.
    pub channels: Rc<[Channel]>,
}

/// Data of [`Step::RecoveryChallenge`].
#[derive(Clone, Debug)]
pub struct RecoveryChallenge {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// How the org reached the person, if there is one of that name.
    pub channel: Channel,
    /// The name that was given.
    pub username: String,
}

/// Data of [`Step::RecoveryQuestion`].
#[derive(Clone, Debug)]
pub struct RecoveryQuestion {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The question in words.
    pub question: Option<String>,
}

/// Data of [`Step::Consent`].
#[derive(Clone, Debug)]
pub struct Consent {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// What the app asks for.
    pub scopes: Vec<Scope>,
    /// Whether it is for everybody.
    pub for_all: bool,
    /// Address of the app's logo, where there is one that may be loaded.
    pub logo: Option<String>,
}

/// Data of [`Step::DeviceActivate`].
#[derive(Clone, Debug)]
pub struct DeviceActivate {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The code to start with.
    pub user_code: String,
}

/// Data of [`Step::Poll`].
#[derive(Clone, Debug)]
pub struct Poll {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// Milliseconds between two looks.
    pub refresh: u32,
}

/// Two steps are the same when they are one: every answer makes a new one, and nothing has to be compared
/// member by member.
impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.address() == other.address()
    }
}

impl Step {
    /// Where its data lies.
    fn address(&self) -> *const () {
        fn of<T>(data: &Rc<T>) -> *const () {
            Rc::as_ptr(data).cast()
        }
        match self {
            Self::Start(step) => of(step),
            Self::Session(step) => of(step),
            Self::MfaRequired(step) => of(step),
            Self::MfaChallenge(step) => of(step),
            Self::MfaEnroll(step) => of(step),
            Self::EnrollForm(step) => of(step),
            Self::MfaEnrollActivate(step) => of(step),
            Self::Password(step) => of(step),
            Self::Recover(step) => of(step),
            Self::Register(step) => of(step),
            Self::Account(step) => of(step),
            Self::RecoveryChallenge(step) => of(step),
            Self::RecoveryQuestion(step) => of(step),
            Self::Consent(step) => of(step),
            Self::DeviceActivate(step) => of(step),
            Self::Poll(step) => of(step),
            Self::Unsupported(envelope) => of(envelope),
            Self::Resuming | Self::DeviceEnding(_) | Self::Leaving | Self::SignedIn => std::ptr::null(),
        }
    }

    /// The envelope of the answer behind this step.
    pub fn envelope(&self) -> Option<&Envelope> {
        match self {
            Self::Start(step) => step.envelope.as_ref(),
            Self::MfaRequired(step) => Some(&step.envelope),
            Self::MfaChallenge(step) => Some(&step.envelope),
            Self::MfaEnroll(step) => Some(&step.envelope),
            Self::EnrollForm(step) => Some(&step.list.envelope),
            Self::MfaEnrollActivate(step) => Some(&step.envelope),
            Self::Password(step) => Some(&step.envelope),
            Self::RecoveryChallenge(step) => Some(&step.envelope),
            Self::RecoveryQuestion(step) => Some(&step.envelope),
            Self::Consent(step) => Some(&step.envelope),
            Self::DeviceActivate(step) => Some(&step.envelope),
            Self::Poll(step) => Some(&step.envelope),
            Self::Unsupported(envelope) => Some(&**envelope),
            Self::Session(_)
            | Self::Resuming
            | Self::Recover(_)
            | Self::Register(_)
            | Self::Account(_)
            | Self::DeviceEnding(_)
            | Self::Leaving
            | Self::SignedIn => None,
        }
    }

    /// The factor this step is about.
    pub fn factor(&self) -> Option<&Factor> {
        match self {
            Self::MfaRequired(step) => step.factor(),
            Self::MfaChallenge(step) => Some(&step.factor),
            Self::EnrollForm(step) => step.factor(),
            Self::MfaEnrollActivate(step) => Some(&step.factor),
            Self::Account(account) if !FIRST_FORM => account.doing.factor(),
            _ => None,
        }
    }

    /// How that factor is proved.
    pub fn proving(&self) -> Option<Proving> {
        self.factor().map(|factor| proving(factor.kind()))
    }

    /// The newest state token, where a transaction is behind this step.
    pub fn state_token(&self) -> Option<&StateToken> {
        self.envelope()?.state_token.as_ref()
    }

    /// The link of this relation, where the org offers it and we hold the token to follow it. A button
    /// exists if and only if there is one.
    pub fn link(&self, relation: &str) -> Option<&Link> {
        self.state_token()?;
        self.envelope()?.links.get(relation)
    }

    /// Whether there is such a link.
    pub fn offers(&self, relation: &str) -> bool {
        self.link(relation).is_some()
    }

    /// The name of the step, for tools and tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Session(_) => "session",
            Self::Resuming => "resuming",
            Self::MfaRequired(_) => "mfa-required",
            Self::MfaChallenge(_) => "mfa-challenge",
            Self::MfaEnroll(_) => "mfa-enroll",
            Self::EnrollForm(_) => "enroll-form",
            Self::MfaEnrollActivate(_) => "mfa-enroll-activate",
            Self::Password(_) => "password",
            Self::Recover(_) => "recover",
            Self::Register(_) => "register",
            Self::Account(_) => "account",
            Self::RecoveryChallenge(_) => "recovery-challenge",
            Self::RecoveryQuestion(_) => "recovery-question",
            Self::Consent(_) => "consent",
            Self::DeviceActivate(_) => "device-activate",
            Self::DeviceEnding(_) => "device-ending",
            Self::Poll(_) => "poll",
            Self::Unsupported(_) => "unsupported",
            Self::Leaving => "leaving",
            Self::SignedIn => "signed-in",
        }
    }
}
