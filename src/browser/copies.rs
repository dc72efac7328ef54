//! In how many places a saved step stands.

/// In how many places each saved step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Copies {
    /// Not known yet, or another tab writes.
    #[default]
    Elsewhere,
    /// In one: this browser gives no files.
    One,
    /// In two.
    Two,
}
