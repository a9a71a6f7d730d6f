//! The sign-in that an authorization request waits for: a step-up for the client at the org's sign-in
//! page, or the org's own form where it has none.

use axum::{http::HeaderMap, response::Response};

use super::own_login;

use crate::{
    http::{call_of_browser, leave_for_page},
    org::{
        Org,
        app::Target,
        authorization_server::AuthorizationServer,
        client::Client,
        grant::{PENDING_LIFE, Pending},
        transaction::{Purpose, State},
    },
};

/// Keeps the request, and sends the browser to the sign-in page.
pub(super) fn begin(
    org: &mut Org,
    server: &AuthorizationServer,
    client: &Client,
    fields: Vec<(String, String)>,
    headers: &HeaderMap,
) -> Response {
    let call = call_of_browser(org, headers);
    let hint = fields.iter().find(|(name, _)| name == "login_hint").map(|(_, value)| value.clone());
    let waits = org.random.token();
    let pending = Pending { server: server.id.clone(), fields, expires: call.now.after(PENDING_LIFE), user: None };
    org.issued.pending.insert(waits.clone(), pending);
    // An upgraded org has no custom page for apps.
    let page = org.page().map(str::to_owned).filter(|_| !org.is_upgraded());
    if page.is_none() {
        return own_login::form(org, &waits, None);
    }
    let target = Target {
        id: client.id.clone(),
        name: "oidc_client".to_owned(),
        label: client.label.clone(),
        protocol: "OIDC".to_owned(),
        issuer: server.issuer(org),
        authorization: Some(waits),
        saml: None,
    };
    leave_for_page(org, &call, page, Purpose::StepUp(target), State::Unauthenticated, None, hint.as_deref())
}
