//! What browsers demand of the page's own address.

use super::{Finding, Probe, is_this_machine};

/// WebAuthn and cryptography exist in secure contexts only.
pub(super) fn secure_context(probe: &Probe) -> Finding {
    const CHECK: &str = "secure context";
    if probe.page.scheme() == "https" {
        return Finding::ok(CHECK, "The page is served by HTTPS.");
    }
    if is_this_machine(&probe.page) {
        return Finding::ok(CHECK, "The page is on this machine, which counts as secure.");
    }
    Finding::failed(
        CHECK,
        "The page is served by HTTP: security keys do not work, and passwords can be read on the way.",
        "Serve the page by HTTPS.",
    )
}

/// A page by HTTPS may not call an org by HTTP.
pub(super) fn mixed_content(probe: &Probe) -> Finding {
    const CHECK: &str = "mixed content";
    let is_mixed = probe.page.scheme() == "https" && probe.org.scheme() == "http" && !is_this_machine(&probe.org);
    if is_mixed {
        let found = "The page is served by HTTPS and the org by HTTP: browsers refuse the page's calls.";
        return Finding::failed(CHECK, found, "Use the org's address with https://.");
    }
    Finding::ok(CHECK, "Browsers let this page call this org.")
}
