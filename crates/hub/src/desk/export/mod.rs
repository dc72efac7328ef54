//! The figures of a round as tables for a spreadsheet, in French: what partners and the health agency are sent.

mod people;
mod said;
mod words;

use self::words::{hundredths, moment};
use crate::desk::csv::Table;
use crate::desk::mount::{Addresses, Answer, Caller};
use crate::desk::round::seen;
use crate::errors::ApiError;
use perron_desk_api::{Csv, RoundStage, RoundView, routes};
use perron_domain::fact::ContainerKind;
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
        "personnes" => people::people(view, zone),
        "issues" => people::outcomes(view),
        "doses" => people::doses(view, zone),
        "lots" => lots(view),
        "contenants" => containers(view, zone),
        "temperatures" => said::temperatures(view, zone),
        "decisions-froid" => said::cold_decisions(view, zone),
        "difficultes" => said::difficulties(view, zone),
        "saisies" => said::entries(view),
        "ecarts" => said::gaps(view),
        "attente" => people::waiting(view),
        _ => return None,
    })
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

async fn export(Caller { hub, .. }: Caller, (number, table): (u32, String), (): ()) -> Answer<Csv> {
    let round = seen(&hub, number).await?;
    let zone = hub.look(|relay| relay.zone());
    let table = self::table(&round, zone, table.strip_suffix(".csv").unwrap_or(&table))
        .ok_or_else(|| ApiError::not_found("Cet export n’existe pas."))?;
    Ok(Csv { name: format!("tournee-{number}-{}-{}.csv", round.line.on, table.name), bytes: table.to_csv() })
}
