//! Between a fact as the domain sees it and its exact bytes: tablet and hub write and read facts here and nowhere else.

use crate::chain::Place;
use crate::envelope::{Envelope, EnvelopeError, VERSION};
use perron_domain::fact::{AccountNo, Body, BodyError, Fact};
use perron_domain::time::{Hlc, Wall};

/// Why bytes do not say anything that this version can read. The fact keeps its place, in quarantine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unread {
    /// Not an envelope.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// An envelope whose body does not have the shape of its kind.
    #[error(transparent)]
    Body(#[from] BodyError),
}

/// Returns the bytes of a fact; `salt` goes into facts about a person only.
///
/// # Errors
/// [`EnvelopeError`] when the body is too large.
pub fn write(fact: &Fact, salt: [u8; 16]) -> Result<Vec<u8>, EnvelopeError> {
    Envelope {
        version: VERSION,
        kind: fact.body.kind(),
        must_understand: fact.body.must_understand(),
        hlc: fact.hlc,
        wall: fact.wall,
        author: fact.author.0,
        body: fact.body.to_cbor(),
        salt: fact.body.about_person().then_some(salt),
    }
    .encode()
}

/// Reads the fact that stands at `place`; without bytes it is [`Body::Erased`], and what a later version wrote is
/// [`Body::Unknown`].
///
/// # Errors
/// [`Unread`] for bytes that are no fact.
pub fn read(place: Place, bytes: Option<&[u8]>) -> Result<Fact, Unread> {
    let name = place.name();
    let bare = |body| Fact { name, hlc: Hlc::default(), wall: Wall::default(), author: AccountNo::default(), body };
    let Some(bytes) = bytes else { return Ok(bare(Body::Erased)) };
    match Envelope::decode(bytes) {
        Ok(envelope) => Ok(Fact {
            name,
            hlc: envelope.hlc,
            wall: envelope.wall,
            author: AccountNo(envelope.author),
            body: Body::from_cbor(envelope.kind, envelope.must_understand, &envelope.body)?,
        }),
        Err(EnvelopeError::OtherVersion { must_understand, .. }) => {
            Ok(bare(Body::Unknown { kind: 0, must_understand }))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Chain;
    use perron_domain::fact::ClockJumped;
    use perron_domain::name::{DeviceId, Scope};

    fn place() -> Place {
        Chain::new(Scope::round(1), DeviceId(7)).at(3)
    }

    fn fact(body: Body) -> Fact {
        let hlc = Hlc { ms: 5, counter: 1 };
        Fact { name: place().name(), hlc, wall: Wall(4), author: AccountNo(2), body }
    }

    #[test]
    fn a_fact_is_read_as_it_was_written() {
        let jumped = fact(Body::ClockJumped(ClockJumped { by_ms: -3_600_000, said: None }));
        let bytes = write(&jumped, [9; 16]).unwrap();
        assert_eq!(read(place(), Some(&bytes)), Ok(jumped));
        assert_eq!(Envelope::decode(&bytes).unwrap().salt, None, "only facts about a person carry a salt");
    }

    #[test]
    fn erased_bytes_and_later_versions_keep_their_place() {
        assert_eq!(read(place(), None).unwrap().body, Body::Erased);
        let later = [0xa4, 0, 2, 1, 9, 2, 0xf5, 0x18, 99, 0x60];
        let unknown = Body::Unknown { kind: 0, must_understand: true };
        assert_eq!(read(place(), Some(&later)).unwrap().body, unknown);
    }

    #[test]
    fn a_body_of_another_shape_is_unread_and_no_panic() {
        let kind = Body::ClockJumped(ClockJumped { by_ms: 0, said: None }).kind();
        let odd = Envelope {
            version: VERSION,
            kind,
            must_understand: false,
            hlc: Hlc::default(),
            wall: Wall(0),
            author: 0,
            body: vec![0x60],
            salt: None,
        };
        assert!(matches!(read(place(), Some(&odd.encode().unwrap())), Err(Unread::Body(_))));
        assert!(matches!(read(place(), Some(&[0xff])), Err(Unread::Envelope(_))));
    }
}
