//! Conditions: what a rule looks at, as a tree that a form can show and edit.
//!
//! A condition is true, false, or not known yet: a question without an answer is never read as a "no". See
//! `docs/decisions/0001-condition-tree.md` for why this is a tree and not an expression language.

use super::interval::{Age, Interval};
use super::product::Family;
use super::terms::{By, How, Prescriber, Protection, Sex, Trait};
use crate::date::Day;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// One node of a condition.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Always true.
    #[n(0)]
    Always,
    /// All of them; true when there are none.
    #[n(1)]
    All(#[n(0)] Vec<Condition>),
    /// At least one of them; false when there are none.
    #[n(2)]
    Any(#[n(0)] Vec<Condition>),
    /// The contrary.
    #[n(3)]
    Not(#[n(0)] Box<Condition>),
    /// The age of the person is at least `from` and not yet `below`.
    #[n(4)]
    Age {
        /// The age from which it is true.
        #[n(0)]
        from: Option<Age>,
        /// The age from which it is no longer true.
        #[n(1)]
        below: Option<Age>,
    },
    /// The day of the act lies between the two, both included.
    #[n(5)]
    Date {
        /// First day.
        #[n(0)]
        from: Option<Day>,
        /// Last day.
        #[n(1)]
        until: Option<Day>,
    },
    /// The act takes place in one of these territories (`FR` holds `FR-93`).
    #[n(6)]
    Territory(#[n(0)] Vec<String>),
    /// The product is one of these.
    #[n(7)]
    Product(#[n(0)] Vec<String>),
    /// The product is of one of these families.
    #[n(8)]
    Family(#[n(0)] Vec<Family>),
    /// The product is a messenger RNA vaccine.
    #[n(9)]
    Mrna,
    /// The product is a live attenuated vaccine.
    #[n(10)]
    LiveAttenuated,
    /// The rank of the dose is known and is between the two, both included.
    #[n(11)]
    Rank {
        /// Lowest rank.
        #[n(0)]
        from: Option<u8>,
        /// Highest rank.
        #[n(1)]
        to: Option<u8>,
    },
    /// Nobody knows which dose it is.
    #[n(12)]
    RankUnknown,
    /// The number of earlier doses that `of` describes lies between the two, both included.
    #[n(13)]
    PreviousDoses {
        /// Which doses count.
        #[n(0)]
        of: Doses,
        /// Fewest.
        #[n(1)]
        from: Option<u8>,
        /// Most.
        #[n(2)]
        to: Option<u8>,
    },
    /// One of the earlier doses that `of` describes was given less than `interval` ago.
    #[n(14)]
    DoseWithin {
        /// Which doses count.
        #[n(0)]
        of: Doses,
        /// The interval that must have passed.
        #[n(1)]
        interval: Interval,
        /// A dose of the same day does not count (two vaccines on one day).
        #[n(2)]
        but_same_day: bool,
    },
    /// One of the earlier doses that `of` describes was given on that day or later.
    #[n(15)]
    DoseSince {
        /// Which doses count.
        #[n(0)]
        of: Doses,
        /// The first day that counts.
        #[n(1)]
        since: Day,
    },
    /// One of the earlier doses that `of` describes has no date.
    #[n(16)]
    DoseDateUnknown(#[n(0)] Doses),
    /// An infection less than `interval` ago.
    #[n(17)]
    InfectionWithin(#[n(0)] Interval),
    /// At least one infection is known, dated or not.
    #[n(18)]
    Infected,
    /// An infection has no date.
    #[n(19)]
    InfectionDateUnknown,
    /// The answer to the question; not known while nobody answered.
    #[n(20)]
    Answer {
        /// The code of the question.
        #[n(0)]
        question: String,
        /// The answer that makes it true.
        #[n(1)]
        is: bool,
    },
    /// The person is known to be one of these.
    #[n(21)]
    Person(#[n(0)] Vec<Trait>),
    /// The sex is known and is this one.
    #[n(22)]
    Sex(#[n(0)] Sex),
    /// The protection measure is one of these.
    #[n(23)]
    Protection(#[n(0)] Vec<Protection>),
    /// At least `count` agreements by one of these, in one of these manners (none named: in any manner).
    #[n(24)]
    Agreed {
        /// Who counts.
        #[n(0)]
        by: Vec<By>,
        /// How many.
        #[n(1)]
        count: u8,
        /// In which manners.
        #[n(2)]
        how: Vec<How>,
    },
    /// One of these refused, or objects.
    #[n(25)]
    Opposed(#[n(0)] Vec<By>),
    /// One of these said no when the agreement was asked.
    #[n(26)]
    Refused(#[n(0)] Vec<By>),
    /// A valid prescription of this product by one of these: RPPS that holds, not dated after the act.
    #[n(27)]
    Prescribed(#[n(0)] Vec<Prescriber>),
    /// A prescription was entered, valid or not.
    #[n(28)]
    PrescriptionEntered,
    /// The nurse is trained and declared as a prescriber.
    #[n(29)]
    NursePrescriber,
    /// The emergency kit is known not to have been checked.
    #[n(30)]
    KitNotChecked,
    /// The birth date lies between the two, both included.
    #[n(31)]
    Born {
        /// First day.
        #[n(0)]
        from: Option<Day>,
        /// Last day.
        #[n(1)]
        until: Option<Day>,
    },
    /// A prescription was entered that was written so long ago, or longer.
    #[n(32)]
    PrescriptionOlder(#[n(0)] Interval),
    /// A reaction is known that the question of this code asks about, to a product of another family than the one meant.
    #[n(33)]
    AfterAnother(#[n(0)] String),
}

impl Condition {
    /// Shows `see` this node and every node below it.
    pub fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(see)),
            Self::Not(part) => part.visit(see),
            _ => {}
        }
    }
}

/// Which earlier doses a condition counts. A dose counts when it meets everything that is said here.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default, deny_unknown_fields)]
pub struct Doses {
    /// Only these products (none named: any).
    #[n(0)]
    pub products: Vec<String>,
    /// Only these families (none named: any).
    #[n(1)]
    pub families: Vec<Family>,
    /// Only live attenuated vaccines.
    #[n(2)]
    pub live_attenuated: bool,
    /// Only the family of the product that is meant.
    #[n(3)]
    pub same_family: bool,
    /// Only those received at this age or later. A dose without a date counts: most are.
    #[n(4)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_age: Option<Age>,
    /// Only those received before this age. A dose without a date does not count.
    #[n(5)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below_age: Option<Age>,
}
