//! Runs a future on this thread, with a clock that goes on by itself while nothing else can: a timeout of 30 seconds takes
//! no time.

use tokio::runtime::{Builder, Runtime};

thread_local! {
    static RUNTIME: Runtime =
        Builder::new_current_thread().enable_time().start_paused(true).build().expect("a runtime needs no resource");
}

/// What the future results in.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    RUNTIME.with(|runtime| runtime.block_on(future))
}
