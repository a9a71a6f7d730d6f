//! What the org is: its engine, whether it has the Authentication API, where a login signs in, and factors.

use serde_json::Value;

use super::{Finding, Probe, Reached};

/// The engine, by what the org says about itself.
pub(super) fn pipeline(answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "engine";
    let Some(answer) = answer else { return Finding::without_answer(CHECK) };
    match answer.body.get("pipeline").and_then(Value::as_str) {
        Some("v1") => Finding::ok(CHECK, "Classic Engine."),
        Some("idx") => Finding::warning(
            CHECK,
            "Identity Engine: the org was upgraded, and answers the Authentication API with less.",
            "Read docs/engines.md: what an upgraded org leaves out, and what Okta says about the API's future.",
        ),
        Some(_) => Finding::unknown(CHECK, "The org names an engine that is not known here.", "Ask its administrator."),
        None => Finding::unknown(
            CHECK,
            "The org does not say which engine it has.",
            "Check that the address is that of an Okta org; an administrator sees the engine at the foot of a page.",
        ),
    }
}

/// Whether a state query is answered as documented.
pub(super) fn authn(answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "authentication API";
    let Some(answer) = answer else { return Finding::without_answer(CHECK) };
    let status = answer.status.as_u16();
    match (status, answer.error_code()) {
        (_, "E0000011") => Finding::ok(CHECK, "/api/v1/authn answers."),
        (429, _) => Finding::warning(
            CHECK,
            "/api/v1/authn refuses calls at the moment: a rate limit is exceeded.",
            "Wait a minute and run this again; see who calls so often in the org's rate limit dashboard.",
        ),
        (_, "E0000015") => Finding::failed(
            CHECK,
            "The org does not have the Authentication API (E0000015).",
            "Ask Okta whether it can be enabled for this org.",
        ),
        (_, code) => {
            let code = if code.is_empty() { String::new() } else { format!(" and {code}") };
            Finding::failed(
                CHECK,
                format!("/api/v1/authn answers a state query with {status}{code} instead of 401 and E0000011."),
                "Check that the address is that of the org itself, without -admin, and that nothing in front of it \
                 filters /api/v1/.",
            )
        }
    }
}

/// Where this login signs in. Nothing is tried: the question is public.
pub(super) async fn login(probe: &Probe, login: Option<&str>) -> Finding {
    const CHECK: &str = "identity provider";
    let Some(login) = login else {
        return Finding::unknown(
            CHECK,
            "Where a person signs in depends on the login.",
            "Run this with --login NAME: it asks for the routing rule, and nothing is tried.",
        );
    };
    let Ok(answer) = probe.webfinger(login).await else { return Finding::without_answer(CHECK) };
    let first = answer.body.pointer("/links/0/properties/okta:idp:type").and_then(Value::as_str);
    match first {
        Some("OKTA") => Finding::ok(CHECK, "The login signs in at the org itself."),
        Some(_) => Finding::warning(
            CHECK,
            "The login is routed to another identity provider.",
            "Set the widget's option discovery, so that the page sends the browser there.",
        ),
        None => Finding::unknown(
            CHECK,
            format!("The org does not say where the login signs in: {}.", answer.status.as_u16()),
            "Check the org's routing rules.",
        ),
    }
}

/// What a person has enrolled is told only after the password.
pub(super) fn factors(answer: Option<&Reached>) -> Finding {
    let advice = "Look at the factor enrollment policies: U2F keys and Windows Hello from before WebAuthn can't be used in \
                  today's browsers, and Okta FastPass does not exist in this API. Such a person needs another factor too.";
    let is_upgraded =
        answer.and_then(|answer| answer.body.get("pipeline")).and_then(Value::as_str).is_some_and(|name| name == "idx");
    let found = if is_upgraded {
        "Factors are not public. An upgraded org may have some that this API does not."
    } else {
        "Factors are not public."
    };
    Finding::unknown("factors", found, advice)
}
