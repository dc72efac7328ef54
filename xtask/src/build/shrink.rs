//! wasm-opt over the app's WebAssembly: about a fifth smaller.

use super::{hash, kept};
use crate::setup::Setup;
use crate::sh;
use anyhow::Result;
use std::fs;

/// What today's rustc may use; its section that says so is stripped, so it is said here.
const FLAGS: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "-Oz",
    // The first kilobyte of memory is the far end of the stack, where no address points.
    "--low-memory-unused",
    // What these put in several places, or write more briefly in each, makes the module smaller and the compressed module
    // larger.
    "--skip-pass=inlining-optimizing",
    "--skip-pass=local-cse",
    "--skip-pass=untee",
    "--skip-pass=pick-load-signs",
    // Similar functions side by side compress better.
    "--reorder-functions-by-name",
];

/// Returns the same module, smaller; without wasm-opt, the module as it is, and a sentence.
pub fn shrink(setup: &Setup, wasm: Vec<u8>) -> Result<Vec<u8>> {
    if sh::which("wasm-opt", &setup.folders()).is_none() {
        println!("   wasm-opt is missing, so the app is larger than it need be: install Node.js (with npm)");
        return Ok(wasm);
    }
    let key = hash(format!("{} {}", FLAGS.join(" "), hash(&wasm)).as_bytes());
    kept(setup, "wasm-opt", &key, || {
        let folder = setup.target.join("xtask");
        let (from, to) = (folder.join("before.wasm"), folder.join("after.wasm"));
        fs::create_dir_all(&folder)?;
        fs::write(&from, &wasm)?;
        let mut command = setup.command("wasm-opt")?;
        sh::run("wasm-opt", command.args(FLAGS).arg(&from).arg("-o").arg(&to))?;
        Ok(fs::read(&to)?)
    })
}
