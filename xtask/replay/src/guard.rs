//! Keeps a panic from ending the run, and its words from being lost. Each task gets a thread of its own:
//! what a panic leaves half done in Yew's thread-local state must not trouble the next one.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::thread;

thread_local! {
    /// Inside a task: what its panic said, empty so far. Outside: none.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs the task; of a panic, what it said and where.
pub(crate) fn guarded<T: Send>(task: impl FnOnce() -> T + Send) -> Result<T, String> {
    listen();
    let run = || {
        SAID.set(Some(String::new()));
        panic::catch_unwind(AssertUnwindSafe(task)).map_err(|payload| heard(&*payload))
    };
    thread::scope(|scope| scope.spawn(run).join().unwrap_or_else(|payload| Err(words(&*payload))))
}

/// Panics of tasks are kept; all others go where they went before.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !keep(info) {
                before(info);
            }
        }));
    });
}

fn keep(info: &PanicHookInfo<'_>) -> bool {
    let place = info.location().map(|place| format!(" ({place})")).unwrap_or_default();
    SAID.try_with(|said| match said.try_borrow_mut() {
        Ok(mut said) => said.as_mut().map(|said| *said = words(info.payload()) + &place).is_some(),
        Err(_) => false,
    })
    .unwrap_or(false)
}

fn heard(payload: &(dyn Any + Send)) -> String {
    SAID.take().filter(|said| !said.is_empty()).unwrap_or_else(|| words(payload))
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
#[expect(clippy::panic, reason = "panics are what is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_and_the_thread_goes_on() {
        assert_eq!(guarded(|| 7), Ok(7));
        let said = guarded(|| -> u8 { panic!("no {}", "way") });
        assert!(
            said.as_ref().is_err_and(|said| said.starts_with("no way (") && said.contains("guard.rs:")),
            "{said:?}"
        );
        assert_eq!(
            guarded(|| panic::panic_any(7_u8)).map_err(|said| said.starts_with("a panic without words")),
            Err::<(), _>(true)
        );
    }
}
