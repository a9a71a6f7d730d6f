//! The planned faults: which of the next requests fail.
//!
//! Not here: in which way (`kind.rs`).

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::kind::{Fault, Name, Text};

/// A fault for the next requests that match.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct PlannedFault {
    /// Any method if left out.
    pub method: Option<String>,
    /// The path, such as `/api/v1/authn`. A segment in braces, as in `/api/v1/authn/factors/{id}/verify`, stands for any.
    pub path: String,
    /// For how many requests.
    pub times: u32,
    /// What happens to them.
    pub fault: Fault,
}

impl PlannedFault {
    /// A fault of the next request to this path, with any method.
    pub fn once(path: impl Into<String>, fault: Fault) -> Self {
        Self { method: None, path: path.into(), times: 1, fault }
    }
}

impl PlannedFault {
    fn fits(&self, method: &str, path: &str) -> bool {
        self.times > 0 && fits(&self.path, path) && self.method.as_deref().is_none_or(|one| one == method)
    }
}

/// Whether a path is meant by a pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut segments) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), segments.next()) {
            (None, None) => return true,
            (Some(wanted), Some(segment))
                if wanted == segment || (wanted.starts_with('{') && wanted.ends_with('}')) => {}
            _ => return false,
        }
    }
}

/// All planned faults.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    planned: Mutex<Vec<PlannedFault>>,
    /// Sends when they are removed.
    pub(super) removed: watch::Sender<()>,
}

impl Faults {
    pub(crate) fn plan(&self, planned: PlannedFault) {
        self.all().push(planned);
    }

    pub(crate) fn clear(&self) {
        self.all().clear();
        self.removed.send_replace(());
    }

    fn all(&self) -> MutexGuard<'_, Vec<PlannedFault>> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a connection is going to break.
    pub(super) fn break_is_planned(&self) -> bool {
        self.all().iter().any(|planned| planned.fault.breaks_connection())
    }

    /// The headers to replace in the response to this request; their counters are decremented.
    pub(super) fn headers_for_call(&self, method: &str, path: &str) -> Vec<(Name, Option<Text>)> {
        let mut all = self.all();
        let mut headers = Vec::new();
        for planned in all.iter_mut().filter(|planned| planned.fits(method, path)) {
            if let Fault::Header { name, value } = &planned.fault {
                headers.push((name.clone(), value.clone()));
                planned.times -= 1;
            }
        }
        all.retain(|planned| planned.times > 0);
        headers
    }

    /// The fault for this request, if any; its counter is decremented.
    pub(super) fn for_call(&self, method: &str, path: &str) -> Option<Fault> {
        let mut all = self.all();
        let fits =
            |planned: &&mut PlannedFault| planned.fits(method, path) && !matches!(planned.fault, Fault::Header { .. });
        let planned = all.iter_mut().find(fits)?;
        planned.times -= 1;
        let fault = planned.fault.clone();
        all.retain(|planned| planned.times > 0);
        Some(fault)
    }
}
