//! The names of the states of a transaction. Not here: the data of a state (`state`).

use super::open_enum::open_enum;

open_enum! {
    /// `status`: the word the whole answer hangs on (docs/authn-api.md#states).
    Status {
        /// Name and password are wanted.
        Unauthenticated = "UNAUTHENTICATED",
        /// The password expires soon.
        PasswordWarn = "PASSWORD_WARN",
        /// The password must be changed.
        PasswordExpired = "PASSWORD_EXPIRED",
        /// A new password must be set.
        PasswordReset = "PASSWORD_RESET",
        /// A recovery question is asked.
        Recovery = "RECOVERY",
        /// A recovery code was sent.
        RecoveryChallenge = "RECOVERY_CHALLENGE",
        /// The account is locked.
        LockedOut = "LOCKED_OUT",
        /// Factors may or must be set up.
        MfaEnroll = "MFA_ENROLL",
        /// A factor waits to be proved for the first time.
        MfaEnrollActivate = "MFA_ENROLL_ACTIVATE",
        /// A factor must be proved.
        MfaRequired = "MFA_REQUIRED",
        /// A challenge was sent and waits for its proof.
        MfaChallenge = "MFA_CHALLENGE",
        /// The org is not ready yet.
        Poll = "POLL",
        /// An app asks the person for something.
        ConsentRequired = "CONSENT_REQUIRED",
        /// An app asks an admin for something.
        AdminConsentRequired = "ADMIN_CONSENT_REQUIRED",
        /// More is wanted to know about the person.
        ProfileRequired = "PROFILE_REQUIRED",
        /// Another device waits for its code.
        DeviceActivate = "DEVICE_ACTIVATE",
        /// Twin of `MFA_REQUIRED` (docs/authn-api.md#states).
        FactorRequired = "FACTOR_REQUIRED",
        /// Twin of `MFA_CHALLENGE`.
        FactorChallenge = "FACTOR_CHALLENGE",
        /// Twin of `MFA_ENROLL`.
        FactorEnroll = "FACTOR_ENROLL",
        /// Twin of `MFA_ENROLL_ACTIVATE`.
        FactorEnrollActivate = "FACTOR_ENROLL_ACTIVATE",
        /// Signed in.
        Success = "SUCCESS",
    }
}

impl Status {
    /// Whether a factor is asked for, to sign in.
    pub fn asks_factor(&self) -> bool {
        matches!(self, Self::MfaRequired | Self::MfaChallenge | Self::FactorRequired | Self::FactorChallenge)
    }
}
