//! Going to an address, until there is something that a person would see. Browsers paint nothing
//! before the style sheets are there; scripts may ask earlier, and would be told of a page that nobody
//! ever saw.

use anyhow::{Context as _, Result};
use fantoccini::Client;
use serde_json::json;

use crate::{page::forgive_stale, wait_until};

/// Whether the style sheets are there, or all has come that will. Browsers differ in how they refuse to tell the
/// rules of one that is under way.
const IS_DRESSED: &str = "
    const hasRules = ({ sheet }) => { try { return sheet.cssRules.length > 0; } catch { return false; } };
    return document.readyState === 'complete' || [...document.querySelectorAll('link[rel=stylesheet]')].every(hasRules);";

/// Goes there, and waits for the style sheets also in a browser that waits for nothing else.
pub(crate) async fn open(client: &Client, address: &str) -> Result<()> {
    client.goto(address).await.with_context(|| format!("could not open {address}"))?;
    wait_until(&format!("the style sheets of {address}"), async || {
        let answer = forgive_stale(client.execute(IS_DRESSED, Vec::new()).await)?;
        Ok((answer == Some(json!(true))).then_some(()))
    })
    .await
}
