//! Lists of people at the desk: what is known but different, mended, typed by hand, found in the file of addresses, and
//! looked at without a hub.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod support;

use perron_desk_api::{
    AlikeLine, ImportDone, ImportPreview, KnownRow, MendedRow, PeopleFile, PeoplePage, PersonFile, Sent,
};
use perron_domain::people::{Address, PersonRecord, Priority};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use std::process::Command;
use support::Relay;

const FIRST: &[u8] = include_bytes!("lists/14a_first_list.csv");
const SECOND: &[u8] = include_bytes!("lists/14b_corrected_list.csv");

async fn send<T: DeserializeOwned>(relay: &Relay, path: &str, file: impl Into<Vec<u8>>) -> T {
    let (status, body) = relay.post(path, file.into()).await;
    assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).unwrap()
}

async fn read<T: DeserializeOwned>(relay: &Relay, path: &str) -> T {
    relay.client.get(relay.at(path)).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn what_a_list_says_otherwise_is_shown_and_taken_only_where_somebody_says_so() {
    let relay = Relay::open().await;
    let _: ImportDone = send(&relay, "/api/people/import", FIRST).await;
    let preview: ImportPreview = send(&relay, "/api/people/import/preview", SECOND).await;
    assert_eq!((preview.read, preview.rows, preview.already_known, preview.changed_rows), (1, 0, 0, 1));
    let change = &preview.changed[0];
    assert_eq!((change.line, change.differs.as_slice()), (2, &["phone".to_owned(), "priorities".to_owned()][..]));
    assert_eq!(change.there.phone.as_deref(), Some("0612340001"));

    assert_eq!(preview.known, [], "she is shown with her differences");
    let left: ImportDone = send(&relay, "/api/people/import", SECOND).await;
    assert_eq!((left.added, left.changed, left.already_known), (0, 0, 1), "without a word nothing changes");
    assert_eq!(left.known.iter().map(|one| (one.line, one.person)).collect::<Vec<_>>(), [(2, change.person)]);
    let person = change.person;
    let take = format!("/api/people/import?take=2@{person}");
    let taken: ImportDone = send(&relay, &take, SECOND).await;
    assert_eq!((taken.added, taken.changed), (0, 1));
    let record: PersonRecord = read(&relay, &format!("/api/people/{person}")).await;
    assert_eq!((record.phone.as_deref(), record.priorities), (Some("0699000002"), vec![Priority::VeryHighRisk]));
    let again: ImportDone = send(&relay, &take, SECOND).await;
    assert_eq!((again.changed, again.already_known), (0, 1), "taken once");

    let other = String::from_utf8(SECOND.to_vec()).unwrap().replace("0699000002", "0699000003");
    let added: ImportDone = send(&relay, "/api/people/import?keep=2", other).await;
    assert_eq!((added.added, added.changed), (1, 0), "another person after all");
    assert_eq!(read::<PeoplePage>(&relay, "/api/people").await.total, 2);
}

#[tokio::test]
async fn two_real_people_of_one_name_both_go_in_and_only_once() {
    let relay = Relay::open().await;
    let file: &[u8] = include_bytes!("lists/13_hostel_same_name.csv");
    let done: ImportDone = send(&relay, "/api/people/import?keep=3", file).await;
    assert_eq!((done.added, done.left_out, done.bad), (2, 0, 0));
    let again: ImportDone = send(&relay, "/api/people/import?keep=all", file).await;
    assert_eq!((again.added, again.already_known), (0, 2));
}

#[tokio::test]
async fn whoever_is_known_already_is_named_before_and_after_the_list_went_in() {
    let relay = Relay::open().await;
    let file = "Nom;Prénom;Date de naissance;Téléphone;Adresse\nBobine;Ana;01/05/1931;0612340001;1 rue A\n\
        Trousse;Lou;02/06/1942;;2 rue B\n";
    let _: ImportDone = send(&relay, "/api/people/import", file).await;
    let more = format!("{file}Chandelle;Mia;03/07/1953;;3 rue C\n");
    let preview: ImportPreview = send(&relay, "/api/people/import/preview", more.clone()).await;
    let said = |known: &[KnownRow]| {
        known.iter().map(|one| (one.line, one.known.birth_name.clone())).collect::<Vec<(u64, String)>>()
    };
    let both = [(2, "Bobine".to_owned()), (3, "Trousse".to_owned())];
    assert_eq!((preview.already_known, said(&preview.known)), (2, both.to_vec()));
    let done: ImportDone = send(&relay, "/api/people/import", more).await;
    assert_eq!((done.added, done.already_known, said(&done.known)), (1, 2, both.to_vec()));
    // The name leads to her page.
    let record: PersonRecord = read(&relay, &format!("/api/people/{}", done.known[0].person)).await;
    assert_eq!(record.birth_name, "Bobine");
}

#[tokio::test]
async fn a_refused_row_goes_in_once_it_is_mended_on_the_screen() {
    let relay = Relay::open().await;
    let file = "Nom;Prénom;Date de naissance;Adresse\nHase;Lou;31/02/1945;1 rue A\n".as_bytes().to_vec();
    let preview: ImportPreview = send(&relay, "/api/people/import/preview", file.clone()).await;
    let wrong: Vec<(u32, &str)> =
        preview.bad[0].cells.iter().filter(|cell| cell.wrong).map(|cell| (cell.at, cell.value.as_str())).collect();
    assert_eq!(wrong, [(2, "31/02/1945")]);
    let mended = vec![MendedRow { line: 2, cells: vec![(2, "28/02/1945".to_owned())] }];
    let sent = PeopleFile { file: file.clone(), mended, ..PeopleFile::default() };
    let path = format!("/api/people/import?{}", sent.query().unwrap());
    let done: ImportDone = send(&relay, &path, sent.body().unwrap()).await;
    assert_eq!((done.added, done.bad), (1, 0));
    let (status, away) = relay.post("/api/people/import/refused", file).await;
    let away = String::from_utf8(away).unwrap();
    assert!(status.is_success() && away.contains("Motif du refus") && away.contains("31/02/1945"), "{away}");
}

#[tokio::test]
async fn a_duplicate_typed_by_hand_is_shown_before_it_is_added() {
    let relay = Relay::open().await;
    let _: ImportDone = send(&relay, "/api/people/import", FIRST).await;
    let typed = PersonRecord {
        birth_name: "ELANOR".into(),
        given_names: "Zoé".into(),
        birth: "1945-02-01".parse().ok(),
        address: Address { line: "9 rue Ailleurs".into(), ..Address::default() },
        ..PersonRecord::default()
    };
    let ask = async |record: &PersonRecord| {
        let answer = relay.client.post(relay.at("/api/people/alike")).json(record).send().await.unwrap();
        answer.json::<Vec<AlikeLine>>().await.unwrap()
    };
    let alike = ask(&typed).await;
    assert_eq!((alike.len(), alike[0].brief.phone.as_deref()), (1, Some("0612340001")));
    let stranger = PersonRecord { birth_name: "Bobine".into(), given_names: "Paul".into(), ..typed };
    assert_eq!(ask(&stranger).await, []);
}

#[tokio::test]
async fn two_records_of_one_person_are_joined_and_their_rows_add_nobody_again() {
    let relay = Relay::open().await;
    let file = "Nom;Prénom;Date de naissance;Téléphone;Adresse\nBobine;Ana;01/05/1931;;1 rue A\n\
        Bobinne;Ana;01/05/1931;0612340001;1 rue A\n";
    let done: ImportDone = send(&relay, "/api/people/import?keep=all", file).await;
    assert_eq!(done.added, 2);
    let people: PeoplePage = read(&relay, "/api/people?q=bobine").await;
    let other: PeoplePage = read(&relay, "/api/people?q=bobinne").await;
    let (kept, gone) = (people.persons[0].id, other.persons[0].id);
    let join = relay.client.post(relay.at(&format!("/api/people/{kept}/join")));
    let stays: String = join.json(&serde_json::json!({ "other": gone })).send().await.unwrap().json().await.unwrap();
    assert_eq!(stays, kept.to_string());
    let people: PeoplePage = read(&relay, "/api/people").await;
    assert_eq!((people.total, people.persons[0].phone.as_deref()), (1, Some("0612340001")));
    assert_eq!(people.persons[0].birth_name, "Bobine");
    let again: ImportDone = send(&relay, "/api/people/import?keep=all", file).await;
    assert_eq!((again.added, again.already_known), (0, 2));
    let old: PersonRecord = read(&relay, &format!("/api/people/{gone}")).await;
    assert_eq!(old.birth_name, "Bobine", "an old address leads to the record that stays");
    let file: PersonFile = read(&relay, &format!("/api/people/{gone}/file")).await;
    assert_eq!(file.line.birth_name, "Bobine", "and so does that of its file");
    let join = relay.client.post(relay.at(&format!("/api/people/{kept}/join")));
    let refused = join.json(&serde_json::json!({ "other": gone })).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "they are one already");
}

#[tokio::test]
async fn streets_are_one_however_they_are_written() {
    let relay = Relay::open().await;
    let file = "Nom;Prénom;Date de naissance;Adresse\nA;B;1950;1 Avenue de l’Est\nC;D;1951;2 AV. DE L'EST\nE;F;1952;3 avenue de l’est\nG;H;1953;4 Avenue de l’Est\n";
    let _: ImportDone = send(&relay, "/api/people/import", file).await;
    let people: PeoplePage = read(&relay, "/api/people").await;
    assert_eq!(people.streets.len(), 1);
    assert_eq!((people.streets[0].value.as_str(), people.streets[0].count), ("Avenue de l’Est", 4));
    let found: PeoplePage = read(&relay, "/api/people?street=Avenue%20de%20l%E2%80%99Est").await;
    assert_eq!(found.found, 4);
}

#[tokio::test]
async fn missing_coordinates_are_found_in_the_file_of_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let ban = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/ban_bondy_93010.csv");
    perron_hub::serve::keep_addresses(&folder.path().join("data"), &ban).unwrap();
    let relay = Relay::on(folder).await;
    let file = "Nom;Prénom;Date de naissance;Adresse;Code postal;Ville\n\
        Hase;Lou;1945;1 allee Marguerite Duras;93140;Bondy\nHase;Lia;1946;4000 rue Nulle Part;93140;Bondy\n";
    let preview: ImportPreview = send(&relay, "/api/people/import/preview", file).await;
    assert_eq!((preview.sample[0].person.lon, preview.sample[0].person.lat), (Some(2.488881), Some(48.893494)));
    assert_eq!(preview.sample[0].record.address.iris.as_deref(), Some("930100302"));
    assert_eq!((preview.remarks[0].line, preview.remarks[0].code.as_str()), (3, "place_unknown"));

    let typed = PersonRecord {
        birth_name: "Bobine".into(),
        given_names: "Paul".into(),
        birth: "1945".parse().ok(),
        address: Address { line: "2 Allée Marguerite Duras".into(), ..Address::default() },
        ..PersonRecord::default()
    };
    let id: String =
        relay.client.post(relay.at("/api/people")).json(&typed).send().await.unwrap().json().await.unwrap();
    assert!(read::<PersonFile>(&relay, &format!("/api/people/{id}/file")).await.line.located);

    let none = tempfile::NamedTempFile::new().unwrap();
    let refused = perron_hub::serve::keep_addresses(&tempfile::tempdir().unwrap().path().join("data"), none.path());
    assert!(refused.unwrap_err().to_string().contains("Base Adresse Nationale"));
}

#[test]
fn a_list_is_looked_at_without_a_hub() {
    let lists = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists");
    let check = |file: &std::path::Path, more: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_perron")).args(["import", "--check"]).arg(file).args(more).output();
        run.unwrap()
    };
    let ban = lists.join("../../../../demo/ban_bondy_93010.csv").to_string_lossy().into_owned();
    let many: String = (0..40).map(|n| format!("Hase;Lou{n};1945;{n} Allée Marguerite Duras;93140;Bondy\n")).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("Nom;Prénom;Date de naissance;Adresse;Code postal;Ville\n{many}")).unwrap();
    let preview: ImportPreview = serde_json::from_slice(&check(file.path(), &["--ban", &ban]).stdout).unwrap();
    assert_eq!((preview.read, preview.sample.len()), (40, 40), "every person");
    assert_eq!(preview.sample[1].person.lon, Some(2.488881));
    for one in std::fs::read_dir(&lists).unwrap() {
        let path = one.unwrap().path();
        let rows =
            std::fs::read(&path).unwrap().split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count() - 1;
        let preview: ImportPreview = serde_json::from_slice(&check(&path, &[]).stdout).unwrap();
        assert_eq!(preview.read as usize, rows, "{}", path.display());
        assert_eq!(preview.already_known + preview.changed_rows, 0, "nobody is known");
    }
    let missing = check(&lists.join("nowhere.csv"), &[]);
    assert!(!missing.status.success() && String::from_utf8_lossy(&missing.stderr).contains("nowhere.csv"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_sent_twice_at_once_goes_in_once() {
    let relay = Relay::open().await;
    // Nobody like another: names in letters, each with her own day, telephone and number in the street.
    let letter = |n: u32| char::from(b'a' + u8::try_from(n % 26).unwrap());
    let row = |n: u32| {
        let name: String = [n, n / 26, 7 * n, 11 * n, 3 * n + 5].map(letter).into_iter().collect();
        let (day, month, year) = (n % 28 + 1, n % 12 + 1, 1930 + n % 60);
        format!("{name};Zoe;{day:02}/{month:02}/{year};061234{n:04};{n} rue du Test;93140;Bondy\n")
    };
    let list = std::iter::once("Nom;Prénom;Date de naissance;Téléphone;Adresse;Code postal;Ville\n".to_owned())
        .chain((1..=1500).map(row))
        .collect::<String>();
    let once = || send::<ImportDone>(&relay, "/api/people/import", list.clone());
    let (one, other) = tokio::join!(once(), once());
    assert_eq!(one.added + other.added, 1500, "{one:?} {other:?}");
    for done in [&one, &other] {
        assert_eq!(done.added + done.already_known, 1500, "every row is counted: {done:?}");
    }
    assert_eq!(read::<PeoplePage>(&relay, "/api/people").await.total, 1500);
}
