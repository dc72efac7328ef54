//! The decision that matters most: whether a dose may be recorded.
//!
//! An intended dose needs an answer of the rules that allows it, a checked identity, the act's product out of a vial
//! or syringe that this tablet holds, in time, and not set apart. A dose that was given against any of this is
//! always recordable as «Erreur d’administration»: what happened must be provable.

use super::lot::settled;
use super::stock::enough;
use super::{Desk, filled, optional};
use crate::command::GiveDose;
use crate::fact::{AnswerRecorded, Body, DirectiveUsed, DoseForm, DoseGiven};
use crate::name::FactName;
use crate::refusal::{Field, Refusal};
use crate::rules::{Answer, Case, Outcome};
use crate::state::{Act, Load, Visit};
use crate::time::Wall;
use crate::{door, lot};

/// Observation where no directive says otherwise, in minutes.
const DEFAULT_OBSERVATION: u16 = 15;

impl Desk<'_> {
    pub(super) fn give(&self, give: GiveDose) -> Result<Vec<Body>, Refusal> {
        let act = self.act(give.act)?;
        let visit = self.person(act.person)?;
        self.account(give.injected_by)?;
        let done_at = self.past(Some(give.done_at))?;
        let answered = door::answer(self.round, self.common, give.act, give.injected_by, self.context.now);
        let source = if give.error.is_some() {
            self.source_of_error(&give)?
        } else {
            self.allowed(visit, act, answered.as_ref())?;
            self.source(act, &give, done_at)?
        };
        // Of a dose given in error too: one of the two hours is wrong, and can be put right.
        if let Some(name) = source.name {
            self.ready(name, self.round.ready_at(name), done_at, self.steady(done_at))?;
        }
        let mut facts: Vec<Body> = Vec::new();
        if let Some((case, answer)) = &answered {
            facts.push(self.recorded(give.act, case, answer).into());
        }
        let prescribed_by = match (&act.prescription, &act.physician) {
            (Some(seen), _) => Some(seen.physician.clone()),
            (None, Some(decided)) => Some(decided.physician.clone()),
            // A nurse prescribes within the calendar only: of anything else she is not the prescriber.
            (None, None) => answered
                .as_ref()
                .filter(|(_, answer)| answer.nurse_may_prescribe())
                .map(|_| self.common.account_name(give.injected_by)),
        };
        let prepared = source.load.and_then(|load| load.loaded.preparation.as_ref()).map(|one| one.by.clone());
        facts.push(
            DoseGiven {
                act: self.reference(give.act),
                person: self.reference(act.person),
                product: source.product,
                lot: source.lot,
                source: source.name.map(|name| self.reference(name)),
                site: give.site,
                rank: act.wish.rank,
                done_at,
                observation_minutes: answered
                    .as_ref()
                    .map_or(DEFAULT_OBSERVATION, |(_, answer)| answer.observation_minutes.max(DEFAULT_OBSERVATION)),
                injected_by: give.injected_by,
                prepared_by: optional(give.prepared_by).or(prepared),
                prescribed_by,
                answer: answered.as_ref().map(|_| self.reference_to_next(0)),
                error: give.error,
            }
            .into(),
        );
        Ok(facts)
    }

    /// Refuses an intended dose that the visit or the rules do not allow.
    fn allowed(&self, visit: &Visit, act: &Act, answered: Option<&(Case, Answer)>) -> Result<(), Refusal> {
        if visit.identity.is_none() {
            return Err(Refusal::IdentityNeeded);
        }
        if !act.given.is_empty() {
            return Err(Refusal::AlreadyGiven);
        }
        let Some((_, answer)) = answered else { return Err(Refusal::ImpossibleBirth) };
        if act.physician.as_ref().is_some_and(|decided| !decided.allow && decided.product == act.wish.product) {
            return Err(Refusal::AnswerForbids { outcome: Outcome::Contraindicated });
        }
        if !answer.outcome.allows() {
            return Err(Refusal::AnswerForbids { outcome: answer.outcome });
        }
        if !answer.pending.is_empty() {
            return Err(Refusal::QuestionsPending { codes: answer.pending.clone() });
        }
        if !answer.history.is_empty() {
            return Err(Refusal::HistoryPending { items: answer.history.clone() });
        }
        let judged = act.judged.as_ref();
        if judged.is_some_and(|judged| !judged.vaccinate) {
            return Err(Refusal::AnswerForbids { outcome: Outcome::Judge });
        }
        let decided = act.physician.as_ref().is_some_and(|one| one.allow && one.product == act.wish.product);
        if answer.outcome == Outcome::Judge && judged.is_none() && !decided {
            return Err(Refusal::JudgementNeeded);
        }
        Ok(())
    }

    /// Refuses what was done at `done`, on the scale of the hub at `true_done`, before a vial was opened or a syringe prepared
    /// at `ready`. Hours are typed by the minute; and an hour that is right by one of the two readings is not refused.
    pub(super) fn ready(
        &self,
        source: FactName,
        ready: Option<Wall>,
        done: Wall,
        true_done: Wall,
    ) -> Result<(), Refusal> {
        let Some(ready_at) = ready else { return Ok(()) };
        let minute = |hour: Wall| hour.0.div_euclid(60_000);
        let truly_ready = self.round.clocks.true_time(source, ready_at);
        let before = minute(done) < minute(ready_at) && minute(true_done) < minute(truly_ready);
        if before { Err(Refusal::NotReadyYet { ready_at }) } else { Ok(()) }
    }

    fn steady(&self, read: Wall) -> Wall {
        self.round.clocks.steady(self.context.device, read)
    }

    fn source(&self, act: &Act, give: &GiveDose, done_at: Wall) -> Result<Source<'_>, Refusal> {
        let name = give.source.ok_or(Refusal::Empty { field: Field::Source })?;
        let source = self.find(name)?;
        let load = source.load.ok_or(Refusal::Unknown { fact: name })?;
        self.in_custody(source.load_name)?;
        if source.product != act.wish.product {
            return Err(Refusal::OtherProduct);
        }
        self.usable_source(name)?;
        if source.opened.is_none() && load.loaded.form == DoseForm::Vial {
            return Err(Refusal::WrongForm);
        }
        let ends = self.round.ends_at(name);
        let done = self.steady(done_at);
        if let Some(use_by) = source.use_by
            && ends.is_some_and(|ends| ends <= done)
        {
            return Err(Refusal::PastUseBy { use_by });
        }
        enough(source.left, 1)?;
        Ok(source)
    }

    /// Returns where an erroneous dose came from, as far as it is known; never refuses for what is left or expired.
    fn source_of_error(&self, give: &GiveDose) -> Result<Source<'_>, Refusal> {
        if let Some(source) = give.source.map(|name| self.find(name)).transpose()? {
            // A vial that holds nothing any more did not give it: the lot keeps the dose, and the difference shows.
            let empty = source.left < 1 || self.in_custody(source.load_name).is_err();
            return Ok(if empty { Source { name: None, ..source } } else { source });
        }
        let product = filled(give.product.as_deref().unwrap_or_default(), Field::Product)?;
        let lot = filled(give.lot.as_deref().unwrap_or_default(), Field::Lot)?;
        // Typed by hand: what looks like another lot is asked about, and the words on the error say why it stands.
        let explained =
            give.error.as_ref().and_then(|error| error.text.as_deref()).is_some_and(|text| !text.trim().is_empty());
        if !explained {
            let today = door::today(self.round, self.common, self.context.now);
            let doubts = lot::doubts(&self.known_lots(), &product, &lot, None, today);
            settled(&lot, doubts, None)?;
        }
        Ok(Source { name: None, load: None, load_name: give.act, product, lot, opened: None, use_by: None, left: 0 })
    }

    fn find(&self, name: FactName) -> Result<Source<'_>, Refusal> {
        let (load_name, opened, use_by, left) = match self.round.vials.get(&name) {
            Some(vial) => (vial.load, Some(vial.opened_at), Some(vial.use_by), vial.left()),
            None => {
                let load = self.load(name)?;
                (name, None, load.loaded.preparation.as_ref().map(|one| one.use_by), load.left())
            }
        };
        let load = self.load(load_name)?;
        Ok(Source {
            name: Some(name),
            load: Some(load),
            load_name,
            product: load.loaded.product.clone(),
            lot: load.loaded.lot.clone(),
            opened,
            use_by,
            left,
        })
    }

    pub(super) fn recorded(&self, act: FactName, case: &Case, answer: &Answer) -> AnswerRecorded {
        AnswerRecorded {
            act: self.reference(act),
            outcome: answer.outcome.code().to_owned(),
            directives: answer
                .directives
                .iter()
                .map(|used| DirectiveUsed { id: used.directive.clone(), version: used.version.clone() })
                .collect(),
            evaluator: answer.evaluator,
            case: minicbor::to_vec(case).unwrap_or_default().into(),
            answer: Some(answer.digest().into()),
        }
    }
}

/// Where a dose comes from.
struct Source<'a> {
    name: Option<FactName>,
    load: Option<&'a Load>,
    load_name: FactName,
    product: String,
    lot: String,
    opened: Option<Wall>,
    use_by: Option<Wall>,
    left: i32,
}
