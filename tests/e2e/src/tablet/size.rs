//! How large a screen is.

/// A screen's size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Short name, for files.
    pub name: &'static str,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether fingers are used on it.
    pub touch: bool,
    /// How large its owner has text, in percent of what is usual.
    pub text: u32,
}

impl Size {
    /// An 8-inch tablet, upright.
    pub const TABLET: Self = Self { name: "8-portrait", width: 600, height: 960, touch: true, text: 100 };
    /// A 10-inch tablet, lying.
    pub const LANDSCAPE: Self = Self { name: "10-landscape", width: 1280, height: 800, touch: true, text: 100 };
    /// A phone.
    pub const PHONE: Self = Self { name: "phone", width: 390, height: 844, touch: true, text: 100 };
    /// An 8-inch tablet, upright, whose owner has text twice as large.
    pub const LARGE_TEXT: Self = Self { name: "8-portrait-200", width: 600, height: 960, touch: true, text: 200 };
    /// The desk's computer.
    pub const DESK: Self = Self { name: "desk", width: 1280, height: 800, touch: false, text: 100 };
}
