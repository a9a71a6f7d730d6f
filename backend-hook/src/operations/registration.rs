//! Registration: a user is created with what the form lists, in the groups that the operator chose, and the
//! phone that was given becomes a factor. A browser chooses neither groups nor other attributes.

use std::collections::BTreeMap;

use axum::{Extension, Json, extract::State, http::StatusCode, response::IntoResponse};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    form::{Field, Form, Kind, Rules},
    hook::{Hook, Shared},
    http::Client,
    json::Members,
    org::{OrgError, Refusal, factors::Activation, users::NewUser},
    problem::{Code, Fault, FieldError, Problem},
};

#[derive(Serialize)]
struct Shown {
    fields: Vec<Field>,
    password: Rules,
    challenge: Option<Challenge>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Challenge {
    provider: String,
    site_key: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Registered {
    login: String,
    status: String,
    phone_factor: PhoneFactor,
}

/// What became of the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum PhoneFactor {
    None,
    Enrolled,
    Failed,
}

/// What was typed, as far as it can be right.
#[derive(Debug)]
struct Wanted {
    profile: BTreeMap<String, String>,
    password: SecretString,
    challenge_token: Option<String>,
}

/// `GET /registration`.
pub async fn form(State(hook): State<Shared>) -> impl IntoResponse {
    let challenge = hook
        .config
        .challenge
        .as_ref()
        .map(|provider| Challenge { provider: provider.name().to_owned(), site_key: provider.site_key().to_owned() });
    Json(Shown { fields: hook.config.form.fields.clone(), password: hook.rules().await, challenge })
}

/// `POST /registration`.
pub async fn register(
    State(hook): State<Shared>,
    Extension(Client(address)): Extension<Client>,
    members: Members,
) -> Result<impl IntoResponse, Problem> {
    hook.config.limits.registrations.count(&address)?;
    let form = &hook.config.form;
    let wanted = read(form, members)?;
    if let Some(provider) = &hook.config.challenge {
        let token = wanted.challenge_token.as_deref().unwrap_or_default();
        if token.is_empty() || !provider.check(token, address).await {
            return Err(Code::ChallengeFailed.into());
        }
    }
    let new = NewUser { profile: &wanted.profile, password: &wanted.password, groups: &hook.config.groups };
    let user = hook.org.create_user(&new).await.map_err(|error| refused(form, error))?;
    let phone_factor = match wanted.profile.get("mobilePhone") {
        Some(number) => enroll(&hook, &user.id, number).await,
        None => PhoneFactor::None,
    };
    tracing::info!(user = user.id, ?phone_factor, "registered");
    let registered = Registered { login: user.profile.login, status: user.status, phone_factor };
    Ok((StatusCode::CREATED, Json(registered)))
}

/// The user exists already, so whatever goes wrong here must not look like a registration that failed.
async fn enroll(hook: &Hook, user: &str, number: &str) -> PhoneFactor {
    let profile = Map::from_iter([("phoneNumber".to_owned(), Value::from(number))]);
    match hook.org.enroll(user, ("sms", "OKTA"), Some(&profile), Activation::AtOnce).await {
        Ok(_) => PhoneFactor::Enrolled,
        Err(error) => {
            let code = match &error {
                OrgError::Refused(refusal) => refusal.code.as_str(),
                _ => "",
            };
            tracing::warn!(user, code, "the phone of a new user could not be enrolled");
            PhoneFactor::Failed
        }
    }
}

/// Reads what was typed by the form.
fn read(form: &Form, mut members: Members) -> Result<Wanted, Problem> {
    let challenge_token = members.text("challengeToken", 8192);
    let mut typed = members.object("profile");
    let mut profile = BTreeMap::new();
    let mut password = SecretString::default();
    for field in &form.fields {
        if field.kind == Kind::Password {
            password = members.secret("password", field.max_length);
            continue;
        }
        let value = if field.required {
            Some(typed.required(&field.name, field.max_length)).filter(|value| !value.is_empty())
        } else {
            typed.text(&field.name, field.max_length)
        };
        let Some(value) = value else { continue };
        let right = match field.kind {
            Kind::Email => email(value),
            Kind::Tel => phone(&value),
            Kind::Text | Kind::Password => Some(value),
        };
        match right {
            Some(value) => drop(profile.insert(field.name.clone(), value)),
            None => typed.wrong(&field.name, Fault::Invalid),
        }
    }
    members.take_errors(typed);
    members.done()?;
    if let (false, Some(email)) = (form.has("login"), profile.get("email").cloned()) {
        profile.insert("login".to_owned(), email);
    }
    Ok(Wanted { profile, password, challenge_token })
}

fn email(text: String) -> Option<String> {
    let (name, host) = text.rsplit_once('@')?;
    let right = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    (right && !text.contains(char::is_whitespace)).then_some(text)
}

/// A number with its country, without what people put between its digits.
pub(super) fn phone(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '(' | ')' | '.' | '/')).collect();
    let digits = number.strip_prefix('+')?;
    let right = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    right.then_some(number)
}

/// Why a user was not created, by the form's fields.
fn refused(form: &Form, error: OrgError) -> Problem {
    let fields = match &error {
        OrgError::Refused(refusal) if refusal.code == "E0000080" => vec![policy()],
        OrgError::Refused(refusal) if refusal.code == "E0000001" => told(form, refusal),
        _ => Vec::new(),
    };
    if fields.is_empty() { error.into() } else { Problem::fields(fields) }
}

fn policy() -> FieldError {
    FieldError::new("password", Fault::PasswordPolicy)
}

fn told(form: &Form, refusal: &Refusal) -> Vec<FieldError> {
    let mut fields = refusal.fields();
    for field in &mut fields {
        // Without a field of its own the user name is the e-mail address.
        if field.field == "login" && !form.has("login") {
            "email".clone_into(&mut field.field);
        }
    }
    if fields.is_empty() && refusal.causes.iter().any(|cause| cause.to_lowercase().starts_with("password")) {
        fields.push(policy());
    }
    fields.retain(|field| form.has(&field.field));
    fields.dedup_by(|one, other| one.field == other.field);
    fields
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#[allow(clippy::needless_pass_by_value, reason = "what is made in the call is best handed over")]
mod tests {
    use serde_json::json;

    use super::*;

    fn typed(body: &Value) -> Result<Wanted, Vec<(String, Fault)>> {
        let members = Members::parse(body.to_string().as_bytes()).unwrap();
        read(&Form::read(None).unwrap(), members)
            .map_err(|problem| problem.errors.into_iter().map(|error| (error.field, error.code)).collect())
    }

    fn whole(change: Value) -> Value {
        let mut profile = json!({ "firstName": "Ada", "lastName": "Byron", "email": "ada@example.com" });
        profile.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "profile": profile, "password": "Analytical1843" })
    }

    #[test]
    fn the_address_is_the_user_name_and_numbers_are_plain() {
        let wanted = typed(&whole(json!({ "mobilePhone": "+1 (415) 555-4259" }))).unwrap();
        assert_eq!(wanted.profile["login"], "ada@example.com");
        assert_eq!(wanted.profile["mobilePhone"], "+14155554259");
        assert!(!format!("{wanted:?}").contains("Analytical"));
    }

    #[test]
    fn what_is_not_in_the_form_is_refused() {
        for (body, field, fault) in [
            (whole(json!({ "userType": "admin" })), "userType", Fault::UnknownField),
            (whole(json!({ "login": "root@example.com" })), "login", Fault::UnknownField),
            (whole(json!({ "firstName": "a\r\nX-Admin: 1" })), "firstName", Fault::Invalid),
            (whole(json!({ "firstName": "" })), "firstName", Fault::Required),
            (whole(json!({ "lastName": "x".repeat(51) })), "lastName", Fault::TooLong),
            (whole(json!({ "email": "ada" })), "email", Fault::Invalid),
            (whole(json!({ "email": { "a": 1 } })), "email", Fault::Invalid),
            (whole(json!({ "mobilePhone": "4155554259" })), "mobilePhone", Fault::Invalid),
        ] {
            let errors = typed(&body).unwrap_err();
            assert!(errors.contains(&(field.to_owned(), fault)), "{body}: {errors:?}");
        }
        let mut body = whole(json!({}));
        body["groupIds"] = json!(["00g1"]);
        assert_eq!(typed(&body).unwrap_err(), [("groupIds".to_owned(), Fault::UnknownField)]);
    }

    #[test]
    fn refusals_are_told_by_the_forms_fields() {
        let form = Form::read(None).unwrap();
        let told = |code: &str, causes: &[&str]| {
            let causes = causes.iter().map(|cause| (*cause).to_owned()).collect();
            let refusal = Refusal { status: 400, code: code.to_owned(), causes, retry_after: None };
            let problem = refused(&form, OrgError::Refused(refusal));
            let fields: Vec<_> = problem.errors.into_iter().map(|error| (error.field, error.code)).collect();
            (problem.code, fields)
        };
        let field = |name: &str, fault| (Code::InvalidFields, vec![(name.to_owned(), fault)]);
        let exists = "login: An object with this field already exists in the current organization";
        assert_eq!(told("E0000001", &[exists]), field("email", Fault::Taken));
        assert_eq!(told("E0000001", &["password: too weak"]), field("password", Fault::PasswordPolicy));
        assert_eq!(told("E0000001", &["Password requirements were not met"]), field("password", Fault::PasswordPolicy));
        assert_eq!(told("E0000080", &[]), field("password", Fault::PasswordPolicy));
        assert_eq!(told("E0000001", &["groupIds: no group 00g1"]).0, Code::OrgFailed, "that is the operator's affair");
    }
}
