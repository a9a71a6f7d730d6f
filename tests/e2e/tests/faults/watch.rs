//! Watches what the page sends: wraps `fetch`, and keeps the list in the tab, also over navigations. Not here: what the
//! org receives, which the org knows.

use anyhow::Result;
use okta_e2e::Page;
use serde::Deserialize;

/// Keeps method, path and whether there is a password in it.
const WATCH: &str = "
    if (window.__watched) return;
    window.__watched = true;
    const send = window.fetch;
    const list = () => JSON.parse(sessionStorage.getItem('__sent') ?? '[]');
    window.fetch = (...given) => {
        const request = new Request(...given);
        const { method, url } = request;
        // Kept before it is sent: the page may be left with the answer.
        return request.clone().text().then((body) => {
            const entry = { method, path: new URL(url).pathname, password: body.includes('\"password\"') };
            sessionStorage.setItem('__sent', JSON.stringify([...list(), entry]));
            return send.call(window, request);
        });
    };";

/// Something that the page sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) password: bool,
}

/// Watches the open page from now on.
pub(crate) async fn begin(page: &Page) -> Result<()> {
    page.browser.run_script(WATCH).await.map(|_| ())
}

/// What pages of this tab have sent.
pub(crate) async fn sent(page: &Page) -> Result<Vec<Sent>> {
    let list = page.browser.run_script("return JSON.parse(sessionStorage.getItem('__sent') ?? '[]')").await?;
    Ok(serde_json::from_value(list)?)
}
