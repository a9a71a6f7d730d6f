//! The org's HTTP layer: the routes of the operations, and the middleware for every response.
//!
//! Not here: what an operation does (`authn`, `admin`, `sessions`, `registration`).

mod admin;
mod app_home;
pub(crate) mod cookie;
mod cors;
mod discovery;
mod duo_frame;
pub(crate) mod faults;
mod identity_provider;
pub(crate) mod journal;
mod login;
mod methods;
mod operation;
pub(crate) mod page;
mod parameters;
mod phone_link;
mod response_headers;
mod security_image;
mod session_cookie;
mod sign_in_redirects;
mod smart_card;
mod sso;
mod sso_pages;
mod under_way;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    Router,
    extract::{Request, State},
    middleware,
    response::Response,
};

use crate::{
    admin::{app_links, users},
    authn::{consent, enroll, navigate, password, primary, profile, push, recovery, verify},
    control, error, openid,
    org::{Org, snapshot::Snapshot},
    registration, sessions,
    state_file::{self, StateFile},
};
use faults::Faults;
use journal::Journal;
use methods::Routes;
pub(crate) use operation::{Params, call_of_browser, complete, json, placeholders, refuse};
use parameters::Parameter::{Flag, Of};
pub(crate) use sign_in_redirects::leave_for_page;
use under_way::UnderWay;

/// State shared by the handlers: the org behind one lock, and the test tools.
#[derive(Clone, Debug)]
pub(crate) struct App {
    org: Arc<Mutex<Org>>,
    /// The org's state at the start.
    initial: Arc<Snapshot>,
    pub(crate) tools: Arc<TestTools>,
}

/// What tests observe and cause outside the org.
#[derive(Debug, Default)]
pub(crate) struct TestTools {
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) under_way: UnderWay,
}

impl App {
    pub(crate) fn new(org: Org, initial: Snapshot) -> Self {
        Self { org: Arc::new(Mutex::new(org)), initial: Arc::new(initial), tools: Arc::default() }
    }

    /// Resets the org to its initial state.
    pub(crate) fn reset(&self) {
        {
            let mut org = self.org();
            let keys = std::mem::take(&mut org.signing_keys);
            org.restore((*self.initial).clone());
            // Clients keep the keys that they have fetched, and a new one takes time.
            org.signing_keys = keys;
        }
        self.tools.faults.clear();
        self.tools.journal.clear();
    }

    /// Locks the org.
    pub(crate) fn org(&self) -> MutexGuard<'_, Org> {
        self.org.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The operations of the authentication API. Okta ignores parameters there that it does not know.
fn authn() -> Routes {
    let post = methods::post;
    Routes::new()
        .route("/api/v1/authn", post(primary::authenticate))
        .route("/api/v1/authn/introspect", post(primary::introspect))
        .route("/api/v1/authn/previous", post(navigate::previous))
        .route("/api/v1/authn/skip", post(navigate::skip))
        .route("/api/v1/authn/cancel", post(navigate::cancel))
        .route("/api/v1/authn/poll", post(navigate::poll))
        .route("/api/v1/authn/consent", post(consent::consent))
        .route("/api/v1/authn/enroll", post(profile::enroll))
        .route("/api/v1/authn/device/activate", post(consent::activate_device))
        .route("/api/v1/authn/credentials/change_password", post(password::change))
        .route("/api/v1/authn/credentials/reset_password", post(password::reset))
        .route("/api/v1/authn/recovery/password", post(recovery::password))
        .route("/api/v1/authn/recovery/unlock", post(recovery::unlock))
        .route("/api/v1/authn/recovery/token", post(recovery::token))
        .route("/api/v1/authn/recovery/answer", post(recovery::answer))
        .route("/api/v1/authn/recovery/factors/{channel}/verify", post(recovery::verify))
        .route("/api/v1/authn/recovery/factors/{channel}/resend", post(recovery::resend))
        .route("/api/v1/authn/factors", post(enroll::enroll).takes(&[Flag("updatePhone"), Flag("activate")]))
        .route("/api/v1/authn/factors/{factor}/lifecycle/activate", post(enroll::activate))
        .route("/api/v1/authn/factors/{factor}/lifecycle/activate/poll", post(enroll::poll))
        .route("/api/v1/authn/factors/{factor}/lifecycle/activate/{channel}", post(push::send_link))
        .route("/api/v1/authn/factors/{factor}/lifecycle/resend", post(enroll::resend))
        .route(
            "/api/v1/authn/factors/{factor}/verify",
            post(verify::verify).takes(&[Flag("rememberDevice"), Flag("autoPush")]),
        )
        .route("/api/v1/authn/factors/{factor}/verify/resend", post(verify::resend))
        .ignoring_other_parameters()
}

/// The operations for browsers.
fn operations() -> Routes {
    let (get, post, delete) = (methods::get, methods::post, methods::delete);
    // An image's address gets more parameters from pages that want a fresh one.
    let pictures = Routes::new().route("/api/v1/users/{user}/factors/{factor}/qr/{picture}", get(enroll::picture));
    authn()
        .merge(pictures.ignoring_other_parameters())
        .route("/api/v1/users/{user}/factors/questions", get(recovery::questions))
        .route("/api/v1/users/me", get(users::me))
        .route("/api/v1/users/me/appLinks", get(app_links::own))
        .route("/api/v1/users/me/lifecycle/delete_sessions", post(sessions::close_all))
        .route("/api/v1/sessions", post(sessions::create).takes(&[Of("additionalFields", &["cookieToken"])]))
        .route("/api/v1/sessions/me", get(sessions::me).merge(delete(sessions::close)))
        .route("/api/v1/sessions/me/lifecycle/refresh", post(sessions::refresh))
        .route("/api/v1/registration/form", get(registration::form))
        .route("/api/v1/registration/{policy}/form", get(registration::form))
        .route("/api/v1/registration/{policy}/register", post(registration::register))
}

/// All operations of the API.
#[cfg(any(test, feature = "in-process"))]
pub(crate) fn all_operations() -> Routes {
    operations().merge(admin::operations())
}

/// All routes; the control interface only if enabled.
pub(crate) fn router(app: &App, with_control: bool, state: Option<StateFile>) -> Router {
    let org = Router::new()
        .merge(operations().router())
        .merge(admin::routes(app.clone()))
        .merge(discovery::routes())
        .merge(openid::routes())
        .merge(security_image::routes())
        .merge(login::routes())
        .merge(app_home::routes())
        .merge(sign_in_redirects::routes())
        .merge(duo_frame::routes())
        .merge(identity_provider::routes())
        .merge(sso::routes())
        .merge(smart_card::routes())
        .merge(phone_link::routes())
        .fallback(async |State(app): State<App>| refuse(&app, &error::NO_SUCH_PATH.into()))
        .method_not_allowed_fallback(async |State(app): State<App>| refuse(&app, &error::METHOD.into()))
        .layer(middleware::from_fn_with_state(app.clone(), session_cookie::apply))
        .layer(middleware::from_fn_with_state(app.clone(), faults::apply))
        .layer(middleware::from_fn_with_state(app.clone(), journal::record))
        .layer(middleware::from_fn_with_state(app.clone(), cors::apply))
        .layer(middleware::from_fn_with_state(app.clone(), response_headers::apply))
        .layer(middleware::from_fn_with_state(app.clone(), faults::replace_headers))
        .layer(middleware::from_fn_with_state(app.clone(), under_way::count))
        .with_state(app.clone());
    let all = if with_control { control::routes(app.clone()).merge(org) } else { org };
    // Before the routes are matched.
    let all = Router::new().fallback_service(all).layer(middleware::map_request(without_slash));
    keeping(all, app, state)
}

/// The same routes; with a state file, it is written before each response.
pub(crate) fn keeping(routes: Router, app: &App, state: Option<StateFile>) -> Router {
    match state {
        Some(file) => routes.layer(middleware::from_fn_with_state((app.clone(), file), state_file::keep)),
        None => routes,
    }
}

/// Paths of the API are the same with a slash at the end.
async fn without_slash(mut request: Request) -> Request {
    let uri = request.uri();
    let path = uri.path();
    let shorter = path.strip_suffix('/').filter(|rest| rest.starts_with("/api/v1/") && !rest.ends_with('/'));
    let shorter = shorter.map(|path| match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    });
    if let Some(shorter) = shorter.and_then(|shorter| shorter.parse().ok()) {
        *request.uri_mut() = shorter;
    }
    request
}

/// Resets the connection. In a response it replaces the response; a request has that of its connection, for a body that
/// begins the reset itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct BreakConnection(Arc<AtomicBool>);

impl BreakConnection {
    /// From now on the connection ends with a reset.
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has begun.
    pub(crate) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether this response is replaced by a reset of the connection.
pub(crate) fn breaks_connection(response: &Response) -> bool {
    response.extensions().get::<BreakConnection>().is_some()
}
