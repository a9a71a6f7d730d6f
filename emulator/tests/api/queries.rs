//! Parameters of the query: what lists are filtered and sorted by, and that nothing is ignored without a word.

use reqwest::Method;
use serde_json::json;

use crate::support::{AUTHN, Answer, TestOrg};

async fn get(org: &TestOrg, path: &str) -> Answer {
    org.admin(Method::GET, path, None).await
}

/// A member of each object in the list.
#[track_caller]
fn all<'a>(list: &'a Answer, pointer: &str) -> Vec<&'a str> {
    let items = list.body.as_array().unwrap_or_else(|| panic!("{}", list.body));
    items.iter().map(|item| item.pointer(pointer).unwrap().as_str().unwrap()).collect()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn users_are_filtered_searched_and_sorted() {
    let org = TestOrg::start().await;
    let logins = async |query: &str| {
        let list = get(&org, &format!("users?{query}")).await;
        all(&list, "/profile/login").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let ada = "profile.login eq \"ada.byron@example.com\"";
    assert_eq!(logins(&format!("filter={}", encoded(ada))).await, ["ada.byron@example.com"]);
    let either = "profile.firstName sw \"gr\" or (profile.lastName eq \"Byron\" and status eq \"ACTIVE\")";
    let found = logins(&format!("search={}&sortBy=profile.lastName&sortOrder=desc", encoded(either))).await;
    assert_eq!(found, ["grace.hopper@example.com", "ada.byron@example.com"]);
    let found = logins(&format!("search={}&sortBy=profile.lastName", encoded(either))).await;
    assert_eq!(found, ["ada.byron@example.com", "grace.hopper@example.com"]);
    let locked = logins(&format!("filter={}", encoded("status eq \"LOCKED_OUT\""))).await;
    assert!(locked.contains(&"jean.bartik@example.com".to_owned()), "{locked:?}");
    let future = encoded("lastUpdated gt \"2100-01-01T00:00:00.000Z\"");
    assert_eq!(logins(&format!("filter={future}")).await, [""; 0]);
    // Who is deactivated is found only if searched for.
    org.admin(Method::POST, "users/ada.byron/lifecycle/deactivate", None).await;
    assert!(!logins("limit=1000").await.contains(&"ada.byron@example.com".to_owned()));
    assert_eq!(logins(&format!("search={}", encoded("status eq \"DEPROVISIONED\""))).await, ["ada.byron@example.com"]);
}

#[tokio::test]
async fn a_search_goes_on_over_pages() {
    let org = TestOrg::start().await;
    let search = encoded("profile.email co \"@\"");
    let mut next = format!("{}/api/v1/users?search={search}&sortBy=profile.login&limit=7", org.address());
    let mut found = Vec::new();
    while let Some((_, path)) = next.split_once("/api/v1/") {
        let list = get(&org, path).await;
        found.extend(all(&list, "/profile/login").into_iter().map(str::to_owned));
        next = list.header("link").split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    }
    assert!(found.len() > 20 && found.is_sorted(), "{found:?}");
}

#[tokio::test]
async fn groups_and_applications_are_filtered() {
    let org = TestOrg::start().await;
    org.admin(Method::POST, "groups", Some(json!({ "profile": { "name": "Zebras" } }))).await;
    let search = encoded("profile.name sw \"zeb\"");
    assert_eq!(all(&get(&org, &format!("groups?search={search}")).await, "/profile/name"), ["Zebras"]);
    let apps = get(&org, &format!("apps?filter={}", encoded("status eq \"INACTIVE\""))).await;
    assert_eq!((apps.status, &apps.body), (200, &json!([])));
}

#[tokio::test]
async fn what_is_not_understood_is_refused() {
    let org = TestOrg::start().await;
    for (path, code, cause) in [
        ("users?filter=status+ne+%22ACTIVE%22", "E0000031", "filter: 'ne' is not an operator"),
        ("users?filter=profile.nickName+eq+%22a%22", "E0000031", "filter: 'profile.nickName' is none of id,"),
        ("users?filter=profile.login+sw+%22a%22", "E0000031", "filter: 'profile.login' takes eq, not 'sw'"),
        ("users?search=status", "E0000031", "search: an operator is missing after 'status'"),
        ("users?sortBy=status", "E0000031", "sortBy: is taken together with search only"),
        ("users?search=id+pr&sortBy=credentials", "E0000031", "sortBy: 'credentials' is none of"),
        ("users?search=id+pr&sortBy=id&sortOrder=up", "E0000001", "sortOrder: 'up' is none of asc, desc"),
        ("users?Limit=5", "E0000001", "Limit: is not a parameter of this call, which takes q, filter,"),
        ("users?limit=5&limit=6", "E0000001", "limit: comes twice"),
        ("users/ada.byron?expand=blocks", "E0000001", "expand: this call takes no parameters"),
        ("policies?type=PASSWORD&expand=everything", "E0000001", "expand: 'everything' is none of rules"),
        ("apps?filter=user.id+eq+%22a%22", "E0000031", "filter: 'user.id' is none of"),
    ] {
        let refused = get(&org, path).await;
        refused.is_error(400, code);
        let said = refused.body["errorCauses"][0]["errorSummary"].as_str().unwrap();
        assert!(said.starts_with(cause), "{path}: {said}");
    }
    let made = org.admin(Method::POST, "users?activate=yes", Some(json!({}))).await;
    made.is_error(400, "E0000001");
    assert_eq!(made.body["errorCauses"][0]["errorSummary"], "activate: must be true or false");
}

/// Clients in Python write `True` and `False`.
#[tokio::test]
async fn flags_may_begin_with_a_capital() {
    let org = TestOrg::start().await;
    let profile =
        json!({ "login": "joan@example.com", "email": "joan@example.com", "firstName": "J", "lastName": "C" });
    let made = org.admin(Method::POST, "users?activate=False", Some(json!({ "profile": profile }))).await;
    assert_eq!(made.body["status"], "STAGED");
    let at = async |what: &str| org.admin(Method::POST, &format!("users/joan@example.com/{what}"), None).await;
    assert!(at("lifecycle/activate?sendEmail=False").await.body["activationToken"].is_string());
    let browser = org.browser();
    let asked = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    if asked.body["status"] == "MFA_REQUIRED" {
        let link = asked.factor("question")["_links"]["verify"]["href"].as_str().unwrap().to_owned();
        let body = json!({ "stateToken": asked.body["stateToken"], "answer": "Blue Bear" });
        browser.post(&format!("{link}?rememberDevice=True"), body).await.is("SUCCESS");
        browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("SUCCESS");
    } else {
        panic!("{}", asked.body);
    }
}

#[tokio::test]
async fn a_slash_at_the_end_changes_nothing() {
    let org = TestOrg::start().await;
    let with = get(&org, "users/?limit=2").await;
    assert_eq!(with.status, 200);
    assert_eq!(with.body, get(&org, "users?limit=2").await.body);
    let browser = org.browser();
    browser
        .post(&format!("{AUTHN}/"), json!({ "username": "ada.byron", "password": "Analytical1843" }))
        .await
        .is("SUCCESS");
    browser.get("/api/v1//").await.is_error(404, "E0000008");
}

#[tokio::test]
async fn applications_have_a_logo() {
    let org = TestOrg::start().await;
    let logo = org.browser().get("/img/logos/default.png").await;
    assert_eq!((logo.status, logo.header("content-type")), (200, "image/png"));
}
