//! The only value that is stored: the user name, by org, and only when the person asked for it. A browser that
//! refuses storage is no error. Not here: a token, a password, a code.

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

fn storage() -> Option<Storage> {
    super::window()?.local_storage().ok()?
}

fn key(org: &str) -> String {
    ["okta-sign-in.username@", org].concat()
}
