//! The routes of the management API. All of them require an API token.

use axum::{
    Router,
    extract::{Request, State},
    http::header,
    middleware::{self, Next},
    response::Response,
};

use super::{
    App,
    methods::{self, Routes},
    operation,
    parameters::Parameter::{self, Flag, Of, Text},
};
use crate::{
    admin::{
        app_links, apps, authorization_servers as servers, credentials, enroll, factors, groups,
        identity_providers as idps, lifecycle, logs, policies, sessions, trusted_origins, user_schema, users, verify,
    },
    error,
};

/// The routes of this file.
pub(super) fn routes(app: App) -> Router<App> {
    operations().router().route_layer(middleware::from_fn_with_state(app, ask_for_token))
}

const LIMIT: Parameter = Text("limit");
const AFTER: Parameter = Text("after");
const SORT_ORDER: Parameter = Of("sortOrder", &["asc", "desc"]);
/// Of a list that can be searched.
const SEARCH: &[Parameter] = &[Text("q"), Text("filter"), Text("search"), Text("sortBy"), SORT_ORDER, LIMIT, AFTER];
const PAGES: &[Parameter] = &[LIMIT, AFTER];
const NAMED_PAGES: &[Parameter] = &[Text("q"), LIMIT, AFTER];
const SEND_EMAIL: &[Parameter] = &[Flag("sendEmail")];
/// `strict` changes nothing here: the password policy is checked at every change.
const STRICT: &[Parameter] = &[Flag("strict")];

/// The operations of this file.
pub(super) fn operations() -> Routes {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    Routes::new()
        .merge(of_users())
        .merge(of_factors())
        .merge(of_clients())
        .route(
            "/api/v1/logs",
            get(logs::list).takes(&[
                Text("since"),
                Text("until"),
                Text("filter"),
                Text("q"),
                Of("sortOrder", &["ASCENDING", "DESCENDING"]),
                LIMIT,
                AFTER,
            ]),
        )
        .route("/api/v1/meta/schemas/user/{schema}", get(user_schema::read).merge(post(user_schema::update)))
        .route(
            "/api/v1/policies",
            get(policies::list).takes(&[
                Text("type"),
                Of("status", &["ACTIVE", "INACTIVE"]),
                Of("expand", &["rules"]),
                Text("q"),
                LIMIT,
                AFTER,
            ]),
        )
        .route("/api/v1/policies/{policy}", get(policies::read).takes(&[Of("expand", &["rules"])]))
        .route("/api/v1/policies/{policy}/rules", get(policies::rules))
        .route("/api/v1/policies/{policy}/rules/{rule}", get(policies::rule))
        .route("/api/v1/groups", get(groups::list).takes(SEARCH).merge(post(groups::create)))
        .route("/api/v1/groups/{group}", get(groups::read).merge(put(groups::replace)).merge(delete(groups::delete)))
        .route("/api/v1/groups/{group}/users", get(groups::members).takes(PAGES))
        .route("/api/v1/groups/{group}/users/{user}", put(groups::join).merge(delete(groups::leave)))
        .route(
            "/api/v1/sessions/{session}",
            get(sessions::read).merge(delete(sessions::close)).merge(put(sessions::refresh)),
        )
        .route("/api/v1/sessions/{session}/lifecycle/refresh", post(sessions::refresh))
        .route("/api/v1/trustedOrigins", get(trusted_origins::list).takes(PAGES).merge(post(trusted_origins::create)))
        .route("/api/v1/trustedOrigins/{origin}", get(trusted_origins::read).merge(delete(trusted_origins::delete)))
        .route(
            "/api/v1/idps",
            get(idps::list).takes(&[Text("q"), Text("type"), LIMIT, AFTER]).merge(post(idps::create)),
        )
        .route("/api/v1/idps/{idp}", get(idps::read).merge(put(idps::replace)).merge(delete(idps::delete)))
        .route("/api/v1/idps/{idp}/lifecycle/activate", post(idps::activate))
        .route("/api/v1/idps/{idp}/lifecycle/deactivate", post(idps::deactivate))
}

fn of_users() -> Routes {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    let one = get(users::read)
        .merge(post(users::update).takes(STRICT))
        .merge(put(users::replace).takes(STRICT))
        .merge(delete(users::delete).takes(SEND_EMAIL));
    Routes::new()
        .route(
            "/api/v1/users",
            get(users::list).takes(SEARCH).merge(post(users::create).takes(&[
                Flag("activate"),
                Flag("sendEmail"),
                Of("nextLogin", &["changePassword"]),
            ])),
        )
        .route("/api/v1/users/{user}", one)
        .route("/api/v1/users/{user}/groups", get(groups::of_user))
        .route("/api/v1/users/{user}/appLinks", get(app_links::of_user))
        .route(
            "/api/v1/users/{user}/sessions",
            delete(lifecycle::end_sessions).takes(&[Flag("oauthTokens"), Flag("forgetDevices")]),
        )
        .route("/api/v1/users/{user}/lifecycle/activate", post(lifecycle::activate).takes(SEND_EMAIL))
        .route("/api/v1/users/{user}/lifecycle/reactivate", post(lifecycle::reactivate).takes(SEND_EMAIL))
        .route("/api/v1/users/{user}/lifecycle/deactivate", post(lifecycle::deactivate).takes(SEND_EMAIL))
        .route("/api/v1/users/{user}/lifecycle/suspend", post(lifecycle::suspend))
        .route("/api/v1/users/{user}/lifecycle/unsuspend", post(lifecycle::unsuspend))
        .route("/api/v1/users/{user}/lifecycle/unlock", post(lifecycle::unlock))
        .route(
            "/api/v1/users/{user}/lifecycle/expire_password",
            post(lifecycle::expire_password).takes(&[Flag("tempPassword")]),
        )
        .route(
            "/api/v1/users/{user}/lifecycle/expire_password_with_temp_password",
            post(lifecycle::expire_to_temporary_password).takes(&[Flag("revokeSessions")]),
        )
        .route(
            "/api/v1/users/{user}/lifecycle/reset_password",
            post(lifecycle::reset_password).takes(&[Flag("sendEmail"), Flag("revokeSessions")]),
        )
        .route(
            "/api/v1/users/{user}/lifecycle/reset_factors",
            post(lifecycle::reset_factors).takes(&[Flag("removeRecoveryEnrollment")]),
        )
        .route("/api/v1/users/{user}/credentials/forgot_password", post(credentials::forgot_password).takes(SEND_EMAIL))
        .route(
            "/api/v1/users/{user}/credentials/forgot_password_recovery_question",
            post(credentials::forgot_password_with_question).takes(SEND_EMAIL),
        )
        .route("/api/v1/users/{user}/credentials/change_password", post(credentials::change_password).takes(STRICT))
        .route("/api/v1/users/{user}/credentials/change_recovery_question", post(credentials::change_question))
}

fn of_factors() -> Routes {
    let (get, post, delete) = (methods::get, methods::post, methods::delete);
    Routes::new()
        .route(
            "/api/v1/users/{user}/factors",
            get(factors::list).merge(post(enroll::enroll).takes(&[Flag("activate"), Flag("updatePhone")])),
        )
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

fn of_clients() -> Routes {
    let (get, post, put, delete) = (methods::get, methods::post, methods::put, methods::delete);
    let app = get(apps::read).merge(put(apps::replace)).merge(delete(apps::delete));
    let server = get(servers::read).merge(put(servers::replace)).merge(delete(servers::delete));
    Routes::new()
        .route(
            "/api/v1/apps",
            get(apps::list)
                .takes(&[Text("q"), Text("filter"), LIMIT, AFTER])
                .merge(post(apps::create).takes(&[Flag("activate")])),
        )
        .route("/api/v1/apps/{app}", app)
        .route("/api/v1/apps/{app}/lifecycle/activate", post(apps::activate))
        .route("/api/v1/apps/{app}/lifecycle/deactivate", post(apps::deactivate))
        .route("/api/v1/authorizationServers", get(servers::list).takes(NAMED_PAGES).merge(post(servers::create)))
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
