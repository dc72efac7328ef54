//! Reads a file that a person chose on this device.

use super::js;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A chosen file, read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its name on the device.
    pub name: String,
    /// Its content, in whatever encoding it has.
    pub bytes: Vec<u8>,
}

/// Why there are no bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nobody chose a file.
    #[error("no file was chosen")]
    None,
    /// Larger than the caller accepts.
    #[error("the file has {size} bytes, at most {limit} are read")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// What the caller accepts, in bytes.
        limit: u64,
    },
    /// The browser could not read it (moved away, no longer allowed).
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// Returns the file chosen in the input that sent `event`, at most `limit` bytes.
///
/// # Errors
/// [`FileError`] says why there is none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file size is a whole number below 2^53")]
pub async fn chosen(event: &web_sys::Event, limit: u64) -> Result<Chosen, FileError> {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let file = input.as_ref().and_then(|input| input.files()).and_then(|files| files.get(0)).ok_or(FileError::None)?;
    let size = file.size() as u64;
    if size > limit {
        return Err(FileError::TooLarge { size, limit });
    }
    let read = JsFuture::from(file.array_buffer()).await.map_err(|thrown| FileError::Unreadable(js::words(&thrown)))?;
    // Choosing the same file again must be an event again.
    if let Some(input) = input {
        input.set_value("");
    }
    Ok(Chosen { name: file.name(), bytes: js_sys::Uint8Array::new(&read).to_vec() })
}
