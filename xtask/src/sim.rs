//! `cargo xtask sim`: stories of bad days, told by `crates/testkit`.

use crate::{setup, sh};
use anyhow::Result;
use clap::Args;

/// Options of `cargo xtask sim`.
#[derive(Args)]
pub struct Options {
    /// How many stories.
    #[arg(long, default_value_t = 500)]
    seeds: u64,
    /// The first one.
    #[arg(long, default_value_t = 0)]
    from: u64,
}

/// Tells the stories; fails when one of them does not end as it must.
pub fn sim(options: &Options) -> Result<()> {
    let setup = setup::nothing()?;
    let mut cargo = setup.cargo(&["run", "--quiet", "--release", "-p", "perron-testkit", "--bin", "sim", "--"])?;
    cargo.args(["--seeds", &options.seeds.to_string(), "--from", &options.from.to_string()]);
    sh::run(&format!("{} simulated stories from seed {}", options.seeds, options.from), &mut cargo)
}
