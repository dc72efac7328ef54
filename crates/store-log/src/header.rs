//! The beginning of a file: says that the log in it is complete, and which one it is.
//!
//! It stands twice, so that one damaged byte does not cost the log. It is written last: a file without it was being
//! written when the program was killed, and does not count.
//!
//! ```text
//! "perronL1" 8 | generation 8 | era 8 | base 8 | parts 4 | checksum 4, and the same once more
//! ```

/// The first bytes of a log, with the version of its form.
const NAME: [u8; 8] = *b"perronL1";
/// Bytes of one of the two.
const ONE: usize = 40;

/// How many bytes of a file come before its first frame.
pub const LENGTH: usize = 2 * ONE;

/// What the beginning of a file says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Header {
    /// The how-manieth file this log has been written into. The highest counts.
    pub generation: u64,
    /// Grows whenever copies had to be made alike again because they contradicted each other.
    pub era: u64,
    /// The number of the last change that the parts contain; changes follow.
    pub base: u64,
    /// How many frames make the content as it was when this file was begun.
    pub parts: u32,
}

impl Header {
    /// Returns its bytes.
    #[must_use]
    pub fn written(&self) -> Vec<u8> {
        let mut one = NAME.to_vec();
        for part in [self.generation, self.era, self.base] {
            one.extend_from_slice(&part.to_be_bytes());
        }
        one.extend_from_slice(&self.parts.to_be_bytes());
        let sum = crc32fast::hash(&one);
        one.extend_from_slice(&sum.to_be_bytes());
        one.repeat(2)
    }

    fn one(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; ONE] = bytes.try_into().ok()?;
        let (said, sum) = bytes.split_at(ONE - 4);
        if said[..8] != NAME || sum != crc32fast::hash(said).to_be_bytes() {
            return None;
        }
        let number = |at: usize| said[at..at + 8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        let parts = said[32..36].iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        Some(Self { generation: number(8), era: number(16), base: number(24), parts })
    }

    /// Returns what the beginning of `file` says, by the first of both that is readable.
    #[must_use]
    pub fn read(file: &[u8]) -> Option<Self> {
        let first = file.get(..ONE).and_then(Self::one);
        first.or_else(|| file.get(ONE..LENGTH).and_then(Self::one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_damaged_byte_does_not_cost_the_log() {
        let header = Header { generation: 3, era: 2, base: 900, parts: 12 };
        let written = header.written();
        assert_eq!(written.len(), LENGTH);
        for at in 0..LENGTH {
            let mut damaged = written.clone();
            damaged[at] ^= 1;
            assert_eq!(Header::read(&damaged), Some(header));
        }
        assert_eq!(Header::read(&written[..ONE - 1]), None);
        assert_eq!(Header::read(&[0; LENGTH]), None);
    }
}
