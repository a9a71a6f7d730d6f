//! What a person must be told, without the text, which is in the message catalogue. Not here: an English sentence, or
//! an error's technical detail.

mod hook_notice;

pub use hook_notice::HookNotice;

use crate::tokens::TokenFailure;
use okta_authn::{TransportError, UntrustedLink};

/// One message over the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// The org's id of the error, for a support call.
    pub error_id: Option<String>,
    /// Whether trying again is right, and how.
    pub retry: Retry,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A field was left empty.
    Missing(FieldName),
    /// Name or password is wrong, or the account is locked without saying so.
    WrongCredentials,
    /// This password no longer lets anybody in: it has expired, or is known to others.
    PasswordUnusable,
    /// The password is wrong, where it is asked for alone.
    WrongPassword,
    /// The account is locked.
    LockedOut {
        /// Whether the person can unlock it here.
        may_unlock: bool,
    },
    /// The code is wrong.
    WrongCode,
    /// The answer is wrong.
    WrongAnswer,
    /// The code was used before.
    CodeUsed,
    /// The code is too old or too new.
    CodeOutsideWindow,
    /// The code of another device is wrong.
    WrongUserCode,
    /// The org doubts the phone number; the same again means it is right.
    PhoneDoubted,
    /// That is no phone number.
    PhoneInvalid,
    /// The phone number's country has none that is so short.
    PhoneTooShort,
    /// The phone number's country has none that is so long.
    PhoneTooLong,
    /// That is no extension of a telephone.
    ExtensionInvalid,
    /// The org sends nothing to this phone.
    PhoneUnsupported,
    /// The org has sent as many messages as it may.
    SendLimit,
    /// Serial number or code of a new token are wrong.
    TokenRefused,
    /// The org does not accept a new question or its answer.
    AnswerRefused,
    /// A new factor cannot be set up now.
    EnrollFailed,
    /// The authenticator must verify the person, and cannot.
    CredentialTooWeak,
    /// The org does not let this person do that.
    NotAllowed,
    /// The org does not let this account be recovered this way.
    RecoveryRefused,
    /// Nothing was sent again: the transaction had gone on meanwhile.
    NotSent,
    /// The transaction had gone on meanwhile, and this is where it stands.
    MovedOn,
    /// The old password is wrong.
    WrongOldPassword,
    /// The two new passwords differ.
    PasswordMismatch,
    /// The new password breaks a rule: the org's own text, where it has any.
    PasswordRefused(Option<String>),
    /// A token asks for a new PIN: the org's prompt.
    NewPinWanted(Option<String>),
    /// The token's PIN was taken, and its next code is asked for: the org's prompt.
    NextCodeWanted(Option<String>),
    /// The push was rejected on the phone.
    PushRejected,
    /// Nobody answered on the phone.
    PushTimedOut,
    /// The app on the phone is too old.
    PushUpgrade,
    /// The push was sent again.
    PushSent,
    /// The phone has not answered for a while; nothing has failed yet.
    PushSlow,
    /// The connection is lost; the phone's answer is unknown.
    PollLost,
    /// Polls are refused, because there are too many requests. They go on.
    PollSlowed,
    /// The org, or the hook, has a problem of its own, and polls fail. They go on.
    PollTroubled,
    /// The QR image has expired.
    QrExpired,
    /// The activation was sent to the phone.
    ActivationSent,
    /// The other site, or Duo, refused: the org's own text, where it has any.
    FactorFailed(Option<String>),
    /// The authenticator was not used.
    CredentialRefused,
    /// The authenticator is registered already.
    CredentialKnown,
    /// This browser or page cannot use authenticators.
    CredentialUnavailable,
    /// The link of a mail was used, or is too old.
    LinkSpent {
        /// Whether the person can ask for another one here.
        may_recover: bool,
    },
    /// The account is unlocked.
    Unlocked,
    /// The sign-in ends soon unless something happens.
    ExpiresSoon,
    /// It goes on, as the person wanted.
    KeptGoing,
    /// A code was sent a moment ago, and can be entered here.
    TooSoon,
    /// A code was sent a moment ago. There is no field for it here; wait.
    WaitToSend,
    /// A new code is on its way.
    CodeSent,
    /// The key is on the clipboard.
    KeyCopied,
    /// The sign-in took too long and starts over.
    SignInTimedOut,
    /// Too many requests; a pause runs.
    RateLimited,
    /// The policy does not let this person in.
    Denied,
    /// The device has no network.
    Offline,
    /// The org cannot be reached.
    Unreachable,
    /// The org did not answer in time.
    NoAnswer,
    /// Another page than the org answered.
    OtherPage,
    /// The page's own code, which prepares a request, has failed.
    PageFailed,
    /// The org has a problem of its own.
    ServerError,
    /// The response cannot be read.
    Unexpected,
    /// The org published a link that leads elsewhere; it was not followed.
    UntrustedLink {
        /// Where it leads.
        target: String,
    },
    /// The org's own text, for a code without a text of ours.
    Org(String),
    /// An error without a text.
    Failed,
    /// A session exists already.
    AlreadySignedIn {
        /// Who is signed in.
        login: String,
    },
    /// The session was ended.
    SignedOut,
    /// The browser should have left the page by now.
    StillHere,
    /// The person is signed in, and there are no tokens.
    Tokens(TokenFailure),
    /// What only the hook, or a registration, leads to.
    Hook(HookNotice),
}

/// Decides colour, icon and how a notice is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Information.
    Info,
    /// An error.
    Error,
}

/// Fields that a notice can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// The user name.
    Username,
    /// The password.
    Password,
    /// A one-time code.
    Passcode,
    /// The answer to a question.
    Answer,
    /// The present password.
    OldPassword,
    /// The new password.
    NewPassword,
    /// The new password again.
    NewPasswordAgain,
    /// The country of a phone number.
    Country,
    /// A phone number.
    Phone,
    /// A security question of one's own.
    Question,
    /// Serial number or account name of a token.
    CredentialId,
    /// The code after the first one.
    NextPasscode,
    /// The code another device shows.
    UserCode,
    /// An e-mail address.
    Email,
    /// A field that the hook, or the page, publishes; the step says which.
    Published,
}

/// Whether trying again is right, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It is not right.
    No,
    /// Submit the form again, as it stands: the machine keeps nothing that was typed.
    Form,
    /// Repeat the request.
    Again,
}

impl From<TransportError> for NoticeKind {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::Unreachable => Self::Unreachable,
            TransportError::TimedOut => Self::NoAnswer,
            TransportError::OtherPage => Self::OtherPage,
            TransportError::PageFailed => Self::PageFailed,
        }
    }
}

impl From<UntrustedLink> for NoticeKind {
    fn from(UntrustedLink { target }: UntrustedLink) -> Self {
        Self::UntrustedLink { target }
    }
}

impl NoticeKind {
    /// Whether somebody has to look into it, for whom the org's id of the error is. The rest is of everyday.
    pub(crate) fn is_unexpected(&self) -> bool {
        matches!(
            self,
            Self::Org(_)
                | Self::Failed
                | Self::ServerError
                | Self::Denied
                | Self::NotAllowed
                | Self::Hook(HookNotice::NotPermitted | HookNotice::NotAccepted)
        )
    }

    /// The org's own sentence, where it is shown in place of one of ours. It is in English.
    pub fn org_words(&self) -> Option<&String> {
        let words = match self {
            Self::Org(words) => Some(words),
            Self::PasswordRefused(words)
            | Self::NewPinWanted(words)
            | Self::NextCodeWanted(words)
            | Self::FactorFailed(words) => words.as_ref(),
            _ => None,
        };
        words.filter(|words| !words.trim().is_empty())
    }

    /// Whether it says that polls fail, and go on: a good answer ends it.
    pub(crate) fn is_of_failing_polls(&self) -> bool {
        matches!(self, Self::PollSlowed | Self::PollTroubled)
    }

    /// Whether it is over when a message may be sent again.
    pub(crate) fn ends_with_resend_wait(&self) -> bool {
        matches!(self, Self::TooSoon | Self::WaitToSend)
    }

    /// Whether what was typed was not at fault, and stays.
    pub(crate) fn keeps_secrets(&self) -> bool {
        matches!(self, Self::TooSoon | Self::WaitToSend | Self::SendLimit | Self::PhoneDoubted)
    }
}

impl Notice {
    /// A notice that offers no retry.
    pub fn of(kind: NoticeKind) -> Self {
        Self { kind, error_id: None, retry: Retry::No }
    }

    /// Its severity.
    pub fn severity(&self) -> Severity {
        match &self.kind {
            NoticeKind::Hook(kind) => kind.severity(),
            NoticeKind::CodeSent
            | NoticeKind::KeyCopied
            | NoticeKind::PushSent
            | NoticeKind::PushSlow
            | NoticeKind::PollSlowed
            | NoticeKind::PollTroubled
            | NoticeKind::ActivationSent
            | NoticeKind::TooSoon
            | NoticeKind::WaitToSend
            | NoticeKind::NotSent
            | NoticeKind::MovedOn
            | NoticeKind::NewPinWanted(_)
            | NoticeKind::NextCodeWanted(_)
            | NoticeKind::QrExpired
            | NoticeKind::CredentialRefused
            | NoticeKind::Unlocked
            | NoticeKind::ExpiresSoon
            | NoticeKind::KeptGoing
            | NoticeKind::SignInTimedOut
            | NoticeKind::AlreadySignedIn { .. }
            | NoticeKind::SignedOut
            | NoticeKind::StillHere => Severity::Info,
            _ => Severity::Error,
        }
    }

    /// The field it is about, which is marked as invalid.
    pub fn field(&self) -> Option<FieldName> {
        match &self.kind {
            NoticeKind::Hook(kind) => kind.field(),
            NoticeKind::Missing(field) => Some(*field),
            NoticeKind::WrongCode
            | NoticeKind::CodeUsed
            | NoticeKind::CodeOutsideWindow
            | NoticeKind::TokenRefused
            | NoticeKind::NewPinWanted(_)
            | NoticeKind::NextCodeWanted(_) => Some(FieldName::Passcode),
            NoticeKind::WrongAnswer | NoticeKind::AnswerRefused => Some(FieldName::Answer),
            NoticeKind::WrongCredentials | NoticeKind::WrongPassword => Some(FieldName::Password),
            NoticeKind::WrongUserCode => Some(FieldName::UserCode),
            NoticeKind::WrongOldPassword => Some(FieldName::OldPassword),
            NoticeKind::PasswordRefused(_) => Some(FieldName::NewPassword),
            NoticeKind::PasswordMismatch => Some(FieldName::NewPasswordAgain),
            NoticeKind::PhoneDoubted
            | NoticeKind::PhoneInvalid
            | NoticeKind::PhoneTooShort
            | NoticeKind::PhoneTooLong
            | NoticeKind::PhoneUnsupported => Some(FieldName::Phone),
            _ => None,
        }
    }

    /// Whether it is about what was typed, and so ends when something else is typed. A prompt stays.
    pub(crate) fn ends_with_typing(&self) -> bool {
        let is_about_input = self.field().is_some()
            || matches!(self.kind, NoticeKind::Org(_) | NoticeKind::Failed | NoticeKind::Hook(HookNotice::NotAccepted));
        is_about_input && self.severity() == Severity::Error
    }

    /// Whether it may be replaced by something newer that nobody waits for: an outdated piece of news is, and what must be
    /// read first is not.
    pub(crate) fn is_news(&self) -> bool {
        self.severity() == Severity::Info && !self.takes_focus()
    }

    /// Whether it offers to prolong the sign-in, which no news replaces.
    pub(crate) fn is_offer(&self) -> bool {
        self.kind == NoticeKind::ExpiresSoon
    }

    /// Whether it must be read before anything else: focus goes to the field that it is about, else to the message.
    /// Not for news that must not interrupt typing.
    pub fn takes_focus(&self) -> bool {
        !matches!(
            self.kind,
            NoticeKind::Missing(_)
                | NoticeKind::PasswordMismatch
                | NoticeKind::CodeSent
                | NoticeKind::TooSoon
                | NoticeKind::NotSent
                | NoticeKind::MovedOn
                | NoticeKind::KeyCopied
                | NoticeKind::PushSent
                | NoticeKind::PushSlow
                | NoticeKind::PollSlowed
                | NoticeKind::PollTroubled
                | NoticeKind::ActivationSent
                | NoticeKind::ExpiresSoon
                | NoticeKind::KeptGoing
                | NoticeKind::AlreadySignedIn { .. }
                | NoticeKind::Hook(HookNotice::CheckFields)
        )
    }
}
