//! An event of the system log.

use serde_json::{Value, json};

use crate::org::log::{Event, Party};

/// An event. What the emulator does not know about the client is null.
pub(crate) fn event(event: &Event) -> Value {
    let severity = if event.failure.is_some() { "WARN" } else { "INFO" };
    json!({
        "uuid": event.id,
        "published": event.at.iso(),
        "eventType": event.kind.name(),
        "version": "0",
        "severity": severity,
        "legacyEventType": null,
        "displayMessage": event.kind.message(),
        "actor": party(&event.actor),
        "client": { "userAgent": null, "zone": null, "device": null, "id": null, "ipAddress": null,
            "geographicalContext": null },
        "outcome": {
            "result": if event.failure.is_some() { "FAILURE" } else { "SUCCESS" },
            "reason": event.failure,
        },
        "target": event.targets.iter().map(party).collect::<Vec<_>>(),
        "transaction": { "type": "WEB", "id": event.id, "detail": {} },
        "debugContext": { "debugData": {} },
        "authenticationContext": { "authenticationStep": 0, "externalSessionId": null },
        "securityContext": { "asNumber": null, "asOrg": null, "isp": null, "domain": null, "isProxy": null },
        "request": { "ipChain": [] },
    })
}

fn party(party: &Party) -> Value {
    json!({
        "id": party.id,
        "type": party.kind,
        "alternateId": party.alternate_id,
        "displayName": party.display_name,
        "detailEntry": null,
    })
}
