//! What a physician writes, and what the nurse judges: each with its words, kept with the act.

use std::collections::BTreeSet;

use leptos::prelude::*;
use perron_domain::{command::Command, fact::Role, name::FactName, rules::Reason};

use super::{
    Door,
    link::{Link, Problem},
    path::{At, Step},
};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, DateField, For, Glyph, Keys, MainAction, SelectField, Show, TextArea,
        TextField, Tick, Weight, fr,
    },
    i18n::{Locale, label, t, t_string},
    pages::words,
};

/// A decision, with the word that a form keeps it by.
const DECISIONS: &[(&str, bool)] = &[("yes", true), ("no", false)];

/// Physician and RPPS, with those known one tap away, and the one on call to be called.
#[component]
fn PhysicianFields(door: Door, physician: RwSignal<String>, rpps: RwSignal<String>) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let known: Vec<(String, String)> = link.glance(|round, common| {
        let staff = common
            .accounts
            .values()
            .filter(|account| account.roles.contains(&Role::Physician))
            .map(|account| (account.name.clone(), account.rpps.clone().unwrap_or_default()));
        let family = round.people.get(&door.person).and_then(|visit| visit.record.family_doctor.clone());
        staff.chain(family.map(|name| (name, String::new()))).collect()
    });
    let wrong = move || {
        let digits = rpps.with(|rpps| rpps.chars().filter(char::is_ascii_digit).collect::<String>());
        (digits.len() >= 11 && !perron_domain::rules::is_rpps(&digits))
            .then(|| t_string!(i18n, visit.refusal_rpps).to_owned())
    };
    view! {
        <div class="actions">
            <CallPhysician link=link />
            {known
                .into_iter()
                .take(3)
                .enumerate()
                .map(|(index, (name, number))| {
                    // What follows the comma is what the account is for, not the name.
                    let name = name.split_once(", ").map_or(name.clone(), |(short, _)| short.to_owned());
                    let label = name.clone();
                    view! {
                        <Button
                            label=Signal::stored(label)
                            icon=Glyph::Person
                            on_press=move |()| {
                                physician.set(name.clone());
                                rpps.set(number.clone());
                            }
                            testid=format!("physician-{index}")
                        />
                    }
                })
                .collect_view()}
        </div>
        <div class="pair">
            <TextField label=label!(i18n, visit.field_physician) value=physician testid="physician" />
            <TextField
                label=label!(i18n, visit.rpps)
                value=rpps
                keys=Keys::Digits
                error=Signal::derive(wrong)
                testid="rpps"
            />
        </div>
    }
}

fn on_call(link: Link) -> Option<(String, String)> {
    link.glance(|_, common| common.on_call.as_ref().map(|on_call| (on_call.name.clone(), on_call.phone.clone())))
}

/// A link that dials the physician on call; recommended, never waited for.
#[component]
fn CallPhysician(link: Link) -> impl IntoView {
    let i18n = link.i18n;
    on_call(link).map(|(name, phone)| {
        view! {
            <crate::components::LinkButton
                label=move || t_string!(i18n, visit.call_who, who = name.clone())
                href=super::place::tel(&phone)
                icon=Glyph::Phone
                testid="call-on-call"
            />
        }
    })
}

/// Ordonnance: physician, RPPS, date, product.
#[component]
pub fn Prescription(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{act}/prescription"));
    let today = untrack(|| link.today());
    let wished = link.glance(|round, _| round.acts.get(&act).map(|act| act.wish.product.clone())).unwrap_or_default();
    let physician = form.text("physician", "");
    let rpps = form.text("rpps", "");
    let on = form.text("on", fr::date_short(today.0));
    let product = form.text("product", wished.clone());
    let wrong = RwSignal::new(None::<String>);
    let products = move || door.products(Some(&wished));
    let save = move |()| {
        let Some(on) = words::read_day(&on.get_untracked()) else {
            wrong.set(Some(t_string!(i18n, visit.date_wrong).to_owned()));
            return;
        };
        wrong.set(None);
        let command = Command::Prescribe {
            act,
            physician: physician.get_untracked(),
            rpps: rpps.get_untracked(),
            on,
            product: product.get_untracked(),
        };
        link.write(vec![command], move || {
            form.done();
            door.done.run(());
        });
    };
    view! {
        <Card>
            <div class="stack">
                <PhysicianFields door=door physician=physician rpps=rpps />
                <div class="pair">
                    <DateField label=label!(i18n, visit.prescribed_on) value=on error=wrong testid="prescribed-on" />
                    <SelectField
                        label=label!(i18n, visit.prescribed_product)
                        value=product
                        options=Signal::derive(products)
                        testid="prescribed-product"
                    />
                </div>
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.record_prescription)
            icon=Glyph::Paper
            busy=link.busy
            on_press=save
            testid="prescription-save"
        >
            <Button
                label=label!(i18n, visit.no_prescription)
                weight=Weight::Quiet
                on_press=move |()| door.go.run(At::person(Step::Outcome))
                testid="no-prescription"
            />
        </MainAction>
    }
}

/// Avis médical: what a physician decides in writing.
#[component]
pub fn Physician(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{act}/physician"));
    let physician = form.text("physician", "");
    let rpps = form.text("rpps", "");
    let text = form.text("text", "");
    let allow = form.tiles("allow", DECISIONS, None);
    let choices = vec![
        Choice::new(true, move || t_string!(i18n, visit.physician_allows)).glyph(Glyph::Check),
        Choice::new(false, move || t_string!(i18n, visit.physician_forbids)).glyph(Glyph::Octagon),
    ];
    let on = form.text("on", fr::date_short(link.today().0));
    let until = form.text("until", "");
    // A decision lifts what it names: all that stands in the way and can be lifted, unless the nurse leaves some out.
    let answered = link.answer(Some(act));
    let standing = Memo::new(move |_| {
        answered.with(|all| all.as_ref().map(|(_, answer)| answer.can_be_lifted()).unwrap_or_default())
    });
    // Named from the start is what the physician was called for; what is milder than that is named by hand.
    let milder = untrack(|| answered.get()).map(|(_, answer)| {
        let decisive = |reason: &&Reason| reason.outcome == answer.outcome;
        answer.can_be_lifted().iter().filter(|one| !decisive(one)).map(|one| one.rule.clone()).collect()
    });
    let left_out = RwSignal::new(milder.unwrap_or_else(BTreeSet::<String>::new));
    let lifts = Memo::new(move |_| {
        let named = standing.with(|all| all.iter().map(|reason| reason.rule.clone()).collect::<Vec<_>>());
        left_out.with(|out| named.into_iter().filter(|code| !out.contains(code)).collect::<Vec<_>>())
    });
    let wrong_day = move || {
        let unread = |text: &String| !text.trim().is_empty() && words::read_day(text).is_none();
        (on.with(unread) || until.with(unread)).then(|| t_string!(i18n, visit.date_wrong).to_owned())
    };
    let save = move |()| {
        let Some(allow) = allow.now() else { return };
        let command = Command::PhysicianDecides {
            act,
            physician: physician.get_untracked(),
            rpps: rpps.get_untracked(),
            allow,
            text: text.get_untracked(),
            lifts: lifts.get_untracked(),
            on: on.with_untracked(|text| words::read_day(text)),
            until: until.with_untracked(|text| words::read_day(text)),
        };
        link.write(vec![command], move || {
            form.done();
            door.done.run(());
        });
    };
    view! {
        <Card>
            <div class="stack">
                <PhysicianFields door=door physician=physician rpps=rpps />
                <ChoiceRow
                    legend=label!(i18n, visit.decision)
                    quiet_legend=true
                    choices=choices
                    value=move || allow.get()
                    on_change=move |chosen| allow.set(chosen)
                    testid="physician-decision"
                />
                <Show when=move || allow.get() == Some(true)>
                    <Lifted link=link standing=standing left_out=left_out />
                </Show>
                <div class="pair">
                    <DateField
                        label=label!(i18n, visit.decision_on)
                        value=on
                        error=Signal::derive(wrong_day)
                        testid="physician-on"
                    />
                    <DateField label=label!(i18n, visit.decision_until) value=until testid="physician-until" />
                </div>
                <TextArea label=label!(i18n, visit.decision_words) value=text testid="physician-text" />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.record_decision)
            icon=Glyph::Paper
            busy=link.busy
            disabled=Signal::derive(move || allow.get().is_none() || wrong_day().is_some())
            hint=move || allow.get().is_none().then(|| t_string!(i18n, visit.decision_missing).to_owned())
            on_press=save
            testid="physician-save"
        >
            <Button
                label=label!(i18n, common.back)
                weight=Weight::Quiet
                on_press=move |()| door.done.run(())
                testid="physician-back"
            />
        </MainAction>
    }
}

/// What a decision lifts, reason by reason: a tick each.
#[component]
fn Lifted(link: Link, standing: Memo<Vec<Reason>>, left_out: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let i18n = link.i18n;
    let one = move |reason: Reason| {
        let words = match i18n.get_locale() {
            Locale::fr => fr::spaced(&reason.fr),
            Locale::en => reason.en.clone(),
        };
        let (code, shown) = (reason.rule.clone(), reason.rule.clone());
        let ticked = Signal::derive(move || left_out.with(|out| !out.contains(&shown)));
        let change = move |yes: bool| {
            left_out.update(|out| {
                if yes {
                    out.remove(&code);
                } else {
                    out.insert(code.clone());
                }
            });
        };
        view! { <Tick label=Signal::stored(words) value=ticked on_change=change testid=format!("lifts-{}", reason.rule) /> }
    };
    view! {
        <fieldset class="stack">
            <legend>{label!(i18n, visit.decision_lifts)}</legend>
            <For each=move || standing.get() key=|reason| reason.rule.clone() children=one />
        </fieldset>
    }
}

/// Jugement: the nurse decides and writes why (R25).
#[component]
pub fn Judgement(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let form = link.form(format!("visit/{act}/judgement"));
    let text = form.text("text", "");
    let vaccinate = form.tiles("vaccinate", DECISIONS, None);
    let choices = vec![
        Choice::new(true, move || t_string!(i18n, visit.judge_yes)).glyph(Glyph::Check),
        Choice::new(false, move || t_string!(i18n, visit.judge_no)).glyph(Glyph::Cross),
    ];
    let phrase = move |index: usize| match index {
        0 => t_string!(i18n, visit.judge_profile),
        1 => t_string!(i18n, visit.judge_request),
        _ => t_string!(i18n, visit.judge_benefit),
    };
    let save = move |()| {
        let Some(vaccinate) = vaccinate.now() else { return };
        let command = Command::Judge { act, vaccinate, reason: text.get_untracked() };
        link.write(vec![command], move || {
            form.done();
            door.done.run(());
        });
    };
    let missing = move || {
        if vaccinate.get().is_none() {
            Some(t_string!(i18n, visit.decision_missing).to_owned())
        } else if text.with(|text| text.trim().is_empty()) {
            Some(t_string!(i18n, visit.reason_missing).to_owned())
        } else {
            None
        }
    };
    view! {
        <Card>
            <div class="stack">
                <p class="muted">{t!(i18n, visit.judge_note)}</p>
                <ChoiceRow
                    legend=label!(i18n, visit.decision)
                    quiet_legend=true
                    choices=choices
                    value=move || vaccinate.get()
                    on_change=move |chosen| vaccinate.set(chosen)
                    testid="judge"
                />
                <div class="actions">
                    {(0..3)
                        .map(|index| {
                            view! {
                                <Button
                                    label=move || phrase(index)
                                    on_press=move |()| {
                                        text.update(|text| {
                                            if !text.is_empty() {
                                                text.push_str(" ; ");
                                            }
                                            text.push_str(phrase(index));
                                        });
                                    }
                                    testid=format!("judge-phrase-{index}")
                                />
                            }
                        })
                        .collect_view()}
                </div>
                <TextArea label=label!(i18n, visit.why_judged) value=text testid="judge-text" />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, visit.record_decision)
            icon=Glyph::Diamond
            busy=link.busy
            disabled=Signal::derive(move || missing().is_some())
            hint=missing
            on_press=save
            testid="judge-save"
        />
    }
}
