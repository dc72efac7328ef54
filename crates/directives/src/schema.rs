//! The JSON Schema of a directive file, for editors and for other programs.

use crate::file::File;

/// Returns the schema.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(File).to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".into(), "A directive of Perron".into());
        root.insert(
            "description".into(),
            "See directives/README.md: how a file is read, how a condition is written.".into(),
        );
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Editors read it beside the files. `UPDATE=1 cargo test -p perron-directives` writes it anew.
    #[test]
    fn the_schema_is_the_one_beside_the_files() {
        let mut now = serde_json::to_string_pretty(&schema()).unwrap();
        now.push('\n');
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../directives/schema.json");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, &now).unwrap();
        }
        assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), now, "the schema changed: run with UPDATE=1");
    }
}
