//! The page that a phone opens from Okta Verify's QR code or activation link.

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use super::{App, page};
use crate::org::{Org, transaction::NewApp};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/okta-verify/{name}", get(ask).post(set_up))
}

/// The enrollment with this QR code that waits for the app.
fn waiting<'a>(org: &'a mut Org, name: &str) -> Option<&'a mut NewApp> {
    let now = org.clock.now();
    org.new_apps(now).map(|(_, app)| app).find(|app| app.qr == name)
}

fn expired_page() -> Response {
    page::error(StatusCode::GONE, "This code has expired", "Go back to the page and ask for a new code.")
}

async fn ask(State(app): State<App>, Path(name): Path<String>) -> Response {
    if waiting(&mut app.org(), &name).is_none() {
        return expired_page();
    }
    let body = "<p>Add this account to Okta Verify?</p><form method=\"post\"><button>Add account</button></form>";
    page::page(StatusCode::OK, "Okta Verify", body)
}

async fn set_up(State(app): State<App>, Path(name): Path<String>) -> Response {
    match waiting(&mut app.org(), &name) {
        Some(app) => {
            app.set_up = true;
            page::page(StatusCode::OK, "Okta Verify", "<p>The account was added. Go back to the page.</p>")
        }
        None => expired_page(),
    }
}
