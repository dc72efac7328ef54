//! What speaks against a lot as it was typed: a question to a person, never a guess.

use super::{LotKey, same};
use crate::date::Day;
use crate::fact::{Confirmed, DosesLoaded};
use chrono::Datelike;
use serde::{Deserialize, Serialize};

/// Most doses of one lot that come in at once. More is a slip of the hand, or two numbers in one field.
pub const MOST_DOSES: u32 = 100_000;

/// Doses above which a delivery is asked about: a relay that has its label gives about 200 a month.
const MANY_DOSES: u32 = 2_400;

/// Years ahead after which a last day of use is asked about: no vaccine is kept that long.
const FAR_YEARS: u32 = 5;

/// What is known of a lot before another one is typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownLot {
    /// Product code; none where the relay set a number apart without naming a product.
    pub product: Option<String>,
    /// The number as it is written where it is known.
    pub lot: String,
    /// Last day of use; none where nobody received it.
    pub expiry: Option<Day>,
    /// Whether it must not be used.
    pub isolated: bool,
}

/// What speaks against a lot as it was typed: a question to a person, who may confirm it with a reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "doubt")]
pub enum LotDoubt {
    /// A lot whose number looks the same is known: «Est-ce le lot … ?»
    LooksLike {
        /// Its number as it is written there.
        lot: String,
        /// Whether it must not be used.
        isolated: bool,
    },
    /// A character stands in the number that no box carries, an «é», a Greek letter, a circled figure: read, spoken or copied
    /// wrongly, it would be another lot than the one on the box.
    OddCharacter {
        /// The first such character.
        character: char,
    },
    /// The number is known, of another product only.
    OtherProduct {
        /// The number as it is written there.
        lot: String,
        /// That product's code.
        product: String,
    },
    /// The lot is known with another last day of use.
    OtherExpiry {
        /// The last day that is known.
        expiry: Day,
    },
    /// The last day of use is more than five years ahead.
    FarExpiry {
        /// The day as it was typed.
        expiry: Day,
    },
    /// The last day of use is before last year.
    OldExpiry {
        /// The day as it was typed.
        expiry: Day,
    },
    /// The last day of use is over: nobody may receive these doses.
    Expired {
        /// The day as it was typed.
        expiry: Day,
    },
    /// More doses come in at once than a relay gives in a year.
    ManyDoses {
        /// As many as were typed.
        doses: u32,
    },
}

impl LotDoubt {
    /// Says whether the number itself is beyond doubt: a day or an amount is odd, and «yes, it is right» is answer enough.
    #[must_use]
    pub const fn is_odd_only(&self) -> bool {
        matches!(self, Self::FarExpiry { .. } | Self::OldExpiry { .. } | Self::Expired { .. } | Self::ManyDoses { .. })
    }

    /// Returns the code that a confirmation names, so that it covers what was asked and nothing that comes later.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::LooksLike { lot, .. } => format!("looks:{}", LotKey::of(lot)),
            Self::OddCharacter { character } => format!("odd:{character}"),
            Self::OtherProduct { product, .. } => format!("product:{product}"),
            Self::OtherExpiry { expiry } => format!("expiry:{expiry}"),
            Self::FarExpiry { expiry } => format!("far:{expiry}"),
            Self::OldExpiry { expiry } => format!("old:{expiry}"),
            Self::Expired { expiry } => format!("expired:{expiry}"),
            Self::ManyDoses { doses } => format!("many:{doses}"),
        }
    }
}

/// Returns what speaks against a lot of `product` with this number and last day, typed on the day `today`.
///
/// A lot set apart that looks the same is always asked about; a lot in use only where the number itself is not known.
#[must_use]
pub fn doubts(known: &[KnownLot], product: &str, lot: &str, expiry: Option<Day>, today: Day) -> Vec<LotDoubt> {
    let key = LotKey::of(lot);
    let mut found = Vec::new();
    let same: Vec<&KnownLot> = known.iter().filter(|one| LotKey::of(&one.lot) == key).collect();
    let mine = || same.iter().filter(|one| one.product.as_deref() == Some(product));
    for one in known.iter().filter(|one| LotKey::of(&one.lot).looks_like(&key)) {
        if one.isolated || mine().next().is_none() {
            push(&mut found, LotDoubt::LooksLike { lot: one.lot.clone(), isolated: one.isolated });
        }
    }
    if mine().next().is_none() {
        found.extend(odd_character(&key));
        for one in &same {
            if let Some(other) = &one.product {
                push(&mut found, LotDoubt::OtherProduct { lot: one.lot.clone(), product: other.clone() });
            }
        }
    }
    let Some(expiry) = expiry else { return found };
    for told in mine().filter_map(|one| one.expiry).filter(|told| *told != expiry) {
        push(&mut found, LotDoubt::OtherExpiry { expiry: told });
    }
    if today.0.checked_add_months(chrono::Months::new(FAR_YEARS * 12)).is_some_and(|last| expiry.0 > last) {
        found.push(LotDoubt::FarExpiry { expiry });
    }
    if expiry.0.year() < today.0.year() - 1 {
        found.push(LotDoubt::OldExpiry { expiry });
    } else if expiry < today {
        found.push(LotDoubt::Expired { expiry });
    }
    found
}

/// Returns what speaks against so many doses of one lot coming in at once.
#[must_use]
pub fn amount_doubt(doses: u32) -> Option<LotDoubt> {
    (doses > MANY_DOSES).then_some(LotDoubt::ManyDoses { doses })
}

/// Returns the first character of a number that no box carries. Source: GS1 General Specifications, application identifier
/// 10, whose numbers are printable ASCII (character set 82).
fn odd_character(key: &LotKey) -> Option<LotDoubt> {
    key.0.chars().find(|one| !one.is_ascii_graphic()).map(|character| LotDoubt::OddCharacter { character })
}

/// Returns what speaks against setting apart a number as it was typed: another one, which looks the same, would stay in use.
#[must_use]
pub fn isolation_doubts(known: &[KnownLot], product: Option<&str>, lot: &str, today: Day) -> Vec<LotDoubt> {
    let meant = |one: &KnownLot| {
        let other = product.is_some() && one.product.is_some() && one.product.as_deref() != product;
        same(&one.lot, lot) && !other
    };
    if LotKey::of(lot).is_empty() || known.iter().any(meant) {
        return Vec::new();
    }
    let mut found = doubts(known, product.unwrap_or_default(), lot, None, today);
    found.retain(|doubt| {
        product.is_some() || matches!(doubt, LotDoubt::LooksLike { .. } | LotDoubt::OddCharacter { .. })
    });
    found
}

/// Returns the lots set apart among those `known` that doses aboard may be of, by the look of their number.
#[must_use]
pub fn isolated_doubts(known: &[KnownLot], loaded: &DosesLoaded) -> Vec<LotDoubt> {
    let key = LotKey::of(&loaded.lot);
    let mut found = Vec::new();
    for one in known.iter().filter(|one| one.isolated && LotKey::of(&one.lot).looks_like(&key)) {
        push(&mut found, LotDoubt::LooksLike { lot: one.lot.clone(), isolated: true });
    }
    found
}

fn push(found: &mut Vec<LotDoubt>, doubt: LotDoubt) {
    if found.iter().all(|known| known.code() != doubt.code()) {
        found.push(doubt);
    }
}

/// Returns the doubts that a confirmation does not cover.
#[must_use]
pub fn open(doubts: Vec<LotDoubt>, confirmed: Option<&Confirmed>) -> Vec<LotDoubt> {
    let reason = confirmed.filter(|confirmed| !confirmed.reason.trim().is_empty());
    let covered = |doubt: &LotDoubt| reason.is_some_and(|confirmed| confirmed.doubts.contains(&doubt.code()));
    doubts.into_iter().filter(|doubt| !covered(doubt)).collect()
}
