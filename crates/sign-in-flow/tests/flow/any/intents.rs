//! Everything a person could want, with a secret that nobody used before where something is typed.

use crate::harness::{activation, answer, code, new_password, send_code, sign_in};
use okta_authn::request::{EnrollRequest, Preferences, Proof};
use okta_authn::{Channel, Passcode, Password, SecurityAnswer};
use proptest::prelude::*;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::{Intent, PhoneEntry};

#[derive(Clone, Copy, Debug)]
pub(super) enum AnyIntent {
    SignIn,
    Edit,
    Continue,
    SignOut,
    Choose(usize),
    SendCode,
    RememberAndSend(bool),
    Resend,
    ProveCode,
    ProveAnswer,
    ProvePassword,
    AskAgain,
    OpenSite,
    KeepWaiting,
    KeepGoing,
    Enroll(usize),
    /// A phone number, one of two; with an extension or none.
    EnrollPhone(bool, bool),
    EnrollQuestion,
    EnrollToken(bool),
    EnrollPasscode,
    EnrollPassword,
    Activate,
    SendActivation(bool),
    SetUpByHand,
    Restart,
    CopyKey,
    OpenRecovery(bool),
    Recover(usize),
    Answer,
    /// Typed the same twice, or not.
    ChangePassword(bool),
    Consent(bool),
    ActivateDevice,
    Skip,
    Back,
    BrowserBack,
    Cancel,
    ChangeUser,
    Retry,
    Resume,
}

impl AnyIntent {
    /// The intent, with `secret` typed where something is typed.
    pub(super) fn intent(self, secret: &str) -> Intent {
        match self {
            Self::SignIn => sign_in("jeff", secret),
            Self::Edit => Intent::Edit,
            Self::Continue => Intent::Continue,
            Self::SignOut => Intent::SignOut,
            Self::Choose(place) => Intent::Choose(place),
            Self::SendCode => send_code(),
            Self::RememberAndSend(yes) => {
                Intent::StartChallenge(Preferences { remember_device: Some(yes), auto_push: Some(yes) })
            }
            Self::Resend => Intent::Resend,
            Self::ProveCode => code(secret),
            Self::ProveAnswer => answer(secret),
            Self::ProvePassword => {
                Intent::Prove { proof: Proof::Password(Password::new(secret)), preferences: Preferences::default() }
            }
            Self::AskAgain => Intent::AskAgain,
            Self::OpenSite => Intent::OpenSite,
            Self::KeepWaiting => Intent::KeepWaiting,
            Self::KeepGoing => Intent::KeepGoing,
            Self::Enroll(place) => Intent::Enroll(place),
            Self::EnrollPhone(one, extended) => Intent::EnrollPhone(PhoneEntry {
                extension: if extended { "7" } else { "" }.to_owned(),
                ..PhoneEntry::of(if one { "+491" } else { "+492" })
            }),
            Self::EnrollQuestion => {
                let answer = SecurityAnswer::new(secret);
                Intent::EnrollWith(EnrollRequest::Question { question: "toy".to_owned(), answer })
            }
            Self::EnrollToken(twice) => Intent::EnrollWith(EnrollRequest::Token {
                credential_id: "VS1".to_owned(),
                passcode: Passcode::new(secret),
                next_passcode: twice.then(|| Passcode::new("1")),
            }),
            Self::EnrollPasscode => Intent::EnrollWith(EnrollRequest::Passcode(Passcode::new(secret))),
            Self::EnrollPassword => Intent::EnrollWith(EnrollRequest::Password(Password::new(secret))),
            Self::Activate => activation(secret),
            Self::SendActivation(by_sms) => {
                Intent::SendActivation { by: if by_sms { "sms" } else { "email" }, phone: PhoneEntry::of("+491") }
            }
            Self::SetUpByHand => Intent::SetUpByHand,
            Self::Restart => Intent::Restart,
            Self::CopyKey => Intent::CopyKey,
            Self::OpenRecovery(unlock) => Intent::OpenRecovery {
                recovery: if unlock { Recovery::Unlock } else { Recovery::Password },
                username: "jeff".to_owned(),
            },
            Self::Recover(channel) => {
                let channel = [Channel::Email, Channel::Sms, Channel::Call][channel % 3].clone();
                Intent::Recover { username: "jeff".to_owned(), channel }
            }
            Self::Answer => Intent::Answer(SecurityAnswer::new(secret)),
            Self::ChangePassword(twice) => new_password("old", secret, if twice { secret } else { "other" }),
            Self::Consent(all) => Intent::Consent(if all { vec!["mail".to_owned()] } else { Vec::new() }),
            Self::ActivateDevice => Intent::ActivateDevice("ABCD".to_owned()),
            Self::Skip => Intent::Skip,
            Self::Back => Intent::Back,
            Self::BrowserBack => Intent::BrowserBack,
            Self::Cancel => Intent::Cancel,
            Self::ChangeUser => Intent::ChangeUser,
            Self::Retry => Intent::Retry,
            Self::Resume => Intent::Resume,
        }
    }
}

/// What a person does who reads the screen: one of the intents that belong to the step.
pub(super) fn fitting(step: &str, pick: usize) -> AnyIntent {
    let intents: &[AnyIntent] = match step {
        "Start" => &[AnyIntent::SignIn, AnyIntent::SignIn, AnyIntent::OpenRecovery(false)],
        "Session" => &[AnyIntent::Continue, AnyIntent::SignOut],
        "MfaRequired" => &[AnyIntent::SendCode, AnyIntent::ProveCode, AnyIntent::ProveAnswer, AnyIntent::Choose(1)],
        "MfaChallenge" => {
            &[AnyIntent::ProveCode, AnyIntent::Resend, AnyIntent::AskAgain, AnyIntent::Choose(1), AnyIntent::Back]
        }
        "MfaEnroll" => &[AnyIntent::Enroll(0), AnyIntent::Enroll(1), AnyIntent::Enroll(2), AnyIntent::Skip],
        "EnrollForm" => &[
            AnyIntent::EnrollPhone(true, false),
            AnyIntent::EnrollQuestion,
            AnyIntent::EnrollToken(true),
            AnyIntent::EnrollPasscode,
            AnyIntent::EnrollPassword,
        ],
        "MfaEnrollActivate" => &[
            AnyIntent::Activate,
            AnyIntent::AskAgain,
            AnyIntent::SendActivation(true),
            AnyIntent::SetUpByHand,
            AnyIntent::Restart,
            AnyIntent::Back,
        ],
        "Password" => &[AnyIntent::ChangePassword(true), AnyIntent::Skip],
        "Recover" => &[AnyIntent::Recover(0), AnyIntent::Recover(1), AnyIntent::Back],
        "RecoveryChallenge" => &[AnyIntent::ProveCode, AnyIntent::Resend, AnyIntent::OpenRecovery(false)],
        "RecoveryQuestion" => &[AnyIntent::Answer],
        "Consent" => &[AnyIntent::Consent(true), AnyIntent::Consent(false)],
        "DeviceActivate" => &[AnyIntent::ActivateDevice],
        "Confirm" => &[AnyIntent::Continue, AnyIntent::Cancel],
        _ => &[AnyIntent::Retry, AnyIntent::Back, AnyIntent::Cancel],
    };
    intents[pick % intents.len()]
}

/// Those that submit something come more often.
pub(super) fn any_intent() -> impl Strategy<Value = AnyIntent> {
    let begins = prop_oneof![
        6 => Just(AnyIntent::SignIn),
        1 => Just(AnyIntent::Edit),
        1 => Just(AnyIntent::Continue),
        1 => Just(AnyIntent::SignOut),
        2 => any::<bool>().prop_map(AnyIntent::OpenRecovery),
        2 => (0..3usize).prop_map(AnyIntent::Recover),
    ];
    let proves = prop_oneof![
        2 => (0..5usize).prop_map(AnyIntent::Choose),
        3 => Just(AnyIntent::SendCode),
        1 => any::<bool>().prop_map(AnyIntent::RememberAndSend),
        2 => Just(AnyIntent::Resend),
        3 => Just(AnyIntent::ProveCode),
        1 => Just(AnyIntent::ProveAnswer),
        1 => Just(AnyIntent::ProvePassword),
        2 => Just(AnyIntent::AskAgain),
        1 => Just(AnyIntent::OpenSite),
        1 => Just(AnyIntent::KeepWaiting),
        1 => Just(AnyIntent::KeepGoing),
    ];
    let sets_up = prop_oneof![
        4 => (0..4usize).prop_map(AnyIntent::Enroll),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(one, extended)| AnyIntent::EnrollPhone(one, extended)),
        1 => Just(AnyIntent::EnrollQuestion),
        1 => any::<bool>().prop_map(AnyIntent::EnrollToken),
        1 => Just(AnyIntent::EnrollPasscode),
        1 => Just(AnyIntent::EnrollPassword),
        2 => Just(AnyIntent::Activate),
        1 => any::<bool>().prop_map(AnyIntent::SendActivation),
        1 => Just(AnyIntent::SetUpByHand),
        1 => Just(AnyIntent::Restart),
        1 => Just(AnyIntent::CopyKey),
    ];
    let others = prop_oneof![
        Just(AnyIntent::Answer),
        any::<bool>().prop_map(AnyIntent::ChangePassword),
        any::<bool>().prop_map(AnyIntent::Consent),
        Just(AnyIntent::ActivateDevice),
        Just(AnyIntent::Skip),
    ];
    let leaves = prop_oneof![
        3 => Just(AnyIntent::Back),
        1 => Just(AnyIntent::BrowserBack),
        1 => Just(AnyIntent::Cancel),
        1 => Just(AnyIntent::ChangeUser),
        3 => Just(AnyIntent::Retry),
        1 => Just(AnyIntent::Resume),
    ];
    prop_oneof![3 => begins, 4 => proves, 4 => sets_up, 3 => others, 2 => leaves]
}
