//! What the desk said, each with its versions: who said what when, what counts now, and the form that corrects it.

use crate::client::{ask, routes};
use crate::components::{
    Button, Card, DateField, Glyph, Keys, Notice, NumberField, SelectField, StatusPill, TextArea, TextField, Tone,
    Weight,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::lot_questions::{LotQuestions, Questions};
use crate::pages::kept::{Fields, KeptLine, is_typed};
use crate::pages::parts::Work;
use crate::pages::said::words::{Field, fields, line, with};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{CorrectSaid, Said, SaidVersion, Says, StockView};
use perron_domain::lot::{self, LotDoubt};

use crate::pages::stock::receive::{known_lots, product_name};

/// Says whether something said is a message to the teams.
#[must_use]
pub fn is_notice(said: &Said) -> bool {
    said.versions.iter().any(|version| matches!(version.says, Some(Says::NoticePublished(_))))
}

/// The list.
#[component]
pub fn SaidList(
    /// What was said, the latest first.
    said: Vec<Said>,
    /// Products and lots, to name and to compare.
    #[prop(into)]
    stock: Signal<Option<StockView>>,
    /// Something was corrected.
    on_corrected: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    if said.is_empty() {
        return view! { <p class="muted">{t!(i18n, desk.sd_none)}</p> }.into_any();
    }
    let one = move |said: Said| view! { <One said=said stock=stock on_corrected=on_corrected /> };
    view! { <ul class="plain said-list">{said.into_iter().map(one).collect_view()}</ul> }.into_any()
}

fn named(stock: Signal<Option<StockView>>, code: &str) -> String {
    stock.with(|stock| stock.as_ref().map_or_else(|| code.to_owned(), |stock| product_name(stock, code)))
}

fn version(i18n: I18n, one: &SaidVersion, stock: Signal<Option<StockView>>) -> impl IntoView + use<> {
    let says = one.says.clone();
    let text = move || match &says {
        Some(says) => line(i18n, says, |code| named(stock, code)),
        None => words::say!(i18n, desk.sd_withdrawn).to_owned(),
    };
    let who = words::say!(i18n, desk.sd_by, name = one.by.clone(), when = words::moment(i18n, one.at));
    let why = one.reason.clone().map(|reason| words::say!(i18n, desk.l_reason, reason = reason));
    let (tone, word) = match (one.stands, one.says.is_some()) {
        (true, true) => (Tone::Good, words::say!(i18n, desk.sd_counts)),
        (true, false) => (Tone::Warning, words::say!(i18n, desk.sd_withdrawn)),
        (false, _) => (Tone::Neutral, words::say!(i18n, desk.sd_before)),
    };
    view! {
        <li data-testid="said-version">
            <StatusPill tone=tone label=word />
            " "
            <span class="as-written">{text}</span>
            <div class="cell-note">{who} {why.map(|why| format!(" · {why}"))}</div>
        </li>
    }
}

#[component]
fn One(said: Said, stock: Signal<Option<StockView>>, on_corrected: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    // The list is drawn anew when news come: what is being corrected stays open.
    let open = RwSignal::new(is_typed(&form_of(said.fact)));
    let versions = said.versions.iter().map(|one| version(i18n, one, stock)).collect_view();
    let standing = said.standing().and_then(|version| version.says.clone());
    let fact = said.fact;
    let form = move || {
        let says = standing.clone()?;
        open.get().then(|| {
            view! {
                <Correct
                    fact=fact
                    says=says
                    stock=stock
                    on_done=Callback::new(move |()| {
                        open.set(false);
                        on_corrected.run(());
                    })
                />
            }
        })
    };
    let correctable = said.standing().is_some();
    view! {
        <li class="said" data-testid="said">
            <ul class="plain">{versions}</ul>
            {said
                .conflict
                .then(|| view! { <Notice tone=Tone::Warning><p>{t!(i18n, desk.sd_conflict)}</p></Notice> })}
            {correctable
                .then(|| {
                    view! {
                        <Button
                            label=move || {
                                if open.get() { t_string!(i18n, common.cancel) } else { t_string!(i18n, desk.sd_correct) }
                            }
                            icon=Glyph::Pen
                            weight=Weight::Quiet
                            on_press=move |()| open.update(|open| *open = !*open)
                            testid="said-correct"
                        />
                    }
                })}
            {form}
        </li>
    }
}

/// Returns the key under which what is typed in a correction is kept.
fn form_of(fact: perron_domain::name::FactName) -> String {
    format!("said-{fact}")
}

fn label(i18n: I18n, field: Field) -> String {
    match field {
        Field::Product | Field::AnyProduct => t_string!(i18n, desk.s_product),
        Field::Lot => t_string!(i18n, desk.s_lot),
        Field::Expiry => t_string!(i18n, desk.s_expiry),
        Field::Doses => t_string!(i18n, desk.s_doses),
        Field::Why => t_string!(i18n, desk.s_why),
        Field::Title => t_string!(i18n, desk.ms_heading),
        Field::Text => t_string!(i18n, desk.c_text),
        Field::SignedBy => t_string!(i18n, desk.h_signed_by),
        Field::On => t_string!(i18n, desk.h_signed_on),
        Field::Name => t_string!(i18n, desk.h_name),
        Field::Phone => t_string!(i18n, desk.a_phone),
        Field::Link => t_string!(i18n, desk.ms_link),
        Field::Rpps => t_string!(i18n, desk.h_rpps),
    }
    .to_owned()
}

/// What speaks against a lot as it is typed in a correction. That its last day becomes another one is the correction.
fn doubts(stock: &StockView, says: &Says, first: &Says) -> Vec<LotDoubt> {
    let mut known = known_lots(stock);
    match (says, first) {
        (Says::LotReceived(one), Says::LotReceived(before)) => {
            // What is corrected is no witness against its correction.
            known.retain(|line| {
                line.product.as_deref() != Some(before.product.as_str()) || !lot::same(&line.lot, &before.lot)
            });
            let mut found = lot::doubts(&known, &one.product, &one.lot, Some(one.expiry), stock.today);
            found.retain(|doubt| !matches!(doubt, LotDoubt::OtherExpiry { .. } | LotDoubt::Expired { .. }));
            found.extend(lot::amount_doubt(one.doses));
            found
        }
        (Says::LotIsolated(one), _) => lot::isolation_doubts(&known, one.product.as_deref(), &one.lot, stock.today),
        _ => Vec::new(),
    }
}

#[component]
fn Correct(
    fact: perron_domain::name::FactName,
    says: Says,
    stock: Signal<Option<StockView>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let typed: Vec<(Field, RwSignal<String>)> =
        fields(&says).into_iter().map(|(field, text)| (field, RwSignal::new(text))).collect();
    let reason = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let only_taken_back = typed.is_empty();
    let (first, all) = (says.clone(), typed.clone());
    let new = Memo::new(move |_| {
        let text =
            |field: Field| all.iter().find(|(one, _)| *one == field).map(|(_, text)| text.get()).unwrap_or_default();
        with(&first, text)
    });
    let before = says.clone();
    let asked = Memo::new(move |_| {
        let (Some(stock), Some(new)) = (stock.get(), new.get()) else { return Vec::new() };
        doubts(&stock, &new, &before)
    });
    let questions = Questions::of(asked, RwSignal::new(String::new()));
    let fields = Fields::of(form_of(fact)).texts([("reason", reason), ("right", questions.reason)]);
    let kept = typed.iter().fold(fields, |all, (field, value)| all.with(field.name(), *value)).keep();
    let send = move |says: Option<Says>| {
        tried.set(true);
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            return;
        }
        work.run(ask(routes::CORRECT_SAID, (fact,), CorrectSaid { says, reason: why }), move |()| {
            kept.settle();
            on_done.run(());
        });
    };
    let save = move |()| {
        tried.set(true);
        let Some(mut says) = new.get_untracked() else { return };
        if untrack(|| questions.waiting()) {
            return;
        }
        if let Some(confirmed) = questions.confirmed() {
            match &mut says {
                Says::LotReceived(one) => one.confirmed = Some(confirmed),
                Says::LotIsolated(one) => one.confirmed = Some(confirmed),
                _ => {}
            }
        }
        send(Some(says));
    };
    let lot_field = typed.iter().find(|(field, _)| *field == Field::Lot).map(|(_, text)| *text);
    let withdrawn = says.may_be_withdrawn();
    let field = move |(field, value): (Field, RwSignal<String>)| {
        let label = Signal::derive(move || label(i18n, field));
        let products = Signal::derive(move || {
            let known = stock.get().map(|stock| stock.known).unwrap_or_default();
            known.into_iter().map(|one| (one.code, one.name)).collect::<Vec<_>>()
        });
        let testid = format!("said-{field:?}");
        match field {
            Field::Product => {
                view! { <SelectField label=label value=value options=products testid=testid /> }.into_any()
            }
            Field::AnyProduct => view! {
                <SelectField
                    label=label
                    value=value
                    options=products
                    empty=Signal::derive(move || t_string!(i18n, desk.s_isolate_all).to_owned())
                    testid=testid
                />
            }
            .into_any(),
            Field::Expiry => view! { <DateField label=label value=value expiry=true testid=testid /> }.into_any(),
            Field::On => view! { <DateField label=label value=value testid=testid /> }.into_any(),
            Field::Doses => view! { <NumberField label=label value=value whole=true testid=testid /> }.into_any(),
            Field::Text => view! { <TextArea label=label value=value testid=testid /> }.into_any(),
            Field::Lot => view! { <TextField label=label value=value keys=Keys::Code testid=testid /> }.into_any(),
            Field::Phone => view! { <TextField label=label value=value keys=Keys::Phone testid=testid /> }.into_any(),
            _ => view! { <TextField label=label value=value testid=testid /> }.into_any(),
        }
    };
    let unreadable = move || tried.get() && !only_taken_back && new.with(Option::is_none);
    let why_missing = move || {
        (tried.get() && reason.with(|text| text.trim().is_empty())).then(|| t_string!(i18n, desk.p_need).to_owned())
    };
    view! {
        <Card title=move || t_string!(i18n, desk.sd_correct)>
            <KeptLine kept=kept />
            <div class="form-grid">{typed.into_iter().map(field).collect_view()}</div>
            <LotQuestions
                questions=questions
                product=Callback::new(move |code: String| named(stock, &code))
                on_same=Callback::new(move |number| {
                    if let Some(lot) = lot_field {
                        lot.set(number);
                    }
                })
            />
            <TextField label=move || t_string!(i18n, desk.sd_why) value=reason error=why_missing testid="said-why" />
            <Show when=unreadable>
                <Notice tone=Tone::Warning><p>{t!(i18n, stock.cannot_read)}</p></Notice>
            </Show>
            {work.failure(i18n)}
            <div class="actions">
                {(!only_taken_back)
                    .then(|| {
                        view! {
                            <Button
                                label=move || t_string!(i18n, desk.sd_save)
                                weight=Weight::Primary
                                disabled=Signal::derive(move || work.busy.get() || questions.waiting())
                                on_press=save
                                testid="said-save"
                            />
                        }
                    })}
                {withdrawn
                    .then(|| {
                        view! {
                            <Button
                                label=move || t_string!(i18n, desk.sd_withdraw)
                                weight=Weight::Danger
                                disabled=work.busy
                                on_press=move |()| send(None)
                                testid="said-withdraw"
                            />
                        }
                    })}
            </div>
        </Card>
    }
}
