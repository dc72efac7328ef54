//! Addresses of the API to import a list of people.

pub mod preview;

use crate::desk::mount::{Addresses, Answer, Caller};
use crate::errors::ApiError;
use crate::hub::AppState;
use crate::import::columns::Column;
use crate::import::{Import, Unreadable};
use perron_desk_api::{Code, Csv, ImportDone, ImportPreview, PeopleFile, routes};
use perron_domain::PeopleCommand;
use preview::Keep;
use std::sync::Arc;

/// Returns what is asked here, mounted.
pub fn addresses() -> Addresses {
    Addresses::new()
        .at(routes::PREVIEW_IMPORT, import_preview)
        .at(routes::IMPORT, import)
        .at(routes::IMPORT_MODEL, model)
}

fn unreadable(error: Unreadable) -> ApiError {
    let (code, message) = match error {
        Unreadable::TooLarge => (Code::TooLarge, "Ce fichier dépasse 64 Mo. Découpez-le en plusieurs listes."),
        Unreadable::TooManyRows => {
            (Code::TooManyRows, "Ce fichier compte plus de 200 000 lignes. Découpez-le en plusieurs listes.")
        }
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

/// Reads a file in a thread of its own: a long list takes a second of pure work.
async fn read_file(hub: &AppState, file: Vec<u8>) -> Result<(Import, ImportPreview), ApiError> {
    let hub = Arc::clone(hub);
    let work = tokio::task::spawn_blocking(move || {
        hub.look(|relay| {
            let import = preview::read(relay, &file)?;
            let preview = preview::preview(relay, &import);
            Ok((import, preview))
        })
    });
    work.await.map_err(ApiError::internal)?.map_err(unreadable)
}

async fn import_preview(
    Caller { hub, .. }: Caller,
    (): (),
    PeopleFile { file, .. }: PeopleFile,
) -> Answer<ImportPreview> {
    let (_, preview) = read_file(&hub, file).await?;
    Ok(preview)
}

async fn import(Caller { hub, author }: Caller, (): (), PeopleFile { file, kept }: PeopleFile) -> Answer<ImportDone> {
    let keep = Keep::parse(&kept.keep)
        .ok_or_else(|| ApiError::bad_request(Code::BadQuery, "La liste des doublons à garder n’est pas lisible."))?;
    let (import, preview) = read_file(&hub, file).await?;
    if !preview.missing_columns.is_empty() {
        let columns = preview.missing_columns.join(", ");
        return Err(ApiError::bad_request(Code::MissingColumns, format!("Il manque des colonnes : {columns}.")));
    }
    let (people, left_out) = preview::chosen(import, &keep);
    let commands: Vec<PeopleCommand> = people.into_iter().map(PeopleCommand::Add).collect();
    let names = hub.people_commands(author, commands).await?;
    Ok(ImportDone {
        added: u32::try_from(names.len()).unwrap_or(u32::MAX),
        left_out,
        already_known: preview.already_known,
        bad: preview.bad_total,
    })
}

async fn model(_: Caller, (): (), (): ()) -> Answer<Csv> {
    let titles: Vec<&str> =
        Column::ALL.iter().filter(|column| **column != Column::Name).map(|column| column.title()).collect();
    let text = format!("\u{feff}{}\r\n", titles.join(";"));
    Ok(Csv { name: "modele-personnes.csv".to_owned(), bytes: text.into_bytes() })
}
