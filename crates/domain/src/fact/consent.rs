//! Facts of agreement: who agreed or objected, the prescription, what a physician decided in writing.

use crate::date::Day;
use crate::name::FactRef;
use crate::time::Wall;
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// Who agrees or objects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum ConsentBy {
    /// The person.
    #[n(0)]
    #[serde(rename = "self")]
    Own,
    /// A holder of parental authority.
    #[n(1)]
    Parent,
    /// The only holder of parental authority.
    #[n(2)]
    SoleParent,
    /// The guardian of a minor.
    #[n(3)]
    Guardian,
    /// A judge.
    #[n(4)]
    Judge,
    /// Who represents a protected adult for personal matters.
    #[n(5)]
    Representative,
}

/// How an agreement was given.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "manner")]
pub enum ConsentManner {
    /// Said, by an adult who is there.
    #[n(0)]
    Oral,
    /// Signed on the screen by someone who is there.
    #[n(1)]
    Signed {
        /// The strokes: points as (x, y) in thousandths of the frame, strokes separated by (65535, 65535).
        #[n(0)]
        strokes: Vec<(u16, u16)>,
    },
    /// By phone, with a witness.
    #[n(2)]
    PhoneWitnessed {
        /// Number called.
        #[n(0)]
        number: String,
        /// When.
        #[n(1)]
        at: Wall,
        /// Who heard it.
        #[n(2)]
        witness: String,
    },
    /// The parent who is there attests in writing that the other agrees.
    #[n(3)]
    Attested {
        /// The strokes of the present parent, as in `Signed`.
        #[n(0)]
        strokes: Vec<(u16, u16)>,
    },
    /// Is there, agrees, cannot sign.
    #[n(4)]
    CannotSign {
        /// Who witnessed.
        #[n(0)]
        witness: Option<String>,
    },
    /// A written paper was seen.
    #[n(5)]
    Paper,
}

/// An agreement to one act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ConsentGiven {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// In which quality.
    #[n(1)]
    pub by: ConsentBy,
    /// Name; not needed for the person's own.
    #[n(2)]
    pub name: Option<String>,
    /// Relation: mother, father, aunt with authority.
    #[n(3)]
    pub relation: Option<String>,
    /// How.
    #[n(4)]
    pub manner: ConsentManner,
}

/// An objection to one act. It outweighs every agreement until it is withdrawn by a correction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct ObjectionRaised {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// In which quality.
    #[n(1)]
    pub by: ConsentBy,
    /// Name.
    #[n(2)]
    pub name: Option<String>,
    /// What was said.
    #[n(3)]
    pub reason: Option<String>,
}

/// A prescription that covers an act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PrescriptionSeen {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// Physician's name.
    #[n(1)]
    pub physician: String,
    /// RPPS, eleven digits that pass Luhn.
    #[n(2)]
    pub rpps: String,
    /// Its date.
    #[n(3)]
    pub on: Day,
    /// Product code prescribed.
    #[n(4)]
    pub product: String,
}

/// A physician's written decision to vaccinate or not, kept with the act.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct PhysicianDecided {
    /// The act.
    #[n(0)]
    pub act: FactRef,
    /// Physician's name.
    #[n(1)]
    pub physician: String,
    /// RPPS, eleven digits that pass Luhn.
    #[n(2)]
    pub rpps: Option<String>,
    /// Whether the dose may be given.
    #[n(3)]
    pub allow: bool,
    /// The decision's words.
    #[n(4)]
    pub text: String,
    /// When.
    #[n(5)]
    pub at: Wall,
    /// Product code that it is about; a decision does not follow the act to another product.
    #[n(6)]
    pub product: String,
    /// Codes of the reasons that it lifts. None in the first decisions, which lifted every reason that can be.
    #[n(7)]
    pub lifts: Option<Vec<String>>,
    /// The day it was written; none: the day of the act.
    #[n(8)]
    pub on: Option<Day>,
    /// The last day on which it holds; none when it does not say.
    #[n(9)]
    pub until: Option<Day>,
}
