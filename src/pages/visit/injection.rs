//! Injection: product, lot, use-by, rank, arm, «Injecté». The lot is chosen already when one is open.

use leptos::prelude::*;
use perron_domain::{
    aboard,
    command::{Command, GiveDose},
    fact::{AccountNo, DoseForm, Role, Site},
    name::FactName,
};

use super::{
    Door,
    link::{Link, Problem},
    no_dose::WhyNone,
    source::{source_lines, sources},
};
use crate::{
    components::{
        Button, Card, Choice, ChoiceRow, Fold, Glyph, MainAction, Notice, SelectField, Show, TextField, Tick, Tone,
        Weight, fr, live,
    },
    i18n::{label, t, t_string},
    pages::{
        hour::{Hour, HourField},
        words,
    },
};

/// Minutes of observation that everybody expects; more of them are said.
const USUAL_MINUTES: u16 = 15;

/// Returns the tiles of the sites: arms, and thighs where they are wanted.
#[must_use]
pub fn site_choices(link: Link, thighs: bool) -> Vec<Choice<Site>> {
    let i18n = link.i18n;
    let mut sites = vec![(Site::LeftArm, Glyph::ArmLeft), (Site::RightArm, Glyph::ArmRight)];
    if thighs {
        sites.extend([(Site::LeftThigh, Glyph::Back), (Site::RightThigh, Glyph::Forward)]);
    }
    sites
        .into_iter()
        .map(|(site, glyph)| Choice::new(site, move || words::site_word(i18n, site)).glyph(glyph))
        .collect()
}

/// Sites, with the word that a form keeps each by.
pub const SITES: &[(&str, Site)] = &[
    ("left_arm", Site::LeftArm),
    ("right_arm", Site::RightArm),
    ("left_thigh", Site::LeftThigh),
    ("right_thigh", Site::RightThigh),
];

/// The step of the dose.
#[component]
pub fn Injection(
    /// The visit.
    door: Door,
    /// The act.
    act: FactName,
) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let the_act = link.act(Some(act));
    let product =
        Memo::new(move |_| the_act.with(|act| act.as_ref().map(|act| act.wish.product.clone())).unwrap_or_default());
    let list = Memo::new(move |_| {
        product.with(|product| {
            link.both(|round, common| sources(round, common, link.device(), product, link.steady_once()))
        })
    });
    let form = link.form(format!("visit/{act}/dose"));
    let chosen = form.text("source", "");
    let source = move || {
        list.with(|list| {
            let named = chosen
                .with(|name| name.parse::<FactName>().ok())
                .filter(|name| list.iter().any(|source| source.name == *name));
            named.or_else(|| list.first().map(|source| source.name))
        })
    };
    let hour = Hour::done(link, form.text("hour", ""));
    let prepared = form.text("prepared", "");
    let injector = form.text("injector", untrack(|| link.account()).0.to_string());
    let site = form.tiles("site", SITES, None);
    let thighs = form.tick("thighs", false);
    let wrong = RwSignal::new(None::<String>);

    let facts = move || {
        let act = the_act.get()?;
        let wish = &act.wish;
        link.both(|round, common| {
            let product = perron_domain::door::product(common, &wish.product, link.today());
            let name = product.map_or_else(|| wish.product.clone(), |product| product.name_fr.clone());
            let volume = product
                .and_then(|product| product.dose_microlitres)
                .map(|volume| fr::millilitres(i18n.get_locale(), volume / 10));
            Some((name, words::rank_text(i18n, round, common, &act, wish.rank, link.today()), volume))
        })
    };
    let tiles = Signal::derive(move || {
        list.get()
            .into_iter()
            .take(3)
            .map(|source| {
                let (title, note) = source_lines(link, &source);
                let glyph = if source.form == DoseForm::Vial { Glyph::Vial } else { Glyph::Syringe };
                Choice::new(source.name, Signal::stored(title)).note(Signal::stored(note)).glyph(glyph)
            })
            .collect::<Vec<_>>()
    });
    // With several vaccines the next page looks the same: the button says which one it is about.
    let visit = link.visit(door.person);
    let done_word = move || {
        if visit.with(|visit| visit.as_ref().is_some_and(|visit| visit.acts.len() > 1)) {
            let vaccine = product.with(|code| link.common(|common| words::product_named(common, code, link.today())));
            t_string!(i18n, visit.injected_named, vaccine = vaccine)
        } else {
            t_string!(i18n, visit.injected).to_owned()
        }
    };
    // Two vaccines of one day go into two arms, unless somebody says otherwise.
    let same_arm = Memo::new(move |_| {
        let site = site.get()?;
        link.both(|round, common| {
            let acts = &round.people.get(&door.person)?.acts;
            let given = acts.iter().filter(|one| **one != act).filter_map(|one| round.acts.get(one));
            let there = given.flat_map(|act| &act.given).find(|given| given.dose.site == site)?;
            Some(words::product_named(common, &there.dose.product, link.today()))
        })
    });
    let arm_meant = form.tick("arm_meant", false);
    let give = move |()| {
        let (Some(site), Some(source)) = (site.now(), untrack(source)) else { return };
        let Some(done_at) = untrack(|| hour.read_or_now()) else {
            wrong.set(Some(t_string!(i18n, visit.hour_wrong).to_owned()));
            return;
        };
        wrong.set(None);
        let injected_by = injector.get_untracked().parse().map_or_else(|_| untrack(|| link.account()), AccountNo);
        let prepared = prepared.get_untracked();
        let give = GiveDose {
            act,
            source: Some(source),
            lot: None,
            product: None,
            site,
            done_at,
            injected_by,
            prepared_by: (!prepared.trim().is_empty()).then_some(prepared),
            error: None,
        };
        link.write(vec![Command::Give(give)], move || {
            form.done();
            door.done.run(());
        });
    };
    let missing = move || {
        if list.with(Vec::is_empty) {
            Some(t_string!(i18n, visit.open_first).to_owned())
        } else if source().is_none() {
            Some(t_string!(i18n, visit.source_missing).to_owned())
        } else if site.get().is_none() {
            Some(t_string!(i18n, visit.arm_missing).to_owned())
        } else if same_arm.with(Option::is_some) && !arm_meant.get() {
            Some(t_string!(i18n, visit.same_arm_hint).to_owned())
        } else {
            None
        }
    };
    let nurses = Signal::derive(move || {
        link.common(|common| {
            common
                .accounts
                .values()
                .filter(|account| {
                    account.roles.iter().any(|role| matches!(role, Role::Nurse | Role::Physician | Role::Head))
                })
                .map(|account| (account.account.0.to_string(), account.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Card>
            {move || {
                facts()
                    .map(|(name, rank, volume)| {
                        view! {
                            <div class="dose">
                                <p class="dose-product" data-testid="dose-product">{name}</p>
                                <p class="dose-rank">
                                    <strong data-testid="dose-rank">{rank}</strong>
                                    {volume.map(|volume| view! { <span>{volume}</span> })}
                                </p>
                            </div>
                        }
                    })
            }}
            <Show when=move || list.with(|list| !list.is_empty()) fallback=move || view! { <NoSource door=door act=act /> }>
                <ChoiceRow
                    legend=label!(i18n, visit.field_source)
                    quiet_legend=true
                    column=true
                    choices=tiles
                    value=Signal::derive(source)
                    on_change=move |name: FactName| chosen.set(name.to_string())
                    testid="source"
                />
            </Show>
        </Card>
        <Card>
            <ChoiceRow
                legend=label!(i18n, visit.site)
                quiet_legend=true
                choices=Signal::derive(move || site_choices(link, thighs.get()))
                value=move || site.get()
                on_change=move |chosen| site.set(chosen)
                testid="site"
            />
            <Show when=move || same_arm.with(Option::is_some)>
                <Notice tone=Tone::Warning>
                    <p data-testid="same-arm">
                        {move || t_string!(i18n, visit.same_arm, vaccine = same_arm.get().unwrap_or_default())}
                    </p>
                    <Tick
                        label=label!(i18n, visit.same_arm_meant)
                        value=Signal::derive(move || arm_meant.get())
                        on_change=move |yes| arm_meant.set(yes)
                        testid="same-arm-meant"
                    />
                </Notice>
            </Show>
            <Fold summary=Signal::derive(move || t_string!(i18n, visit.dose_details).to_owned())>
                <div class="stack">
                    <div class="pair">
                        <HourField
                            label=label!(i18n, visit.done_at)
                            hour=hour
                            hint=move || Some(t_string!(i18n, visit.done_at_hint).to_owned())
                            error=wrong
                            testid="done-at"
                        />
                        <SelectField
                            label=label!(i18n, visit.injected_by)
                            value=injector
                            options=nurses
                            testid="injected-by"
                        />
                    </div>
                    <TextField
                        label=label!(i18n, visit.field_prepared_by)
                        value=prepared
                        optional=true
                        testid="prepared-by"
                    />
                    <Show when=move || !thighs.get()>
                        <Button
                            label=label!(i18n, visit.other_site)
                            weight=Weight::Quiet
                            on_press=move |()| thighs.set(true)
                            testid="other-site"
                        />
                    </Show>
                </div>
            </Fold>
        </Card>
        <Problem link=link />
        <Advice door=door act=act />
        <MainAction
            label=done_word
            icon=Glyph::Syringe
            busy=link.busy
            disabled=Signal::derive(move || missing().is_some())
            hint=missing
            on_press=give
            testid="injected"
        />
    }
}

/// What is to be done with this dose, all of it, beside the button that says that it is done.
#[component]
fn Advice(door: Door, act: FactName) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let answered = link.answer(Some(act));
    let the_act = link.act(Some(act));
    let lines = Memo::new(move |_| {
        answered.with(|all| {
            let Some((_, answer)) = all else { return Vec::new() };
            // What a physician allowed, he allowed in these words.
            let decided = the_act.with(|act| {
                let lifted = perron_domain::door::lifted(act.as_ref()?, answer)?;
                words::decision_line(i18n, &lifted)
            });
            let advice = link.both(|round, common| {
                let sentence = |reason| words::sentence(i18n, reason);
                perron_domain::door::advice(round, common, answer).into_iter().map(sentence).collect::<Vec<_>>()
            });
            let longer = (answer.observation_minutes > USUAL_MINUTES)
                .then(|| t_string!(i18n, visit.observation_longer, minutes = answer.observation_minutes));
            decided.into_iter().chain(advice).chain(longer).collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <Notice tone=Tone::Info>
                <ul class="advice" data-testid="advice">
                    {move || lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
            </Notice>
        </Show>
    }
}

/// Nothing is open: open a vial here, or say that none is aboard.
#[component]
fn NoSource(door: Door, act: FactName) -> impl IntoView {
    let link = door.link;
    let i18n = link.i18n;
    let the_act = link.act(Some(act));
    let product = move || the_act.with(|act| act.as_ref().map(|act| act.wish.product.clone())).unwrap_or_default();
    let load = move || {
        let product = product();
        let now = link.steady_once();
        link.both(|round, common| {
            let usable = aboard::held(round, common, link.device(), &product, now).usable;
            let closed = |name: &FactName| round.loads.get(name).is_some_and(|load| round.opens(load));
            usable.into_iter().map(|(name, _)| name).find(closed)
        })
    };
    let dilution = move || {
        link.common(|common| {
            perron_domain::door::product(common, &product(), link.today()).is_some_and(|product| product.dilution)
        })
    };
    let with = move || {
        link.common(|common| words::diluent(i18n, perron_domain::door::product(common, &product(), link.today())?))
    };
    // A vial of several doses for one person: whoever opens it knows what becomes of the rest.
    let alone = move || {
        let product = product();
        link.both(|round, common| {
            let doses = perron_domain::door::product(common, &product, link.today())?.doses_per_vial;
            let waiting = aboard::expecting(round, common, &product, link.steady_once()).len();
            (doses > 1 && waiting <= 1).then_some(doses)
        })
    };
    let open = move |load: FactName| {
        let diluted = untrack(dilution);
        link.write(vec![Command::OpenVial { load, diluted, at: None }], || ());
    };
    live(move || {
        match load() {
        Some(load) => view! {
            <div class="stack">
                <p>{t!(i18n, visit.no_open_vial)}</p>
                {move || with().map(|with| view! { <p data-testid="diluent"><strong>{with}</strong></p> })}
                {move || {
                    alone()
                        .map(|doses| {
                            view! {
                                <Notice tone=Tone::Warning>
                                    <p data-testid="vial-for-one">
                                        {t_string!(i18n, visit.vial_for_one, doses = doses)}
                                    </p>
                                </Notice>
                            }
                        })
                }}
                <Button
                    label=move || {
                        if dilution() { t_string!(i18n, visit.open_and_dilute) } else { t_string!(i18n, visit.open_vial) }
                    }
                    icon=Glyph::Vial
                    weight=Weight::Primary
                    wide=true
                    on_press=move |()| open(load)
                    testid="open-vial"
                />
            </div>
        }
        .into_any(),
        None => view! { <WhyNone door=door act=act /> }.into_any(),
    }
    })
}
