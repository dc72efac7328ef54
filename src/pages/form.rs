//! Forms half filled that come back: texts, tiles, counts, ticks and signatures, each by its name. All of them are kept as
//! text, so that one small piece of code brings every form back after a kill.

use leptos::prelude::*;

use crate::{components::Stroke, state::Draft};

/// A form whose parts come back after a kill.
#[derive(Clone, Copy)]
pub struct Form {
    draft: Draft,
}

/// The words of a tick.
const TICK: &[(&str, bool)] = &[("yes", true), ("no", false)];

impl Form {
    /// Returns the form that is kept in `draft`.
    #[must_use]
    pub const fn of(draft: Draft) -> Self {
        Self { draft }
    }

    /// Returns one text of the form, for a field: as it was left, or `start`.
    #[must_use]
    pub fn text(self, name: &'static str, start: impl Into<String>) -> RwSignal<String> {
        self.kept(name, start.into())
    }

    fn kept(self, name: &'static str, start: String) -> RwSignal<String> {
        let text = RwSignal::new(start.clone());
        let kept = self.draft.value;
        // Two effects tie the field to what is kept outside the screen; each writes only what differs.
        let first = start.clone();
        Effect::new(move |_| {
            let found = kept.with(|kept| kept.get(name).cloned());
            if let Some(found) = found
                && text.with_untracked(|text| *text == first && *text != found)
            {
                text.set(found);
            }
        });
        Effect::new(move |_| {
            let now = text.get();
            let known = kept.with_untracked(|kept| kept.get(name).cloned());
            if now != known.unwrap_or_else(|| start.clone()) {
                kept.update(|kept| {
                    kept.insert(name.to_owned(), now);
                });
            }
        });
        text
    }

    /// Returns a choice among `all`, each with the word that it is kept by: as it was left, or `start`.
    #[must_use]
    pub fn tiles<T: Copy + PartialEq>(
        self,
        name: &'static str,
        all: &'static [(&'static str, T)],
        start: Option<T>,
    ) -> Tiles<T> {
        Tiles { text: self.kept(name, start.map_or("", |start| word(all, start)).to_owned()), all }
    }

    /// Returns a box to tick: as it was left, or `start`.
    #[must_use]
    pub fn tick(self, name: &'static str, start: bool) -> Tick {
        Tick(self.tiles(name, TICK, Some(start)))
    }

    /// Returns a count that a stepper changes: as it was left, or `start`.
    #[must_use]
    pub fn count(self, name: &'static str, start: u32) -> Count {
        Count(self.kept(name, start.to_string()))
    }

    /// Forgets what was typed: it was saved, or thrown away.
    pub fn done(self) {
        self.draft.done();
    }
}

fn word<T: Copy + PartialEq>(all: &[(&'static str, T)], wanted: T) -> &'static str {
    all.iter().find(|(_, one)| *one == wanted).map_or("", |(word, _)| word)
}

/// One of a few.
#[derive(Clone, Copy)]
pub struct Tiles<T: 'static> {
    text: RwSignal<String>,
    all: &'static [(&'static str, T)],
}

impl<T: Copy + PartialEq> Tiles<T> {
    fn read(self, text: &str) -> Option<T> {
        self.all.iter().find(|(word, _)| *word == text).map(|(_, one)| *one)
    }

    /// Returns what is chosen, and is called again when it changes.
    #[must_use]
    pub fn get(self) -> Option<T> {
        self.text.with(|text| self.read(text))
    }

    /// Returns what is chosen now.
    #[must_use]
    pub fn now(self) -> Option<T> {
        self.text.with_untracked(|text| self.read(text))
    }

    /// Chooses.
    pub fn set(self, chosen: T) {
        self.text.set(word(self.all, chosen).to_owned());
    }
}

/// A box to tick.
#[derive(Clone, Copy)]
pub struct Tick(Tiles<bool>);

impl Tick {
    /// Returns whether it is ticked, and is called again when that changes.
    #[must_use]
    pub fn get(self) -> bool {
        self.0.get() == Some(true)
    }

    /// Returns whether it is ticked now.
    #[must_use]
    pub fn now(self) -> bool {
        self.0.now() == Some(true)
    }

    /// Ticks it, or not.
    pub fn set(self, yes: bool) {
        self.0.set(yes);
    }
}

/// A count that a stepper changes.
#[derive(Clone, Copy)]
pub struct Count(RwSignal<String>);

impl Count {
    /// Returns the count now.
    #[must_use]
    pub fn now(self) -> u32 {
        self.0.with_untracked(|text| text.parse().unwrap_or_default())
    }

    /// Returns the count as it changes.
    #[must_use]
    pub fn signal(self) -> Signal<u32> {
        Signal::derive(move || self.0.with(|text| text.parse().unwrap_or_default()))
    }

    /// Sets the count.
    pub fn set(self, count: u32) {
        self.0.set(count.to_string());
    }
}

/// Returns a signature as a form keeps it: places as `x,y`, a space between them, `;` between strokes.
#[must_use]
pub fn write_strokes(strokes: &[Stroke]) -> String {
    let stroke = |stroke: &Stroke| stroke.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
    strokes.iter().map(stroke).collect::<Vec<_>>().join(";")
}

/// Reads a signature that [`write_strokes`] wrote; what is no place is left out.
#[must_use]
pub fn read_strokes(text: &str) -> Vec<Stroke> {
    let place = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    let stroke = |text: &str| text.split(' ').filter_map(place).collect::<Stroke>();
    text.split(';').map(stroke).filter(|stroke| !stroke.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_comes_back_stroke_by_stroke() {
        let strokes = vec![vec![(1, 2), (30, 40)], vec![(5, 6)]];
        assert_eq!(write_strokes(&strokes), "1,2 30,40;5,6");
        assert_eq!(read_strokes("1,2 30,40;5,6"), strokes);
        assert!(read_strokes("").is_empty());
        assert_eq!(read_strokes("1,2 x,y;;7"), [vec![(1, 2)]]);
    }
}
