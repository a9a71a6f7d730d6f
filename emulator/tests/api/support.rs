//! An org per test, HTTP clients that keep cookies, and assertions on responses.

use okta_emulator::Emulator;
use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{HeaderMap, ORIGIN},
    redirect::Policy,
};
use serde_json::{Map, Value, json};

/// The origin of the page.
pub(crate) const PAGE: &str = "http://localhost:8080";

pub(crate) const AUTHN: &str = "/api/v1/authn";

/// Cheapest password hashing, and no limit on sign-ins.
const QUICK: &str = "\n[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000\n";

/// A running org.
pub(crate) struct TestOrg {
    pub(crate) emulator: Emulator,
}

impl TestOrg {
    /// Starts the sample org.
    pub(crate) async fn start() -> Self {
        Self::with("").await
    }

    /// Starts the sample org with these tables added.
    pub(crate) async fn with(tables: &str) -> Self {
        Self::of(&format!("{}{QUICK}{tables}", include_str!("../../sample-org.toml"))).await
    }

    /// Starts an org from this seed.
    pub(crate) async fn of(seed: &str) -> Self {
        let emulator = Emulator::builder().config_text(seed).page_origin(PAGE).control(true);
        Self { emulator: emulator.start().await.unwrap() }
    }

    pub(crate) fn address(&self) -> &str {
        self.emulator.url()
    }

    /// A new client without cookies.
    pub(crate) fn browser(&self) -> Browser {
        Browser::at(self.address())
    }

    /// Advances the clock.
    pub(crate) async fn advance(&self, seconds: u64) {
        let answer = self.control(Method::POST, "clock/advance", Some(json!({ "seconds": seconds }))).await;
        assert_eq!(answer.status, 200);
    }

    /// Calls the control interface.
    pub(crate) async fn control(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = Client::new().request(method, format!("{}/control/{path}", self.address()));
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Calls the management API with the sample org's API token.
    pub(crate) async fn admin(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let posts = method == Method::POST || method == Method::PUT;
        let mut request = Client::new().request(method, format!("{}/api/v1/{path}", self.address()));
        request = request.header("authorization", "SSWS emulator-api-token");
        request = match body {
            Some(body) => request.json(&body),
            None if posts => request.header("content-length", "0"),
            None => request,
        };
        Answer::of(request.send().await.unwrap()).await
    }

    /// The messages to this user.
    pub(crate) async fn messages(&self, login: &str) -> Vec<Value> {
        let all = self.control(Method::GET, "outbox", None).await.body;
        all.as_array().unwrap().iter().filter(|message| message["login"] == login).cloned().collect()
    }

    /// The code of the latest message to this user.
    pub(crate) async fn last_code(&self, login: &str) -> String {
        let messages = self.messages(login).await;
        messages.last().unwrap()["code"].as_str().unwrap().to_owned()
    }

    /// The current code of this user's app.
    pub(crate) async fn app_code(&self, login: &str, provider: &str) -> String {
        let codes = self.control(Method::GET, &format!("codes?login={login}"), None).await.body;
        let code = codes.as_array().unwrap().iter().find(|code| code["provider"] == provider).unwrap();
        code["code"].as_str().unwrap().to_owned()
    }

    /// Plans a fault for the next request.
    pub(crate) async fn plan_fault(&self, method: &str, path: &str, fault: Value) {
        let body = json!({ "path": path, "method": method, "times": 1, "fault": fault });
        assert!(self.control(Method::POST, "faults", Some(body)).await.status < 300);
    }
}

/// An HTTP client that keeps cookies and sends the page's origin.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    address: String,
}

impl Browser {
    /// A new client of an org, or of something in front of it.
    pub(crate) fn at(address: &str) -> Self {
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
        Self { client, address: address.to_owned() }
    }

    /// What it talks to.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        self.client.request(method, url).header(ORIGIN, PAGE)
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body).send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// Sends user name and password.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Answer {
        self.post(AUTHN, json!({ "username": login, "password": password })).await
    }

    /// Sends user name, password and an option set to true.
    pub(crate) async fn sign_in_with(&self, login: &str, password: &str, option: &str) -> Answer {
        self.post(AUTHN, json!({ "username": login, "password": password, "options": { option: true } })).await
    }

    /// Follows a link with the state token and these members.
    pub(crate) async fn follow(&self, answer: &Answer, link: &Value, members: Value) -> Answer {
        assert_eq!(link["hints"]["allow"], json!(["POST"]), "{link}");
        let mut body = Map::new();
        body.insert("stateToken".to_owned(), answer.body["stateToken"].clone());
        body.extend(members.as_object().unwrap().clone());
        self.post(link["href"].as_str().unwrap(), body.into()).await
    }

    /// Follows the top-level link with this relation.
    pub(crate) async fn go(&self, answer: &Answer, relation: &str, members: Value) -> Answer {
        let link = &answer.body["_links"][relation];
        let link = if link.is_array() { &link[0] } else { link };
        self.follow(answer, link, members).await
    }

    /// Starts or completes the verification of the factor of this type.
    pub(crate) async fn verify(&self, answer: &Answer, factor_type: &str, members: Value) -> Answer {
        let link = answer.factor(factor_type)["_links"]["verify"].clone();
        self.follow(answer, &link, members).await
    }

    /// Enrolls the factor of this type.
    pub(crate) async fn enroll(&self, answer: &Answer, factor_type: &str, provider: &str, members: Value) -> Answer {
        let all = answer.body["_embedded"]["factors"].as_array().unwrap();
        let item = all.iter().find(|one| one["factorType"] == factor_type && one["provider"] == provider).unwrap();
        let mut body = json!({ "factorType": factor_type, "provider": provider });
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        self.follow(answer, &item["_links"]["enroll"], body).await
    }

    /// Exchanges the session token of a SUCCESS.
    pub(crate) async fn redirect(&self, answer: &Answer) -> Answer {
        let token = answer.body["sessionToken"].as_str().unwrap();
        self.get(&format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F"))
            .await
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// Null if the body is not JSON.
    pub(crate) body: Value,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        Self { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }
    }

    /// Asserts the status of the transaction.
    #[track_caller]
    pub(crate) fn is(&self, status: &str) {
        assert_eq!((self.status, self.body["status"].as_str()), (200, Some(status)), "{}", self.body);
    }

    /// Asserts HTTP status and error code.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, code: &str) {
        assert_eq!((self.status, self.body["errorCode"].as_str()), (status, Some(code)), "{}", self.body);
        assert_eq!(self.body["errorLink"], code);
        assert!(self.body["errorId"].as_str().unwrap().starts_with("oae"));
        assert!(self.body["errorCauses"].is_array());
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The embedded factor of this type.
    pub(crate) fn factor(&self, factor_type: &str) -> &Value {
        let factors = self.body["_embedded"]["factors"].as_array().unwrap();
        factors.iter().find(|factor| factor["factorType"] == factor_type).unwrap()
    }

    /// Type and provider of the embedded factors, in order.
    pub(crate) fn factors(&self) -> Vec<(&str, &str)> {
        let factors = self.body["_embedded"]["factors"].as_array().unwrap();
        factors.iter().map(|one| (one["factorType"].as_str().unwrap(), one["provider"].as_str().unwrap())).collect()
    }
}
