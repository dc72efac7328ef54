//! What stands between the tablets and the real hub: usually nothing that anybody would notice, byte for byte.
//!
//! On the word of a journey it fails in one of the ways that networks, portals and servers have, for every exchange of
//! facts; or it puts a newer version of the app in place, of which a browser sees no more than another service worker.

use crate::{Hub, Result};
use anyhow::Context;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How what stands between behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Mood {
    /// Everything passes.
    Honest,
    /// Everything passes, and the app is a newer version.
    Newer,
    /// Exchanges are answered with status 500.
    Fails,
    /// Exchanges are answered with a page, as a portal does.
    Page,
    /// Answers to exchanges break off in the middle.
    Half,
    /// The connection is closed without an answer.
    Nothing,
}

/// What stands before the hub.
#[derive(Debug)]
pub struct Between {
    port: u16,
    mood: Arc<AtomicU8>,
    serving: JoinHandle<()>,
}

impl Between {
    /// Stands before `hub`; everything passes.
    pub async fn before(hub: &Hub) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let mood = Arc::new(AtomicU8::new(Mood::Honest as u8));
        let behind = hub.address().trim_start_matches("http://").to_owned();
        let shared = Arc::clone(&mood);
        let serving = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (behind, mood) = (behind.clone(), Arc::clone(&shared));
                // One that breaks off is a request that breaks off, as on any network.
                tokio::spawn(async move { pass(client, &behind, &mood).await });
            }
        });
        Ok(Self { port, mood, serving })
    }

    /// The address to open instead of the hub's.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// It behaves so from now on.
    pub fn is(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::Relaxed);
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Passes one request on and its answer back, or fails as the mood is.
async fn pass(mut client: TcpStream, behind: &str, mood: &AtomicU8) -> Result<()> {
    let (head, body) = request(&mut client).await?;
    // Looked at only now: browsers open connections before they have something to ask.
    let is = |one: Mood| mood.load(Ordering::Relaxed) == one as u8;
    let worker = is(Mood::Newer) && head.starts_with("GET /sw.js");
    let exchange = head.split(' ').nth(1).is_some_and(|path| path.starts_with("/sync/"));
    if exchange && is(Mood::Nothing) {
        return Ok(client.shutdown().await?);
    }
    if exchange && is(Mood::Fails) {
        return say(&mut client, "500 Internal Server Error", "text/plain", b"trouble").await;
    }
    if exchange && is(Mood::Page) {
        return say(&mut client, "200 OK", "text/html", b"<!doctype html><h1>Bienvenue sur notre Wi-Fi</h1>").await;
    }
    let mut lines: Vec<&str> = head.split("\r\n").collect();
    lines.retain(|line| {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        name != "connection" && !(worker && matches!(name.as_str(), "accept-encoding" | "if-none-match"))
    });
    let head = format!("{}\r\nConnection: close\r\n\r\n", lines.join("\r\n"));
    let mut hub = TcpStream::connect(behind).await?;
    hub.write_all(head.as_bytes()).await?;
    hub.write_all(&body).await?;
    if exchange && is(Mood::Half) {
        let mut answer = Vec::new();
        hub.read_to_end(&mut answer).await?;
        let body = answer.windows(4).position(|four| four == b"\r\n\r\n").context("the hub's answer has no body")? + 4;
        client.write_all(&answer[..body + (answer.len() - body) / 2]).await?;
        return Ok(client.shutdown().await?);
    }
    if !worker {
        tokio::io::copy(&mut hub, &mut client).await?;
        return Ok(client.shutdown().await?);
    }
    let mut answer = String::new();
    hub.read_to_string(&mut answer).await?;
    let (_, script) = answer.split_once("\r\n\r\n").context("the hub's answer has no end of its head")?;
    let script = script.replacen("const VERSION = \"", "const VERSION = \"newer-", 1);
    say(&mut client, "200 OK", "text/javascript", script.as_bytes()).await
}

async fn say(client: &mut TcpStream, status: &str, kind: &str, body: &[u8]) -> Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nCache-Control: no-cache\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    client.write_all(head.as_bytes()).await?;
    client.write_all(body).await?;
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
