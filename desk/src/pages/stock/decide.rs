//! The dialog in which a decision about doses set apart is written: who decides, in which quality, why, and what it moves.

use crate::client::{ask, get, routes};
use crate::components::{Button, Dialog, SelectField, TextField, Tone, Weight};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::pages::kept::{Fields, Kept, KeptLine};
use crate::pages::parts::Work;
use crate::pages::words;
use crate::pages::words::quality;
use leptos::prelude::*;
use perron_desk_api::{AccountLine, ApartLine, ColdDecisionLine, DecideApart};
use perron_domain::fact::{DecidedAs, Decider, Role};
use perron_domain::name::FactName;

/// The doses that somebody decides about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The round that they are on.
    pub round: u32,
    /// The load or the opened vial.
    pub load: FactName,
    /// What they are, in words.
    pub what: String,
    /// Whether they are to be usable; otherwise they are destroyed.
    pub usable: bool,
}

impl Asked {
    /// Asks about a line of doses set apart.
    pub fn of(i18n: I18n, line: &ApartLine) -> Self {
        let (product, lot) = (line.product.as_str(), line.lot.as_str());
        let what = words::say!(i18n, desk.p_what, doses = line.doses, product = product, lot = lot);
        Self { round: line.round, load: line.load, what, usable: true }
    }

    /// Asks for another decision than one that counts; none where one by telephone is still to be confirmed.
    pub fn otherwise(line: &ColdDecisionLine) -> Option<Self> {
        let waits = line.phone_as.is_some() && line.answer.is_none();
        let load = line.load.filter(|_| line.stands && !waits)?;
        Some(Self { round: line.round, load, what: line.about.join(", "), usable: !line.usable })
    }
}

/// What the select says of somebody who is no account of the relay.
const OTHER: &str = "other";

/// Returns who of the relay may decide, in the quality that lets her.
fn deciders(accounts: Vec<AccountLine>) -> Vec<(AccountLine, DecidedAs)> {
    let right = |one: &AccountLine| {
        let has = |role| one.roles.contains(&role);
        has(Role::Head).then_some(DecidedAs::Head).or_else(|| has(Role::Physician).then_some(DecidedAs::Physician))
    };
    accounts.into_iter().filter_map(|one| right(&one).map(|right| (one, right))).collect()
}

/// Returns the code of a quality in the select.
const fn code(quality: DecidedAs) -> &'static str {
    match quality {
        DecidedAs::Head => "head",
        DecidedAs::Physician => "physician",
        DecidedAs::Pharmacist => "pharmacist",
    }
}

/// Returns the quality of a code; the pharmacist is no account of the relay, and so stands first for whoever is none.
fn of_code(code: &str) -> DecidedAs {
    match code {
        "head" => DecidedAs::Head,
        "physician" => DecidedAs::Physician,
        _ => DecidedAs::Pharmacist,
    }
}

/// Returns who decides, as the form says; none while it does not say.
fn decider(known: &[(AccountLine, DecidedAs)], chosen: &str, name: &str, as_whom: &str) -> Option<Decider> {
    if chosen == OTHER {
        let name = name.trim().to_owned();
        return (!name.is_empty()).then(|| Decider { name, quality: of_code(as_whom), account: None });
    }
    let (one, quality) = known.iter().find(|(one, _)| one.account.0.to_string() == chosen)?;
    Some(Decider { name: one.name.clone(), quality: *quality, account: Some(one.account) })
}

/// The dialog; it forgets what was typed when it closes.
#[component]
pub fn Decide(
    /// About which doses; none while it is closed.
    asked: RwSignal<Option<Asked>>,
    /// A decision was kept.
    on_decided: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let field = || RwSignal::new(String::new());
    let (by, name, as_whom, reason) =
        (field(), field(), RwSignal::new(code(DecidedAs::Pharmacist).to_owned()), field());
    let tried = RwSignal::new(false);
    let kept = StoredValue::new_local(None::<Kept>);
    let relay = LocalResource::new(|| get(routes::RELAY));
    let known = Memo::new(move |_| {
        let found = relay.get().and_then(Result::ok);
        found.map(|relay| deciders(relay.accounts)).unwrap_or_default()
    });
    Effect::new(move |_| {
        if asked.with(Option::is_none) {
            for text in [by, name, reason] {
                text.set(String::new());
            }
            tried.set(false);
            work.error.set(None);
        }
    });
    let options = move || {
        let line = |(one, right): &(AccountLine, DecidedAs)| {
            (one.account.0.to_string(), format!("{} ({})", one.name, quality(i18n, *right)))
        };
        let mut options: Vec<(String, String)> = known.with(|known| known.iter().map(line).collect());
        options.push((OTHER.to_owned(), t_string!(i18n, desk.p_by_other).to_owned()));
        options
    };
    let qualities = move || {
        [DecidedAs::Pharmacist, DecidedAs::Physician, DecidedAs::Head]
            .map(|one| (code(one).to_owned(), quality(i18n, one).to_owned()))
            .to_vec()
    };
    let said = move || {
        known.with(|known| by.with(|by| name.with(|name| as_whom.with(|as_whom| decider(known, by, name, as_whom)))))
    };
    let go = move |()| {
        tried.set(true);
        let Some(Asked { round, load, usable, .. }) = asked.get_untracked() else { return };
        let reason = reason.get_untracked().trim().to_owned();
        let Some(by) = untrack(said).filter(|_| !reason.is_empty()) else { return };
        work.run(ask(routes::DECIDE_APART, (round, load), DecideApart { usable, reason, by }), move |_| {
            if let Some(kept) = kept.get_value() {
                kept.settle();
            }
            asked.set(None);
            on_decided.run(());
        });
    };
    let usable = Memo::new(move |_| asked.with(|asked| asked.as_ref().is_some_and(|one| one.usable)));
    let word = move || {
        if usable.get() { t_string!(i18n, desk.p_confirm_use) } else { t_string!(i18n, desk.p_confirm_destroy) }
    };
    let text =
        move || if usable.get() { t_string!(i18n, desk.p_use_text) } else { t_string!(i18n, desk.p_destroy_text) };
    let nobody = move || (tried.get() && said().is_none()).then(|| t_string!(i18n, desk.p_need_by).to_owned());
    let no_reason = move || {
        (tried.get() && reason.with(|text| text.trim().is_empty())).then(|| t_string!(i18n, desk.p_need).to_owned())
    };
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=move |()| asked.set(None)
            title=word
            tone=Signal::derive(move || if usable.get() { Tone::Warning } else { Tone::Danger })
            actions=move || {
                view! {
                    <Button label=move || t_string!(i18n, common.cancel) on_press=move |()| asked.set(None) />
                    <Button
                        label=word
                        weight=if usable.get() { Weight::Primary } else { Weight::Danger }
                        disabled=work.busy
                        on_press=go
                        testid="apart-go"
                    />
                }
            }
        >
            <p>
                <strong data-testid="apart-what">
                    {move || asked.with(|asked| asked.as_ref().map(|one| one.what.clone()))}
                </strong>
            </p>
            <p>{text}</p>
            <SelectField
                label=move || t_string!(i18n, desk.p_by)
                value=by
                options=options
                error=nobody
                testid="apart-by"
            />
            <Show when=move || by.with(|by| by == OTHER)>
                <TextField label=move || t_string!(i18n, desk.p_by_name) value=name testid="apart-name" />
                <SelectField
                    label=move || t_string!(i18n, desk.p_by_as)
                    value=as_whom
                    options=qualities
                    testid="apart-as"
                />
            </Show>
            <TextField label=move || t_string!(i18n, desk.p_why) value=reason error=no_reason testid="apart-why" />
            {asked.with_untracked(|asked| {
                asked.as_ref().map(|one| {
                    let texts = [("reason", reason), ("by", by), ("name", name), ("as", as_whom)];
                    let typed = Fields::of(format!("apart-{}-{}", one.round, one.load)).texts(texts).keep();
                    kept.set_value(Some(typed));
                    view! { <KeptLine kept=typed /> }
                })
            })}
            {work.failure(i18n)}
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::fact::AccountNo;

    fn account(number: u32, roles: &[Role]) -> AccountLine {
        AccountLine {
            account: AccountNo(number),
            name: format!("Compte {number}"),
            roles: roles.to_vec(),
            rpps: None,
            prescriber_trained: false,
            phone: None,
        }
    }

    #[test]
    fn only_who_may_decide_is_offered_and_nobody_is_taken_for_granted() {
        let known = deciders(vec![
            account(1, &[Role::Coordinator]),
            account(2, &[Role::Nurse, Role::Head]),
            account(3, &[Role::Physician]),
        ]);
        let offered: Vec<(u32, DecidedAs)> = known.iter().map(|(one, right)| (one.account.0, *right)).collect();
        assert_eq!(offered, [(2, DecidedAs::Head), (3, DecidedAs::Physician)]);
        assert_eq!(decider(&known, "", "", "pharmacist"), None);
        assert_eq!(decider(&known, "1", "", "pharmacist"), None);
        assert_eq!(decider(&known, "3", "", "pharmacist").unwrap().account, Some(AccountNo(3)));
    }

    #[test]
    fn somebody_else_is_named_with_her_quality() {
        assert_eq!(decider(&[], OTHER, "  ", "physician"), None);
        let by = decider(&[], OTHER, " Odile Lampion ", "pharmacist").unwrap();
        assert_eq!((by.name.as_str(), by.quality, by.account), ("Odile Lampion", DecidedAs::Pharmacist, None));
    }
}
