//! The lines that a command prints as its results. Where several checks run side by side, each holds its lines until it
//! has ended, so that they are together. Not here: messages on standard error, which come as they happen.
//!
//! Held lines belong to the thread that prints them: what a check prints, it prints in the thread that makes it.

use std::{cell::RefCell, fmt::Display};

thread_local! {
    static HELD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Prints a line, now or when the thread's lines are released.
pub(crate) fn line(line: impl Display) {
    HELD.with_borrow_mut(|held| match held {
        Some(held) => {
            held.push_str(&line.to_string());
            held.push('\n');
        }
        None => println!("{line}"),
    });
}

/// Holds the lines of this thread from now on.
pub(crate) fn hold() {
    HELD.with_borrow_mut(|held| {
        held.get_or_insert_default();
    });
}

/// Prints what this thread has held, at once, and goes on to hold.
pub(crate) fn release() {
    if let Some(lines) = HELD.with_borrow_mut(|held| held.as_mut().map(std::mem::take)) {
        print!("{lines}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_held_by_the_thread_that_prints_them() {
        let held = || HELD.with_borrow(Clone::clone);
        line("now");
        assert_eq!(held(), None);
        hold();
        line("one");
        hold();
        line(2);
        assert_eq!(held().as_deref(), Some("one\n2\n"));
        std::thread::scope(|scope| scope.spawn(|| assert_eq!(held(), None)).join()).unwrap_or_default();
        release();
        assert_eq!(held().as_deref(), Some(""));
    }
}
