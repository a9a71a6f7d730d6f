//! A proof by password: which answers of the org count, and for whom it is asked. The org here is a few lines that
//! answer as told, because no real one can be made to.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    body::Bytes,
    http::StatusCode,
    routing::{get, post},
};
use reqwest::header;
use serde_json::{Value, json};

use crate::support::{Hook, PAGE, json_body};

const PASSWORD: &str = "Analytical1843";

/// An org with one user, who has no factor, and the hook in front of it.
struct Scripted {
    hook: Hook,
    http: reqwest::Client,
    cookie: String,
    /// What the org answers to a user name and password.
    answer: Arc<Mutex<(u16, Value)>>,
    /// What it was asked.
    asked: Arc<Mutex<Value>>,
}

impl Scripted {
    async fn start() -> Self {
        let session = |login: &str| {
            json!({ "id": "102s", "userId": "00u1", "login": login, "status": "ACTIVE", "cookieToken": "c1",
                    "expiresAt": "2099-01-01T00:00:00.000Z" })
        };
        let (answer, asked) = (Arc::new(Mutex::new((200, json!({})))), Arc::new(Mutex::new(Value::Null)));
        let (answers, asks) = (Arc::clone(&answer), Arc::clone(&asked));
        let authn = async move |body: Bytes| {
            *asks.lock().unwrap() = serde_json::from_slice(&body).unwrap();
            let (status, body) = answers.lock().unwrap().clone();
            (StatusCode::from_u16(status).unwrap(), Json(body))
        };
        // The login is changed after the sign-in.
        let (opened, live) = (session("ada.byron"), session("ada.lovelace"));
        let org = Router::new()
            .route("/api/v1/sessions", post(async move || Json(opened)))
            .route("/api/v1/sessions/102s", get(async move || Json(live)))
            .route("/api/v1/users/00u1/factors", get(async || Json(json!([]))))
            .route("/api/v1/authn", post(authn))
            .route("/.well-known/okta-organization", get(async || Json(json!({ "pipeline": "v1" }))))
            .fallback(async || Json(json!([])));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, org).await.unwrap() });
        let (hook, http) = (Hook::start(&address, &[]).await, reqwest::Client::new());
        let request = http.post(format!("{}/session", hook.address)).header(header::ORIGIN, PAGE);
        let opened = json_body(request, &json!({ "sessionToken": "s1" })).send().await.unwrap();
        let cookie = opened.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { hook, http, cookie, answer, asked }
    }

    /// The status and the code, while the org answers like this.
    async fn proof(&self, status: u16, body: Value) -> (u16, String) {
        *self.answer.lock().unwrap() = (status, body);
        let request = self.http.post(format!("{}/proof", self.hook.address)).header(header::ORIGIN, PAGE);
        let request = json_body(request.header(header::COOKIE, &self.cookie), &json!({ "password": PASSWORD }));
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        (status, body["code"].as_str().unwrap_or_default().to_owned())
    }
}

fn transaction(status: &str, user: &str) -> Value {
    json!({ "status": status, "_embedded": { "user": { "id": user } } })
}

#[tokio::test]
async fn only_an_answer_that_follows_the_right_password_of_the_caller_proves_it() {
    let org = Scripted::start().await;
    for status in ["SUCCESS", "MFA_REQUIRED", "MFA_ENROLL", "PASSWORD_WARN", "PASSWORD_EXPIRED"] {
        assert_eq!(org.proof(200, transaction(status, "00u1")).await, (200, String::new()), "{status}");
    }
    let failed = (502, "org_failed".to_owned());
    for status in ["UNAUTHENTICATED", "RECOVERY", "RECOVERY_CHALLENGE", "PASSWORD_RESET", "NONSENSE", ""] {
        assert_eq!(org.proof(200, transaction(status, "00u1")).await, failed, "{status}");
    }
    assert_eq!(org.proof(200, transaction("SUCCESS", "00u2")).await, failed, "another user");
    assert_eq!(org.proof(200, json!({ "status": "SUCCESS" })).await, failed, "nobody");
    assert_eq!(org.proof(200, transaction("LOCKED_OUT", "00u1")).await, (403, "not_permitted".to_owned()));
    for code in ["E0000004", "E0000207"] {
        let refused = org.proof(401, json!({ "errorCode": code, "errorCauses": [] })).await;
        assert_eq!(refused, (403, "wrong_password".to_owned()), "{code}");
    }
    let log = org.hook.end().await;
    assert!(!log.contains(PASSWORD), "{log}");
}

#[tokio::test]
async fn the_password_is_checked_for_the_login_of_the_session() {
    let org = Scripted::start().await;
    assert_eq!(org.proof(200, transaction("SUCCESS", "00u1")).await.0, 200);
    assert_eq!(org.asked.lock().unwrap()["username"], "ada.lovelace");
    org.hook.end().await;
}
