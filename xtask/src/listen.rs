//! Listens on a port of `localhost`, on its IPv4 and its IPv6 address, so that `http://localhost` works however a
//! browser resolves it. Not here: an address that other machines can reach.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::action_required::ActionRequired;

/// A port of `localhost` on which this program listens.
#[derive(Debug)]
pub(crate) struct Localhost {
    pub(crate) port: u16,
    pub(crate) listeners: Vec<TcpListener>,
}

/// Takes the port, or any free one for 0. `option` is what chooses another one.
pub(crate) async fn localhost(port: u16, option: &str) -> anyhow::Result<Localhost> {
    // Only a free port that turns out to be taken on the other address is tried again.
    let tries = if port == 0 { 10 } else { 1 };
    for _ in 0..tries {
        let v4 = match TcpListener::bind((IpAddr::V4(Ipv4Addr::LOCALHOST), port)).await {
            Ok(listener) => listener,
            Err(error) if error.kind() == ErrorKind::AddrInUse => break,
            Err(error) => return Err(error).context(format!("could not listen on port {port}")),
        };
        let port = v4.local_addr()?.port();
        match TcpListener::bind((IpAddr::V6(Ipv6Addr::LOCALHOST), port)).await {
            Ok(v6) => {
                return Ok(Localhost { port, listeners: vec![v4, v6] });
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            // A machine without IPv6.
            Err(_) => {
                return Ok(Localhost { port, listeners: vec![v4] });
            }
        }
    }
    Err(ActionRequired::new(format!("Port {port} is in use. Choose another one with `{option} PORT`.")).into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_names_the_option() {
        let taken = localhost(0, "--port").await.unwrap();
        assert_ne!(taken.port, 0);
        let error = localhost(taken.port, "--port").await.unwrap_err();
        assert!(error.is::<ActionRequired>());
        let text = error.to_string();
        assert!(text.contains(&taken.port.to_string()), "{text}");
        assert!(text.contains("`--port PORT`"), "{text}");
    }
}
