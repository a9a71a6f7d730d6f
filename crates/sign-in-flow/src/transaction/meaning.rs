//! What an error of the org means on a step of the transaction: the same code is a wrong answer here and a wrong
//! password there, and some make no sense at all. Not here: the texts, or what every step does alike (`failure`).

use super::TransactionStep;
use super::device::Device;
use super::enroll::{Enroll, EnrollStep};
use super::password::{NewPassword, PasswordReason};
use super::recovery::Recovery;
use super::verify::{Verify, VerifyStep};
use crate::factor_method::{EnrollMethod, VerifyMethod, enroll_method, verify_method};
use crate::failure::{Meaning, general};
use crate::notice::{HookNotice, NoticeKind};
use crate::ticket::Purpose;
use okta_authn::{ApiError, ErrorCode, FactorKind};

/// Steps, as far as errors differ on them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A factor is chosen, and may have to be challenged first.
    Choose(VerifyMethod),
    /// A factor is proved.
    Prove(VerifyMethod),
    /// A code is sent again.
    Resend,
    /// The activation of an app is sent to a phone.
    SetUpApp,
    /// Something must be typed to set a factor up.
    EnrollForm(EnrollMethod),
    /// A factor is chosen to be set up.
    EnrollList,
    /// A new password, and the old one where there is one.
    NewPassword { with_old: bool },
    /// A forgotten password, or a locked account.
    Recover,
    /// Its code.
    RecoveryCode,
    /// Its question.
    RecoveryQuestion,
    /// What the org wants to know about the person.
    Profile,
    /// The code of another device.
    Device,
    /// The first sign-in of a new user.
    Registered,
    /// Nothing is typed.
    Elsewhere,
}

impl Place {
    fn of(step: &TransactionStep, purpose: Purpose) -> Self {
        let prove = |kind| Self::Prove(verify_method(kind));
        match step {
            _ if purpose == Purpose::PrimaryAfterRegistration => Self::Registered,
            TransactionStep::Verify(Verify { step: VerifyStep::Choose(step), .. }) => {
                step.factor().map_or(Self::Elsewhere, |factor| match verify_method(factor.kind()) {
                    _ if step.code_sent => Self::Prove(VerifyMethod::SentCode),
                    method => Self::Choose(method),
                })
            }
            TransactionStep::Verify(Verify { step: VerifyStep::Challenge(step), .. }) => prove(step.factor.kind()),
            TransactionStep::Enroll(Enroll { step, .. }) => match step {
                EnrollStep::List(_) => Self::EnrollList,
                EnrollStep::Form(form) => {
                    form.factor().map_or(Self::EnrollList, |factor| Self::EnrollForm(enroll_method(factor.kind())))
                }
                // What is sent again is the app's activation, to a phone number that was typed.
                EnrollStep::Activate(step) if step.factor.kind() == FactorKind::Push && purpose == Purpose::Resend => {
                    Self::SetUpApp
                }
                EnrollStep::Activate(step) => prove(step.factor.kind()),
            },
            TransactionStep::Password(NewPassword { reason, .. }) => {
                Self::NewPassword { with_old: *reason != PasswordReason::Reset }
            }
            TransactionStep::Recovery(Recovery::Form(_)) => Self::Recover,
            TransactionStep::Recovery(Recovery::Challenge(_)) => Self::RecoveryCode,
            TransactionStep::Recovery(Recovery::Question(_)) => Self::RecoveryQuestion,
            TransactionStep::Profile(_) => Self::Profile,
            TransactionStep::Device(Device::Ask { .. }) => Self::Device,
            _ => Self::Elsewhere,
        }
    }

    /// The same where nothing is proved: what is asked for is a message.
    fn without_proof(self) -> Self {
        match self {
            Self::Prove(VerifyMethod::SentCode) => Self::Resend,
            other => other,
        }
    }

    /// What a proof that the org refuses was.
    fn wrong_proof(self) -> Option<NoticeKind> {
        Some(match self {
            Self::Choose(VerifyMethod::Answer) | Self::Prove(VerifyMethod::Answer) | Self::RecoveryQuestion => {
                NoticeKind::WrongAnswer
            }
            Self::Choose(VerifyMethod::Password)
            | Self::Prove(VerifyMethod::Password)
            | Self::EnrollForm(EnrollMethod::Password) => NoticeKind::WrongPassword,
            Self::EnrollForm(EnrollMethod::Token | EnrollMethod::TokenTwice) => NoticeKind::TokenRefused,
            Self::EnrollForm(EnrollMethod::Question) => NoticeKind::AnswerRefused,
            Self::Device => NoticeKind::WrongUserCode,
            Self::Profile => NoticeKind::Hook(HookNotice::NotAccepted),
            // The push's app also shows codes.
            Self::Choose(VerifyMethod::Code | VerifyMethod::Push)
            | Self::Prove(VerifyMethod::SentCode | VerifyMethod::Code | VerifyMethod::Push)
            | Self::EnrollForm(EnrollMethod::Passcode)
            | Self::RecoveryCode => NoticeKind::WrongCode,
            Self::Choose(_) | Self::Prove(_) | Self::SetUpApp => NoticeKind::FactorFailed(None),
            _ => return None,
        })
    }

    fn is_recovery(self) -> bool {
        matches!(self, Self::Recover | Self::RecoveryCode | Self::RecoveryQuestion)
    }

    fn asks_phone(self) -> bool {
        matches!(self, Self::EnrollForm(EnrollMethod::Phone) | Self::SetUpApp)
    }

    /// Whether something is sent to the person from here.
    fn sends(self) -> bool {
        self.asks_phone()
            || matches!(
                self,
                Self::Resend
                    | Self::Choose(VerifyMethod::SentCode)
                    | Self::Prove(VerifyMethod::SentCode)
                    | Self::EnrollList
                    | Self::Recover
                    | Self::RecoveryCode
            )
    }

    fn asks_code(self) -> bool {
        matches!(self.wrong_proof(), Some(NoticeKind::WrongCode | NoticeKind::TokenRefused))
    }
}

/// What this error means on this step.
pub(super) fn of(step: &TransactionStep, error: &ApiError, purpose: Purpose) -> Meaning {
    let place = Place::of(step, purpose);
    if let Some(kind) = ends(place, error) {
        // Who has just registered returns to the start form in any case.
        return if place == Place::Registered { Meaning::Told(kind) } else { Meaning::Over(kind) };
    }
    // Nothing was typed to have a message sent again.
    let place = if purpose == Purpose::Resend { place.without_proof() } else { place };
    Meaning::Told(tells(place, error).unwrap_or_else(|| general(error)))
}

/// Errors after which the sign-in starts over.
fn ends(place: Place, error: &ApiError) -> Option<NoticeKind> {
    Some(match error.code.as_ref()? {
        ErrorCode::InvalidToken | ErrorCode::InvalidSession => NoticeKind::SignInTimedOut,
        ErrorCode::UserLocked => NoticeKind::LockedOut { may_unlock: false },
        // The form that unlocks an account cannot send people to itself.
        ErrorCode::LockedOut if place != Place::Recover => NoticeKind::LockedOut { may_unlock: false },
        ErrorCode::LinkSpent | ErrorCode::OtherLinkSpent => match place {
            Place::NewPassword { .. } | Place::RecoveryCode | Place::RecoveryQuestion => {
                NoticeKind::LinkSpent { may_recover: true }
            }
            _ => NoticeKind::SignInTimedOut,
        },
        ErrorCode::PasswordExpired | ErrorCode::PasswordBreached => NoticeKind::PasswordUnusable,
        ErrorCode::AuthenticationFailed | ErrorCode::WrongCredentials if place == Place::Registered => {
            NoticeKind::WrongCredentials
        }
        // After the first step this is a policy's word: name and password were right.
        ErrorCode::AuthenticationFailed | ErrorCode::WrongCredentials
            if place != Place::Recover && place.wrong_proof() != Some(NoticeKind::WrongPassword) =>
        {
            NoticeKind::Denied
        }
        ErrorCode::SignOnDenied if place != Place::Recover => NoticeKind::Denied,
        _ => return None,
    })
}

fn tells(place: Place, error: &ApiError) -> Option<NoticeKind> {
    let words = || error.summary.clone().filter(|_| error.has_cause);
    let is_factor = matches!(place, Place::Choose(_) | Place::Prove(_) | Place::Resend | Place::SetUpApp);
    let kind = match error.code.as_ref()?.as_str() {
        "E0000004" | "E0000207" if place != Place::Recover => NoticeKind::WrongPassword,
        "E0000068" => return place.wrong_proof(),
        "E0000087" => return place.wrong_proof().filter(|kind| *kind == NoticeKind::WrongAnswer),
        "E0000082" if place.asks_code() => NoticeKind::CodeUsed,
        "E0000083" if place.asks_code() => NoticeKind::CodeOutsideWindow,
        "E0000113" if place.asks_code() => NoticeKind::NewPinWanted(error.summary.clone()),
        "E0000014" | "E0000080" | "E0000001" if matches!(place, Place::NewPassword { .. }) => {
            let words = words();
            match place {
                Place::NewPassword { with_old: true } if is_about_old_password(words.as_deref()) => {
                    NoticeKind::WrongOldPassword
                }
                _ => NoticeKind::PasswordRefused(words),
            }
        }
        "E0000001" | "E0000002" | "E0000003" | "E0000028" | "E0000098" if place == Place::SetUpApp => {
            NoticeKind::PhoneInvalid
        }
        "E0000098" if place.asks_phone() => NoticeKind::PhoneDoubted,
        "E0000001" | "E0000002" | "E0000003" | "E0000028" if place.asks_phone() => NoticeKind::PhoneInvalid,
        "E0000001" | "E0000002" | "E0000003" | "E0000028" if place != Place::Recover => return place.wrong_proof(),
        "E0000121" if place.asks_phone() => NoticeKind::ExtensionInvalid,
        "E0000097" | "E0000098" | "E0000099" | "E0000140" if place.sends() && !place.is_recovery() => {
            NoticeKind::PhoneUnsupported
        }
        "E0000146" | "E0000147" | "E0000150" | "E0000151" | "E0000186" | "E0000204" | "E0000205" if place.sends() => {
            NoticeKind::SendLimit
        }
        "E0000109" | "E0000118" | "E0000133" if place.sends() => match place {
            Place::Choose(_) | Place::Prove(_) | Place::Resend | Place::RecoveryCode => NoticeKind::TooSoon,
            _ => NoticeKind::WaitToSend,
        },
        "E0000158" if is_factor => NoticeKind::CredentialTooWeak,
        "E0000170" if place == Place::Device => NoticeKind::WrongUserCode,
        "E0000073" if place == Place::Prove(VerifyMethod::Push) => NoticeKind::PushRejected,
        "E0000066" | "E0000073" | "E0000074" if is_factor => NoticeKind::FactorFailed(None),
        "E0000066" | "E0000073" | "E0000074" if matches!(place, Place::EnrollForm(_) | Place::EnrollList) => {
            NoticeKind::EnrollFailed
        }
        "E0000135" => NoticeKind::Org(words()?),
        "E0000001" | "E0000004" | "E0000207" | "E0000085" | "E0000097" | "E0000098" | "E0000099" | "E0000119"
        | "E0000140"
            if place.is_recovery() =>
        {
            NoticeKind::RecoveryRefused
        }
        "E0000006" | "E0000014" | "E0000015" | "E0000016" | "E0000017" | "E0000032" | "E0000034" | "E0000035"
        | "E0000036" | "E0000038" | "E0000080" | "E0000095" => {
            if place.is_recovery() {
                NoticeKind::RecoveryRefused
            } else {
                NoticeKind::NotAllowed
            }
        }
        _ => return None,
    };
    Some(kind)
}

/// One code has two meanings; the cause tells them apart (docs/authn-api.md#change-the-password).
fn is_about_old_password(cause: Option<&str>) -> bool {
    cause.and_then(|cause| cause.get(..3)).is_some_and(|start| start.eq_ignore_ascii_case("old"))
}
