//! Facts of the domain as the bytes of the ledger, and back: the one place where the two meet.
//!
//! Tablet and hub both write and read through here, so that the same bytes become the same fact everywhere.

use crate::append::NewFact;
use crate::envelope::{Envelope, EnvelopeError, VERSION};
use crate::store::Record;
use perron_domain::fact::{AccountNo, Body, BodyError, Fact};
use perron_domain::name::FactName;
use perron_domain::time::{Hlc, Wall};

/// Why bytes are not a fact that this version can apply. They are kept all the same, in quarantine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unreadable {
    /// The bytes are no envelope.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The body of a known kind has another shape.
    #[error(transparent)]
    Body(#[from] BodyError),
}

/// Returns a new fact in its exact bytes. `salt` is used only where the fact is about a person.
///
/// # Errors
/// [`EnvelopeError`] when the body is too large, or is none that can be written (erased, unknown).
pub fn write(body: &Body, hlc: Hlc, wall: Wall, author: AccountNo, salt: [u8; 16]) -> Result<NewFact, EnvelopeError> {
    let envelope = Envelope {
        version: VERSION,
        kind: body.kind(),
        must_understand: body.must_understand(),
        hlc,
        wall,
        author: author.0,
        body: body.to_cbor(),
        salt: body.about_person().then_some(salt),
    };
    envelope.encode().map(NewFact::new)
}

/// Reads the fact of that name from its bytes; `None` when they were erased.
///
/// A kind or an envelope version that this program does not know is no error: it becomes [`Body::Unknown`].
///
/// # Errors
/// [`Unreadable`] when the bytes are no fact.
pub fn read(name: FactName, bytes: Option<&[u8]>) -> Result<Fact, Unreadable> {
    let blank = |body| Fact { name, hlc: Hlc::default(), wall: Wall::default(), author: AccountNo(0), body };
    let Some(bytes) = bytes else { return Ok(blank(Body::Erased)) };
    let envelope = match Envelope::decode(bytes) {
        Ok(envelope) => envelope,
        Err(EnvelopeError::OtherVersion { must_understand, .. }) => {
            return Ok(blank(Body::Unknown { kind: 0, must_understand }));
        }
        Err(error) => return Err(error.into()),
    };
    let body = Body::from_cbor(envelope.kind, envelope.must_understand, &envelope.body)?;
    Ok(Fact { name, hlc: envelope.hlc, wall: envelope.wall, author: AccountNo(envelope.author), body })
}

/// Returns the fact that a record counts as; `None` while it stands in quarantine, or when it cannot be read.
#[must_use]
pub fn counted(record: &Record) -> Option<Fact> {
    if record.quarantine.is_some() {
        return None;
    }
    read(record.place.name(), record.bytes.as_deref()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::{DoseGiven, LotIsolated, SatisfactionGiven};
    use perron_domain::name::{DeviceId, FactRef};

    const NAME: FactName = FactName::new(DeviceId(3), 7);

    fn written(body: &Body) -> Vec<u8> {
        write(body, Hlc { ms: 5, counter: 1 }, Wall(4), AccountNo(12), [9; 16]).unwrap().bytes.unwrap()
    }

    #[test]
    fn what_was_written_is_read_back() {
        let body = Body::from(LotIsolated { lot: "FK0112".into(), reason: "rappel".into() });
        let fact = read(NAME, Some(&written(&body))).unwrap();
        assert_eq!(
            fact,
            Fact { name: NAME, hlc: Hlc { ms: 5, counter: 1 }, wall: Wall(4), author: AccountNo(12), body }
        );
    }

    #[test]
    fn only_a_fact_about_a_person_carries_a_salt() {
        let lot = Body::from(LotIsolated { lot: "FK0112".into(), reason: "rappel".into() });
        assert_eq!(Envelope::decode(&written(&lot)).unwrap().salt, None);
        assert!(Envelope::decode(&written(&lot)).unwrap().must_understand);
        let smile = Body::from(SatisfactionGiven { person: FactRef::Own(1), score: 5 });
        assert_eq!(Envelope::decode(&written(&smile)).unwrap().salt, Some([9; 16]));
    }

    #[test]
    fn an_unknown_kind_is_kept_as_unknown_and_a_known_one_of_another_shape_is_refused() {
        let body = Body::from(LotIsolated { lot: "FK0112".into(), reason: "rappel".into() });
        let mut envelope = Envelope::decode(&written(&body)).unwrap();
        envelope.kind = 60_000;
        let fact = read(NAME, Some(&envelope.encode().unwrap())).unwrap();
        assert_eq!(fact.body, Body::Unknown { kind: 60_000, must_understand: true });
        envelope.kind = Body::from_cbor(69, false, &[]).unwrap_err().kind;
        assert!(minicbor::decode::<DoseGiven>(&envelope.body).is_err());
        assert!(matches!(read(NAME, Some(&envelope.encode().unwrap())), Err(Unreadable::Body(_))));
    }

    #[test]
    fn erased_bytes_are_an_erased_fact() {
        assert_eq!(read(NAME, None).unwrap().body, Body::Erased);
        assert!(write(&Body::Erased, Hlc::default(), Wall(0), AccountNo(0), [0; 16]).is_err());
    }
}
