//! Whose the doses of a round are: what each tablet holds, what another took over, and the doses of a tablet that is lost.

use crate::client::{ask, routes};
use crate::components::{Button, Card, Dialog, Notice, SelectField, TextField, Tone, Weight};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::ask::AskReason;
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{Because, CustodyLine, HeldLine, RoundView, TakeOver, Where};
use perron_domain::name::{DeviceId, FactName};

/// Doses that a tablet took over from a number whose store was lost: the box is to be counted.
pub fn custodies(i18n: I18n, number: u32, round: &RoundView, on_changed: Callback<()>) -> impl IntoView + use<> {
    let lines = round.custodies.clone();
    (!lines.is_empty()).then(|| {
        let line = move |one: CustodyLine| {
            let taken = one.name;
            let words = move || {
                let (name, number) = (one.tablet.as_str(), one.device.0);
                let (before, old) = (one.before.as_str(), one.device_before.0);
                let time = words::moment(i18n, one.at);
                match one.wrote_since {
                    Some(since) => {
                        let since = words::moment(i18n, since);
                        t_string!(
                            i18n,
                            desk.l_custody_two,
                            name = name,
                            number = number,
                            time = time,
                            before = before,
                            old = old,
                            since = since
                        )
                    }
                    None => t_string!(
                        i18n,
                        desk.l_custody,
                        name = name,
                        number = number,
                        time = time,
                        before = before,
                        old = old
                    ),
                }
            };
            view! {
                <Notice tone=Tone::Warning>
                    <p data-testid="doses-taken-over">{words}</p>
                    <GiveBack number=number taken=taken on_changed=on_changed />
                </Notice>
            }
        };
        lines.into_iter().map(line).collect_view()
    })
}

/// The tablet before has its data after all: its doses go back to it.
#[component]
fn GiveBack(number: u32, taken: FactName, on_changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let asking = RwSignal::new(false);
    let give_back = move |reason: String| {
        work.run(ask(routes::GIVE_BACK, (number, taken), Because { reason }), move |_| {
            asking.set(false);
            on_changed.run(());
        });
    };
    view! {
        <Button
            label=move || t_string!(i18n, desk.l_give_back)
            weight=Weight::Quiet
            on_press=move |()| asking.set(true)
            testid="give-back"
        />
        <AskReason
            open=asking
            about=format!("round-{number}-give-back-{taken}")
            title=move || t_string!(i18n, desk.l_give_back)
            text=move || Some(t_string!(i18n, desk.l_give_back_text).to_owned())
            label=move || t_string!(i18n, desk.l_give_back_why)
            word=move || t_string!(i18n, desk.l_give_back)
            work=work
            on_close=move |()| asking.set(false)
            on_go=give_back
        />
    }
}

/// What each tablet holds, with the way to take over the doses of one that is lost; nothing where no dose is aboard.
pub fn held(i18n: I18n, number: u32, round: &RoundView, on_changed: Callback<()>) -> impl IntoView + use<> {
    let lines = round.held.clone();
    let tablets: Vec<(DeviceId, String)> = round.devices.iter().copied().zip(round.tablets.iter().cloned()).collect();
    let asked = RwSignal::new(None::<DeviceId>);
    let line = move |one: HeldLine| {
        let device = one.device;
        let (tablet, lots) = (one.tablet.as_str(), one.lots.join(", "));
        let words = words::say!(i18n, desk.l_held_line, tablet = tablet, lots = lots);
        let retired = one.retired.map(|reason| words::say!(i18n, desk.l_held_retired, reason = reason));
        view! {
            <li class="row-between gap-line" data-testid="held">
                <div>{words} {retired.map(|line| view! { <div class="cell-note">{line}</div> })}</div>
                <Button
                    label=move || t_string!(i18n, desk.l_take_over)
                    weight=Weight::Quiet
                    on_press=move |()| asked.set(Some(device))
                    testid="take-over"
                />
            </li>
        }
    };
    (!lines.is_empty()).then(|| {
        let tone = if lines.iter().any(|line| line.retired.is_some()) { Tone::Warning } else { Tone::Neutral };
        view! {
            <Card title=move || t_string!(i18n, desk.l_held) tone=tone>
                <ul class="plain">{lines.into_iter().map(line).collect_view()}</ul>
                <TakeDoses number=number tablets=tablets asked=asked on_changed=on_changed />
            </Card>
        }
    })
}

/// The code of the choice that the doses are back at the relay, and of that nobody has them; any other is a tablet's number.
const RELAY: &str = "relay";
const LOST: &str = "lost";

/// Returns what is asked of the hub; none while nobody says where the doses are, or why.
fn take_over(from: DeviceId, chosen: &str, reason: &str) -> Option<TakeOver> {
    let (whither, to) = match chosen {
        RELAY => (Where::Relay, None),
        LOST => (Where::Lost, None),
        tablet => (Where::Tablet, Some(DeviceId(tablet.parse().ok()?))),
    };
    let reason = reason.trim().to_owned();
    (!reason.is_empty()).then_some(TakeOver { from, whither, to, reason })
}

#[component]
fn TakeDoses(
    number: u32,
    tablets: Vec<(DeviceId, String)>,
    asked: RwSignal<Option<DeviceId>>,
    on_changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let (chosen, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if asked.with(Option::is_none) {
            work.error.set(None);
        }
    });
    let options = move || {
        let other = |(device, _): &&(DeviceId, String)| asked.get() != Some(*device);
        let tablets = tablets.iter().filter(other).map(|(device, label)| (device.0.to_string(), label.clone()));
        let mut options: Vec<(String, String)> = tablets.collect();
        options.push((RELAY.to_owned(), t_string!(i18n, desk.l_take_relay).to_owned()));
        options.push((LOST.to_owned(), t_string!(i18n, desk.l_take_lost).to_owned()));
        options
    };
    let said =
        move || asked.get().and_then(|from| chosen.with(|chosen| reason.with(|why| take_over(from, chosen, why))));
    let go = move |()| {
        let Some(take) = untrack(said) else { return };
        work.run(ask(routes::TAKE_OVER, (number,), take), move |_| {
            asked.set(None);
            on_changed.run(());
        });
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move |()| asked.set(None)
            title=move || t_string!(i18n, desk.l_take_over).to_owned()
            tone=Tone::Warning
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=move |()| asked.set(None) />
                    <Button
                        label=move || t_string!(i18n, desk.l_take_do)
                        weight=Weight::Danger
                        disabled=Signal::derive(move || work.busy.get() || said().is_none())
                        on_press=go
                        testid="take-over-go"
                    />
                }
            }
        >
            <p>{t!(i18n, desk.l_take_over_text)}</p>
            <SelectField
                label=move || t_string!(i18n, desk.l_take_where)
                value=chosen
                options=options.clone()
                testid="take-over-where"
            />
            <TextField label=move || t_string!(i18n, desk.l_take_why) value=reason testid="take-over-why" />
            {asked
                .get_untracked()
                .map(|from| {
                    // Each time it opens it is another form.
                    chosen.set(String::new());
                    reason.set(String::new());
                    let texts = [("where", chosen), ("reason", reason)];
                    let form = Fields::of(format!("round-{number}-custody-{}", from.0)).texts(texts).keep();
                    work.sends(form);
                    view! { <KeptLine kept=form /> }
                })}
            {work.failure(i18n)}
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_doses_over_without_saying_where_they_are_and_why() {
        let from = DeviceId(4);
        assert_eq!(take_over(from, "", "perdue"), None);
        assert_eq!(take_over(from, RELAY, " "), None);
        let relay = take_over(from, RELAY, "perdue").unwrap();
        assert_eq!((relay.whither, relay.to), (Where::Relay, None));
        let tablet = take_over(from, "5", "perdue").unwrap();
        assert_eq!((tablet.whither, tablet.to), (Where::Tablet, Some(DeviceId(5))));
    }
}
