//! Preparing a round: five things in order, each saved as soon as it is changed.

use super::order::Order;
use super::parts::Work;
use super::picker::Picker;
use super::words;
use crate::components::{
    Button, Card, DateField, Dialog, ErrorBlock, Glyph, LinkButton, Notice, NumberField, PageHeader, SelectField,
    StatusPill, TextField, Tick, TimeField, Tone, Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::state::desk::{self, DeskError};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};
use perron_desk::{DraftView, RelayView, RoundDraft, StockView, TabletsView};
use perron_domain::fact::{Modality, PlannedLot, Role};

/// The draft on this page and the way it is kept.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The draft as the hub last saw it, looked up.
    pub view: RwSignal<Option<DraftView>>,
    /// The draft as it stands on the page.
    draft: RwSignal<Option<RoundDraft>>,
    /// Whether something is on its way.
    pub saving: RwSignal<bool>,
    /// Whether something was changed while another saving was on its way.
    again: RwSignal<bool>,
    /// Why the last saving failed.
    error: RwSignal<Option<DeskError>>,
}

impl Editor {
    fn new() -> Self {
        Self {
            view: RwSignal::new(None),
            draft: RwSignal::new(None),
            saving: RwSignal::new(false),
            again: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// Takes what the hub answers. Says whether the page is still there.
    fn take(self, answer: Result<DraftView, DeskError>) -> bool {
        match answer {
            Ok(view) => {
                let version = view.draft.version;
                // What was changed meanwhile on the page stays; only the version moves on.
                if self.again.try_get_untracked() == Some(true) {
                    self.draft.try_update(|draft| draft.iter_mut().for_each(|draft| draft.version = version));
                } else {
                    self.draft.try_set(Some(view.draft.clone()));
                }
                self.view.try_set(Some(view)).is_none()
            }
            Err(error) => {
                self.error.try_set(Some(error));
                false
            }
        }
    }

    fn load(self, number: u32) {
        self.error.set(None);
        spawn_local(async move {
            let answer = desk::draft(number).await;
            self.take(answer);
        });
    }

    /// Changes the draft and saves it; a change made during a saving is saved right after it.
    pub fn change(self, change: impl FnOnce(&mut RoundDraft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
        if self.saving.get_untracked() {
            self.again.set(true);
            return;
        }
        self.saving.set(true);
        self.error.set(None);
        spawn_local(async move {
            loop {
                let Some(Some(draft)) = self.draft.try_get_untracked() else { return };
                self.again.try_set(false);
                let answer = desk::save_draft(&draft).await;
                let good = self.take(answer);
                if !good || self.again.try_get_untracked() != Some(true) {
                    break;
                }
            }
            self.saving.try_set(false);
        });
    }

    /// Lets the hub change the draft, unless a saving is on its way.
    pub fn ask(self, what: impl Future<Output = Result<DraftView, DeskError>> + 'static) {
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        self.error.set(None);
        spawn_local(async move {
            let answer = what.await;
            self.take(answer);
            self.saving.try_set(false);
        });
    }
}

/// The page.
#[component]
pub fn RoundEditor() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|map| map.get("number").and_then(|text| text.parse::<u32>().ok())));
    let editor = Editor::new();
    Effect::new(move |_| {
        if let Some(number) = number.get() {
            editor.load(number);
        }
    });
    let there = Memo::new(move |_| editor.view.with(|view| view.as_ref().map(|view| view.draft.number)));
    view! {
        {move || match there.get() {
            Some(number) => view! { <Sheet editor=editor number=number /> }.into_any(),
            None => {
                view! {
                    <PageHeader title=move || t_string!(i18n, desk.r_title) back="/relais/tournees" />
                    {move || match editor.error.get() {
                        Some(error) => {
                            view! {
                                <ErrorBlock
                                    message=move || words::sentence(i18n, &error)
                                    on_retry=move |()| {
                                        if let Some(number) = number.get_untracked() {
                                            editor.load(number);
                                        }
                                    }
                                />
                            }
                                .into_any()
                        }
                        None => view! { <p class="muted" role="status">{t!(i18n, common.loading)}</p> }.into_any(),
                    }}
                }
                    .into_any()
            }
        }}
    }
}

#[component]
fn Sheet(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || editor.view.with(|view| view.as_ref().map(|view| view.draft.label.clone()).unwrap_or_default());
    let saved = move || {
        if editor.saving.get() {
            (Tone::Neutral, t_string!(i18n, desk.e_saving))
        } else {
            (Tone::Good, t_string!(i18n, desk.e_saved))
        }
    };
    let people = Signal::derive(move || {
        editor.view.with(|view| {
            view.as_ref().map_or(0, |view| view.draft.stops.iter().map(|stop| stop.people.len()).sum::<usize>())
        })
    });
    let version = Memo::new(move |_| u32::try_from(people.get()).unwrap_or(0));
    view! {
        <PageHeader
            title=label
            subtitle=move || Some(t_string!(i18n, desk.e_sub).to_owned())
            back="/relais/tournees"
        >
            <StatusPill tone=Signal::derive(move || saved().0) label=Signal::derive(move || saved().1.to_owned()) />
        </PageHeader>
        {move || {
            editor.error.get().map(|error| {
                view! {
                    <ErrorBlock
                        message=move || words::sentence(i18n, &error)
                        on_retry=move |()| editor.load(number)
                    />
                }
            })
        }}
        <FrameCard editor=editor />
        <div class="desk-columns">
            <Card title=move || t_string!(i18n, desk.e_people)>
                <Picker
                    busy=editor.saving.into()
                    version=version.into()
                    on_add=Callback::new(move |people| editor.ask(desk::add_people(number, people)))
                />
            </Card>
            <Card title=move || t_string!(i18n, desk.e_order)>
                <Order editor=editor number=number />
            </Card>
        </div>
        <LotsCard editor=editor />
        <PublishCard editor=editor number=number />
    }
}

/// Reads the draft once, when a form is built.
fn now(editor: Editor) -> Option<RoundDraft> {
    editor.draft.get_untracked()
}

#[component]
fn FrameCard(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let start = now(editor);
    let text = |pick: fn(&RoundDraft) -> String| RwSignal::new(start.as_ref().map(pick).unwrap_or_default());
    let (label, team) = (text(|draft| draft.label.clone()), text(|draft| draft.team.clone()));
    let place = text(|draft| draft.start_place.clone());
    let day = text(|draft| fr::date_short(draft.on.0));
    let hour = text(|draft| words::clock_text(draft.start_minute));
    let modality = text(|draft| modality_code(draft.modality).to_owned());
    let day_wrong =
        move || day.with(|text| words::read_day(text).is_none()).then(|| t_string!(i18n, desk.r_need_day).to_owned());
    let change_day = move |typed: String| {
        if let Some(on) = words::read_day(&typed) {
            editor.change(|draft| draft.on = on);
        }
    };
    // The time field tells of each change through its signal.
    Effect::new(move |before: Option<String>| {
        let text = hour.get();
        if before.is_some_and(|before| before != text)
            && let Some(minute) = words::clock_minutes(&text)
        {
            editor.change(|draft| draft.start_minute = minute);
        }
        text
    });
    let modalities = move || {
        [
            ("home", t_string!(i18n, desk.m_home)),
            ("mobile", t_string!(i18n, desk.m_mobile)),
            ("ephemeral", t_string!(i18n, desk.m_ephemeral)),
            ("drive", t_string!(i18n, desk.m_drive)),
        ]
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .to_vec()
    };
    let relay = LocalResource::new(desk::relay);
    let tablets = LocalResource::new(desk::tablets);
    let protocol =
        Signal::derive(move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.relay_protocol)));
    view! {
        <Card title=move || t_string!(i18n, desk.e_frame)>
            <div class="form-grid">
                <TextField
                    label=move || t_string!(i18n, desk.r_name)
                    value=label
                    on_change=move |text| editor.change(|draft| draft.label = text)
                />
                <DateField label=move || t_string!(i18n, desk.r_day) value=day error=day_wrong on_change=change_day />
                <TextField
                    label=move || t_string!(i18n, desk.e_team)
                    value=team
                    hint=move || Some(t_string!(i18n, desk.e_team_hint).to_owned())
                    on_change=move |text| editor.change(|draft| draft.team = text)
                    testid="team"
                />
                <TextField
                    label=move || t_string!(i18n, desk.e_place)
                    value=place
                    optional=true
                    on_change=move |text| editor.change(|draft| draft.start_place = text)
                />
                <TimeField label=move || t_string!(i18n, desk.e_hour) value=hour />
                <SelectField
                    label=move || t_string!(i18n, desk.e_modality)
                    value=modality
                    options=modalities
                    on_change=move |code: String| editor.change(|draft| draft.modality = modality_of(&code))
                />
            </div>
            <div class="desk-columns">
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.e_nurses)}</legend>
                    {move || relay.get().and_then(Result::ok).map(|relay| nurses(editor, relay))}
                </fieldset>
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.e_tablets)}</legend>
                    {move || tablets.get().and_then(Result::ok).map(|tablets| tablet_ticks(i18n, editor, tablets))}
                </fieldset>
            </div>
            <Tick
                label=move || t_string!(i18n, desk.e_protocol)
                note=move || Some(t_string!(i18n, desk.e_protocol_note).to_owned())
                value=protocol
                on_change=move |on| editor.change(|draft| draft.relay_protocol = on)
            />
        </Card>
    }
}

const fn modality_code(modality: Modality) -> &'static str {
    match modality {
        Modality::Home => "home",
        Modality::Mobile => "mobile",
        Modality::Ephemeral => "ephemeral",
        Modality::Drive => "drive",
    }
}

fn modality_of(code: &str) -> Modality {
    match code {
        "mobile" => Modality::Mobile,
        "ephemeral" => Modality::Ephemeral,
        "drive" => Modality::Drive,
        _ => Modality::Home,
    }
}

/// Puts `one` in the list or takes it out.
fn toggle<T: PartialEq>(list: &mut Vec<T>, one: T, on: bool) {
    list.retain(|known| *known != one);
    if on {
        list.push(one);
    }
}

fn nurses(editor: Editor, relay: RelayView) -> impl IntoView {
    let nurse = |one: &perron_desk::AccountLine| one.roles.contains(&Role::Nurse);
    relay
        .accounts
        .into_iter()
        .filter(nurse)
        .map(|one| {
            let account = one.account;
            let chosen =
                move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.nurses.contains(&account)));
            view! {
                <Tick
                    label=one.name
                    value=Signal::derive(chosen)
                    on_change=move |on| editor.change(|draft| toggle(&mut draft.nurses, account, on))
                    testid=format!("nurse-{}", account.0)
                />
            }
        })
        .collect_view()
}

fn tablet_ticks(i18n: I18n, editor: Editor, tablets: TabletsView) -> AnyView {
    let active: Vec<_> = tablets.tablets.into_iter().filter(|tablet| tablet.retired.is_none()).collect();
    if active.is_empty() {
        return view! {
            <p>{t!(i18n, desk.e_no_tablet)}</p>
            <div class="actions">
                <LinkButton
                    label=move || t_string!(i18n, desk.e_no_tablet_link)
                    href="/relais/tablettes"
                    icon=Glyph::Tablet
                />
            </div>
        }
        .into_any();
    }
    active
        .into_iter()
        .map(|tablet| {
            let device = tablet.device;
            let chosen =
                move || editor.draft.with(|draft| draft.as_ref().is_some_and(|one| one.devices.contains(&device)));
            view! {
                <Tick
                    label=tablet.label
                    value=Signal::derive(chosen)
                    on_change=move |on| editor.change(|draft| toggle(&mut draft.devices, device, on))
                    testid=format!("tablet-{}", device.0)
                />
            }
        })
        .collect_view()
        .into_any()
}

#[component]
fn LotsCard(editor: Editor) -> impl IntoView {
    let i18n = use_i18n();
    let on = Memo::new(move |_| editor.draft.with(|draft| draft.as_ref().map(|draft| draft.on)));
    let stock = LocalResource::new(move || desk::stock(on.get()));
    let found = Signal::derive(move || stock.get().and_then(Result::ok));
    let (lot, doses) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let options = move || found.with(|stock| stock.as_ref().map(|stock| lot_options(i18n, stock)).unwrap_or_default());
    let count = Signal::derive(move || doses.with(|text| text.trim().parse::<u16>().ok()).filter(|count| *count > 0));
    let add = move |()| {
        let Some(doses_wanted) = count.get_untracked() else { return };
        let line = found.with_untracked(|stock| {
            stock.iter().flat_map(|stock| &stock.lots).find(|line| line.lot == lot.get_untracked()).cloned()
        });
        let Some(line) = line else { return };
        let planned = PlannedLot { product: line.product, lot: line.lot, expiry: line.expiry, doses: doses_wanted };
        editor.change(|draft| {
            draft.lots.retain(|known| known.lot != planned.lot);
            draft.lots.push(planned);
        });
        lot.set(String::new());
        doses.set(String::new());
    };
    let needs = move || {
        editor.view.with(|view| {
            let needs = view.iter().flat_map(|view| &view.needs);
            needs
                .map(|need| {
                    let tone = if need.taken < need.needed { Tone::Warning } else { Tone::Good };
                    let label = t_string!(
                        i18n,
                        desk.e_need,
                        name = need.name.as_str(),
                        needed = need.needed,
                        taken = need.taken
                    );
                    view! { <StatusPill tone=tone label=label /> }
                })
                .collect_view()
        })
    };
    let chosen = move || {
        let names = found.with(|stock| {
            let lots = stock.iter().flat_map(|stock| stock.lots.iter());
            lots.map(|line| (line.lot.clone(), line.name.clone())).collect::<Vec<_>>()
        });
        let lots = editor.draft.with(|draft| draft.as_ref().map(|draft| draft.lots.clone()).unwrap_or_default());
        if lots.is_empty() {
            return view! { <p class="muted">{t!(i18n, desk.e_lot_none)}</p> }.into_any();
        }
        lots.into_iter()
            .map(|planned| {
                let name = names.iter().find(|(lot, _)| *lot == planned.lot).map(|(_, name)| name.clone());
                let number = planned.lot.clone();
                let title = format!("{} · {}", name.unwrap_or(planned.product), planned.lot);
                let what = title.clone();
                view! {
                    <li class="chosen-lot">
                        <span>{title}</span>
                        <strong>{planned.doses} " " {move || t_string!(i18n, desk.e_lot_doses).to_lowercase()}</strong>
                        <Button
                            label=move || t_string!(i18n, desk.e_remove, name = what.as_str())
                            icon=Glyph::Cross
                            icon_only=true
                            weight=Weight::Quiet
                            on_press=move |()| {
                                let number = number.clone();
                                editor.change(|draft| draft.lots.retain(|known| known.lot != number));
                            }
                        />
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <Card title=move || t_string!(i18n, desk.e_doses)>
            <div class="actions">{needs}</div>
            <ul class="plain">{chosen}</ul>
            <div class="form-grid form-line">
                <SelectField label=move || t_string!(i18n, desk.e_lot_pick) value=lot options=options testid="lot" />
                <NumberField label=move || t_string!(i18n, desk.e_lot_doses) value=doses whole=true testid="lot-doses" />
                <Button
                    label=move || t_string!(i18n, desk.e_lot_add)
                    icon=Glyph::Plus
                    disabled=Signal::derive(move || lot.with(String::is_empty) || count.get().is_none())
                    on_press=add
                    testid="lot-add"
                />
            </div>
        </Card>
    }
}

/// Lots that may be taken on the day of the round.
fn lot_options(i18n: I18n, stock: &StockView) -> Vec<(String, String)> {
    stock
        .lots
        .iter()
        .filter(|line| !line.expired && line.isolated.is_none())
        .map(|line| {
            let expiry = fr::date_short(line.expiry.0);
            let label = t_string!(
                i18n,
                desk.e_lot_option,
                name = line.name.as_str(),
                lot = line.lot.as_str(),
                expiry = expiry,
                left = line.left
            );
            (line.lot.clone(), label)
        })
        .collect()
}

#[component]
fn PublishCard(editor: Editor, number: u32) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let codes = move |pick: fn(&DraftView) -> &Vec<String>| {
        editor.view.with(|view| view.as_ref().map(|view| pick(view).clone()).unwrap_or_default())
    };
    let ready = Signal::derive(move || codes(|view| &view.blocking).is_empty() && !editor.saving.get());
    let publish = {
        let navigate = navigate.clone();
        Callback::new(move |()| {
            let navigate = navigate.clone();
            work.run(desk::publish(number), move |_| {
                navigate(&format!("/relais/tournees/{number}"), Default::default());
            });
        })
    };
    let delete = Callback::new(move |()| {
        let navigate = navigate.clone();
        work.run(desk::drop_draft(number), move |()| navigate("/relais/tournees", Default::default()));
    });
    let lines = move || {
        let blocking = codes(|view| &view.blocking);
        let warnings = codes(|view| &view.warnings);
        let calm = blocking.is_empty();
        view! {
            {calm.then(|| view! { <Notice tone=Tone::Good><p>{t!(i18n, desk.e_ready)}</p></Notice> })}
            <ul class="plain checks">
                {blocking
                    .into_iter()
                    .map(|code| view! { <li><StatusPill tone=Tone::Danger label=words::blocking(i18n, &code) /></li> })
                    .collect_view()}
                {warnings
                    .into_iter()
                    .map(|code| view! { <li><StatusPill tone=Tone::Warning label=words::warning(i18n, &code) /></li> })
                    .collect_view()}
            </ul>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.e_publish)>
            {lines}
            <p class="muted">{t!(i18n, desk.e_publish_text)}</p>
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.e_publish_do)
                    weight=Weight::Primary
                    icon=Glyph::Check
                    disabled=Signal::derive(move || !ready.get() || work.busy.get())
                    on_press=publish
                    testid="publish"
                />
                <Button
                    label=move || t_string!(i18n, desk.e_drop)
                    weight=Weight::Quiet
                    on_press=move |()| asking.set(true)
                />
            </div>
            <Dialog
                open=asking
                on_close=move |()| asking.set(false)
                title=move || t_string!(i18n, desk.e_drop)
                tone=Tone::Danger
                actions=move || {
                    view! {
                        <Button label=move || t_string!(i18n, common.cancel) on_press=move |()| asking.set(false) />
                        <Button
                            label=move || t_string!(i18n, desk.e_drop)
                            weight=Weight::Danger
                            on_press=delete
                        />
                    }
                }
            >
                <p>{t!(i18n, desk.e_drop_sure)}</p>
            </Dialog>
        </Card>
    }
}
