//! Checks at start: whether the API token works and the groups exist. Each error says how to fix it. The store of the rate
//! limits is connected, but the hook starts without it, too.

use crate::{
    hook::Hook,
    org::{OrgError, Refusal},
};

/// Runs the checks; an error has one line per mistake.
pub async fn check(hook: &Hook) -> Result<(), Vec<String>> {
    let origin = &hook.config.org.origin;
    if let Err(error) = hook.org.is_healthy().await {
        return Err(vec![explain(origin, &error)]);
    }
    let mut mistakes = Vec::new();
    for group in &hook.config.groups {
        match hook.org.has_group(group).await {
            Ok(true) => {}
            Ok(false) => {
                mistakes.push(format!("--group: {origin} has no group {group}. Its id is in the address of its page"));
            }
            Err(error) => mistakes.push(format!("--group {group}: {}", explain(origin, &error))),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    hook.limits.connect().await;
    Ok(())
}

fn explain(origin: &str, error: &OrgError) -> String {
    match error {
        OrgError::Refused(Refusal { status: 401, .. }) => {
            format!("the API token: {origin} does not know it. It may be another org's, revoked, or unused for 30 days")
        }
        OrgError::Refused(Refusal { status: 403, .. }) => {
            format!(
                "the API token: it may not read groups of {origin}. Its owner has to be able to manage users and groups"
            )
        }
        OrgError::Refused(Refusal { status, .. }) => {
            format!("--org: {origin} answered with status {status}. Is it an Okta org?")
        }
        OrgError::Unreachable => format!("--org: {origin} can't be reached from here"),
        OrgError::TimedOut => format!("--org: {origin} did not answer in time (--org-timeout)"),
        OrgError::Unparsable(_) => format!("--org: {origin} gave an answer that no Okta org gives"),
    }
}
