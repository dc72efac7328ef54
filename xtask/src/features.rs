//! Whether both apps want the same of the crates that they share. Where they do not, everything above such a crate is compiled
//! twice: once for both apps together, and once more when Trunk asks for one of them.

use crate::setup::Setup;
use crate::sh;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;

/// Fails when a crate has other features in one app than in the other, and names it.
pub fn check(setup: &Setup) -> Result<()> {
    sh::say("one set of features for both apps");
    let (tablet, desk) = (of(setup, "perron")?, of(setup, "perron-desk")?);
    let differs: Vec<String> = tablet
        .iter()
        .filter_map(|(name, features)| {
            let other = desk.get(name).filter(|other| *other != features)?;
            Some(format!("{name}: {features} for the tablet, {other} for the desk"))
        })
        .collect();
    if !differs.is_empty() {
        bail!("these crates are compiled twice:\n  {}", differs.join("\n  "));
    }
    Ok(())
}

/// Returns the features of each crate that an app is made of.
fn of(setup: &Setup, app: &str) -> Result<BTreeMap<String, String>> {
    let mut cargo = setup.cargo(&["tree", "-p", app, "--target", "wasm32-unknown-unknown", "--offline"])?;
    cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--no-dedupe", "--format", "{p}|{f}"]);
    let tree = sh::output(&mut cargo).with_context(|| format!("cargo cannot tell what {app} is made of"))?;
    Ok(tree.lines().filter_map(|line| line.split_once('|')).map(|(p, f)| (p.to_owned(), f.to_owned())).collect())
}
