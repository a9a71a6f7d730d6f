//! The npm package, installed as anyone would: each example of `examples/` is built with it and signs someone in with a
//! second factor. The applications hear of it by the event `success`.

use std::path::PathBuf;

use anyhow::Result;
use okta_e2e::{Clock, Org, Page, Site, visit};
use serde_json::json;
use tokio::process::Command;

use crate::languages::{german, submit, verify_by_sms};
use crate::{start_sign_in, texts, users, verify_by_message};

const USER: users::User = users::THREE_FACTORS;
/// What the applications show to whom has signed in.
const WELCOME: &str = "Welcome, Jeff";

/// The folder in which the examples are installed and built, and the one of the package.
fn folder(name: &str) -> PathBuf {
    let variable = "OKTA_E2E_PACKAGE";
    let folder = std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask e2e`"));
    PathBuf::from(folder).join(name)
}

/// Signs in with a code from a text message. The application shows the step, and at the end the person's name.
async fn sign_in(page: &Page, org: &Org) -> Result<()> {
    const IS_GONE: &str = "return document.querySelector('okta-sign-in') === null";
    start_sign_in(page, USER).await?;
    page.expect_heading(texts::SMS).await?;
    page.expect_text("Step: ").await?;
    verify_by_message(page, org, USER, 1).await?;
    page.expect_heading(WELCOME).await?;
    assert_eq!(page.browser.run_script(IS_GONE).await?, json!(true), "the application has removed the widget");
    Ok(())
}

async fn expect_sign_in(name: &str, org: Org, site: Site) {
    let mut org = org;
    org.trust(site.origin()).await.expect("the site is trusted");
    visit(name, &site, Clock::Real, async |page| sign_in(page, &org).await).await;
}

/// The example as it is built for production, under the strict policy of the page server.
async fn expect_built(example: &str, trusted_types: Option<&str>) {
    let org = Org::start().await.expect("the org starts");
    let built = folder("examples").join(example).join("dist");
    let name = format!("package-{example}");
    let site = Site::of_application(&name, &built, org.address(), trusted_types).await.expect("the site is served");
    expect_sign_in(&name, org, site).await;
}

#[tokio::test]
async fn react_hears_of_the_sign_in() {
    expect_built("react", None).await;
}

/// The bundler has made a file of each language. The page loads those of its own, and no other.
#[tokio::test]
async fn react_speaks_german() {
    const LOADED: &str = "return performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())
        .filter((name) => /^okta-sign-in-[a-z]{2,3}(-|[.])/.test(name) && !/^okta-sign-in-(core|my)/.test(name))
        .map((name) => name.replace(/-[\\w-]{8}[.]js$/, '')).sort()";
    let mut org = Org::start().await.expect("the org starts");
    let built = folder("examples").join("react").join("dist");
    let site = Site::of_application("package-german", &built, org.address(), None).await.expect("the site is served");
    site.set_page_language("de").expect("the page is changed");
    org.trust(site.origin()).await.expect("the site is trusted");
    visit("package-german", &site, Clock::Real, async |page| {
        page.open("/").await?;
        page.expect_heading(&german("primary.title")).await?;
        submit(page, "de", USER).await?;
        page.expect_heading(&german("verify.sms.title")).await?;
        let loaded = page.browser.run_script(LOADED).await?;
        assert_eq!(loaded, json!(["okta-sign-in-de", "okta-sign-in-de-rest"]));
        verify_by_sms(page, &org, "de", 1).await?;
        page.expect_heading(WELCOME).await
    })
    .await;
}

#[tokio::test]
async fn vue_hears_of_the_sign_in() {
    expect_built("vue", Some("vue")).await;
}

#[tokio::test]
async fn svelte_hears_of_the_sign_in() {
    expect_built("svelte", Some("svelte-trusted-html")).await;
}

#[tokio::test]
async fn a_page_without_a_framework_loads_it_from_another_origin_by_its_hash() {
    let org = Org::start().await.expect("the org starts");
    let example = folder("examples").join("plain-html");
    let mut serve = Command::new("node");
    serve.arg(example.join("serve.js")).arg(folder("pkg")).args([org.address(), "0", "0"]);
    let site = Site::served_by(&mut serve, "serving on ", &example).await.expect("the site is served");
    expect_sign_in("package-plain-html", org, site).await;
}

/// What `npm start` does: Vite serves the sources, and changes the scripts of the package on the way.
#[tokio::test]
async fn react_works_while_developing() {
    let org = Org::start().await.expect("the org starts");
    let example = folder("examples").join("react");
    let mut serve = Command::new("node");
    serve.current_dir(&example).args(["node_modules/vite/bin/vite.js", "--port", "0"]);
    serve.env("NO_COLOR", "1").env("VITE_OKTA_ORG", org.address());
    let site = Site::served_by(&mut serve, "  \u{279c}  Local:", &example).await.expect("the site is served");
    expect_sign_in("package-react-developing", org, site).await;
}
