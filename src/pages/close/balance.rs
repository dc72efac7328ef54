//! The four balances (R31): persons against entries, persons by outcome, doses, sharps against doses. One line each, the
//! figures below on a tap.

use crate::pages::words::product_short;
use leptos::prelude::*;
use perron_domain::{
    fact::WasteStream,
    state::{LotBalance, close},
};

use super::entries::Entries;
use crate::{
    components::{DataTable, Glyph, Icon, Show, StatusPill, Tone},
    i18n::{I18n, label, t_string},
    pages::{visit::link::Link, words},
};

/// Which balance is unfolded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Entries,
    Outcomes,
    Doses,
    Sharps,
}

/// One line: icon, word, the figures in short, whether it agrees.
#[component]
fn Line(
    which: Which,
    open: RwSignal<Option<Which>>,
    glyph: Glyph,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] detail: Signal<String>,
    #[prop(into)] good: Signal<bool>,
    #[prop(into)] word: Signal<String>,
    testid: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let unfolded = move || open.get() == Some(which);
    view! {
        <div class="balance">
            <button
                type="button"
                class="row row-link"
                aria-expanded=move || unfolded().to_string()
                data-testid=testid
                on:click=move |_| open.update(|open| *open = (*open != Some(which)).then_some(which))
            >
                <span class="row-lead">
                    <Icon glyph=glyph />
                </span>
                <span class="row-text">
                    <span class="row-title">{move || title.get()}</span>
                    <span class="row-detail">{move || detail.get()}</span>
                </span>
                <span class="row-trail">
                    <StatusPill
                        tone=Signal::derive(move || if good.get() { Tone::Good } else { Tone::Warning })
                        label=word
                    />
                </span>
                <Icon glyph=Signal::derive(move || if unfolded() { Glyph::Up } else { Glyph::Down }) />
            </button>
            <Show when=unfolded>
                <div class="balance-body">{children()}</div>
            </Show>
        </div>
    }
}

/// Returns the movements of all lots as a sum that adds up as it stands: what came in, and where it went.
fn doses_line<'a>(i18n: I18n, lots: impl Iterator<Item = &'a LotBalance> + Clone) -> String {
    let sum = |of: fn(&LotBalance) -> i32| lots.clone().map(of).sum::<i32>();
    let parts = |all: &[(&'static str, i32)], needed: usize| {
        let said = all.iter().enumerate().filter(|(index, (_, count))| *index == needed || *count != 0);
        said.map(|(_, (word, count))| format!("{} {count}", word.to_lowercase())).collect::<Vec<_>>().join(" + ")
    };
    let came = [
        (t_string!(i18n, close.column_taken), sum(|lot| lot.taken)),
        (t_string!(i18n, close.column_extra), sum(|lot| lot.extra)),
    ];
    let went = [
        (t_string!(i18n, close.column_given), sum(|lot| lot.given)),
        (t_string!(i18n, close.column_ceded), sum(|lot| lot.ceded)),
        (t_string!(i18n, close.column_wasted), sum(|lot| lot.wasted)),
        (t_string!(i18n, close.column_returned), sum(|lot| lot.returned)),
        (t_string!(i18n, close.column_left), sum(|lot| lot.left)),
    ];
    format!("{} = {}", parts(&came, 0), parts(&went, 0))
}

/// The four balances.
#[component]
pub fn Balances(
    /// The way to the replica.
    link: Link,
) -> impl IntoView {
    let i18n = link.i18n;
    let open = RwSignal::new(None::<Which>);
    let lines = Memo::new(move |_| link.both(|round, common| close::accounts(round, common)));
    let figures = Memo::new(move |_| link.round(|round| close::figures(round)));
    let lots = Memo::new(move |_| link.round(|round| close::lots(round)));
    let sharps = Memo::new(move |_| link.round(|round| round.tally(WasteStream::Sharps).total()));
    let word = move |good: bool| {
        if good { t_string!(i18n, close.agrees).to_owned() } else { t_string!(i18n, close.differs).to_owned() }
    };

    let entries_good =
        move || lines.with(|lines| lines.iter().all(|line| line.entered.map(i32::from) == Some(line.due())));
    let entries = move || {
        lines.with(|lines| {
            let due: i32 = lines.iter().map(close::AccountLine::due).sum();
            let counted = lines.iter().all(|line| line.entered.is_some());
            let entered: u32 = lines.iter().filter_map(|line| line.entered.map(u32::from)).sum();
            if counted {
                t_string!(i18n, close.entries_line, due = due, entered = entered)
            } else {
                t_string!(i18n, close.entries_uncounted, due = due)
            }
        })
    };
    let outcomes_good = move || figures.with(|figures| figures.pending == 0);
    let outcomes = move || {
        figures.with(|figures| {
            let mut parts: Vec<String> = figures
                .outcomes
                .iter()
                .map(|(outcome, count)| format!("{count} {}", words::outcome_text(i18n, *outcome).to_lowercase()))
                .collect();
            if figures.pending > 0 {
                parts.push(t_string!(i18n, close.pending, count = figures.pending));
            }
            parts.join(" · ")
        })
    };
    let doses_good = move || lots.with(|lots| lots.iter().all(|(_, balance)| balance.left == 0));
    let doses = move || lots.with(|lots| doses_line(i18n, lots.iter().map(|(_, balance)| balance)));
    let given = move || figures.with(|figures| i32::try_from(figures.doses).unwrap_or(i32::MAX));
    let sharps_good = move || sharps.get() == given();
    let sharps_line = move || t_string!(i18n, close.sharps_line, sharps = sharps.get(), doses = given());

    // One column per lot: a round takes two or three, and seven kinds of movement would not fit side by side.
    let columns = move || {
        let mut heads = vec![t_string!(i18n, close.column_what).to_owned()];
        heads.extend(lots.get().into_iter().map(|(lot, _)| {
            let number = link.round(|round| round.printed(&lot));
            format!("#{} {number}", link.common(|common| product_short(common, &lot.product, link.today())))
        }));
        heads
    };
    let lot_rows = move || {
        type Part = (&'static str, fn(&LotBalance) -> i32);
        let kinds: [Part; 7] = [
            (t_string!(i18n, close.column_taken), |balance| balance.taken),
            (t_string!(i18n, close.column_extra), |balance| balance.extra),
            (t_string!(i18n, close.column_given), |balance| balance.given),
            (t_string!(i18n, close.column_ceded), |balance| balance.ceded),
            (t_string!(i18n, close.column_wasted), |balance| balance.wasted),
            (t_string!(i18n, close.column_returned), |balance| balance.returned),
            (t_string!(i18n, close.column_left), |balance| balance.left),
        ];
        kinds
            .into_iter()
            .map(|(word, of)| {
                let cells = lots.with(|lots| lots.iter().map(|(_, balance)| of(balance)).collect::<Vec<_>>());
                view! {
                    <tr>
                        <th scope="row">{word}</th>
                        {cells.into_iter().map(|cell| view! { <td class="number">{cell}</td> }).collect_view()}
                    </tr>
                }
            })
            .collect_view()
    };
    let outcome_rows = move || {
        figures
            .get()
            .outcomes
            .into_iter()
            .map(|(outcome, count)| {
                view! {
                    <dt>{words::outcome_text(i18n, outcome)}</dt>
                    <dd class="number">{count}</dd>
                }
            })
            .collect_view()
    };
    view! {
        <div class="list" data-testid="balances">
            <Line
                which=Which::Entries
                open=open
                glyph=Glyph::IdCard
                title=label!(i18n, close.entries)
                detail=Signal::derive(entries)
                good=Signal::derive(entries_good)
                word=Signal::derive(move || word(entries_good()))
                testid="balance-entries"
            >
                <Entries link=link />
            </Line>
            <Line
                which=Which::Outcomes
                open=open
                glyph=Glyph::People
                title=label!(i18n, close.outcomes)
                detail=Signal::derive(outcomes)
                good=Signal::derive(outcomes_good)
                word=Signal::derive(move || word(outcomes_good()))
                testid="balance-outcomes"
            >
                <dl class="facts">
                    {outcome_rows} <dt>{move || t_string!(i18n, close.pending_word)}</dt>
                    <dd class="number">{move || figures.with(|figures| figures.pending)}</dd>
                    <dt>{move || t_string!(i18n, close.doses_given)}</dt>
                    <dd class="number">{move || figures.with(|figures| figures.doses)}</dd>
                </dl>
            </Line>
            <Line
                which=Which::Doses
                open=open
                glyph=Glyph::Vial
                title=label!(i18n, close.doses)
                detail=Signal::derive(doses)
                good=Signal::derive(doses_good)
                word=Signal::derive(move || word(doses_good()))
                testid="balance-doses"
            >
                <DataTable caption=label!(i18n, close.doses) columns=Signal::derive(columns)>
                    {lot_rows}
                </DataTable>
            </Line>
            <Line
                which=Which::Sharps
                open=open
                glyph=Glyph::SharpsBox
                title=label!(i18n, close.sharps)
                detail=Signal::derive(sharps_line)
                good=Signal::derive(sharps_good)
                word=Signal::derive(move || word(sharps_good()))
                testid="balance-sharps"
            >
                <p class="muted">{move || t_string!(i18n, close.sharps_note)}</p>
            </Line>
        </div>
    }
}
