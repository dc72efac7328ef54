//! Brotli twins of the app's files, which the hub sends to whoever takes them.

use super::{Files, hash, kept};
use crate::setup::Setup;
use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode::{BROTLI_MODE_FONT, BROTLI_MODE_GENERIC};
use std::io::Write as _;

/// Ends of names whose content is not compressed already.
const WORTH_IT: &[&str] = &["html", "js", "css", "wasm", "svg", "json", "webmanifest", "txt"];

/// Adds `name.br` beside every file that becomes smaller by it.
pub fn add_twins(setup: &Setup, files: &mut Files) -> Result<()> {
    let mut twins = Files::new();
    for (name, bytes) in files.iter() {
        if !WORTH_IT.iter().any(|end| name.rsplit('.').next() == Some(end)) {
            continue;
        }
        let twin = kept(setup, "brotli-2", &hash(bytes), || brotli(bytes))?;
        if twin.len() < bytes.len() {
            twins.insert(format!("{name}.br"), twin);
        }
    }
    files.append(&mut twins);
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    // Slow to make, small to send. The mode for fonts suits all that counts in words of four bytes, as WebAssembly does.
    let mode = if bytes.starts_with(b"\0asm") { BROTLI_MODE_FONT } else { BROTLI_MODE_GENERIC };
    let params = BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), mode, ..Default::default() };
    let mut writer = brotli::CompressorWriter::with_params(&mut out, 1 << 16, &params);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(out)
}

/// Returns how many bytes each file of the app is on the wire, compressed where there is a twin.
pub fn size_as_sent(files: &Files) -> Vec<(String, usize)> {
    files
        .iter()
        .filter(|(name, _)| !name.ends_with(".br"))
        .map(|(name, bytes)| (name.clone(), files.get(&format!("{name}.br")).unwrap_or(bytes).len()))
        .collect()
}
