//! The sign-in that an authorization request waits for: a step-up for the client at the org's sign-in page.

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};

use crate::{
    http::{call_of_browser, leave_for_page, page},
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
    if org.is_upgraded() {
        let what = "<p>This is where an org shows its own sign-in page: an upgraded one has no custom page for apps. \
                    Sign in at your page first, and come with its session or its session token.</p>";
        return page::page(StatusCode::OK, "Sign in to the org", what);
    }
    let call = call_of_browser(org, headers);
    let waits = org.random.token();
    let pending = Pending { server: server.id.clone(), fields, expires: call.now.after(PENDING_LIFE) };
    org.issued.pending.insert(waits.clone(), pending);
    let target = Target {
        id: client.id.clone(),
        name: "oidc_client".to_owned(),
        label: client.label.clone(),
        protocol: "OIDC".to_owned(),
        issuer: server.issuer(org),
        authorization: Some(waits),
    };
    let page = org.page().map(str::to_owned);
    leave_for_page(org, &call, page, Purpose::StepUp(target), State::Unauthenticated, None)
}
