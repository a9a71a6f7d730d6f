//! What a person must be told, without the words: those are in the catalogue. Never here: an English
//! sentence, or an error's technical detail.

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
    /// The account is locked.
    LockedOut,
    /// The code is wrong.
    WrongCode,
    /// The answer is wrong.
    WrongAnswer,
    /// The code was used before.
    CodeUsed,
    /// The code is too old or too new.
    CodeOutsideWindow,
    /// A code was sent a moment ago; wait.
    TooSoon,
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
    /// The org has a problem of its own.
    ServerError,
    /// The answer makes no sense.
    Unexpected,
    /// The org published a link that leads elsewhere; it was not followed.
    UntrustedLink {
        /// Where it leads.
        target: String,
    },
    /// The org's own words, for a code we have none for.
    Org(String),
    /// An error without words.
    Failed,
    /// A session is there already.
    AlreadySignedIn {
        /// Who is signed in.
        login: String,
    },
    /// The session was ended.
    SignedOut,
}

/// How grave it is: decides colour, icon and how it is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Something must be done.
    Error,
}

/// Fields a notice can speak of.
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
}

/// Whether trying again is right, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It is not.
    No,
    /// Submit the form again, as it stands: the machine keeps nothing that was typed.
    Form,
    /// Do the same again.
    Again,
}

impl Notice {
    /// A notice that offers no retry.
    pub fn of(kind: NoticeKind) -> Self {
        Self { kind, error_id: None, retry: Retry::No }
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        match self.kind {
            NoticeKind::CodeSent
            | NoticeKind::KeyCopied
            | NoticeKind::SignInTimedOut
            | NoticeKind::AlreadySignedIn { .. }
            | NoticeKind::SignedOut => Severity::Info,
            _ => Severity::Error,
        }
    }

    /// The field it speaks of: marked as invalid.
    pub fn field(&self) -> Option<FieldName> {
        match self.kind {
            NoticeKind::Missing(field) => Some(field),
            NoticeKind::WrongCode | NoticeKind::CodeUsed | NoticeKind::CodeOutsideWindow => Some(FieldName::Passcode),
            NoticeKind::WrongAnswer => Some(FieldName::Answer),
            _ => None,
        }
    }

    /// Whether focus goes to the message. Not where a field was left empty (focus goes to that field), and
    /// not for news that must not interrupt typing.
    pub fn takes_focus(&self) -> bool {
        !matches!(
            self.kind,
            NoticeKind::Missing(_) | NoticeKind::CodeSent | NoticeKind::KeyCopied | NoticeKind::AlreadySignedIn { .. }
        )
    }
}
