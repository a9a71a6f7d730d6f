//! Self-service registration: the form, and the account that it creates.

use serde_json::{Value, json};

use crate::{
    admin::{
        lifecycle,
        new_user::{self, NewUser},
    },
    call::{Call, Input, Refusal, Reply},
    error::{self, ApiError},
    org::{Org, directory::Registration, password::Password, policy::Complexity},
    wire::Members,
};

/// The id of the only registration policy.
const POLICY: &str = "reg1registration0000";

/// `GET /api/v1/registration/form`, or with a policy's id before `form`.
pub(crate) fn form(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    open(org, call)?;
    let complexity = &org.policies.password.get("default").ok_or(error::INTERNAL)?.complexity;
    let text = |title: &str, longest: usize| {
        json!({ "type": "string", "title": title, "description": title, "minLength": 1, "maxLength": longest,
                "default": title })
    };
    let mut email = text("Email", 100);
    if let Some(members) = email.as_object_mut() {
        members.insert("format".to_owned(), "email".into());
    }
    Ok(Reply::Json(json!({
        "policyId": POLICY,
        "lastUpdate": org.started.iso(),
        "profileSchema": {
            "properties": {
                "firstName": text("First name", 50),
                "lastName": text("Last name", 50),
                "email": email,
                "password": password(complexity),
                "mobilePhone": text("Mobile phone", 100),
            },
            "required": ["firstName", "lastName", "email", "password"],
            "fieldOrder": ["email", "password", "firstName", "lastName", "mobilePhone"],
        },
    })))
}

/// The rules of the password policy, one by one.
fn password(complexity: &Complexity) -> Value {
    let rule = |wanted: usize, description: &str, format: &str| {
        (wanted > 0).then(|| json!({ "description": description, "format": format }))
    };
    let length = json!({
        "description": format!("At least {} character(s)", complexity.min_length),
        "minLength": complexity.min_length,
        "maxLength": 72,
    });
    let rules: Vec<Value> = [
        Some(length),
        rule(complexity.min_lower, "At least 1 lowercase letter(s)", "/[a-z]+/"),
        rule(complexity.min_upper, "At least 1 uppercase letter(s)", "/[A-Z]+/"),
        rule(complexity.min_number, "At least 1 number(s)", "/\\d+/"),
        rule(complexity.min_symbol, "At least 1 symbol(s)", "/[^a-zA-Z0-9]+/"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let no_name = complexity
        .exclude_username
        .then(|| json!({ "description": "Does not contain part of username", "format": "/^[#/userName]/" }));
    Members::default()
        .with("type", "string")
        .with("title", "Password")
        .with("description", "Password")
        .with("default", "Password")
        .with("allOf", rules)
        .with_some("not", no_name)
        .into()
}

/// Checks that registration is enabled, which it never is in an upgraded org, and that the path names its policy.
fn open(org: &Org, call: &Call) -> Result<(), ApiError> {
    if org.registration == Registration::Off || org.is_upgraded() {
        return Err(error::NO_FEATURE.into());
    }
    match call.in_path("policy") {
        "" | POLICY => Ok(()),
        other => Err(error::NOT_FOUND.about(&format!("Resource not found: {other} (RegistrationPolicy)"))),
    }
}

/// `POST /api/v1/registration/{policy}/register`: returns an activation token, or sends a link by email.
pub(crate) fn register(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    open(org, call)?;
    let given = call.input.object("userProfile")?;
    let mut members = given.members().clone();
    let password = members.remove("password");
    let email = members.get("email").cloned().unwrap_or_default();
    members.entry("login").or_insert(email);
    let password = match password.as_ref().and_then(Value::as_str).filter(|text| !text.is_empty()) {
        Some(text) => Password::new(text),
        None => return Err(missing("password").into()),
    };
    for name in ["email", "firstName", "lastName"] {
        if given.text(name)?.is_none_or(|text| text.trim().is_empty()) {
            return Err(missing(name).into());
        }
    }
    let wanted =
        NewUser { profile: Input::new(members), password: Some(password), activate: false, ..NewUser::default() };
    let login = wanted.profile.text("login")?.unwrap_or_default();
    if new_user::login_exists(org, login, None) {
        let cause = "A user with this Email already exists";
        return Err(error::VALIDATION.about("login").at(cause, "UNIQUE_CONSTRAINT", "data.userProfile.login").into());
    }
    let id = new_user::create(org, call, &wanted)?;
    let by_mail = org.registration == Registration::Email;
    let (_, token) = lifecycle::invite(org, call, &id, by_mail)?;
    Ok(Reply::Json(if by_mail { json!({}) } else { json!({ "activationToken": token }) }))
}

fn missing(name: &str) -> ApiError {
    let cause = format!("'{name}' is required");
    error::VALIDATION.about("registration").at(&cause, "REQUIRED", &format!("data.userProfile.{name}"))
}
