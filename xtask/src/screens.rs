//! `cargo xtask screens`: pictures of the real app, to be looked at.

use crate::{journeys, setup, sh};
use anyhow::Result;
use clap::Args;

/// Options of `cargo xtask screens`.
#[derive(Args)]
pub struct Options {
    /// Only screens whose name has this text.
    name: Option<String>,
}

/// Builds the app, walks its screens and writes `docs/screens/NAME-SIZE.png`.
pub fn screens(options: &Options) -> Result<()> {
    let setup = setup::chromium()?;
    let built = journeys::build(&setup, false)?;
    let mut cargo = setup.cargo(&["run", "--quiet", "-p", "perron-e2e", "--bin", "perron-screens", "--"])?;
    cargo.arg(setup.root.join("docs/screens")).args(&options.name);
    sh::run("pictures of the screens", &mut built.command(&setup, cargo))
}
