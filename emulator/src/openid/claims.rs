//! The claims of ID tokens and access tokens.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::jwt;
use crate::{
    org::{
        Org,
        authorization_server::{AuthorizationServer, Claim, ClaimToken, ClaimValue},
        grant::Authorization,
        signing_key::SigningKey,
        user::User,
    },
    time::Timestamp,
    wire::admin::user::profile,
};

/// How long an ID token is valid.
const ID_TOKEN_SECONDS: u64 = 60 * 60;

/// What an ID token is delivered with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct With<'a> {
    pub(super) access_token: Option<&'a str>,
    pub(super) code: Option<&'a str>,
}

/// A signed ID token. Beside an access token it has the name, the login and the address only: the rest is at the
/// endpoint for user information.
pub(super) fn id_token(
    org: &mut Org,
    key: &SigningKey,
    server: &AuthorizationServer,
    user: &User,
    granted: &Authorization,
    now: Timestamp,
    with: With,
) -> String {
    let mut claims = of_scopes(org, user, granted);
    if with.access_token.is_some() {
        claims.retain(|name, _| matches!(name.as_str(), "name" | "preferred_username" | "email"));
    }
    add_custom(&mut claims, server, Some(user), granted, ClaimToken::Id);
    let own = json!({
        "sub": user.id,
        "ver": 1,
        "iss": server.issuer(org),
        "aud": granted.client,
        "iat": now.seconds(),
        "exp": now.seconds() + ID_TOKEN_SECONDS,
        "jti": format!("ID.{}", BASE64URL_NOPAD.encode(&org.random.bytes::<32>())),
        "amr": granted.amr,
        "idp": granted.idp,
        "auth_time": granted.auth_time.seconds(),
    });
    add(&mut claims, own);
    let hash = |value: Option<&str>| value.map(|value| Value::from(jwt::half_hash(value)));
    let optional = [
        ("nonce", granted.nonce.clone().map(Value::from)),
        ("at_hash", hash(with.access_token)),
        ("c_hash", hash(with.code)),
    ];
    claims.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    jwt::sign(key, &claims.into())
}

/// A signed access token. A client on its own behalf is its own subject.
pub(super) fn access_token(
    org: &mut Org,
    key: &SigningKey,
    server: &AuthorizationServer,
    user: Option<&User>,
    granted: &Authorization,
    now: Timestamp,
) -> String {
    let mut claims = Map::new();
    add_custom(&mut claims, server, user, granted, ClaimToken::Access);
    let issuer = server.issuer(org);
    let audience = match server.audiences.as_slice() {
        [] => Value::from(issuer.clone()),
        [one] => Value::from(one.clone()),
        several => json!(several),
    };
    let own = json!({
        "ver": 1,
        "jti": format!("AT.{}", BASE64URL_NOPAD.encode(&org.random.bytes::<32>())),
        "iss": issuer,
        "aud": audience,
        "iat": now.seconds(),
        "exp": now.seconds() + server.access_token_life.as_secs(),
        "cid": granted.client,
        "scp": granted.scopes,
        "sub": user.map_or(&granted.client, |user| &user.profile.login),
    });
    add(&mut claims, own);
    if let Some(user) = user {
        add(&mut claims, json!({ "uid": user.id, "auth_time": granted.auth_time.seconds() }));
    }
    jwt::sign(key, &claims.into())
}

/// The claims that the granted scopes stand for (OpenID Connect Core 1.0, section 5.4).
pub(super) fn of_scopes(org: &Org, user: &User, granted: &Authorization) -> Map<String, Value> {
    let mut claims = Map::new();
    let members = profile(&user.profile);
    let member = |name: &str| members.get(name).filter(|value| !value.is_null()).cloned();
    let mut put = |name: &str, value: Option<Value>| value.and_then(|value| claims.insert(name.to_owned(), value));
    if granted.has_scope("profile") {
        put("name", Some(format!("{} {}", user.profile.first_name, user.profile.last_name).into()));
        put("given_name", member("firstName"));
        put("middle_name", member("middleName"));
        put("family_name", member("lastName"));
        put("nickname", member("nickName"));
        put("preferred_username", member("login"));
        put("locale", member("locale"));
        put("zoneinfo", member("timezone"));
        put("updated_at", Some(user.dates.updated.seconds().into()));
    }
    if granted.has_scope("email") {
        put("email", member("email"));
        put("email_verified", Some(true.into()));
    }
    if granted.has_scope("phone") {
        put("phone_number", member("primaryPhone"));
    }
    if granted.has_scope("address") {
        let names = [
            ("street_address", "streetAddress"),
            ("locality", "city"),
            ("region", "state"),
            ("postal_code", "zipCode"),
            ("country", "countryCode"),
        ];
        let parts: Map<String, Value> =
            names.into_iter().filter_map(|(name, from)| Some((name.to_owned(), member(from)?))).collect();
        put("address", (!parts.is_empty()).then(|| parts.into()));
    }
    if granted.has_scope("groups") {
        let everyone = org.groups.first().map(|group| &group.id);
        let is_in = |id: &String| Some(id) == everyone || user.groups.contains(id);
        let names: Vec<&str> = org.groups.iter().filter(|one| is_in(&one.id)).map(|one| one.name.as_str()).collect();
        put("groups", Some(json!(names)));
    }
    claims
}

fn add_custom(
    claims: &mut Map<String, Value>,
    server: &AuthorizationServer,
    user: Option<&User>,
    granted: &Authorization,
    token: ClaimToken,
) {
    let applies = |claim: &&Claim| {
        claim.token == token && (claim.scopes.is_empty() || claim.scopes.iter().any(|scope| granted.has_scope(scope)))
    };
    for claim in server.claims.iter().filter(applies) {
        let value = match &claim.value {
            ClaimValue::Attribute(name) => {
                let members = user.map(|user| profile(&user.profile));
                members.and_then(|members| members.get(name).filter(|value| !value.is_null()).cloned())
            }
            ClaimValue::Fixed(value) => Some(value.clone()),
        };
        claims.extend(value.map(|value| (claim.name.clone(), value)));
    }
}

/// A server's own claims can't be replaced by custom ones.
fn add(claims: &mut Map<String, Value>, own: Value) {
    if let Value::Object(own) = own {
        claims.extend(own);
    }
}
