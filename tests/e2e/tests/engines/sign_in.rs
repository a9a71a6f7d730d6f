//! A password signs in: with WebAssembly, without it, and where the policy of the page refuses it.

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, Locator};
use okta_e2e::{AnyBrowser, Org, Setup, Site, Wasm, wait_until};
use serde_json::json;

const LOGIN: &str = "ada.byron";
const PASSWORD: &str = "Analytical1843";

/// When the program sent its first request, in milliseconds after the navigation, and whether it is the script. `null`
/// before.
const STARTED: &str = "
    const files = performance.getEntriesByType('resource');
    const asked = files.find(({ name }) => name.endsWith('/sessions/me'));
    return asked ? [asked.startTime, files.some(({ name }) => name.includes('core-js.js'))] : null;";

/// Signs in, and returns when the program had started.
async fn sign_in(client: &Client, is_script: bool) -> Result<f64> {
    let started =
        wait_until("the program", async || Ok(client.execute(STARTED, Vec::new()).await?.as_array().cloned())).await?;
    ensure!(started.get(1) == Some(&json!(is_script)), "another program runs: {started:?}");
    for (field, text) in [("[name=username]", LOGIN), ("[name=password]", PASSWORD)] {
        client.find(Locator::Css(field)).await?.send_keys(text).await?;
    }
    client.find(Locator::Css("form [type=submit]")).await?.click().await?;
    wait_until("the session", async || {
        let text = client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().is_some_and(|text| text.contains("You are signed in") && text.contains(LOGIN)).then_some(()))
    })
    .await?;
    started.first().and_then(serde_json::Value::as_f64).context("the program has no start")
}

#[tokio::test]
async fn a_password_signs_in_with_and_without_webassembly() {
    for wasm in [Wasm::Allowed, Wasm::Missing, Wasm::Refused] {
        let mut org = Org::start().await.unwrap();
        let setup = Setup { wasm, ..Setup::DEFAULT };
        let site = Site::start_for("engine", org.address(), setup).await.unwrap();
        org.trust(site.origin()).await.unwrap();
        let browser = AnyBrowser::start_with(wasm).await.unwrap();
        browser.open(site.origin()).await.unwrap();
        let outcome = sign_in(&browser.client, wasm != Wasm::Allowed).await;
        let closed = browser.close().await;
        println!("WebAssembly {wasm:?}: the first form can be used after {:.0} ms", outcome.unwrap());
        closed.unwrap();
    }
}
