//! Whether the org is there: name, connection, certificate, and whether it answers itself.

use std::error::Error;

use reqwest::header;
use url::Url;

use super::{Finding, Probe, Reached, is_this_machine};

const CHECK: &str = "reachable";

/// The org answered.
pub(super) fn finding(probe: &Probe, answer: &Reached) -> Finding {
    let org = probe.org.origin().ascii_serialization();
    if answer.status.is_redirection() {
        let target =
            probe.org.join(answer.header(&header::LOCATION)).ok().filter(|url| url.origin() != probe.org.origin());
        if let Some(target) = target {
            let target = target.origin().ascii_serialization();
            return Finding::failed(
                CHECK,
                format!("{org} sends every call to {target}."),
                format!("Use {target} as the address of the org: a redirect to another origin fails in a page."),
            );
        }
    }
    if answer.status.is_server_error() {
        return Finding::failed(
            CHECK,
            format!("{org} answers with {}.", answer.status.as_u16()),
            "Wait, or see https://status.okta.com; check that a proxy in front of the org works.",
        );
    }
    if probe.org.scheme() == "http" && !is_this_machine(&probe.org) {
        return Finding::warning(CHECK, format!("{org} answers, by HTTP."), "Use https://: passwords are sent there.");
    }
    Finding::ok(CHECK, format!("{org} answers."))
}

/// The org did not answer.
pub(super) fn failure(probe: &Probe, error: &reqwest::Error) -> Finding {
    let host = probe.org.host_str().unwrap_or_default();
    let text = chain(error).to_lowercase();
    let (found, advice) = if text.contains("dns") || text.contains("lookup") {
        (
            format!("The name {host} is not known."),
            "Check the spelling, and that this machine can resolve names.".to_owned(),
        )
    } else if ["certificate", "tls", "handshake", "invalidcontenttype", "corrupt"]
        .iter()
        .any(|word| text.contains(word))
    {
        let advice = "Check the certificate of the custom domain; --ca names an authority of your own.";
        (format!("No TLS connection to {host}: {}.", last(error)), advice.to_owned())
    } else if error.is_timeout() {
        (format!("{host} does not answer in time."), "Check the network, and a firewall between.".to_owned())
    } else {
        (format!("No connection to {}: {}.", authority(&probe.org), last(error)), "Check host and port.".to_owned())
    };
    Finding::failed(CHECK, found, advice)
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn chain(error: &dyn Error) -> String {
    let cause = error.source().map(chain).unwrap_or_default();
    format!("{error} {cause}")
}

/// The cause of all causes.
fn last(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), last)
}
