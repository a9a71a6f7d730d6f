//! The registration form: its fields as published by the hook or by the page, the values a person typed, and the
//! hook's response. Not here: a field's label in our words, or whether a value fits.

use okta_authn::open_enum;
use okta_authn::reader::Reader;
use okta_authn::wire::Value;
use okta_authn::{Password, PasswordPolicy};

open_enum! {
    /// What a field takes.
    FieldKind {
        /// Any text.
        Text = "text",
        /// An e-mail address.
        Email = "email",
        /// A phone number.
        Tel = "tel",
        /// A password.
        Password = "password",
    }
}

/// The name of the field for the password.
pub const PASSWORD: &str = "password";
/// Where the page's own code puts the proof that a person signs up.
const CHALLENGE_TOKEN: &str = "challengeToken";

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in a request: letters, digits and underscores.
    pub name: String,
    /// What to call it where its name is not one of ours.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// Characters at most.
    pub max_length: Option<u32>,
    /// What a browser or password manager may fill in.
    pub autocomplete: Option<String>,
}

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// In the order in which to show them; the password is one of them.
    pub fields: Vec<Field>,
    /// What the password must be like.
    pub policy: PasswordPolicy,
}

impl Default for Form {
    /// What a page asks for that says nothing else.
    fn default() -> Self {
        let field = |name: &str, kind, autocomplete: &str| Field {
            name: name.to_owned(),
            label: name.to_owned(),
            kind,
            required: true,
            max_length: None,
            autocomplete: Some(autocomplete.to_owned()),
        };
        let fields = vec![
            field("firstName", FieldKind::Text, "given-name"),
            field("lastName", FieldKind::Text, "family-name"),
            field("email", FieldKind::Email, "email"),
            field(PASSWORD, FieldKind::Password, "new-password"),
        ];
        Self { fields, policy: PasswordPolicy::default() }
    }
}

impl Form {
    /// Reads the answer of `GET /registration`.
    pub fn read(form: &Reader) -> Self {
        let fields = form.at("fields").required().each(Field::read);
        if !fields.iter().any(|field| field.name == PASSWORD) {
            form.at("fields").report("a list with a field named password");
        }
        Self { fields, policy: policy(&form.at("password")) }
    }

    /// The field for a phone number that names its country.
    pub fn phone(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == FieldKind::Tel)
    }
}

impl Field {
    fn read(field: &Reader) -> Self {
        let name = field.at("name").required_text();
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            field.at("name").report("a name of letters, digits and underscores");
        }
        Self {
            label: field.at("label").text().unwrap_or_else(|| name.clone()),
            kind: field.at("type").text().as_deref().map_or(FieldKind::Text, FieldKind::from),
            required: field.at("required").flag().unwrap_or(false),
            max_length: field.at("maxLength").count().filter(|most| *most > 0),
            autocomplete: field.at("autocomplete").text(),
            name,
        }
    }
}

fn policy(rules: &Reader) -> PasswordPolicy {
    let least = |name| rules.at(name).count().unwrap_or(0);
    let excluded = rules.at("excludeAttributes").each(|name| name.text().unwrap_or_default());
    let holds = |attribute: &str| excluded.iter().any(|name| name == attribute);
    PasswordPolicy {
        min_length: least("minLength"),
        min_lower_case: least("minLowerCase"),
        min_upper_case: least("minUpperCase"),
        min_number: least("minNumber"),
        min_symbol: least("minSymbol"),
        exclude_username: rules.at("excludeUsername").flag().unwrap_or(false),
        exclude_first_name: holds("firstName"),
        exclude_last_name: holds("lastName"),
        ..PasswordPolicy::default()
    }
}

/// Names of the fields that a person may sign in with: the first that is there counts.
pub const LOGIN_FIELDS: [&str; 3] = ["login", "userName", "email"];

/// What was typed, by the names of the fields. Its `Debug` shows nothing of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Data(Value);

impl Data {
    /// What was typed into a form; what was left empty is left out.
    pub fn new(typed: impl IntoIterator<Item = (String, String)>, password: &Password) -> Self {
        let typed = typed.into_iter().filter(|(_, text)| !text.is_empty());
        let typed = typed.map(|(name, text)| (name, Value::Text(text)));
        let password = (PASSWORD.to_owned(), Value::text_value(password.expose()));
        Self(Value::Object(typed.chain([password]).collect()))
    }

    /// What the page's own code made of it.
    pub fn from_page(data: Value) -> Self {
        Self(data)
    }

    /// For the page's own code.
    pub fn value(&self) -> &Value {
        &self.0
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_text()
    }

    /// The user name: a field of its own that is not empty, else the e-mail address.
    pub fn login(&self) -> &str {
        let login = LOGIN_FIELDS.into_iter().filter_map(|name| self.text(name)).find(|login| !login.is_empty());
        login.unwrap_or_default()
    }

    /// The password.
    pub fn password(&self) -> Password {
        Password::new(self.text(PASSWORD).unwrap_or_default())
    }

    pub(super) fn challenge_token(&self) -> Option<&str> {
        self.text(CHALLENGE_TOKEN)
    }

    pub(super) fn profile(&self) -> Value {
        let own = |name: &str| name != PASSWORD && name != CHALLENGE_TOKEN;
        Value::Object(self.0.members().iter().filter(|(name, _)| own(name)).cloned().collect())
    }
}

open_enum! {
    /// What became of the phone.
    PhoneFactor {
        /// There was none.
        None = "none",
        /// It is a factor now.
        Enrolled = "enrolled",
        /// It could not be made one.
        Failed = "failed",
    }
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The user name.
    pub login: String,
    /// What became of the phone.
    pub phone: PhoneFactor,
}

impl Registered {
    /// Reads the answer of `POST /registration`.
    pub fn read(registered: &Reader) -> Self {
        let phone = registered.at("phoneFactor").text();
        Self {
            login: registered.at("login").required_text(),
            phone: phone.as_deref().map_or(PhoneFactor::None, PhoneFactor::from),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use okta_authn::reader::DecodeErrors;

    fn form(text: &str) -> Result<Form, String> {
        let body: Value = serde_json::from_str(text).unwrap();
        let errors = DecodeErrors::default();
        let form = Form::read(&Reader::new(&body, &errors));
        errors.into_result(form).map_err(|error| error.to_string())
    }

    #[test]
    fn fields_and_rules() {
        let form = form(
            r#"{"fields": [{"name": "email", "label": "E-mail", "type": "email", "required": true, "maxLength": 100},
                {"name": "shoe_size", "type": "number"}, {"name": "password", "type": "password", "required": true}],
                "password": {"minLength": 9, "minSymbol": 1, "excludeUsername": true, "excludeAttributes": ["lastName"]},
                "challenge": null}"#,
        )
        .unwrap();
        let names: Vec<_> =
            form.fields.iter().map(|field| (&*field.name, &*field.label, field.kind.as_str())).collect();
        assert_eq!(
            names,
            [("email", "E-mail", "email"), ("shoe_size", "shoe_size", "number"), ("password", "password", "password")]
        );
        assert_eq!((form.policy.min_length, form.policy.min_symbol), (9, 1));
        assert!(form.policy.exclude_username && form.policy.exclude_last_name && !form.policy.exclude_first_name);
    }

    #[test]
    fn forms_that_cannot_be_shown() {
        for (text, problem) in [
            ("{}", "fields should be present"),
            (r#"{"fields": []}"#, "fields should be a list with a field named password"),
            (r#"{"fields": [{"name": "a'b"}]}"#, "fields[0].name should be a name of letters, digits and underscores"),
        ] {
            assert_eq!(form(text).unwrap_err(), problem);
        }
    }

    #[test]
    fn what_was_typed_goes_where_it_belongs() {
        let typed = [("email", "b@x.example"), ("nick", ""), ("challengeToken", "t")];
        let typed = typed.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let data = Data::new(typed, &Password::new("pw"));
        assert_eq!((data.login(), data.password()), ("b@x.example", Password::new("pw")));
        assert_eq!(serde_json::to_string(&data.profile()).unwrap(), r#"{"email":"b@x.example"}"#);
        assert_eq!(data.challenge_token(), Some("t"));
        assert_eq!(format!("{data:?}"), "Data(an object)");
    }

    #[test]
    fn the_user_name_is_the_email_address_unless_one_is_typed() {
        for (login, expected) in [("bruce", "bruce"), ("", "b@x.example")] {
            let members = [("email", "b@x.example"), ("login", login)];
            let members = members.map(|(name, text)| (name.to_owned(), Value::Text(text.to_owned())));
            assert_eq!(Data::from_page(Value::Object(members.to_vec())).login(), expected);
        }
    }
}
