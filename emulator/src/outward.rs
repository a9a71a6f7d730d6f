//! The HTTP client for calls to a real org: no redirects are followed, no cookies are kept, and names below `localhost` lead
//! to this machine, as in browsers.
//!
//! Not here: what is called (`record`, `doctor`).

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    time::Duration,
};

use reqwest::{Certificate, Client, redirect::Policy};
use url::Url;

/// A client for this org. The certificate authorities of the file, as PEM, are trusted beside the usual ones. An error is a
/// sentence.
pub(crate) fn client(org: &Url, timeout: Duration, authorities: Option<&Path>) -> Result<Client, String> {
    let mut client = Client::builder().redirect(Policy::none()).timeout(timeout);
    if let Some(path) = authorities {
        let cannot = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let pem = std::fs::read(path).map_err(|error| cannot(&error))?;
        client = client.tls_certs_merge(Certificate::from_pem_bundle(&pem).map_err(|error| cannot(&error))?);
    }
    if let Some(host) = org.host_str().filter(|host| host.ends_with(".localhost")) {
        // Port 0 stands for that of the address.
        client = client.resolve(host, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    }
    if is_this_machine(org) {
        client = client.no_proxy();
    }
    client.build().map_err(|error| error.to_string())
}

/// Whether browsers treat the host as this machine.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}
