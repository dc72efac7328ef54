//! What a round carried: doses by lot, the box, the waste.

use super::{csv, nothing};
use crate::browser::{clock, prefs::use_prefs};
use crate::components::{Card, DataTable, SelectField, StatusPill, Tone, fr};
use crate::i18n::{I18n, label, t_string};
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::RoundView;
use perron_domain::fact::WasteStream;
use perron_domain::waste_law::{Reading, limit};
use perron_ui::words::waste as in_words;

/// The balance of each lot.
pub fn lots(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.lots.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_lot).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_taken)),
            format!("#{}", t_string!(i18n, desk.c_extra)),
            format!("#{}", t_string!(i18n, desk.c_given)),
            format!("#{}", t_string!(i18n, desk.c_ceded)),
            format!("#{}", t_string!(i18n, desk.c_wasted)),
            format!("#{}", t_string!(i18n, desk.c_returned)),
            format!("#{}", t_string!(i18n, desk.c_left)),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_lots) aside=csv(i18n, number, "lots")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_lots) columns=columns>
                        {lines
                            .into_iter()
                            .map(|line| {
                                view! {
                                    <tr>
                                        <td><strong>{line.lot}</strong> <div class="cell-note">{line.name}</div></td>
                                        <td class="number">{line.taken}</td>
                                        <td class="number">{line.extra}</td>
                                        <td class="number">{line.given}</td>
                                        <td class="number">{line.ceded}</td>
                                        <td class="number">{line.wasted}</td>
                                        <td class="number">{line.returned}</td>
                                        <td class="number"><strong>{line.left}</strong></td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Temperatures of the box.
pub fn temperatures(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.temperatures.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_hour).to_owned(),
            t_string!(i18n, desk.c_temp).to_owned(),
            t_string!(i18n, desk.c_reason).to_owned(),
        ]
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_temps) aside=csv(i18n, number, "temperatures")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_temps) columns=columns>
                        {lines
                            .into_iter()
                            .map(|line| {
                                let tone = if line.in_range { Tone::Good } else { Tone::Danger };
                                let tenths = i32::from(line.tenths);
                                view! {
                                    <tr>
                                        <td class="nowrap">{words::hour(i18n, line.at)}</td>
                                        <td>
                                            <StatusPill
                                                tone=tone
                                                label=move || fr::celsius(i18n.get_locale(), tenths)
                                            />
                                        </td>
                                        <td>{line.reason}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </DataTable>
                }
                    .into_any()
            }}
        </Card>
    }
}

/// Waste containers.
pub fn containers(i18n: I18n, number: u32, round: &RoundView) -> impl IntoView + use<> {
    let lines = round.containers.clone();
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_kind).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_filled)),
            t_string!(i18n, desk.c_state).to_owned(),
            t_string!(i18n, desk.c_keep).to_owned(),
            format!("#{}", t_string!(i18n, desk.c_weight)),
        ]
    };
    let state = move |line: &perron_desk_api::ContainerLine| match (&line.to, line.closed_at) {
        (Some(to), _) => words::say!(i18n, desk.l_handed_c, to = to.as_str()),
        (None, Some(_)) => words::say!(i18n, desk.l_closed_c).to_owned(),
        (None, None) => words::say!(i18n, desk.l_open_c).to_owned(),
    };
    let prefs = use_prefs();
    let class = RwSignal::new(prefs.waste.get_untracked().unwrap_or_default());
    let options = Signal::derive(move || in_words::classes(i18n));
    // Until when it may be kept, as long as the relay holds it.
    let keep = move |line: &perron_desk_api::ContainerLine| {
        if line.handed_at.is_some() || line.kind.stream() == WasteStream::Ordinary {
            return String::new();
        }
        let Some(used) = line.first_use else { return t_string!(i18n, stock.not_used_yet).to_owned() };
        let production = class.with(|class| in_words::production(class));
        let limit = production.and_then(|made| limit(line.kind, made, Reading::default()));
        let Some(limit) = limit else { return t_string!(i18n, stock.keep_unknown).to_owned() };
        let (zone, over) = (words::zone(), limit.end(used, words::zone()));
        in_words::before(i18n, zone, limit, over, clock::wall())
    };
    let row = move |line: perron_desk_api::ContainerLine| {
        let shown = line.clone();
        let locale = i18n.get_locale_untracked();
        let volume = fr::short_number(locale, line.volume_dl.into(), 1);
        let weight = line.grams.map(|grams| format!("{}\u{a0}kg", fr::short_number(locale, grams.into(), 3)));
        view! {
            <tr>
                <td>{words::container(i18n, line.kind)} " " {volume} "\u{a0}l"</td>
                <td class="number">{line.percent} "\u{a0}%"</td>
                <td>{state(&line)}</td>
                <td>{move || keep(&shown)}</td>
                <td class="number">{weight}</td>
            </tr>
        }
    };
    view! {
        <Card title=move || t_string!(i18n, desk.l_containers) aside=csv(i18n, number, "contenants")>
            {if lines.is_empty() {
                nothing(i18n).into_any()
            } else {
                view! {
                    <DataTable caption=move || t_string!(i18n, desk.l_containers) columns=columns>
                        {lines.into_iter().map(row).collect_view()}
                    </DataTable>
                    <SelectField
                        label=label!(i18n, stock.made)
                        value=class
                        options=options
                        hint=move || Some(t_string!(i18n, stock.storage_source).to_owned())
                        on_change=move |class: String| prefs.waste.set(Some(class))
                        testid="waste-production"
                    />
                }
                    .into_any()
            }}
        </Card>
    }
}
