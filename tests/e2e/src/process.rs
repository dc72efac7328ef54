//! Child processes that never outlive the journey that started them.

use crate::Result;
use anyhow::Context;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// A child process; dropping it ends it at once.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts `command`; an error names the program and says how it gets on the machine.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let child = command.spawn().with_context(|| {
            format!("{name} could not be started ({:?}); `cargo xtask test` installs it", command.get_program())
        })?;
        Ok(Self { child, name: name.to_owned() })
    }

    /// Takes the standard output, when it was piped.
    pub fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// Fails with a sentence if the process has ended by itself.
    pub fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            Some(status) => anyhow::bail!("{} ended by itself: {status}", self.name),
            None => Ok(()),
        }
    }

    /// Asks the process to end (SIGTERM) and waits; after 10 s it is killed.
    pub fn stop(mut self) -> Result<()> {
        self.signal(Signal::TERM);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        anyhow::bail!("{} did not stop within 10 s of being asked", self.name)
    }

    fn signal(&self, signal: Signal) {
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // A process that has already ended cannot be signalled, and need not be.
            let _ = kill_process(pid, signal);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Kills every process whose command line names `folder` (a browser's profile), as a pulled battery would.
pub fn kill_those_using(folder: &Path) {
    let needle = folder.to_string_lossy().into_owned();
    let Ok(entries) = fs::read_dir("/proc") else { return };
    for entry in entries.flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else { continue };
        let Ok(line) = fs::read(entry.path().join("cmdline")) else { continue };
        if String::from_utf8_lossy(&line).contains(&needle)
            && let Some(pid) = Pid::from_raw(pid)
        {
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// Returns a port of the loopback address on which nobody listens.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no loopback port is free")?;
    Ok(listener.local_addr()?.port())
}

/// Waits until `process` listens on `port`.
pub async fn listening(process: &mut Process, port: u16) -> Result<()> {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        process.check()?;
        anyhow::ensure!(start.elapsed() < Duration::from_secs(30), "nobody listens on port {port} after 30 s");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    Ok(())
}
