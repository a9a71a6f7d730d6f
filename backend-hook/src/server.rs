//! Listening, and ending well: connections are bounded in number, in the time for a head and in its size;
//! at the end no new one is taken, and requests that came are answered. What is answered is decided in
//! `http`.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};
use tower::ServiceExt as _;

use crate::{
    hook::Shared,
    http::{self, Peer},
    limits::Limits,
};

/// How many connections an address serves at a time.
const CONNECTIONS: usize = 4096;
/// How long a client may take for the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How large a head may be.
const LARGEST_HEAD: usize = 16 * 1024;
/// How long requests are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that listens; it ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where browsers call.
    pub addresses: Vec<SocketAddr>,
    /// Where the operator's programs call.
    pub internal: Option<SocketAddr>,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Starts to listen.
    pub async fn start(hook: &Shared) -> io::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let mut addresses = Vec::new();
        for address in &hook.config.listen {
            let listener = bind(*address).await?;
            addresses.push(listener.local_addr()?);
            tasks.spawn(accept(listener, http::router(hook), stopped.clone()));
        }
        let internal = match hook.config.internal {
            Some(address) => {
                let listener = bind(address).await?;
                let address = listener.local_addr()?;
                tasks.spawn(accept(listener, http::internal::router(hook), stopped.clone()));
                Some(address)
            }
            None => None,
        };
        tasks.spawn(tidy(hook.clone(), stopped));
        Ok(Self { addresses, internal, tasks, stop })
    }

    /// Takes no more connections, answers what came, and ends.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("could not listen on {address}: {error}"));
    TcpListener::bind(address).await.map_err(named)
}

/// Waits until the end is asked for.
async fn asked_to_stop(stopped: &mut watch::Receiver<bool>) {
    // An error says that no one is left to ask.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Forgets once in a while who has not asked for long.
async fn tidy(hook: Shared, mut stopped: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = asked_to_stop(&mut stopped) => return,
            () = tokio::time::sleep(Limits::TIDY) => hook.config.limits.forget(),
        }
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = asked_to_stop(&mut stopped) => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
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
    if tokio::time::timeout(PATIENCE, graceful.shutdown()).await.is_err() {
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
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
}
