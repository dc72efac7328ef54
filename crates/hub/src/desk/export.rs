//! The figures of a round as tables for a spreadsheet, in French: what partners and the health agency are sent.

use crate::desk::csv::Table;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::round::seen;
use crate::errors::ApiError;
use perron_desk_api::{Csv, GapKind, RoundStage, RoundView, routes};
use perron_domain::fact::{ContainerKind, DecidedAs, IncidentKind, Outcome};
use perron_domain::time::Wall;
use perron_domain::zone::Zone;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new().at(routes::EXPORT_ROUND, export)
}

/// The tables of a round, by the name that their address has.
pub const TABLES: [&str; 12] = [
    "totaux",
    "personnes",
    "issues",
    "doses",
    "lots",
    "contenants",
    "temperatures",
    "decisions-froid",
    "difficultes",
    "saisies",
    "ecarts",
    "attente",
];

/// Returns a table of a round, or `None` when there is no table of that name.
#[must_use]
pub fn table(view: &RoundView, zone: Zone, name: &str) -> Option<Table> {
    Some(match name {
        "totaux" => totals(view),
        "personnes" => people(view, zone),
        "issues" => outcomes(view),
        "doses" => doses(view, zone),
        "lots" => lots(view),
        "contenants" => containers(view, zone),
        "temperatures" => temperatures(view, zone),
        "decisions-froid" => cold_decisions(view, zone),
        "difficultes" => difficulties(view, zone),
        "saisies" => entries(view),
        "ecarts" => gaps(view),
        "attente" => waiting(view),
        _ => return None,
    })
}

fn moment(zone: Zone, at: Wall) -> String {
    let minute = zone.minute(at);
    let day = zone.day(at).0.format("%d/%m/%Y");
    format!("{day} {:02}:{:02}", minute / 60, minute % 60)
}

fn hundredths(value: Option<u32>) -> String {
    value.map(|value| format!("{},{:02}", value / 100, value % 100)).unwrap_or_default()
}

fn tenths(value: i16) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{},{}", value.unsigned_abs() / 10, value.unsigned_abs() % 10)
}

fn yes_no(value: bool) -> String {
    if value { "oui" } else { "non" }.to_owned()
}

fn words(outcome: Option<Outcome>) -> &'static str {
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

fn stage(stage: RoundStage) -> &'static str {
    match stage {
        RoundStage::Draft => "en préparation",
        RoundStage::Published => "publiée",
        RoundStage::Departed => "en cours",
        RoundStage::Closed => "clôturée",
        RoundStage::Cancelled => "annulée",
    }
}

fn totals(view: &RoundView) -> Table {
    let mut table = Table::new("totaux", &["Indicateur", "Valeur"]);
    let totals = &view.totals;
    let mut push = |name: &str, value: String| table.rows.push(vec![name.to_owned(), value]);
    push("Tournée", view.line.label.clone());
    push("Date", view.line.on.0.format("%d/%m/%Y").to_string());
    push("Équipe", view.line.team.clone());
    push("État", stage(view.line.stage).to_owned());
    push("Adresses", view.line.stops.to_string());
    push("Personnes prévues ou rencontrées", totals.persons.to_string());
    push("Personnes vaccinées", totals.vaccinated.to_string());
    push("Personnes encore à voir", totals.pending.to_string());
    push("Doses injectées", totals.doses.to_string());
    push("Professionnels de santé vaccinés", totals.health_workers.to_string());
    push("Erreurs d’administration", totals.errors.to_string());
    push("Satisfaction des personnes (1 à 5)", hundredths(totals.satisfaction_x100));
    push("Satisfaction de l’équipe (1 à 5)", hundredths(totals.team_x100));
    push("Minutes de vacation", totals.vacation_minutes.to_string());
    push("Écarts à traiter", view.gaps.iter().filter(|gap| gap.explained.is_none()).count().to_string());
    for line in &view.entries {
        push(&format!("Saisies dues, {}", line.name), line.due.to_string());
        let entered = line.entered.map(|entered| entered.to_string()).unwrap_or_default();
        push(&format!("Saisies faites, {}", line.name), entered);
    }
    table
}

fn people(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "personnes",
        &[
            "Personne",
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
            person.address.clone(),
            yes_no(person.walk_in),
            words(person.outcome).to_owned(),
            person.reason.clone().unwrap_or_default(),
            yes_no(person.call_again),
            person.again_on.map(|day| day.0.format("%d/%m/%Y").to_string()).unwrap_or_default(),
            person.wishes.join(", "),
            hours.join(", "),
            yes_no(person.traced),
        ]);
    }
    table
}

fn outcomes(view: &RoundView) -> Table {
    let mut table = Table::new("issues", &["Issue", "Motif", "Personnes"]);
    for line in &view.outcomes {
        let reason = line.reason.clone().unwrap_or_default();
        table.rows.push(vec![words(line.outcome).to_owned(), reason, line.persons.to_string()]);
    }
    table
}

fn doses(view: &RoundView, zone: Zone) -> Table {
    let mut table =
        Table::new("doses", &["Heure", "Personne", "Vaccin", "Lot", "Injectée par", "Erreur d’administration"]);
    for person in &view.people {
        for dose in &person.doses {
            table.rows.push(vec![
                moment(zone, dose.at),
                person.name.clone(),
                dose.product.clone(),
                dose.lot.clone(),
                dose.by.clone(),
                dose.error.clone().unwrap_or_default(),
            ]);
        }
    }
    table
}

fn lots(view: &RoundView) -> Table {
    let mut table = Table::new(
        "lots",
        &["Vaccin", "Lot", "Emportées", "Tirées en plus", "Injectées", "Cédées", "Perdues", "Rendues", "Reste"],
    );
    for lot in &view.lots {
        let figures = [lot.taken, lot.extra, lot.given, lot.ceded, lot.wasted, lot.returned, lot.left];
        let mut row = vec![lot.name.clone(), lot.lot.clone()];
        row.extend(figures.iter().map(ToString::to_string));
        table.rows.push(row);
    }
    table
}

fn containers(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "contenants",
        &[
            "Contenant",
            "Volume (l)",
            "Remplissage (%)",
            "Ouvert",
            "Premier usage",
            "Fermé",
            "Remis",
            "Poids (kg)",
            "Remis à",
        ],
    );
    for line in &view.containers {
        let kind = match line.kind {
            ContainerKind::SharpsBox => "Boîte à aiguilles",
            ContainerKind::YellowBag => "Sac jaune",
            ContainerKind::Drum => "Fût",
            ContainerKind::Carton => "Carton",
            ContainerKind::OrdinaryBag => "Sac ordinaire",
        };
        let at = |at: Option<Wall>| at.map(|at| moment(zone, at)).unwrap_or_default();
        table.rows.push(vec![
            kind.to_owned(),
            format!("{},{}", line.volume_dl / 10, line.volume_dl % 10),
            line.percent.to_string(),
            at(Some(line.opened_at)),
            at(line.first_use),
            at(line.closed_at),
            at(line.handed_at),
            line.grams.map(|grams| format!("{},{:03}", grams / 1_000, grams % 1_000)).unwrap_or_default(),
            line.to.clone().unwrap_or_default(),
        ]);
    }
    table
}

fn cold_decisions(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "decisions-froid",
        &[
            "Heure",
            "Doses",
            "Décision",
            "Décidé par",
            "Qualité",
            "Motif",
            "Noté par",
            "Réponse du relais",
            "Doses données depuis",
        ],
    );
    for line in &view.cold_decisions {
        let quality = match line.phone_as {
            None => "au relais",
            Some(DecidedAs::Head) => "responsable du relais, au téléphone",
            Some(DecidedAs::Physician) => "médecin, au téléphone",
            Some(DecidedAs::Pharmacist) => "pharmacie, au téléphone",
        };
        let answer = match (&line.answer, line.phone_as) {
            (None, None) => String::new(),
            (None, Some(_)) => "à confirmer".to_owned(),
            (Some(answer), _) => {
                let word = if answer.confirmed { "confirmée" } else { "non confirmée" };
                let reason = answer.reason.as_ref().map(|reason| format!(" : {reason}")).unwrap_or_default();
                format!("{word} par {} le {}{reason}", answer.by, moment(zone, answer.at))
            }
        };
        table.rows.push(vec![
            moment(zone, line.at),
            line.about.join(", "),
            if line.usable { "utilisables" } else { "à détruire" }.to_owned(),
            line.by.clone(),
            quality.to_owned(),
            line.reason.clone(),
            line.noted_by.clone().unwrap_or_default(),
            answer,
            line.given.to_string(),
        ]);
    }
    table
}

fn temperatures(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new("temperatures", &["Heure", "Température (°C)", "Entre 2 et 8 °C", "Motif"]);
    for line in &view.temperatures {
        let reason = line.reason.clone().unwrap_or_default();
        table.rows.push(vec![moment(zone, line.at), tenths(line.tenths), yes_no(line.in_range), reason]);
    }
    table
}

fn difficulties(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new("difficultes", &["Heure", "Nature", "Par ou pour", "Texte"]);
    for line in &view.difficulties {
        let row = [moment(zone, line.at), "Difficulté".to_owned(), line.by.clone(), line.text.clone()];
        table.rows.push(row.to_vec());
    }
    for line in &view.incidents {
        let kind = match line.kind {
            IncidentKind::Reaction => "Réaction",
            IncidentKind::Faint => "Malaise",
            IncidentKind::NeedleStick => "AES",
            IncidentKind::Emergency => "Urgence",
            IncidentKind::Access => "Accès",
        };
        let person = line.person.clone().unwrap_or_default();
        table.rows.push(vec![moment(zone, line.at), kind.to_owned(), person, line.text.clone()]);
    }
    for line in &view.adrenaline {
        let person = line.person.clone().unwrap_or_default();
        table.rows.push(vec![moment(zone, line.at), "Adrénaline".to_owned(), person, String::new()]);
    }
    table
}

fn entries(view: &RoundView) -> Table {
    let mut table = Table::new("saisies", &["Infirmière ou infirmier", "Vues", "Saisies dues", "Saisies faites"]);
    for line in &view.entries {
        let entered = line.entered.map(|entered| entered.to_string()).unwrap_or_default();
        table.rows.push(vec![line.name.clone(), line.seen.to_string(), line.due.to_string(), entered]);
    }
    table
}

fn gaps(view: &RoundView) -> Table {
    let mut table = Table::new("ecarts", &["Écart", "Objet", "Chiffres", "Explication"]);
    for gap in &view.gaps {
        let kind = match gap.kind {
            GapKind::Entries => "Saisies et personnes vues",
            GapKind::Lot => "Doses d’un lot",
            GapKind::Sharps => "Aiguilles et doses",
            GapKind::Open => "Personne sans issue",
            GapKind::TwoDoses => "Deux doses pour un acte",
            GapKind::Conflict => "Corrections contraires",
            GapKind::SetApart => "Doses à isoler",
            GapKind::GivenWarm => "Dose donnée après une température hors limites",
            GapKind::GivenRecalled => "Dose donnée d’un lot déjà écarté",
            GapKind::GivenAgain => "Dose donnée sans connaître la précédente",
            GapKind::Observed => "Surveillance sans fin notée",
            GapKind::Untraced => "Traçabilité à faire",
        };
        let figures: Vec<String> = gap.figures.iter().map(ToString::to_string).collect();
        let explained = gap.explained.clone().unwrap_or_default();
        table.rows.push(vec![kind.to_owned(), gap.about.clone(), figures.join(" / "), explained]);
    }
    table
}

fn waiting(view: &RoundView) -> Table {
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

async fn export(Caller { hub, .. }: Caller, (number, table): (u32, String), (): ()) -> Answer<Csv> {
    let round = seen(&hub, number)?;
    let zone = hub.look(|relay| relay.zone());
    let table = self::table(&round, zone, table.strip_suffix(".csv").unwrap_or(&table))
        .ok_or_else(|| ApiError::not_found("Cet export n’existe pas."))?;
    Ok(Csv { name: format!("tournee-{number}-{}-{}.csv", round.line.on, table.name), bytes: table.to_csv() })
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
