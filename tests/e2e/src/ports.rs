//! Ports for programs that have to be told one before they start. Not here: programs that take any port, and say which.
//!
//! The tests of the backend hook use this file as well.

use std::{
    io,
    net::TcpListener,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// The first port, above those that browsers refuse.
const FIRST: u16 = 11_000;
/// How many there are. A Redis cluster uses the port that is 10,000 higher as well.
const COUNT: u16 = 9_000;

/// A port of this machine that is free now, and that this program was not given before. Systems give none of these to
/// who asks for any port or opens a connection, so nobody takes it before the program listens there.
pub fn free_port() -> io::Result<u16> {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    // Another program that runs tests at the same time begins elsewhere.
    let begin = process::id().wrapping_mul(101);
    for _ in 0..COUNT {
        let number = begin.wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed)) % u32::from(COUNT);
        let port = FIRST + u16::try_from(number).unwrap_or_default();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(io::Error::new(io::ErrorKind::AddrInUse, format!("no port from {FIRST} on is free")))
}
