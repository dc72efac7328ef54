use super::*;
use crate::date::Day;
use crate::fact::Confirmed;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn known(product: &str, lot: &str, expiry: &str, isolated: bool) -> KnownLot {
    KnownLot { product: Some(product.into()), lot: lot.into(), expiry: Some(day(expiry)), isolated }
}

#[test]
fn the_spellings_of_a_box_are_one_number() {
    for spelling in
        ["FL2517", "fl2517", " FL 2517 ", "Fl-2517", "ＦＬ２５１７", "FL\u{a0}25\u{2011}17", "F\u{200b}L2517"]
    {
        assert!(same(spelling, "FL2517"), "{spelling}");
    }
    for other in ["FL2518", "FL25I7", "FL251", "KX77/B"] {
        assert!(!same(other, "FL2517"), "{other}");
    }
    assert!(LotKey::of(" - ").is_empty());
    assert!(!same("KX77/B", "KX77B"), "a slash may mean something: it is asked about");
    assert_eq!(LotKey::of("000190A").as_str(), "000190A", "zeros in front are part of the number");
}

#[test]
fn what_only_looks_the_same_is_asked_about_and_not_folded() {
    for typed in ["FL25I7", "FL25l7", "fl25i7", "F12517", "FI2517", "FL-25I7", "FL2517.", "FL25І7"] {
        assert!(LotKey::of(typed).looks_like(&LotKey::of("FL2517")), "{typed}");
    }
    assert!(LotKey::of("E0123").looks_like(&LotKey::of("EO123")));
    assert!(!LotKey::of("FL2517").looks_like(&LotKey::of("fl 2517")), "the same number is no look-alike");
    assert!(!LotKey::of("FL2577").looks_like(&LotKey::of("FL2517")));
}

#[test]
fn a_lot_that_looks_like_an_isolated_one_is_asked_about_even_where_it_is_known() {
    let relay = [known("flu", "FL2517", "2026-06-30", true), known("flu", "FL25I7", "2026-06-30", false)];
    let asked = |lot: &str| doubts(&relay, "flu", lot, Some(day("2026-06-30")), day("2026-01-20"));
    assert_eq!(asked("fl 25i7"), [LotDoubt::LooksLike { lot: "FL2517".into(), isolated: true }]);
    assert!(doubts(&relay[1..], "flu", "FL25I7", Some(day("2026-06-30")), day("2026-01-20")).is_empty());
}

#[test]
fn a_character_that_no_box_carries_is_asked_about_everywhere() {
    for typed in ["FⅬ2517", "ⒻL2517", "FL٢517", "FLé517", "FL\u{3164}2517", "FL²517", "ΑL2517"] {
        let asked = doubts(&[], "flu", typed, None, day("2026-01-20"));
        assert!(matches!(asked[..], [LotDoubt::OddCharacter { .. }]), "{typed}: {asked:?}");
        assert_eq!(isolation_doubts(&[], None, typed, day("2026-01-20")), asked, "{typed}");
    }
    // Where it looks like a lot that must not be used, that is said too.
    let relay = [known("flu", "FL2517", "2026-06-30", true)];
    for typed in ["FⅬ2517", "ⒻL2517", "FL٢517", "FL②517", "FL²517", "FL₂517"] {
        let asked = doubts(&relay, "flu", typed, None, day("2026-01-20"));
        let recalled = |doubt: &LotDoubt| matches!(doubt, LotDoubt::LooksLike { isolated: true, .. });
        assert!(asked.iter().any(recalled), "{typed}: {asked:?}");
    }
    for typed in ["FL2517", "ＦＬ 2517", "KX77/B", "a.1_2#(3)"] {
        assert!(doubts(&[], "flu", typed, None, day("2026-01-20")).is_empty(), "{typed}");
    }
}

#[test]
fn a_number_of_another_product_or_with_another_last_day_is_asked_about() {
    let relay = [known("flu", "A100", "2026-06-30", false), known("covid", "B200", "2026-03-31", false)];
    let today = day("2026-01-20");
    assert_eq!(
        doubts(&relay, "covid", "a-100", Some(day("2026-06-30")), today),
        [LotDoubt::OtherProduct { lot: "A100".into(), product: "flu".into() }]
    );
    assert_eq!(
        doubts(&relay, "covid", "B200", Some(day("2026-05-31")), today),
        [LotDoubt::OtherExpiry { expiry: day("2026-03-31") }]
    );
    assert!(doubts(&relay, "covid", "C300", Some(day("2026-05-31")), today).is_empty());
}

#[test]
fn a_last_day_of_use_that_no_box_carries_is_asked_about() {
    let asked = |expiry: &str| doubts(&[], "flu", "A1", Some(day(expiry)), day("2026-01-20"));
    assert_eq!(asked("2031-01-21"), [LotDoubt::FarExpiry { expiry: day("2031-01-21") }]);
    assert_eq!(asked("2024-12-31"), [LotDoubt::OldExpiry { expiry: day("2024-12-31") }]);
    assert_eq!(asked("2025-01-01"), [LotDoubt::Expired { expiry: day("2025-01-01") }]);
    assert!(asked("2031-01-20").is_empty() && asked("2026-01-20").is_empty());
}

#[test]
fn a_confirmation_covers_what_was_asked_and_nothing_that_came_later() {
    let one = LotDoubt::LooksLike { lot: "FL2517".into(), isolated: false };
    let other = LotDoubt::LooksLike { lot: "FI2517".into(), isolated: true };
    let confirmed = Confirmed { reason: "lu deux fois".into(), doubts: vec![one.code()] };
    assert_eq!(open(vec![one.clone(), other.clone()], Some(&confirmed)), [other]);
    let silent = Confirmed { reason: "  ".into(), ..confirmed };
    assert_eq!(open(vec![one.clone()], Some(&silent)), [one]);
}

#[test]
fn a_month_on_a_box_ends_with_its_last_day() {
    for typed in ["05/2026", "05/26", "5/2026", "2026-05", "260500", "00/05/2026", "2026-05-00", "05.2026", "05-2026"] {
        assert_eq!(read_expiry(typed), Some(day("2026-05-31")), "{typed}");
    }
    assert_eq!(read_expiry("02/2024"), Some(day("2024-02-29")));
    assert_eq!(read_expiry("12/26"), Some(day("2026-12-31")));
    for (typed, meant) in [("30/06/2026", "2026-06-30"), ("2026-06-30", "2026-06-30"), ("320630", "2032-06-30")] {
        assert_eq!(read_expiry(typed), Some(day(meant)), "{typed}");
    }
    for wrong in ["", "13/2026", "31/04/2026", "261331", "2026", "mai 2026", "05/126", "1/5", "0/2026", "30/06/1926"] {
        assert_eq!(read_expiry(wrong), None, "{wrong}");
    }
    // The 31st of May 2026 for a scanner, the 26th of May 2031 for a person.
    for wrong in ["260531", "26/05/31"] {
        assert_eq!(read_expiry(wrong), None, "{wrong}");
    }
}
