//! The real hub binary, on a free loopback port and a data folder of its own.

use crate::Result;
use crate::process::{Process, free_port, listening};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use tempfile::TempDir;

/// How the hub of a journey is started.
#[derive(Debug, Clone)]
pub struct HubOptions {
    /// Whether an empty data folder gets the demo relay.
    pub demo: bool,
    /// More arguments, after those that the harness gives.
    pub arguments: Vec<String>,
    /// Environment variables, such as the shift of the test clock.
    pub environment: Vec<(String, String)>,
    /// The program; by default what `cargo xtask test` built.
    pub program: Option<PathBuf>,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self { demo: true, arguments: Vec::new(), environment: Vec::new(), program: None }
    }
}

/// A hub that lives as long as the journey. Its port stays the same when it is stopped and started again, as a
/// tablet would find it.
#[derive(Debug)]
pub struct Hub {
    port: u16,
    folder: TempDir,
    options: HubOptions,
    running: Mutex<Option<Process>>,
}

impl Hub {
    /// Starts a hub with the demo relay.
    pub async fn start() -> Result<Self> {
        Self::start_with(HubOptions::default()).await
    }

    /// Starts a hub with `options`.
    pub async fn start_with(options: HubOptions) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("perron-hub-").tempdir()?;
        let hub = Self { port: free_port()?, folder, options, running: Mutex::new(None) };
        hub.start_again().await?;
        Ok(hub)
    }

    /// The address to open, without a slash at its end.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The data folder; it outlives stops, and goes with the journey.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts the stopped hub again, on the same port and data.
    pub async fn start_again(&self) -> Result<()> {
        let program = match &self.options.program {
            Some(program) => program.clone(),
            None => program()?,
        };
        let mut command = Command::new(&program);
        command.arg("serve").arg("--data").arg(self.folder.path().join("data"));
        command.arg("--listen").arg(format!("127.0.0.1:{}", self.port));
        if self.options.demo {
            command.arg("--demo");
        }
        command.args(&self.options.arguments).envs(self.options.environment.iter().cloned());
        let log = std::fs::File::options().create(true).append(true).open(self.log())?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let mut process = Process::start("the hub", &mut command)?;
        if let Err(error) = listening(&mut process, self.port).await {
            let log = std::fs::read_to_string(self.log()).unwrap_or_default();
            bail!("{error}; the hub said:\n{log}");
        }
        *self.slot() = Some(process);
        Ok(())
    }

    /// Asks the hub to stop and waits until it has: for the tablets, the network is off.
    pub async fn stop(&self) -> Result<()> {
        let process = self.slot().take().context("the hub is not running")?;
        tokio::task::spawn_blocking(move || process.stop()).await?
    }

    /// Kills the hub at once, as a power cut would.
    pub fn kill(&self) {
        drop(self.slot().take());
    }

    /// What the hub has logged so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log()).unwrap_or_default()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("hub.log")
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<Process>> {
        self.running.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The hub that `cargo xtask test` built for the journeys: `PERRON_HUB`.
fn program() -> Result<PathBuf> {
    match std::env::var_os("PERRON_HUB") {
        Some(path) => Ok(PathBuf::from(path)),
        None => bail!("PERRON_HUB does not name the hub's program: run the journeys by `cargo xtask test`"),
    }
}
