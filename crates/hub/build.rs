//! Makes the folder of the built app exist, so that the hub compiles before the app was ever built.
//!
//! `PERRON_DIST` names another folder, as the journeys' hub needs, whose app is built apart from what ships. Without it the
//! folder is named from this crate on: a build folder that two clones share must not carry the app of the other one.

use std::path::PathBuf;

fn main() {
    let dist = std::env::var_os("PERRON_DIST").map_or_else(|| PathBuf::from("../../dist"), PathBuf::from);
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=PERRON_DIST");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo:warning=the folder of the built app could not be made: {error}");
    }
    println!("cargo:rerun-if-changed={}", dist.display());
    println!("cargo:rustc-env=PERRON_DIST={}", dist.display());
}
