//! What the person sees: one step at a time, each with the data its screen needs. Never here: markup, or
//! what is merely in flight (that is [`crate::flow::Screen`]).

use crate::authn::policy::RememberDevice;
use crate::authn::{Envelope, Factor, FactorKind, Session};
use std::rc::Rc;

/// One screen. Cheap to clone: views hold it too.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Asks for name and password.
    Start(Rc<Start>),
    /// Someone is signed in already.
    Session(Rc<Session>),
    /// Asks which factor, and starts or proves it.
    MfaRequired(Rc<MfaRequired>),
    /// Asks for the proof of a challenge.
    MfaChallenge(Rc<MfaChallenge>),
    /// Lists the factors to set up.
    MfaEnroll(Rc<MfaEnroll>),
    /// Asks for the first proof of a new factor.
    MfaEnrollActivate(Rc<MfaEnrollActivate>),
    /// A state without a screen of its own.
    Unsupported(Rc<Envelope>),
    /// Signed in; the browser is on its way.
    Leaving,
    /// Signed in; the page's own code has the result.
    SignedIn,
}

/// Data of [`Step::Start`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// User name to start with.
    pub username: String,
    /// Whether that came from last time, so that the box stays ticked.
    pub remembered: bool,
}

/// Data of [`Step::MfaRequired`].
#[derive(Clone, Debug, PartialEq)]
pub struct MfaRequired {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The enrolled factors.
    pub factors: Vec<Factor>,
    /// Place of the chosen one.
    pub chosen: usize,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
}

impl MfaRequired {
    /// The chosen factor.
    pub fn factor(&self) -> Option<&Factor> {
        self.factors.get(self.chosen)
    }
}

/// Data of [`Step::MfaChallenge`].
#[derive(Clone, Debug, PartialEq)]
pub struct MfaChallenge {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The factor that was challenged.
    pub factor: Factor,
    /// The other answer's list, where this browser saw it.
    pub factors: Vec<Factor>,
    /// Whether this device may be remembered.
    pub remember_device: Option<RememberDevice>,
}

/// Data of [`Step::MfaEnroll`].
#[derive(Clone, Debug, PartialEq)]
pub struct MfaEnroll {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// All factors the policy names.
    pub factors: Vec<Factor>,
}

/// Data of [`Step::MfaEnrollActivate`].
#[derive(Clone, Debug, PartialEq)]
pub struct MfaEnrollActivate {
    /// The answer's envelope.
    pub envelope: Envelope,
    /// The factor that is being set up.
    pub factor: Factor,
    /// Address of its QR image, where there is one that may be loaded.
    pub qrcode: Option<String>,
}

/// How a factor is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proving {
    /// A code must be sent first, then typed.
    SentCode,
    /// A code is at hand.
    Code,
    /// A question is answered.
    Answer,
    /// Not here.
    Unsupported,
}

/// How a factor of this kind is proved.
pub fn proving(kind: FactorKind) -> Proving {
    match kind {
        FactorKind::Sms | FactorKind::Call | FactorKind::Email => Proving::SentCode,
        FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Rsa
        | FactorKind::OnPrem
        | FactorKind::Symantec
        | FactorKind::YubiKey
        | FactorKind::Hotp => Proving::Code,
        FactorKind::Question => Proving::Answer,
        FactorKind::Push
        | FactorKind::Duo
        | FactorKind::U2f
        | FactorKind::WebAuthn
        | FactorKind::Password
        | FactorKind::Redirect
        | FactorKind::Unknown => Proving::Unsupported,
    }
}

impl Step {
    /// The step's name, for tools and tests. People never read it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "start",
            Self::Session(_) => "session",
            Self::MfaRequired(_) => "mfa-required",
            Self::MfaChallenge(_) => "mfa-challenge",
            Self::MfaEnroll(_) => "mfa-enroll",
            Self::MfaEnrollActivate(_) => "mfa-enroll-activate",
            Self::Unsupported(_) => "unsupported",
            Self::Leaving => "leaving",
            Self::SignedIn => "signed-in",
        }
    }

    /// The envelope of the answer behind this step.
    pub fn envelope(&self) -> Option<&Envelope> {
        match self {
            Self::MfaRequired(step) => Some(&step.envelope),
            Self::MfaChallenge(step) => Some(&step.envelope),
            Self::MfaEnroll(step) => Some(&step.envelope),
            Self::MfaEnrollActivate(step) => Some(&step.envelope),
            Self::Unsupported(envelope) => Some(&**envelope),
            Self::Start(_) | Self::Session(_) | Self::Leaving | Self::SignedIn => None,
        }
    }

    /// Whether the org offers this relation, and we hold the token to follow it. A button exists if and
    /// only if this is true.
    pub fn offers(&self, relation: &str) -> bool {
        self.envelope().is_some_and(|envelope| envelope.state_token.is_some() && envelope.links.get(relation).is_some())
    }
}
