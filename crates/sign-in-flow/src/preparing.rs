//! The requests that the page's own code prepares: it may change the user name, and do something of its own with the
//! password. Not here: calling it.

use crate::ticket::Purpose;
use okta_authn::Request;

/// What the user name of this request is for, by the names of okta-signin-widget; `None` where the page's own code is not
/// asked. A new user's first sign-in has the name that the registration led to.
pub fn username_operation(purpose: Purpose, request: &Request) -> Option<&'static str> {
    let operations =
        [("/authn", "PRIMARY_AUTH"), ("/recovery/password", "FORGOT_PASSWORD"), ("/recovery/unlock", "UNLOCK_ACCOUNT")];
    let of_request = |(path, _): &(&str, &str)| request.url().ends_with(path) && purpose == Purpose::Transaction;
    operations.into_iter().find(of_request).map(|(_, operation)| operation)
}
