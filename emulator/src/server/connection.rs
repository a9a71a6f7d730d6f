//! One connection: serves its requests, completes the current one at shutdown, and can reset the connection
//! for a planned fault.

use std::{
    convert::Infallible,
    fmt, io,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::watch,
};
use tower::ServiceExt as _;

use crate::http;

/// Waits for the request to stop.
pub(super) async fn stop_requested(stopped: &mut watch::Receiver<bool>) {
    // An error means that the sender was dropped.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Serves requests until either side closes the connection.
pub(super) async fn serve(stream: TcpStream, router: Router, mut stopped: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let broken = Arc::new(AtomicBool::new(false));
    let io = TokioIo::new(Breakable { stream, broken: Arc::clone(&broken) });
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, broken) = (router.clone(), Arc::clone(&broken));
        async move {
            let request: Request = request.map(Body::new);
            let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
            if http::breaks_connection(&response) {
                broken.store(true, Ordering::Relaxed);
                return Err(Broken);
            }
            Ok(response)
        }
    });
    let mut connection = pin!(http1::Builder::new().timer(TokioTimer::new()).serve_connection(io, service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop_requested(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

/// The error that ends a connection without a response.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("broken on purpose")
    }
}

impl std::error::Error for Broken {}

/// A stream that resets the connection when it is dropped after a planned fault.
#[derive(Debug)]
struct Breakable {
    stream: TcpStream,
    broken: Arc<AtomicBool>,
}

impl Drop for Breakable {
    fn drop(&mut self) {
        if self.broken.load(Ordering::Relaxed) {
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Breakable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Breakable {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A connection that is reset must not be shut down cleanly.
        if self.broken.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
