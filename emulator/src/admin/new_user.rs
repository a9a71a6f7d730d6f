//! Creates a user, for the users API and for self-service registration.

use serde_json::{Map, Value};

use crate::{
    authn::password::broken_rules,
    call::{Call, Input, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Phone, Question},
        log::EventType,
        password::{Hashed, Password},
        user::{AccountStatus, Credential, Dates, Extra, Policies, Profile, User, UserId},
    },
};

/// Profile members that every user must have.
const REQUIRED: [&str; 4] = ["login", "email", "firstName", "lastName"];

/// The user to create.
#[derive(Default)]
pub(crate) struct NewUser {
    pub(crate) profile: Input,
    pub(crate) password: Option<Password>,
    /// A password that another system had hashed.
    pub(crate) imported: Option<Hashed>,
    /// Question and answer.
    pub(crate) question: Option<(String, String)>,
    pub(crate) groups: Vec<String>,
    pub(crate) activate: bool,
    /// Whether the first sign-in must change the password.
    pub(crate) expired: bool,
}

/// Creates a user.
pub(crate) fn create(org: &mut Org, call: &Call, wanted: &NewUser) -> Result<UserId, Refusal> {
    let profile = profile(&wanted.profile)?;
    if login_exists(org, &profile.login, None) {
        return Err(exists().into());
    }
    if wanted.groups.len() > 20 {
        return Err(error::VALIDATION.about("groupIds").and("groupIds: no more than 20 groups").into());
    }
    let mut policies = Policies::default();
    for id in &wanted.groups {
        let group = org.groups.iter().find(|group| group.id == *id);
        let group = group.ok_or_else(|| error::VALIDATION.about("groupIds").and(format!("groupIds: no group {id}")))?;
        group.policies.apply(&mut policies);
    }
    let mut user = User {
        id: org.random.id("00u"),
        password: Credential {
            hashed: None,
            history: Vec::new(),
            changed: call.now,
            expired: wanted.expired,
            managed_at: None,
        },
        factors: Vec::new(),
        pending: Vec::new(),
        status: AccountStatus::Staged,
        wrong_passwords: 0,
        wrong_proofs: 0,
        policies,
        groups: wanted.groups.clone(),
        dates: Dates::new(call.now),
        mobile_phone: phone(&profile.more),
        recovery_question: wanted.question.as_ref().map(|(text, answer)| Question {
            key: "custom".to_owned(),
            text: text.clone(),
            answer: answer.clone(),
        }),
        activation_token: None,
        extra: Extra::Nothing,
        setup_unfinished: false,
        profile,
    };
    if let Some(password) = &wanted.password {
        if let Some(cause) = broken_rules(org, &user, password)? {
            return Err(error::VALIDATION.about("password").and(format!("password: {cause}")).into());
        }
        user.password.hashed = Some(call.work.hash(password)?);
    }
    if let Some(imported) = &wanted.imported {
        user.password.hashed = Some(imported.clone());
    }
    if wanted.activate {
        let status = if user.password.hashed.is_some() { AccountStatus::Active } else { AccountStatus::Provisioned };
        user.becomes(status, call.now);
    }
    let id = user.id.clone();
    org.users.push(user);
    org.log_of(call.now, EventType::Created, call.trusted, &id);
    if wanted.activate {
        org.log_of(call.now, EventType::Activated, call.trusted, &id);
    }
    Ok(id)
}

/// The error for a login that is in use.
pub(crate) fn exists() -> ApiError {
    error::VALIDATION.about("login").and("login: An object with this field already exists in the current organization")
}

/// Whether another user has this login.
pub(crate) fn login_exists(org: &Org, login: &str, except: Option<&str>) -> bool {
    org.users
        .iter()
        .any(|user| Some(user.id.as_str()) != except && user.profile.login.to_lowercase() == login.to_lowercase())
}

/// Reads a complete profile.
pub(crate) fn profile(members: &Input) -> Result<Profile, ApiError> {
    let mut read = [String::new(), String::new(), String::new(), String::new()];
    for (name, place) in REQUIRED.into_iter().zip(&mut read) {
        let value = members.text(name)?.map(str::trim).filter(|value| !value.is_empty());
        let blank = || error::VALIDATION.about(name).and(format!("{name}: The field cannot be left blank"));
        value.ok_or_else(blank)?.clone_into(place);
    }
    let [login, email, first_name, last_name] = read;
    if !(5..=100).contains(&login.chars().count()) {
        return Err(error::VALIDATION.about("login").and("login: must be between 5 and 100 characters"));
    }
    if !email.contains('@') {
        return Err(error::VALIDATION.about("email").and("email: Does not match required pattern"));
    }
    let others = members.members().iter().filter(|(name, _)| !REQUIRED.contains(&name.as_str()));
    let more: Map<String, Value> = others.map(|(name, value)| (name.clone(), value.clone())).collect();
    Ok(Profile { login, first_name, last_name, email, more })
}

/// The phone number of the profile, if it is valid. Ten digits are a North American number.
pub(crate) fn phone(more: &Map<String, Value>) -> Option<Phone> {
    let written = more.get("mobilePhone")?.as_str()?;
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let number = match (written.trim_start().starts_with('+'), digits.len()) {
        (true, 7..=15) => format!("+{digits}"),
        (false, 10) => format!("+1{digits}"),
        (false, 11) if digits.starts_with('1') => format!("+{digits}"),
        _ => return None,
    };
    Some(Phone { number, extension: None })
}
