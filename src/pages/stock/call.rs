//! «Décision par téléphone»: somebody who may decided about doses set apart, while the team stands at a door.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    aboard,
    command::{Command, NotePhoneDecision},
    fact::{AccountNo, DecidedAs, Role},
    name::FactName,
};

use super::{
    Desk,
    words::{doses, quality},
};
use crate::{
    components::{
        Card, Choice, ChoiceRow, EmptyState, Glyph, LinkButton, MainAction, PageHeader, SelectField, Show, TextField,
        Tick,
    },
    i18n::{label, t, t_string},
    pages::{
        hour::{Hour, HourField},
        reason::ReasonField,
        visit::link::Problem,
        words,
    },
};

/// The choices of who decided that are no account of the relay.
const PHARMACIST: &str = "pharmacist";
const PHYSICIAN: &str = "physician";

/// The form.
#[component]
pub fn PhoneCall(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let link = desk.link;
    let i18n = link.i18n;
    let form = link.form("box/call");
    let left_out = form.text("left_out", "");
    let decided = form.text("decided", "");
    let who = form.text("who", "");
    let name = form.text("name", "");
    let hour = Hour::done(link, form.text("hour", ""));
    let reason = form.text("reason", "");
    let hour_wrong = RwSignal::new(None::<String>);
    let waits = Memo::new(move |_| {
        link.both(|round, common| {
            let one = |source: FactName| {
                let load = round.loads.get(&round.load_of(source))?;
                let product = product_short(common, &load.loaded.product, link.today());
                let opened = round.vials.get(&source).map(|vial| {
                    t_string!(
                        i18n,
                        stock.vial_opened,
                        hour = words::moment(i18n, common, vial.opened_at, link.now_once())
                    )
                });
                let parts = [Some(product), Some(load.loaded.lot.clone()), opened];
                let title = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                Some((source, title, doses(i18n, round.doses_apart(source))))
            };
            let open = round.isolated().into_iter().filter(|(_, isolation)| isolation.usable.is_none());
            let open = open.map(|(source, _)| source).filter(|source| round.doses_apart(*source) > 0);
            let open = open.filter(|source| aboard::holds(round, link.device(), *source));
            open.filter_map(one).collect::<Vec<_>>()
        })
    });
    let ticked = move |source: FactName| {
        let name = source.to_string();
        left_out.with(|out| !out.split_whitespace().any(|one| one == name))
    };
    let tick = move |source: FactName, on: bool| {
        let name = source.to_string();
        left_out.update(|out| {
            let kept = out.split_whitespace().filter(|one| *one != name).map(ToOwned::to_owned);
            *out = kept.chain((!on).then(|| name.clone())).collect::<Vec<_>>().join(" ");
        });
    };
    let chosen = move || {
        waits.with(|all| all.iter().map(|(source, ..)| *source).filter(|source| ticked(*source)).collect::<Vec<_>>())
    };
    let people = Signal::derive(move || {
        let mut options: Vec<(String, String)> = link.common(|common| {
            let may = |role: &Role| match role {
                Role::Head => Some(DecidedAs::Head),
                Role::Physician => Some(DecidedAs::Physician),
                _ => None,
            };
            let one = |account: &perron_domain::fact::AccountAdded| {
                let right = account.roles.iter().find_map(may)?;
                Some((account.account.0.to_string(), format!("{} · {}", account.name, quality(i18n, right))))
            };
            common.accounts.values().filter_map(one).collect()
        });
        options.push((PHARMACIST.to_owned(), t_string!(i18n, stock.call_who_pharmacist).to_owned()));
        options.push((PHYSICIAN.to_owned(), t_string!(i18n, stock.call_who_physician).to_owned()));
        options
    });
    let named = move || who.with(|who| who == PHARMACIST || who == PHYSICIAN);
    let missing = move || {
        if chosen().is_empty() {
            Some(t_string!(i18n, stock.call_which_missing).to_owned())
        } else if decided.with(String::is_empty) {
            Some(t_string!(i18n, stock.call_what_missing).to_owned())
        } else if who.with(String::is_empty) || (named() && name.with(|name| name.trim().is_empty())) {
            Some(t_string!(i18n, stock.call_who_missing).to_owned())
        } else if reason.with(|reason| reason.trim().is_empty()) {
            Some(t_string!(i18n, stock.reason_needed).to_owned())
        } else {
            None
        }
    };
    let save = move |()| {
        let at = untrack(|| hour.read());
        if at.is_none() && !untrack(|| hour.is_empty()) {
            hour_wrong.set(Some(t_string!(i18n, stock.hour_wrong).to_owned()));
            return;
        }
        hour_wrong.set(None);
        let (account, right) = match who.get_untracked().as_str() {
            PHARMACIST => (None, DecidedAs::Pharmacist),
            PHYSICIAN => (None, DecidedAs::Physician),
            number => {
                let Ok(account) = number.parse().map(AccountNo) else { return };
                let head = link.glance(|_, common| {
                    common.accounts.get(&account).is_some_and(|known| known.roles.contains(&Role::Head))
                });
                (Some(account), if head { DecidedAs::Head } else { DecidedAs::Physician })
            }
        };
        let note = NotePhoneDecision {
            sources: untrack(chosen),
            usable: decided.get_untracked() == "usable",
            by: name.get_untracked(),
            quality: right,
            account,
            at,
            reason: reason.get_untracked(),
        };
        link.write(vec![Command::NotePhoneDecision(note)], move || {
            form.done();
            desk.go.run("/boite".to_owned());
        });
    };
    let row = move |(source, title, count): (FactName, String, String)| {
        view! {
            <Tick
                label=Signal::stored(title)
                value=Signal::derive(move || ticked(source))
                on_change=move |on| tick(source, on)
                note=Signal::stored(Some(count))
                testid="call-source"
            />
        }
    };
    let what = [("usable", Glyph::Check), ("destroy", Glyph::Cross)]
        .map(|(key, glyph)| {
            let word = move || {
                if key == "usable" { t_string!(i18n, stock.released) } else { t_string!(i18n, stock.to_destroy) }
            };
            Choice::new(key.to_owned(), Signal::derive(move || word().to_owned())).glyph(glyph)
        })
        .to_vec();
    let what = StoredValue::new(what);
    view! {
        <PageHeader title=label!(i18n, stock.call_title) back="/boite" />
        <Show
            when=move || waits.with(|waits| !waits.is_empty())
            fallback=move || {
                view! {
                    <EmptyState glyph=Glyph::Check title=label!(i18n, stock.call_nothing)>
                        <LinkButton label=label!(i18n, stock.box_title) href="/boite" />
                    </EmptyState>
                }
            }
        >
            <Card title=Signal::derive(move || t_string!(i18n, stock.call_about).to_owned())>
                {move || waits.get().into_iter().map(row).collect_view()}
                <p class="muted">{t!(i18n, stock.call_text)}</p>
            </Card>
            <Card>
                <ChoiceRow
                    legend=label!(i18n, stock.call_what)
                    choices=what.get_value()
                    value=move || Some(decided.get())
                    on_change=move |key| decided.set(key)
                    testid="call-what"
                />
                <div class="pair">
                    <SelectField label=label!(i18n, stock.call_who) value=who options=people testid="call-who" />
                    <HourField
                        label=label!(i18n, stock.call_hour)
                        hour=hour
                        hint=move || Some(t_string!(i18n, stock.empty_is_now).to_owned())
                        error=hour_wrong
                        testid="call-hour"
                    />
                </div>
                <Show when=named>
                    <TextField label=label!(i18n, stock.call_name) value=name testid="call-name" />
                </Show>
                <ReasonField
                    label=label!(i18n, stock.call_reason)
                    usual=vec![
                        Signal::derive(move || t_string!(i18n, stock.call_reason_short).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.call_reason_maker).to_owned()),
                        Signal::derive(move || t_string!(i18n, stock.call_reason_long).to_owned()),
                    ]
                    value=reason
                    testid="call-reason"
                />
            </Card>
            <Problem link=link />
            <MainAction
                label=label!(i18n, common.save)
                icon=Glyph::Phone
                busy=link.busy
                disabled=Signal::derive(move || missing().is_some())
                hint=missing
                on_press=save
                testid="call-save"
            />
        </Show>
    }
}
