//! Polls a condition until a deadline. Nothing else in the journeys sleeps.

use std::time::Duration;

use anyhow::{Error, Result};
use fantoccini::error::{CmdError, ErrorStatus};
use tokio::time::{Instant, sleep};

/// Maximum time for a condition.
const DEADLINE: Duration = Duration::from_secs(15);
const INTERVAL: Duration = Duration::from_millis(40);

/// Polls until there is a result. `what` completes the sentence "timed out waiting for".
///
/// An error ends the wait, unless it says that the page was being left or drawn anew while the browser was asked: the
/// question is then asked again. Return `None` to try again.
pub async fn wait_until<T>(what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        let gone = match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => None,
            Err(error) if error.downcast_ref().is_some_and(is_gone) => Some(error),
            Err(error) => return Err(error),
        };
        if start.elapsed() > DEADLINE {
            return Err(timed_out(what, gone));
        }
        sleep(INTERVAL).await;
    }
}

/// Whether a command failed because its element, or the document that it ran in, is no longer there.
///
/// Between two documents, chromedriver passes on what the browser's inspector says, as an unknown error; `WebKitWebDriver` does
/// so when an element is gone.
pub(crate) fn is_gone(error: &CmdError) -> bool {
    const INSPECTOR: [&str; 4] = [
        "does not belong to the document",
        "Cannot find context with specified id",
        "Frame is detached",
        "Node with identifier",
    ];
    let CmdError::Standard(error) = error else { return false };
    match error.error {
        ErrorStatus::StaleElementReference
        | ErrorStatus::NoSuchElement
        | ErrorStatus::DetachedShadowRoot
        | ErrorStatus::JavascriptError => true,
        ErrorStatus::UnknownError => INSPECTOR.iter().any(|words| error.message.contains(words)),
        _ => false,
    }
}

/// Whether a script did not end, because its page was left in a moment in which chromedriver does not notice that; or
/// because `WebKitWebDriver` did.
pub(crate) fn has_no_end(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else { return false };
    error.error == ErrorStatus::ScriptTimeout || error.message.contains("before the unload event")
}

/// The error of a wait that came to its deadline, with the last answer that was an error.
fn timed_out(what: &str, gone: Option<Error>) -> Error {
    let message = format!("timed out waiting for {what}");
    match gone {
        Some(error) => error.context(message),
        None => Error::msg(message),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking")]
mod tests {
    use std::cell::RefCell;

    use anyhow::bail;
    use fantoccini::error::WebDriver;

    use super::*;

    fn answer(error: ErrorStatus, message: &str) -> Result<Option<()>> {
        Err(CmdError::Standard(WebDriver::new(error, message.to_owned())).into())
    }

    /// The answers to the same question, in turn.
    async fn ask_again(answers: Vec<Result<Option<()>>>) -> Result<()> {
        let answers = RefCell::new(answers.into_iter());
        wait_until("an answer", async || answers.borrow_mut().next().unwrap_or_else(|| bail!("asked too often"))).await
    }

    #[tokio::test]
    async fn a_page_that_is_left_is_asked_again() {
        let inspector = answer(
            ErrorStatus::UnknownError,
            r#"unhandled inspector error: {"code":-32000,"message":"Node with given id does not belong to the document"}"#,
        );
        let frame = answer(
            ErrorStatus::UnknownError,
            r#"unhandled inspector error: {"code":-32000,"message":"Frame is detached."}"#,
        );
        let webkit = answer(ErrorStatus::UnknownError, "Node with identifier 'node-38213BF0' was not found");
        let stale = answer(ErrorStatus::StaleElementReference, "stale element reference");
        assert!(ask_again(vec![inspector, frame, webkit, stale, Ok(None), Ok(Some(()))]).await.is_ok());
    }

    #[tokio::test]
    async fn another_error_ends_the_wait() {
        let crash = answer(ErrorStatus::UnknownError, "the tab has crashed");
        let error = ask_again(vec![crash, Ok(Some(()))]).await.expect_err("the first answer");
        assert!(format!("{error:#}").contains("the tab has crashed"), "{error:#}");
    }

    #[test]
    fn the_deadline_tells_the_last_answer() {
        let error = answer(ErrorStatus::JavascriptError, "no such function").expect_err("an error");
        let error = timed_out("an answer", Some(error));
        assert_eq!(format!("{error:#}"), "timed out waiting for an answer: webdriver returned error: no such function");
        assert_eq!(format!("{:#}", timed_out("an answer", None)), "timed out waiting for an answer");
    }
}
