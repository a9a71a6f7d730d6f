//! Everything that the hook logs, in memory.

use std::io::{self, Write};
use std::mem::take;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static BEGUN: Once = Once::new();

fn written() -> MutexGuard<'static, Vec<u8>> {
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Memory;

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        written().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Collects what is logged from now on.
pub(super) fn begin() {
    BEGUN.call_once(|| {
        let log = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(|| Memory);
        log.with_ansi(false).init();
    });
    drop(taken());
}

/// What was logged since the last time.
pub(super) fn taken() -> String {
    String::from_utf8_lossy(&take(&mut *written())).into_owned()
}
