//! The option `tokens`, with a second factor in between: the answer by a redirect and by a message, and what is refused.

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, Locator};
use okta_e2e::{AnyBrowser, Org, Setup, Site, wait_until};
use serde_json::json;

/// Has a text message as its first factor.
const LOGIN: &str = "jeff.beck";
const PASSWORD: &str = "xaxaxaxaxa";

/// Presses the button that submits the form of this step; another step may still be shown.
const PRESS: &str = "const button = [...document.querySelectorAll('button')]
        .find((button) => button.textContent.trim() === arguments[0] && button.getAttribute('aria-disabled') !== 'true');
    button?.click();
    return button !== undefined;";
/// `null` before there is a result. A page that is being left has none.
const RESULT: &str = "return document.body?.dataset.result ?? null";

async fn press(client: &Client, name: &str) -> Result<()> {
    wait_until(&format!("the button {name}"), async || {
        let pressed = client.execute(PRESS, vec![json!(name)]).await?;
        Ok((pressed == json!(true)).then_some(()))
    })
    .await
}

/// Types into the field of this name, as soon as it is there.
async fn fill(client: &Client, name: &str, text: &str) -> Result<()> {
    let field = format!("#sign-in [name={name}]");
    let there = format!("return document.querySelector('{field}') !== null");
    wait_until(&format!("the field {name}"), async || {
        Ok((client.execute(&there, Vec::new()).await? == json!(true)).then_some(()))
    })
    .await?;
    client.find(Locator::Css(&field)).await?.send_keys(text).await.context("could not type")
}

/// Signs in at this address of the page, and returns what the page has: the result, or the code of the error.
async fn sign_in(browser: &AnyBrowser, org: &Org, address: &str) -> Result<String> {
    let client = &browser.client;
    browser.open(address).await?;
    fill(client, "username", LOGIN).await?;
    fill(client, "password", PASSWORD).await?;
    press(client, "Sign in").await?;
    press(client, "Send code").await?;
    let code = org.code_in_message(LOGIN, 1).await?;
    // The last digit submits it.
    fill(client, "passcode", &code).await?;
    let result = wait_until("the result", async || {
        // The script of a page that is being left fails.
        Ok(client.execute(RESULT, Vec::new()).await.ok().and_then(|result| result.as_str().map(str::to_owned)))
    })
    .await?;
    let rest = client.current_url().await?;
    ensure!(!rest.as_str().contains("state="), "the answer is still in the address");
    Ok(result)
}

/// Has an org, a page and a browser of its own.
async fn check(display: &str, change: &str, expected: &str) -> Result<()> {
    let mut org = Org::start().await?;
    let setup = Setup { pages: Some("tokens"), allow_org_frame: true, ..Setup::DEFAULT };
    let site = Site::start_for(&format!("engine-tokens-{display}-{change}"), org.address(), setup).await?;
    org.trust(site.origin()).await?;
    let path = format!("/tokens.html?display={display}&change={change}");
    org.add_app("0oatokenspage0000000", json!({ "redirect_uris": [path] })).await?;
    let browser = AnyBrowser::start().await?;
    let result = sign_in(&browser, &org, &format!("{}{path}", site.origin())).await;
    browser.close().await?;
    let result = result.with_context(|| format!("{display}, {change}"))?;
    ensure!(result == expected, "{display}, {change}: the page has `{result}`");
    Ok(())
}

#[tokio::test]
async fn tokens_after_two_factors() {
    const TOKENS: &str = "jeff.beck@acme.com string 0";
    for (display, change, expected) in [
        ("redirect", "nothing", TOKENS),
        ("frame", "nothing", TOKENS),
        ("redirect", "state", "tokens-late"),
        ("redirect", "nonce", "tokens-untrusted"),
        ("frame", "signature", "tokens-untrusted"),
    ] {
        check(display, change, expected).await.unwrap();
    }
}
