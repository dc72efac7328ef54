//! Turns `locales/` into typed keys, so that a missing or misspelt key is a compile error.

use std::{env, error::Error, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};

/// One file per part of the app, so that several people can add words without meeting.
const NAMESPACES: [&str; 6] = ["common", "tour", "visit", "stock", "close", "desk"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../locales");
    let out = PathBuf::from(env::var("OUT_DIR")?).join("i18n");
    // Words with values in them are also needed as text, for labels and callbacks.
    let options = ParseOptions::default().interpolate_display(true);
    let config = Config::new("fr")?
        .add_locale("en")?
        .add_namespaces(NAMESPACES)?
        .locales_path("../../locales")
        .parse_options(options);
    let words = TranslationsInfos::parse(config)?;
    words.emit_diagnostics();
    words.rerun_if_locales_changed();
    let attributes =
        "#![allow(missing_docs, dead_code, unused_imports, clippy::all, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo)]"
            .parse()
            .ok();
    words.generate_i18n_module_with_options(out, CodegenOptions::new().top_level_attributes(attributes))?;
    Ok(())
}
