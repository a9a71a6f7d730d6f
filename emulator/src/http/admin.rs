//! The routes of the management API. All of them require an API token.

use axum::{
    Router,
    extract::{Request, State},
    http::header,
    middleware::{self, Next},
    response::Response,
};

use super::{App, methods, operation};
use crate::{
    admin::{
        app_links, apps, authorization_servers as servers, credentials, enroll, factors, groups,
        identity_providers as idps, lifecycle, logs, policies, sessions, trusted_origins, user_schema, users, verify,
    },
    error,
};

/// The routes of this file.
pub(super) fn routes(app: App) -> Router<App> {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    Router::new()
        .merge(of_users())
        .merge(of_factors())
        .merge(of_clients())
        .route("/api/v1/logs", get(logs::list))
        .route("/api/v1/meta/schemas/user/{schema}", get(user_schema::read).merge(post(user_schema::update)))
        .route("/api/v1/policies", get(policies::list))
        .route("/api/v1/policies/{policy}", get(policies::read))
        .route("/api/v1/policies/{policy}/rules", get(policies::rules))
        .route("/api/v1/policies/{policy}/rules/{rule}", get(policies::rule))
        .route("/api/v1/groups", get(groups::list).merge(post(groups::create)))
        .route("/api/v1/groups/{group}", get(groups::read).merge(put(groups::replace)).merge(delete(groups::delete)))
        .route("/api/v1/groups/{group}/users", get(groups::members))
        .route("/api/v1/groups/{group}/users/{user}", put(groups::join).merge(delete(groups::leave)))
        .route(
            "/api/v1/sessions/{session}",
            get(sessions::read).merge(delete(sessions::close)).merge(put(sessions::refresh)),
        )
        .route("/api/v1/sessions/{session}/lifecycle/refresh", post(sessions::refresh))
        .route("/api/v1/trustedOrigins", get(trusted_origins::list).merge(post(trusted_origins::create)))
        .route("/api/v1/trustedOrigins/{origin}", get(trusted_origins::read).merge(delete(trusted_origins::delete)))
        .route("/api/v1/idps", get(idps::list).merge(post(idps::create)))
        .route("/api/v1/idps/{idp}", get(idps::read).merge(put(idps::replace)).merge(delete(idps::delete)))
        .route("/api/v1/idps/{idp}/lifecycle/activate", post(idps::activate))
        .route("/api/v1/idps/{idp}/lifecycle/deactivate", post(idps::deactivate))
        .route_layer(middleware::from_fn_with_state(app, ask_for_token))
}

fn of_users() -> Router<App> {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    let one = get(users::read).merge(post(users::update)).merge(put(users::replace)).merge(delete(users::delete));
    Router::new()
        .route("/api/v1/users", get(users::list).merge(post(users::create)))
        .route("/api/v1/users/{user}", one)
        .route("/api/v1/users/{user}/groups", get(groups::of_user))
        .route("/api/v1/users/{user}/appLinks", get(app_links::of_user))
        .route("/api/v1/users/{user}/sessions", delete(lifecycle::end_sessions))
        .route("/api/v1/users/{user}/lifecycle/activate", post(lifecycle::activate))
        .route("/api/v1/users/{user}/lifecycle/reactivate", post(lifecycle::reactivate))
        .route("/api/v1/users/{user}/lifecycle/deactivate", post(lifecycle::deactivate))
        .route("/api/v1/users/{user}/lifecycle/suspend", post(lifecycle::suspend))
        .route("/api/v1/users/{user}/lifecycle/unsuspend", post(lifecycle::unsuspend))
        .route("/api/v1/users/{user}/lifecycle/unlock", post(lifecycle::unlock))
        .route("/api/v1/users/{user}/lifecycle/expire_password", post(lifecycle::expire_password))
        .route(
            "/api/v1/users/{user}/lifecycle/expire_password_with_temp_password",
            post(lifecycle::expire_to_temporary_password),
        )
        .route("/api/v1/users/{user}/lifecycle/reset_password", post(lifecycle::reset_password))
        .route("/api/v1/users/{user}/lifecycle/reset_factors", post(lifecycle::reset_factors))
        .route("/api/v1/users/{user}/credentials/forgot_password", post(credentials::forgot_password))
        .route(
            "/api/v1/users/{user}/credentials/forgot_password_recovery_question",
            post(credentials::forgot_password_with_question),
        )
        .route("/api/v1/users/{user}/credentials/change_password", post(credentials::change_password))
        .route("/api/v1/users/{user}/credentials/change_recovery_question", post(credentials::change_question))
}

fn of_factors() -> Router<App> {
    let (get, post, delete) = (methods::get, methods::post, methods::delete);
    Router::new()
        .route("/api/v1/users/{user}/factors", get(factors::list).merge(post(enroll::enroll)))
        .route("/api/v1/users/{user}/factors/catalog", get(factors::catalog))
        .route("/api/v1/users/{user}/factors/{factor}", get(factors::read).merge(delete(factors::delete)))
        .route("/api/v1/users/{user}/factors/{factor}/resend", post(verify::resend))
        .route("/api/v1/users/{user}/factors/{factor}/verify", post(verify::verify))
        .route("/api/v1/users/{user}/factors/{factor}/lifecycle/activate", post(enroll::activate))
        .route("/api/v1/users/{user}/factors/{factor}/lifecycle/activate/poll", post(enroll::poll))
        .route("/api/v1/users/{user}/factors/{factor}/lifecycle/activate/{channel}", post(enroll::send_link))
        .route(
            "/api/v1/users/{user}/factors/{factor}/transactions/{transaction}",
            get(verify::transaction).merge(delete(verify::cancel)),
        )
}

fn of_clients() -> Router<App> {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    let app = get(apps::read).merge(put(apps::replace)).merge(delete(apps::delete));
    let server = get(servers::read).merge(put(servers::replace)).merge(delete(servers::delete));
    Router::new()
        .route("/api/v1/apps", get(apps::list).merge(post(apps::create)))
        .route("/api/v1/apps/{app}", app)
        .route("/api/v1/apps/{app}/lifecycle/activate", post(apps::activate))
        .route("/api/v1/apps/{app}/lifecycle/deactivate", post(apps::deactivate))
        .route("/api/v1/authorizationServers", get(servers::list).merge(post(servers::create)))
        .route("/api/v1/authorizationServers/{server}", server)
        .route("/api/v1/authorizationServers/{server}/lifecycle/activate", post(servers::activate))
        .route("/api/v1/authorizationServers/{server}/lifecycle/deactivate", post(servers::deactivate))
        .route("/api/v1/authorizationServers/{server}/scopes", get(servers::scopes))
        .route("/api/v1/authorizationServers/{server}/claims", get(servers::claims))
        .route("/api/v1/authorizationServers/{server}/policies", get(servers::policies))
        .route("/api/v1/authorizationServers/{server}/policies/{policy}/rules", get(servers::rules))
}

async fn ask_for_token(State(app): State<App>, request: Request, next: Next) -> Response {
    let authorization = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let known = app.org().knows_token(authorization);
    if known { next.run(request).await } else { operation::refuse(&app, &error::INVALID_TOKEN.into()) }
}
