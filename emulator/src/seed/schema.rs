//! The schema of the configuration, made from the types of `file.rs` and their comments.

use std::sync::LazyLock;

use serde_json::Value;

use super::file::File;

/// JSON Schema of the configuration file, for editors; the reference of the configuration is made from it.
pub fn configuration_schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(File).to_value());
    &SCHEMA
}
