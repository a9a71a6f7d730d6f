//! Bodies in which one member, wherever it is, became something else: what no org answers, but a broken or hostile one
//! could. Not here: bodies in the shapes of the contract (`bodies`).

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Takes the place of a member.
fn any_junk() -> impl Strategy<Value = Value> {
    // Deeper ones never get to a machine: whoever receives the body refuses it.
    let deep = (0..20).fold(json!(1), |inner, _| json!([inner]));
    let many = Value::from(vec![json!({"href": "/api/v1/authn", "factorType": "sms", "provider": "OKTA"}); 40]);
    let junk = vec![
        Value::Null,
        json!(true),
        json!(7),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{202e}\u{0}<img src=x>"),
        json!("javascript:alert(1)"),
        json!("https://example.okta.com@evil.example/api/v1/"),
        json!("x".repeat(5_000)),
        json!([]),
        json!({}),
        json!({"": {"__proto__": []}}),
        deep,
        many,
    ];
    select(junk)
}

/// The same bodies with one or two members changed. Tokens are left to the player, which knows what they may open.
pub(crate) fn changed(bodies: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let changes = proptest::collection::vec((proptest::collection::vec(any::<u8>(), 1..7), any_junk()), 1..3);
    (bodies, changes).prop_map(|(mut body, changes)| {
        for (way, junk) in changes {
            replace(&mut body, &way, junk);
        }
        for token in ["stateToken", "sessionToken", "recoveryToken"] {
            if body.get(token).is_some_and(Value::is_string) {
                body[token] = json!("");
            }
        }
        body
    })
}

/// Replaces what is at the end of the way: at each level, a number chooses the member. The body itself stays.
fn replace(value: &mut Value, way: &[u8], junk: Value) {
    let Some((first, rest)) = way.split_first() else { return *value = junk };
    let number = usize::from(*first);
    match value {
        Value::Object(members) if !members.is_empty() => {
            let place = number % members.len();
            if let Some((_, member)) = members.iter_mut().nth(place) {
                replace(member, rest, junk);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let place = number % items.len();
            replace(&mut items[place], rest, junk);
        }
        other => *other = junk,
    }
}
