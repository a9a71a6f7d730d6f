//! Bodies: those that operations take, with changes, and others.

use super::known::Known;
use super::{PAGE, USERS};
use crate::input::Input;
use crate::mutate::mutate;
use crate::secret::SECRET;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::{Value, json};

/// The next body, with what the headers say about it.
pub(super) fn next(
    path: &str,
    headers: &mut HeaderMap,
    input: &mut Input<'_>,
    known: &Known,
    code: Option<&str>,
) -> Vec<u8> {
    let choice = input.byte();
    let is_form =
        ["/oauth2/", "/login/", "/sso/", "/policy/", "/cert/", "/okta-verify/"].iter().any(|one| path.starts_with(one));
    let mut body = if choice % 16 == 15 {
        input.text().into_owned().into_bytes()
    } else if is_form || path.ends_with("duoCallback") {
        form(input, known).into_bytes()
    } else {
        let mut body = match path {
            _ if path.starts_with("/control/") => control(path, input, known),
            _ if path.starts_with("/api/v1/authn") => authn(path, input, known, code),
            _ => management(path, input, known, code),
        };
        if choice % 16 >= 8 {
            mutate(&mut body, input);
        }
        body.to_string().into_bytes()
    };
    // What may take long by what is asked for.
    if let Ok(mut value) = serde_json::from_slice::<Value>(&body) {
        limit(&mut value);
        body = value.to_string().into_bytes();
    }
    let media_type = match (choice / 16, is_form) {
        (15, _) => input.text(),
        (_, true) => "application/x-www-form-urlencoded".into(),
        (_, false) => "application/json".into(),
    };
    let mut add = |name: HeaderName, text: &str| {
        headers.extend(HeaderValue::from_str(text).ok().map(|value| (name, value)));
    };
    add(header::CONTENT_TYPE, &media_type);
    if choice != 255 {
        add(header::CONTENT_LENGTH, &body.len().to_string());
    }
    body
}

fn limit(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(limit),
        Value::Object(members) => {
            for (name, most) in [("workFactor", 4), ("bytes", 100_000), ("levels", 10_000)] {
                if let Some(number) = members.get_mut(name).filter(|number| number.as_u64() > Some(most)) {
                    *number = most.into();
                }
            }
            members.values_mut().for_each(limit);
        }
        _ => {}
    }
}

fn user(input: &mut Input<'_>) -> &'static (String, String) {
    &USERS[usize::from(input.byte()) % USERS.len()]
}

/// Members of all operations of the authentication API, which ignore those of others.
fn authn(path: &str, input: &mut Input<'_>, known: &Known, code: Option<&str>) -> Value {
    let (login, password) = user(input);
    if path == "/api/v1/authn" && input.byte() < 200 {
        let mut body = json!({
            "username": login,
            "password": password,
            "options": { "multiOptionalFactorEnroll": true, "warnBeforePasswordExpired": true },
        });
        if input.byte() > 200 {
            body["relayState"] = "/a".into();
            body["audience"] = "0oa2x5jOopNCpswjo0g4".into();
            body["context"] = json!({ "deviceToken": "device-1" });
        }
        return body;
    }
    let mut body = factor(input, login);
    let token = |name: &str| known.token(name).to_owned();
    for (name, value) in [
        ("stateToken", token("stateToken")),
        ("recoveryToken", token("recoveryToken")),
        ("passCode", code.unwrap_or("123456").to_owned()),
        ("nextPassCode", "654321".to_owned()),
        ("answer", format!("{SECRET}Blue Bear")),
        ("oldPassword", password.clone()),
        ("newPassword", format!("{SECRET}New1Password")),
        ("username", login.clone()),
        ("userCode", "ABCD1234".to_owned()),
    ] {
        body[name] = value.into();
    }
    match input.byte() % 8 {
        0 => body["factorType"] = input.choose(&["SMS", "CALL", "EMAIL"]).into(),
        1 => body["activationToken"] = token("activationToken").into(),
        2 => body["consent"] = json!({ "expiration": "2100-01-01T00:00:00.000Z", "scopes": ["openid"] }),
        3 => body["profile"] = json!({ "firstName": "Ada", "email": "new@example.com", "phoneNumber": "+14155550199" }),
        4 => drop(body.as_object_mut().map(|members| members.remove("passCode"))),
        _ => {}
    }
    body
}

/// A factor to enroll.
fn factor(input: &mut Input<'_>, login: &str) -> Value {
    let (kind, provider, profile) = match input.byte() % 12 {
        0 => ("sms", "OKTA", json!({ "phoneNumber": "+14155550199" })),
        1 => ("call", "OKTA", json!({ "phoneNumber": "+14155550199", "phoneExtension": "12" })),
        2 => ("email", "OKTA", json!({ "email": login })),
        3 => ("question", "OKTA", json!({ "question": "disliked_food", "answer": format!("{SECRET} soup") })),
        4 => ("token:software:totp", "GOOGLE", Value::Null),
        5 => ("token:software:totp", "OKTA", Value::Null),
        6 => ("push", "OKTA", Value::Null),
        7 => ("webauthn", "FIDO", Value::Null),
        8 => ("u2f", "FIDO", Value::Null),
        9 => ("token", "SYMANTEC", json!({ "credentialId": "VSMT14393584" })),
        10 => ("token:hardware", "YUBICO", Value::Null),
        _ => ("web", "DUO", Value::Null),
    };
    json!({ "factorType": kind, "provider": provider, "profile": profile, "passCode": "123456" })
}

fn management(path: &str, input: &mut Input<'_>, known: &Known, code: Option<&str>) -> Value {
    let name = if input.byte() < 200 { "A new one".into() } else { input.text() };
    match path.split('/').nth(3).unwrap_or_default() {
        "sessions" => json!({ "sessionToken": known.token("sessionToken") }),
        "users" if path.contains("/factors") => {
            let mut body = factor(input, "jeff.beck@acme.com");
            body["passCode"] = code.unwrap_or("123456").into();
            body["answer"] = format!("{SECRET}Blue Bear").into();
            body
        }
        "users" if path.contains("/credentials") => json!({
            "password": { "value": format!("{SECRET}xaxaxaxaxa") },
            "oldPassword": { "value": format!("{SECRET}xaxaxaxaxa") },
            "newPassword": { "value": format!("{SECRET}New1Password") },
            "recovery_question": { "question": "Where?", "answer": format!("{SECRET}Langley") },
        }),
        "users" | "registration" => {
            let login = format!("new{}@example.com", input.byte());
            let mut body = json!({
                "profile": {
                    "firstName": "Ada", "lastName": "Byron", "email": login, "login": login, "mobilePhone": "+14155550199",
                },
                "credentials": {
                    "password": { "value": format!("{SECRET}New1Password") },
                    "recovery_question": { "question": "Where?", "answer": format!("{SECRET}Langley") },
                },
                "groupIds": ["00g11eyizklnBxpN42p7"],
            });
            match input.byte() % 4 {
                0 => {
                    body["credentials"]["password"] = json!({ "hash": {
                        "algorithm": "BCRYPT", "workFactor": 4, "salt": "a".repeat(22), "value": "b".repeat(31),
                    } });
                }
                1 => body = json!({ "profile": { "firstName": name } }),
                2 => body["userProfile"] = body["profile"].clone(),
                _ => {}
            }
            body
        }
        "groups" => json!({ "profile": { "name": name, "description": "x" } }),
        "trustedOrigins" => json!({
            "name": name, "origin": "https://app.example", "scopes": [{ "type": "CORS" }, { "type": "REDIRECT" }],
        }),
        "idps" => json!({
            "type": input.choose(&["SAML2", "GOOGLE", "OIDC", "X509"]), "name": name, "status": "ACTIVE",
        }),
        "apps" => json!({
            "name": "oidc_client", "label": name, "signOnMode": "OPENID_CONNECT",
            "credentials": { "oauthClient": { "token_endpoint_auth_method": "client_secret_basic" } },
            "settings": { "oauthClient": {
                "redirect_uris": [format!("{PAGE}/callback")], "response_types": ["code", "token", "id_token"],
                "grant_types": ["authorization_code", "implicit", "refresh_token"], "application_type": "web",
            } },
        }),
        "authorizationServers" => json!({ "name": name, "description": "x", "audiences": ["api://x"] }),
        "meta" => json!({ "definitions": { "custom": { "properties": {
            "color": { "title": name, "type": "string", "maxLength": 9, "enum": ["red"] },
        } } } }),
        _ => json!({}),
    }
}

fn control(path: &str, input: &mut Input<'_>, known: &Known) -> Value {
    let (login, _) = user(input);
    match path.trim_start_matches("/control/") {
        "clock/advance" => json!({ "seconds": input.choose(&[1.0, 31.0, 301.0, 1e5, 1e9, 1e12, 1e19, -1.0]) }),
        "users" => json!({
            "login": login,
            "signOn": input.choose(&["default", "remembers", "password-only", "nobody"]),
            "passwordAgeDays": u64::from(input.byte()) * 5,
            "locked": input.byte() < 64,
        }),
        "card" => json!({ "login": login }),
        "push" => json!({
            "login": login, "action": input.choose(&["approve", "reject", "enroll", "number"]), "number": 1,
        }),
        "transactions" => json!({
            "login": login,
            "state": input.choose(&[
                "MFA_REQUIRED", "MFA_CHALLENGE", "MFA_ENROLL", "MFA_ENROLL_ACTIVATE", "PASSWORD_EXPIRED", "PASSWORD_WARN",
                "PASSWORD_RESET", "RECOVERY", "RECOVERY_CHALLENGE", "LOCKED_OUT", "SUCCESS", "UNAUTHENTICATED",
                "CONSENT_REQUIRED", "DEVICE_ACTIVATE", "PROFILE_REQUIRED",
            ]),
            "factor": input.choose(&[None, Some("okta_sms"), Some("okta_question"), Some("google_otp"), Some("okta_push"), Some("duo")]),
            "app": input.choose(&[None, None, None, Some("0oa2x5jOopNCpswjo0g4")]),
        }),
        "recovery-tokens" => json!({ "login": login, "type": input.choose(&["PASSWORD", "UNLOCK"]) }),
        "switches" => json!({ "cross_site_cookies": true, "crossSiteCookies": true }),
        "engine" => json!({ "engine": input.choose(&["identity", "classic"]) }),
        "faults" => {
            let fault = match input.byte() % 10 {
                0 => json!({ "kind": "status", "status": u16::from(input.byte()) * 4 }),
                1 => json!({ "kind": "delay", "seconds": 1e4 }),
                2 => json!({ "kind": "answer", "status": 200, "contentType": input.text(), "body": "{" }),
                3 => json!({ "kind": "replace", "pointer": input.text(), "value": [] }),
                4 => json!({ "kind": "remove", "pointer": input.text() }),
                5 => json!({ "kind": "header", "name": input.text(), "value": input.text() }),
                6 => json!({ "kind": "drip", "seconds": 10 }),
                7 => json!({ "kind": "deep", "levels": 100 }),
                8 => json!({ "kind": "large", "bytes": 1000 }),
                _ => {
                    json!({ "kind": input.choose(&["hang", "hold", "reset", "reset-midway", "lose", "twice", "rate-limit", "truncate"]) })
                }
            };
            let path = known.links.first().map_or("/api/v1/authn", String::as_str);
            json!({ "path": path, "times": 2, "fault": fault })
        }
        "trusted-origins" => json!({ "origin": "https://app.example", "cors": true, "redirect": false }),
        _ => json!({}),
    }
}

/// The parameters of forms; operations ignore those of others.
fn form(input: &mut Input<'_>, known: &Known) -> String {
    let (login, password) = user(input);
    let grant = input.choose(&["authorization_code", "refresh_token", "client_credentials", "password"]);
    let token = input.choose(&["access_token", "refresh_token", "id_token"]);
    let more = if input.byte() > 200 { input.text() } else { "".into() };
    [
        format!("grant_type={grant}&code={}&refresh_token={}", known.token("code"), known.token("refresh_token")),
        format!("&redirect_uri={PAGE}%2F&client_id=0oasamplebrowserapp0&scope=openid&token={}", known.token(token)),
        "&code_verifier=M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag".to_owned(),
        format!("&username={login}&password={password}&stateToken={}", known.token("stateToken")),
        format!(
            "&token={}&redirectUrl=%2F&consent=allow&RelayState=%2F&sig_response=x{more}",
            known.token("sessionToken")
        ),
    ]
    .concat()
}
