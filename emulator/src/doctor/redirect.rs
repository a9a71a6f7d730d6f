//! Whether the org sends the browser back to the page after a sign-in. The redirect after a sign-in needs a session token,
//! so the one after a sign-out is looked at: both go to trusted origins with the scope REDIRECT, and to nothing else.

use reqwest::header;
use url::Url;

use super::{Finding, Probe, Reached};

const CHECK: &str = "redirect";

/// A path of the org, which needs no trusted origin.
const OWN_PATH: &str = "/app/UserHome";

/// Asks for the page, and where that is refused for a path of the org, to see whether the org follows anything.
pub(super) async fn finding(probe: &Probe, is_reached: bool) -> Finding {
    if !is_reached {
        return Finding::without_answer(CHECK);
    }
    let page = probe.page_origin();
    let Ok(answer) = probe.sign_out(&format!("{page}/")).await else { return Finding::without_answer(CHECK) };
    if target(probe, &answer).is_some_and(|target| target.origin() == probe.page.origin()) {
        return Finding::ok(CHECK, format!("The org sends browsers to {page}."));
    }
    let own = probe.sign_out(OWN_PATH).await.ok();
    let follows = own.and_then(|answer| target(probe, &answer)).is_some_and(|target| target.path() == OWN_PATH);
    if follows {
        return Finding::failed(
            CHECK,
            format!("The org does not send browsers to {page}."),
            format!("In the org, add {page} under Security > API > Trusted Origins, with Redirect."),
        );
    }
    Finding::unknown(
        CHECK,
        "The org follows no address after a sign-out, so it does not show which ones it trusts.",
        format!("Check that {page} is among its trusted origins, with Redirect."),
    )
}

fn target(probe: &Probe, answer: &Reached) -> Option<Url> {
    let location = answer.header(&header::LOCATION);
    let is_redirect = answer.status.is_redirection() && !location.is_empty();
    is_redirect.then(|| probe.org.join(location).ok()).flatten()
}
