//! Changes a JSON value in the way that the input says, so that most of it stays as the program expects it.

use crate::input::Input;
use serde_json::Value;

/// Up to three changes.
pub(crate) fn mutate(value: &mut Value, input: &mut Input<'_>) {
    for _ in 0..input.byte() % 4 {
        change(value, input);
    }
}

fn change(value: &mut Value, input: &mut Input<'_>) {
    let number = match value {
        Value::Object(members) => members.len(),
        Value::Array(items) => items.len(),
        _ => 0,
    };
    let place = usize::from(input.byte()).checked_rem(number);
    let what = input.byte() % 8;
    match (value, place) {
        (Value::Object(members), Some(_)) if what == 0 => {
            members.insert(input.text().into_owned(), other(input));
        }
        (Value::Array(items), Some(place)) if what == 0 => items.push(items[place].clone()),
        (Value::Object(members), Some(place)) => {
            let name = members.keys().nth(place).cloned().unwrap_or_default();
            match (what, members.get_mut(&name)) {
                (1, _) => drop(members.remove(&name)),
                (2..=4, Some(member)) => *member = other(input),
                (_, Some(member)) => change(member, input),
                (_, None) => {}
            }
        }
        (Value::Array(items), Some(place)) => match what {
            1 => drop(items.remove(place)),
            2..=4 => items[place] = other(input),
            _ => change(&mut items[place], input),
        },
        (value, _) => *value = other(input),
    }
}

/// Another value, of those that programs get wrong.
fn other(input: &mut Input<'_>) -> Value {
    match input.byte() % 16 {
        0 => Value::Null,
        1 => true.into(),
        2 => 0.into(),
        3 => (-1).into(),
        4 => 1e300.into(),
        5 => u64::MAX.into(),
        6 => Value::Array(Vec::new()),
        7 => Value::Object(serde_json::Map::new()),
        8 => "".into(),
        9 => "x".repeat(300).into(),
        10 => "a\u{0}\r\nb\u{202e}".into(),
        11 => i64::MIN.into(),
        _ => input.text().into_owned().into(),
    }
}
