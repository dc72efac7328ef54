//! «Relais»: its name, the physician on call, the signed protocol, and everybody who works for it.

use crate::client::{ask, get, routes};
use crate::components::{
    Button, Card, DataTable, DateField, EmptyState, Fold, Glyph, Keys, Notice, PageHeader, TextArea, TextField, Tone,
    Weight, fr,
};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::pages::address::in_address;
use crate::pages::kept::{Fields, Kept, KeptLine};
use crate::pages::odd::{self, AskOdd, Odd};
use crate::pages::parts::{Work, loaded, on_news};
use crate::pages::said::list::{SaidList, is_notice};
use crate::pages::team::account::AccountForm;
use crate::pages::words;
use leptos::{prelude::*, task::spawn_local};
use perron_desk_api::{AccountLine, NameOnCall, NameRelay, OnDay, ProtocolLine, RelayView};
use perron_domain::phone::{dialled, is_short};

/// In the address, whoever is not there yet.
const NEW: &str = "nouveau";

/// The page.
#[component]
pub fn Team() -> impl IntoView {
    let i18n = use_i18n();
    let relay = LocalResource::new(|| get(routes::RELAY));
    let said = LocalResource::new(|| get(routes::SAID));
    let stock = LocalResource::new(|| ask(routes::STOCK, (), OnDay::default()));
    let known = Signal::derive(move || stock.get().and_then(Result::ok));
    on_news(move || {
        relay.refetch();
        said.refetch();
    });
    let changed = Callback::new(move |()| relay.refetch());
    // A correction is read back into the forms above.
    let first = RwSignal::new(None::<RelayView>);
    let corrected = Callback::new(move |()| {
        relay.refetch();
        said.refetch();
        spawn_local(async move {
            if let Ok(found) = get(routes::RELAY).await {
                first.try_set(Some(found));
            }
        });
    });
    // What is being typed stays when news come: only the staff is drawn again.
    Effect::new(move |_| {
        if first.with_untracked(Option::is_none)
            && let Some(Ok(relay)) = relay.get()
        {
            first.set(Some(relay));
        }
    });
    // Who is being changed stands in the address by number: `?compte=2`, or `?compte=nouveau`.
    let editing = in_address("compte");
    let edited = Memo::new(move |_| match editing.get().as_str() {
        "" => None,
        NEW => Some(None),
        number => {
            let accounts = relay.get()?.ok()?.accounts;
            accounts.into_iter().find(|one| one.account.0.to_string() == number).map(Some)
        }
    });
    view! {
        <PageHeader title=move || t_string!(i18n, desk.nav_relay)>
            <Button
                label=move || t_string!(i18n, desk.h_add)
                icon=Glyph::PersonPlus
                weight=Weight::Primary
                on_press=move |()| editing.set(NEW.to_owned())
                testid="add-account"
            />
        </PageHeader>
        {move || {
            edited
                .get()
                .map(|account| {
                    view! {
                        <AccountForm
                            account=account
                            on_done=move |()| {
                                editing.set(String::new());
                                changed.run(());
                            }
                            on_cancel=move |()| editing.set(String::new())
                        />
                    }
                })
        }}
        <Card title=move || t_string!(i18n, desk.h_staff)>
            {loaded(i18n, relay, move |relay| staff(i18n, relay.accounts, editing))}
        </Card>
        {move || first.get().map(|relay| forms(i18n, relay, changed))}
        <Card title=move || t_string!(i18n, desk.sd_title)>
            <Fold summary=move || t_string!(i18n, desk.sd_open)>
                {loaded(i18n, said, move |said| {
                    let mut said = said;
                    said.retain(|one| !is_notice(one));
                    view! { <SaidList said=said stock=known on_corrected=corrected /> }
                })}
            </Fold>
        </Card>
    }
}

fn staff(i18n: I18n, accounts: Vec<AccountLine>, editing: RwSignal<String>) -> AnyView {
    if accounts.is_empty() {
        return view! { <EmptyState glyph=Glyph::People title=move || t_string!(i18n, desk.h_nobody) /> }.into_any();
    }
    let columns = move || {
        vec![
            t_string!(i18n, desk.c_person).to_owned(),
            t_string!(i18n, desk.h_roles).to_owned(),
            t_string!(i18n, desk.h_rpps).to_owned(),
            t_string!(i18n, desk.c_phone).to_owned(),
            String::new(),
        ]
    };
    let row = move |one: AccountLine| {
        let roles: Vec<&str> = one.roles.iter().map(|role| words::role(i18n, *role)).collect();
        let trained = one.prescriber_trained.then(|| {
            view! { <div class="cell-note">{words::say!(i18n, desk.h_trained_short)}</div> }
        });
        let name = one.name.clone();
        let number = one.account.0;
        view! {
            <tr data-testid="account">
                <td><strong>{one.name}</strong></td>
                <td>{roles.join(", ")} {trained}</td>
                <td class="nowrap">{one.rpps}</td>
                <td class="nowrap">{one.phone.as_deref().map(words::phone)}</td>
                <td>
                    <Button
                        label=move || t_string!(i18n, desk.h_change, name = name.as_str())
                        icon=Glyph::Pen
                        icon_only=true
                        on_press=move |()| editing.set(number.to_string())
                    />
                </td>
            </tr>
        }
    };
    view! {
        <DataTable caption=move || t_string!(i18n, desk.h_staff) columns=columns>
            {accounts.into_iter().map(row).collect_view()}
        </DataTable>
    }
    .into_any()
}

fn forms(i18n: I18n, relay: RelayView, changed: Callback<()>) -> impl IntoView {
    let (name, phone) = relay.on_call.clone().unwrap_or_default();
    view! {
        <div class="desk-columns">
            <Named name=relay.name territory=relay.territory on_saved=changed />
            <OnCall name=name phone=phone on_saved=changed />
        </div>
        {protocol(i18n, relay.protocol, changed)}
    }
}

/// A button that saves, and what became of it.
fn save_line(
    i18n: I18n,
    (work, saved, kept): (Work, RwSignal<bool>, Kept),
    save: Callback<()>,
    testid: &'static str,
) -> impl IntoView {
    view! {
        <KeptLine kept=kept />
        {work.failure(i18n)}
        <Show when=move || saved.get()>
            <Notice tone=Tone::Good><p>{t!(i18n, desk.e_saved)}</p></Notice>
        </Show>
        <div class="actions">
            <Button
                label=move || t_string!(i18n, common.save)
                weight=Weight::Primary
                disabled=work.busy
                on_press=save
                testid=testid
            />
        </div>
    }
}

#[component]
fn Named(name: String, territory: String, on_saved: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (work, saved) = (Work::new(), RwSignal::new(false));
    let (name, territory) = (RwSignal::new(name), RwSignal::new(territory));
    let kept = Fields::of("relay").texts([("name", name), ("territory", territory)]).keep();
    let save = Callback::new(move |()| {
        saved.set(false);
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let named = NameRelay { name: text(name), territory: text(territory).to_uppercase() };
        work.run(ask(routes::NAME_RELAY, (), named), move |()| {
            saved.set(true);
            kept.settle();
            on_saved.run(());
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.h_relay)>
            <TextField label=move || t_string!(i18n, desk.h_name) value=name testid="relay-name" />
            <TextField
                label=move || t_string!(i18n, desk.h_territory)
                value=territory
                hint=move || Some(t_string!(i18n, desk.h_territory_hint).to_owned())
                keys=Keys::Code
            />
            {save_line(i18n, (work, saved, kept), save, "save-relay")}
        </Card>
    }
}

#[component]
fn OnCall(name: String, phone: String, on_saved: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (work, saved) = (Work::new(), RwSignal::new(false));
    let tried = RwSignal::new(false);
    let (name, phone) = (RwSignal::new(name), RwSignal::new(phone));
    let kept = Fields::of("on-call").texts([("name", name), ("phone", phone)]).keep();
    let odd = Odd::of(move || odd::about_name(i18n, &name.get()));
    let phone_wrong = move || {
        let wrong = phone.with(|text| !text.trim().is_empty() && dialled(text).is_none() && !is_short(text));
        (tried.get() && wrong).then(|| t_string!(i18n, visit.refusal_phone).to_owned())
    };
    let save = Callback::new(move |()| {
        saved.set(false);
        tried.set(true);
        if untrack(|| odd.waits() || phone_wrong().is_some()) {
            return;
        }
        let named = NameOnCall { name: name.get_untracked(), phone: phone.get_untracked() };
        work.run(ask(routes::NAME_ON_CALL, (), named), move |()| {
            saved.set(true);
            kept.settle();
            on_saved.run(());
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.h_on_call)>
            <TextField label=move || t_string!(i18n, desk.h_name) value=name testid="on-call-name" />
            <TextField
                label=move || t_string!(i18n, desk.a_phone)
                value=phone
                hint=move || Some(t_string!(i18n, desk.h_on_call_hint).to_owned())
                keys=Keys::Phone
                error=phone_wrong
                testid="on-call-phone"
            />
            <AskOdd odd=vec![odd] />
            {save_line(i18n, (work, saved, kept), save, "save-on-call")}
        </Card>
    }
}

fn protocol(i18n: I18n, known: Option<ProtocolLine>, on_saved: Callback<()>) -> impl IntoView {
    let (work, saved) = (Work::new(), RwSignal::new(false));
    let tried = RwSignal::new(false);
    let field = |pick: fn(&ProtocolLine) -> String| RwSignal::new(known.as_ref().map(pick).unwrap_or_default());
    let (title, text) = (field(|one| one.title.clone()), field(|one| one.text.clone()));
    let (signed_by, on) = (field(|one| one.signed_by.clone()), field(|one| fr::date_short(one.on.0)));
    let kept =
        Fields::of("protocol").texts([("title", title), ("text", text), ("signed_by", signed_by), ("on", on)]).keep();
    let day_wrong = move || {
        let wrong = tried.get() && on.with(|text| words::read_day(text).is_none());
        wrong.then(|| t_string!(i18n, desk.r_need_day).to_owned())
    };
    let save = Callback::new(move |()| {
        tried.set(true);
        saved.set(false);
        let Some(day) = on.with_untracked(|text| words::read_day(text)) else { return };
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let protocol = ProtocolLine { title: typed(title), text: typed(text), signed_by: typed(signed_by), on: day };
        work.run(ask(routes::SIGN_PROTOCOL, (), protocol), move |()| {
            saved.set(true);
            kept.settle();
            on_saved.run(());
        });
    });
    view! {
        <Card title=move || t_string!(i18n, desk.h_protocol)>
            <p class="muted">{t!(i18n, desk.h_protocol_text)}</p>
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.h_protocol_title) value=title testid="protocol-title" />
                <TextField label=move || t_string!(i18n, desk.h_signed_by) value=signed_by testid="protocol-by" />
                <DateField label=move || t_string!(i18n, desk.h_signed_on) value=on error=day_wrong testid="protocol-on" />
            </div>
            <TextArea label=move || t_string!(i18n, desk.c_text) value=text testid="protocol-text" />
            {save_line(i18n, (work, saved, kept), save, "save-protocol")}
        </Card>
    }
}
