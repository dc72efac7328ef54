//! The names behind the codes of a directive: products, questions, people, manners, families.

use crate::client::{ask, routes};
use crate::components::{Answer, fr};
use crate::i18n::{I18n, Locale};
use crate::pages::words::say;
use leptos::prelude::*;
use perron_desk_api::OnDay;
use perron_domain::rules::Outcome;

/// Codes and their words, as lists show them.
pub type Options = Vec<(String, String)>;

/// What the relay's directives know.
#[derive(Clone, Copy)]
pub struct Names {
    /// Products, by code.
    pub products: Signal<Options>,
    /// Questions, by code.
    pub questions: Signal<Options>,
}

impl Names {
    /// Reads them from the hub; belongs to the present owner.
    pub fn read(i18n: I18n) -> Self {
        let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
        let known = LocalResource::new(|| ask(routes::DIRECTIVES, (), OnDay::default()));
        let products = Memo::new(move |_| {
            let mut products: Options = match stock.get() {
                Some(Ok(stock)) => stock.known.into_iter().map(|one| (one.code, one.name)).collect(),
                _ => Vec::new(),
            };
            products.sort_by(|a, b| a.1.cmp(&b.1));
            products
        });
        let questions = Memo::new(move |_| {
            let mut questions: Options = match known.get() {
                Some(Ok(known)) => known
                    .directives
                    .into_iter()
                    .flat_map(|one| one.questions)
                    .map(|one| (one.code, if i18n.get_locale_untracked() == Locale::fr { one.fr } else { one.en }))
                    .collect(),
                _ => Vec::new(),
            };
            questions.sort();
            questions.dedup_by(|a, b| a.0 == b.0);
            questions
        });
        Self { products: products.into(), questions: questions.into() }
    }
}

/// Returns the words of a code, or the code.
pub fn word_of(options: &[(String, String)], code: &str) -> String {
    options.iter().find(|(known, _)| known == code).map_or_else(|| code.to_owned(), |(_, word)| word.clone())
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Options {
    pairs.into_iter().map(|(code, word)| (code.to_owned(), word.to_owned())).collect()
}

/// Families of vaccines.
pub fn families(i18n: I18n) -> Options {
    pairs([
        ("covid", say!(i18n, desk.fam_covid)),
        ("influenza", say!(i18n, desk.fam_influenza)),
        ("pneumococcus", say!(i18n, desk.fam_pneumococcus)),
        ("shingles", say!(i18n, desk.fam_shingles)),
        ("rsv", say!(i18n, desk.fam_rsv)),
        ("mmr", say!(i18n, desk.fam_mmr)),
        ("dtp", say!(i18n, visit.family_dtp)),
        ("hpv", say!(i18n, visit.family_hpv)),
        ("meningococcus", say!(i18n, visit.family_meningococcus)),
        ("hepatitis_b", say!(i18n, visit.family_hepatitis_b)),
        ("yellow_fever", say!(i18n, visit.family_yellow_fever)),
        ("varicella", say!(i18n, visit.family_varicella)),
        ("bcg", say!(i18n, visit.family_bcg)),
        ("other", say!(i18n, desk.fam_other)),
    ])
}

/// What is known of a person before the door.
pub fn traits(i18n: I18n) -> Options {
    pairs([
        ("at_risk", say!(i18n, desk.tr_at_risk)),
        ("very_high_risk", say!(i18n, desk.tr_very_high_risk)),
        ("immunocompromised", say!(i18n, desk.tr_immunocompromised)),
        ("pregnant", say!(i18n, desk.tr_pregnant)),
        ("health_worker", say!(i18n, desk.tr_health_worker)),
        ("unable", say!(i18n, desk.tr_unable)),
    ])
}

/// Who agrees.
pub fn who(i18n: I18n) -> Options {
    pairs([
        ("self", say!(i18n, desk.by_self)),
        ("parent", say!(i18n, desk.by_parent)),
        ("sole_parent", say!(i18n, desk.by_sole_parent)),
        ("guardian", say!(i18n, desk.by_guardian)),
        ("judge", say!(i18n, desk.by_judge)),
        ("representative", say!(i18n, desk.by_representative)),
    ])
}

/// How somebody agrees.
pub fn manners(i18n: I18n) -> Options {
    pairs([
        ("present", say!(i18n, desk.how_present)),
        ("phone", say!(i18n, desk.how_phone)),
        ("attestation", say!(i18n, desk.how_attestation)),
        ("oral", say!(i18n, desk.how_oral)),
        ("cannot_sign", say!(i18n, desk.how_cannot_sign)),
        ("written", say!(i18n, desk.how_written)),
    ])
}

/// What the answer to a question belongs to.
pub fn abouts(i18n: I18n) -> Options {
    pairs([
        ("today", say!(i18n, desk.about_today)),
        ("always", say!(i18n, desk.about_always)),
        ("product", say!(i18n, desk.about_product)),
        ("family", say!(i18n, desk.about_family)),
    ])
}

/// What a question may be about, as the tablet draws it.
pub fn pictograms(i18n: I18n) -> Options {
    pairs([
        ("allergy", say!(i18n, desk.pic_allergy)),
        ("anaphylaxis", say!(i18n, desk.pic_anaphylaxis)),
        ("anticoagulant", say!(i18n, desk.pic_anticoagulant)),
        ("blood", say!(i18n, desk.pic_blood)),
        ("fainting", say!(i18n, desk.pic_fainting)),
        ("fever", say!(i18n, desk.pic_fever)),
        ("heart", say!(i18n, desk.pic_heart)),
        ("pregnancy", say!(i18n, desk.pic_pregnancy)),
        ("shield", say!(i18n, desk.pic_shield)),
    ])
}

/// Answers, strictest first.
pub fn outcomes(i18n: I18n) -> Options {
    let word = |one: Outcome| untrack(|| Answer::from(one).word(i18n)).to_owned();
    Outcome::ALL.into_iter().map(|one| (one.code().to_owned(), word(one))).collect()
}

/// Ranks that a list offers; `now` among them, whatever it is.
pub fn ranks(i18n: I18n, now: &str) -> Options {
    let mut codes: Vec<String> =
        ["1", "2", "3", "4", "1..2", "2..", "3..", "4..", "unknown"].into_iter().map(str::to_owned).collect();
    if !now.is_empty() && !codes.iter().any(|code| code == now) {
        codes.push(now.to_owned());
    }
    codes.into_iter().map(|code| (rank(i18n, &code), code)).map(|(word, code)| (code, word)).collect()
}

/// Returns a rank of a file in words: `3..` is «3ᵉ dose et suivantes».
fn rank(i18n: I18n, code: &str) -> String {
    let locale = i18n.get_locale_untracked();
    if code == "unknown" {
        return say!(i18n, desk.rank_unknown).to_owned();
    }
    let (from, to) = code.split_once("..").unwrap_or((code, code));
    match (from.parse::<u32>(), to.parse::<u32>()) {
        (Ok(from), Ok(to)) if from == to => fr::rank(locale, from),
        (Ok(from), Ok(to)) => say!(i18n, desk.rank_between, from = from, to = to),
        (Ok(from), Err(_)) => say!(i18n, desk.rank_from, from = fr::rank(locale, from)),
        (Err(_), Ok(to)) => say!(i18n, desk.rank_to, to = fr::rank(locale, to)),
        _ => code.to_owned(),
    }
}
