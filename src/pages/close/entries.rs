//! Each nurse counts the entries of her own ameli pro account: persons seen, minus those with none due, must be as many. The
//! count is hers: nothing is filled in before she counted, and what she typed is written by leaving the field.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    state::close::{self, AccountLine},
};

use crate::{
    components::{Keys, Show, TextField},
    i18n::{I18n, label, t, t_string},
    pages::visit::link::{Link, Problem},
    state::Texts,
};

/// Returns where what is typed of an account is kept.
fn draft(account: perron_domain::fact::AccountNo) -> String {
    format!("close/entries/{}", account.0)
}

/// Returns what is typed of an account as it is to be written; none while it is not whole, or is written already.
fn typed(texts: &Texts, line: &AccountLine, known_reason: Option<&str>) -> Option<Command> {
    let number = |name: &str, known: Option<u16>| match texts.get(name).map(|text| text.trim()) {
        Some(text) if !text.is_empty() => text.parse::<u16>().ok(),
        _ => known,
    };
    let entered = number("entered", line.entered)?;
    let not_due = number("not_due", Some(line.not_due))?;
    let reason = texts.get("reason").map_or_else(|| known_reason.unwrap_or_default(), |text| text.trim());
    let reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    let whole = not_due == 0 || reason.is_some();
    let written = line.entered == Some(entered) && line.not_due == not_due && reason.as_deref() == known_reason;
    (whole && !written).then_some(Command::CountEntries { account: line.account, entered, not_due, reason })
}

fn known_reason(link: Link, line: &AccountLine) -> Option<String> {
    link.glance(|round, _| round.entries.get(&line.account).and_then(|counted| counted.reason.clone()))
}

/// Returns how many entries are due, as a sum that adds up as it stands.
fn sum(i18n: I18n, line: &AccountLine, not_due: i64) -> String {
    let mut text = t_string!(i18n, close.sum_seen, count = line.seen);
    if line.without_dose > 0 {
        text.push_str(&t_string!(i18n, close.sum_without, count = line.without_dose));
    }
    if not_due > 0 {
        text.push_str(&t_string!(i18n, close.sum_not_due, count = not_due));
    }
    let due = i64::from(line.seen) - i64::from(line.without_dose) - not_due;
    text.push_str(&t_string!(i18n, close.sum_due, count = due));
    text
}

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
    let name = link.common(|common| common.account_name(line.account));
    let form = link.form(draft(line.account));
    let known = known_reason(link, &line);
    let entered = form.text("entered", line.entered.map(|count| count.to_string()).unwrap_or_default());
    let not_due = form.text("not_due", if line.not_due > 0 { line.not_due.to_string() } else { String::new() });
    let reason = form.text("reason", known.clone().unwrap_or_default());
    let some_not_due = move || not_due.with(|text| text.trim().parse::<i64>().unwrap_or_default());
    let wrong = move |text: RwSignal<String>| {
        Signal::derive(move || {
            let bad = text.with(|text| !text.trim().is_empty() && text.trim().parse::<u16>().is_err());
            bad.then(|| t_string!(i18n, close.number_wrong).to_owned())
        })
    };
    let (entered_wrong, not_due_wrong) = (wrong(entered), wrong(not_due));
    let counted = line.clone();
    // By its own way: whoever leaves the field by the big button is not kept waiting by it.
    let own = link.apart();
    let save = Callback::new(move |_: String| {
        let fields = [("entered", entered), ("not_due", not_due), ("reason", reason)];
        let texts = fields.into_iter().map(|(name, text)| (name.to_owned(), text.get_untracked())).collect();
        if let Some(command) = typed(&texts, &counted, known.as_deref()) {
            own.write(vec![command], move || form.done());
        }
    });
    let sum = {
        let line = line.clone();
        move || sum(i18n, &line, some_not_due())
    };
    view! {
        <div class="stack" data-testid="entries">
            <p>
                <strong>{name}</strong>
            </p>
            <p class="muted" data-testid="entries-sum">{sum}</p>
            <TextField
                label=label!(i18n, close.entered)
                value=entered
                keys=Keys::Digits
                error=entered_wrong
                on_change=save
                testid="entries-count"
            />
            <TextField
                label=label!(i18n, close.not_due)
                value=not_due
                keys=Keys::Digits
                optional=true
                error=not_due_wrong
                on_change=save
                testid="entries-not-due"
            />
            <Show when=move || { some_not_due() > 0 }>
                <TextField
                    label=label!(i18n, close.not_due_reason)
                    value=reason
                    on_change=save
                    testid="entries-reason"
                />
            </Show>
            <Problem link=own />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::AccountNo;

    fn line(entered: Option<u16>) -> AccountLine {
        AccountLine { account: AccountNo(1), seen: 5, without_dose: 1, not_due: 0, entered }
    }

    fn texts(of: &[(&str, &str)]) -> Texts {
        of.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn closing_prefills_no_count_and_writes_what_was_typed_once() {
        assert_eq!(typed(&texts(&[]), &line(None), None), None, "nobody counted");
        assert_eq!(typed(&texts(&[("entered", " ")]), &line(None), None), None);
        assert_eq!(typed(&texts(&[("entered", "4x")]), &line(None), None), None);
        let counted = Command::CountEntries { account: AccountNo(1), entered: 4, not_due: 0, reason: None };
        assert_eq!(typed(&texts(&[("entered", "4")]), &line(None), None), Some(counted.clone()));
        assert_eq!(typed(&texts(&[("entered", "4")]), &line(Some(4)), None), None, "it is written already");
        // Not due needs its reason.
        let half = texts(&[("entered", "3"), ("not_due", "1")]);
        assert_eq!(typed(&half, &line(Some(4)), None), None);
        let whole = texts(&[("entered", "3"), ("not_due", "1"), ("reason", "carte illisible")]);
        assert!(matches!(
            typed(&whole, &line(Some(4)), None),
            Some(Command::CountEntries { entered: 3, not_due: 1, reason: Some(_), .. })
        ));
    }
}
