//! From the seed file to the org: first every reference and value is checked, then it is built.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use data_encoding::BASE32_NOPAD;
use url::Url;

use super::{
    Wrong,
    file::{self, File, Spanned},
};
use crate::{
    org::{
        NamedPolicies, Org, Settings, TrustedOrigin,
        app::Target,
        factor::{Factor, Held, Phone, Question},
        kind::Kind,
        password::{Hashed, Hasher, Password},
        policy::{
            Access, Complexity, EnrollPolicy, Enrollment, Lockout, PasswordPolicy, Prompt, Recovery, SignOnPolicy,
        },
        push::{App, Behaviour, Platform},
        rate::Limit,
        token::{Style, Token},
        totp::TotpDevice,
        user::{Credential, Elsewhere, Extra, Policies, Profile, Standing, User},
    },
    random::Random,
    time::{Clock, Moment},
};

/// The policy of those who name none.
const DEFAULT: &str = "default";

/// Finds what is wrong, if anything is.
pub(super) fn check(file: &File) -> Result<(), Wrong> {
    hasher(file).ok_or_else(|| {
        Wrong::at(&file.hashing.memory_kib, "Argon2 needs at least 8 KiB of memory and one iteration")
    })?;
    for trusted in &file.trusted_origins {
        let origin = Url::parse(trusted.origin.get_ref()).map(|url| url.origin().ascii_serialization());
        if origin.as_deref() != Ok(trusted.origin.get_ref()) {
            return Err(Wrong::at(&trusted.origin, "an origin is written like http://localhost:8080"));
        }
    }
    let policies = &file.policies;
    let named = policies.sign_on.values().flat_map(|policy| policy.sequence.iter().flatten());
    let listed = policies.enroll.values().flat_map(|policy| {
        policy.required.iter().chain(&policy.optional).chain(policy.instances.keys()).chain(&policy.profiles)
    });
    named.chain(listed).try_for_each(|key| kind(key).map(drop))?;
    let mut logins = HashSet::new();
    for user in &file.users {
        if !logins.insert(user.login.get_ref().to_lowercase()) {
            let what = format!("another user has the login {} already", user.login.get_ref());
            return Err(Wrong::at(&user.login, what));
        }
        is_there(user.sign_on.as_ref(), &policies.sign_on, "sign-on", "sign_on")?;
        is_there(user.password_policy.as_ref(), &policies.password, "password", "password")?;
        is_there(user.enroll.as_ref(), &policies.enroll, "enrolment", "enroll")?;
        for factor in &user.factors {
            held(factor, &mut Random::from_system())?;
        }
    }
    Ok(())
}

fn is_there<T>(
    name: Option<&Spanned<String>>,
    policies: &BTreeMap<String, T>,
    what: &str,
    table: &str,
) -> Result<(), Wrong> {
    match name {
        Some(name) if name.get_ref() != DEFAULT && !policies.contains_key(name.get_ref()) => {
            let name_is = name.get_ref();
            let what = format!("there is no {what} policy `{name_is}`; add [policies.{table}.{name_is}]");
            Err(Wrong::at(name, what))
        }
        _ => Ok(()),
    }
}

fn kind(key: &Spanned<String>) -> Result<Kind, Wrong> {
    Kind::from_key(key.get_ref()).ok_or_else(|| {
        let all: Vec<&str> = Kind::all().map(Kind::key).collect();
        Wrong::at(key, format!("there is no kind of factor `{}`; these are: {}", key.get_ref(), all.join(", ")))
    })
}

fn held(factor: &file::Factor, random: &mut Random) -> Result<Held, Wrong> {
    let needs =
        |name: &str| Wrong::at(&factor.kind, format!("a factor of the kind {} needs `{name}`", factor.kind.get_ref()));
    Ok(match kind(&factor.kind)? {
        Kind::Question => Held::Question(Question {
            key: factor.question.clone().ok_or_else(|| needs("question"))?,
            text: factor.question_text.clone().ok_or_else(|| needs("question_text"))?,
            answer: factor.answer.clone().ok_or_else(|| needs("answer"))?,
        }),
        Kind::Sms | Kind::Call => {
            let phone = factor.phone.as_ref().ok_or_else(|| needs("phone"))?;
            if !phone.get_ref().strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
            {
                return Err(Wrong::at(phone, "`phone` must be written like +14155554259"));
            }
            Held::Phone(Phone { number: phone.get_ref().clone(), extension: factor.extension.clone() })
        }
        Kind::Email => Held::Mailbox,
        Kind::OktaTotp | Kind::GoogleTotp => Held::Totp(device(factor, random)?),
        Kind::Push => Held::App(App {
            device_name: factor.device_name.clone().unwrap_or_else(|| "Emulated phone".to_owned()),
            platform: match factor.platform {
                file::Platform::Ios => Platform::Ios,
                file::Platform::Android => Platform::Android,
            },
            behaviour: match factor.behaviour {
                file::Behaviour::Plain => Behaviour::Plain,
                file::Behaviour::NumberChallenge => Behaviour::NumberChallenge,
                file::Behaviour::TooOld => Behaviour::TooOld,
            },
        }),
        kind @ (Kind::Rsa | Kind::OnPrem | Kind::Symantec | Kind::Yubikey | Kind::Hotp) => {
            let mut token = token(kind, device(factor, random)?);
            if let Some(name) = &factor.credential_id {
                token.credential_id.clone_from(name);
            }
            if let Style::Pin { pin, asks_for_new } = &mut token.style {
                *asks_for_new = factor.asks_for_new_pin;
                if let Some(own) = &factor.pin {
                    pin.clone_from(own);
                }
            }
            Held::Token(token)
        }
        Kind::Duo | Kind::Saml | Kind::Oidc | Kind::ClaimsProvider => {
            Held::Account { name: factor.credential_id.clone().unwrap_or_else(|| "emulated".to_owned()) }
        }
        Kind::Password => Held::Password,
        Kind::Webauthn | Kind::U2f => {
            let what = format!(
                "a factor of the kind {} is made by a browser, and can not be written here",
                factor.kind.get_ref()
            );
            return Err(Wrong::at(&factor.kind, what));
        }
    })
}

fn device(factor: &file::Factor, random: &mut Random) -> Result<TotpDevice, Wrong> {
    Ok(TotpDevice::new(match &factor.secret {
        Some(secret) => BASE32_NOPAD
            .decode(secret.get_ref().as_bytes())
            .map_err(|_| Wrong::at(secret, "`secret` must be base32"))?,
        None => random.bytes::<10>().to_vec(),
    }))
}

/// A token of this kind.
fn token(kind: Kind, device: TotpDevice) -> Token {
    let style = match kind {
        Kind::Yubikey => Style::Yubikey { uses: 0 },
        Kind::Hotp => Style::Counted { uses: 0 },
        Kind::Rsa | Kind::OnPrem => Style::Pin { pin: "1234".to_owned(), asks_for_new: false },
        _ => Style::Timed,
    };
    Token { style, credential_id: format!("{}0001", kind.key()), device }
}

fn hasher(file: &File) -> Option<Hasher> {
    Hasher::new(*file.hashing.memory_kib.get_ref(), file.hashing.iterations)
}

/// Builds what was checked.
pub(super) fn org(file: &File) -> Org {
    let hasher = hasher(file).unwrap_or_else(Hasher::with_usual_cost);
    let settings = Settings {
        nobody: hasher.hash(&Password::new("nobody")),
        hasher,
        state_token_life: Duration::from_secs(file.lifetimes.state_token_seconds),
        session_token_life: Duration::from_secs(file.lifetimes.session_token_seconds),
        code_life: Duration::from_secs(file.lifetimes.code_seconds),
        sign_ins: Limit { calls: file.limits.sign_ins_per_second, window: Duration::from_secs(1) },
        calls: Limit { calls: file.limits.calls_per_10_seconds, window: Duration::from_secs(10) },
        max_wrong_proofs: file.limits.wrong_proofs,
    };
    let mut org = Org::new(file.org.name.clone(), settings, policies(&file.policies, Clock::default().now()));
    org.apps = file.apps.iter().map(app).collect();
    for kind in [Kind::Rsa, Kind::OnPrem, Kind::Symantec, Kind::Yubikey] {
        let device = TotpDevice::new(org.random.bytes::<20>().to_vec());
        org.spare_tokens.insert(kind, token(kind, device));
    }
    org.trusted = file.trusted_origins.iter().map(trusted).collect();
    let now = org.clock.now();
    let passwords = hash_all(&org.settings.hasher, &file.users);
    for (user, hashed) in file.users.iter().zip(passwords) {
        let user = self::user(user, hashed, &mut org.random, now);
        org.users.push(user);
    }
    org
}

/// Hashing takes long on purpose, so every core takes part.
fn hash_all(hasher: &Hasher, users: &[file::User]) -> Vec<Option<Hashed>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = users.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = users
            .chunks(share)
            .map(|users| {
                let hash = |user: &file::User| user.password.as_deref().map(|text| hasher.hash(&Password::new(text)));
                scope.spawn(move || users.iter().map(hash).collect())
            })
            .collect();
        shares.into_iter().flat_map(|share| -> Vec<Option<Hashed>> { share.join().unwrap_or_default() }).collect()
    })
}

fn trusted(trusted: &file::TrustedOrigin) -> TrustedOrigin {
    TrustedOrigin {
        origin: trusted.origin.get_ref().clone(),
        cors: trusted.scopes.contains(&file::Scope::Cors),
        redirect: trusted.scopes.contains(&file::Scope::Redirect),
    }
}

fn user(user: &file::User, hashed: Option<Hashed>, random: &mut Random, now: Moment) -> User {
    let policy = |name: &Option<Spanned<String>>| {
        name.as_ref().map_or_else(|| DEFAULT.to_owned(), |name| name.get_ref().clone())
    };
    let login = user.login.get_ref();
    User {
        id: user.id.clone().unwrap_or_else(|| random.id("00u")),
        profile: Profile {
            login: login.clone(),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            email: user.email.clone().unwrap_or_else(|| login.clone()),
        },
        password: Credential {
            hashed,
            changed: now.before(Duration::from_secs(user.password_age_days * 24 * 60 * 60)),
            history: Vec::new(),
            expired: user.password_expired,
            lives_at: user
                .password_at
                .as_ref()
                .map(|site| Elsewhere { title: site.title.clone(), href: site.href.clone() }),
        },
        factors: user.factors.iter().filter_map(|factor| self::factor(factor, random)).collect(),
        standing: match user.status {
            file::Status::Active => Standing::Active,
            file::Status::Staged => Standing::Staged,
            file::Status::LockedOut => Standing::LockedOut { since: now },
            file::Status::Suspended => Standing::Suspended,
        },
        wrong_passwords: 0,
        wrong_proofs: 0,
        policies: Policies {
            sign_on: policy(&user.sign_on),
            password: policy(&user.password_policy),
            enroll: policy(&user.enroll),
        },
        mobile_phone: user.mobile_phone.clone().map(|number| Phone { number, extension: None }),
        recovery_question: user.recovery_question.as_ref().map(|question| Question {
            key: "custom".to_owned(),
            text: question.text.clone(),
            answer: question.answer.clone(),
        }),
        activation_token: user.activation_token.clone(),
        extra: match user.extra {
            file::Extra::Nothing => Extra::Nothing,
            file::Extra::Consent => Extra::Consent,
            file::Extra::GranularConsent => Extra::GranularConsent,
            file::Extra::AdminConsent => Extra::AdminConsent,
            file::Extra::Waiting => Extra::Waiting,
        },
    }
}

fn app(app: &file::App) -> Target {
    Target {
        id: app.id.clone(),
        name: app.name.clone(),
        label: app.label.clone(),
        protocol: app.protocol.clone(),
        issuer: app.issuer.clone(),
    }
}

/// Nothing only for what [`check`] refuses.
fn factor(factor: &file::Factor, random: &mut Random) -> Option<Factor> {
    let kind = kind(&factor.kind).ok()?;
    Some(Factor {
        id: factor.id.clone().unwrap_or_else(|| random.id(kind.prefix())),
        kind,
        vendor: factor.vendor.clone(),
        held: held(factor, random).ok()?,
    })
}

fn policies(file: &file::Policies, now: Moment) -> NamedPolicies {
    let mut policies = NamedPolicies {
        sign_on: file.sign_on.iter().map(|(name, policy)| (name.clone(), sign_on(policy))).collect(),
        password: file.password.iter().map(|(name, policy)| (name.clone(), password(policy))).collect(),
        enroll: file.enroll.iter().map(|(name, policy)| (name.clone(), enroll(policy, now))).collect(),
    };
    let name = || DEFAULT.to_owned();
    policies.sign_on.entry(name()).or_insert_with(|| sign_on(&file::SignOn::default()));
    policies.password.entry(name()).or_insert_with(|| password(&file::Password::default()));
    policies.enroll.entry(name()).or_insert_with(|| enroll(&file::Enroll::default(), now));
    policies
}

fn kinds(keys: &[Spanned<String>]) -> impl Iterator<Item = Kind> {
    keys.iter().filter_map(|key| kind(key).ok())
}

fn sign_on(policy: &file::SignOn) -> SignOnPolicy {
    SignOnPolicy {
        access: match policy.access {
            file::Access::Allow => Access::Allow,
            file::Access::Deny => Access::Deny,
            file::Access::DenyOpenly => Access::DenyOpenly,
        },
        require_factor: policy.require_factor,
        prompt: match policy.prompt {
            file::Prompt::Device => Prompt::Device,
            file::Prompt::Session => Prompt::Session(Duration::from_secs(policy.factor_lifetime_minutes * 60)),
            file::Prompt::Always => Prompt::Always,
        },
        remember_by_default: policy.remember_by_default,
        passwordless: policy.passwordless,
        sequence: policy.sequence.iter().map(|step| kinds(step).collect()).collect(),
    }
}

fn password(policy: &file::Password) -> PasswordPolicy {
    let minutes = policy.auto_unlock_minutes;
    PasswordPolicy {
        complexity: Complexity {
            min_length: policy.min_length,
            min_lower: policy.min_lower_case,
            min_upper: policy.min_upper_case,
            min_number: policy.min_number,
            min_symbol: policy.min_symbol,
            exclude_username: policy.exclude_username,
            exclude_attributes: policy.exclude_attributes.clone(),
            active_directory: policy.active_directory_rule,
        },
        max_age_days: policy.max_age_days,
        warn_days: policy.expire_warn_days,
        min_age_minutes: policy.min_age_minutes,
        history: policy.history_count,
        lockout: Lockout {
            max_attempts: policy.max_attempts,
            auto_unlock: (minutes > 0).then(|| Duration::from_secs(minutes * 60)),
            show: policy.show_lockout_failures,
        },
        recovery: Recovery {
            password_reset: policy.self_service_password_reset,
            unlock: policy.self_service_unlock,
            email: policy.recovery_email,
            sms: policy.recovery_sms,
            call: policy.recovery_call,
            question: policy.recovery_question,
        },
    }
}

fn enroll(policy: &file::Enroll, now: Moment) -> EnrollPolicy {
    let with = |enrollment| move |kind| (kind, enrollment);
    let required = kinds(&policy.required).map(with(Enrollment::Required));
    let optional = kinds(&policy.optional).map(with(Enrollment::Optional));
    EnrollPolicy {
        factors: required.chain(optional).collect(),
        prompts: policy.prompt,
        grace_until: (policy.grace_days > 0).then(|| now.after(Duration::from_hours(24 * policy.grace_days))),
        instances: policy.instances.iter().filter_map(|(key, count)| Some((kind(key).ok()?, *count))).collect(),
        profiles: kinds(&policy.profiles).collect(),
    }
}
