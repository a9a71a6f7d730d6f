//! What can happen to the machine. Never here: DOM events; components translate those into an [`Intent`].

use crate::authn::request::Proof;
use crate::authn::{Answer, Passcode, Password, TransportError};

/// Something happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The widget is on the page.
    Begin {
        /// User name kept from last time.
        remembered: Option<String>,
    },
    /// The browser showed the page again after leaving it; whatever was going on is over.
    Restored {
        /// User name kept from last time.
        remembered: Option<String>,
    },
    /// The person did something.
    User(Intent),
    /// A request ended.
    Replied {
        /// Which one.
        ticket: Ticket,
        /// How.
        outcome: Result<Answer, TransportError>,
    },
    /// A second, or what was left of one, went by.
    Elapsed,
    /// The key is on the clipboard.
    Copied,
}

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Sign in with name and password.
    SignIn {
        /// As typed.
        username: String,
        /// As typed.
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
    /// Send the code.
    SendCode {
        /// State of the box, where there is one.
        remember_device: Option<bool>,
    },
    /// Send the code once more.
    Resend,
    /// Prove the factor.
    Prove {
        /// What was typed.
        proof: Proof,
        /// State of the box, where there is one.
        remember_device: Option<bool>,
    },
    /// Set up the factor at this place in the list.
    Enroll(usize),
    /// Prove a factor for the first time.
    Activate(Passcode),
    /// Copy the key of the factor in work, to paste it into an app.
    CopyKey,
    /// Leave the optional things out.
    Skip,
    /// One step back.
    Back,
    /// Give up and start over.
    Cancel,
    /// Do again what failed.
    Retry,
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
    /// As a new code for the challenge at hand.
    Resend,
    /// As the session there may be. Runs in the background.
    Session,
    /// As the end of that session, asked for by the person.
    SignOut,
    /// As the end of that session, before the next one begins.
    Replace,
    /// Not at all. Runs in the background.
    Farewell,
}

impl Purpose {
    /// Whether the request goes on when the next one starts.
    pub fn is_background(self) -> bool {
        matches!(self, Self::Session | Self::Farewell)
    }
}
