//! Each nurse counts the entries of her own ameli pro account: persons seen, minus those with none due, must be as many.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    state::close::{self, AccountLine},
};

use crate::{
    components::{Button, Glyph, Show, Stepper, TextField, Weight},
    i18n::{label, t, t_string},
    pages::visit::link::Link,
};

/// The counting, one block per account.
#[component]
pub fn Entries(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let lines = Memo::new(move |_| link.both(|round, common| close::accounts(round, common)));
    view! {
        <Show
            when=move || lines.with(|lines| !lines.is_empty())
            fallback=move || view! { <p class="muted">{t!(i18n, close.nobody_seen)}</p> }
        >
            {move || lines.get().into_iter().map(|line| view! { <Account link=link line=line /> }).collect_view()}
        </Show>
    }
}

#[component]
fn Account(link: Link, line: AccountLine) -> impl IntoView {
    let i18n = link.i18n;
    let account = line.account;
    let name = link.common(|common| common.account_name(account));
    let start = line.entered.map_or_else(|| line.due().max(0).unsigned_abs(), u32::from);
    let form = link.form(format!("close/entries/{}", account.0));
    let entered = form.count("entered", start);
    let not_due = form.count("not_due", u32::from(line.not_due));
    let reason = form.text(
        "reason",
        link.glance(|round, _| round.entries.get(&account).and_then(|counted| counted.reason.clone()))
            .unwrap_or_default(),
    );
    let due = {
        let line = line.clone();
        move || i64::from(line.seen) - i64::from(line.without_dose) - i64::from(not_due.signal().get())
    };
    let narrow = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
    let save = move |()| {
        let command = Command::CountEntries {
            account,
            entered: narrow(entered.now()),
            not_due: narrow(not_due.now()),
            reason: Some(reason.get_untracked()).filter(|reason| !reason.trim().is_empty()),
        };
        link.write(vec![command], move || form.done());
    };
    let sum = move || t_string!(i18n, close.entries_sum, seen = line.seen, without = line.without_dose, due = due());
    view! {
        <div class="stack" data-testid="entries">
            <p>
                <strong>{name}</strong>
            </p>
            <p class="muted">{sum}</p>
            <Stepper
                label=label!(i18n, close.entered)
                value=entered.signal()
                on_change=move |count| entered.set(count)
                testid="entries-count"
            />
            <Stepper
                label=label!(i18n, close.not_due)
                value=not_due.signal()
                on_change=move |count| not_due.set(count)
                testid="entries-not-due"
            />
            <Show when=move || { not_due.signal().get() > 0 }>
                <TextField
                    label=label!(i18n, close.not_due_reason)
                    value=reason
                    testid="entries-reason"
                />
            </Show>
            <div class="actions">
                <Button
                    label=label!(i18n, close.save_count)
                    icon=Glyph::Check
                    weight=Weight::Primary
                    disabled=link.busy
                    on_press=save
                    testid="entries-save"
                />
            </div>
        </div>
    }
}
