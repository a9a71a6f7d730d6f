//! The table of `docs/protocol.md` names journeys, which have to be there.

use std::{fs, path::Path};

#[test]
fn every_journey_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("../../docs/protocol.md")).unwrap();
    let named: Vec<(&str, &str)> =
        table.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.split_once("::")).collect();
    assert!(named.len() > 100, "only {} journeys are named", named.len());
    for (file, journey) in named {
        let source = fs::read_to_string(root.join(format!("tests/journeys/{file}.rs"))).unwrap_or_default();
        assert!(source.contains(&format!("fn {journey}(")), "there is no {file}::{journey}");
    }
}
