//! «Clôture»: four balances, the gaps, «Signer». What does not agree is explained, or signed as «écart à traiter»: it then
//! goes to the head of the relay, and never disappears.

mod balance;
mod entries;
mod gap;
mod sign;
mod signed;
mod vacations;

use leptos::prelude::*;
use perron_domain::{
    command::Command,
    fact::Explained,
    state::close::{self, Gap},
};

use self::{balance::Balances, gap::GapRow, sign::AskGaps, signed::Signed};
pub use self::{
    gap::{gap_words, where_to},
    vacations::Vacations,
};
use super::visit::link::{Link, Problem};
use crate::{
    browser::sight,
    components::{
        Button, Card, Dialog, EmptyState, Glyph, LinkButton, MainAction, Notice, PageHeader, Show, TextArea, Tone,
        Weight, fr, live,
    },
    i18n::{label, t, t_string},
    state::{Draft, Texts, use_replica},
};

/// Explanations by the code of the difference, as they are typed.
pub type Explanations = Draft;

/// The page of the closing: `/cloture`.
#[component]
pub fn Closing() -> impl IntoView {
    let link = Link::find();
    let i18n = link.i18n;
    let replica = use_replica();
    let known = Memo::new(move |_| replica.round_number().get());
    live(move || match known.get() {
        Some(number) => view! { <OneClosing link=link number=number /> }.into_any(),
        None => view! {
            <PageHeader title=label!(i18n, close.title) back=Signal::stored("/".to_owned()) />
            <EmptyState glyph=Glyph::Pen title=label!(i18n, tour.no_round) />
        }
        .into_any(),
    })
}

#[component]
fn OneClosing(link: Link, number: u32) -> impl IntoView {
    let i18n = link.i18n;
    let explained: Explanations = use_replica().draft(&format!("close/{number}/explained"));
    let again = RwSignal::new(false);
    let asked = RwSignal::new(None::<String>);
    let form = link.form(format!("close/{number}"));
    let difficulty = form.text("difficulty", "");
    let score = form.text("score", "");
    let gaps = Memo::new(move |_| link.both(|round, common| close::gaps(round, common)));
    let text_of = move |code: &str| explained.value.with(|texts| texts.get(code).cloned().unwrap_or_default());
    let left = Signal::derive(move || {
        gaps.with(|gaps| gaps.iter().filter(|gap| text_of(&gap.code()).trim().is_empty()).cloned().collect::<Vec<_>>())
    });
    let open = move || gaps.with(|gaps| gaps.iter().filter(|gap| text_of(&gap.code()).trim().is_empty()).count());
    let signed = Memo::new(move |_| link.round(|round| round.closed_at.is_some()));
    let scored = Memo::new(move |_| link.round(|round| round.team_satisfaction.contains_key(&link.account())));
    let told = move || link.round(|round| round.difficulties.iter().map(|said| said.text.clone()).collect::<Vec<_>>());
    // With differences that nobody explained, the signature is asked about.
    let asks = RwSignal::new(false);
    let sign = move |()| {
        let account = untrack(|| link.account());
        let mut commands = Vec::new();
        if let Ok(score) = score.get_untracked().parse::<u8>()
            && !scored.get_untracked()
        {
            commands.push(Command::TeamSatisfaction(score));
        }
        let said = difficulty.get_untracked().trim().to_owned();
        if !said.is_empty() && !untrack(told).contains(&said) {
            commands.push(Command::ReportDifficulty(said));
        }
        let running = link.glance(|round, _| {
            round.vacations.iter().any(|vacation| vacation.account == account && vacation.ended.is_none())
        });
        if running {
            commands.push(Command::EndVacation(account));
        }
        let texts: Vec<Explained> = gaps.with_untracked(|gaps| {
            let one =
                |gap: &Gap| Explained { gap: gap.code(), text: untrack(|| text_of(&gap.code())).trim().to_owned() };
            gaps.iter().map(one).filter(|one| !one.text.is_empty()).collect()
        });
        commands.push(Command::CloseRound { explained: texts, with_gaps: true });
        link.write(commands, move || {
            asks.set(false);
            explained.done();
            form.done();
            again.set(false);
            sight::to_top();
        });
    };
    let ask = move |()| {
        if open() > 0 {
            asks.set(true);
        } else {
            sign(());
        }
    };
    let label = move || {
        if open() > 0 { t_string!(i18n, close.sign_with_gaps) } else { t_string!(i18n, close.sign) }
    };
    let hint = move || {
        let open = open();
        (open > 0).then(|| {
            if fr::several(i18n.get_locale(), u32::try_from(open).unwrap_or(u32::MAX)) {
                t_string!(i18n, close.gaps_left_several, count = open)
            } else {
                t_string!(i18n, close.gaps_left_single, count = open)
            }
        })
    };
    let scores = move || {
        (1..=5_u8)
            .map(|value| {
                let chosen = move || score.with(|score| *score == value.to_string());
                view! {
                    <button
                        type="button"
                        class="button score"
                        aria-pressed=move || chosen().to_string()
                        aria-label=move || t_string!(i18n, close.score_of, score = value)
                        data-testid=format!("team-score-{value}")
                        on:click=move |_| score.set(value.to_string())
                    >
                        {value}
                    </button>
                }
            })
            .collect_view()
    };
    let rows = move || {
        gaps.get()
            .into_iter()
            .map(|gap| {
                let code = gap.code();
                let known = Signal::derive(move || !text_of(&code).trim().is_empty());
                view! { <GapRow link=link gap=gap explained=known asked=asked /> }
            })
            .collect_view()
    };
    let body = move || {
        view! {
            <Balances link=link />
            <Show
                when=move || gaps.with(|gaps| !gaps.is_empty())
                fallback=move || {
                    view! {
                        <Notice tone=Tone::Good>
                            <p data-testid="no-gap">{t!(i18n, close.no_gap)}</p>
                        </Notice>
                    }
                }
            >
                <section class="stack" aria-label=label!(i18n, close.gaps)>
                    <h2 class="missing-title">
                        {move || t_string!(i18n, close.gaps_count, count = gaps.with(Vec::len))}
                    </h2>
                    <div class="list" data-testid="gaps">{rows}</div>
                </section>
            </Show>
            <Card title=Signal::derive(move || t_string!(i18n, close.asked_once).to_owned())>
                <div class="stack">
                    <Show
                        when=move || !scored.get()
                        fallback=move || view! { <p class="done-line">{t!(i18n, close.score_given)}</p> }
                    >
                        <div class="thanks">
                            <p>{t!(i18n, close.team_satisfaction)}</p>
                            <div class="scores" role="group" aria-label=label!(i18n, close.team_satisfaction)>
                                {scores}
                            </div>
                        </div>
                    </Show>
                    <TextArea
                        label=label!(i18n, close.difficulty)
                        value=difficulty
                        optional=true
                        testid="difficulty"
                    />
                    {move || {
                        told().into_iter().map(|text| view! { <p class="muted">{text}</p> }).collect_view()
                    }}
                </div>
            </Card>
            <Vacations link=link />
            <LinkButton
                label=label!(i18n, close.late)
                href="/apres-coup"
                icon=Glyph::Pen
                weight=Weight::Quiet
                testid="late"
            />
            <Problem link=link />
            <MainAction
                label=label
                icon=Glyph::Pen
                hint=Signal::derive(hint)
                busy=link.busy
                on_press=move |()| ask(())
                testid="sign"
            />
            <AskGaps link=link open=asks left=left on_sign=sign />
        }
    };
    view! {
        <PageHeader
            title=label!(i18n, close.title)
            subtitle=move || link.round(|round| round.plan.as_ref().map(|plan| plan.label.clone()))
            back=Signal::stored("/".to_owned())
        />
        <Show
            when=move || !signed.get() || again.get()
            fallback=move || view! { <Signed link=link again=again /> }
        >
            {body}
        </Show>
        <Explain link=link gaps=gaps asked=asked explained=explained />
    }
}

/// Returns the name under which a text that is not kept yet stands.
fn half(code: &str) -> String {
    format!("…{code}")
}

/// The question about one difference.
#[component]
fn Explain(
    link: Link,
    gaps: Memo<Vec<Gap>>,
    asked: RwSignal<Option<String>>,
    explained: Explanations,
) -> impl IntoView {
    let i18n = link.i18n;
    let text = RwSignal::new(String::new());
    let gap = Memo::new(move |_| {
        let code = asked.get()?;
        gaps.with(|gaps| gaps.iter().find(|gap| gap.code() == code).cloned())
    });
    Effect::new(move |_| {
        if let Some(code) = asked.get() {
            let known = |texts: &Texts| texts.get(&half(&code)).or(texts.get(&code)).cloned();
            text.set(explained.value.with_untracked(known).unwrap_or_default());
        }
    });
    // What is typed and not kept yet stands beside what was kept: it comes back after a kill and signs nothing.
    Effect::new(move |_| {
        let typed = text.get();
        if let Some(code) = asked.get_untracked() {
            explained.value.update(|texts| {
                if texts.get(&code).map_or("", String::as_str) == typed {
                    texts.remove(&half(&code));
                } else {
                    texts.insert(half(&code), typed);
                }
            });
        }
    });
    let keep = move |()| {
        if let Some(code) = asked.get_untracked() {
            let said = text.get_untracked();
            explained.value.update(|texts| {
                texts.remove(&half(&code));
                if said.trim().is_empty() {
                    texts.remove(&code);
                } else {
                    texts.insert(code, said);
                }
            });
        }
        asked.set(None);
    };
    view! {
        <Dialog
            open=Signal::derive(move || gap.with(Option::is_some))
            on_close=move |()| asked.set(None)
            title=label!(i18n, close.explain)
            tone=Tone::Warning
            actions=move || {
                let href = gap.with(|gap| gap.as_ref().and_then(|gap| link.glance(|round, _| where_to(round, gap))));
                view! {
                    {href
                        .map(|href| {
                            view! {
                                <LinkButton
                                    label=label!(i18n, close.go_there)
                                    href=href
                                    icon=Glyph::Forward
                                    testid="gap-go"
                                />
                            }
                        })}
                    <Button
                        label=label!(i18n, close.keep_explanation)
                        weight=Weight::Primary
                        on_press=keep
                        testid="gap-save"
                    />
                }
            }
        >
            <div class="stack">
                <p>
                    <strong>
                        {move || {
                            gap.with(|gap| {
                                gap.as_ref().map(|gap| link.both(|round, common| gap_words(i18n, round, common, gap)))
                            })
                        }}
                    </strong>
                </p>
                <TextArea label=label!(i18n, close.explanation) value=text testid="gap-text" />
                <p class="muted">{t!(i18n, close.explain_note)}</p>
            </div>
        </Dialog>
    }
}
