//! The envelope: what every fact says about itself, whatever it is about, and the exact bytes it is kept as.
//!
//! The bytes that an author wrote are never written again: [`Envelope::decode`] refuses what [`Envelope::encode`] would
//! have spelt otherwise, so that reading and writing cannot silently change a fact.

use crate::canonical::{self, NotCanonical};
use minicbor::{Decoder, Encoder, decode::Error as DecodeError};
use perron_domain::time::{Hlc, Wall};

/// The version of the envelope that this program writes.
pub const VERSION: u16 = 1;

/// The largest fact, in bytes, envelope included: 256 KiB, enough for a signature drawn on the screen.
pub const MAX_FACT_BYTES: usize = 256 * 1024;

/// A fact: what it is, when and by whom it was written, and its body as raw bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    /// The version of the envelope, [`VERSION`] for what is written today.
    pub version: u16,
    /// What kind of fact it is; the kinds are the domain's.
    pub kind: u16,
    /// A device that does not know the kind must forbid what depends on it, and say so.
    pub must_understand: bool,
    /// The hybrid logical clock of the author's device.
    pub hlc: Hlc,
    /// The wall clock as the author's device read it.
    pub wall: Wall,
    /// The account number of the author, 0 for nobody yet.
    pub author: u32,
    /// One CBOR item, as raw bytes.
    pub body: Vec<u8>,
    /// Sixteen random bytes where the fact is about a person, so that its leaf tells nothing once it is erased.
    pub salt: Option<[u8; 16]>,
}

/// Why bytes are not a fact.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than [`MAX_FACT_BYTES`]; carries the size.
    #[error("the fact has {0} bytes, more than 262144")]
    TooLarge(usize),
    /// Not one deterministic CBOR item.
    #[error(transparent)]
    NotCanonical(#[from] NotCanonical),
    /// Deterministic CBOR, but not an envelope.
    #[error("not an envelope: {0}")]
    NotAnEnvelope(&'static str),
    /// An envelope of a version that this program does not read. Kept and forwarded, not applied.
    #[error("envelope version {version} is not known here")]
    OtherVersion {
        /// The version that it says.
        version: u16,
        /// Whether it must be understood.
        must_understand: bool,
    },
}

impl From<DecodeError> for EnvelopeError {
    fn from(_: DecodeError) -> Self {
        Self::NotAnEnvelope("a field has another type or size")
    }
}

impl Envelope {
    /// Returns the deterministic bytes of this fact. Map keys of the body are put in order, nothing else is changed.
    ///
    /// # Errors
    /// [`EnvelopeError`] when the body is not one CBOR item as facts use them, or the fact is too large.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        let body = canonical::ordered(&self.body)?;
        let mut bytes = Vec::with_capacity(body.len() + 64);
        let fields = 6 + u64::from(self.must_understand) + u64::from(self.salt.is_some());
        let mut write = || -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
            let mut e = Encoder::new(&mut bytes);
            e.map(fields)?.u8(0)?.u16(self.version)?.u8(1)?.u16(self.kind)?;
            if self.must_understand {
                e.u8(2)?.bool(true)?;
            }
            e.u8(3)?.encode(self.hlc)?.u8(4)?.i64(self.wall.0)?.u8(5)?.u32(self.author)?.u8(6)?;
            e.writer_mut().extend_from_slice(&body);
            if let Some(salt) = &self.salt {
                e.u8(7)?.bytes(salt)?;
            }
            Ok(())
        };
        write().map_err(|_| EnvelopeError::NotAnEnvelope("it could not be written"))?;
        if bytes.len() > MAX_FACT_BYTES { Err(EnvelopeError::TooLarge(bytes.len())) } else { Ok(bytes) }
    }

    /// Reads a fact from its exact bytes.
    ///
    /// # Errors
    /// [`EnvelopeError`] when they are too large, not deterministic, not an envelope, or of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_FACT_BYTES {
            return Err(EnvelopeError::TooLarge(bytes.len()));
        }
        canonical::check(bytes)?;
        let mut d = Decoder::new(bytes);
        let fields = d.map()?.ok_or(EnvelopeError::NotAnEnvelope("not a map"))?;
        let mut fact = Partial::default();
        for _ in 0..fields {
            match d.u64()? {
                0 => fact.version = Some(d.u16()?),
                1 => fact.kind = Some(d.u16()?),
                2 => {
                    fact.must_understand =
                        d.bool()?.then_some(true).ok_or(EnvelopeError::NotAnEnvelope("key 2 is false"))?
                }
                _ if fact.version != Some(VERSION) => d.skip()?,
                3 => fact.hlc = Some(d.decode()?),
                4 => fact.wall = Some(Wall(d.i64()?)),
                5 => fact.author = Some(d.u32()?),
                6 => {
                    let start = d.position();
                    let end = canonical::skip(bytes, start)?;
                    fact.body = bytes.get(start..end).map(<[u8]>::to_vec);
                    d.set_position(end);
                }
                7 => {
                    fact.salt = Some(
                        d.bytes()?.try_into().map_err(|_| EnvelopeError::NotAnEnvelope("the salt is not 16 bytes"))?,
                    )
                }
                _ => return Err(EnvelopeError::NotAnEnvelope("a key that version 1 does not have")),
            }
        }
        fact.whole()
    }
}

#[derive(Default)]
struct Partial {
    version: Option<u16>,
    kind: Option<u16>,
    must_understand: bool,
    hlc: Option<Hlc>,
    wall: Option<Wall>,
    author: Option<u32>,
    body: Option<Vec<u8>>,
    salt: Option<[u8; 16]>,
}

impl Partial {
    fn whole(self) -> Result<Envelope, EnvelopeError> {
        let missing = || EnvelopeError::NotAnEnvelope("a field is missing");
        let version = self.version.ok_or_else(missing)?;
        if version != VERSION {
            return Err(EnvelopeError::OtherVersion { version, must_understand: self.must_understand });
        }
        Ok(Envelope {
            version,
            kind: self.kind.ok_or_else(missing)?,
            must_understand: self.must_understand,
            hlc: self.hlc.ok_or_else(missing)?,
            wall: self.wall.ok_or_else(missing)?,
            author: self.author.ok_or_else(missing)?,
            body: self.body.ok_or_else(missing)?,
            salt: self.salt,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact() -> Envelope {
        Envelope {
            version: VERSION,
            kind: 300,
            must_understand: false,
            hlc: Hlc { ms: 1_639_645_200_000, counter: 2 },
            wall: Wall(1_639_645_199_000),
            author: 7,
            body: vec![0xa1, 0x00, 0x01],
            salt: None,
        }
    }

    #[test]
    fn what_was_written_is_read_back_the_same() {
        for (must_understand, salt) in [(false, None), (true, None), (false, Some([9; 16])), (true, Some([0; 16]))] {
            let fact = Envelope { must_understand, salt, ..fact() };
            let bytes = fact.encode().unwrap();
            assert_eq!(Envelope::decode(&bytes).as_ref(), Ok(&fact));
        }
    }

    #[test]
    fn a_negative_wall_clock_and_a_logical_one_of_the_future_are_only_numbers() {
        let fact = Envelope { wall: Wall(i64::MIN), hlc: Hlc { ms: i64::MAX, counter: u32::MAX }, ..fact() };
        assert_eq!(Envelope::decode(&fact.encode().unwrap()), Ok(fact));
    }

    #[test]
    fn another_spelling_of_the_same_fact_is_refused() {
        let mut bytes = fact().encode().unwrap();
        bytes.push(0);
        assert!(matches!(Envelope::decode(&bytes), Err(EnvelopeError::NotCanonical(NotCanonical::Trailing(_)))));
        let mut bytes = fact().encode().unwrap();
        bytes.splice(0..1, [0xb8, 6]);
        assert!(matches!(Envelope::decode(&bytes), Err(EnvelopeError::NotCanonical(NotCanonical::NotShortest(0)))));
        let said_false = [0xa7, 0, 1, 1, 1, 2, 0xf4, 3, 0x82, 0, 0, 4, 0, 5, 0, 6, 0];
        assert_eq!(Envelope::decode(&said_false), Err(EnvelopeError::NotAnEnvelope("key 2 is false")));
    }

    #[test]
    fn an_oversize_body_is_refused_on_both_sides() {
        let body = minicbor::to_vec(minicbor::bytes::ByteVec::from(vec![0; MAX_FACT_BYTES])).unwrap();
        assert!(matches!(Envelope { body, ..fact() }.encode(), Err(EnvelopeError::TooLarge(_))));
        assert_eq!(Envelope::decode(&vec![0; 10_000_000]), Err(EnvelopeError::TooLarge(10_000_000)));
    }

    #[test]
    fn an_envelope_of_a_later_version_says_whether_it_must_be_understood() {
        let later = [0xa4, 0, 2, 1, 9, 2, 0xf5, 0x18, 99, 0x60];
        let answer = Envelope::decode(&later);
        assert_eq!(answer, Err(EnvelopeError::OtherVersion { version: 2, must_understand: true }));
    }
}
