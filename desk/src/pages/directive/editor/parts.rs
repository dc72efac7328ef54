//! Rules, agreements and questions, each in its fold.

use super::choose::{PickList, TickList};
use super::condition::condition;
use super::fields::{AgreementFields, FormFields, QuestionFields, RuleFields, Text, TranslationFields};
use super::keeping::Editor;
use super::names::{self, Names};
use super::written::Kind;
use crate::components::{
    Answer, Button, Card, Fold, Glyph, Icon, NumberField, SelectField, TextArea, TextField, Tick, Weight,
};
use crate::i18n::{I18n, Locale, t, t_string, use_i18n};
use leptos::prelude::*;
use perron_desk_api::TranslationForm;
use perron_domain::rules::Outcome;

/// Returns the sentence of a part in the language of the screen, shortened by nobody; its code while there is none.
fn heading(i18n: I18n, fr: Text, en: Text, code: Text) -> String {
    let sentence = if i18n.get_locale() == Locale::fr { fr.get() } else { en.get() };
    if sentence.trim().is_empty() { code.get() } else { sentence }
}

/// The sentence in both languages, where it stands, and whether that was read.
fn said(i18n: I18n, fr: Text, en: Text, question: bool) -> impl IntoView {
    let label_fr = move || {
        if question { t_string!(i18n, desk.de_question_fr) } else { t_string!(i18n, desk.de_why_fr) }.to_owned()
    };
    let label_en = move || {
        if question { t_string!(i18n, desk.de_question_en) } else { t_string!(i18n, desk.de_why_en) }.to_owned()
    };
    view! {
        <div class="desk-columns">
            <TextArea label=label_fr value=fr />
            <TextArea label=label_en value=en />
        </div>
    }
}

fn sourced(i18n: I18n, source: Text, verified: RwSignal<bool>) -> impl IntoView {
    view! {
        <TextField
            label=move || t_string!(i18n, desk.de_where)
            value=source
            hint=move || Some(t_string!(i18n, desk.de_where_hint).to_owned())
        />
        <Tick
            label=move || t_string!(i18n, desk.de_verified)
            value=verified
            on_change=move |on| verified.set(on)
        />
    }
}

/// The code, and the button that takes the part away.
fn last_line(i18n: I18n, code: Text, remove: Callback<()>) -> impl IntoView {
    view! {
        <div class="form-grid form-line">
            <TextField
                label=move || t_string!(i18n, desk.de_code)
                value=code
                hint=move || Some(t_string!(i18n, desk.de_code_hint).to_owned())
            />
            <Button
                label=move || t_string!(i18n, desk.de_remove)
                icon=Glyph::WasteBin
                weight=Weight::Quiet
                on_press=remove
            />
        </div>
    }
}

fn rule(i18n: I18n, names: Names, fields: FormFields, one: RuleFields) -> impl IntoView {
    let answer = Signal::derive(move || Answer::from(one.answer()));
    let summary = move || heading(i18n, one.fr, one.en, one.code);
    let is = move |outcome: Outcome| one.answer() == outcome;
    let remove = Callback::new(move |()| fields.rules.update(|list| list.retain(|known| known.key != one.key)));
    let kinds = move || {
        [
            (Kind::NoDate, t_string!(i18n, desk.de_until_none)),
            (Kind::Age, t_string!(i18n, desk.de_until_age)),
            (Kind::Day, t_string!(i18n, desk.de_until_day)),
            (Kind::Other, t_string!(i18n, desk.de_until_other)),
        ]
        .map(|(kind, word)| (kind.key().to_owned(), word.to_owned()))
        .to_vec()
    };
    let until_hint = move || {
        let hint = match one.until_kind.with(|key| Kind::of(key)) {
            Kind::Age => t_string!(i18n, desk.de_age_hint),
            Kind::Day => t_string!(i18n, desk.r_need_day),
            _ => t_string!(i18n, desk.de_until_hint),
        };
        Some(hint.to_owned())
    };
    view! {
        <details class="fold" open=one.fresh data-testid="rule-form">
            <summary>
                <span class="rule-answer" data-answer=move || answer.get().name()>
                    <Icon glyph=Signal::derive(move || answer.get().glyph()) />
                    {move || answer.get().word(i18n)}
                </span>
                <span class="fold-words">{summary}</span>
                <Icon glyph=Glyph::Down />
            </summary>
            <div class="fold-body">
                {condition(i18n, names, one.when, Signal::derive(move || t_string!(i18n, desk.de_when).to_owned()))}
                <div class="form-grid">
                    <SelectField
                        label=move || t_string!(i18n, desk.de_outcome)
                        value=one.outcome
                        options=names::outcomes(i18n)
                        testid="rule-outcome"
                    />
                    <Show when=move || is(Outcome::Deferred)>
                        <SelectField label=move || t_string!(i18n, desk.de_until) value=one.until_kind options=kinds />
                        <Show when=move || one.until_kind.with(|key| Kind::of(key) != Kind::NoDate)>
                            <TextField
                                label=move || t_string!(i18n, desk.de_until_which)
                                value=one.until
                                hint=until_hint
                            />
                        </Show>
                    </Show>
                </div>
                <Show when=move || is(Outcome::OtherProduct)>
                    <PickList
                        legend=move || t_string!(i18n, desk.de_instead)
                        none=move || t_string!(i18n, desk.de_instead_none)
                        add=move || t_string!(i18n, desk.de_product_add)
                        options=names.products
                        value=one.instead
                    />
                </Show>
                {said(i18n, one.fr, one.en, false)}
                {sourced(i18n, one.source, one.verified)}
                <Tick
                    label=move || t_string!(i18n, desk.de_advice)
                    note=move || Some(t_string!(i18n, desk.de_advice_note).to_owned())
                    value=one.advice
                    on_change=move |on| one.advice.set(on)
                />
                <Tick
                    label=move || t_string!(i18n, desk.de_absolute)
                    note=move || Some(t_string!(i18n, desk.de_absolute_note).to_owned())
                    value=one.absolute
                    on_change=move |on| one.absolute.set(on)
                />
                {last_line(i18n, one.code, remove)}
            </div>
        </details>
    }
}

fn agreement(i18n: I18n, names: Names, fields: FormFields, one: AgreementFields) -> impl IntoView {
    let remove = Callback::new(move |()| fields.agreements.update(|list| list.retain(|known| known.key != one.key)));
    view! {
        <Fold summary=move || heading(i18n, one.fr, one.en, one.code) open=one.fresh>
            {condition(i18n, names, one.when, Signal::derive(move || t_string!(i18n, desk.de_agreement_when).to_owned()))}
            <TickList legend=move || t_string!(i18n, desk.de_by) options=names::who(i18n) value=one.by />
            <div class="form-grid">
                <NumberField label=move || t_string!(i18n, desk.de_count) value=one.count whole=true />
            </div>
            <TickList legend=move || t_string!(i18n, desk.de_or_judge) options=names::who(i18n) value=one.or_judge />
            <TickList legend=move || t_string!(i18n, desk.de_how) options=names::manners(i18n) value=one.how />
            {said(i18n, one.fr, one.en, false)}
            {sourced(i18n, one.source, one.verified)}
            {last_line(i18n, one.code, remove)}
        </Fold>
    }
}

fn question(i18n: I18n, names: Names, fields: FormFields, one: QuestionFields) -> impl IntoView {
    let remove = Callback::new(move |()| fields.questions.update(|list| list.retain(|known| known.key != one.key)));
    view! {
        <Fold summary=move || heading(i18n, one.fr, one.en, one.code) open=one.fresh>
            {said(i18n, one.fr, one.en, true)}
            {condition(i18n, names, one.asked, Signal::derive(move || t_string!(i18n, desk.de_asked).to_owned()))}
            <Tick
                label=move || t_string!(i18n, desk.de_required)
                value=one.required
                on_change=move |on| one.required.set(on)
            />
            <div class="form-grid">
                <NumberField
                    label=move || t_string!(i18n, desk.de_order)
                    value=one.order
                    whole=true
                    hint=move || Some(t_string!(i18n, desk.de_order_hint).to_owned())
                />
                <SelectField
                    label=move || t_string!(i18n, desk.de_about)
                    value=one.about
                    options=Signal::derive(move || names::abouts(i18n))
                    empty=Signal::derive(move || t_string!(i18n, desk.about_unsaid).to_owned())
                />
                <SelectField
                    label=move || t_string!(i18n, desk.de_pictogram)
                    value=one.pictogram
                    options=Signal::derive(move || names::pictograms(i18n))
                    empty=Signal::derive(move || t_string!(i18n, desk.de_no_pictogram).to_owned())
                />
            </div>
            {translations(i18n, one.translations)}
            {last_line(i18n, one.code, remove)}
        </Fold>
    }
}

/// The question in other languages, one line each.
fn translations(i18n: I18n, all: RwSignal<Vec<TranslationFields>>) -> impl IntoView {
    let add = move |()| all.update(|list| list.push(TranslationFields::of(&TranslationForm::default())));
    let line = move |one: TranslationFields| {
        view! {
            <div class="form-grid form-line">
                <TextField
                    label=move || t_string!(i18n, desk.de_language)
                    value=one.lang
                    hint=move || Some(t_string!(i18n, desk.de_language_hint).to_owned())
                    testid="translation-lang"
                />
                <TextField
                    label=move || t_string!(i18n, desk.de_translation)
                    value=one.text
                    testid="translation-text"
                />
                <Tick
                    label=move || t_string!(i18n, desk.de_translation_validated)
                    value=one.validated
                    on_change=move |on| one.validated.set(on)
                />
                <Button
                    label=move || t_string!(i18n, desk.de_remove)
                    icon=Glyph::Cross
                    weight=Weight::Quiet
                    on_press=move |()| all.update(|list| list.retain(|known| known.key != one.key))
                />
            </div>
        }
    };
    view! {
        <For each=move || all.get() key=|one| one.key children=line />
        <div class="actions">
            <Button
                label=move || t_string!(i18n, desk.de_translation_add)
                icon=Glyph::Plus
                on_press=add
                testid="add-translation"
            />
        </div>
    }
}

/// The three lists, each with the button that adds to it.
#[component]
pub fn PartsCards(editor: Editor, names: Names, fields: FormFields) -> impl IntoView {
    let i18n = use_i18n();
    let add = move |label: Signal<String>, press: Callback<()>, testid: &'static str| {
        view! {
            <div class="actions">
                <Button label=label icon=Glyph::Plus on_press=press testid=testid />
            </div>
        }
    };
    let add_rule = Callback::new(move |()| editor.within(|| fields.add_rule(i18n)));
    let add_agreement = Callback::new(move |()| editor.within(|| fields.add_agreement(i18n)));
    let add_question = Callback::new(move |()| editor.within(|| fields.add_question(i18n)));
    view! {
        <Card title=move || t_string!(i18n, desk.d_rules)>
            <p class="muted">{t!(i18n, desk.de_rules_text)}</p>
            <For each=move || fields.rules.get() key=|one| one.key children=move |one| rule(i18n, names, fields, one) />
            {add(Signal::derive(move || t_string!(i18n, desk.de_rule_add).to_owned()), add_rule, "add-rule")}
        </Card>
        <Card title=move || t_string!(i18n, desk.d_agreements)>
            <For
                each=move || fields.agreements.get()
                key=|one| one.key
                children=move |one| agreement(i18n, names, fields, one)
            />
            {add(
                Signal::derive(move || t_string!(i18n, desk.de_agreement_add).to_owned()),
                add_agreement,
                "add-agreement",
            )}
        </Card>
        <Card title=move || t_string!(i18n, desk.d_questions)>
            <For
                each=move || fields.questions.get()
                key=|one| one.key
                children=move |one| question(i18n, names, fields, one)
            />
            {add(
                Signal::derive(move || t_string!(i18n, desk.de_question_add).to_owned()),
                add_question,
                "add-question",
            )}
        </Card>
    }
}
