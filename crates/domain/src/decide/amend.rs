//! What every correction looks at: what it names, whether it may, what counts now, and the state without what it withdraws.

use crate::fact::{Body, Corrected, Fact};
use crate::name::{DeviceId, FactName};
use crate::refusal::Refusal;
use crate::state::{Log, NotCounted, State, View, judge, replacement};

/// Refuses a correction that no device would count.
pub(super) fn may_correct(original: &Fact, candidates: &[FactName], device: DeviceId) -> Result<(), Refusal> {
    let kind = original.body.line().ok_or(Refusal::CannotCorrect)?.number;
    for named in std::iter::once(original.name).chain(candidates.iter().copied()) {
        judge(kind, named.device, None, device).map_err(|why| match why {
            NotCounted::RelaysOwn => Refusal::RelaysOwn,
            NotCounted::NotCorrectable | NotCounted::OtherKind | NotCounted::Unreadable => Refusal::CannotCorrect,
        })?;
    }
    Ok(())
}

/// Returns what counts of a fact now: its last correction of those that are `named`, else itself; none once it is withdrawn.
pub(super) fn now(log: &Log, original: &Fact, named: &[FactName]) -> Option<Body> {
    match &last(log, original, named).body {
        Body::Corrected(corrected) => replacement(corrected),
        body => Some(body.clone()),
    }
}

/// Returns the fact that says what counts of `original` now.
pub(super) fn last<'a>(log: &'a Log, original: &'a Fact, named: &[FactName]) -> &'a Fact {
    named.first().and_then(|name| log.get(*name)).unwrap_or(original)
}

/// Returns what a new correction must name: the corrections that stand now, or the fact itself.
pub(super) fn candidates(log: &Log, fact: FactName) -> Vec<FactName> {
    let history = log.history(fact);
    let replaced = |name: FactName| {
        history.iter().any(|other| match &other.body {
            Body::Corrected(corrected) => {
                let chain = log.reading(other.name);
                corrected.of.iter().any(|of| of.name(chain) == name)
            }
            _ => false,
        })
    };
    history.iter().map(|one| one.name).filter(|name| !replaced(*name)).collect()
}

/// Returns the state as it would be without what is withdrawn, and without the facts that `kept` leaves out.
pub(super) fn without<V: View>(
    state: &State<V>,
    kept: impl Fn(&Fact) -> bool,
    withdrawal: Corrected,
    author: DeviceId,
) -> State<V> {
    with(&State::<V>::of(state.log().iter().filter(|fact| kept(fact)).cloned()), withdrawal.into(), author)
}

/// Returns the state as it would be with one more fact of `author`.
pub(super) fn with<V: View>(state: &State<V>, body: Body, author: DeviceId) -> State<V> {
    let mut tried = State::<V>::of(state.log().iter().cloned());
    let clock = state.log().clock();
    tried.apply(Fact {
        // A number that no chain reaches, so that the trial fact collides with nothing and is judged as its author's.
        name: FactName::new(author, u32::MAX),
        hlc: clock.tick(crate::time::Wall(clock.ms)),
        wall: crate::time::Wall(clock.ms),
        author: crate::fact::AccountNo::default(),
        body,
    });
    tried
}
