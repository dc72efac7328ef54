//! What a list of entries is about: doses, the box, waste.

/// Which page's facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// Doses.
    Doses,
    /// The cold box.
    Box,
    /// Clinical waste.
    Waste,
}

impl Topic {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Doses => "/doses",
            Self::Box => "/boite",
            Self::Waste => "/dasri",
        }
    }
}
