//! A code for a camera: enrolment.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::live::live;
use qrcode::{Color, EcLevel, QrCode as Code};

use crate::i18n::{t_string, use_i18n};

/// Returns the dark squares as the `d` of an SVG path, and the width in squares with the quiet zone; `None` if the text
/// is too long for a code.
#[must_use]
pub fn squares(text: &str) -> Option<(String, usize)> {
    const QUIET: usize = 4;
    let code = Code::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut d = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a String cannot fail.
            let _ = write!(d, "M{} {}h1v1h-1z", index % width + QUIET, index / width + QUIET);
        }
    }
    Some((d, width + 2 * QUIET))
}

/// A QR code, dark on white in every theme, so that a camera reads it.
#[component]
pub fn QrCode(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// What a screen reader says; the page also writes the short code in letters.
    #[prop(into, optional)]
    label: Option<Signal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || label.map_or_else(|| t_string!(i18n, common.qr_code).to_owned(), |label| label.get());
    live(move || {
        text.with(|text| squares(text)).map(|(d, width)| {
            view! {
                <svg class="qr" viewBox=format!("0 0 {width} {width}") role="img" aria-label=name shape-rendering="crispEdges">
                    <rect width=width height=width fill="#fff" />
                    <path d=d fill="#000" />
                </svg>
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_keeps_its_quiet_zone() {
        let (d, width) = squares("PERRON 4F7K-22QD").unwrap();
        assert_eq!(width, 21 + 8);
        assert!(d.starts_with("M4 4h1"));
    }

    #[test]
    fn a_text_too_long_gives_no_code() {
        assert!(squares(&"x".repeat(5_000)).is_none());
    }
}
