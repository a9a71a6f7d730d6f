//! The option `tokens`: an object about the app that gets tokens. It is read in the second part of the program, with code
//! that the first form does not have. Not here: asking for tokens.

use super::ConfigError;
use okta_authn::Org;
use okta_authn::openid::{Issuer, ResponseType, Way};
use okta_authn::url::Address;
use okta_authn::wire::Value;
use sign_in_flow::RedirectUrl;
use sign_in_flow::tokens::{TokenSettings, TokenStorage};

/// Name of the option.
pub(crate) const TOKENS: &str = "tokens";

/// Every member that it may have.
const MEMBERS: [&str; 8] = ["issuer", "clientId", "redirectUri", "scopes", "responseType", "display", "idp", "storage"];

/// What the tokens are for, unless the page says it.
const SCOPES: [&str; 3] = ["openid", "profile", "email"];

/// Reads it, on a page of this address.
pub(crate) fn parse(given: &Value, page_url: &str, org: &Org) -> Result<TokenSettings, ConfigError> {
    if let Some((name, _)) = given.members().iter().find(|(name, _)| !MEMBERS.contains(&name.as_str())) {
        return wrong(name, "is no member: check its spelling");
    }
    let page = Address::parse(page_url).map_err(|error| ConfigError::new(TOKENS, error.reason()))?;
    let issuer = match text(given, "issuer")? {
        None => Issuer::of(org),
        Some(issuer) => Issuer::parse(issuer, org).or_else(|problem| wrong("issuer", problem))?,
    };
    let Some(client_id) = text(given, "clientId")? else { return wrong("clientId", "is missing: the id of your app") };
    let own_address = page_url.split(['?', '#']).next().unwrap_or_default();
    let redirect_uri = text(given, "redirectUri")?.unwrap_or(own_address);
    let problem = "must be an absolute address of the page's own origin, without a fragment";
    let is_plain = !redirect_uri.contains('#');
    let Some(redirect_uri) = RedirectUrl::parse(redirect_uri, &[page.origin]).ok().filter(|_| is_plain) else {
        return wrong("redirectUri", problem);
    };
    Ok(TokenSettings {
        issuer,
        client_id: client_id.to_owned(),
        redirect_uri,
        scopes: words(given, "scopes")?.unwrap_or_else(|| SCOPES.map(str::to_owned).to_vec()),
        response_type: response_type(given)?,
        way: match text(given, "display")? {
            None | Some("frame") => Way::Frame,
            Some("redirect") => Way::Redirect,
            Some(_) => return wrong("display", "must be one of: frame, redirect"),
        },
        idp: text(given, "idp")?.map(str::to_owned),
        storage: match text(given, "storage")? {
            None | Some("none") => TokenStorage::None,
            Some("memory") => TokenStorage::Memory,
            Some("session") => TokenStorage::Session,
            Some(_) => return wrong("storage", "must be one of: none, memory, session"),
        },
    })
}

fn wrong<T>(member: &str, problem: &str) -> Result<T, ConfigError> {
    Err(ConfigError::new(&[TOKENS, ".", member].concat(), problem))
}

/// An empty text is none.
fn text<'a>(given: &'a Value, member: &str) -> Result<Option<&'a str>, ConfigError> {
    match given.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(_) => wrong(member, "must be a string"),
    }
}

/// A list of words, or a text with blanks between them.
fn words(given: &Value, member: &str) -> Result<Option<Vec<String>>, ConfigError> {
    match given.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.split_whitespace().map(str::to_owned).collect())),
        Some(Value::List(items)) => {
            let words: Option<Vec<String>> = items.iter().map(|item| item.as_text().map(str::to_owned)).collect();
            words.map(Some).ok_or_else(|| wrong_words(member))
        }
        Some(_) => Err(wrong_words(member)),
    }
}

fn wrong_words(member: &str) -> ConfigError {
    ConfigError::new(&[TOKENS, ".", member].concat(), "must be a list of strings")
}

fn response_type(given: &Value) -> Result<ResponseType, ConfigError> {
    let Some(words) = words(given, "responseType")? else { return Ok(ResponseType::Code) };
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["code"] => Ok(ResponseType::Code),
        ["id_token"] => Ok(ResponseType::IdToken),
        ["token", "id_token"] | ["id_token", "token"] => Ok(ResponseType::TokenAndIdToken),
        _ => wrong("responseType", "must be one of: code, id_token, token id_token"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn read(given: Json) -> Result<TokenSettings, String> {
        let org = Org::parse("https://example.okta.com").unwrap();
        let given = serde_json::from_value(given).unwrap();
        parse(&given, "https://app.example/login?x=1#top", &org).map_err(|error| error.to_string())
    }

    #[test]
    fn an_id_is_enough() {
        let settings = read(json!({"clientId": "0oa1", "idp": null, "issuer": ""})).unwrap();
        assert_eq!((settings.issuer.name(), settings.client_id.as_str()), ("https://example.okta.com", "0oa1"));
        assert_eq!(settings.redirect_uri.as_str(), "https://app.example/login");
        assert_eq!(settings.scopes, SCOPES);
        assert_eq!((settings.response_type, settings.way, settings.idp), (ResponseType::Code, Way::Frame, None));
        assert_eq!(settings.storage, TokenStorage::None);
    }

    #[test]
    fn everything_that_can_be_said() {
        for (response_type, expected) in [
            (json!("code"), ResponseType::Code),
            (json!(["code"]), ResponseType::Code),
            (json!("id_token"), ResponseType::IdToken),
            (json!(["id_token", "token"]), ResponseType::TokenAndIdToken),
            (json!("token id_token"), ResponseType::TokenAndIdToken),
        ] {
            let given = json!({"issuer": "https://example.okta.com/oauth2/default", "clientId": "0oa1", "idp": "0oi",
                "redirectUri": "https://app.example/cb?a=1", "scopes": "openid offline_access", "display": "redirect",
                "responseType": response_type});
            let settings = read(given).unwrap();
            assert_eq!((settings.response_type, settings.way), (expected, Way::Redirect), "{response_type}");
            assert_eq!(settings.redirect_uri.as_str(), "https://app.example/cb?a=1");
            assert_eq!(settings.scopes, ["openid", "offline_access"]);
        }
    }

    #[test]
    fn where_tokens_are_kept() {
        for (storage, expected) in
            [("none", TokenStorage::None), ("memory", TokenStorage::Memory), ("session", TokenStorage::Session)]
        {
            assert_eq!(read(json!({"clientId": "0oa1", "storage": storage})).unwrap().storage, expected);
        }
    }

    #[test]
    fn mistakes() {
        for (given, mistake) in [
            (json!({}), "tokens.clientId is missing: the id of your app"),
            (json!({"clientId": 7}), "tokens.clientId must be a string"),
            (json!({"clientId": "c", "clientID": "c"}), "tokens.clientID is no member: check its spelling"),
            (
                json!({"clientId": "c", "issuer": "https://evil.example/oauth2/default"}),
                "tokens.issuer must be of the org: it has another origin than base-url and org-origins",
            ),
            (
                json!({"clientId": "c", "redirectUri": "https://evil.example/"}),
                "tokens.redirectUri must be an absolute address of the page's own origin, without a fragment",
            ),
            (
                json!({"clientId": "c", "redirectUri": "/cb"}),
                "tokens.redirectUri must be an absolute address of the page's own origin, without a fragment",
            ),
            (
                json!({"clientId": "c", "redirectUri": "https://app.example/#cb"}),
                "tokens.redirectUri must be an absolute address of the page's own origin, without a fragment",
            ),
            (json!({"clientId": "c", "scopes": [1]}), "tokens.scopes must be a list of strings"),
            (
                json!({"clientId": "c", "responseType": "token"}),
                "tokens.responseType must be one of: code, id_token, token id_token",
            ),
            (json!({"clientId": "c", "display": "popup"}), "tokens.display must be one of: frame, redirect"),
            (
                json!({"clientId": "c", "storage": "localStorage"}),
                "tokens.storage must be one of: none, memory, session",
            ),
        ] {
            assert_eq!(read(given).unwrap_err(), ["okta-sign-in: ", mistake].concat());
        }
    }
}
