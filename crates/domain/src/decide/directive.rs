//! Decisions about the rules in force: what may be published, by whom, from when on.

use super::{Context, has_role};
use crate::date::Day;
use crate::fact::{
    AccountNo, Adopted, Body, DirectiveConfirmed, DirectivePublished, Origin, Reach, Role, ShippedAccepted,
};
use crate::refusal::Refusal;
use crate::rules::{Directive, Layer, Least, version_order};
use crate::state::{CommonState, Publication};
use crate::zone::{PARIS, Zone};

/// A version of a directive to be published.
#[derive(Clone, PartialEq, Debug)]
pub struct NewDirective {
    /// What it says.
    pub directive: Directive,
    /// The text that it was read from; none for those that ship with the hub.
    pub text: Option<String>,
    /// It also counts for rounds that left with an earlier version.
    pub urgent: bool,
    /// For a national version that the relay adopts: what it was made from. None for one that ships, and for the relay's
    /// own layer.
    pub adopted: Option<Origin>,
}

/// The evaluator from which on a program knows that an adopted version waits for a physician. To an earlier one it is
/// unreadable: it goes on with the version before.
const KNOWS_ADOPTED: Least = Least(2);

/// Publishes a version. The hub itself (account 0) publishes what ships with it; a person must be the head of the relay,
/// and changes the relay's own layer, or adopts a national version with its origin, from a day on that is not over.
pub(super) fn publish(common: &CommonState, new: NewDirective, context: &Context) -> Result<Body, Refusal> {
    let NewDirective { mut directive, text, urgent, adopted } = new;
    if context.author != AccountNo(0) {
        has_role(common, context, Role::Head)?;
        let layer = if adopted.is_some() { Layer::National } else { Layer::Relay };
        if directive.layer != layer {
            return Err(Refusal::NotYourLayer);
        }
        let first = first_day_of_effect(common, context);
        if directive.from < first {
            return Err(Refusal::EffectInThePast { first });
        }
        let known = || common.directives.iter().filter(|known| known.id == directive.id);
        // What a physician or the head of the relay has not let in stands in nobody's way.
        let waits = |known: &Directive| {
            let publication = common.publication(&known.id, &known.version);
            publication.is_some_and(|one| one.is_held() || one.replaced)
        };
        let begins_later = known().filter(|known| known.from > directive.from && !waits(known));
        if let Some(later) = begins_later.max_by_key(|known| known.from) {
            return Err(Refusal::LaterVersion { version: later.version.clone(), from: later.from });
        }
        let last = known().map(|known| &known.version).max_by(|one, other| version_order(one, other));
        if let Some(last) = last.filter(|last| version_order(last, &directive.version).is_ge()) {
            return Err(Refusal::VersionOrder { last: last.clone() });
        }
    }
    let adopted = adopted.map(|origin| Adopted { origin, by: context.author, at: context.now });
    if adopted.is_some() {
        directive.evaluator = directive.evaluator.max(KNOWS_ADOPTED);
    }
    let families = directive.families.iter().map(|family| family.code().to_owned()).collect();
    Ok(DirectivePublished {
        id: directive.id.clone(),
        version: directive.version.clone(),
        content: directive.to_content().into(),
        reach: Reach { from: Some(directive.from), until: directive.until, families },
        urgent,
        text,
        adopted,
    }
    .into())
}

/// Returns the first day on which a directive may take effect: today at the relay; in a relay of demonstration, whose
/// rounds are tied to their days, the day of its earliest round.
#[must_use]
pub fn first_day_of_effect(common: &CommonState, context: &Context) -> Day {
    let relay = common.relay.as_ref();
    let today = relay.map_or(PARIS, Zone::of).day(context.now);
    let earliest = common.rounds.values().map(|round| round.on).min();
    match earliest.filter(|_| relay.is_some_and(|relay| relay.demo)) {
        Some(earliest) => earliest.min(today),
        None => today,
    }
}

/// Confirms a version that waits for a physician of the relay.
pub(super) fn confirm(common: &CommonState, id: String, version: String, context: &Context) -> Result<Body, Refusal> {
    has_role(common, context, Role::Physician)?;
    if !common.publications.contains_key(&(id.clone(), version.clone())) {
        return Err(Refusal::UnknownDirective { id });
    }
    Ok(DirectiveConfirmed { id, version, physician: context.author, at: context.now }.into())
}

/// Lets a version that ships take the place of adopted ones.
pub(super) fn accept_shipped(
    common: &CommonState,
    id: String,
    version: String,
    context: &Context,
) -> Result<Body, Refusal> {
    has_role(common, context, Role::Head)?;
    if !common.publication(&id, &version).is_some_and(Publication::is_held) {
        return Err(Refusal::UnknownDirective { id });
    }
    Ok(ShippedAccepted { id, version, head: context.author, at: context.now }.into())
}
