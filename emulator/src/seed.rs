//! The seed file: the configuration and initial state of the org. Errors name file and line.

mod build;
mod file;
mod schema;
mod structure;

use std::{fmt, path::Path};

use serde::Deserialize as _;
use toml::de::DeTable;

use crate::org::Org;
use file::{File, Spanned};
pub use schema::configuration_schema;

/// The org that is used if no file is given.
const SAMPLE: &str = include_str!("../sample-org.toml");
const SAMPLE_NAME: &str = "sample-org.toml";

/// A seed file that was parsed and checked.
#[derive(Debug)]
pub struct Seed {
    file: File,
}

/// A user who can sign in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct SampleUser {
    /// The user name.
    pub login: String,
    /// The password.
    pub password: String,
    /// What signing in as this user demonstrates.
    pub shows: String,
}

/// Mistakes in a seed file, with their positions. As text: one line for each, `FILE:LINE: what is wrong`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    file: String,
    /// Never empty.
    mistakes: Vec<(Option<usize>, String)>,
    is_unreadable: bool,
}

impl SeedError {
    /// How many mistakes there are.
    pub fn count(&self) -> usize {
        self.mistakes.len()
    }

    /// Whether the file could not be read at all.
    pub fn is_unreadable(&self) -> bool {
        self.is_unreadable
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (line, what)) in self.mistakes.iter().enumerate() {
            if number > 0 {
                formatter.write_str("\n")?;
            }
            match line {
                Some(line) => write!(formatter, "{}:{line}: {what}", self.file)?,
                None => write!(formatter, "{}: {what}", self.file)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for SeedError {}

impl Seed {
    /// The sample org.
    pub fn sample() -> Result<Self, SeedError> {
        Self::parse(SAMPLE, SAMPLE_NAME)
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| SeedError {
            file: name.clone(),
            mistakes: vec![(None, format!("can not be read: {error}"))],
            is_unreadable: true,
        })?;
        Self::parse(&text, &name)
    }

    /// Parses a text; `name` is its name in errors. All mistakes are reported that can be found: if it is not TOML, no
    /// others than that.
    pub fn parse(text: &str, name: &str) -> Result<Self, SeedError> {
        parsed(text).map(|file| Self { file }).map_err(|mut mistakes| {
            mistakes.sort_by_key(|mistake| mistake.span.as_ref().map(|span| span.start));
            let line = |mistake: Mistake| (mistake.span.map(|span| line(text, span.start)), mistake.what);
            let mut mistakes: Vec<_> = mistakes.into_iter().map(line).collect();
            mistakes.dedup();
            SeedError { file: name.to_owned(), mistakes, is_unreadable: false }
        })
    }

    /// The users who can sign in, in the order of the file.
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

    /// Builds the org.
    pub(crate) fn org(&self) -> Org {
        build::org(&self.file)
    }
}

/// The file, or every mistake in it.
fn parsed(text: &str) -> Result<File, Vec<Mistake>> {
    let from_toml = |error: &toml::de::Error| Mistake { span: error.span(), what: error.message().to_owned() };
    let (mut table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(from_toml).collect());
    }
    let mut found = structure::compare(&mut table, configuration_schema());
    if found.is_unreadable {
        return Err(found.mistakes);
    }
    // Without the unknown keys, the rest can be checked all the same.
    let file = match File::deserialize(toml::Deserializer::from(table)) {
        Ok(file) => file,
        Err(error) => {
            found.mistakes.push(from_toml(&error));
            return Err(found.mistakes);
        }
    };
    found.mistakes.extend(build::check(&file));
    if found.mistakes.is_empty() { Ok(file) } else { Err(found.mistakes) }
}

fn short(login: &str) -> &str {
    login.split('@').next().unwrap_or(login)
}

fn line(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// A mistake at a position of the text.
#[derive(Debug)]
struct Mistake {
    span: Option<std::ops::Range<usize>>,
    what: String,
}

impl Mistake {
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
    fn mistakes_are_reported_with_their_line() {
        check("[[users]\n", "org.toml:6: unclosed array table, expected `]`");
        check(
            "[[users]]\nlogin = \"ada\"\npasword = \"x\"\n",
            "org.toml:6: `first_name` is missing in `users`\norg.toml:6: `last_name` is missing in `users`\n\
             org.toml:8: there is no key `pasword` in `users`; did you mean `password`?",
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
            "[[routing_rules]]\nidentity_provider = \"0oa1\"\n",
            "org.toml:7: there is no identity provider `0oa1`; add [[identity_providers]] with id = \"0oa1\"",
        );
        let provider = "[[identity_providers]]\nid = \"0oa1\"\nname = \"A\"\n";
        check(&format!("{provider}{provider}"), "org.toml:10: another identity provider has the id 0oa1 already");
        check(&provider.replace("0oa1", "OKTA"), "org.toml:7: the id OKTA stands for the org itself");
        check(
            &format!("{user}[[users.factors]]\nkind = \"google_otp\"\nsecret = \"1\"\n"),
            "org.toml:13: `secret` must be base32",
        );
    }

    #[test]
    fn every_mistake_is_reported() {
        let user = "[[users]]\nlogin = \"ada\"\nfirst_name = \"A\"\nlast_name = \"B\"\n";
        check(
            &format!(
                "{user}sign_on = \"strict\"\nzzz = 1\ngroups = [\"00g1\", \"00g2\"]\n[[users.factors]]\nkind = \"okta_sms\"\n{user}"
            ),
            "org.toml:10: there is no sign-on policy `strict`; add [policies.sign_on.strict]\n\
             org.toml:11: there is no key `zzz` in `users`; its keys are `activation_token`, `email`, `enroll`, `extra`, `factors`, `first_name`, \
             `groups`, `id`, `last_name`, `login`, `mobile_phone`, `password`, `password_age_days`, \
             `password_at`, `password_expired`, `password_policy`, `recovery_question`, `setup_unfinished`, \
             `shows`, `sign_on`, `status`\n\
             org.toml:12: there is no group `00g1`; add [[groups]] with id = \"00g1\"\n\
             org.toml:12: there is no group `00g2`; add [[groups]] with id = \"00g2\"\n\
             org.toml:14: a factor of the kind okta_sms needs `phone`\n\
             org.toml:16: another user has the login ada already",
        );
        check(
            "[limits]\nwrong_proofs = -1\nsign_ins_per_second = \"4\"\n[registration]\nends_with = \"mail\"\n[users]\n",
            "org.toml:7: `limits.wrong_proofs` must not be negative\n\
             org.toml:8: `limits.sign_ins_per_second` has to be a whole number, and is a text in quotation marks\n\
             org.toml:10: `registration.ends_with` can not be `mail`, only `token`, `email`, `off`; did you mean `email`?\n\
             org.toml:11: `users` is a list: each of its tables begins with [[users]]",
        );
        check(
            "[[users]\n[limits\n",
            "org.toml:6: unclosed array table, expected `]`\norg.toml:7: unclosed table, expected `]`",
        );
    }

    #[test]
    fn mistakes_in_clients_and_authorization_servers_are_reported_with_their_line() {
        let client = "[[clients]]\nclient_id = \"a\"\ntype = ";
        let uris = "redirect_uris = [\"/\"]\n";
        check(&format!("{client}\"web\"\n{uris}"), "org.toml:7: a client of the type web or service needs `secret`");
        check(
            &format!("{client}\"browser\"\nsecret = \"x\"\n{uris}"),
            "org.toml:9: a client of the type browser can't keep a secret",
        );
        check(
            &format!("{client}\"browser\"\n"),
            "org.toml:7: a client with authorization_code or implicit needs `redirect_uris`",
        );
        check(
            &format!("{client}\"browser\"\nredirect_uris = [\"//x\"]\n"),
            "org.toml:9: a redirect URI is written like http://localhost:8080/callback, or /callback at each trusted \
             origin; without #",
        );
        check(
            &format!("{client}\"browser\"\n{uris}response_types = [\"code\", \"id_token\"]\n"),
            "org.toml:10: the response type id_token needs the grant type implicit",
        );
        let valid = format!("{client}\"browser\"\n{uris}");
        check(
            &format!("{client}\"browser\"\n{uris}grant_types = [\"authorization_code\", \"client_credentials\"]\n"),
            "org.toml:7: client_credentials is the grant type of the type service, and of no other",
        );
        check(
            &format!("{client}\"browser\"\n{uris}grant_types = [\"refresh_token\"]\n"),
            "org.toml:7: the grant type refresh_token needs authorization_code",
        );
        check(&format!("{valid}{valid}"), "org.toml:11: another client has the id `a`, or it is empty");
        let server = |id: &str| format!("[[authorization_servers]]\nid = \"{id}\"\naudiences = [\"api\"]\n");
        check(
            &server("v1"),
            "org.toml:7: the id of an authorization server is written with letters, digits, - and _, and is not v1",
        );
        check(
            &format!("{}{}", server("one"), server("one")),
            "org.toml:10: another authorization server has the id one already",
        );
        check(
            "[[authorization_servers]]\nid = \"one\"\naudiences = []\n",
            "org.toml:8: an authorization server needs an audience",
        );
        check(
            &format!("{}claims = [{{ name = \"c\", token = \"id\" }}]\n", server("one")),
            "org.toml:9: a claim needs either `attribute` or `value`",
        );
    }

    #[test]
    fn the_sample_org_is_valid_and_lists_its_users() {
        let users = Seed::sample().unwrap().users();
        assert!(users.iter().any(|user| user.login == "jeff.beck" && user.password == "xaxaxaxaxa"));
        assert!(users.iter().all(|user| !user.shows.is_empty()));
    }
}
