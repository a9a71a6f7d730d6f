//! What `cargo xtask test` gives the targets of the servers: inputs without libFuzzer, some seconds of each. To compile both
//! servers with its counters takes as long as all other programs together; `cargo xtask fuzz` does, and reaches more.
#![allow(missing_docs, clippy::panic, reason = "tests")]

use okta_fuzz_servers::{Target, emulator, hook, hook_cookie, hook_json};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::io::{self, Write as _};

/// Gives a target so many inputs, and says so. The shortest that fails is shown.
fn give((name, run): Target, number: u32, inputs: impl Strategy<Value = Vec<u8>>) {
    let config = Config { cases: number, failure_persistence: None, max_shrink_iters: 1_000, ..Config::default() };
    let given = TestRunner::new(config).run(&inputs, |input| {
        run(&input);
        Ok(())
    });
    if let Err(error) = given {
        panic!("{name}: {error}");
    }
    // Not by a macro: the test runner would keep it.
    let _told = writeln!(io::stdout().lock(), "{name}: {number} inputs, none failed");
}

/// Choices.
fn bytes(longest: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..=longest)
}

/// JSON with the members that the hook reads, and one byte of it changed, or none.
fn json() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![
        4 => proptest::sample::select(&["password", "profile", "flag", "login"][..]).prop_map(str::to_owned),
        1 => "[a-z?]{0,3}",
    ];
    let leaf = prop_oneof![
        proptest::sample::select(&["null", "true", "false", "1e999", "-0"][..]).prop_map(str::to_owned),
        any::<i64>().prop_map(|number| number.to_string()),
        " ?\"[ !#-~äß\u{202e}]{0,14}\"",
        proptest::sample::select(&[r#""\u0000""#, r#""\ud800""#, r#""\n""#, r#""\"[[[[[[[[[""#][..])
            .prop_map(str::to_owned),
    ];
    let value = leaf.prop_recursive(9, 64, 4, move |inner| {
        let member = (name.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            1 => vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            3 => vec(member, 0..5).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    });
    let value = (0..12_usize, value).prop_map(|(depth, value)| match depth {
        0..4 => value,
        _ => format!("{{\"profile\":{}{value}{}}}", "[".repeat(depth - 4), "]".repeat(depth - 4)),
    });
    let change = proptest::option::of((any::<prop::sample::Index>(), any::<u8>()));
    (vec(any::<u8>(), 4), value, change).prop_map(|(kinds, value, change)| {
        let mut body = value.into_bytes();
        if let Some((place, byte)) = change
            && let Some(changed) = body.len().checked_sub(1).and_then(|last| body.get_mut(place.index(last + 1)))
        {
            *changed = byte;
        }
        [kinds, body].concat()
    })
}

#[test]
fn any_requests_to_the_emulator() {
    emulator::prepare();
    give(("emulator", emulator::run), 300, bytes(512));
}

#[test]
fn any_requests_to_the_hook() {
    give(("hook", hook::run), 1_000, bytes(320));
}

#[test]
fn any_cookie_of_the_hook() {
    let header = "((a=b; ?|x, ?|__Host-okta-hook=)[!-~]{0,9}[;, =]{0,2}){0,4}".prop_map(String::into_bytes);
    let inputs = prop_oneof![
        (0..4_u8, bytes(300)).prop_map(|(what, rest)| [vec![what], rest].concat()),
        header.prop_map(|header| [vec![2], header].concat()),
    ];
    give(("hook_cookie", hook_cookie::run), 3_000, inputs);
}

#[test]
fn any_body_for_the_hook() {
    give(("hook_json", hook_json::run), 10_000, json());
}
