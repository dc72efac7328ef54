//! A simulator of bad days: tablets and a hub in memory, commands drawn at random, lines that lose, repeat, delay and cut,
//! tablets that are killed in the middle of anything, copied and put back, that lose one of their two copies or find it torn, clients that sign far ahead of what they send, clocks that are wrong, a hub that is restored.
//!
//! One seed is one story, always the same. After the story everything is healed: lines hold, nobody is killed, every
//! tablet runs until nothing changes. Then [`check`] says what must hold: every replica that holds a scope folds it to the
//! same state, the doses balance, nothing that was kept is lost, no hole is silent.

mod check;
mod story;

pub use story::Story;

use crate::copies::Planted;

/// What became of one seed.
#[derive(Debug)]
pub struct Told {
    /// What happened, line by line.
    pub lines: Vec<String>,
    /// How many facts the hub holds in the end.
    pub facts: usize,
    /// Which hazards came up, and how often.
    pub hazards: std::collections::BTreeMap<&'static str, u32>,
    /// What does not hold; empty when all is well.
    pub wrong: Vec<String>,
}

/// Tells the story of one seed.
#[must_use]
pub fn tell(seed: u64) -> Told {
    told(Story::begin(seed))
}

/// Tells the story of one seed with a planted fault: the hub forgets the leaves that were signed ahead of their facts.
#[must_use]
pub fn tell_with_a_hub_that_forgets_leaves(seed: u64) -> Told {
    let story = Story::begin(seed);
    story.hub.disk.forget_leaves();
    told(story)
}

/// Tells the story of one seed with a planted fault in how tablets keep their two copies.
#[must_use]
pub fn tell_with(planted: Planted, seed: u64) -> Told {
    told(Story::begin_with(planted, seed))
}

fn told(mut story: Story) -> Told {
    story.live();
    let mut wrong = std::mem::take(&mut story.wrong);
    wrong.extend(story.heal());
    wrong.extend(check::all(&story));
    let Story { lines, hazards, .. } = &story;
    Told { lines: lines.clone(), facts: story.hub.disk.records().len(), hazards: hazards.clone(), wrong }
}
