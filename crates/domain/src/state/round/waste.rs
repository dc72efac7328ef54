//! Clinical waste of a round: containers, and tallies that count by themselves and can be corrected.

use super::Round;
use crate::fact::{Body, ContainerKind, WasteStream};
use crate::name::FactName;
use crate::state::Effective;
use crate::time::Wall;
use serde::Serialize;

/// A waste container.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Container {
    /// Its kind.
    pub kind: ContainerKind,
    /// Its volume, tenths of a litre.
    pub volume_dl: u16,
    /// When it was opened.
    pub opened_at: Wall,
    /// How full, in percent.
    pub percent: u8,
    /// When somebody first saw something in it.
    pub seen_filled: Option<Wall>,
    /// When it was closed for good.
    pub closed_at: Option<Wall>,
    /// When it was handed over, with what weight in grams, to whom.
    pub handed_over: Option<(Wall, u32, String)>,
}

/// What was counted in one stream.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize)]
pub struct Tally {
    /// Counted by itself: one per dose.
    pub automatic: i32,
    /// Counted by hand on top, or taken off.
    pub by_hand: i32,
}

impl Tally {
    /// Returns the pieces in all.
    #[must_use]
    pub const fn total(self) -> i32 {
        self.automatic + self.by_hand
    }
}

impl Round {
    /// Returns the tally of a stream.
    #[must_use]
    pub fn tally(&self, stream: WasteStream) -> Tally {
        self.tallies.get(&stream).copied().unwrap_or_default()
    }

    /// Returns when a container was first used, which starts the time of the law; none while nothing shows its use.
    ///
    /// No fact says «used» by itself. What shows it, while the container was open: a dose (its needle, its compress) or a
    /// vial diluted anywhere on the round, a piece counted by hand in the container's stream, a level above zero. With two
    /// containers of a stream open at once nobody says which one took it, so both count as used: a time that starts too
    /// early is safe. For the same reason a container that was closed without any of these counts from its opening.
    #[must_use]
    pub fn first_use(&self, container: FactName) -> Option<Wall> {
        let one = self.containers.get(&container)?;
        let while_open = |at: &Wall| one.opened_at <= *at && one.closed_at.is_none_or(|closed| *at <= closed);
        let put_in = self.put_in.get(&one.kind.stream()).into_iter().flatten().copied().filter(while_open).min();
        put_in.into_iter().chain(one.seen_filled).min().or_else(|| one.closed_at.map(|_| one.opened_at))
    }

    pub(super) fn step_waste(&mut self, effective: &Effective<'_>, body: &Body) {
        let device = effective.device;
        match body {
            // One needle with its syringe, one compress, one packaging per dose.
            Body::DoseGiven(given) => {
                for stream in WasteStream::ALL {
                    self.tallies.entry(stream).or_default().automatic += 1;
                    self.put_in.entry(stream).or_default().push(given.done_at);
                }
            }
            Body::VialOpened(opened) if opened.diluted => {
                self.put_in.entry(WasteStream::Sharps).or_default().push(opened.at);
            }
            Body::WasteTallied(tallied) => {
                self.tallies.entry(tallied.stream).or_default().by_hand += i32::from(tallied.delta);
                if tallied.delta > 0 {
                    self.put_in.entry(tallied.stream).or_default().push(effective.fact.wall);
                }
            }
            Body::ContainerOpened(opened) => {
                self.containers.insert(
                    effective.fact.name,
                    Container {
                        kind: opened.kind,
                        volume_dl: opened.volume_dl,
                        opened_at: opened.at,
                        percent: 0,
                        seen_filled: None,
                        closed_at: None,
                        handed_over: None,
                    },
                );
            }
            Body::ContainerFilled(filled) => self.container(filled.container.name(device), |container| {
                container.percent = filled.percent;
                if filled.percent > 0 {
                    container.seen_filled.get_or_insert(effective.fact.wall);
                }
            }),
            Body::ContainerClosed(closed) => self.container(closed.container.name(device), |container| {
                container.closed_at = Some(closed.at);
            }),
            Body::ContainerHandedOver(handed) => self.container(handed.container.name(device), |container| {
                container.handed_over = Some((handed.at, handed.grams, handed.to.clone()));
            }),
            _ => {}
        }
    }

    fn container(&mut self, name: FactName, change: impl FnOnce(&mut Container)) {
        if let Some(container) = self.containers.get_mut(&name) {
            change(container);
        }
    }
}
