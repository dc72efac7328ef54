//! How deep bytes are nested, before something that calls itself reads them.
//!
//! A fact's own bytes are looked at when they arrive; what stands inside a byte string, a directive or the body of a
//! correction, is looked at here. A nest without end would otherwise use up the stack of whoever reads it.

use minicbor::data::Type;
use minicbor::decode::Error;
use minicbor::{Decode, Decoder};

/// How deep the body that a correction puts in place may be nested.
pub const BODY: usize = 24;

/// How deep the content of a directive may be nested: a condition inside another takes three levels.
pub const CONTENT: usize = 96;

/// Reads bytes that are nested at most `most` deep.
///
/// # Errors
/// They are nested deeper, or have not the shape of `T`.
pub fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8], most: usize) -> Result<T, Error> {
    check(bytes, most)?;
    minicbor::decode(bytes)
}

/// Checks that the first item is nested at most `most` deep.
///
/// # Errors
/// It is nested deeper, or is no item.
pub fn check(bytes: &[u8], most: usize) -> Result<(), Error> {
    let mut decoder = Decoder::new(bytes);
    // How many items are left in each array or map that is open; none where it ends with a mark.
    let mut open: Vec<Option<u64>> = Vec::new();
    loop {
        match decoder.datatype()? {
            Type::Array | Type::ArrayIndef => open.push(decoder.array()?),
            Type::Map | Type::MapIndef => open.push(decoder.map()?.map(|pairs| pairs.saturating_mul(2))),
            Type::Tag => {
                decoder.tag()?;
                open.push(Some(1));
            }
            Type::Break if open.pop() == Some(None) => decoder.skip()?,
            Type::Break => return Err(Error::message("an end without a beginning")),
            _ => decoder.skip()?,
        }
        if open.len() > most {
            return Err(Error::message("nested too deep"));
        }
        while open.last() == Some(&Some(0)) {
            open.pop();
        }
        match open.last_mut() {
            Some(Some(left)) => *left -= 1,
            Some(None) => {}
            None => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nest_is_measured_whatever_it_is_made_of() {
        assert!(check(&[0x82, 0x01, 0x81, 0x02], 2).is_ok());
        assert!(check(&[0x82, 0x01, 0x81, 0x02], 1).is_err());
        assert!(check(&[0xa1, 0x01, 0xa1, 0x02, 0x80], 3).is_ok());
        assert!(check(&[0xa1, 0x01, 0xa1, 0x02, 0x80], 2).is_err());
        assert!(check(&[0x9f, 0x9f, 0x01, 0xff, 0x02, 0xff], 2).is_ok());
        assert!(check(&[0x9f, 0x9f, 0x01, 0xff, 0x02, 0xff], 1).is_err());
        assert!(check(&[0x18, 0x64], 0).is_ok());
        assert!(check(&[0x43, 1, 2, 3], 0).is_ok());
    }

    #[test]
    fn a_nest_without_end_is_refused_and_half_an_item_too() {
        for nest in [0x81, 0x9f, 0xc1, 0xa1, 0xbf] {
            assert!(check(&vec![nest; 1_000_000], CONTENT).is_err(), "{nest:x}");
        }
        assert!(check(&[], 9).is_err());
        assert!(check(&[0x82, 0x01], 9).is_err());
        assert!(check(&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 9).is_err());
        assert!(check(&[0xff], 9).is_err());
    }
}
