//! The questions in the person's language, where a directive brings them: under the French, never instead of it.

use leptos::prelude::*;
use perron_domain::{order, rules::Translation};

use super::{Door, asked::Asked};
use crate::{
    components::SelectField,
    i18n::{I18n, Locale, label, t},
};

/// Languages that teams meet: code, French name, own name. Another one is shown by its code.
const NAMES: &[(&str, &str, &str)] = &[
    ("am", "amharique", "አማርኛ"),
    ("ar", "arabe", "العربية"),
    ("bn", "bengali", "বাংলা"),
    ("ckb", "kurde sorani", "کوردی"),
    ("de", "allemand", "Deutsch"),
    ("en", "anglais", "English"),
    ("es", "espagnol", "español"),
    ("fa", "persan", "فارسی"),
    ("hy", "arménien", "հայերեն"),
    ("it", "italien", "italiano"),
    ("ka", "géorgien", "ქართული"),
    ("km", "khmer", "ខ្មែរ"),
    ("kmr", "kurde", "kurmancî"),
    ("ln", "lingala", "lingála"),
    ("pl", "polonais", "polski"),
    ("ps", "pachto", "پښتو"),
    ("pt", "portugais", "português"),
    ("ro", "roumain", "română"),
    ("ru", "russe", "русский"),
    ("so", "somali", "Soomaali"),
    ("sq", "albanais", "shqip"),
    ("ta", "tamoul", "தமிழ்"),
    ("ti", "tigrigna", "ትግርኛ"),
    ("tr", "turc", "Türkçe"),
    ("uk", "ukrainien", "українська"),
    ("ur", "ourdou", "اردو"),
    ("vi", "vietnamien", "Tiếng Việt"),
    ("wo", "wolof", "wolof"),
    ("zh", "chinois", "中文"),
];

/// Returns the name of a language as a nurse and the person both find it.
fn name(code: &str, locale: Locale) -> String {
    let main = code.split('-').next().unwrap_or(code);
    match NAMES.iter().find(|(known, ..)| *known == main) {
        Some((_, french, own)) if locale == Locale::fr => format!("{own} ({french})"),
        Some((.., own)) => format!("{own} ({code})"),
        None => code.to_owned(),
    }
}

/// Returns which of the languages offered is named in what the record says of the person («tamoul, un peu de français»).
fn spoken<'a>(record: &str, offered: &'a [String]) -> Option<&'a str> {
    let record = record.to_lowercase();
    let words: Vec<&str> = record.split(|letter: char| !letter.is_alphabetic()).collect();
    let is_named = |code: &&String| {
        let main = code.split('-').next().unwrap_or(code);
        NAMES.iter().any(|(known, french, _)| *known == main && words.contains(french))
    };
    offered.iter().find(is_named).map(String::as_str)
}

/// The language shown under the French; empty for none. It is remembered for the person.
#[derive(Clone, Copy)]
pub struct Tongue {
    i18n: I18n,
    offered: Memo<Vec<String>>,
    chosen: RwSignal<String>,
}

impl Tongue {
    /// Returns the choice for one person, whose record may name the language already, among the languages of `questions`.
    pub fn of(door: Door, questions: Memo<Vec<Asked>>) -> Self {
        let link = door.link;
        let offered = Memo::new(move |_| {
            let translations = |one: &Asked| one.translations.iter().map(|one| one.lang.clone()).collect::<Vec<_>>();
            let mut codes: Vec<String> = questions.with(|questions| questions.iter().flat_map(translations).collect());
            order::sort_and_dedup(&mut codes);
            codes
        });
        let of_record = link.glance(|round, _| {
            let record = &round.people.get(&door.person)?.record;
            offered.with_untracked(|offered| spoken(record.language.as_deref()?, offered).map(str::to_owned))
        });
        let chosen = link.form(format!("visit/{}/tongue", door.person)).text("language", of_record.unwrap_or_default());
        Self { i18n: link.i18n, offered, chosen }
    }

    /// Returns the list to choose from, or nothing where no question is translated.
    pub fn choice(self) -> impl IntoView {
        let i18n = self.i18n;
        let options = move || {
            let locale = i18n.get_locale();
            let named = |code: String| (code.clone(), name(&code, locale));
            self.offered.get().into_iter().map(named).collect::<Vec<_>>()
        };
        move || {
            self.offered.with(|offered| !offered.is_empty()).then(|| {
                view! {
                    <SelectField
                        label=label!(i18n, visit.also_in)
                        value=self.chosen
                        options=Signal::derive(options)
                        empty=label!(i18n, visit.french_only)
                        testid="tongue"
                    />
                }
            })
        }
    }

    /// Returns what stands under one question.
    pub fn under(self, translations: Vec<Translation>) -> ViewFn {
        let i18n = self.i18n;
        ViewFn::from(move || {
            let of = self.chosen.with(|chosen| translations.iter().find(|one| one.lang == *chosen).cloned());
            of.map(|one| {
                view! {
                    <span class="translation" lang=one.lang dir="auto">
                        {one.text}
                    </span>
                    {(!one.validated).then(|| view! { <span class="yesno-note">{t!(i18n, visit.not_validated)}</span> })}
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_names_the_language_in_words() {
        let offered = ["ar-MA", "ta", "tlh"].map(str::to_owned);
        assert_eq!(spoken("Tamoul, un peu de français", &offered), Some("ta"));
        assert_eq!(spoken("arabe", &offered), Some("ar-MA"));
        assert_eq!(spoken("tamoule du nord", &offered), None, "only a whole word names a language");
        assert_eq!(spoken("portugais", &offered), None, "no directive brings it");
    }

    #[test]
    fn a_language_is_named_for_the_nurse_and_for_the_person() {
        assert_eq!(name("ta", Locale::fr), "தமிழ் (tamoul)");
        assert_eq!(name("ar-MA", Locale::en), "العربية (ar-MA)");
        assert_eq!(name("tlh", Locale::fr), "tlh");
    }
}
