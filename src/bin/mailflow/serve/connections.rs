//! Connections: how many, how long, and how they end.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::guard::Peer;
use super::{log, with_causes};

/// Connections at a time.
const MOST: u32 = 256;
/// Those that are told that there are too many, at a time; more are closed.
const MOST_REFUSED: usize = 32;
/// So long a request's head may take, and so long a connection may stand idle.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// So long a client may take nothing of its answer.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// A connection is ended after the request at hand when it is so old.
const AGE: Duration = Duration::from_mins(10);
/// So long the requests at hand may take when the server, or a connection, is
/// to end.
const GRACE: Duration = Duration::from_secs(45);
/// Bytes of a request's head, and its fields.
const HEAD_BYTES: usize = 16 << 10;
const HEAD_FIELDS: usize = 64;

/// Serves until `stop` is there; then lets the requests at hand come to their
/// end.
pub(super) async fn listen(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(MOST as usize));
    let refusals = Arc::new(Semaphore::new(MOST_REFUSED));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                log(&format!("a connection could not be taken: {error}"));
                // The system may be out of them; asking on at once helps nobody.
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            let (router, stopped) = (router.clone(), stopped.clone());
            tokio::spawn(async move {
                converse(stream, peer, router, stopped).await;
                drop(place);
            });
        } else if let Ok(place) = Arc::clone(&refusals).try_acquire_owned() {
            log(&format!("{} too many connections", peer.ip()));
            tokio::spawn(async move {
                timeout(HEAD_TIME, refuse(stream)).await.ok();
                drop(place);
            });
        }
    }
    drop(listener);
    stopping.send(true).ok();
    if timeout(GRACE, places.acquire_many(MOST)).await.is_err() {
        log("some requests were not answered before the end");
    }
}

/// Serves one connection.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) {
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let service = TowerToHyperService::new(router.layer(Extension(Peer(peer))));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_headers(HEAD_FIELDS)
            .max_header_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(Box::pin(stream)), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        _ = stopped.wait_for(|stopped| *stopped) => None,
        () = sleep(AGE) => None,
    };
    let ended = if let Some(ended) = ended {
        Ok(ended)
    } else {
        connection.as_mut().graceful_shutdown();
        timeout(GRACE, connection).await
    };
    match ended {
        // A client may leave at any time.
        Ok(Err(error)) if !error.is_incomplete_message() => {
            log(&format!("{} {}", peer.ip(), with_causes(&error)));
        }
        Ok(_) => {}
        Err(_) => log(&format!("{} did not take its answer in time", peer.ip())),
    }
}

/// Tells a client to come back later.
async fn refuse(stream: TcpStream) {
    const ANSWER: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n\
        Content-Length: 0\r\nConnection: close\r\n\r\n";
    let mut left = ANSWER;
    while !left.is_empty() && stream.writable().await.is_ok() {
        match stream.try_write(left) {
            Ok(written) => left = left.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
    // What the client has sent is read, or the system throws the answer away.
    let mut sink = [0; 4096];
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut sink) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
