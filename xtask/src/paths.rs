//! Where things are: the project, its build folder, its tools.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> Result<PathBuf> {
    // Not the current folder, so that the tasks work from anywhere inside the project; not the compiled-in one
    // either, since a shared build folder may hold the program of another clone.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = manifest.map_or_else(std::env::current_dir, Ok)?;
    let found = start.ancestors().find(|folder| folder.join("Trunk.toml").is_file());
    Ok(found.context("this is not inside the project: Trunk.toml is not found")?.to_owned())
}

/// Cargo's build folder.
pub fn target(root: &Path) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root.join(folder),
        None => root.join("target"),
    }
}

/// Where the project's own tools are kept: `PERRON_TOOLS`, or `.tools/` in the project.
pub fn tools(root: &Path) -> PathBuf {
    match std::env::var_os("PERRON_TOOLS") {
        Some(folder) => root.join(folder),
        None => root.join(".tools"),
    }
}
