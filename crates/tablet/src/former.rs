//! Under which numbers this tablet was enrolled before its store was lost.
//!
//! A tablet that lost its store gets a new key and a new number when it is enrolled again. What was in the custody of the
//! number before lies in the same box still. A mark outside the store tells the number and the key; the relay's own binding
//! of the two must say the same, so that a number of another relay, or one that was given anew, is never taken for ours.

use crate::identity::Identity;
use minicbor::{Decode, Encode};
use perron_domain::name::DeviceId;
use perron_domain::state::Common;
use perron_ledger::{Store, StoreError};
use std::fmt::{self, Write};
use std::str::FromStr;

const FORMER: &str = "former";
const KEY_DIGITS: usize = 64;

/// One enrolment of a tablet: its public key, and the numbers that it writes under.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(map)]
pub struct Enrolment {
    #[cbor(n(0), with = "minicbor::bytes")]
    key: [u8; 32],
    #[n(1)]
    numbers: Vec<DeviceId>,
}

impl Enrolment {
    /// Returns the enrolment of a device as it is now.
    #[must_use]
    pub fn of(me: &Identity) -> Self {
        Self { key: me.key().verifying_key().to_bytes(), numbers: me.numbers() }
    }

    /// Says whether it is the same enrolment, whatever numbers it has got since.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Written `key:2,9`, the key as hexadecimal digits.
impl fmt::Display for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        for (place, number) in self.numbers.iter().enumerate() {
            f.write_char(if place == 0 { ':' } else { ',' })?;
            write!(f, "{}", number.0)?;
        }
        Ok(())
    }
}

/// A text that is no enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an enrolment (key:number,number)")]
pub struct NoEnrolment;

impl FromStr for Enrolment {
    type Err = NoEnrolment;

    fn from_str(text: &str) -> Result<Self, NoEnrolment> {
        let (digits, numbers) = text.split_once(':').ok_or(NoEnrolment)?;
        if digits.len() != KEY_DIGITS || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NoEnrolment);
        }
        let mut key = [0; 32];
        for (place, byte) in key.iter_mut().enumerate() {
            let pair = digits.get(place * 2..place * 2 + 2).ok_or(NoEnrolment)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NoEnrolment)?;
        }
        let numbers: Result<_, _> = numbers.split(',').map(|number| number.parse().map(DeviceId)).collect();
        Ok(Self { key, numbers: numbers.map_err(|_| NoEnrolment)? })
    }
}

/// Keeps in the store what a mark outside it tells of enrolments before this one, beside those that it has.
///
/// # Errors
/// [`StoreError`] when it could not be kept; the mark must then stay as it is.
pub async fn keep_former<S: Store>(store: &S, me: &Identity, marked: &[Enrolment]) -> Result<(), StoreError> {
    let own = Enrolment::of(me);
    let kept = former(store).await?;
    let mut all = kept.clone();
    all.extend(marked.iter().filter(|one| !one.is_of(&own) && !kept.iter().any(|known| known.is_of(one))).cloned());
    if all == kept {
        return Ok(());
    }
    let bytes = minicbor::to_vec(&all).map_err(|error| StoreError::Failed(error.to_string()))?;
    store.set_named(FORMER, &bytes).await
}

/// Returns the enrolments before this one, as the store keeps them.
///
/// # Errors
/// [`StoreError`] when they cannot be read.
pub async fn former<S: Store>(store: &S) -> Result<Vec<Enrolment>, StoreError> {
    let Some(bytes) = store.named(FORMER).await? else { return Ok(Vec::new()) };
    minicbor::decode(&bytes).map_err(|error| StoreError::Damaged(format!("former enrolments: {error}")))
}

/// Returns the numbers of these enrolments that the relay bound to their keys.
#[must_use]
pub fn bound(former: &[Enrolment], common: &Common) -> Vec<DeviceId> {
    let is_bound = |key: &[u8; 32], number: &DeviceId| {
        common.devices.get(number).is_some_and(|known| known.public_key == key.as_slice())
    };
    former.iter().flat_map(|one| one.numbers.iter().copied().filter(|number| is_bound(&one.key, number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolment(key: u8, numbers: &[u32]) -> Enrolment {
        Enrolment { key: [key; 32], numbers: numbers.iter().copied().map(DeviceId).collect() }
    }

    #[test]
    fn an_enrolment_is_read_as_it_was_written() {
        for one in [enrolment(0x0a, &[2]), enrolment(0xff, &[2, 9])] {
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        let key = "0a".repeat(32);
        for text in ["", "-", ":", "2", &key, &format!("{key}:"), &format!("{key}:x"), &format!("{}é:2", &key[..62])] {
            assert_eq!(text.parse::<Enrolment>(), Err(NoEnrolment), "{text}");
        }
    }
}
