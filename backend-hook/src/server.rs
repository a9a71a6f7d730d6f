//! Listens and shuts down: limits the number of connections, and the time and size of a request's head; at
//! shutdown it accepts no connection and completes running requests. Not here: responses (`http`).

use std::{convert::Infallible, io, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt as _;

use crate::{
    connections::Connections,
    hook::Shared,
    http::{self, Peer},
    limits::Limits,
};

/// Maximum time to receive the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// Maximum size of the head.
const MAX_HEAD_SIZE: usize = 16 * 1024;
/// Maximum time to wait for running requests at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(20);

/// A listening server; it stops when this is dropped.
#[derive(Debug)]
pub struct Server {
    /// Address for browsers.
    pub addresses: Vec<SocketAddr>,
    /// Internal address.
    pub internal: Option<SocketAddr>,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Starts listening.
    pub async fn start(hook: &Shared) -> io::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let mut addresses = Vec::new();
        for address in &hook.config.listen {
            let listener = bind(*address).await?;
            addresses.push(listener.local_addr()?);
            let of_one = hook.config.connections_per_address;
            tasks.spawn(accept(hook.clone(), listener, http::router(hook), of_one, stopped.clone()));
        }
        let internal = match hook.config.internal {
            Some(address) => {
                let listener = bind(address).await?;
                let address = listener.local_addr()?;
                tasks.spawn(accept(hook.clone(), listener, http::internal::router(hook), None, stopped.clone()));
                Some(address)
            }
            None => None,
        };
        tasks.spawn(remove_idle_keys(hook.clone(), stopped));
        Ok(Self { addresses, internal, tasks, stop })
    }

    /// Accepts no more connections, completes running requests, and stops.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("could not listen on {address}: {error}"));
    TcpListener::bind(address).await.map_err(named)
}

/// Waits for the request to stop.
async fn stop_requested(stopped: &mut watch::Receiver<bool>) {
    // An error means that the sender was dropped.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Periodically removes rate limit keys without recent requests.
async fn remove_idle_keys(hook: Shared, mut stopped: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = stop_requested(&mut stopped) => return,
            () = tokio::time::sleep(Limits::CLEANUP_INTERVAL) => hook.limits.remove_idle(),
        }
    }
}

async fn accept(
    hook: Shared,
    listener: TcpListener,
    router: Router,
    of_one: Option<usize>,
    mut stopped: watch::Receiver<bool>,
) {
    let (graceful, connections) = (GracefulShutdown::new(), Connections::new(of_one));
    loop {
        let next = async {
            let free = connections.free().await;
            (free, listener.accept().await)
        };
        let (free, accepted) = tokio::select! {
            () = stop_requested(&mut stopped) => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = connections.take(free, peer.ip()) else {
                    hook.metrics.connection_refused();
                    tracing::debug!(client = %peer.ip(), "too many connections from one address");
                    continue;
                };
                let connection = graceful.watch(connection(stream, peer, router.clone()));
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not waited for");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer.ip()));
            let answered: Result<Response, Infallible> = router.oneshot(request).await;
            answered
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service)
}
