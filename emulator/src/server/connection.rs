//! One connection: serves its requests, completes the current one at shutdown, and can reset the connection
//! for a planned fault. With TLS or without.
//!
//! Not here: certificates (`tls.rs`).

use std::{
    convert::Infallible,
    fmt, io,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf},
    net::TcpStream,
    sync::watch,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::http::{self, BreakConnection};

/// Waits for the request to stop.
pub(super) async fn stop_requested(stopped: &mut watch::Receiver<bool>) {
    // An error means that the sender was dropped.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// The first byte of a TLS connection: the type of the record with the client's greeting.
const TLS_HANDSHAKE: u8 = 22;

/// The answer to who speaks HTTP where HTTPS is served.
const NOT_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n\
      This port serves HTTPS: the address has to begin with https://\n";

/// How much is read of a request that is not answered.
const MAX_UNREAD: u64 = 64 * 1024;

/// Serves requests until either side closes the connection.
pub(super) async fn serve(
    mut stream: TcpStream,
    tls: Option<TlsAcceptor>,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let broken = BreakConnection::default();
    let Some(tls) = tls else {
        return answer(Breakable { stream, broken: broken.clone() }, broken, router, stopped).await;
    };
    let greeted = async {
        let mut first = [0];
        if stream.peek(&mut first).await? > 0 && first != [TLS_HANDSHAKE] {
            stream.write_all(NOT_TLS).await?;
            stream.shutdown().await?;
            // What is not read when the connection is closed makes the client lose the answer.
            tokio::io::copy(&mut (&mut stream).take(MAX_UNREAD), &mut tokio::io::sink()).await?;
            return Err(io::Error::other("HTTP where HTTPS is served"));
        }
        tls.accept(Breakable { stream, broken: broken.clone() }).await
    };
    let greeted = tokio::select! {
        greeted = greeted => greeted,
        () = stop_requested(&mut stopped) => return,
    };
    match greeted {
        Ok(stream) => answer(stream, broken, router, stopped).await,
        Err(error) => tracing::debug!(%error, "a connection without TLS"),
    }
}

/// Answers the requests on this stream.
async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    broken: BreakConnection,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    let io = TokioIo::new(stream);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, broken) = (router.clone(), broken.clone());
        async move {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(broken.clone());
            let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
            if http::breaks_connection(&response) {
                broken.begin();
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
    broken: BreakConnection,
}

impl Drop for Breakable {
    fn drop(&mut self) {
        if self.broken.has_begun() {
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
        if self.broken.has_begun() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
