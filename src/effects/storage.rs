//! What is stored: the user name, by org. It is kept on the device only when the person asked for it, and in the tab as
//! long as a transaction lasts, so that a reload does not lose it. The tab also keeps a request for tokens while the browser
//! is at the org: its answer is of use in this tab alone. What a page has the widget keep is in the tab too. A browser that
//! refuses storage is no error. Not here: a password, a code, a token of a transaction.

use sign_in_flow::tokens::pending::PENDING_KEY;
use web_sys::Storage;

/// The user name that is remembered for this org.
pub(crate) fn username(org: &str) -> Option<String> {
    storage()?.get_item(&key(org)).ok()?.filter(|username| !username.is_empty())
}

pub(super) fn remember_username(org: &str, username: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _refused = match username {
        Some(username) => storage.set_item(&key(org), username),
        None => storage.remove_item(&key(org)),
    };
}

/// The user name of the transaction that a reload of this tab has ended.
pub(crate) fn username_in_tab(org: &str) -> Option<String> {
    tab()?.get_item(&key(org)).ok()?
}

/// Keeps a user name in this tab until it is dropped.
pub(crate) struct TabUsername(String);

impl TabUsername {
    /// Keeps it, if there is one.
    pub(crate) fn keep(org: &str, username: &str) -> Option<Self> {
        let key = key(org);
        let kept = !username.is_empty() && tab()?.set_item(&key, username).is_ok();
        kept.then(|| Self(key))
    }
}

impl Drop for TabUsername {
    fn drop(&mut self) {
        let _refused = tab().map(|tab| tab.remove_item(&self.0));
    }
}

/// Keeps a request for tokens in this tab.
pub(super) fn keep_token_request(request: &str) {
    if let Some(tab) = tab() {
        // Without it, the answer is refused with a reason.
        let _refused = tab.set_item(PENDING_KEY, request);
    }
}

/// The request for tokens that was kept, once.
pub(super) fn take_token_request() -> Option<String> {
    let tab = tab()?;
    let request = tab.get_item(PENDING_KEY).ok()?;
    let _refused = tab.remove_item(PENDING_KEY);
    request
}

/// Keeps a text in this tab; says whether the browser does.
pub(super) fn keep_in_tab(key: &str, text: &str) -> bool {
    tab().is_some_and(|tab| tab.set_item(key, text).is_ok())
}

fn tab() -> Option<Storage> {
    super::window()?.session_storage().ok()?
}

fn storage() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}

fn key(org: &str) -> String {
    ["okta-sign-in.username@", org].concat()
}
