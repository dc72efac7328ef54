//! «Tournées»: every round, the latest day first, and the way to a new one.

use crate::client::{ask, get, routes};
use crate::components::{
    Button, Card, DataTable, DateField, EmptyState, Glyph, PageHeader, StatusPill, TextField, Weight, fr,
};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::address::open_in_address;
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::odd::{self, AskOdd, Odd};
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::round::start::StillMissing;
use crate::pages::words;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use perron_desk_api::{NewRound, RoundLine, RoundStage};

/// The page.
#[component]
pub fn Rounds() -> impl IntoView {
    let i18n = use_i18n();
    let rounds = LocalResource::new(|| get(routes::ROUNDS));
    on_news(move || rounds.refetch());
    let creating = open_in_address("nouvelle");
    let open = move |()| creating.update(|open| *open = !*open);
    view! {
        <PageHeader title=move || t_string!(i18n, desk.r_title)>
            <Button
                label=move || t_string!(i18n, desk.r_new)
                icon=Glyph::Plus
                weight=Weight::Primary
                on_press=open
                testid="new-round"
            />
        </PageHeader>
        <StillMissing />
        <Show when=move || creating.get()>
            <NewRoundForm />
        </Show>
        {loaded(i18n, rounds, move |rounds| {
            if rounds.is_empty() {
                view! {
                    <EmptyState
                        glyph=Glyph::Route
                        title=move || t_string!(i18n, desk.r_none)
                        text=move || Some(t_string!(i18n, desk.r_none_text).to_owned())
                    />
                }
                    .into_any()
            } else {
                table(i18n, rounds).into_any()
            }
        })}
    }
}

#[component]
fn NewRoundForm() -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let navigate = use_navigate();
    let (label, day) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let tried = RwSignal::new(false);
    let kept = Fields::of("round-new").texts([("label", label), ("day", day)]).keep();
    let odd = Odd::of(move || odd::about_day(i18n, &day.get()));
    let relay = LocalResource::new(|| get(routes::RELAY));
    // Most rounds are prepared for tomorrow.
    Effect::new(move |_| {
        if let Some(Ok(relay)) = relay.get()
            && day.with_untracked(String::is_empty)
        {
            day.set(fr::date_short(relay.today.plus_days(1).0));
            kept.begin();
        }
    });
    let name_wrong = move || {
        (tried.get() && label.with(|text| text.trim().is_empty())).then(|| t_string!(i18n, desk.r_need_name).to_owned())
    };
    let day_wrong = move || {
        (tried.get() && day.with(|text| words::read_day(text).is_none()))
            .then(|| t_string!(i18n, desk.r_need_day).to_owned())
    };
    let create = Callback::new(move |()| {
        tried.set(true);
        let name = label.get_untracked().trim().to_owned();
        let Some(on) = day.with_untracked(|text| words::read_day(text)) else { return };
        if name.is_empty() || untrack(|| odd.waits()) {
            return;
        }
        let navigate = navigate.clone();
        work.run(ask(routes::NEW_ROUND, (), NewRound { on, label: name }), move |view| {
            kept.settle();
            navigate(&format!("/relais/tournees/{}/preparer", view.draft.number), Default::default());
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.r_new)>
            <KeptLine kept=kept />
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.r_name)
                    value=label
                    hint=move || Some(t_string!(i18n, desk.r_name_hint).to_owned())
                    error=name_wrong
                    testid="round-name"
                />
                <DateField label=move || t_string!(i18n, desk.r_day) value=day error=day_wrong testid="round-day" />
            </div>
            <AskOdd odd=vec![odd] />
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.r_create)
                    weight=Weight::Primary
                    disabled=work.busy
                    on_press=create
                    testid="create-round"
                />
            </div>
        </Card>
    }
}

fn table(i18n: I18n, rounds: Vec<RoundLine>) -> impl IntoView {
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_day).to_owned(),
            t_string!(i18n, desk.c_round).to_owned(),
            t_string!(i18n, desk.c_team).to_owned(),
            t_string!(i18n, desk.c_stage).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_persons)),
            format!("#{}", t_string!(i18n, desk.c_vaccinated)),
            format!("#{}", t_string!(i18n, desk.c_doses)),
            format!("#{}", t_string!(i18n, desk.c_gaps)),
        ]
    };
    view! {
        <DataTable caption=move || t_string!(i18n, desk.r_title) columns=columns>
            {rounds.into_iter().map(|round| row(i18n, round)).collect_view()}
        </DataTable>
    }
}

fn row(i18n: I18n, round: RoundLine) -> impl IntoView {
    let draft = round.stage == RoundStage::Draft;
    let (tone, stage) = words::stage(i18n, round.stage);
    let rest = if draft { "/preparer" } else { "" };
    let href = format!("/relais/tournees/{}{rest}", round.number);
    let figure = move |value: u32| if draft { String::new() } else { value.to_string() };
    view! {
        <tr data-testid="round">
            <td class="nowrap">{fr::date_short(round.on.0)}</td>
            <td><a class="cell-link" href=href>{round.label}</a></td>
            <td>{round.team}</td>
            <td><StatusPill tone=tone label=stage /></td>
            <td class="number nowrap">{round.done} " / " {round.persons}</td>
            <td class="number">{figure(round.vaccinated)}</td>
            <td class="number">{figure(round.doses)}</td>
            <td class="number">{(round.gaps > 0).then_some(round.gaps)}</td>
        </tr>
    }
}
