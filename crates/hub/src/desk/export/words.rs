//! Figures, hours and outcomes as a French spreadsheet reads them.

use perron_domain::fact::Outcome;
use perron_domain::time::Wall;
use perron_domain::zone::Zone;

/// Returns a day and an hour, where the relay is.
pub fn moment(zone: Zone, at: Wall) -> String {
    let minute = zone.minute(at);
    let day = zone.day(at).0.format("%d/%m/%Y");
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}

/// Returns a mean with a comma.
pub fn hundredths(value: Option<u32>) -> String {
    value.map(|value| format!("{},{:02}", value / 100, value % 100)).unwrap_or_default()
}

/// Returns degrees with a comma.
pub fn tenths(value: i16) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{},{}", value.unsigned_abs() / 10, value.unsigned_abs() % 10)
}

/// Returns a yes or a no.
pub fn yes_no(value: bool) -> String {
    if value { "oui" } else { "non" }.to_owned()
}

/// Returns how a visit ended.
pub fn words(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        None => "À voir",
        Some(Outcome::Vaccinated) => "Vacciné",
        Some(Outcome::Refused) => "Refus",
        Some(Outcome::Absent) => "Absent",
        Some(Outcome::Postponed) => "Reporté",
        Some(Outcome::NotEligible) => "Non éligible",
        Some(Outcome::Moved) => "Déménagé",
        Some(Outcome::Hospitalised) => "Hospitalisé",
        Some(Outcome::Deceased) => "Décédé",
        Some(Outcome::VaccinatedElsewhere) => "Vacciné ailleurs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_french_spreadsheets_read_them() {
        assert_eq!((tenths(91), tenths(-5), hundredths(Some(433))), ("9,1".into(), "-0,5".into(), "4,33".into()));
        assert_eq!(moment(perron_domain::zone::PARIS, Wall(1_639_652_400_000)), "16/12/2021 12:00");
    }
}
