//! The seed file: the org as it is at the start. Read once, and wrong only with file, line and
//! what is wrong. What is read is in `seed/file.rs`, what is made of it in `seed/build.rs`.

mod build;
mod file;

use std::{fmt, path::Path};

use crate::org::Org;
use file::{File, Spanned};

/// The org that is used when no file is named.
const SAMPLE: &str = include_str!("../sample-org.toml");
const SAMPLE_NAME: &str = "sample-org.toml";

/// A seed that can be read and makes sense.
#[derive(Debug)]
pub struct Seed {
    file: File,
}

/// Someone who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SampleUser {
    /// What to type as user name.
    pub login: String,
    /// The password.
    pub password: String,
    /// What signing in as this user shows.
    pub shows: String,
}

/// What is wrong with a seed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    file: String,
    line: Option<usize>,
    what: String,
}

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}: {}", self.file, self.what),
            None => write!(formatter, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for SeedError {}

impl Seed {
    /// The sample org.
    pub fn sample() -> Result<Self, SeedError> {
        Self::parse(SAMPLE, SAMPLE_NAME)
    }

    /// From a file.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| SeedError {
            file: name.clone(),
            line: None,
            what: format!("can not be read: {error}"),
        })?;
        Self::parse(&text, &name)
    }

    /// From a text; `name` is what errors call it.
    pub fn parse(text: &str, name: &str) -> Result<Self, SeedError> {
        let at = |span: Option<std::ops::Range<usize>>, what: String| SeedError {
            file: name.to_owned(),
            line: span.map(|span| line(text, span.start)),
            what,
        };
        let file: File = toml::from_str(text).map_err(|error| at(error.span(), error.message().to_owned()))?;
        build::check(&file).map_err(|wrong| at(wrong.span, wrong.what))?;
        Ok(Self { file })
    }

    /// Who can sign in, in the file's order.
    pub fn users(&self) -> Vec<SampleUser> {
        let names: Vec<&str> = self.file.users.iter().map(|user| short(user.login.get_ref())).collect();
        let login = |user: &file::User| {
            let short = short(user.login.get_ref());
            let unique = names.iter().filter(|name| **name == short).count() == 1;
            if unique { short.to_owned() } else { user.login.get_ref().clone() }
        };
        self.file
            .users
            .iter()
            .map(|user| SampleUser {
                login: login(user),
                password: user.password.clone().unwrap_or_default(),
                shows: user.shows.clone(),
            })
            .collect()
    }

    /// The org, as it is at the start.
    pub(crate) fn org(&self) -> Org {
        build::org(&self.file)
    }
}

fn short(login: &str) -> &str {
    login.split('@').next().unwrap_or(login)
}

fn line(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// Something wrong in a file that can be read.
struct Wrong {
    span: Option<std::ops::Range<usize>>,
    what: String,
}

impl Wrong {
    fn at<T>(value: &Spanned<T>, what: impl Into<String>) -> Self {
        Self { span: Some(value.span()), what: what.into() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const ORG: &str = "[org]\nname = \"Rain Cloud\"\n[hashing]\nmemory_kib = 8\niterations = 1\n";

    fn check(rest: &str, expected: &str) {
        let error = Seed::parse(&format!("{ORG}{rest}"), "org.toml").unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check("[[users]\n", "org.toml:6: unclosed array table, expected `]`");
        check(
            "[[users]]\nlogin = \"ada\"\npasword = \"x\"\n",
            "org.toml:8: unknown field `pasword`, expected one of `id`, `login`, `password`, `first_name`, \
             `last_name`, `email`, `shows`, `status`, `password_age_days`, `password_expired`, `password_at`, \
             `mobile_phone`, `recovery_question`, `activation_token`, `extra`, `sign_on`, `password_policy`, \
             `enroll`, `groups`, `factors`",
        );
        let user = "[[users]]\nlogin = \"ada@example.com\"\npassword = \"x\"\nfirst_name = \"A\"\nlast_name = \"B\"\n";
        check(
            &format!("{user}sign_on = \"strict\"\n"),
            "org.toml:11: there is no sign-on policy `strict`; add [policies.sign_on.strict]",
        );
        check(&format!("{user}{user}"), "org.toml:12: another user has the login ada@example.com already");
        check(
            &format!("{user}[[users.factors]]\nkind = \"sms\"\n"),
            "org.toml:12: there is no kind of factor `sms`; these are: okta_question, okta_sms, okta_call, okta_email, \
             okta_otp, google_otp, okta_push, rsa_token, on_prem_token, symantec_vip, yubikey_token, custom_hotp, duo, \
             fido_u2f, fido_webauthn, okta_password, generic_saml, generic_oidc, claims_provider",
        );
        check(
            &format!("{user}[[users.factors]]\nkind = \"okta_sms\"\n"),
            "org.toml:12: a factor of the kind okta_sms needs `phone`",
        );
        check(
            &format!("{user}[[users.factors]]\nkind = \"google_otp\"\nsecret = \"1\"\n"),
            "org.toml:13: `secret` must be base32",
        );
    }

    #[test]
    fn the_sample_org_is_right_and_tells_who_can_sign_in() {
        let users = Seed::sample().unwrap().users();
        assert!(users.iter().any(|user| user.login == "jeff.beck" && user.password == "xaxaxaxaxa"));
        assert!(users.iter().all(|user| !user.shows.is_empty()));
    }
}
