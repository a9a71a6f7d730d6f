//! The user name first, which the org says belongs to it.

use anyhow::{Result, ensure};
use fantoccini::{Client, Locator};
use okta_e2e::{AnyBrowser, Org, Setup, Site, wait_until};
use serde_json::json;

const LOGIN: &str = "ada.byron";
const PASSWORD: &str = "Analytical1843";

/// Whether the field for the password has the focus.
const ASKS_FOR_PASSWORD: &str = "return document.activeElement?.name === 'password'";
const TEXT: &str = "return document.body.innerText";

async fn sign_in(client: &Client) -> Result<()> {
    client.find(Locator::Css("[name=username]")).await?.send_keys(LOGIN).await?;
    let passwords = client.find_all(Locator::Css("[name=password]")).await?;
    ensure!(passwords.is_empty(), "the form asks for the name alone");
    client.find(Locator::Css("form [type=submit]")).await?.click().await?;
    let asks = async || Ok((client.execute(ASKS_FOR_PASSWORD, Vec::new()).await? == json!(true)).then_some(()));
    wait_until("the password", asks).await?;
    client.find(Locator::Css("[name=password]")).await?.send_keys(PASSWORD).await?;
    client.find(Locator::Css("form [type=submit]")).await?.click().await?;
    wait_until("the session", async || {
        let text = client.execute(TEXT, Vec::new()).await?;
        Ok(text.as_str().is_some_and(|text| text.contains("You are signed in") && text.contains(LOGIN)).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_name_that_belongs_to_the_org_leads_to_the_password() {
    let mut org = Org::start().await.unwrap();
    let setup = Setup { attributes: &[("discovery", "webfinger")], ..Setup::DEFAULT };
    let site = Site::start_for("discovery", org.address(), setup).await.unwrap();
    org.trust(site.origin()).await.unwrap();
    let browser = AnyBrowser::start().await.unwrap();
    browser.open(site.origin()).await.unwrap();
    let outcome = sign_in(&browser.client).await;
    browser.close().await.unwrap();
    outcome.unwrap();
}
