//! Reads what a manifest depends on, and holds it against the same table.

use super::Wrong;
use super::rules::{Room, begins, rooms_of};
use anyhow::{Context, Result};
use toml::{Table, Value};

/// Returns the wrong arrows of one manifest.
pub fn check(file: &str, text: &str) -> Result<Vec<Wrong>> {
    let table: Table = text.parse().with_context(|| format!("{file} cannot be read"))?;
    let folder = if file == "Cargo.toml" { "src/".to_owned() } else { file.trim_end_matches("Cargo.toml").to_owned() };
    let rooms: Vec<&Room> = rooms_of(&folder).collect();
    let mut wrong = Vec::new();
    for (name, value) in dependencies(&table) {
        let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
        let krate = package.replace('-', "_");
        for room in &rooms {
            let path = [krate.clone()];
            let banned = room.never.iter().chain(room.nowhere).any(|rule| !rule.contains("::") && begins(&path, rule));
            if banned {
                let place = folder.trim_end_matches('/');
                let sentence = format!("{place} never depends on {package}");
                wrong.push(Wrong { file: file.to_owned(), line: line_of(text, name), sentence });
            }
        }
    }
    Ok(wrong)
}

/// What is compiled into the product: not development dependencies, not what a workspace only names.
fn dependencies(table: &Table) -> Vec<(&str, &Value)> {
    let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let sections = std::iter::once(table.get("dependencies")).chain(targets.map(|target| target.get("dependencies")));
    let entries = sections.flatten().filter_map(Value::as_table).flatten();
    entries.map(|(name, value)| (name.as_str(), value)).collect()
}

/// Returns the line that names the dependency, outside of the development and workspace sections.
fn line_of(text: &str, name: &str) -> usize {
    let mut counts = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            counts = line.contains("dependencies") && !line.contains("dev-") && !line.contains("workspace");
            if counts && line.trim_end_matches(']').ends_with(&format!("dependencies.{name}")) {
                return index + 1;
            }
        }
        let key = line.split(['=', '.', ' ']).next().unwrap_or_default();
        if counts && key == name {
            return index + 1;
        }
    }
    1
}
