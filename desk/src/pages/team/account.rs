//! Adding somebody who works for the relay, or changing her.

use crate::client::{ask, routes};
use crate::components::{Button, Card, Keys, TextField, Tick, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::odd::{self, AskOdd, Odd};
use crate::pages::parts::Work;
use crate::pages::words;
use leptos::prelude::*;
use perron_desk_api::{AccountLine, SaveAccount};
use perron_domain::fact::Role;

const ROLES: [Role; 5] = [Role::Nurse, Role::Coordinator, Role::Head, Role::Physician, Role::Preparer];

/// The form.
#[component]
pub fn AccountForm(
    /// Who is changed; nobody: somebody new.
    account: Option<AccountLine>,
    /// Kept.
    #[prop(into)]
    on_done: Callback<()>,
    /// Left.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let number = account.as_ref().map(|one| one.account);
    let known = account.unwrap_or(AccountLine {
        account: Default::default(),
        name: String::new(),
        roles: vec![Role::Nurse],
        rpps: None,
        prescriber_trained: false,
        phone: None,
    });
    let (name, rpps) = (RwSignal::new(known.name), RwSignal::new(known.rpps.unwrap_or_default()));
    let phone = RwSignal::new(known.phone.unwrap_or_default());
    let (roles, trained) = (RwSignal::new(known.roles), RwSignal::new(known.prescriber_trained));
    let form = number.map_or_else(|| "account-new".to_owned(), |number| format!("account-{}", number.0));
    let kept = Fields::of(form)
        .texts([("name", name), ("rpps", rpps), ("phone", phone)])
        .with("roles", roles)
        .with("trained", trained)
        .keep();
    let odd = Odd::of(move || odd::about_name(i18n, &name.get()));
    let ready = move || !name.with(|text| text.trim().is_empty()) && !roles.with(Vec::is_empty) && !odd.waits();
    let save = move |()| {
        let text = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let digits = text(rpps).split_whitespace().collect::<String>();
        let account = SaveAccount {
            account: number,
            name: text(name),
            roles: roles.get_untracked(),
            rpps: Some(digits).filter(|text| !text.is_empty()),
            prescriber_trained: trained.get_untracked(),
            phone: Some(text(phone)).filter(|text| !text.is_empty()),
        };
        work.run(ask(routes::SAVE_ACCOUNT, (), account), move |_| {
            kept.settle();
            on_done.run(());
        });
    };
    let role = move |role: Role| {
        view! {
            <Tick
                label=move || words::role(i18n, role)
                value=Signal::derive(move || roles.with(|roles| roles.contains(&role)))
                on_change=move |on| {
                    roles
                        .update(|roles| {
                            roles.retain(|known| *known != role);
                            if on {
                                roles.push(role);
                            }
                        })
                }
                testid=format!("role-{role:?}")
            />
        }
    };
    view! {
        <Card title=move || {
            if number.is_some() { t_string!(i18n, desk.h_change_title) } else { t_string!(i18n, desk.h_add) }
        }>
            <KeptLine kept=kept />
            <div class="form-grid">
                <TextField label=move || t_string!(i18n, desk.h_name) value=name testid="account-name" />
                <TextField
                    label=move || t_string!(i18n, desk.h_rpps)
                    value=rpps
                    keys=Keys::Digits
                    optional=true
                    hint=move || Some(t_string!(i18n, desk.h_rpps_hint).to_owned())
                    testid="account-rpps"
                />
                <TextField label=move || t_string!(i18n, desk.a_phone) value=phone keys=Keys::Phone optional=true />
            </div>
            <AskOdd odd=vec![odd] />
            <div class="desk-columns">
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.h_roles)}</legend>
                    {ROLES.into_iter().map(role).collect_view()}
                </fieldset>
                <fieldset class="ticks">
                    <legend>{t!(i18n, desk.h_competence)}</legend>
                    <Tick
                        label=move || t_string!(i18n, desk.h_trained)
                        note=move || Some(t_string!(i18n, desk.h_trained_note).to_owned())
                        value=trained
                        on_change=move |on| trained.set(on)
                    />
                </fieldset>
            </div>
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, common.save)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || work.busy.get() || !ready())
                    on_press=save
                    testid="save-account"
                />
                <Button label=move || t_string!(i18n, common.cancel) weight=Weight::Quiet on_press=move |()| {
                    kept.clear();
                    on_cancel.run(());
                } />
            </div>
        </Card>
    }
}
