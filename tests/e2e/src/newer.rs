//! A hub of which a newer version of the app is put in place while tablets are at work.
//!
//! It stands in front of the real hub and passes everything on, byte for byte; once [`Newer::arrives`] was called, the
//! service worker says that it is another version. That is all that a browser sees of an update.

use crate::{Hub, Result};
use anyhow::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What stands before the hub.
#[derive(Debug)]
pub struct Newer {
    port: u16,
    arrived: Arc<AtomicBool>,
    serving: JoinHandle<()>,
}

impl Newer {
    /// Stands before `hub`, which is still the version that it is.
    pub async fn before(hub: &Hub) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let arrived = Arc::new(AtomicBool::new(false));
        let behind = hub.address().trim_start_matches("http://").to_owned();
        let flag = Arc::clone(&arrived);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (behind, flag) = (behind.clone(), Arc::clone(&flag));
                // One that breaks off is a request that breaks off, as on any network.
                tokio::spawn(async move { pass(client, &behind, &flag).await });
            }
        });
        Ok(Self { port, arrived, serving })
    }

    /// The address to open instead of the hub's.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The newer version is in place from now on.
    pub fn arrives(&self) {
        self.arrived.store(true, Ordering::Relaxed);
    }
}

impl Drop for Newer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Passes one request on and its answer back.
async fn pass(mut client: TcpStream, behind: &str, newer: &AtomicBool) -> Result<()> {
    let (head, body) = request(&mut client).await?;
    // Looked at only now: browsers open connections before they have something to ask.
    let worker = newer.load(Ordering::Relaxed) && head.starts_with("GET /sw.js");
    let mut lines: Vec<&str> = head.split("\r\n").collect();
    lines.retain(|line| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        name != "connection" && !(worker && matches!(name.as_str(), "accept-encoding" | "if-none-match"))
    });
    let head = format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n"));
    let mut hub = TcpStream::connect(behind).await?;
    hub.write_all(head.as_bytes()).await?;
    hub.write_all(&body).await?;
    if !worker {
        tokio::io::copy(&mut hub, &mut client).await?;
        return Ok(client.shutdown().await?);
    }
    let mut answer = String::new();
    hub.read_to_string(&mut answer).await?;
    let (_, script) = answer.split_once("\r\n\r\n").context("the hub's answer has no end of its head")?;
    let script = script.replacen("const VERSION = \"", "const VERSION = \"newer-", 1);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nCache-Control: no-cache\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        script.len()
    );
    client.write_all(head.as_bytes()).await?;
    client.write_all(script.as_bytes()).await?;
    Ok(client.shutdown().await?)
}

/// Reads one request: its head without the empty line, and its body.
async fn request(client: &mut TcpStream) -> Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        anyhow::ensure!(client.read_buf(&mut bytes).await? > 0, "the request breaks off");
    };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") { value.trim().parse::<usize>().ok() } else { None }
    });
    let mut body = body;
    while body.len() < length.unwrap_or(0) {
        anyhow::ensure!(client.read_buf(&mut body).await? > 0, "the request's body breaks off");
    }
    Ok((head, body))
}
