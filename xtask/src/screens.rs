//! `cargo xtask screens`: pictures of the real app, to be looked at.

use crate::{journeys, setup, sh};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// Options of `cargo xtask screens`.
#[derive(Args)]
pub struct Options {
    /// Only screens whose name has this text.
    name: Option<String>,
    /// Only this size: 8-portrait (with the desk), 10-landscape, phone.
    #[arg(long)]
    size: Option<String>,
    /// The theme: light, dark or sun.
    #[arg(long, default_value = "light")]
    theme: String,
    /// The language: fr or en.
    #[arg(long, default_value = "fr")]
    language: String,
    /// Builds the app quickly, not optimised.
    #[arg(long)]
    dev: bool,
}

impl Options {
    /// Where the pictures go: what is kept with the project is light and French; the rest is only looked at.
    fn folder(&self, setup: &setup::Setup) -> PathBuf {
        if self.theme == "light" && self.language == "fr" {
            return setup.root.join("docs/screens");
        }
        setup.target.join("xtask/screens").join(format!("{}-{}", self.theme, self.language))
    }
}

/// Builds the app, walks through every screen of it and writes `docs/screens/NAME-SIZE.png`; other themes and languages
/// go into the build's folder.
pub fn screens(options: &Options) -> Result<()> {
    let setup = setup::chromium()?;
    let built = journeys::build(&setup, options.dev)?;
    let mut cargo = setup.cargo(&["run", "--quiet", "-p", "perron-e2e", "--bin", "perron-screens", "--"])?;
    cargo.arg(options.folder(&setup)).args(["--theme", &options.theme, "--language", &options.language]);
    for (option, value) in [("--name", &options.name), ("--size", &options.size)] {
        if let Some(value) = value {
            cargo.args([option, value]);
        }
    }
    sh::run("pictures of the screens", &mut built.command(&setup, cargo))
}
