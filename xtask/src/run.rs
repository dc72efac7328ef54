//! `cargo xtask run`: from a fresh clone to an address to open.

use crate::setup::{self, Setup};
use crate::{build, sh};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Options of `cargo xtask run`.
#[derive(Args)]
pub struct Options {
    /// Folder of the relay's data.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Address to listen on, of this machine.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// Asks the started hub for the app, then stops: proves that this command works.
    #[arg(long)]
    check: bool,
}

/// Builds all, starts the hub with the demo relay, and stays until it is interrupted.
pub fn run(options: &Options) -> Result<()> {
    let setup = setup::app()?;
    build::build_in(&setup, false)?;
    let hub = build_hub(&setup)?;
    if options.check {
        return check(&hub);
    }
    sh::say("the hub, with the demo relay; Ctrl+C stops it");
    let mut command = serve(&hub, &setup.root.join(&options.data), &options.listen);
    command.current_dir(&setup.root);
    let status = command.status().with_context(|| format!("{} could not be started", hub.display()))?;
    if !status.success() {
        bail!("the hub ended with {status}");
    }
    Ok(())
}

/// Builds the hub that carries `dist/`, optimised.
pub fn build_hub(setup: &Setup) -> Result<PathBuf> {
    sh::run("the hub", &mut setup.cargo(&["build", "--release", "-p", "perron-hub", "--bin", "perron"])?)?;
    Ok(setup.target.join("release/perron"))
}

fn serve(hub: &Path, data: &Path, listen: &str) -> Command {
    let mut command = Command::new(hub);
    command.arg("serve").arg("--data").arg(data).args(["--listen", listen, "--demo"]);
    command
}

/// Starts the hub on a free port and a new folder, and fails unless it answers with the whole app.
pub fn check(hub: &Path) -> Result<()> {
    sh::say("the hub answers with the app");
    let data = std::env::temp_dir().join(format!("perron-check-{}", std::process::id()));
    let mut command = serve(hub, &data, "127.0.0.1:0");
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut running = Running(command.spawn().with_context(|| format!("{} could not be started", hub.display()))?);
    let outcome = ask(&mut running.0);
    drop(running);
    let _ = std::fs::remove_dir_all(&data);
    outcome
}

fn ask(hub: &mut Child) -> Result<()> {
    let mut lines = BufReader::new(hub.stdout.take().context("the hub has no output")?).lines();
    // Its first line is the address to open.
    let line = lines.next().context("the hub ended without a word")??;
    let address = line.split("http://").nth(1).context("the hub did not print its address")?.trim().to_owned();
    for (page, base) in [("/", "/"), ("/relais", "/relais/")] {
        answers_with_an_app(&address, page, base)?;
    }
    let (head, health) = get(&address, "/healthz")?;
    if !head.contains(" 200 ") || health != "ok" {
        bail!("the hub does not say that it is well: {head}, {health}");
    }
    println!("   http://{address} answers");
    Ok(())
}

fn answers_with_an_app(address: &str, path: &str, base: &str) -> Result<()> {
    let (head, page) = get(address, path)?;
    if !head.contains(" 200 ") || !page.contains(&format!("<script type=\"module\" src=\"{base}boot-")) {
        bail!("the hub at {address}{path} does not answer with the app: {head}");
    }
    for name in page
        .split('"')
        .filter(|text| text.starts_with('/') && text.rsplit('/').next().is_some_and(|file| file.contains('.')))
    {
        let (head, _) = get(address, name)?;
        if !head.contains(" 200 ") {
            bail!("the page names {name}, which the hub does not have: {head}");
        }
    }
    Ok(())
}

/// Asks by HTTP/1.1 and returns the answer's first line and its body.
fn get(address: &str, path: &str) -> Result<(String, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("half an answer")?;
    Ok((head.lines().next().unwrap_or_default().to_owned(), body.to_owned()))
}

/// A child that ends with us.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
