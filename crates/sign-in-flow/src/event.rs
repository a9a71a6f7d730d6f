//! What can happen to a machine. Not here: DOM events; views translate those into an [`Intent`].

use crate::apart::Apart;
use crate::handoff::{Handoff, Recovery, ReturnToStart};
use crate::phone::PhoneEntry;
use crate::ticket::Ticket;
use crate::tokens::{TokenApp, TokenEvent, TokenFailure};
use okta_authn::request::{EnrollRequest, Preferences, Proof};
use okta_authn::wire::Value;
use okta_authn::{
    AuthnError, Channel, Credential, CredentialError, DuoSignature, Password, Response, SecurityAnswer, TransportError,
};

/// Something happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The widget is on the page. What the person did before, in a form that was in the page's HTML, came before it
    /// and is kept.
    Begin {
        /// User name remembered from last time.
        remembered: Option<String>,
    },
    /// The browser showed the page again after leaving it; what was in progress has ended.
    Restored {
        /// User name remembered from last time.
        remembered: Option<String>,
    },
    /// The code of the next machine could not be loaded.
    HandoffFailed(Box<Handoff>),
    /// The transaction machine has ended without a result.
    Returned(Box<ReturnToStart>),
    /// The person did something.
    User(Intent),
    /// A request ended.
    Replied {
        /// Which one.
        ticket: Ticket,
        /// How.
        outcome: Result<Response, TransportError>,
    },
    /// An authenticator answered, or did not.
    Credential {
        /// What it was asked for.
        ticket: Ticket,
        /// Its answer.
        outcome: Result<Credential, CredentialError>,
    },
    /// Duo's frame answered; `None` when it could not be shown.
    Duo {
        /// What it was asked for.
        ticket: Ticket,
        /// What it signed.
        signature: Option<DuoSignature>,
    },
    /// The org was asked which identity provider the user name belongs to.
    Discovered {
        /// That of the handoff.
        ticket: Ticket,
        /// The provider's address; `None` where the org itself asks for the password.
        outcome: Result<Option<String>, AuthnError>,
    },
    /// What asks for tokens was loaded, or not.
    TokensLoaded {
        /// What it was asked for.
        ticket: Ticket,
        /// The app that gets them: `Unavailable` where nothing could be loaded, `Misconfigured` where what the page says of
        /// its app is wrong, which the page's developer was told.
        loaded: Result<TokenApp, TokenFailure>,
    },
    /// The browser has done something on the way to tokens.
    Tokens {
        /// What it was asked for.
        ticket: Ticket,
        /// What came of it.
        event: Apart<TokenEvent>,
    },
    /// The time that was waited for has come.
    Elapsed,
    /// The page was shown or hidden.
    Visibility {
        /// Whether it can be seen.
        visible: bool,
    },
    /// The device has a network again.
    Online,
    /// The key is on the clipboard.
    Copied,
    /// The page's own code failed when it was called about a registration: it threw, or did not answer in time.
    PageFailed {
        /// What it was asked for.
        ticket: Ticket,
    },
    /// The page's own code, which was told of the success, lets the browser leave.
    Leave,
    /// The page's own code accepted the values of a registration, maybe changed them, or refused them.
    PageReplied {
        /// What it was asked for.
        ticket: Ticket,
        /// The values, or why not.
        outcome: Result<Value, Value>,
    },
}

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Sign in with user name and password.
    SignIn {
        /// As typed.
        username: String,
        /// As typed; empty where the org asks for the name alone.
        password: Password,
        /// Whether to remember the user name.
        remember_username: bool,
    },
    /// The person types, or chooses, in the form.
    Edit,
    /// Continue with the session that exists.
    Continue,
    /// End a session: the one that exists, or the one of factor management.
    SignOut,
    /// Use the factor at this place in the list.
    Choose(usize),
    /// Send the code, ask the phone, open the other site.
    StartChallenge(Preferences),
    /// The same once more.
    Resend,
    /// Prove the factor.
    Prove {
        /// As typed.
        proof: Proof,
        /// State of the boxes, where there are any.
        preferences: Preferences,
    },
    /// Ask the authenticator, or Duo, again.
    AskAgain,
    /// Go to the other site that proves the factor, or sets it up.
    OpenSite,
    /// Go on waiting for the phone.
    KeepWaiting,
    /// Go on with a sign-in that ends soon.
    KeepGoing,
    /// Set up the factor at this place in the list.
    Enroll(usize),
    /// Set up the chosen factor with the values typed.
    EnrollWith(EnrollRequest),
    /// Set up the chosen factor with a phone number.
    EnrollPhone(PhoneEntry),
    /// Prove a new factor for the first time.
    Activate(Proof),
    /// Send the activation of the app to the phone.
    SendActivation {
        /// Name of the link: `email`, `sms`.
        by: &'static str,
        /// Where a text message goes.
        phone: PhoneEntry,
    },
    /// Set the app up by typing a key.
    SetUpByHand,
    /// A new QR image, because the old one has expired.
    Restart,
    /// Copy the key of the new factor, to paste it into an app.
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
    /// Register.
    Registration(RegistrationIntent),
    /// Manage one's own factors.
    Manage(ManageIntent),
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
    /// Grant an app what it asks for; of optional scopes, only these.
    Consent(Vec<String>),
    /// What the org wants to know, by the names of the fields.
    Profile(Vec<(String, String)>),
    /// The code that another device shows.
    ActivateDevice(String),
    /// Leave out what is optional.
    Skip,
    /// One step back.
    Back,
    /// The browser's Back: one step back where there is one, else as Cancel.
    BrowserBack,
    /// Cancel, and return to the start form.
    Cancel,
    /// The same for somebody else: the start form is empty.
    ChangeUser,
    /// Repeat what failed.
    Retry,
    /// Resume once more what could not be resumed.
    Resume,
}

impl Intent {
    /// Whether it is allowed while a request is in progress, because it leaves the step or changes nothing.
    pub(crate) fn is_allowed_while_busy(&self) -> bool {
        matches!(
            self,
            Self::Back
                | Self::BrowserBack
                | Self::Cancel
                | Self::ChangeUser
                | Self::Choose(_)
                | Self::Edit
                | Self::CopyKey
                | Self::OpenRecovery { .. }
                | Self::Registration(
                    RegistrationIntent::Open { .. } | RegistrationIntent::Edit(_) | RegistrationIntent::Leave { .. }
                )
        )
    }
}

/// What a person wants who registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationIntent {
    /// The form.
    Open {
        /// User name as typed so far.
        username: String,
    },
    /// The field of this name is changed.
    Edit(String),
    /// Submit it.
    Submit {
        /// The values, by the names of the fields.
        values: Vec<(String, String)>,
        /// The phone number, where one is asked for.
        phone: PhoneEntry,
        /// The password.
        password: Password,
    },
    /// Sign in instead.
    Leave {
        /// User name or e-mail address as typed so far.
        username: String,
    },
}

/// What a person wants who manages their factors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManageIntent {
    /// Fetch the list again.
    Reload,
    /// Add a factor.
    Add,
    /// Test the one at this place.
    Test(usize),
    /// Finish setting up the one at this place.
    Finish(usize),
    /// Remove the one at this place.
    Remove(usize),
    /// Confirm the removal.
    ConfirmRemoval,
    /// Give up the setup in progress.
    CancelSetup,
    /// Prove the password.
    Password(Password),
    /// Sign out here and everywhere else.
    SignOutEverywhere,
}
