//! The kinds of factors that a classic org supports, with their names in the API.

/// A kind of factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Kind {
    Question,
    Sms,
    Call,
    Email,
    OktaTotp,
    GoogleTotp,
    Push,
    Rsa,
    OnPrem,
    Symantec,
    Yubikey,
    Hotp,
    Duo,
    U2f,
    Webauthn,
    Password,
    Saml,
    Oidc,
    ClaimsProvider,
}

/// The names of a kind.
#[derive(Debug)]
struct Names {
    kind: Kind,
    /// In policies and in the seed file.
    key: &'static str,
    factor_type: &'static str,
    provider: &'static str,
    /// Prefix of its ids.
    prefix: &'static str,
}

use serde::{Deserialize, Serialize};

const fn names(
    kind: Kind,
    key: &'static str,
    factor_type: &'static str,
    provider: &'static str,
    prefix: &'static str,
) -> Names {
    Names { kind, key, factor_type, provider, prefix }
}

const NAMES: [Names; 19] = [
    names(Kind::Question, "okta_question", "question", "OKTA", "ufs"),
    names(Kind::Sms, "okta_sms", "sms", "OKTA", "sms"),
    names(Kind::Call, "okta_call", "call", "OKTA", "clf"),
    names(Kind::Email, "okta_email", "email", "OKTA", "emf"),
    names(Kind::OktaTotp, "okta_otp", "token:software:totp", "OKTA", "ost"),
    names(Kind::GoogleTotp, "google_otp", "token:software:totp", "GOOGLE", "uft"),
    names(Kind::Push, "okta_push", "push", "OKTA", "opf"),
    names(Kind::Rsa, "rsa_token", "token", "RSA", "rsa"),
    names(Kind::OnPrem, "on_prem_token", "token", "DEL_OATH", "opm"),
    names(Kind::Symantec, "symantec_vip", "token", "SYMANTEC", "ufv"),
    names(Kind::Yubikey, "yubikey_token", "token:hardware", "YUBICO", "ykf"),
    names(Kind::Hotp, "custom_hotp", "token:hotp", "CUSTOM", "chf"),
    names(Kind::Duo, "duo", "web", "DUO", "dsf"),
    names(Kind::U2f, "fido_u2f", "u2f", "FIDO", "fuf"),
    names(Kind::Webauthn, "fido_webauthn", "webauthn", "FIDO", "fwf"),
    names(Kind::Password, "okta_password", "password", "OKTA", "pwf"),
    names(Kind::Saml, "generic_saml", "assertion:saml2", "GENERIC_SAML", "sam"),
    names(Kind::Oidc, "generic_oidc", "assertion:oidc", "GENERIC_OIDC", "oid"),
    names(Kind::ClaimsProvider, "claims_provider", "claims_provider", "CUSTOM", "cpf"),
];

impl Kind {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|names| names.kind)
    }

    fn names(self) -> &'static Names {
        NAMES.iter().find(|names| names.kind == self).unwrap_or(const { &NAMES[0] })
    }

    /// By its name in policies and in the seed file.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        NAMES.iter().find(|names| names.key == key).map(|names| names.kind)
    }

    /// By factor type and provider.
    pub(crate) fn from_wire(factor_type: &str, provider: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|names| names.factor_type == factor_type && names.provider == provider)
            .map(|names| names.kind)
    }

    pub(crate) fn key(self) -> &'static str {
        self.names().key
    }

    pub(crate) fn factor_type(self) -> &'static str {
        self.names().factor_type
    }

    pub(crate) fn provider(self) -> &'static str {
        self.names().provider
    }

    pub(crate) fn prefix(self) -> &'static str {
        self.names().prefix
    }

    /// Whether every org has it. The others exist where an administrator has set them up, with a name of their own.
    pub(crate) fn is_in_every_org(self) -> bool {
        self.label().is_none()
    }

    /// The name that an administrator gave it, where Okta has none.
    pub(crate) fn label(self) -> Option<&'static str> {
        match self {
            Self::OnPrem => Some("On-premises token"),
            Self::Hotp => Some("Hardware token"),
            Self::Saml => Some("Sign-in by SAML"),
            Self::Oidc => Some("Sign-in by OpenID Connect"),
            Self::ClaimsProvider => Some("Claims provider"),
            _ => None,
        }
    }

    /// The `amr` value of a session after a proof by this kind.
    pub(crate) fn amr(self) -> &'static str {
        match self {
            Self::Question => "kba",
            Self::Sms => "sms",
            Self::Call => "tel",
            Self::Email
            | Self::OktaTotp
            | Self::GoogleTotp
            | Self::Rsa
            | Self::OnPrem
            | Self::Symantec
            | Self::Hotp => "otp",
            Self::Push => "swk",
            Self::Yubikey | Self::U2f | Self::Webauthn => "hwk",
            Self::Password => "pwd",
            Self::Duo | Self::Saml | Self::Oidc | Self::ClaimsProvider => "mca",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_each_of_its_names() {
        for kind in Kind::all() {
            assert_eq!(Kind::from_key(kind.key()), Some(kind));
            assert_eq!(Kind::from_wire(kind.factor_type(), kind.provider()), Some(kind));
            assert_eq!(kind.prefix().len(), 3);
        }
    }
}
