//! Consent: the person is asked whether the client may have the scopes. It is asked once for each scope, or each time
//! with `prompt=consent`.

use axum::{
    extract::{Request as HttpRequest, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::{
    authorize::{self, Progress},
    error::ACCESS_DENIED,
    fields::Fields,
    request::{self, Request},
};
use crate::{
    http::{App, cookie, page},
    org::{
        Org,
        authorization_server::AuthorizationServer,
        client::Consent,
        grant::{Consented, PENDING_LIFE, Pending},
        user::UserId,
    },
};

/// Whether the person has to be asked.
pub(super) fn is_needed(org: &Org, server: &AuthorizationServer, request: &Request, user: &UserId) -> bool {
    let given = |scope: &String| {
        org.issued.consents.iter().any(|one| {
            one.user == *user
                && one.client == request.client.id
                && one.server == server.id
                && one.scopes.contains(scope)
        })
    };
    request.prompt.consent || request.client.consent == Consent::Required && !request.scopes.iter().all(given)
}

/// The page that asks. No other site may frame it: a click there could be made for another reason.
pub(super) fn ask(
    org: &mut Org,
    server: &AuthorizationServer,
    request: &Request,
    fields: Fields,
    user: UserId,
) -> Response {
    let key = org.random.token();
    let scopes: Vec<String> = request.scopes.iter().map(|scope| format!("<li>{}</li>", page::escape(scope))).collect();
    let expires = org.clock.now().after(PENDING_LIFE);
    let pending = Pending { server: server.id.clone(), fields: fields.into_pairs(), expires, user: Some(user) };
    org.issued.pending.insert(key.clone(), pending);
    let label = page::escape(&request.client.label);
    let body = format!(
        "<p>{label} asks for:</p><ul>{}</ul><form method=\"post\" action=\"/oauth2/v1/consent\">\
         <input type=\"hidden\" name=\"key\" value=\"{key}\">\
         <button name=\"decision\" value=\"allow\">Allow</button>\
         <button name=\"decision\" value=\"deny\">Don't allow</button></form>",
        scopes.concat(),
    );
    let mut response = page::page(StatusCode::OK, "Allow access", &body);
    let policy = HeaderValue::from_static("frame-ancestors 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `POST /oauth2/v1/consent`: the person has decided, in the session that was asked.
pub(super) async fn decided(State(app): State<App>, request: HttpRequest) -> Response {
    let (parts, body) = request.into_parts();
    let form = match Fields::of_body(&parts.headers, body).await {
        Ok(form) => form,
        Err(error) => return error.response(),
    };
    let over = || page::error(StatusCode::FORBIDDEN, "Nothing to decide", "The question was answered or has expired.");
    let (server, fields, session) = {
        let mut org = app.org();
        let now = org.clock.now();
        let session = cookie::session_in(&parts.headers, org.engine);
        let user = org.live_session(session.as_deref(), now).map(|session| session.user.clone());
        let key = form.get("key").unwrap_or_default();
        let is_asked = |pending: &Pending| now < pending.expires && pending.user.is_some() && pending.user == user;
        if !org.issued.pending.get(key).is_some_and(is_asked) {
            return over();
        }
        let pending = org.issued.pending.remove(key);
        let server = pending.as_ref().and_then(|pending| org.authorization_server(pending.server.as_deref()));
        let (Some(pending), Some(server), Some(session), Some(user)) = (pending, server, session, user) else {
            return over();
        };
        let fields = Fields::from(pending.fields);
        let Ok(asked) = request::read(&org, &server, &fields) else { return over() };
        if form.get("decision") != Some("allow") {
            let error = ACCESS_DENIED.because("The resource owner denied the request.");
            return asked.to.send(&mut org, error.fields());
        }
        let consent = Consented { user, client: asked.client.id, server: server.id.clone(), scopes: asked.scopes };
        org.issued.consents.push(consent);
        (server, fields, session)
    };
    let progress = Progress { session: Some(session), is_new: false, has_consent: true };
    authorize::decide(&app, &server, fields, &parts.headers, progress).await
}
