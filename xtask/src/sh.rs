//! Running other programs: each says what it does before it does it, and how long it took after.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Prints a step's title.
pub fn say(sentence: &str) {
    println!("── {sentence}");
}

/// Runs `command` with its output shown; a failure names the step.
pub fn run(step: &str, command: &mut Command) -> Result<()> {
    say(step);
    let start = Instant::now();
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{:?} could not be started", command.get_program()))?;
    if !status.success() {
        bail!("{step}: {:?} failed ({status})", command.get_program());
    }
    let seconds = start.elapsed().as_secs();
    if seconds >= 5 {
        println!("   {step}: {seconds} s");
    }
    Ok(())
}

/// Runs `command` with its complaints shown, and returns what it printed; a failure names the step and shows it.
pub fn listen(step: &str, command: &mut Command) -> Result<String> {
    say(step);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{:?} could not be started", command.get_program()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        bail!("{step}: {:?} failed ({})\n{text}", command.get_program(), output.status);
    }
    Ok(text)
}

/// Returns what `command` prints, or nothing when it is absent or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns where `program` is on the path, looking into `first` before.
pub fn which(program: &str, first: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Returns a path variable with `first` before what it has already.
pub fn path_with(first: &[PathBuf]) -> Result<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(first.iter().cloned().chain(std::env::split_paths(&path)))
        .context("a folder's name has a colon")
}

/// Returns the cargo that runs this task, in the project's folder.
pub fn cargo<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(root: &Path, arguments: I) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root).args(arguments);
    forget_this_package(&mut command);
    command
}

/// Takes out what the cargo that runs this task has set: a nested one has a package of its own, and would build again
/// whatever looks at these.
pub fn forget_this_package(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_")
            || name.starts_with("CARGO_BIN_")
            || name == "CARGO_MANIFEST_DIR"
            || name == "CARGO_MANIFEST_PATH"
        {
            command.env_remove(&name);
        }
    }
}
