//! A value that one part of the program passes on for another. It is shared, and behind a table of functions: whoever only
//! passes it on, or drops it, contains no code for what is in it. The first form passes on what only tokens need. Not here:
//! the values.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A shared value.
pub struct Apart<T>(Rc<dyn Holds<T>>);

/// Whatever holds a value.
trait Holds<T> {
    fn value(&self) -> &T;
}

impl<T> Holds<T> for T {
    fn value(&self) -> &T {
        self
    }
}

impl<T: 'static> Apart<T> {
    /// Puts it there.
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Deref for Apart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        Rc::as_ref(&self.0).value()
    }
}

impl<T> Clone for Apart<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for Apart<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Apart<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Apart<T> {}
