//! The one thing kept on the device: the user name, by org, and only when asked to. A browser that
//! refuses storage is no error. Never here: a token, a password, a code.

use web_sys::Storage;

/// The user name kept for this org.
pub fn username(org: &str) -> Option<String> {
    storage()?.get_item(&key(org)).ok()?.filter(|username| !username.is_empty())
}

pub(super) fn keep_username(org: &str, username: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _refused = match username {
        Some(username) => storage.set_item(&key(org), username),
        None => storage.remove_item(&key(org)),
    };
}

fn storage() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}

fn key(org: &str) -> String {
    ["okta-sign-in.username@", org].concat()
}
