//! Structure of users and their factors, with defaults.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A user.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct User {
    /// The id; a random one if left out.
    pub(in crate::seed) id: Option<String>,
    /// The whole user name, usually a mail address. At a sign-in, what follows `@` can be left out.
    #[schemars(with = "String")]
    pub(in crate::seed) login: Spanned<String>,
    /// The password; an account without one if left out.
    pub(in crate::seed) password: Option<String>,
    /// First name.
    pub(in crate::seed) first_name: String,
    /// Last name.
    pub(in crate::seed) last_name: String,
    /// The mail address; the login if left out.
    pub(in crate::seed) email: Option<String>,
    /// What signing in as this user shows: `--list-users` prints it.
    #[serde(default)]
    pub(in crate::seed) shows: String,
    /// The status of the account.
    #[serde(default)]
    pub(in crate::seed) status: Status,
    /// How long ago the password was set.
    #[serde(default)]
    pub(in crate::seed) password_age_days: u64,
    /// Whether it has expired.
    #[serde(default)]
    pub(in crate::seed) password_expired: bool,
    /// The site that manages the password, if it is another one.
    pub(in crate::seed) password_at: Option<ExternalSite>,
    /// Phone number on file, for recovery, such as `+14155554259`.
    pub(in crate::seed) mobile_phone: Option<String>,
    /// The question for recovery.
    pub(in crate::seed) recovery_question: Option<Question>,
    /// What activates the account, once.
    pub(in crate::seed) activation_token: Option<String>,
    /// A state that follows the sign-in.
    #[serde(default)]
    pub(in crate::seed) extra: Extra,
    /// `sessionCookieRedirect` with `checkAccountSetupComplete=true` shows a page of the org first, once.
    #[serde(default)]
    pub(in crate::seed) setup_unfinished: bool,
    /// The sign-on policy, by name; `default` if left out.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) sign_on: Option<Spanned<String>>,
    /// The password policy, by name; `default` if left out.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) password_policy: Option<Spanned<String>>,
    /// The enrollment policy, by name; `default` if left out.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) enroll: Option<Spanned<String>>,
    /// Ids of groups.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(in crate::seed) groups: Vec<Spanned<String>>,
    /// Factors that are enrolled already.
    #[serde(default)]
    pub(in crate::seed) factors: Vec<Factor>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::seed) enum Status {
    #[default]
    /// Can sign in.
    Active,
    /// Not activated yet.
    Staged,
    /// Locked after wrong passwords.
    LockedOut,
    /// Suspended by an administrator.
    Suspended,
}

/// A site that manages passwords.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct ExternalSite {
    /// Its name.
    pub(in crate::seed) title: String,
    /// Its address.
    pub(in crate::seed) href: String,
}

/// A question with its answer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Question {
    /// The question.
    pub(in crate::seed) text: String,
    /// The answer.
    pub(in crate::seed) answer: String,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::seed) enum Extra {
    #[default]
    /// None.
    Nothing,
    /// Consent for an application.
    Consent,
    /// Consent scope by scope.
    GranularConsent,
    /// Consent of an administrator.
    AdminConsent,
    /// POLL, for ten seconds.
    Waiting,
    /// Questions about the person.
    Profile,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::seed) enum Behaviour {
    #[default]
    /// By a press.
    Plain,
    /// By the number that the page shows.
    NumberChallenge,
    /// Not at all: the app is too old.
    TooOld,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub(in crate::seed) enum Platform {
    #[default]
    /// iOS.
    Ios,
    /// Android.
    Android,
}

/// A factor. Which keys it has depends on its kind.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::seed) struct Factor {
    /// The kind: `okta_question`, `okta_sms`, `okta_call`, `okta_email`, `okta_otp`, `google_otp`, `okta_push`, `rsa_token`, `on_prem_token`, `symantec_vip`, `yubikey_token`, `custom_hotp`, `duo`, `okta_password`, `generic_saml`, `generic_oidc`, `claims_provider`. Security keys (`fido_u2f`, `fido_webauthn`) are enrolled by a browser, and can be named in policies only.
    #[schemars(with = "String")]
    pub(in crate::seed) kind: Spanned<String>,
    /// The id; a random one if left out.
    pub(in crate::seed) id: Option<String>,
    /// The vendor name of a custom factor.
    pub(in crate::seed) vendor: Option<String>,
    /// For text messages and calls, such as `+14155554259`.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) phone: Option<Spanned<String>>,
    /// For calls.
    pub(in crate::seed) extension: Option<String>,
    /// For apps and tokens, in base32; random if left out.
    #[schemars(with = "Option<String>")]
    pub(in crate::seed) secret: Option<Spanned<String>>,
    /// For questions: the key, such as `disliked_food`.
    pub(in crate::seed) question: Option<String>,
    /// For questions: the text.
    pub(in crate::seed) question_text: Option<String>,
    /// For questions: the answer.
    pub(in crate::seed) answer: Option<String>,
    /// For Okta Verify: the name of the phone; `Emulated phone` if left out.
    pub(in crate::seed) device_name: Option<String>,
    /// For Okta Verify: the phone's.
    #[serde(default)]
    pub(in crate::seed) platform: Platform,
    /// For Okta Verify: how pushes are approved.
    #[serde(default)]
    pub(in crate::seed) behaviour: Behaviour,
    /// The name of a token or an account.
    pub(in crate::seed) credential_id: Option<String>,
    /// The PIN before the code of an RSA or on-prem token; `1234` if left out.
    pub(in crate::seed) pin: Option<String>,
    /// Whether such a token asks for a new PIN first.
    #[serde(default)]
    pub(in crate::seed) asks_for_new_pin: bool,
}
