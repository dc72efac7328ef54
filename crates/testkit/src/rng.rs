//! Randomness that a seed repeats: SplitMix64, good enough to mix bad luck.

use std::cell::Cell;

/// Numbers drawn one after another, the same for the same seed.
#[derive(Debug)]
pub struct Rng(Cell<u64>);

impl Rng {
    /// Begins at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// Returns the next 64 bits.
    pub fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`, 0 when `end` is 0.
    pub fn below(&self, end: usize) -> usize {
        if end == 0 { 0 } else { usize::try_from(self.next() % end as u64).unwrap_or(0) }
    }

    /// Returns a number of `range`.
    pub fn among(&self, range: std::ops::RangeInclusive<i64>) -> i64 {
        let (start, end) = range.into_inner();
        start + self.below(usize::try_from(end - start + 1).unwrap_or(1)) as i64
    }

    /// Says yes in `percent` of a hundred times.
    pub fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Picks one of these; none of nothing.
    pub fn pick<T: Clone>(&self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).cloned()
    }

    /// Returns random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }
}
