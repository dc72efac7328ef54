//! An hour as a person types it, and the instant that it means.
//!
//! A form asks for an hour and never for a day. The day follows from what is written: an hour that corrects a fact
//! stays on the day of that fact, a use-by lies after the preparation, and everything else has happened already, at the
//! latest such hour. All hours are those of the relay's own clock, on days of 23 and 25 hours too; what an instant found
//! here reads as there is always the hour that was typed.

use crate::date::Day;
use crate::time::Wall;
use crate::zone::Zone;

/// How far an hour may lie ahead of the wall clock and still count as passed, in milliseconds: hours are typed to the
/// minute, and clocks drift.
pub const AHEAD_MS: i64 = 5 * 60_000;

/// What a typed hour is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Something done: the latest such hour that has passed.
    Done,
    /// Another hour for a fact that was said to be of this instant: such an hour of its day, nearest to it, else the
    /// latest one that has passed.
    Corrected(Wall),
    /// An end: the first such hour after this instant, which may lie on the next day.
    After(Wall),
}

/// Returns the minutes after midnight that a text like `9:05` or `18:42` says; none when it is no hour of a day.
#[must_use]
pub fn minute(typed: &str) -> Option<u16> {
    let (hour, minute) = typed.trim().split_once(':')?;
    let digits = |text: &str, most: usize| {
        let plain = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2).filter(|_| minute.len() == 2)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Returns the text that a field of an hour holds for an instant: `09:05`.
#[must_use]
pub fn text(zone: Zone, at: Wall) -> String {
    let minute = zone.minute(at);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Returns the instant that `minute` minutes after midnight means, looked at at `now`. None when the hour cannot be meant:
/// the clocks step over it on the day of the fact that it corrects.
#[must_use]
pub fn meant(zone: Zone, minute: u16, about: About, now: Wall) -> Option<Wall> {
    let passed = |at: &Wall| at.since(now) <= AHEAD_MS;
    match about {
        About::Done => latest(zone, minute, now),
        About::Corrected(first) => {
            let on_its_day = zone.instants(zone.day(first), minute);
            if on_its_day.is_empty() {
                return None;
            }
            let near = on_its_day.into_iter().filter(passed).min_by_key(|at| at.since(first).unsigned_abs());
            near.or_else(|| latest(zone, minute, now))
        }
        About::After(start) => {
            let days = [Some(zone.day(start)), next(zone.day(start)), next(zone.day(start)).and_then(next)];
            days.into_iter().flatten().flat_map(|day| zone.instants(day, minute)).find(|at| *at > start)
        }
    }
}

/// Returns what a typed text means; an hour left as it stood keeps the seconds of the fact that it corrects.
#[must_use]
pub fn read(zone: Zone, typed: &str, about: About, now: Wall) -> Option<Wall> {
    let typed = minute(typed)?;
    match about {
        About::Corrected(first) if zone.minute(first) == typed => Some(first),
        about => meant(zone, typed, about, now),
    }
}

/// Returns every instant that a text could mean, the latest first, where that is not plain: what is corrected was of another
/// day than today, so that its own day, today or the day before one of them may be meant. Nothing where it is plain.
#[must_use]
pub fn candidates(zone: Zone, typed: &str, about: About, now: Wall) -> Vec<Wall> {
    let (About::Corrected(first), Some(minute)) = (about, minute(typed)) else { return Vec::new() };
    let (today, own) = (zone.day(now), zone.day(first));
    let Some(read) = read(zone, typed, about, now).filter(|_| own != today) else { return Vec::new() };
    let days = [Some(today), previous(today), Some(own), previous(own)];
    let of_days = days.into_iter().flatten().flat_map(|day| zone.instants(day, minute));
    // An hour left as it stood keeps its seconds.
    let another_day = |at: &Wall| zone.day(*at) != zone.day(read);
    let mut found: Vec<Wall> =
        of_days.filter(another_day).chain([read]).filter(|at| at.since(now) <= AHEAD_MS).collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.dedup();
    if found.len() > 1 { found } else { Vec::new() }
}

/// Returns the latest such hour that has passed at `now`. The hour that a day of 23 hours steps over was last there the
/// day before.
fn latest(zone: Zone, minute: u16, now: Wall) -> Option<Wall> {
    let today = zone.day(now.plus_minutes(AHEAD_MS / 60_000));
    let days = [Some(today), previous(today), previous(today).and_then(previous)];
    let all = days.into_iter().flatten().flat_map(|day| zone.instants(day, minute).into_iter().rev());
    all.into_iter().find(|at| at.since(now) <= AHEAD_MS)
}

fn next(day: Day) -> Option<Day> {
    day.0.succ_opt().map(Day)
}

fn previous(day: Day) -> Option<Day> {
    day.0.pred_opt().map(Day)
}
