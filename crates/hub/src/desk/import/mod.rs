//! Addresses of the API to import a list of people.

pub mod preview;
pub mod snapshot;

use crate::desk::mount::{Addresses as Mounted, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::AppState;
use crate::import::addresses::Addresses;
use crate::import::columns::Column;
use crate::import::dates::Habit;
use crate::import::outcome::{Import, Known};
use crate::import::reading::{Mended, Reading};
use crate::import::{Unreadable, difference, refused};
use perron_desk_api::{Code, Csv, ImportDone, ImportPreview, PeopleFile, routes};
use perron_domain::PeopleCommand;
use perron_domain::name::FactName;
use preview::{Chosen, Keep, Shown};
use snapshot::Snapshot;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Returns what is asked here, mounted.
pub fn addresses() -> Mounted {
    Mounted::new()
        .at(routes::PREVIEW_IMPORT, import_preview)
        .at(routes::IMPORT, import)
        .at(routes::REFUSED_ROWS, refused_rows)
        .at(routes::IMPORT_MODEL, model)
}

fn unreadable(error: Unreadable) -> ApiError {
    let (code, message) = match error {
        Unreadable::TooLarge => (Code::TooLarge, "Ce fichier dépasse 64 Mo. Découpez-le en plusieurs listes."),
        Unreadable::TooManyRows => {
            (Code::TooManyRows, "Ce fichier compte plus de 200 000 lignes. Découpez-le en plusieurs listes.")
        }
        Unreadable::TooManyColumns => (
            Code::TooManyColumns,
            "Ce fichier compte plus de 300 colonnes : supprimez les colonnes vides ou inutiles dans le tableur.",
        ),
        Unreadable::Empty => {
            (Code::EmptyFile, "Ce fichier est vide : il faut une ligne de titres, puis une ligne par personne.")
        }
        Unreadable::NotText => (
            Code::NotText,
            "Ce fichier n’est pas un CSV. Dans le tableur, choisissez « Enregistrer sous », puis « CSV (séparateur : point-virgule) ».",
        ),
    };
    ApiError::bad_request(code, message)
}

/// Reads a list against what is known, and says so of each row.
///
/// # Errors
/// [`Unreadable`] when nothing of it can be read.
pub fn read(
    snapshot: &Snapshot,
    addresses: Option<&Addresses>,
    file: &[u8],
    mended: &Mended,
) -> Result<Import, Unreadable> {
    let reading =
        Reading { today: snapshot.today, products: &snapshot.products, dates: Habit::default(), mended, addresses };
    crate::import::read(file, &reading, &snapshot.known)
}

/// Reads a file in a thread of its own, on a copy of what the relay knows: a long list takes seconds of pure work, and
/// nobody who writes meanwhile waits for it.
async fn read_file(hub: &AppState, sent: PeopleFile) -> Result<(Snapshot, Import), ApiError> {
    let hub = Arc::clone(hub);
    let place = |(at, text): (u32, String)| (at as usize, text);
    let mended: Mended =
        sent.mended.into_iter().map(|row| (row.line, row.cells.into_iter().map(place).collect())).collect();
    let work = tokio::task::spawn_blocking(move || {
        let snapshot = hub.look(Snapshot::of);
        let import = read(&snapshot, hub.addresses(), &sent.file, &mended)?;
        Ok((snapshot, import))
    });
    work.await.map_err(ApiError::internal)?.map_err(unreadable)
}

async fn import_preview(Caller { hub, .. }: Caller, (): (), sent: PeopleFile) -> Answer<ImportPreview> {
    let (snapshot, import) = read_file(&hub, sent).await?;
    Ok(preview::preview(&snapshot, &import, Shown::PAGE))
}

async fn import(Caller { hub, author }: Caller, (): (), sent: PeopleFile) -> Answer<ImportDone> {
    let unreadable = || ApiError::bad_request(Code::BadQuery, "La liste des doublons à garder n’est pas lisible.");
    let keep = Keep::parse(&sent.kept.keep).ok_or_else(unreadable)?;
    let take = preview::take(&sent.kept.take).ok_or_else(unreadable)?;
    let (snapshot, import) = read_file(&hub, sent).await?;
    if !import.missing_columns.is_empty() {
        let columns: Vec<&str> = import.missing_columns.iter().map(|column| column.title()).collect();
        let columns = columns.join(", ");
        return Err(ApiError::bad_request(Code::MissingColumns, format!("Il manque des colonnes : {columns}.")));
    }
    let bad = import.bad.len();
    let Chosen { added, taken, left_out, unchanged } = preview::chosen(import, &keep, &take);
    let known: BTreeMap<FactName, &Known> = snapshot.known.iter().map(|one| (one.name, one)).collect();
    let changes: Vec<PeopleCommand> = taken
        .into_iter()
        .filter_map(|(person, row)| {
            // What the desk edits, and not what rounds gave beside it.
            let editable = hub.look(|relay| relay.editable(person))?;
            let record = difference::taken(&editable, known.get(&person)?.said(&row), &row)?;
            Some(PeopleCommand::Change { person, record, reason: Some("liste importée".to_owned()) })
        })
        .collect();
    let changed = changes.len();
    let commands: Vec<PeopleCommand> = added.into_iter().map(PeopleCommand::Add).chain(changes).collect();
    let adding = commands.len().saturating_sub(changed);
    let written = hub.people_commands(author, commands).await?.len();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(ImportDone {
        added: count(written.saturating_sub(changed)),
        left_out,
        // Whoever came in meanwhile by the same list, sent twice, is known by now.
        already_known: count(unchanged.len()) + count(adding.saturating_sub(written.saturating_sub(changed))),
        known: preview::known(&snapshot, unchanged.into_iter(), Shown::PAGE),
        changed: count(changed),
        bad: count(bad),
    })
}

async fn refused_rows(Caller { hub, .. }: Caller, (): (), sent: PeopleFile) -> Answer<Csv> {
    let (_, import) = read_file(&hub, sent).await?;
    Ok(Csv { name: "lignes-refusees.csv".to_owned(), bytes: refused::file(&import) })
}

async fn model(_: Caller, (): (), (): ()) -> Answer<Csv> {
    let titles: Vec<&str> =
        Column::ALL.iter().filter(|column| column.in_model()).map(|column| column.title()).collect();
    let text = format!("\u{feff}{}\r\n", titles.join(";"));
    Ok(Csv { name: "modele-personnes.csv".to_owned(), bytes: text.into_bytes() })
}
