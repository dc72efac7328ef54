//! What comes back from a round to the relay's people: one fact for each fact of a round, and only what later rounds need.

use super::{AccountNo, IncidentKind, Outcome};
use crate::date::{Day, PartialDate};
use crate::name::{DeviceId, FactName, FactRef};
use crate::people::{Answered, Infection, ListKnown, PersonRecord, PriorDose, Reaction, Sex, TraitKnown};
use crate::time::{Hlc, Wall};
use cbor_map::MapDecode;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

/// A fact of a round, named from outside of it: [round, device, number].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode, Serialize, Deserialize)]
pub struct RoundFact {
    /// The round, from 1.
    #[n(0)]
    pub round: u32,
    /// Who wrote it.
    #[n(1)]
    pub device: DeviceId,
    /// Its place in that device's chain of the round.
    #[n(2)]
    pub number: u32,
}

impl RoundFact {
    /// Names a fact of a round.
    #[must_use]
    pub const fn new(round: u32, name: FactName) -> Self {
        Self { round, device: name.device, number: name.number }
    }

    /// Returns its name inside the round.
    #[must_use]
    pub const fn name(self) -> FactName {
        FactName::new(self.device, self.number)
    }
}

/// Something that a round learned of a person came back. Only the hub writes it, once for each source; a correction or
/// an erasure of the source is followed by one of this fact.
#[derive(Clone, PartialEq, Debug, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
pub struct Returned {
    /// The person in the relay's people; none where she begins here, met on the spot.
    #[n(0)]
    pub person: Option<FactRef>,
    /// The fact that it comes from.
    #[n(1)]
    pub source: RoundFact,
    /// Her dossier in that round.
    #[n(2)]
    pub dossier: RoundFact,
    /// The clock of the source: what comes back late still stands in the order in which it was said.
    #[n(3)]
    pub clock: Hlc,
    /// When it happened, or was said.
    #[n(4)]
    pub at: Wall,
    /// Who did it, or said it.
    #[n(5)]
    pub by: AccountNo,
    /// What later rounds need of it.
    #[n(6)]
    pub what: Back,
}

/// What came back.
#[derive(Clone, PartialEq, Debug, Encode, Decode, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Back {
    /// Somebody met on the spot, with her dossier.
    #[n(0)]
    Met {
        /// What the round knew of her.
        #[n(0)]
        record: Box<PersonRecord>,
    },
    /// A dose given by the relay.
    #[n(1)]
    Dose {
        /// Product code.
        #[n(0)]
        product: String,
        /// Lot number.
        #[n(1)]
        lot: String,
        /// The day on which the rules count it.
        #[n(2)]
        on: Day,
        /// Its rank, when known.
        #[n(3)]
        rank: Option<u8>,
        /// What was wrong with it, when something was: `incomplete`, `product` …
        #[n(4)]
        error: Option<String>,
    },
    /// Corrected traits of identity; what is none stays.
    #[n(2)]
    Identity {
        /// Birth name.
        #[n(0)]
        birth_name: Option<String>,
        /// Given names.
        #[n(1)]
        given_names: Option<String>,
        /// Birth date.
        #[n(2)]
        birth: Option<PartialDate>,
        /// Sex.
        #[n(3)]
        sex: Option<Sex>,
    },
    /// What the door learned of earlier doses, infections, traits, reactions.
    #[n(3)]
    History {
        /// What is new of it.
        #[n(0)]
        learned: Learned,
    },
    /// Something that happened to her on the round.
    #[n(4)]
    Incident {
        /// What.
        #[n(0)]
        kind: IncidentKind,
        /// The product last given to her before, on that round.
        #[n(1)]
        product: Option<String>,
        /// The day.
        #[n(2)]
        on: Day,
        /// In words.
        #[n(3)]
        text: String,
    },
    /// How the visit ended.
    #[n(5)]
    Outcome {
        /// How.
        #[n(0)]
        outcome: Outcome,
        /// The product, when only one of several vaccines ended so.
        #[n(1)]
        product: Option<String>,
        /// Whether the relay may call again.
        #[n(2)]
        call_again: bool,
        /// When to come again.
        #[n(3)]
        again_on: Option<Day>,
    },
    /// A next date was agreed.
    #[n(6)]
    NextDate {
        /// The day.
        #[n(0)]
        on: Day,
        /// For which product.
        #[n(1)]
        product: Option<String>,
    },
}

/// What a door added to a person's history and took from it, against what the dossier said before.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, MapDecode, Serialize, Deserialize)]
#[cbor(map)]
#[serde(default)]
pub struct Learned {
    /// Doses that were not known.
    #[n(0)]
    #[cbor(default)]
    pub doses: Vec<PriorDose>,
    /// Doses that turned out to be none.
    #[n(1)]
    #[cbor(default)]
    pub no_doses: Vec<PriorDose>,
    /// Infections that were not known.
    #[n(2)]
    #[cbor(default)]
    pub infections: Vec<Infection>,
    /// Infections that turned out to be none.
    #[n(3)]
    #[cbor(default)]
    pub no_infections: Vec<Infection>,
    /// Reactions that were not known.
    #[n(4)]
    #[cbor(default)]
    pub reactions: Vec<Reaction>,
    /// Reactions that turned out to be none.
    #[n(5)]
    #[cbor(default)]
    pub no_reactions: Vec<Reaction>,
    /// Traits asked.
    #[n(6)]
    #[cbor(default)]
    pub traits: Vec<TraitKnown>,
    /// Lists asked.
    #[n(7)]
    #[cbor(default)]
    pub lists: Vec<ListKnown>,
    /// Answers that last.
    #[n(8)]
    #[cbor(default)]
    pub lasting: Vec<Answered>,
}

impl Learned {
    /// Returns what `after` says that `before` did not, and what it no longer says.
    #[must_use]
    pub fn between(before: &PersonRecord, after: &PersonRecord) -> Self {
        Self {
            doses: more(&before.doses, &after.doses),
            no_doses: more(&after.doses, &before.doses),
            infections: more(&before.infections, &after.infections),
            no_infections: more(&after.infections, &before.infections),
            reactions: more(&before.reactions, &after.reactions),
            no_reactions: more(&after.reactions, &before.reactions),
            traits: more(&before.traits, &after.traits),
            lists: more(&before.lists, &after.lists),
            lasting: more(&before.lasting, &after.lasting),
        }
    }

    /// Says whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes it into a record.
    pub fn teach(&self, record: &mut PersonRecord) {
        changed(&mut record.doses, &self.doses, &self.no_doses);
        changed(&mut record.infections, &self.infections, &self.no_infections);
        changed(&mut record.reactions, &self.reactions, &self.no_reactions);
        record.learn(&crate::people::History {
            traits: self.traits.clone(),
            lists: self.lists.clone(),
            lasting: self.lasting.clone(),
            ..crate::people::History::default()
        });
    }
}

fn more<T: Clone + PartialEq>(before: &[T], after: &[T]) -> Vec<T> {
    after.iter().filter(|one| !before.contains(one)).cloned().collect()
}

fn changed<T: Clone + PartialEq>(known: &mut Vec<T>, new: &[T], gone: &[T]) {
    known.retain(|one| !gone.contains(one));
    for one in new {
        if !known.contains(one) {
            known.push(one.clone());
        }
    }
}
