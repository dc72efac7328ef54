//! The real hub binary, on a free loopback port and a data folder of its own.

use crate::Result;
use crate::process::{Process, free_port, listening};
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// How the hub of a journey is started.
#[derive(Debug, Clone)]
pub struct HubOptions {
    /// Whether an empty data folder gets the demo relay.
    pub demo: bool,
    /// How far the hub's clock is from the real one, in milliseconds.
    pub clock_ms: i64,
    /// More arguments, after those that the harness gives.
    pub arguments: Vec<String>,
    /// More environment variables.
    pub environment: Vec<(String, String)>,
    /// The program; by default what `cargo xtask test` built.
    pub program: Option<PathBuf>,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self { demo: true, clock_ms: 0, arguments: Vec::new(), environment: Vec::new(), program: None }
    }
}

/// A hub that lives as long as the journey. Its port stays the same when it is stopped and started again, as a
/// tablet would find it.
#[derive(Debug)]
pub struct Hub {
    port: u16,
    folder: TempDir,
    options: HubOptions,
    clock_ms: AtomicI64,
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
        let clock_ms = AtomicI64::new(options.clock_ms);
        let hub = Self { port: free_port()?, folder, options, clock_ms, running: Mutex::new(None) };
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
        command.env("PERRON_CLOCK_SHIFT_MS", self.clock_ms.load(Ordering::Relaxed).to_string());
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

    /// Tells the stopped hub that its data was put back from a copy.
    pub fn restored(&self) -> Result<()> {
        let program = match &self.options.program {
            Some(program) => program.clone(),
            None => program()?,
        };
        let told = Command::new(program).arg("restored").arg("--data").arg(self.folder.path().join("data")).output()?;
        anyhow::ensure!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        Ok(())
    }

    /// Moves the clock that the hub will have when it is started again.
    pub fn move_clock(&self, ms: i64) {
        self.clock_ms.store(ms, Ordering::Relaxed);
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
