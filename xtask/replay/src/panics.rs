//! Turns a panic into an error with its message. Each task has its own thread: Yew's thread-local state may be
//! inconsistent after a panic, and must not affect the next task. Not here: what is done with the error.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::thread;

thread_local! {
    /// Inside a task: the message of its panic, empty so far. Outside: none.
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs the task. The error is the message of a panic, and where it happened.
pub(crate) fn catch_panic<T: Send>(task: impl FnOnce() -> T + Send) -> Result<T, String> {
    install_hook();
    let run = || {
        MESSAGE.set(Some(String::new()));
        panic::catch_unwind(AssertUnwindSafe(task)).map_err(|payload| recorded_message(&*payload))
    };
    thread::scope(|scope| scope.spawn(run).join().unwrap_or_else(|payload| Err(message_of(&*payload))))
}

/// Messages of tasks are recorded; all other panics go to the hook before.
fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !record(info) {
                before(info);
            }
        }));
    });
}

fn record(info: &PanicHookInfo<'_>) -> bool {
    let place = info.location().map(|place| format!(" ({place})")).unwrap_or_default();
    MESSAGE
        .try_with(|message| match message.try_borrow_mut() {
            Ok(mut message) => message.as_mut().map(|message| *message = message_of(info.payload()) + &place).is_some(),
            Err(_) => false,
        })
        .unwrap_or(false)
}

fn recorded_message(payload: &(dyn Any + Send)) -> String {
    MESSAGE.take().filter(|message| !message.is_empty()).unwrap_or_else(|| message_of(payload))
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
#[expect(clippy::panic, reason = "panics are what is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_the_next_task_runs() {
        assert_eq!(catch_panic(|| 7), Ok(7));
        let result = catch_panic(|| -> u8 { panic!("no {}", "way") });
        assert!(
            result.as_ref().is_err_and(|message| message.starts_with("no way (") && message.contains("panics.rs:")),
            "{result:?}"
        );
        assert_eq!(
            catch_panic(|| panic::panic_any(7_u8)).map_err(|message| message.starts_with("a panic without a message")),
            Err::<(), _>(true)
        );
    }
}
