//! What can happen to the machine. Never here: DOM events; components translate those into an [`Intent`].

use super::hand_on::Onward;
use super::hook::Asked;
use super::step::Recovery;
use crate::authn::request::{Enrollment, Preferences, Proof};
use crate::authn::wire::Value;
use crate::authn::{
    Answer, Channel, Credential, CredentialError, DuoSignature, Password, SecurityAnswer, TransportError,
};

/// Something happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The widget is on the page.
    Begin {
        /// User name kept from last time.
        remembered: Option<String>,
    },
    /// What the person did before the widget was on the page, in a form that stood there already. `Begin`
    /// comes after it, and takes nothing back.
    Early(Intent),
    /// The browser showed the page again after leaving it; whatever was going on is over.
    Restored {
        /// User name kept from last time.
        remembered: Option<String>,
    },
    /// The bundle of the first form hands a sign-in on to this one.
    TakenOver(Onward),
    /// The bundle that has every screen can't be loaded.
    NotHandedOn,
    /// The person did something.
    User(Intent),
    /// A request ended.
    Replied {
        /// Which one.
        ticket: Ticket,
        /// How.
        outcome: Result<Answer, TransportError>,
    },
    /// An authenticator answered, or did not.
    Credential {
        /// What it was asked for.
        ticket: Ticket,
        /// What came of it.
        outcome: Result<Credential, CredentialError>,
    },
    /// Duo's frame answered; `None` when it could not be shown.
    Duo {
        /// What it was asked for.
        ticket: Ticket,
        /// What it signed.
        signature: Option<DuoSignature>,
    },
    /// The time that was waited for has come.
    Elapsed,
    /// The page came into sight, or went out of it.
    Visibility {
        /// Whether it can be seen.
        visible: bool,
    },
    /// The key is on the clipboard.
    Copied,
    /// The page's own code took what somebody signs up with, maybe changed it, or refused it.
    PageAnswered {
        /// What it was asked for.
        ticket: Ticket,
        /// What it made of it, or why not.
        outcome: Result<Value, Value>,
    },
}

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Sign in with name and password.
    SignIn {
        /// As typed.
        username: String,
        /// As typed; empty where the org asks for the name alone.
        password: Password,
        /// Whether to keep the user name for next time.
        keep_username: bool,
    },
    /// The person started to fill the form in.
    Touch,
    /// Go on with the session there is.
    Continue,
    /// End the session there is.
    SignOut,
    /// Use the factor at this place in the list.
    Choose(usize),
    /// Have the code sent, the phone asked, the other site opened.
    StartChallenge(Preferences),
    /// The same once more.
    Resend,
    /// Prove the factor.
    Prove {
        /// What was typed.
        proof: Proof,
        /// State of the boxes, where there are any.
        preferences: Preferences,
    },
    /// Ask the authenticator, or Duo, again.
    AskAgain,
    /// Go to the other site that proves the factor, or sets it up.
    Follow,
    /// Go on waiting for the phone.
    KeepWaiting,
    /// Set up the factor at this place in the list.
    Enroll(usize),
    /// Set up the factor in work with what was typed.
    EnrollWith(Enrollment),
    /// Prove a factor for the first time.
    Activate(Proof),
    /// Have the activation of the app sent to the phone.
    SendActivation {
        /// Name of the link: `email`, `sms`.
        by: &'static str,
        /// Where a text message goes, in E.164.
        phone_number: String,
    },
    /// Set the app up by typing a key.
    SetUpByHand,
    /// A new QR image, because the old one is too old.
    Restart,
    /// Copy the key of the factor in work, to paste it into an app.
    CopyKey,
    /// The password is forgotten, or the account is locked.
    OpenRecovery {
        /// Which.
        recovery: Recovery,
        /// As typed so far.
        username: String,
    },
    /// Begin the recovery.
    Recover {
        /// As typed.
        username: String,
        /// How the org is to reach the person.
        channel: Channel,
    },
    /// Sign up.
    SignUp(SignUp),
    /// See to one's own factors.
    Manage(Manage),
    /// Answer the recovery question.
    Answer(SecurityAnswer),
    /// Set a new password.
    ChangePassword {
        /// The present one; empty where it is not asked.
        old: Password,
        /// The new one.
        new: Password,
        /// The new one again.
        again: Password,
        /// Whether other sessions end.
        revoke_sessions: bool,
    },
    /// Allow an app what it asks for; of what may be left out, only these.
    Consent(Vec<String>),
    /// The code that another device shows.
    ActivateDevice(String),
    /// Leave the optional things out.
    Skip,
    /// One step back.
    Back,
    /// Give up and start over.
    Cancel,
    /// Do again what failed.
    Retry,
    /// Take up again what could not be taken up.
    Resume,
}

/// What a person wants who signs up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignUp {
    /// The form.
    Open {
        /// User name as typed so far.
        username: String,
    },
    /// Send it off.
    Send {
        /// What was typed, by the names of the fields.
        typed: Vec<(String, String)>,
        /// The phone number in E.164, where one is asked for.
        phone: String,
        /// The password.
        password: Password,
    },
    /// Sign in instead.
    Leave {
        /// User name or e-mail address as typed so far.
        username: String,
    },
}

/// What a person wants who sees to the factors there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manage {
    /// The list, fetched anew.
    Look,
    /// One more.
    Add,
    /// Try the one at this place.
    Test(usize),
    /// Go on setting up the one at this place.
    Finish(usize),
    /// Take the one at this place away.
    Remove(usize),
    /// Yes, take it away.
    Confirm,
    /// Give up the set-up in work.
    Abandon,
    /// Prove the password.
    Password(Password),
}

/// Ties an answer to the moment its request was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Answers of an older generation do nothing.
    pub generation: u32,
    /// How the answer is to be read.
    pub purpose: Purpose,
}

/// How an answer is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// As the transaction's next state.
    Transaction,
    /// As the transaction's present state, asked for because we lost track of it.
    StateQuery,
    /// As the state of a transaction that began elsewhere.
    Resume,
    /// As a new code for the challenge at hand.
    Resend,
    /// As the state of a challenge that another device answers. Nobody is kept waiting for it.
    Poll,
    /// As an authenticator's answer to a challenge, or to an enrolment.
    Credential,
    /// As Duo's word that it has been told.
    Duo,
    /// As the org's list of questions. Runs in the background.
    Questions,
    /// As the session there may be. Runs in the background.
    Session,
    /// As the end of that session, asked for by the person.
    SignOut,
    /// As the end of that session, before the next one begins.
    Replace,
    /// Not at all. Runs in the background.
    Farewell,
    /// As what the hook says to this.
    Hook(Asked),
}

impl Purpose {
    /// Whether the request goes on when the next one starts.
    pub fn is_background(self) -> bool {
        matches!(self, Self::Session | Self::Farewell | Self::Questions | Self::Hook(Asked::Questions))
    }

    /// Whether the answer may change the screen as it stands, so that typing and focus stay.
    pub fn is_update(self) -> bool {
        matches!(self, Self::Resend | Self::Poll)
    }
}
