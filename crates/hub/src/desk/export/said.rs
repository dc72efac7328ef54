//! What was read, decided and said on a round, as tables.

use super::words::{moment, tenths, yes_no};
use crate::desk::csv::Table;
use perron_desk_api::{GapKind, RoundView, SaidLine};
use perron_domain::fact::{DecidedAs, IncidentKind};
use perron_domain::time::Wall;
use perron_domain::zone::Zone;

pub(super) fn cold_decisions(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new(
        "decisions-froid",
        &[
            "Heure",
            "Doses",
            "Décision",
            "Compte",
            "Doses concernées",
            "Décidé par",
            "Qualité",
            "Motif",
            "Noté par",
            "Réponse du relais",
            "Doses données depuis",
        ],
    );
    for line in &view.cold_decisions {
        let quality = match line.quality {
            None | Some(DecidedAs::Head) => "responsable du relais",
            Some(DecidedAs::Physician) => "médecin",
            Some(DecidedAs::Pharmacist) => "pharmacie",
        };
        let way = if line.phone_as.is_some() { ", au téléphone" } else { "" };
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
            yes_no(line.stands),
            line.doses.to_string(),
            line.by.clone(),
            format!("{quality}{way}"),
            line.reason.clone(),
            line.noted_by.clone().unwrap_or_default(),
            answer,
            line.given.to_string(),
        ]);
    }
    table
}

pub(super) fn temperatures(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new("temperatures", &["Heure", "Température (°C)", "Entre 2 et 8 °C", "Motif"]);
    for line in &view.temperatures {
        let reason = line.reason.clone().unwrap_or_default();
        table.rows.push(vec![moment(zone, line.at), tenths(line.tenths), yes_no(line.in_range), reason]);
    }
    table
}

/// Says what was done about something, by whom and when.
pub(super) fn follow_up(zone: Zone, followed: Option<&SaidLine>) -> String {
    followed.map(|said| format!("{} ({}, {})", said.text, said.by, moment(zone, said.at))).unwrap_or_default()
}

pub(super) fn difficulties(view: &RoundView, zone: Zone) -> Table {
    let mut table = Table::new("difficultes", &["Heure", "Nature", "Par ou pour", "Texte", "Suite donnée"]);
    let mut lines: Vec<(Wall, [String; 4])> = Vec::new();
    for line in &view.difficulties {
        lines.push((line.at, ["Difficulté".to_owned(), line.by.clone(), line.text.clone(), String::new()]));
    }
    for line in &view.incidents {
        let kind = match line.kind {
            IncidentKind::Reaction => "Réaction",
            IncidentKind::Faint => "Malaise",
            IncidentKind::NeedleStick => "AES",
            IncidentKind::Emergency => "Urgence (15)",
            IncidentKind::Access => "Accès",
        };
        let (person, done) = (line.person.clone().unwrap_or_default(), follow_up(zone, line.followed.as_ref()));
        lines.push((line.at, [kind.to_owned(), person, line.text.clone(), done]));
    }
    for line in &view.adrenaline {
        let (person, done) = (line.person.clone().unwrap_or_default(), follow_up(zone, line.followed.as_ref()));
        lines.push((line.at, ["Adrénaline".to_owned(), person, String::new(), done]));
    }
    lines.sort_by_key(|(at, _)| *at);
    for (at, rest) in lines {
        table.rows.push(std::iter::once(moment(zone, at)).chain(rest).collect());
    }
    table
}

pub(super) fn entries(view: &RoundView) -> Table {
    let mut table = Table::new("saisies", &["Infirmière ou infirmier", "Vues", "Saisies dues", "Saisies faites"]);
    for line in &view.entries {
        let entered = line.entered.map(|entered| entered.to_string()).unwrap_or_default();
        table.rows.push(vec![line.name.clone(), line.seen.to_string(), line.due.to_string(), entered]);
    }
    table
}

pub(super) fn gaps(view: &RoundView) -> Table {
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
            GapKind::TracedNone => "Saisie à annuler : dose retirée",
        };
        let figures: Vec<String> = gap.figures.iter().map(ToString::to_string).collect();
        let explained = gap.explained.clone().unwrap_or_default();
        table.rows.push(vec![kind.to_owned(), gap.about.clone(), figures.join(" / "), explained]);
    }
    table
}
