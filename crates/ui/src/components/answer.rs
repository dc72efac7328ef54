//! The answer, on top of every step of a visit: the word, its shape and colour, the first reason, what would change it.

use leptos::prelude::*;
use perron_domain::rules::Outcome;

use super::icon::{Glyph, Icon};
use super::live::Show;
use crate::i18n::{I18n, label, t, t_string, use_i18n};

/// The eight answers, strictest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Answer {
    /// «Contre-indication : avis médical».
    Contraindicated,
    /// «Hors cible».
    NotConcerned,
    /// «Autre vaccin à utiliser».
    OtherProduct,
    /// «Pas aujourd’hui».
    Deferred,
    /// «Ordonnance manquante».
    PrescriptionMissing,
    /// «Accord manquant».
    ConsentMissing,
    /// «À juger».
    Judge,
    /// «Vaccination possible».
    Eligible,
}

impl Answer {
    /// All eight, strictest first.
    pub const ALL: [Self; 8] = [
        Self::Contraindicated,
        Self::NotConcerned,
        Self::OtherProduct,
        Self::Deferred,
        Self::PrescriptionMissing,
        Self::ConsentMissing,
        Self::Judge,
        Self::Eligible,
    ];

    /// Returns the value of `data-answer` that the style sheets and the journeys read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contraindicated => "contraindicated",
            Self::NotConcerned => "not_concerned",
            Self::OtherProduct => "other_product",
            Self::Deferred => "deferred",
            Self::PrescriptionMissing => "prescription_missing",
            Self::ConsentMissing => "consent_missing",
            Self::Judge => "judge",
            Self::Eligible => "eligible",
        }
    }

    /// Returns the shape: each answer has its own, so that it is known without its colour.
    #[must_use]
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Contraindicated => Glyph::Octagon,
            Self::NotConcerned => Glyph::Target,
            Self::OtherProduct => Glyph::Swap,
            Self::Deferred => Glyph::Calendar,
            Self::PrescriptionMissing => Glyph::PaperMissing,
            Self::ConsentMissing => Glyph::ConsentMissing,
            Self::Judge => Glyph::Diamond,
            Self::Eligible => Glyph::Check,
        }
    }

    /// Returns the word, in the language of the screen.
    #[must_use]
    pub fn word(self, i18n: I18n) -> &'static str {
        match self {
            Self::Contraindicated => t_string!(i18n, common.outcome_contraindicated),
            Self::NotConcerned => t_string!(i18n, common.outcome_not_concerned),
            Self::OtherProduct => t_string!(i18n, common.outcome_other_product),
            Self::Deferred => t_string!(i18n, common.outcome_deferred),
            Self::PrescriptionMissing => t_string!(i18n, common.outcome_prescription_missing),
            Self::ConsentMissing => t_string!(i18n, common.outcome_consent_missing),
            Self::Judge => t_string!(i18n, common.outcome_judge),
            Self::Eligible => t_string!(i18n, common.outcome_eligible),
        }
    }
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Contraindicated => Self::Contraindicated,
            Outcome::NotConcerned => Self::NotConcerned,
            Outcome::OtherProduct => Self::OtherProduct,
            Outcome::Deferred => Self::Deferred,
            Outcome::PrescriptionMissing => Self::PrescriptionMissing,
            Outcome::ConsentMissing => Self::ConsentMissing,
            Outcome::Judge => Self::Judge,
            Outcome::Eligible => Self::Eligible,
        }
    }
}

/// One reason as «Pourquoi ?» lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// What this reason alone would answer.
    pub answer: Answer,
    /// The sentence.
    pub text: String,
    /// Who asks for it: «National», «Relais».
    pub layer: String,
    /// Where it is written, with the directive's version and date.
    pub source: String,
    /// What of the person and the act made it so, outermost first.
    pub facts: Vec<WhyLine>,
}

/// One line of a rule's condition: what it asks, and what is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhyLine {
    /// How far it stands inside others.
    pub depth: u8,
    /// Whether it holds; none while a question has no answer.
    pub holds: Option<bool>,
    /// In words.
    pub text: String,
}

/// The banner of the answer. «Pourquoi ?» opens every reason, its layer and its source.
#[component]
pub fn AnswerBanner(
    /// The answer.
    #[prop(into)]
    answer: Signal<Answer>,
    /// The reason that decided.
    #[prop(into, optional)]
    reason: Signal<Option<String>>,
    /// What would change it: «il manque l’accord d’un second titulaire».
    #[prop(into, optional)]
    change: Signal<Option<String>>,
    /// All the reasons; «Pourquoi ?» shows only where there are some.
    #[prop(into, optional)]
    reasons: Signal<Vec<Reason>>,
    /// Everything that would change it, for «Pourquoi ?».
    #[prop(into, optional)]
    changes: Signal<Vec<String>>,
    /// The product, act or person the answer is about, where a screen holds several.
    #[prop(into, optional)]
    about: Signal<Option<String>>,
    /// What must stay in sight whatever the answer is: what waits behind it, what was lifted and by whom.
    #[prop(into, optional)]
    notes: Signal<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let shape = Signal::derive(move || answer.get().glyph());
    let word = move || answer.get().word(i18n);
    view! {
        <section class="answer" data-answer=move || answer.get().name() aria-label=label!(i18n, common.answer)>
            <div class="answer-line">
                <span class="answer-shape">
                    <Icon glyph=shape large=true />
                </span>
                <div class="answer-text">
                    <div aria-live="polite" aria-atomic="true">
                        <p class="answer-about">{move || about.get()}</p>
                        <p class="answer-word" data-testid="answer">{word}</p>
                        <p class="answer-reason">{move || reason.get()}</p>
                        {move || {
                            let note = |text: String| view! { <p class="answer-reason" data-testid="answer-note">{text}</p> };
                            notes.get().into_iter().map(note).collect_view()
                        }}
                    </div>
                    <Show when=move || change.with(Option::is_some)>
                        <p class="answer-change">
                            <Icon glyph=Glyph::Forward />
                            <span>{move || change.get()}</span>
                        </p>
                    </Show>
                </div>
                <Show when=move || reasons.with(|reasons| !reasons.is_empty())>
                    <button
                        type="button"
                        class="answer-why"
                        aria-expanded=move || open.get().to_string()
                        data-testid="why"
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        <span>{t!(i18n, common.why)}</span>
                        <Icon glyph=Signal::derive(move || if open.get() { Glyph::Up } else { Glyph::Down }) />
                    </button>
                </Show>
            </div>
            <Show when=move || open.get()>
                // It scrolls within itself, by keys as by finger.
                <ol class="answer-reasons" tabindex="0" aria-label=label!(i18n, common.why)>
                    {move || {
                        reasons
                            .get()
                            .into_iter()
                            .map(|reason| {
                                view! {
                                    <li data-answer=reason.answer.name()>
                                        <Icon glyph=reason.answer.glyph() />
                                        <div>
                                            <p>{reason.text}</p>
                                            <p class="answer-source">
                                                <strong>{reason.layer}</strong>
                                                " · "
                                                {reason.source}
                                            </p>
                                            {facts(reason.facts)}
                                        </div>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                    <Show when=move || changes.with(|changes| !changes.is_empty())>
                        <li data-testid="why-changes">
                            <Icon glyph=Glyph::Forward />
                            <div>
                                <p>
                                    <strong>{t!(i18n, common.why_changes)}</strong>
                                </p>
                                {move || {
                                    changes.get().into_iter().map(|text| view! { <p>{text}</p> }).collect_view()
                                }}
                            </div>
                        </li>
                    </Show>
                </ol>
            </Show>
        </section>
    }
}

/// What made a rule apply, one line each; a line inside another is set in.
fn facts(lines: Vec<WhyLine>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let line = |line: WhyLine| {
        let sign = match line.holds {
            Some(true) => "✓",
            Some(false) => "✗",
            None => "?",
        };
        view! {
            <p class="answer-fact" data-depth=line.depth.to_string()>
                <span aria-hidden="true">{sign}</span>
                <span>{line.text}</span>
            </p>
        }
    };
    view! { <div class="answer-facts">{lines.into_iter().map(line).collect_view()}</div> }.into_any()
}

/// The answer in one line, for lists: shape, colour and word.
#[component]
pub fn AnswerPill(
    /// The answer.
    #[prop(into)]
    answer: Signal<Answer>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shape = Signal::derive(move || answer.get().glyph());
    view! {
        <span class="pill pill-answer" data-answer=move || answer.get().name()>
            <Icon glyph=shape />
            <span>{move || answer.get().word(i18n)}</span>
        </span>
    }
}
