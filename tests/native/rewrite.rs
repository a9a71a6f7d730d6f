//! Changes every value of a body. Not here: which change.

use crate::fixtures::Fixture;
use okta_authn::wire::Value;

/// The fixture with every value replaced by the result of `change`, which gets the name of the value's member too.
pub fn rewritten(mut fixture: Fixture, change: &dyn Fn(&str, Value) -> Value) -> Fixture {
    fixture.body = fixture.body.map(|body| rewrite("", body, change));
    fixture
}

fn rewrite(member: &str, value: Value, change: &dyn Fn(&str, Value) -> Value) -> Value {
    match change(member, value) {
        Value::List(items) => Value::List(items.into_iter().map(|item| rewrite(member, item, change)).collect()),
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name.clone(), rewrite(&name, value, change)));
            Value::Object(members.collect())
        }
        plain => plain,
    }
}
