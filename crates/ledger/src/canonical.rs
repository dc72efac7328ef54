//! Deterministic CBOR: one value has one form, so that a hash speaks about the value and not about its spelling.
//!
//! The form is RFC 8949, section 4.2.1 (core deterministic encoding): shortest integers and lengths, definite lengths,
//! map keys ascending by their encoded bytes and never twice. Narrower than that: no tags, no simple values but
//! `false`, `true` and `null`, floating-point numbers always of 64 bits and never NaN.

use perron_domain::order;
use std::ops::Range;

/// How deep arrays and maps may be nested.
pub const MAX_DEPTH: usize = 24;

/// Why bytes are not one deterministic CBOR item. Each carries the offset where it was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotCanonical {
    /// The item ends before it is complete.
    #[error("the item is cut off at byte {0}")]
    CutOff(usize),
    /// Something follows the item.
    #[error("something follows the item at byte {0}")]
    Trailing(usize),
    /// An integer or a length is longer than needed.
    #[error("an integer or length at byte {0} is not in its shortest form")]
    NotShortest(usize),
    /// A length is indefinite.
    #[error("an indefinite length at byte {0}")]
    Indefinite(usize),
    /// The keys of a map are out of order, or one stands twice.
    #[error("map keys out of order or repeated at byte {0}")]
    KeyOrder(usize),
    /// A tag, a simple value or a float that facts do not use.
    #[error("a kind of value that facts do not use at byte {0}")]
    NotUsed(usize),
    /// A text is not UTF-8.
    #[error("a text at byte {0} is not UTF-8")]
    NotText(usize),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested too deep at byte {0}")]
    TooDeep(usize),
}

/// Checks that `bytes` are exactly one deterministic CBOR item.
///
/// # Errors
/// [`NotCanonical`] at the first byte that is not.
pub fn check(bytes: &[u8]) -> Result<(), NotCanonical> {
    let mut reader = Reader { bytes, at: 0, ordered: true };
    reader.item(0)?;
    if reader.at == bytes.len() { Ok(()) } else { Err(NotCanonical::Trailing(reader.at)) }
}

/// Returns the same item with the keys of every map in order. What else is not deterministic stays an error.
///
/// # Errors
/// [`NotCanonical`] when ordering the keys is not enough, or one stands twice.
pub fn ordered(bytes: &[u8]) -> Result<Vec<u8>, NotCanonical> {
    if check(bytes).is_ok() {
        return Ok(bytes.to_vec());
    }
    let mut reader = Reader { bytes, at: 0, ordered: false };
    let mut out = Vec::with_capacity(bytes.len());
    reader.write_ordered(0, &mut out)?;
    if reader.at != bytes.len() {
        return Err(NotCanonical::Trailing(reader.at));
    }
    check(&out)?;
    Ok(out)
}

/// Returns the value's place after each key of a map whose keys are unsigned integers; for reading raw values.
pub(crate) fn skip(bytes: &[u8], at: usize) -> Result<usize, NotCanonical> {
    let mut reader = Reader { bytes, at, ordered: true };
    reader.item(0)?;
    Ok(reader.at)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    ordered: bool,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], NotCanonical> {
        let end = self.at.checked_add(count).ok_or(NotCanonical::CutOff(self.at))?;
        let taken = self.bytes.get(self.at..end).ok_or(NotCanonical::CutOff(self.bytes.len()))?;
        self.at = end;
        Ok(taken)
    }

    /// Reads the head of an item: its major type and its argument.
    fn head(&mut self) -> Result<(u8, u64), NotCanonical> {
        let start = self.at;
        let first = self.take(1)?.first().copied().unwrap_or_default();
        let (major, info) = (first >> 5, first & 0x1f);
        if major == 6 || (major == 7 && !matches!(info, 20..=22 | 27)) {
            return Err(NotCanonical::NotUsed(start));
        }
        let (width, least) = match info {
            0..=23 => return Ok((major, u64::from(info))),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            31 => return Err(NotCanonical::Indefinite(start)),
            _ => return Err(NotCanonical::NotUsed(start)),
        };
        let argument = self.take(width)?.iter().fold(0, |sum: u64, byte| (sum << 8) | u64::from(*byte));
        if major == 7 {
            let float = f64::from_bits(argument);
            return if float.is_nan() { Err(NotCanonical::NotUsed(start)) } else { Ok((major, argument)) };
        }
        if argument < least { Err(NotCanonical::NotShortest(start)) } else { Ok((major, argument)) }
    }

    fn length(&self, argument: u64) -> Result<usize, NotCanonical> {
        usize::try_from(argument).map_err(|_| NotCanonical::CutOff(self.at))
    }

    fn item(&mut self, depth: usize) -> Result<(), NotCanonical> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(NotCanonical::TooDeep(start));
        }
        let (major, argument) = self.head()?;
        match major {
            2 => drop(self.take(self.length(argument)?)?),
            3 => {
                let text = self.take(self.length(argument)?)?;
                std::str::from_utf8(text).map_err(|_| NotCanonical::NotText(start))?;
            }
            4 => {
                for _ in 0..argument {
                    self.item(depth + 1)?;
                }
            }
            5 => {
                let mut last: Range<usize> = 0..0;
                for _ in 0..argument {
                    let key = self.at;
                    self.item(depth + 1)?;
                    let this = key..self.at;
                    if self.ordered && last.end > 0 && self.bytes.get(this.clone()) <= self.bytes.get(last) {
                        return Err(NotCanonical::KeyOrder(key));
                    }
                    last = this;
                    self.item(depth + 1)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn write_ordered(&mut self, depth: usize, out: &mut Vec<u8>) -> Result<(), NotCanonical> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(NotCanonical::TooDeep(start));
        }
        let (major, argument) = self.head()?;
        let head = self.bytes.get(start..self.at).unwrap_or_default();
        match major {
            4 => {
                out.extend_from_slice(head);
                for _ in 0..argument {
                    self.write_ordered(depth + 1, out)?;
                }
            }
            5 => {
                out.extend_from_slice(head);
                let mut pairs = Vec::new();
                for _ in 0..argument {
                    let (mut key, mut value) = (Vec::new(), Vec::new());
                    self.write_ordered(depth + 1, &mut key)?;
                    self.write_ordered(depth + 1, &mut value)?;
                    pairs.push((key, value));
                }
                order::sort_by(&mut pairs, Ord::cmp);
                for (key, value) in pairs {
                    out.extend_from_slice(&key);
                    out.extend_from_slice(&value);
                }
            }
            _ => {
                self.at = start;
                self.item(depth)?;
                out.extend_from_slice(self.bytes.get(start..self.at).unwrap_or_default());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_spelling() {
        assert_eq!(check(&[0x18, 0x18]), Ok(()), "24 needs its second byte");
        assert_eq!(check(&[0x18, 0x17]), Err(NotCanonical::NotShortest(0)), "23 does not");
        assert_eq!(check(&[0x19, 0x00, 0xff]), Err(NotCanonical::NotShortest(0)));
        assert_eq!(check(&[0x9f, 0xff]), Err(NotCanonical::Indefinite(0)));
        assert_eq!(check(&[0x01, 0x01]), Err(NotCanonical::Trailing(1)));
        assert_eq!(check(&[0x82, 0x01]), Err(NotCanonical::CutOff(2)));
        assert_eq!(check(&[0xc0, 0x01]), Err(NotCanonical::NotUsed(0)), "tags");
        assert_eq!(check(&[0xf7]), Err(NotCanonical::NotUsed(0)), "undefined");
        assert_eq!(check(&[0xf9, 0x3c, 0x00]), Err(NotCanonical::NotUsed(0)), "half floats");
        assert_eq!(check(&[0x61, 0xff]), Err(NotCanonical::NotText(0)));
        assert_eq!(check(&[]), Err(NotCanonical::CutOff(0)));
    }

    #[test]
    fn keys_ascend_and_never_stand_twice() {
        assert_eq!(check(&[0xa2, 0x01, 0xf4, 0x02, 0xf5]), Ok(()));
        assert_eq!(check(&[0xa2, 0x02, 0xf4, 0x01, 0xf5]), Err(NotCanonical::KeyOrder(3)));
        assert_eq!(check(&[0xa2, 0x01, 0xf4, 0x01, 0xf5]), Err(NotCanonical::KeyOrder(3)));
        assert_eq!(ordered(&[0xa2, 0x02, 0xf4, 0x01, 0xf5]), Ok(vec![0xa2, 0x01, 0xf5, 0x02, 0xf4]));
        assert!(ordered(&[0xa2, 0x01, 0xf4, 0x01, 0xf5]).is_err());
    }

    #[test]
    fn a_length_of_the_sky_and_a_nest_without_end_are_refused_without_being_read() {
        assert!(matches!(check(&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Err(NotCanonical::CutOff(_))));
        assert!(matches!(check(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Err(NotCanonical::CutOff(_))));
        assert_eq!(check(&vec![0x81; 100_000]), Err(NotCanonical::TooDeep(MAX_DEPTH + 1)));
    }
}
