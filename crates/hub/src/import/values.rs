//! Cells that hold one of a few words, or a number.

use super::fold::fold;

/// Returns yes or no, or `None` for another word.
#[must_use]
pub fn yes_no(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "oui" | "o" | "x" | "1" | "vrai" | "true" | "yes" | "y" => Some(true),
        "non" | "n" | "0" | "faux" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// Returns the degrees of a coordinate, with a comma or a point.
#[must_use]
pub fn degrees(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite())
}

/// Returns whether a point is in France, overseas included: rough boxes that catch swapped or Lambert coordinates.
#[must_use]
pub fn in_france(lon: f64, lat: f64) -> bool {
    const BOXES: [(f64, f64, f64, f64); 7] = [
        (-5.5, 10.0, 41.0, 51.5),      // mainland and Corsica
        (-63.5, -60.5, 14.0, 18.5),    // Antilles
        (-55.0, -51.0, 2.0, 6.0),      // Guyane
        (44.5, 56.5, -22.0, -12.0),    // Mayotte, La Réunion
        (-57.0, -55.5, 46.5, 47.5),    // Saint-Pierre-et-Miquelon
        (-178.5, -134.0, -28.0, -7.0), // Polynésie, Wallis-et-Futuna
        (158.0, 172.5, -23.5, -17.5),  // Nouvelle-Calédonie
    ];
    BOXES.iter().any(|(west, east, south, north)| (*west..=*east).contains(&lon) && (*south..=*north).contains(&lat))
}

/// Splits a cell that lists several words: `|`, `;`, `,`, `+`, `/`, `&` and «et» separate.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    let words = text
        .split(['|', ';', ',', '+', '/', '&'])
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split(" ET "));
    words.map(str::trim).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_list_are_separated_as_people_separate_them() {
        for text in
            ["covid et grippe", "covid|grippe", "covid, grippe", "covid / grippe", "covid + grippe", "covid & grippe"]
        {
            assert_eq!(list(text).collect::<Vec<_>>(), ["covid", "grippe"], "{text}");
        }
        assert_eq!(list("carnet").collect::<Vec<_>>(), ["carnet"]);
    }

    #[test]
    fn coordinates_of_lambert_or_swapped_are_not_in_france() {
        assert!(in_france(2.488881, 48.893494));
        assert!(in_france(55.45, -20.88));
        assert!(!in_france(48.893494, 2.488881));
        assert!(!in_france(662_524.1, 6_866_064.08));
    }
}
