//! Identité: the strict traits in large, one tap when they agree with a paper. Having no papers never blocks.

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::IdentityMeans,
    people::{Protection, Sex},
};

use super::{Door, link::Problem, place::PlaceStrip};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, DateField, Fold, Glyph, MainAction, Notice, Show, TextField, Tone, Weight, fr,
    },
    i18n::{label, t, t_string},
    pages::words,
};

/// Who somebody may be, with the word that a form keeps it by.
pub const SEXES: &[(&str, Sex)] = &[("female", Sex::Female), ("male", Sex::Male), ("unknown", Sex::Unknown)];

/// The step of the identity.
#[component]
pub fn Identity(
    /// The visit.
    door: Door,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let correcting = RwSignal::new(false);
    let check =
        move |means: IdentityMeans| {
            let person = door.person;
            let mut commands = Vec::new();
            let stop = visit.with_untracked(|visit| visit.as_ref().map(|visit| visit.stop));
            // Who checks an identity stands at the door.
            if let Some(stop) = stop
                && link.glance(|round, _| round.stops.get(&stop).is_some_and(|stop| stop.arrived.is_none()))
            {
                commands.push(Command::Arrive(stop));
            }
            commands.push(Command::CheckIdentity { person, means });
            link.write(commands, move || {
                if means == IdentityMeans::Discordant { correcting.set(true) } else { door.done.run(()) }
            });
        };
    let alone = Memo::new(move |_| {
        let stop = visit.with(|visit| visit.as_ref().map(|visit| visit.stop))?;
        link.round(|round| round.stops.get(&stop).filter(|stop| stop.people.len() == 1).map(|_| stop))
    });
    let means = move || visit.with(|visit| visit.as_ref().and_then(|visit| visit.identity));
    let means_line = move || {
        let means = means()?;
        let tone = if means == IdentityMeans::Discordant { Tone::Warning } else { Tone::Good };
        Some(view! {
            <Notice tone=tone>
                <p data-testid="identity-means">{words::identity_word(i18n, means)}</p>
            </Notice>
        })
    };
    let can_check =
        Signal::derive(move || !visit.with(|visit| visit.as_ref().is_some_and(|visit| visit.record.birth.is_some())));
    view! {
        <Show
            when=move || correcting.get()
            fallback=move || {
                view! {
                    {move || alone.get().map(|stop| view! { <PlaceStrip link=link stop=Signal::stored(Some(stop)) /> })}
                    <Traits door=door />
                    {means_line}
                    <div class="actions actions-even">
                        <Button
                            label=label!(i18n, visit.identity_declared)
                            icon=Glyph::Person
                            disabled=can_check
                            on_press=move |()| check(IdentityMeans::Declared)
                            testid="identity-declared"
                        />
                        <Button
                            label=label!(i18n, visit.identity_third)
                            icon=Glyph::People
                            disabled=can_check
                            on_press=move |()| check(IdentityMeans::ThirdParty)
                            testid="identity-third"
                        />
                        <Button
                            label=label!(i18n, visit.identity_discordant)
                            icon=Glyph::Triangle
                            on_press=move |()| check(IdentityMeans::Discordant)
                            testid="identity-discordant"
                        />
                    </div>
                    <Problem link=link />
                    <MainAction
                        label=label!(i18n, visit.conforms)
                        icon=Glyph::IdCard
                        busy=link.busy
                        disabled=can_check
                        hint=move || can_check.get().then(|| t_string!(i18n, visit.birth_missing).to_owned())
                        on_press=move |()| check(IdentityMeans::PaperSeen)
                        testid="conforms"
                    >
                        <Button
                            label=label!(i18n, visit.correct)
                            icon=Glyph::Pen
                            on_press=move |()| correcting.set(true)
                            testid="identity-correct"
                        />
                    </MainAction>
                }
            }
        >
            <Correction door=door close=Callback::new(move |()| correcting.set(false)) />
        </Show>
    }
}

/// The strict traits, large, and what else to know before knocking.
#[component]
fn Traits(door: Door) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let visit = link.visit(door.person);
    let record = move || visit.with(|visit| visit.as_ref().map(|visit| visit.record.clone())).unwrap_or_default();
    let birth = move || record().birth.map_or_else(|| t_string!(i18n, visit.unknown).to_owned(), words::partial);
    let age = move || record().birth.map(|birth| words::age(i18n, birth, link.today()));
    let notes = move || {
        let record = record();
        let mut notes: Vec<String> = Vec::new();
        match record.protection {
            Protection::Tutelle if record.unable => notes.push(t_string!(i18n, visit.tutelle_unable).to_owned()),
            Protection::Tutelle => notes.push(t_string!(i18n, visit.tutelle_able).to_owned()),
            Protection::Curatelle => notes.push(t_string!(i18n, visit.curatelle).to_owned()),
            Protection::None => {}
        }
        notes.extend(record.language.map(|language| t_string!(i18n, visit.speaks, language = language)));
        notes.extend(record.notes.as_deref().map(fr::spaced));
        notes
    };
    let before = move || {
        let record = record();
        let dose = |dose: &perron_domain::people::PriorDose| {
            let name = link.common(|common| words::product_name(common, &dose.product, link.today()));
            let on = dose.on.map_or_else(|| t_string!(i18n, visit.date_unknown).to_owned(), words::partial);
            format!("{name} · {on}")
        };
        let infection = |infection: &perron_domain::people::Infection| {
            let on = infection.on.map_or_else(|| t_string!(i18n, visit.date_unknown).to_owned(), words::partial);
            format!("{} · {on}", t_string!(i18n, visit.infection))
        };
        let lines: Vec<String> = record.doses.iter().map(dose).chain(record.infections.iter().map(infection)).collect();
        lines
    };
    view! {
        <Card>
            <dl class="facts traits" data-testid="traits">
                <dt>{t!(i18n, visit.birth_name)}</dt>
                <dd data-testid="birth-name">{move || record().birth_name}</dd>
                <Show when=move || record().used_name.is_some()>
                    <dt>{t!(i18n, visit.used_name)}</dt>
                    <dd>{move || record().used_name}</dd>
                </Show>
                <dt>{t!(i18n, visit.given_names)}</dt>
                <dd data-testid="given-names">{move || record().given_names}</dd>
                <dt>{t!(i18n, visit.birth_date)}</dt>
                <dd data-testid="birth-date">
                    {birth} " " <span class="muted" data-testid="age">{age}</span>
                </dd>
                <dt>{t!(i18n, visit.sex)}</dt>
                <dd>{move || words::sex_word(i18n, record().sex)}</dd>
            </dl>
            {move || notes().into_iter().map(|note| view! { <p class="muted">{note}</p> }).collect_view()}
            <Show when=move || !before().is_empty()>
                <Fold summary=Signal::derive(move || t_string!(i18n, visit.before_count, count = before().len()))>
                    <ul class="stack">
                        {move || before().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                    </ul>
                </Fold>
            </Show>
        </Card>
    }
}

/// Corrects the traits; what is left as it was is not written.
#[component]
fn Correction(door: Door, close: Callback<()>) -> impl IntoView {
    let link = door.link.apart();
    let i18n = link.i18n;
    let known =
        link.glance(|round, _| round.people.get(&door.person).map(|visit| visit.record.clone())).unwrap_or_default();
    let form = link.form(format!("visit/{}/identity", door.person));
    let birth_name = form.text("birth_name", known.birth_name.clone());
    let given_names = form.text("given_names", known.given_names.clone());
    let birth = form.text("birth", known.birth.map(words::partial).unwrap_or_default());
    let sex = form.tiles("sex", SEXES, Some(known.sex));
    let wrong = RwSignal::new(None::<String>);
    let tried = RwSignal::new(false);
    // What is known is replaced, never emptied: an empty field would be taken for one that nobody touched.
    let emptied = move |value: RwSignal<String>, was: bool| {
        move || {
            let empty = tried.get() && was && value.with(|text| text.trim().is_empty());
            empty.then(|| t_string!(i18n, visit.identity_emptied).to_owned())
        }
    };
    let (had_name, had_given) = (!known.birth_name.is_empty(), !known.given_names.is_empty());
    let name_emptied = emptied(birth_name, had_name);
    let given_emptied = emptied(given_names, had_given);
    let sexes =
        [Sex::Female, Sex::Male, Sex::Unknown].map(|sex| Choice::new(sex, move || words::sex_word(i18n, sex))).to_vec();
    let save = move || {
        let typed = birth.get_untracked();
        let read = words::read_partial(&typed);
        tried.set(true);
        wrong.set(match (&read, typed.trim().is_empty()) {
            (None, false) => Some(t_string!(i18n, visit.date_wrong).to_owned()),
            (None, true) if known.birth.is_some() => Some(t_string!(i18n, visit.identity_emptied).to_owned()),
            _ => None,
        });
        let emptied = untrack(|| name_emptied().is_some() || given_emptied().is_some());
        if emptied || wrong.with_untracked(Option::is_some) {
            return;
        }
        let changed = |now: String, before: &str| (now.trim() != before).then(|| now.trim().to_owned());
        let command = Command::CorrectIdentity {
            person: door.person,
            birth_name: changed(birth_name.get_untracked(), &known.birth_name),
            given_names: changed(given_names.get_untracked(), &known.given_names),
            birth: read.filter(|read| Some(*read) != known.birth),
            sex: sex.now().filter(|sex| *sex != known.sex),
        };
        if matches!(
            &command,
            Command::CorrectIdentity { birth_name: None, given_names: None, birth: None, sex: None, .. }
        ) {
            form.done();
            close.run(());
            return;
        }
        link.write(vec![command], move || {
            form.done();
            close.run(());
        });
    };
    view! {
        <Card title=Signal::derive(move || t_string!(i18n, visit.correct_identity).to_owned())>
            <div class="stack">
                <TextField label=label!(i18n, visit.birth_name) value=birth_name error=name_emptied testid="edit-birth-name" />
                <TextField label=label!(i18n, visit.given_names) value=given_names error=given_emptied testid="edit-given-names" />
                <DateField
                    label=label!(i18n, visit.birth_date)
                    value=birth
                    partial=true
                    error=wrong
                    testid="edit-birth"
                />
                <ChoiceRow
                    legend=label!(i18n, visit.sex)
                    choices=sexes
                    value=move || sex.get()
                    on_change=move |chosen| sex.set(chosen)
                    testid="edit-sex"
                />
            </div>
        </Card>
        <Problem link=link />
        <MainAction
            label=label!(i18n, common.save)
            icon=Glyph::Pen
            busy=link.busy
            on_press=move |()| save()
            testid="identity-save"
        >
            <Button
                label=label!(i18n, common.cancel)
                weight=Weight::Quiet
                on_press=move |()| {
                    form.done();
                    close.run(());
                }
                testid="identity-cancel"
            />
        </MainAction>
    }
}
