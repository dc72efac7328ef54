//! Makes the folder of the built app exist, so that the hub compiles before the app was ever built.

use std::path::Path;

fn main() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    println!("cargo:rerun-if-changed=build.rs");
    if let Err(error) = std::fs::create_dir_all(&dist) {
        println!("cargo:warning=the folder of the built app could not be made: {error}");
    }
    println!("cargo:rerun-if-changed={}", dist.display());
}
