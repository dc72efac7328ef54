//! The one loop that reads a CBOR map with numbered keys; `#[derive(MapDecode)]` calls it.

use minicbor::decode::Error;
use minicbor::{Decode, Decoder};

/// Keys are below this; a larger one is a field of a later version and is passed over.
const MOST: usize = 32;

/// Where each field of a map begins in the bytes.
pub struct Fields<'b> {
    input: &'b [u8],
    /// 0 where the field is absent: a value never stands before its map.
    begins: [usize; MOST],
}

impl<'b> Fields<'b> {
    /// Reads a map's keys and passes over its values, whose shapes are looked at when they are asked for.
    ///
    /// # Errors
    /// Something that is not a map of unsigned keys, or ends too early.
    #[inline(never)]
    pub fn read(decoder: &mut Decoder<'b>) -> Result<Self, Error> {
        let mut fields = Self { input: decoder.input(), begins: [0; MOST] };
        let mut left = decoder.map()?;
        loop {
            match &mut left {
                Some(0) => return Ok(fields),
                Some(left) => *left -= 1,
                None if decoder.datatype()? == minicbor::data::Type::Break => {
                    decoder.skip()?;
                    return Ok(fields);
                }
                None => {}
            }
            let key = decoder.u64()?;
            if let Some(begin) = usize::try_from(key).ok().and_then(|key| fields.begins.get_mut(key)) {
                *begin = decoder.position();
            }
            decoder.skip()?;
        }
    }

    /// Reads the field of this number; absent, it is what its type calls nothing.
    ///
    /// # Errors
    /// The field is needed and absent, or has another shape.
    #[inline(never)]
    pub fn get<T: Decode<'b, ()>>(&self, number: usize) -> Result<T, Error> {
        match self.at(number) {
            Some(mut decoder) => T::decode(&mut decoder, &mut ()),
            None => T::nil().ok_or_else(|| missing(number)),
        }
    }

    /// Reads the field of this number; absent, it is its type's default.
    ///
    /// # Errors
    /// It has another shape.
    #[inline(never)]
    pub fn get_or_default<T: Decode<'b, ()> + Default>(&self, number: usize) -> Result<T, Error> {
        self.at(number).map_or_else(|| Ok(T::default()), |mut decoder| T::decode(&mut decoder, &mut ()))
    }

    fn at(&self, number: usize) -> Option<Decoder<'b>> {
        let begin = self.begins.get(number).copied().filter(|begin| *begin > 0)?;
        let mut decoder = Decoder::new(self.input);
        decoder.set_position(begin);
        Some(decoder)
    }
}

#[cold]
fn missing(number: usize) -> Error {
    Error::missing_value(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use crate::fact::ClockJumped;
    use cbor_map::MapDecode;
    use minicbor::{Encode, decode, to_vec};

    #[derive(Debug, PartialEq, Encode, MapDecode)]
    #[cbor(map)]
    struct Door {
        #[n(0)]
        floor: u8,
        #[n(2)]
        code: Option<String>,
        #[n(3)]
        #[cbor(default)]
        tries: Vec<u8>,
    }

    #[test]
    fn a_map_is_read_as_it_was_written() {
        let door = Door { floor: 3, code: Some("12A".into()), tries: vec![1, 2] };
        assert_eq!(decode::<Door>(&to_vec(&door).unwrap()).unwrap(), door);
        let bare = Door { floor: 0, code: None, tries: vec![] };
        assert_eq!(decode::<Door>(&[0xa1, 0, 0]).unwrap(), bare, "what may be absent is nothing");
        assert_eq!(decode::<Door>(&[0xbf, 0, 0, 0xff]).unwrap(), bare, "an indefinite length");
    }

    #[test]
    fn a_later_field_is_passed_over_wherever_it_stands() {
        // {0: 3, 1: [1], 40: {0: "x"}}
        let later = [0xa3, 0, 3, 1, 0x81, 1, 0x18, 40, 0xa1, 0, 0x61, b'x'];
        assert_eq!(decode::<Door>(&later).unwrap().floor, 3);
    }

    #[test]
    fn what_is_needed_or_broken_is_an_error() {
        for wrong in [&[0xa0][..], &[0xa1, 0], &[0xa1, 0, 0x61, b'x'], &[0x81, 0], &[0xa1, 0x20, 0], &[]] {
            assert!(decode::<Door>(wrong).is_err(), "{wrong:x?}");
        }
        assert!(decode::<ClockJumped>(&[0xa0]).is_err());
    }
}
