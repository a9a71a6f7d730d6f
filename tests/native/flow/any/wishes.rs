//! Everything a person could want, with a secret that nobody used before where something is typed.

use crate::stage::{activation, answer, code, new_password, send_code, sign_in};
use okta_authn_widget::authn::request::{Enrollment, Preferences, Proof};
use okta_authn_widget::authn::{Channel, Passcode, Password, SecurityAnswer};
use okta_authn_widget::flow::Intent;
use okta_authn_widget::flow::step::Recovery;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
pub(super) enum Wish {
    SignIn,
    Touch,
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
    Follow,
    KeepWaiting,
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
    Cancel,
    Retry,
    Resume,
}

impl Wish {
    /// The intent, with `secret` typed where something is typed.
    pub(super) fn intent(self, secret: &str) -> Intent {
        match self {
            Self::SignIn => sign_in("jeff", secret),
            Self::Touch => Intent::Touch,
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
            Self::Follow => Intent::Follow,
            Self::KeepWaiting => Intent::KeepWaiting,
            Self::Enroll(place) => Intent::Enroll(place),
            Self::EnrollPhone(one, extended) => Intent::EnrollWith(Enrollment::Phone {
                number: if one { "+491" } else { "+492" }.to_owned(),
                extension: if extended { "7" } else { "" }.to_owned(),
                replaces: false,
                unchecked: false,
            }),
            Self::EnrollQuestion => {
                let answer = SecurityAnswer::new(secret);
                Intent::EnrollWith(Enrollment::Question { question: "toy".to_owned(), answer })
            }
            Self::EnrollToken(twice) => Intent::EnrollWith(Enrollment::Token {
                credential_id: "VS1".to_owned(),
                passcode: Passcode::new(secret),
                next_passcode: twice.then(|| Passcode::new("1")),
            }),
            Self::EnrollPasscode => Intent::EnrollWith(Enrollment::Passcode(Passcode::new(secret))),
            Self::EnrollPassword => Intent::EnrollWith(Enrollment::Password(Password::new(secret))),
            Self::Activate => activation(secret),
            Self::SendActivation(by_sms) => {
                Intent::SendActivation { by: if by_sms { "sms" } else { "email" }, phone_number: "+491".to_owned() }
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
            Self::Cancel => Intent::Cancel,
            Self::Retry => Intent::Retry,
            Self::Resume => Intent::Resume,
        }
    }
}

/// What a person does who reads the screen: one of the wishes that belong to the step.
pub(super) fn fitting(step: &str, pick: usize) -> Wish {
    let wishes: &[Wish] = match step {
        "Start" => &[Wish::SignIn, Wish::SignIn, Wish::OpenRecovery(false)],
        "Session" => &[Wish::Continue, Wish::SignOut],
        "MfaRequired" => &[Wish::SendCode, Wish::ProveCode, Wish::ProveAnswer, Wish::Choose(1)],
        "MfaChallenge" => &[Wish::ProveCode, Wish::Resend, Wish::AskAgain, Wish::Choose(1), Wish::Back],
        "MfaEnroll" => &[Wish::Enroll(0), Wish::Enroll(1), Wish::Enroll(2), Wish::Skip],
        "EnrollForm" => &[
            Wish::EnrollPhone(true, false),
            Wish::EnrollQuestion,
            Wish::EnrollToken(true),
            Wish::EnrollPasscode,
            Wish::EnrollPassword,
        ],
        "MfaEnrollActivate" => {
            &[Wish::Activate, Wish::AskAgain, Wish::SendActivation(true), Wish::SetUpByHand, Wish::Restart, Wish::Back]
        }
        "Password" => &[Wish::ChangePassword(true), Wish::Skip],
        "Recover" => &[Wish::Recover(0), Wish::Recover(1), Wish::Back],
        "RecoveryChallenge" => &[Wish::ProveCode, Wish::Resend, Wish::OpenRecovery(false)],
        "RecoveryQuestion" => &[Wish::Answer],
        "Consent" => &[Wish::Consent(true), Wish::Consent(false)],
        "DeviceActivate" => &[Wish::ActivateDevice],
        _ => &[Wish::Retry, Wish::Back, Wish::Cancel],
    };
    wishes[pick % wishes.len()]
}

/// Those that submit something come more often.
pub(super) fn any_wish() -> impl Strategy<Value = Wish> {
    let begins = prop_oneof![
        6 => Just(Wish::SignIn),
        1 => Just(Wish::Touch),
        1 => Just(Wish::Continue),
        1 => Just(Wish::SignOut),
        2 => any::<bool>().prop_map(Wish::OpenRecovery),
        2 => (0..3usize).prop_map(Wish::Recover),
    ];
    let proves = prop_oneof![
        2 => (0..5usize).prop_map(Wish::Choose),
        3 => Just(Wish::SendCode),
        1 => any::<bool>().prop_map(Wish::RememberAndSend),
        2 => Just(Wish::Resend),
        3 => Just(Wish::ProveCode),
        1 => Just(Wish::ProveAnswer),
        1 => Just(Wish::ProvePassword),
        2 => Just(Wish::AskAgain),
        1 => Just(Wish::Follow),
        1 => Just(Wish::KeepWaiting),
    ];
    let sets_up = prop_oneof![
        4 => (0..4usize).prop_map(Wish::Enroll),
        2 => (any::<bool>(), any::<bool>()).prop_map(|(one, extended)| Wish::EnrollPhone(one, extended)),
        1 => Just(Wish::EnrollQuestion),
        1 => any::<bool>().prop_map(Wish::EnrollToken),
        1 => Just(Wish::EnrollPasscode),
        1 => Just(Wish::EnrollPassword),
        2 => Just(Wish::Activate),
        1 => any::<bool>().prop_map(Wish::SendActivation),
        1 => Just(Wish::SetUpByHand),
        1 => Just(Wish::Restart),
        1 => Just(Wish::CopyKey),
    ];
    let others = prop_oneof![
        Just(Wish::Answer),
        any::<bool>().prop_map(Wish::ChangePassword),
        any::<bool>().prop_map(Wish::Consent),
        Just(Wish::ActivateDevice),
        Just(Wish::Skip),
    ];
    let leaves = prop_oneof![
        3 => Just(Wish::Back),
        1 => Just(Wish::Cancel),
        3 => Just(Wish::Retry),
        1 => Just(Wish::Resume),
    ];
    prop_oneof![3 => begins, 4 => proves, 4 => sets_up, 3 => others, 2 => leaves]
}
