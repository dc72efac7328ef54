//! The form of a directive while it is being filled in: one signal a field, read from what the hub sends and gathered
//! again when it is sent back.

use super::written::{self, Kind};
use crate::i18n::I18n;
use leptos::prelude::*;
use perron_desk_api::{AgreementForm, ConditionForm, DirectiveForm, QuestionForm, RuleForm, TranslationForm};
use perron_domain::rules::Outcome;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A field of text.
pub type Text = RwSignal<String>;
/// Several codes of a list.
pub type Codes = RwSignal<Vec<String>>;

fn text(value: &str) -> Text {
    RwSignal::new(value.to_owned())
}

/// Returns a number that no other part of a form has: parts keep their place on the screen by it.
fn key() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// When something applies.
#[derive(Clone, Copy)]
pub struct WhenFields {
    pub age_from: Text,
    pub age_below: Text,
    pub products: Codes,
    pub rank: Text,
    pub yes: Codes,
    pub person: Codes,
    pub more: Text,
}

impl WhenFields {
    fn of(i18n: I18n, form: &ConditionForm) -> Self {
        Self {
            age_from: text(&written::age_words(i18n, &form.age_from)),
            age_below: text(&written::age_words(i18n, &form.age_below)),
            products: RwSignal::new(form.products.clone()),
            rank: text(&form.rank),
            yes: RwSignal::new(form.yes.clone()),
            person: RwSignal::new(form.person.clone()),
            more: text(&form.more),
        }
    }

    fn gather(self) -> ConditionForm {
        ConditionForm {
            age_from: self.age_from.with(|text| written::age_code(text)),
            age_below: self.age_below.with(|text| written::age_code(text)),
            products: self.products.get(),
            rank: self.rank.get(),
            yes: self.yes.get(),
            person: self.person.get(),
            more: self.more.get(),
        }
    }
}

/// A rule.
#[derive(Clone, Copy)]
pub struct RuleFields {
    pub key: usize,
    pub code: Text,
    pub when: WhenFields,
    pub outcome: Text,
    pub until_kind: Text,
    pub until: Text,
    pub instead: Codes,
    pub fr: Text,
    pub en: Text,
    pub source: Text,
    pub verified: RwSignal<bool>,
    pub advice: RwSignal<bool>,
    pub absolute: RwSignal<bool>,
    /// Added on this page, so that it shows open.
    pub fresh: bool,
}

impl RuleFields {
    fn of(i18n: I18n, form: &RuleForm) -> Self {
        let (kind, until) = written::deferral(i18n, &form.deferred);
        Self {
            key: key(),
            code: text(&form.code),
            when: WhenFields::of(i18n, &form.when),
            outcome: text(form.outcome.code()),
            until_kind: text(kind.key()),
            until: RwSignal::new(until),
            instead: RwSignal::new(form.instead.clone()),
            fr: text(&form.fr),
            en: text(&form.en),
            source: text(&form.source),
            verified: RwSignal::new(form.verified),
            advice: RwSignal::new(form.advice),
            absolute: RwSignal::new(form.absolute),
            fresh: false,
        }
    }

    /// Returns what it answers; nothing chosen is the answer that decides least.
    pub fn answer(self) -> Outcome {
        let known = self.outcome.with(|code| Outcome::ALL.into_iter().find(|one| one.code() == code));
        known.unwrap_or(Outcome::Judge)
    }

    fn gather(self) -> RuleForm {
        let outcome = self.answer();
        let deferred = match outcome {
            Outcome::Deferred => {
                self.until.with(|until| written::deferral_code(self.until_kind.with(|key| Kind::of(key)), until))
            }
            _ => String::new(),
        };
        RuleForm {
            code: self.code.with(|code| code.trim().to_owned()),
            when: self.when.gather(),
            outcome,
            deferred,
            instead: if outcome == Outcome::OtherProduct { self.instead.get() } else { Vec::new() },
            fr: self.fr.get(),
            en: self.en.get(),
            source: self.source.get(),
            verified: self.verified.get(),
            advice: self.advice.get(),
            absolute: self.absolute.get(),
        }
    }
}

/// An agreement.
#[derive(Clone, Copy)]
pub struct AgreementFields {
    pub key: usize,
    pub code: Text,
    pub when: WhenFields,
    pub by: Codes,
    pub count: Text,
    pub or_judge: Codes,
    pub how: Codes,
    pub fr: Text,
    pub en: Text,
    pub source: Text,
    pub verified: RwSignal<bool>,
    pub fresh: bool,
}

impl AgreementFields {
    fn of(i18n: I18n, form: &AgreementForm) -> Self {
        Self {
            key: key(),
            code: text(&form.code),
            when: WhenFields::of(i18n, &form.when),
            by: RwSignal::new(form.by.clone()),
            count: RwSignal::new(form.count.to_string()),
            or_judge: RwSignal::new(form.or_judge.clone()),
            how: RwSignal::new(form.how.clone()),
            fr: text(&form.fr),
            en: text(&form.en),
            source: text(&form.source),
            verified: RwSignal::new(form.verified),
            fresh: false,
        }
    }

    fn gather(self) -> AgreementForm {
        AgreementForm {
            code: self.code.with(|code| code.trim().to_owned()),
            when: self.when.gather(),
            by: self.by.get(),
            count: self.count.with(|text| text.trim().parse().unwrap_or(0)),
            or_judge: self.or_judge.get(),
            how: self.how.get(),
            fr: self.fr.get(),
            en: self.en.get(),
            source: self.source.get(),
            verified: self.verified.get(),
        }
    }
}

/// A question in another language.
#[derive(Clone, Copy)]
pub struct TranslationFields {
    pub key: usize,
    pub lang: Text,
    pub text: Text,
    pub validated: RwSignal<bool>,
}

impl TranslationFields {
    /// Returns the fields of one translation.
    pub fn of(form: &TranslationForm) -> Self {
        Self { key: key(), lang: text(&form.lang), text: text(&form.text), validated: RwSignal::new(form.validated) }
    }

    fn gather(self) -> TranslationForm {
        TranslationForm { lang: self.lang.get(), text: self.text.get(), validated: self.validated.get() }
    }
}

/// A question.
#[derive(Clone, Copy)]
pub struct QuestionFields {
    pub key: usize,
    pub code: Text,
    pub asked: WhenFields,
    pub fr: Text,
    pub en: Text,
    pub required: RwSignal<bool>,
    pub order: Text,
    pub about: Text,
    pub pictogram: Text,
    pub translations: RwSignal<Vec<TranslationFields>>,
    pub fresh: bool,
}

impl QuestionFields {
    fn of(i18n: I18n, form: &QuestionForm) -> Self {
        Self {
            key: key(),
            code: text(&form.code),
            asked: WhenFields::of(i18n, &form.asked),
            fr: text(&form.fr),
            en: text(&form.en),
            required: RwSignal::new(form.required),
            order: RwSignal::new(form.order.to_string()),
            about: text(&form.about),
            pictogram: text(&form.pictogram),
            translations: RwSignal::new(form.translations.iter().map(TranslationFields::of).collect()),
            fresh: false,
        }
    }

    fn gather(self) -> QuestionForm {
        QuestionForm {
            code: self.code.with(|code| code.trim().to_owned()),
            asked: self.asked.gather(),
            fr: self.fr.get(),
            en: self.en.get(),
            required: self.required.get(),
            order: self.order.with(|text| text.trim().parse().unwrap_or(0)),
            about: self.about.get(),
            pictogram: self.pictogram.get(),
            translations: self.translations.with(|list| list.iter().map(|one| one.gather()).collect()),
        }
    }
}

/// The whole form.
#[derive(Clone, Copy)]
pub struct FormFields {
    pub key: usize,
    pub id: Text,
    pub version: Text,
    pub from: Text,
    pub until: Text,
    pub territory: Text,
    pub families: Codes,
    pub title_fr: Text,
    pub title_en: Text,
    pub source: Text,
    pub source_date: Text,
    pub source_link: Text,
    pub minutes: Text,
    pub rules: RwSignal<Vec<RuleFields>>,
    pub agreements: RwSignal<Vec<AgreementFields>>,
    pub questions: RwSignal<Vec<QuestionFields>>,
}

impl FormFields {
    /// Spreads a form over signals, which belong to the present owner.
    pub fn of(i18n: I18n, form: &DirectiveForm) -> Self {
        Self {
            key: key(),
            id: text(&form.id),
            version: text(&form.version),
            from: RwSignal::new(written::day_words(&form.from)),
            until: RwSignal::new(written::day_words(&form.until)),
            territory: text(&form.territory),
            families: RwSignal::new(form.families.clone()),
            title_fr: text(&form.title_fr),
            title_en: text(&form.title_en),
            source: text(&form.source),
            source_date: RwSignal::new(written::day_words(&form.source_date)),
            source_link: text(&form.source_link),
            minutes: text(&form.observation_minutes),
            rules: RwSignal::new(form.rules.iter().map(|one| RuleFields::of(i18n, one)).collect()),
            agreements: RwSignal::new(form.agreements.iter().map(|one| AgreementFields::of(i18n, one)).collect()),
            questions: RwSignal::new(form.questions.iter().map(|one| QuestionFields::of(i18n, one)).collect()),
        }
    }

    /// Gathers the form as it stands.
    pub fn gather(self) -> DirectiveForm {
        let trimmed = |field: Text| field.with(|text| text.trim().to_owned());
        DirectiveForm {
            id: trimmed(self.id),
            version: trimmed(self.version),
            from: self.from.with(|text| written::day_code(text)),
            until: self.until.with(|text| written::day_code(text)),
            territory: trimmed(self.territory),
            families: self.families.get(),
            title_fr: self.title_fr.get(),
            title_en: self.title_en.get(),
            source: self.source.get(),
            source_date: self.source_date.with(|text| written::day_code(text)),
            source_link: trimmed(self.source_link),
            observation_minutes: trimmed(self.minutes),
            rules: self.rules.with(|list| list.iter().map(|one| one.gather()).collect()),
            agreements: self.agreements.with(|list| list.iter().map(|one| one.gather()).collect()),
            questions: self.questions.with(|list| list.iter().map(|one| one.gather()).collect()),
        }
    }

    /// Adds an empty rule.
    pub fn add_rule(self, i18n: I18n) {
        let empty = RuleForm {
            code: self.free_code("rule"),
            when: ConditionForm::default(),
            outcome: Outcome::Judge,
            deferred: String::new(),
            instead: Vec::new(),
            fr: String::new(),
            en: String::new(),
            source: String::new(),
            verified: false,
            advice: false,
            absolute: false,
        };
        self.rules.update(|list| list.push(RuleFields { fresh: true, ..RuleFields::of(i18n, &empty) }));
    }

    /// Adds an empty agreement.
    pub fn add_agreement(self, i18n: I18n) {
        let empty = AgreementForm {
            code: self.free_code("agreement"),
            when: ConditionForm::default(),
            by: Vec::new(),
            count: 1,
            or_judge: Vec::new(),
            how: Vec::new(),
            fr: String::new(),
            en: String::new(),
            source: String::new(),
            verified: false,
        };
        self.agreements.update(|list| list.push(AgreementFields { fresh: true, ..AgreementFields::of(i18n, &empty) }));
    }

    /// Adds an empty question.
    pub fn add_question(self, i18n: I18n) {
        let empty = QuestionForm {
            code: self.free_code("question"),
            asked: ConditionForm::default(),
            fr: String::new(),
            en: String::new(),
            required: true,
            order: 0,
            about: "product".to_owned(),
            pictogram: String::new(),
            translations: Vec::new(),
        };
        self.questions.update(|list| list.push(QuestionFields { fresh: true, ..QuestionFields::of(i18n, &empty) }));
    }

    /// Returns a code that no part has: `rule-3`.
    fn free_code(self, stem: &str) -> String {
        let mut known: Vec<String> =
            self.rules.with_untracked(|list| list.iter().map(|one| one.code.get_untracked()).collect());
        known.extend(
            self.agreements.with_untracked(|list| list.iter().map(|one| one.code.get_untracked()).collect::<Vec<_>>()),
        );
        known.extend(
            self.questions.with_untracked(|list| list.iter().map(|one| one.code.get_untracked()).collect::<Vec<_>>()),
        );
        (1..).map(|number| format!("{stem}-{number}")).find(|code| !known.contains(code)).unwrap_or_default()
    }
}
