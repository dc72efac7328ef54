//! A mark outside both copies of the store: this device was enrolled, under which numbers, and when it last had nothing to
//! send.
//!
//! When a browser deletes both copies, or a person clears them, this is what the app still knows. It says nothing
//! about anybody.

use super::outside;
use perron_domain::time::Wall;
use perron_domain::zone::Zone;
use perron_tablet::Enrolment;
use std::fmt::Write;

/// This device was enrolled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Enrolled {
    /// When it last had nothing to send; `None` when that never was.
    pub synced: Option<Wall>,
    /// Under which keys and numbers, the last one last. Empty in a mark of a version that kept none.
    pub enrolments: Vec<Enrolment>,
    /// The relay's wall clock, by which hours are shown; none in a mark of a version that kept none.
    pub zone: Option<Zone>,
}

impl Enrolled {
    /// Says whether `own` is another enrolment than those of the mark: the store was lost in between.
    fn lost_with(&self, own: &Enrolment) -> bool {
        !self.enrolments.is_empty() && !self.enrolments.iter().any(|one| one.is_of(own))
    }

    /// Returns the mark once the device is enrolled as `own`. It keeps the enrolments before, and forgets when one of them
    /// last had nothing to send.
    fn with(mut self, own: Enrolment) -> Self {
        if self.lost_with(&own) {
            self.synced = None;
        }
        self.enrolments.retain(|one| !one.is_of(&own));
        self.enrolments.push(own);
        self
    }

    fn written(&self) -> String {
        let mut text = self.synced.map_or_else(|| "-".to_owned(), |at| at.0.to_string());
        for one in &self.enrolments {
            // Writing into a text does not fail.
            let _ = write!(text, " {one}");
        }
        if let Some(zone) = self.zone {
            // An earlier version passes over what is no enrolment.
            let _ = write!(text, " {ZONE}{}", zone.offset_minutes);
            text.push_str(if zone.summer_time { SUMMER } else { "" });
        }
        text
    }

    fn meant(text: &str) -> Self {
        let mut parts = text.split(' ');
        let synced = parts.next().and_then(|at| at.parse().ok()).map(Wall);
        let zone = parts.clone().filter_map(|part| part.strip_prefix(ZONE)).find_map(zone_of);
        Self { synced, enrolments: parts.filter_map(|part| part.parse().ok()).collect(), zone }
    }
}

/// What begins the relay's wall clock in the mark.
const ZONE: &str = "zone=";
/// What ends it where there is summer time.
const SUMMER: &str = "s";

/// Reads a wall clock: minutes east of UTC in winter, and whether there is summer time.
fn zone_of(text: &str) -> Option<Zone> {
    let winter = text.strip_suffix(SUMMER);
    let offset_minutes = winter.unwrap_or(text).parse().ok()?;
    Some(Zone { offset_minutes, summer_time: winter.is_some() })
}

const KEY: &str = "perron.enrolled";
const GONE: &str = "perron.gone";

/// Data of this device was lost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gone {
    /// What was entered after this moment is not known to the relay; none when nothing ever was sent.
    pub since: Option<Wall>,
}

/// Returns that data of this device was lost before it was enrolled anew, until somebody has read it.
#[must_use]
pub fn gone() -> Option<Gone> {
    let text = outside::get(GONE).filter(|text| !text.is_empty())?;
    Some(Gone { since: text.parse().ok().map(Wall) })
}

/// Somebody has read it.
pub fn read_gone() {
    outside::set(GONE, "");
}

/// Marks that this device is enrolled as `own`, and where `synced` says so, that it has nothing to send since; with the relay's
/// wall clock once it is known. Where the browser denies it, nothing is kept: then the tablet cannot say what was lost with its store, nor take its doses over.
pub fn keep(own: Enrolment, synced: Option<Wall>, zone: Option<Zone>) {
    let before = read().unwrap_or_default();
    if before.lost_with(&own) {
        outside::set(GONE, &before.synced.map_or_else(|| "-".to_owned(), |at| at.0.to_string()));
    }
    let mut mark = before.clone().with(own);
    mark.synced = synced.or(mark.synced);
    mark.zone = zone.or(mark.zone);
    if mark != before {
        outside::set(KEY, &mark.written());
    }
}

/// Returns the mark; `None` on a device that never was enrolled.
#[must_use]
pub fn read() -> Option<Enrolled> {
    outside::get(KEY).map(|text| Enrolled::meant(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::zone::PARIS;

    fn enrolment(key: &str, numbers: &str) -> Enrolment {
        format!("{}:{numbers}", key.repeat(32)).parse().unwrap()
    }

    #[test]
    fn the_mark_is_read_as_it_was_written() {
        let twice = vec![enrolment("0a", "2"), enrolment("0b", "5,9")];
        for synced in [None, Some(Wall(1_639_641_600_000))] {
            for enrolments in [Vec::new(), twice.clone()] {
                for zone in [None, Some(PARIS), Some(Zone::of_offset(-240)), Some(Zone::named("FR-975", -180))] {
                    let mark = Enrolled { synced, enrolments: enrolments.clone(), zone };
                    assert_eq!(Enrolled::meant(&mark.written()), mark);
                }
            }
        }
    }

    #[test]
    fn a_mark_without_numbers_still_says_since_when() {
        let mark = Enrolled::meant("1639641600000");
        assert_eq!(mark, Enrolled { synced: Some(Wall(1_639_641_600_000)), enrolments: Vec::new(), zone: None });
        // This version adds the numbers that the device has: it is the same enrolment.
        let own = enrolment("0a", "2");
        assert_eq!(mark.clone().with(own.clone()), Enrolled { enrolments: vec![own], ..mark });
    }

    #[test]
    fn an_enrolment_after_a_loss_stands_beside_the_one_before() {
        let (lost, own) = (enrolment("0a", "2"), enrolment("0b", "5"));
        let mark =
            Enrolled { synced: Some(Wall(1)), enrolments: vec![lost.clone()], zone: Some(PARIS) }.with(own.clone());
        assert_eq!(mark, Enrolled { synced: None, enrolments: vec![lost.clone(), own], zone: Some(PARIS) });
        // After a fork the same enrolment has one number more.
        let own = enrolment("0b", "5,9");
        assert_eq!(mark.with(own.clone()).enrolments, [lost, own]);
    }
}
