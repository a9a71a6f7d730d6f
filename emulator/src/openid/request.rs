//! An authorization request: what it asks for, and why it is refused. While the client or its redirect URI is not
//! known, an error is a page: a redirect would lead anywhere (RFC 6749, section 4.1.2.1).

use std::time::Duration;

use super::{
    error::{
        INVALID_REQUEST, INVALID_SCOPE, OAuthError, REGISTRATION_NOT_SUPPORTED, REQUEST_NOT_SUPPORTED,
        REQUEST_URI_NOT_SUPPORTED, UNAUTHORIZED_CLIENT, UNSUPPORTED_RESPONSE_TYPE,
    },
    fields::Fields,
    pkce,
    response::{Mode, Return},
};
use crate::org::{
    Org,
    authorization_server::AuthorizationServer,
    client::{Client, GrantType, ResponseType},
    federation::IdentityProvider,
};

/// An authorization request that was checked.
pub(super) struct Request {
    pub(super) client: Client,
    pub(super) to: Return,
    pub(super) types: Vec<ResponseType>,
    pub(super) scopes: Vec<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<String>,
    pub(super) prompt: Prompt,
    pub(super) max_age: Option<Duration>,
    pub(super) session_token: Option<String>,
    /// The identity provider that the sign-in begins at.
    pub(super) idp: Option<String>,
}

/// What the person may be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prompt {
    /// Nothing at all.
    pub(super) none: bool,
    /// To sign in again.
    pub(super) login: bool,
    /// For consent again.
    pub(super) consent: bool,
}

/// Why a request is refused.
pub(super) enum Refused {
    /// What a page says.
    Page(String),
    Redirect(Return, OAuthError),
}

/// Checks the parameters.
pub(super) fn read(org: &Org, server: &AuthorizationServer, fields: &Fields) -> Result<Request, Refused> {
    let (client, uri) = client(org, fields)?;
    let types = response_types(fields);
    let state = fields.get("state").map(str::to_owned);
    let (mode, allowed) = mode(fields, types.as_deref().unwrap_or_default());
    let to = Return { uri, mode, state };
    let checked = allowed.and(types).and_then(|types| check(org, server, &client, types, &to, fields));
    match checked {
        Ok(checked) => Ok(Request { client, to, ..checked }),
        Err(error) => Err(Refused::Redirect(to, error)),
    }
}

/// The client and its redirect URI.
fn client(org: &Org, fields: &Fields) -> Result<(Client, String), Refused> {
    let page = |what: String| Err(Refused::Page(what));
    if let Some(name @ ("client_id" | "redirect_uri")) = fields.repeated() {
        return page(format!("The parameter '{name}' comes more than once."));
    }
    let Some(id) = fields.get("client_id") else { return page("The parameter 'client_id' is missing.".to_owned()) };
    let Some(client) = org.client(id) else {
        return page(format!("There is no client '{id}': invalid_client. The org's [[clients]] are in its file."));
    };
    let Some(uri) = fields.get("redirect_uri") else {
        return page("The parameter 'redirect_uri' is missing.".to_owned());
    };
    if !org.is_registered(&client.redirect_uris, uri) {
        return page(format!("'{uri}' is not one of the client's redirect_uris. They are compared letter by letter."));
    }
    Ok((client.clone(), uri.to_owned()))
}

/// The parts of `response_type`, in any order.
fn response_types(fields: &Fields) -> Result<Vec<ResponseType>, OAuthError> {
    let mut types = Vec::new();
    for name in fields.required("response_type")?.split(' ') {
        match ResponseType::named(name) {
            Some(one) if !types.contains(&one) => types.push(one),
            _ => return Err(UNSUPPORTED_RESPONSE_TYPE.because(format!("The response type '{name}' is not supported."))),
        }
    }
    Ok(types)
}

/// The response mode, and whether it is allowed. An error is sent in a mode too: in that of the response type.
fn mode(fields: &Fields, types: &[ResponseType]) -> (Mode, Result<(), OAuthError>) {
    let front = types.iter().any(|one| *one != ResponseType::Code);
    let usual = if front { Mode::Fragment } else { Mode::Query };
    let refused = |why| (usual, Err(INVALID_REQUEST.because(why)));
    match fields.get("response_mode").map(Mode::named) {
        None => (usual, Ok(())),
        // Tokens in a query would be in logs.
        Some(Some(Mode::Query)) if front => refused("'response_mode' query is refused for tokens."),
        Some(Some(mode)) => (mode, Ok(())),
        Some(None) => refused("The value of 'response_mode' is not supported."),
    }
}

fn check(
    org: &Org,
    server: &AuthorizationServer,
    client: &Client,
    types: Vec<ResponseType>,
    to: &Return,
    fields: &Fields,
) -> Result<Request, OAuthError> {
    fields.check_repeated()?;
    if fields.get("request").is_some() {
        return Err(REQUEST_NOT_SUPPORTED.because("Request objects are not supported."));
    }
    if fields.get("request_uri").is_some() {
        return Err(REQUEST_URI_NOT_SUPPORTED.because("'request_uri' is not supported."));
    }
    if fields.get("registration").is_some() {
        return Err(REGISTRATION_NOT_SUPPORTED.because("'registration' is not supported."));
    }
    if let Some(refused) = types.iter().find(|one| !client.response_types.contains(one)) {
        return Err(
            UNAUTHORIZED_CLIENT.because(format!("The client may not use the response type {}.", refused.as_str()))
        );
    }
    if to.mode == Mode::PostMessage && to.origin().is_none() {
        return Err(INVALID_REQUEST.because("'response_mode' okta_post_message needs a redirect URI that is a page."));
    }
    fields.required("state")?;
    let scopes = scopes(server, client, &types, fields)?;
    let nonce = fields.get("nonce").map(str::to_owned);
    if types.contains(&ResponseType::IdToken) && nonce.is_none() {
        return Err(INVALID_REQUEST.because("'nonce' is required where the response has an ID token."));
    }
    let by_code = types.contains(&ResponseType::Code);
    Ok(Request {
        client: client.clone(),
        to: to.clone(),
        challenge: pkce::challenge(fields, client.pkce_required && by_code)?.filter(|_| by_code),
        types,
        scopes,
        nonce,
        prompt: prompt(fields)?,
        max_age: max_age(fields)?,
        session_token: fields.get("sessionToken").map(str::to_owned),
        idp: idp(org, fields)?,
    })
}

fn scopes(
    server: &AuthorizationServer,
    client: &Client,
    types: &[ResponseType],
    fields: &Fields,
) -> Result<Vec<String>, OAuthError> {
    let Some(scopes) = fields.get("scope") else {
        return Err(INVALID_SCOPE.because("The authentication request must have the parameter 'scope'."));
    };
    let mut asked: Vec<String> = Vec::new();
    for name in scopes.split(' ').filter(|name| !name.is_empty()) {
        if !server.has_scope(name) {
            return Err(INVALID_SCOPE.because(format!("The authorization server has no scope '{name}'.")));
        }
        if !asked.iter().any(|one| one == name) {
            asked.push(name.to_owned());
        }
    }
    if asked.iter().any(|name| name == "offline_access") && !client.may_use(GrantType::RefreshToken) {
        return Err(INVALID_SCOPE.because("The scope 'offline_access' needs the grant type refresh_token."));
    }
    // Without a code there is no refresh token (OpenID Connect Core 1.0, section 11).
    asked.retain(|name| name != "offline_access" || types.contains(&ResponseType::Code));
    // The org's own server is for sign-ins only.
    let needs_openid = server.id.is_none() || types.contains(&ResponseType::IdToken);
    if needs_openid && !asked.iter().any(|one| one == "openid") {
        return Err(INVALID_SCOPE.because("The scope 'openid' is missing."));
    }
    Ok(asked)
}

/// `none` stands alone.
fn prompt(fields: &Fields) -> Result<Prompt, OAuthError> {
    let mut prompt = Prompt::default();
    for name in fields.get("prompt").unwrap_or_default().split(' ').filter(|name| !name.is_empty()) {
        match name {
            "none" => prompt.none = true,
            "login" => prompt.login = true,
            "consent" => prompt.consent = true,
            _ => return Err(INVALID_REQUEST.because("The value of 'prompt' is not supported.")),
        }
    }
    if prompt.none && (prompt.login || prompt.consent) {
        return Err(INVALID_REQUEST.because("'prompt' none stands alone."));
    }
    Ok(prompt)
}

fn max_age(fields: &Fields) -> Result<Option<Duration>, OAuthError> {
    let seconds = fields.get("max_age").map(str::parse).transpose();
    let seconds = seconds.map_err(|_| INVALID_REQUEST.because("'max_age' must be a number of seconds."))?;
    Ok(seconds.map(Duration::from_secs))
}

fn idp(org: &Org, fields: &Fields) -> Result<Option<String>, OAuthError> {
    match fields.get("idp") {
        Some(idp) if org.federation.provider(idp).is_some_and(IdentityProvider::is_active) => Ok(Some(idp.to_owned())),
        Some(_) => Err(INVALID_REQUEST.because("'idp' is not the id of an active identity provider of this org.")),
        None => Ok(None),
    }
}
