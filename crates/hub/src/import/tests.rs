//! What a coordinator may send, and what she is told.

use super::dates::Habit;
use super::outcome::*;
use super::problem::Code;
use super::products::ProductNames;
use super::reading::{Mended, Reading};
use super::*;
use perron_desk_api::Likeness;
use perron_domain::date::Day;
use perron_domain::name::{DeviceId, FactName};
use perron_domain::people::PersonRecord;
use perron_domain::people::{Audience, Priority, Protection, Sex};

fn names() -> ProductNames {
    ProductNames::new([
        ("comirnaty-lp81-30", "Comirnaty LP.8.1"),
        ("influenza-standard", "Vaccin grippal"),
        ("shingrix", "Shingrix"),
    ])
}

pub(super) fn read_with(bytes: &[u8], known: &[Known], mended: &Mended) -> Result<Import, Unreadable> {
    let products = names();
    let today = Day::new(2026, 1, 20).unwrap();
    read(bytes, &Reading { today, products: &products, dates: Habit::default(), mended, addresses: None }, known)
}

pub(super) fn read_alone(bytes: &[u8]) -> Result<Import, Unreadable> {
    read_with(bytes, &[], &Mended::new())
}

pub(super) fn import_with(bytes: &[u8], known: &[Known]) -> Import {
    read_with(bytes, known, &Mended::new()).unwrap()
}

pub(super) fn import_mended(bytes: &[u8], mended: &Mended) -> Import {
    read_with(bytes, &[], mended).unwrap()
}

pub(super) fn import(bytes: &[u8]) -> Import {
    import_with(bytes, &[])
}

/// Returns the people of a list as the relay knows them once it went in.
pub(super) fn known_of(import: &Import) -> Vec<Known> {
    let known = |(number, (row, key)): (u32, (&Row, &String))| Known {
        name: FactName::new(DeviceId::HUB, number),
        sources: vec![Source { key: key.clone(), said: None }],
        record: row.record.clone(),
    };
    (1..).zip(import.rows.iter().zip(&import.keys)).map(known).collect()
}

const HEAD: &str = "Nom de naissance;Prénom(s);Date de naissance;Adresse\n";

#[test]
fn a_whole_row_is_read() {
    let file = "Nom de naissance;Nom utilisé;Prénom(s);Date de naissance;Sexe;Téléphone;numero;rep;nom_voie;code_postal;\
        nom_commune;lon;lat;code_iris;Étage;Code d’entrée;Foyer;Priorité;Public;Origine;Professionnel de santé;\
        Médecin traitant;Langue;Mobilité;Mesure de protection;Vaccins souhaités;Rang;Doses antérieures;Infections;Notes\n\
        Parapluie;Ombrelle;Odette Marie;12/03/1941;F;06 12 34 56 78;7;bis;Rue NoÃ©mie;93140;Bondy;2.488881;48.893494;\
        930100302;3e;A12B;F1;très haut risque|aîné;personne âgée isolée;numéro vert;non;Dr Serviette;tamoul;canne;\
        curatelle;covid|grippe;3;comirnaty-lp81-30@2025-01-15|janssen@?;?;chien gentil\n";
    let import = import(file.as_bytes());
    assert_eq!(import.bad, []);
    assert_eq!((import.unknown_columns.len(), import.repaired), (0, 1));
    let row = &import.rows[0];
    assert_eq!(row.remarks, []);
    let record = &row.record;
    assert_eq!(record.address.line, "7 bis Rue Noémie");
    assert_eq!((record.address.lon, record.address.iris.as_deref()), (Some(2.488881), Some("930100302")));
    assert_eq!(record.phone.as_deref(), Some("0612345678"));
    assert_eq!((record.sex, record.protection), (Sex::Female, Protection::Curatelle));
    assert_eq!(record.priorities, [Priority::VeryHighRisk, Priority::Elder]);
    assert_eq!(record.audience, Some(Audience::ElderlyIsolated));
    let wishes: Vec<_> = record.wishes.iter().map(|wish| (wish.product.as_str(), wish.rank)).collect();
    assert_eq!(wishes, [("comirnaty-lp81-30", Some(3)), ("influenza-standard", None)]);
    assert_eq!(record.doses.len(), 2);
    assert_eq!(record.doses[1].on, None);
    assert_eq!((record.infections.len(), record.infections[0].on), (1, None));
    assert_eq!(record.notes.as_deref(), Some("chien gentil"));
}

#[test]
fn each_bad_row_says_its_line_and_every_reason_and_the_others_go_in() {
    let file = format!(
        "{HEAD}Boussole;Jean;31/02/1950;1 Rue A\nLanterne;Rose;1951;2 Rue A\n;Paul;21/01/2026;\n\nCasserole;Lou;12/03/21;3 Rue A\n"
    );
    let import = import(file.as_bytes());
    assert_eq!(import.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);
    let reasons: Vec<(u64, Vec<Code>)> =
        import.bad.iter().map(|bad| (bad.line, bad.problems.iter().map(|p| p.code).collect())).collect();
    assert_eq!(
        reasons,
        [
            (2, vec![Code::DateImpossible]),
            (4, vec![Code::Missing, Code::DateFuture, Code::Missing]),
            (6, vec![Code::DateTwoDigitYear]),
        ]
    );
    assert_eq!(import.bad[0].problems[0].fr, "Date de naissance : « 31/02/1950 » n’existe pas au calendrier");
}

#[test]
fn doubtful_words_about_agreement_keep_a_row_out_and_others_are_kept_as_notes() {
    let file = "Nom;Prénom;Naissance;Adresse;Protection;Public;Téléphone\n\
        A;B;1950;1 Rue A;protégée;jeune;\nC;D;1951;2 Rue A;;marin pêcheur;chez sa fille\n";
    let import = import(file.as_bytes());
    assert_eq!(import.bad[0].problems[0].code, Code::WordUnknown);
    let row = &import.rows[0];
    assert_eq!(row.remarks.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::PhoneUnreadable, Code::WordUnknown]);
    assert_eq!(row.record.notes.as_deref(), Some("Téléphone : chez sa fille\nPublic : marin pêcheur"));
}

#[test]
fn a_dose_before_the_birth_or_of_an_unknown_product_is_a_bad_row() {
    let file = "Nom;Prénom;Naissance;Adresse;Doses antérieures\n\
        A;B;2001;1 Rue A;shingrix@1999\nC;D;1951;2 Rue A;poudre de perlimpinpin@2020\nE;F;1950;3 Rue A;autre@2020|shingrix\n";
    let import = import(file.as_bytes());
    assert_eq!(
        import.bad.iter().map(|bad| bad.problems[0].code).collect::<Vec<_>>(),
        [Code::BeforeBirth, Code::ProductUnknown]
    );
    assert_eq!(import.rows[0].record.doses.len(), 2);
}

#[test]
fn the_same_file_twice_adds_nobody_twice() {
    let file = format!("{HEAD}Boussole;Jean;1950;1 Rue A\nBoussole;Jeanne;1950;1 Rue A\nBOUSSOLE;JEAN;1950;1, rue A\n");
    let first = import(file.as_bytes());
    assert_eq!((first.rows.len(), first.bad.len()), (3, 0));
    let doubtful: Vec<_> = first.duplicates.iter().map(|one| (one.line, one.other.clone())).collect();
    assert!(doubtful.contains(&(4, Other::Line(2))), "the same row again is asked about: {doubtful:?}");
    let second = import_with(file.as_bytes(), &known_of(&first));
    assert_eq!((second.rows.len(), second.already_known.len(), second.duplicates.len()), (0, 3, 0));
}

#[test]
fn a_person_corrected_at_the_desk_is_still_the_row_that_she_came_from() {
    let file = format!("{HEAD}Bousole;Jean;1950;1 Rue A\n");
    let first = import(file.as_bytes());
    let said = first.rows[0].record.clone();
    let record = PersonRecord { birth_name: "Boussole".into(), ..said.clone() };
    let name = FactName::new(DeviceId::HUB, 1);
    let known = [Known { name, sources: vec![Source { key: first.keys[0].clone(), said: Some(said) }], record }];
    assert_eq!(import_with(file.as_bytes(), &known).already_known, [AlreadyKnown { line: 2, person: name }]);
}

#[test]
fn likely_duplicates_stand_beside_whom_they_may_be() {
    let file = format!("{HEAD}Boussole;Jean;12/03/1950;1 Rue A\nBousole;Jean;12/03/1950;9 Rue B\n");
    let import = import(file.as_bytes());
    assert_eq!(import.rows.len(), 2, "nothing is thrown away before somebody decides");
    let duplicate = &import.duplicates[0];
    assert_eq!((duplicate.line, &duplicate.other), (3, &Other::Line(2)));
    assert_eq!(duplicate.likenesses, [Likeness::CloseName, Likeness::SameBirth]);
}

#[test]
fn windows_1252_with_commas_is_read() {
    let text = "Nom,Prénom,Date de naissance,Adresse,Étage\nThéière,Zoé,01/05/2007,\"7, rue Noémie\",2\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let import = import(&bytes);
    assert_eq!((import.encoding, import.separator), (Encoding::Windows1252, ','));
    assert_eq!(import.rows[0].record.birth_name, "Théière");
    assert_eq!(import.rows[0].record.address.line, "7, rue Noémie");
}

#[test]
fn a_file_without_a_needed_column_says_which() {
    let import = import("Nom;Couleur\nA;bleu\n".as_bytes());
    assert_eq!(import.missing_columns, [Column::GivenNames, Column::BirthDate, Column::Address]);
    assert_eq!(import.unknown_columns, ["Couleur"]);
    assert!(import.rows.is_empty());
}

#[test]
fn what_is_no_list_is_refused() {
    assert_eq!(read_alone(b""), Err(Unreadable::Empty));
    assert_eq!(read_alone(b"\n\n;;;\n"), Err(Unreadable::Empty));
    assert_eq!(read_alone(b"PK\x03\x04rest"), Err(Unreadable::NotText));
}

#[test]
fn too_many_cells_make_one_bad_row() {
    let file = format!("{HEAD}A;B;1950;1 Rue A;;\nC;D;1950;2 Rue A;trop\n");
    let import = import(file.as_bytes());
    assert_eq!((import.rows.len(), import.bad[0].problems[0].code), (1, Code::TooManyCells));
}

#[test]
fn a_hundred_thousand_rows_are_read() {
    let mut file = HEAD.to_owned();
    for n in 0..100_000_u32 {
        let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 1930 + n / 336 % 80);
        file.push_str(&format!("Nom{};Prenom{n};{day:02}/{month:02}/{year};{} Rue {}\n", n % 1_000, n % 90, n % 300));
    }
    let start = std::time::Instant::now();
    let import = import(file.as_bytes());
    eprintln!("100,000 rows: {:?}", start.elapsed());
    assert_eq!(import.rows.len() + import.bad.len(), 100_000);
    assert_eq!(import.bad.len(), 0);
}

#[test]
fn one_row_repeated_is_shown_beside_few_others() {
    let file = format!("{HEAD}{}", "Liste;Ana;01/02/1950;1 Rue Laug;;\n".repeat(20_000));
    let import = import(file.as_bytes());
    assert_eq!((import.rows.len(), import.bad.len()), (20_000, 0));
    assert!(import.duplicates.len() < 3 * 20_000, "{}", import.duplicates.len());
    let keys: std::collections::BTreeSet<_> = import.keys.iter().collect();
    assert_eq!(keys.len(), 20_000, "each has a key of its own");
}

#[test]
fn every_street_of_bondy_encoded_twice_is_repaired_and_no_good_one_is_harmed() {
    // Base Adresse Nationale, export of May 2022: 2,181 of its rows carry «GalliÃ©ni», 226 more only «lâ€™Est».
    let file = include_bytes!("../../../../demo/ban_bondy_93010.csv");
    let mut decoder = Decoder::default();
    let (mut untouched, mut with_letters) = (0, 0);
    for record in Records::new(file, reader::sniff_separator(file)) {
        let Record::Cells(line, cells) = record else { panic!("no cell of this file runs over many lines") };
        for cell in &cells {
            let before = decoder.repaired;
            with_letters += usize::from(cell.windows(2).any(|pair| pair == "Ã".as_bytes()));
            let text = decoder.cell(cell);
            assert!(!text.contains(['Ã', 'â', 'Â', '€', '™']), "line {line}: {text}");
            if decoder.repaired == before {
                assert_eq!(text.as_bytes(), cell.trim_ascii(), "line {line}");
                untouched += 1;
            }
        }
    }
    assert_eq!((decoder.repaired, decoder.encoding()), (2_407, Encoding::Utf8));
    assert_eq!((with_letters, untouched), (2_181, 8_414 * 14 - 2_407));
}
