//! The relay's desk as a program sees it: the JSON under `/api`.

use crate::{Hub, Result};
use anyhow::{Context, ensure};
use perron_desk_api::{CodeLine, RoundLine, RoundView};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The desk of one hub.
#[derive(Debug)]
pub struct Desk {
    address: String,
    client: reqwest::Client,
}

impl Desk {
    /// Returns the desk of `hub`.
    pub fn of(hub: &Hub) -> Self {
        Self { address: hub.address(), client: reqwest::Client::new() }
    }

    /// Reads what stands at `path`.
    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        answer(path, self.client.get(format!("{}{path}", self.address)).send().await?).await
    }

    /// Sends `body` to `path` and reads the answer.
    pub async fn send<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("content-type", "application/json").body(serde_json::to_vec(body)?);
        answer(path, request.send().await?).await
    }

    /// Puts `body` in the place of what stands at `path` and reads the answer.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T> {
        let request = self.client.put(format!("{}{path}", self.address));
        let request = request.header("content-type", "application/json").body(serde_json::to_vec(body)?);
        answer(path, request.send().await?).await
    }

    /// Sends `body` to `path` in the name of an account, and returns the status and the code of a refusal.
    pub async fn send_as(&self, account: u32, path: &str, body: &impl Serialize) -> Result<(u16, String)> {
        let request = self.client.post(format!("{}{path}", self.address)).header("x-perron-account", account);
        let request = request.header("content-type", "application/json").body(serde_json::to_vec(body)?);
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let refusal: serde_json::Value = serde_json::from_str(&answer.text().await?).unwrap_or_default();
        Ok((status, refusal["code"].as_str().unwrap_or_default().to_owned()))
    }

    /// Makes a code that lets one tablet in.
    pub async fn code_for(&self, label: &str) -> Result<String> {
        let code: CodeLine = self.send("/api/tablets", &serde_json::json!({"label": label})).await?;
        Ok(code.code)
    }

    /// Returns the round that people call `label`, as the desk sees it now.
    pub async fn round(&self, label: &str) -> Result<RoundView> {
        let rounds: Vec<RoundLine> = self.read("/api/rounds").await?;
        let known = rounds.iter().find(|round| round.label == label);
        let number = known.with_context(|| format!("the desk has no round «{label}»"))?.number;
        self.read(&format!("/api/rounds/{number}")).await
    }
}

async fn answer<T: DeserializeOwned>(path: &str, response: reqwest::Response) -> Result<T> {
    let status = response.status();
    let text = response.text().await?;
    ensure!(status.is_success(), "{path}: {status}: {text}");
    serde_json::from_str(&text).with_context(|| format!("{path}: {text}"))
}
