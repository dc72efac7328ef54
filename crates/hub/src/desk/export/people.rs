//! The people of a round as tables: who was seen, how it ended, which dose was given where, who waits.

use super::said::follow_up;
use super::words::{moment, words, yes_no};
use crate::desk::csv::Table;
use perron_desk_api::{RoundPerson, RoundView};
use perron_domain::date::PartialDate;
use perron_domain::fact::{Outcome, Site};
use perron_domain::zone::Zone;

pub(super) fn people(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "personnes",
        &[
            "Personne",
            "Naissance",
            "Adresse",
            "Sans rendez-vous",
            "Issue",
            "Motif",
            "À rappeler",
            "Revoir le",
            "Vaccins",
            "Heure",
            "Traçabilité",
        ],
    );
    for person in &view.people {
        let hours: Vec<String> = person.doses.iter().map(|dose| moment(zone, dose.at)).collect();
        table.rows.push(vec![
            person.name.clone(),
            birth(person),
            person.address.clone(),
            yes_no(person.walk_in),
            words(person.outcome).to_owned(),
            person.reason.clone().unwrap_or_default(),
            call_again(person),
            person.again_on.map(|day| day.0.format("%d/%m/%Y").to_string()).unwrap_or_default(),
            person.wishes.join(", "),
            hours.join(", "),
            traced(person),
        ]);
    }
    table
}

fn birth(person: &RoundPerson) -> String {
    match person.birth {
        None => String::new(),
        Some(PartialDate::Day(day)) => day.0.format("%d/%m/%Y").to_string(),
        Some(PartialDate::Month(year, month)) => format!("{month:02}/{year}"),
        Some(PartialDate::Year(year)) => year.to_string(),
    }
}

/// Whoever was vaccinated or is still to be seen is neither to be called again nor not.
fn call_again(person: &RoundPerson) -> String {
    match person.outcome {
        None | Some(Outcome::Vaccinated) => String::new(),
        Some(_) => yes_no(person.call_again),
    }
}

/// Only a dose that was given is entered somewhere.
fn traced(person: &RoundPerson) -> String {
    match (person.doses.is_empty(), person.traced) {
        (true, _) => String::new(),
        (false, true) => "faite".to_owned(),
        (false, false) => "à faire".to_owned(),
    }
}

fn site(site: Option<Site>) -> &'static str {
    match site {
        None => "",
        Some(Site::LeftArm) => "bras gauche",
        Some(Site::RightArm) => "bras droit",
        Some(Site::LeftThigh) => "cuisse gauche",
        Some(Site::RightThigh) => "cuisse droite",
    }
}

pub(super) fn outcomes(view: &RoundView) -> Table {
    let mut table = Table::new("issues", &["Issue", "Motif", "Personnes"]);
    for line in &view.outcomes {
        let reason = line.reason.clone().unwrap_or_default();
        table.rows.push(vec![words(line.outcome).to_owned(), reason, line.persons.to_string()]);
    }
    table
}

pub(super) fn doses(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "doses",
        &[
            "Heure",
            "Personne",
            "Naissance",
            "Vaccin",
            "Rang",
            "Lot",
            "Site",
            "Injectée par",
            "Traçabilité",
            "Erreur d’administration",
            "Suite donnée",
        ],
    );
    for person in &view.people {
        for dose in &person.doses {
            table.rows.push(vec![
                moment(zone, dose.at),
                person.name.clone(),
                birth(person),
                dose.product.clone(),
                dose.rank.map(|rank| rank.to_string()).unwrap_or_default(),
                dose.lot.clone(),
                site(dose.site).to_owned(),
                dose.by.clone(),
                traced(person),
                dose.error.clone().unwrap_or_default(),
                follow_up(zone, dose.followed.as_ref()),
            ]);
        }
    }
    table
}

pub(super) fn waiting(view: &RoundView) -> Table {
    let mut table = Table::new("attente", &["Personne", "Téléphone", "Adresse", "Vaccins", "Date proposée"]);
    for line in &view.waiting {
        table.rows.push(vec![
            line.name.clone(),
            line.phone.clone().unwrap_or_default(),
            line.address.clone(),
            line.wishes.join(", "),
            line.proposed.map(|day| day.0.format("%d/%m/%Y").to_string()).unwrap_or_default(),
        ]);
    }
    table
}
