//! The examples of this repository: a Yew application with the widget as a component, and a native sign-in.

use std::{path::PathBuf, process::Stdio};

use anyhow::{Context as _, Result};
use http::Method;
use okta_e2e::{Clock, Org, Site, visit};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    process::Command,
};

use crate::languages::{german, say, submit, verify_by_sms};
use crate::{start_sign_in, texts, users, verify_by_message};

const USER: users::User = users::THREE_FACTORS;
const CLOSE: &str = "Close the sign-in form";
const OPEN: &str = "Open the sign-in form";

fn built(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask e2e`")).into()
}

/// Whether any element of the widget is on the page.
async fn is_mounted(page: &okta_e2e::Page) -> Result<bool> {
    const SCRIPT: &str = "return document.querySelector('[class^=\"oaw\"], form') !== null";
    Ok(page.browser.run_script(SCRIPT).await? == json!(true))
}

#[tokio::test]
async fn a_yew_application_shows_the_result_and_unmounts_the_widget() {
    let mut org = Org::start().await.expect("the org starts");
    let site =
        Site::serve_copy("yew-app", &built("OKTA_E2E_YEW_APP"), org.address()).await.expect("the site is served");
    org.trust(site.origin()).await.expect("the site is trusted");
    visit("yew-app", &site, Clock::Real, async |page| {
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        assert!(is_mounted(page).await?);
        verify_by_message(page, &org, USER, 1).await?;
        page.expect_heading("Welcome, Jeff").await?;
        assert_eq!(page.text_of(".app-result p").await?, "This page is the application's own.");
        page.press(CLOSE).await?;
        page.expect_button(OPEN).await?;
        assert!(!is_mounted(page).await?, "the widget is off the page");

        // Off the page in the middle of a sign-in, it starts anew.
        page.press(OPEN).await?;
        page.expect_heading(texts::START).await?;
        crate::submit_password(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        page.press(CLOSE).await?;
        page.expect_button(OPEN).await?;
        assert!(!is_mounted(page).await?, "the widget is off the page");
        page.expect_heading("Welcome, Jeff").await?;
        page.press(OPEN).await?;
        page.expect_heading(texts::START).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_yew_application_changes_the_language() {
    let mut org = Org::start().await.expect("the org starts");
    let site = Site::serve_copy("yew-app-language", &built("OKTA_E2E_YEW_APP"), org.address())
        .await
        .expect("the site is served");
    org.trust(site.origin()).await.expect("the site is trusted");
    visit("yew-app-language", &site, Clock::Real, async |page| {
        crate::open_start(page).await?;
        page.fill(texts::USERNAME, USER.login).await?;
        page.press("العربية").await?;
        page.expect_heading(&say("ar", "primary.title")).await?;
        let direction = "return document.querySelector('.oaw').dir";
        assert_eq!(page.browser.run_script(direction).await?, json!("rtl"));
        page.press("Deutsch").await?;
        page.expect_heading(&german("primary.title")).await?;
        assert_eq!(page.value(&german("primary.username")).await?, USER.login);
        submit(page, "de", USER).await?;
        verify_by_sms(page, &org, "de", 1).await?;
        page.expect_heading("Welcome, Jeff").await?;
        assert_eq!(org.message(USER.login, 1).await?.language.as_deref(), Some("de"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_native_example_signs_in_with_a_password_and_a_code() {
    let org = Org::start().await.expect("the org starts");
    let output = sign_in_natively(&org).await.expect("the example signs in");
    assert_eq!(output, "Signed in: a session token has arrived.\n");
}

/// Answers what the example asks for, and returns what it prints.
async fn sign_in_natively(org: &Org) -> Result<String> {
    let mut command = Command::new(built("OKTA_E2E_SIGN_IN"));
    command.args([org.address(), USER.login]).kill_on_drop(true);
    let mut example = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut input = example.stdin.take().context("no input")?;
    let mut questions = BufReader::new(example.stderr.take().context("no questions")?).lines();

    assert_eq!(questions.next_line().await?.as_deref(), Some("Password:"));
    input.write_all(format!("{}\n", USER.password).as_bytes()).await?;
    assert_eq!(questions.next_line().await?.as_deref(), Some("Code:"));
    input.write_all(format!("{}\n", org.code_in_message(USER.login, 1).await?).as_bytes()).await?;

    let mut output = String::new();
    example.stdout.take().context("no output")?.read_to_string(&mut output).await?;
    assert!(example.wait().await?.success());
    Ok(output)
}
