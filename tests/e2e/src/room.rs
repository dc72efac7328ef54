//! Whether a screen has room for what it shows: nothing below the edge, nothing cut off, nothing too small for a glove.

use crate::Result;
use crate::tablet::Tablet;
use serde::Deserialize;

/// What was measured on one screen, in CSS pixels.
#[derive(Debug, Clone, Deserialize)]
pub struct Room {
    /// How much of the screen, or of the dialog in front, lies below the edge until somebody scrolls.
    pub below: u32,
    /// Buttons, links, tiles and fields lower or narrower than 48 px: what they say and their size.
    pub small: Vec<String>,
    /// Text smaller than 18 px.
    pub fine: Vec<String>,
    /// Text that does not fit into its place: cut at the side, or over something else.
    pub cut: Vec<String>,
}

impl Tablet {
    /// Measures the present screen.
    pub async fn room(&self) -> Result<Room> {
        Ok(self.web()?.execute(include_str!("room.js"), vec![]).await?.convert()?)
    }
}
