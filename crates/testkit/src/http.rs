//! A line to a real hub: HTTP/1.1 on loopback, one connection for each request, without a runtime. It blocks, so that
//! whatever waits for it is done at once.

use perron_tablet::{NetworkError, Wire};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// The content type of the sync.
const CBOR: &str = "application/cbor";
const PATIENCE: Duration = Duration::from_secs(20);

/// A hub behind an address of this machine: `127.0.0.1:8080`.
#[derive(Clone, Debug)]
pub struct HubAt(pub String);

impl Wire for HubAt {
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
        self.exchange(path, &body)
    }
}

impl HubAt {
    /// Posts a body and returns that of the answer.
    ///
    /// # Errors
    /// [`NetworkError`], told apart as the app does.
    pub fn exchange(&self, path: &str, body: &[u8]) -> Result<Vec<u8>, NetworkError> {
        let mut stream = TcpStream::connect(&self.0).map_err(|_| NetworkError::Offline)?;
        let patience = |error: std::io::Error| match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => NetworkError::TooLate(PATIENCE.as_secs()),
            _ => NetworkError::HalfBody,
        };
        let set = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_nodelay(true));
        set.map_err(|error| NetworkError::Impossible(error.to_string()))?;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {CBOR}\r\nAccept: {CBOR}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            self.0,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).map_err(patience)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(patience)?;
        read(&bytes)
    }
}

/// Reads an answer with a known length.
fn read(bytes: &[u8]) -> Result<Vec<u8>, NetworkError> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or(NetworkError::HalfBody)?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let body = &bytes[end + 4..];
    let field = |name: &str| {
        let fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
        fields.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let status = head.split(' ').nth(1).and_then(|text| text.parse::<u16>().ok()).ok_or(NetworkError::HalfBody)?;
    let length = field("content-length").and_then(|text| text.parse::<usize>().ok()).ok_or(NetworkError::HalfBody)?;
    if body.len() != length {
        return Err(NetworkError::HalfBody);
    }
    let kind = field("content-type").unwrap_or_default();
    let ours = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(CBOR));
    match (status, ours) {
        (200..300, true) => Ok(body.to_vec()),
        (200..300, false) => Err(NetworkError::NotOurs(kind)),
        _ => Err(NetworkError::Status { status, ours, body: body.to_vec() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_cut_short_is_half_a_body() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-type: application/cbor\r\nContent-Length: 3\r\n\r\n\x83\x01\x02";
        assert_eq!(read(whole), Ok(vec![0x83, 1, 2]));
        for cut in 0..whole.len() {
            assert_eq!(read(&whole[..cut]), Err(NetworkError::HalfBody), "cut at {cut}");
        }
    }
}
