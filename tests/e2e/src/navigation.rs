//! Navigation to an address, until the page can be seen. Browsers do not paint before the style sheets have
//! loaded, but a script could read the page earlier.

use anyhow::{Context as _, Result};
use fantoccini::Client;
use serde_json::json;

use crate::{page::none_if_stale, wait_until};

/// Whether the style sheets have loaded or failed. Browsers differ in the error for a style sheet that is still
/// loading.
const STYLES_LOADED: &str = "
    const hasRules = ({ sheet }) => { try { return sheet.cssRules.length > 0; } catch { return false; } };
    return document.readyState === 'complete' || [...document.querySelectorAll('link[rel=stylesheet]')].every(hasRules);";

/// Navigates, and waits for the style sheets even if the driver does not wait for the load event.
pub(crate) async fn open(client: &Client, address: &str) -> Result<()> {
    client.goto(address).await.with_context(|| format!("could not open {address}"))?;
    wait_until(&format!("the style sheets of {address}"), async || {
        let answer = none_if_stale(client.execute(STYLES_LOADED, Vec::new()).await)?;
        Ok((answer == Some(json!(true))).then_some(()))
    })
    .await
}
