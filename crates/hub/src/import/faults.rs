//! Lists as partners really sent them, kind by kind, each with the right value of what they say. The files stand in
//! `tests/lists`; the people are invented.

use super::outcome::*;
use super::reading::Mended;
use super::tests::{import, import_with, known_of};
use super::*;
use perron_domain::people::{Priority, Wish};

macro_rules! list {
    ($name:literal) => {
        include_bytes!(concat!("../../tests/lists/", $name))
    };
}

fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

/// Returns the one person of a list with these headings and cells.
fn one(headings: &str, cells: &str) -> Row {
    let file = format!("Nom;Prénom;Date de naissance;{headings}\nHase;Lou;01/02/1945;{cells}\n");
    let mut import = import(file.as_bytes());
    assert_eq!(import.bad, [], "{cells}");
    import.rows.remove(0)
}

#[test]
fn numbers_that_became_decimals() {
    let import = import(list!("01_floats.csv"));
    let record = &import.rows[0].record;
    assert_eq!(record.phone.as_deref(), Some("0612340001"));
    assert_eq!((record.address.line.as_str(), record.address.postcode.as_str()), ("12 Rue du Test", "93140"));
    assert_eq!(import.rows[0].remarks, [], "nothing was lost");
    for number in ["612340001.0", "6.12340001E8", "6,12340001E+08", "0612340001", "'0612340001", "=\"0612340001\""] {
        let row = one("Téléphone;Adresse", &format!("\"{}\";1 rue A", number.replace('"', "\"\"")));
        assert_eq!(row.record.phone.as_deref(), Some("0612340001"), "{number}");
    }
    for code in ["93140.0", "9.3140E4", "93140,00", "93 140", "F-93140"] {
        let row = one("Adresse;Code postal", &format!("1 rue A;{code}"));
        assert_eq!((row.record.address.postcode.as_str(), row.remarks.len()), ("93140", 0), "{code}");
    }
    let row = one("Étage;Code d’entrée;Adresse", "3.0;1234.0;12.0 rue A 93140.0 Bondy");
    assert_eq!((row.record.floor.as_deref(), row.record.door_code.as_deref()), (Some("3"), Some("1234")));
    assert_eq!((row.record.address.line.as_str(), row.record.address.city.as_str()), ("12 rue A", "Bondy"));
}

#[test]
fn a_number_whose_digits_are_lost_is_told_and_never_dialled() {
    for number in ["6,12E+08", "6.12E8", "3,36E+10"] {
        let row = one("Téléphone;Adresse", &format!("{number};1 rue A"));
        assert_eq!((row.record.phone.as_deref(), codes(&row.remarks)), (None, vec![Code::NumberCut]), "{number}");
        assert_eq!(row.remarks[0].value, number);
    }
}

#[test]
fn errors_of_formulas_and_postcodes_and_numbers_that_are_none() {
    for error in ["#REF!", "#N/A", "#VALEUR!", "#DIV/0!", "#NOM?", "#####"] {
        let row = one(
            "Téléphone;numero;nom_voie;code_postal;nom_commune;Notes",
            &format!("{error};{error};Rue A;{error};Bondy;{error}"),
        );
        let address = &row.record.address;
        assert_eq!((address.line.as_str(), address.postcode.as_str()), ("Rue A", ""), "{error}");
        assert_eq!((row.record.phone.as_deref(), row.record.notes.as_deref()), (None, None), "{error}");
        assert_eq!(codes(&row.remarks), [Code::FormulaError; 4], "each is told");
    }
    let row = one("numero;nom_voie;code_postal", "99999;Rue A;99999");
    assert_eq!((row.record.address.line.as_str(), row.record.address.postcode.as_str()), ("Rue A", ""));
    assert_eq!(codes(&row.remarks), [Code::NumberNone, Code::PostcodeUnknown]);
    let needed = import(b"Nom;Prenom;Date naissance;Adresse\n#REF!;Lou;1945;1 rue A\n");
    assert_eq!(codes(&needed.bad[0].problems), [Code::FormulaError], "a name that a formula lost");
}

#[test]
fn other_encodings_are_recognised() {
    for (file, encoding) in
        [(&list!("04_macroman.csv")[..], Encoding::MacRoman), (&list!("05_cp850.csv")[..], Encoding::Cp850)]
    {
        let import = import(file);
        let record = &import.rows[0].record;
        assert_eq!((record.birth_name.as_str(), record.given_names.as_str()), ("Élan", "Zoé"));
        assert_eq!((record.address.line.as_str(), import.encoding), ("1 allée du Test", encoding));
    }
}

#[test]
fn letters_that_are_lost_are_pointed_out() {
    let import = import(list!("07_accents_already_lost.csv"));
    assert_eq!(import.rows.len() + import.bad.len(), 2);
    assert_eq!(codes(&import.rows[0].remarks), [Code::TextDamaged; 3]);
    assert_eq!(codes(&import.rows[1].remarks), [Code::TextDamaged; 2]);
}

#[test]
fn invisible_characters_are_taken_out() {
    let row = one("Téléphone;Adresse", "\u{200b}06\u{a0}12\u{200b} 34 00 01\u{feff};\u{ad}1\u{a0}rue\u{200d} A");
    assert_eq!((row.record.phone.as_deref(), row.record.address.line.as_str()), (Some("0612340001"), "1 rue A"));
    let marked = import("\u{feff}\u{feff}Nom;\u{200b}Prénom;Date de naissance;Adresse\nA;B;1950;1 rue A\n".as_bytes());
    assert_eq!(marked.rows.len(), 1);
}

#[test]
fn titles_and_the_separator_above_the_headings() {
    let rows = "A;B;1950;1 rue A\n\nC;D;1951;2 rue A\n";
    for above in [
        "",
        "sep=;\n",
        "\"sep=;\"\r\n",
        "\n\n\n",
        "Liste du CCAS\n",
        "Liste du CCAS de Bondy;;;\nPersonnes à visiter;;;12/2025\n\n",
        "sep=;\nCCAS, rue de la Mairie\n;;;\n",
        "Nom du fichier : liste\nTél. du CCAS : 01 99 00 10 01\n",
    ] {
        let file = format!("{above}Nom;Prénom;Date de naissance;Adresse\n{rows}");
        let import = import(file.as_bytes());
        let lines: Vec<u64> = import.rows.iter().map(|row| row.line).collect();
        let first = file.lines().position(|line| line.starts_with("A;")).unwrap() as u64 + 1;
        assert_eq!(lines, [first, first + 2], "{above:?}");
        let titles = above.lines().filter(|line| line.chars().any(char::is_alphabetic) && !line.contains("sep="));
        assert_eq!(import.told.len(), titles.count(), "what is not read is told: {above:?}");
    }
    let tabs = import(b"sep=\t\nNom\tPrenom\tDate naissance\tAdresse\nA\tB\t1950\t1 rue A\n");
    assert_eq!((tabs.rows.len(), tabs.separator), (1, '\t'));
    let old = import(b"Nom;Prenom;Date naissance;Adresse\rA;B;1950;1 rue A\rC;D;1951;2 rue A\r");
    assert_eq!(
        old.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 3],
        "the ends of lines of an old Macintosh"
    );
}

#[test]
fn utf_16_with_its_mark_and_without() {
    let text = "Nom\tPrénom\tDate de naissance\tAdresse\r\nThéière\tZoé\t1950\t1 rue A\r\n";
    for mark in [&[0xff_u8, 0xfe][..], &[]] {
        let bytes: Vec<u8> = mark.iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let import = import(&bytes);
        assert_eq!((import.rows[0].record.birth_name.as_str(), import.encoding), ("Théière", Encoding::Utf16));
    }
}

#[test]
fn the_communes_own_address_format() {
    let import = import(list!("11_bal_columns.csv"));
    assert_eq!((import.unknown_columns.len(), import.rows[0].remarks.len()), (0, 0));
    let address = &import.rows[0].record.address;
    assert_eq!((address.line.as_str(), address.city.as_str()), ("12 bis Rue du Test", "Bondy"));
    assert_eq!((address.lon, address.lat), (Some(2.4826), Some(48.9026)));
    let row = one(
        "cle_interop;commune_insee;commune_nom;voie_nom;lieudit_complement_nom;numero;suffixe;x;y",
        "93010_1234_00012_bis;93010;Bondy;Rue du Test;Le Moulin;12;bis;662524,1;6866064,08",
    );
    assert_eq!(
        (row.record.address.line.as_str(), row.record.notes.as_deref()),
        ("12 bis Rue du Test", Some("Le Moulin"))
    );
    assert!(row.record.address.lon.is_some_and(|lon| (lon - 2.488_881).abs() < 1e-5), "metres are read, too");
}

#[test]
fn a_month_that_stands_first_is_evidence_about_the_whole_file() {
    let import = import(list!("09_month_first_dates.csv"));
    let births: Vec<String> = import.rows.iter().filter_map(|row| Some(row.record.birth?.to_string())).collect();
    assert_eq!(births, ["1950-03-25", "1948-12-31", "1960-04-05"]);
    assert_eq!((import.told[0].0, import.told[0].1.code), (2, Code::DatesMonthFirst));
}

#[test]
fn day_numbers_of_a_spreadsheet() {
    let file = "Nom;Prénom;Date de naissance;Adresse\nA;B;18334;1 rue A\nC;D;18334.0;2 rue A\nE;F;9500;3 rue A\nG;H;1950;4 rue A\n";
    let import = import(file.as_bytes());
    let births: Vec<String> = import.rows.iter().filter_map(|row| Some(row.record.birth?.to_string())).collect();
    assert_eq!(births, ["1950-03-12", "1950-03-12", "1926-01-03", "1950"]);
    assert_eq!(import.told[0].1.code, Code::DatesNumbered);
}

#[test]
fn day_numbers_of_a_spreadsheet_that_counts_from_1904() {
    let births = |import: &Import| -> Vec<String> {
        import.rows.iter().filter_map(|row| Some(row.record.birth?.to_string())).collect()
    };
    let head = "Nom;Prénom;Date de naissance;Adresse;Infections\n";
    // 12 March 1950 and 15 January 2021, counted from 1904.
    let import = import(format!("{head}A;B;16872;1 rue A;42749\nC;D;9500;2 rue A;\n").as_bytes());
    assert_eq!(births(&import), ["1950-03-12", "1930-01-04"]);
    assert_eq!(import.rows[0].record.infections[0].on.map(|on| on.to_string()).as_deref(), Some("2021-01-15"));
    assert_eq!(import.told[0].1.code, Code::DatesNumberedSince1904);

    // One slip among infections of possible days is no habit.
    let rows = "A;B;18334;1 rue A;44211\nC;D;18334;2 rue A;44211\nE;F;18334;3 rue A;42749\n";
    let import = super::tests::import(format!("{head}{rows}").as_bytes());
    assert_eq!(births(&import), ["1950-03-12"; 3]);
    assert_eq!(import.told[0].1.code, Code::DatesNumbered);
}

#[test]
fn telephones_as_lists_write_them() {
    let import = import(list!("16_phones.csv"));
    let phones: Vec<_> = import.rows.iter().map(|row| row.record.phone.as_deref().unwrap_or_default()).collect();
    assert_eq!(phones, ["0612340004", "0612340005", "0612340008", "0612340011", "0612340012", "0612340013"]);
    let notes: Vec<_> = import.rows.iter().map(|row| row.record.notes.as_deref().unwrap_or_default()).collect();
    let kept = "Téléphone : 06 12 34 00 12 ou 07 12 34 00 12";
    assert_eq!(notes, ["", "", "", "Téléphone : 06 12 34 00 11 (sa fille)", kept, ""]);
    let row = one("Téléphone fixe;Portable;Adresse", "01 99 00 10 01;06 39 98 00 01;1 rue A");
    assert_eq!(row.record.phone.as_deref(), Some("0199001001"));
    assert_eq!(row.record.notes.as_deref(), Some("Autre téléphone : 06 39 98 00 01"));
}

#[test]
fn two_real_people_of_one_name_and_birth_stand_side_by_side() {
    let file = list!("13_hostel_same_name.csv");
    let first = import(file);
    assert_eq!((first.rows.len(), first.bad.len(), first.duplicates.len()), (2, 0, 1));
    assert_eq!((first.duplicates[0].line, &first.duplicates[0].other), (3, &Other::Line(2)));
    assert_ne!(first.keys[0], first.keys[1], "both can go in");
    let again = import_with(file, &known_of(&first));
    assert_eq!((again.rows.len(), again.already_known.len(), again.changed.len()), (0, 2, 0), "and nobody twice");
    let one = known_of(&first).into_iter().take(1).collect::<Vec<_>>();
    let other = import_with(file, &one);
    assert_eq!((other.already_known.len(), other.changed.len(), other.rows.len()), (1, 0, 1));
    assert_eq!(other.duplicates[0].other, Other::Person(one[0].name));
}

#[test]
fn many_of_one_name_are_each_shown() {
    let rows: String = (0..60).map(|n| format!("Diallu;Mamadu;01/01/1950;06123400{n:02};7 rue du Foyer\n")).collect();
    let file = format!("Nom;Prénom;Date de naissance;Téléphone;Adresse\n{rows}");
    let import = import(file.as_bytes());
    assert_eq!(import.rows.len(), 60);
    let doubtful: std::collections::BTreeSet<u64> = import.duplicates.iter().map(|one| one.line).collect();
    assert_eq!(doubtful.len(), 59, "everybody but the first");
}

#[test]
fn somebody_known_but_different_is_shown_and_an_old_list_is_no_news() {
    let known = known_of(&import(list!("14a_first_list.csv")));
    let second = import_with(list!("14b_corrected_list.csv"), &known);
    assert_eq!((second.rows.len(), second.already_known.len(), second.changed.len()), (0, 0, 1));
    let changed = &second.changed[0];
    assert_eq!((changed.row.line, changed.person), (2, known[0].name));
    assert_eq!(changed.taken.phone.as_deref(), Some("0699000002"));
    assert_eq!(changed.taken.priorities, [Priority::VeryHighRisk]);
    let sources = vec![Source { said: Some(known[0].record.clone()), ..known[0].sources[0].clone() }];
    let now = vec![Known { sources, record: changed.taken.clone(), ..known[0].clone() }];
    let third = import_with(list!("14b_corrected_list.csv"), &now);
    assert_eq!((third.already_known.len(), third.changed.len()), (1, 0), "taken once");
    let old = import_with(list!("14a_first_list.csv"), &now);
    assert_eq!((old.already_known.len(), old.changed.len()), (1, 0), "what the first list said is no news");
}

#[test]
fn two_wishes_in_one_cell() {
    for text in [
        "COVID et grippe",
        "covid + grippe",
        "Covid, grippe",
        "vaccin COVID et vaccin contre la grippe",
        "covid|grippe",
    ] {
        let wishes = one("Adresse;Vaccins souhaités", &format!("1 rue A;{text}")).record.wishes;
        let wish = |product: &str| Wish { product: product.into(), rank: None };
        assert_eq!(wishes, [wish("comirnaty-lp81-30"), wish("influenza-standard")], "{text}");
    }
}

#[test]
fn what_is_left_out_of_a_cell_is_told() {
    let row = one("Adresse;Code postal;Ville;Rang;", "1 rue A, 75011 Paris;93140;Bondy;2;sans titre");
    assert_eq!(codes(&row.remarks), [Code::AddressRest, Code::RankAlone, Code::NoHeading]);
    assert_eq!(row.remarks[0].value, "75011 Paris");
    assert_eq!(row.record.notes.as_deref(), Some("Adresse : 75011 Paris\nRang : 2"));
}

#[test]
fn a_refused_row_is_mended_on_the_screen_or_taken_away_as_a_file() {
    let file = "Nom;Prénom;Date de naissance;Adresse\nA;B;31/02/1950;1 rue A\nC;\"D;1950;2 rue A\nE;F;1950;3 rue A\n";
    let refused = import(file.as_bytes());
    assert_eq!((refused.rows.len(), refused.bad.len()), (1, 2));
    assert_eq!(
        refused.bad[1].cells,
        ["C", "\"D", "1950", "2 rue A"],
        "a row with an open quotation mark can be mended too"
    );
    let mended = Mended::from([(2, vec![(2, "28/02/1950".to_owned())]), (3, vec![(1, "D".to_owned())])]);
    let after = super::tests::import_mended(file.as_bytes(), &mended);
    assert_eq!((after.rows.len(), after.bad.len()), (3, 0));
    let away = refused::file(&refused);
    let again = import(&String::from_utf8(away).unwrap().replace("31/02/1950", "28/02/1950").into_bytes());
    assert_eq!((again.rows.len(), again.bad.len(), again.unknown_columns.len()), (2, 0, 0));
}

#[test]
fn every_row_is_counted_once() {
    let mut file = "Nom;Prénom;Date de naissance;Adresse\n".to_owned();
    for n in 0..500 {
        file.push_str(match n % 5 {
            0 => "A;B;31/02/1950;1 rue A\n",
            1 => "A;B;1950;1 rue A\n",
            2 if n < 75 => "C;\"D;1950;2 rue A\n",
            3 => "E;F;1950;\"3 rue A\nescalier 2\"\n",
            _ => "G;H;1950;4 rue A;trop\n",
        });
    }
    assert_eq!(import(file.as_bytes()).counted(), 500);
}

#[test]
fn columns_and_cells_have_a_bound() {
    let wide = format!("Nom;Prénom;Date de naissance;Adresse{}\n", ";x".repeat(400));
    assert_eq!(super::tests::read_alone(wide.as_bytes()), Err(Unreadable::TooManyColumns));
    // Refused before anything is compared, however wide it is, and however long one heading is.
    let wider = format!("{}\n1\n", (0..200_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(";"));
    assert_eq!(super::tests::read_alone(wider.as_bytes()), Err(Unreadable::TooManyColumns));
    let heading = format!("{};Nom;Prénom;Date de naissance;Adresse\nz;A;B;1950;1 rue A\n", "x".repeat(6_000_000));
    assert_eq!(import(heading.as_bytes()).rows.len(), 1);
    let long = format!("Nom;Prénom;Date de naissance;Adresse;Notes\nA;B;1950;1 rue A;{}\n", "x".repeat(100_000));
    let import = import(long.as_bytes());
    assert_eq!((import.rows.len(), codes(&import.bad[0].problems)), (0, vec![Code::TooLong]));
}
