//! Listens on `localhost`, and accepts connections until it is told to stop.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};
use tokio_rustls::TlsAcceptor;

use super::{
    StartError,
    connection::{serve, stop_requested},
};

/// Listens on this address. Without one, on both addresses of `localhost`, because browsers resolve the name to
/// either; IPv4 only if the machine has no IPv6.
pub(crate) async fn listen(address: Option<IpAddr>, port: u16) -> Result<Vec<TcpListener>, StartError> {
    let refused = |error: io::Error, port| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(port),
        _ => StartError::Io(error),
    };
    if let Some(address) = address {
        return Ok(vec![TcpListener::bind((address, port)).await.map_err(|error| refused(error, port))?]);
    }
    let mut tries_left = if port == 0 { 10 } else { 1 };
    loop {
        tries_left -= 1;
        let v4 = TcpListener::bind((IpAddr::from(Ipv4Addr::LOCALHOST), port)).await.map_err(|e| refused(e, port))?;
        let taken = v4.local_addr().map_err(StartError::Io)?.port();
        match TcpListener::bind((IpAddr::from(Ipv6Addr::LOCALHOST), taken)).await {
            Ok(v6) => return Ok(vec![v4, v6]),
            // A port that is free on one address may be in use on the other.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tries_left > 0 => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(StartError::PortInUse(taken)),
            Err(_) => return Ok(vec![v4]),
        }
    }
}

/// Serves every connection in a task of its own.
pub(super) async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop_requested(&mut stopped) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, tls.clone(), router.clone(), stopped.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}
