//! `/.well-known/webfinger`: the identity provider of a login. It is called without cookies, and answers
//! for unknown logins as for known ones. `/.well-known/okta-organization`: the org and its engine.

use axum::{
    Router,
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{
    App,
    operation::{json as json_response, refuse},
};
use crate::{
    error,
    org::{self, Org, federation},
    wire::Members,
};

const OKTA_IDP: &str = "okta:idp";
const ISSUER: &str = "http://openid.net/specs/connect/1.0/issuer";

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/.well-known/webfinger", get(webfinger))
        .route("/.well-known/okta-organization", get(organization))
}

async fn organization(State(app): State<App>) -> Response {
    let org = app.org();
    json_response(
        200,
        &json!({
            "id": org::ID,
            "_links": { "organization": { "href": org.base } },
            "pipeline": org.engine.pipeline(),
            "settings": { "analyticsCollectionEnabled": false, "bugReportingEnabled": true, "omEnabled": false },
        }),
    )
}

async fn webfinger(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    let resource = field("resource").unwrap_or_default();
    let login = resource.strip_prefix("okta:acct:").or_else(|| resource.strip_prefix("acct:"));
    let Some(login) = login.filter(|login| !login.is_empty()) else {
        let cause = "resource: is written like okta:acct:name@example.com";
        return refuse(&app, &error::VALIDATION.about("resource").and(cause));
    };
    let rels: Vec<&str> = fields.iter().filter(|(name, _)| name == "rel").map(|(_, value)| value.as_str()).collect();
    let org = app.org();
    let links = links(&org, login, field("requestContext")).into_iter();
    // Without `rel`, the link that decides is the only one.
    let links: Vec<Value> = match &*rels {
        [] => links.take(1).collect(),
        rels => links.filter(|link| rels.iter().any(|rel| link["rel"] == *rel)).collect(),
    };
    let body = json!({ "subject": resource, "links": links });
    let headers = [(header::CONTENT_TYPE, "application/jrd+json"), (header::CACHE_CONTROL, "no-cache, no-store")];
    (StatusCode::OK, headers, body.to_string()).into_response()
}

/// The identity provider that the login is routed to, if any; then the org itself. The first one decides.
fn links(org: &Org, login: &str, context: Option<&str>) -> Vec<Value> {
    let provider = org.federation.routed(login).map(|one| {
        let properties = Members::default()
            .with("okta:idp:type", json!(one.kind))
            .with("okta:idp:id", one.id.clone())
            .with_some("okta:logo", one.logo.clone());
        json!({
            "rel": OKTA_IDP,
            "href": start(org, &one.id, context),
            "titles": { "und": one.name },
            "properties": Value::from(properties),
        })
    });
    let own = json!({
        "rel": ISSUER,
        "href": start(org, federation::OKTA, context),
        "titles": { "und": org.name },
        "properties": { "okta:idp:type": federation::OKTA },
    });
    provider.into_iter().chain([own]).collect()
}

fn start(org: &Org, provider: &str, context: Option<&str>) -> String {
    let mut url = org.url(&format!("/sso/idps/{provider}"));
    if let Some(context) = context {
        // A context is a URL to continue to, or the state token of a running sign-in.
        let name = if context.starts_with('/') || context.contains("://") { "fromURI" } else { "stateToken" };
        let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, context).finish();
        url = format!("{url}?{query}");
    }
    url
}
