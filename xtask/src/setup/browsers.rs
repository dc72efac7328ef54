//! The browsers of the tests, and their drivers. They come from the system's packages.

use super::there;
use crate::sh;
use anyhow::{Result, bail};
use std::process::Command;

/// Chromium and its driver.
pub fn chromium() -> Result<()> {
    need("Chromium", &["chromium", "chromedriver"], &["chromium", "chromium-driver", "fonts-liberation"])
}

/// Firefox, and WebKitGTK with the display that it is drawn on.
pub fn others() -> Result<()> {
    need("Firefox", &["firefox-esr"], &["firefox-esr"])?;
    need("WebKitGTK", &["WebKitWebDriver", "Xvfb"], &["webkit2gtk-driver", "xvfb"])
}

fn need(name: &str, programs: &[&str], packages: &[&str]) -> Result<()> {
    let missing = || programs.iter().any(|program| sh::which(program, &[]).is_none());
    if missing() {
        debian(packages, name)?;
    } else {
        there(name);
        return Ok(());
    }
    if missing() {
        bail!(
            "{name} is missing: install {} and run this again (on Debian: apt-get install {})",
            programs.join(" and "),
            packages.join(" ")
        );
    }
    Ok(())
}

/// Installs Debian packages when that is possible here: Debian, and rights to do it. Otherwise does nothing.
pub fn debian(packages: &[&str], what: &str) -> Result<()> {
    let root = sh::output(Command::new("id").arg("-u")).as_deref() == Some("0");
    if !root || sh::which("apt-get", &[]).is_none() {
        return Ok(());
    }
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq").args(arguments);
        command
    };
    sh::run("the list of system packages", &mut apt(&["update"]))?;
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    sh::run(&format!("{what} from the system's packages"), install.args(packages))
}
