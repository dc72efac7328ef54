//! The relay's key and the hub's own device key, made at the first start and kept in the data folder.
//!
//! The relay key binds device numbers to keys and is pinned by every tablet; the hub key signs the hub's own chains.
//! Each is a file of 32 bytes that only the owner of the data folder may read.

use ed25519_dalek::{SECRET_KEY_LENGTH, SigningKey};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The two keys of a hub.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Signs which key belongs to which device.
    pub relay: SigningKey,
    /// Signs the heads of the hub's own chains.
    pub hub: SigningKey,
}

/// Why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file could not be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A key file holds something else.
    #[error("the key file {0} does not hold a key of 32 bytes; put back the right file, do not delete it")]
    NotAKey(PathBuf),
    /// The system gave no randomness.
    #[error("the system gave no random bytes for a new key")]
    Randomness,
}

impl Keys {
    /// Reads the keys in `folder`, making what does not exist yet when `may_create`.
    ///
    /// # Errors
    /// When a file cannot be read or written or does not hold a key. A damaged key is never replaced.
    pub fn open(folder: &Path, may_create: bool) -> Result<Self, KeyError> {
        let at = |name: &str| open_one(&folder.join(name), may_create);
        Ok(Self { relay: at("relay.key")?, hub: at("hub.key")? })
    }
}

fn open_one(path: &Path, may_create: bool) -> Result<SigningKey, KeyError> {
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    match fs::read(path) {
        Ok(bytes) => {
            let secret: [u8; SECRET_KEY_LENGTH] = bytes.try_into().map_err(|_| KeyError::NotAKey(path.to_owned()))?;
            Ok(SigningKey::from_bytes(&secret))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && may_create => {
            let mut secret = [0; SECRET_KEY_LENGTH];
            getrandom::fill(&mut secret).map_err(|_| KeyError::Randomness)?;
            write_secret(path, &secret).map_err(failed)?;
            Ok(SigningKey::from_bytes(&secret))
        }
        Err(error) => Err(failed(error)),
    }
}

/// Writes beside and renames, so that a crash leaves either no key or a whole one.
fn write_secret(path: &Path, secret: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(secret)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_keys_come_back_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(folder.path(), true).unwrap();
        let second = Keys::open(folder.path(), false).unwrap();
        assert_eq!(first.relay.to_bytes(), second.relay.to_bytes());
        assert_eq!(first.hub.to_bytes(), second.hub.to_bytes());
        assert_ne!(first.hub.to_bytes(), first.relay.to_bytes());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_a_key() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Keys::open(folder.path(), true).unwrap();
        let mode = fs::metadata(folder.path().join("relay.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_key_is_never_replaced_by_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("relay.key"), b"half").unwrap();
        assert!(matches!(Keys::open(folder.path(), true), Err(KeyError::NotAKey(_))));
        assert_eq!(fs::read(folder.path().join("relay.key")).unwrap(), b"half");
    }

    #[test]
    fn a_known_relay_without_its_key_does_not_get_another_one() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Keys::open(folder.path(), false), Err(KeyError::File { .. })));
    }
}
