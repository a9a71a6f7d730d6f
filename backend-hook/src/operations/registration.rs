//! Registration: creates a user from the fields of the form, in the configured groups, and enrolls the phone. A browser
//! can set neither groups nor other attributes.

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
    problem::{Code, FieldError, FieldErrorCode, Problem},
};

#[derive(Serialize)]
struct FormResponse {
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

/// Result of enrolling the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum PhoneFactor {
    None,
    Enrolled,
    Failed,
}

/// The validated input.
#[derive(Debug)]
struct Input {
    profile: BTreeMap<String, String>,
    /// Whether the user name was typed; otherwise it is the email address.
    typed_login: bool,
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
    Json(FormResponse { fields: hook.config.form.fields.clone(), password: hook.rules().await, challenge })
}

/// `POST /registration`.
pub async fn register(
    State(hook): State<Shared>,
    Extension(Client(address)): Extension<Client>,
    members: Members,
) -> Result<impl IntoResponse, Problem> {
    hook.limits.registrations.count(&address).await?;
    let form = &hook.config.form;
    let input = read(form, members)?;
    if let Some(provider) = &hook.config.challenge {
        let token = input.challenge_token.as_deref().unwrap_or_default();
        if token.is_empty() || !provider.check(token, address).await {
            tracing::warn!(client = %address, "a registration without a solved challenge");
            return Err(Code::ChallengeFailed.into());
        }
    }
    let new = NewUser { profile: &input.profile, password: &input.password, groups: &hook.config.groups };
    let named_by = if input.typed_login { "login" } else { "email" };
    let user = hook.org.create_user(&new).await.map_err(|error| refused(form, named_by, error))?;
    let phone_factor = match input.profile.get("mobilePhone") {
        Some(number) => enroll(&hook, &user.id, number).await,
        None => PhoneFactor::None,
    };
    tracing::info!(user = user.id, ?phone_factor, "registered");
    let registered = Registered { login: user.profile.login, status: user.status, phone_factor };
    Ok((StatusCode::CREATED, Json(registered)))
}

/// The user already exists, so an error here must not look like a failed registration.
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

/// Reads the input according to the form.
fn read(form: &Form, mut members: Members) -> Result<Input, Problem> {
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
            None => typed.error(&field.name, FieldErrorCode::Invalid),
        }
    }
    members.take_errors(typed);
    members.done()?;
    let typed_login = profile.contains_key("login");
    if let (false, Some(email)) = (typed_login, profile.get("email").cloned()) {
        profile.insert("login".to_owned(), email);
    }
    Ok(Input { profile, typed_login, password, challenge_token })
}

fn email(text: String) -> Option<String> {
    let (name, host) = text.rsplit_once('@')?;
    let right = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    (right && !text.contains(char::is_whitespace)).then_some(text)
}

/// A phone number with country code, without separators.
pub(super) fn phone(text: &str) -> Option<String> {
    let number: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '(' | ')' | '.' | '/')).collect();
    let digits = number.strip_prefix('+')?;
    let right = (7..=15).contains(&digits.len())
        && !digits.starts_with('0')
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    right.then_some(number)
}

/// Maps an error of the org to fields of the form. The user name is in the field `named_by`.
fn refused(form: &Form, named_by: &str, error: OrgError) -> Problem {
    let fields = match &error {
        OrgError::Refused(refusal) if refusal.code == "E0000080" => vec![policy()],
        OrgError::Refused(refusal) if refusal.code == "E0000001" => field_errors(form, named_by, refusal),
        _ => Vec::new(),
    };
    if fields.is_empty() { error.into() } else { Problem::fields(fields) }
}

fn policy() -> FieldError {
    FieldError::new("password", FieldErrorCode::PasswordPolicy)
}

fn field_errors(form: &Form, named_by: &str, refusal: &Refusal) -> Vec<FieldError> {
    let mut fields = refusal.fields();
    for field in &mut fields {
        if field.field == "login" {
            named_by.clone_into(&mut field.field);
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
#[allow(clippy::needless_pass_by_value, reason = "values created for the call are passed by value")]
mod tests {
    use serde_json::json;

    use super::*;

    fn typed(body: &Value) -> Result<Input, Vec<(String, FieldErrorCode)>> {
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
    fn the_email_is_the_user_name_unless_one_is_typed_and_phone_numbers_are_normalized() {
        let input = typed(&whole(json!({ "mobilePhone": "+1 (415) 555-4259" }))).unwrap();
        assert_eq!((input.profile["login"].as_str(), input.typed_login), ("ada@example.com", false));
        let named = typed(&whole(json!({ "login": " countess " }))).unwrap();
        assert_eq!((named.profile["login"].as_str(), named.typed_login), ("countess", true));
        assert!(!typed(&whole(json!({ "login": " " }))).unwrap().typed_login);
        assert_eq!(input.profile["mobilePhone"], "+14155554259");
        assert!(!format!("{input:?}").contains("Analytical"));
    }

    #[test]
    fn fields_that_are_not_in_the_form_are_refused() {
        for (body, field, code) in [
            (whole(json!({ "userType": "admin" })), "userType", FieldErrorCode::UnknownField),
            (whole(json!({ "login": "a\u{202e}b" })), "login", FieldErrorCode::Invalid),
            (whole(json!({ "firstName": "a\r\nX-Admin: 1" })), "firstName", FieldErrorCode::Invalid),
            (whole(json!({ "firstName": "" })), "firstName", FieldErrorCode::Required),
            (whole(json!({ "lastName": "x".repeat(51) })), "lastName", FieldErrorCode::TooLong),
            (whole(json!({ "email": "ada" })), "email", FieldErrorCode::Invalid),
            (whole(json!({ "email": { "a": 1 } })), "email", FieldErrorCode::Invalid),
            (whole(json!({ "mobilePhone": "4155554259" })), "mobilePhone", FieldErrorCode::Invalid),
        ] {
            let errors = typed(&body).unwrap_err();
            assert!(errors.contains(&(field.to_owned(), code)), "{body}: {errors:?}");
        }
        let mut body = whole(json!({}));
        body["groupIds"] = json!(["00g1"]);
        assert_eq!(typed(&body).unwrap_err(), [("groupIds".to_owned(), FieldErrorCode::UnknownField)]);
    }

    #[test]
    fn org_errors_map_to_fields_of_the_form() {
        let form = Form::read(None).unwrap();
        let field_errors = |code: &str, causes: &[&str]| {
            let causes = causes.iter().map(|cause| (*cause).to_owned()).collect();
            let refusal = Refusal { status: 400, code: code.to_owned(), causes, retry_after: None };
            let problem = refused(&form, "email", OrgError::Refused(refusal));
            let fields: Vec<_> = problem.errors.into_iter().map(|error| (error.field, error.code)).collect();
            (problem.code, fields)
        };
        let field = |name: &str, code| (Code::InvalidFields, vec![(name.to_owned(), code)]);
        let exists = "login: An object with this field already exists in the current organization";
        assert_eq!(field_errors("E0000001", &[exists]), field("email", FieldErrorCode::Taken));
        let refusal =
            Refusal { status: 400, code: "E0000001".to_owned(), causes: vec![exists.to_owned()], retry_after: None };
        let typed = refused(&form, "login", OrgError::Refused(refusal)).errors;
        assert_eq!(typed.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["login"]);
        assert_eq!(
            field_errors("E0000001", &["password: too weak"]),
            field("password", FieldErrorCode::PasswordPolicy)
        );
        assert_eq!(
            field_errors("E0000001", &["Password requirements were not met"]),
            field("password", FieldErrorCode::PasswordPolicy)
        );
        assert_eq!(field_errors("E0000080", &[]), field("password", FieldErrorCode::PasswordPolicy));
        assert_eq!(
            field_errors("E0000001", &["groupIds: no group 00g1"]).0,
            Code::OrgFailed,
            "that is a mistake of the operator"
        );
    }
}
