//! «Réceptionner»: doses of a lot come in. What contradicts the relay's record is asked about while it is typed.

use crate::client::{ask, routes};
use crate::components::{Button, Card, DateField, Keys, Notice, NumberField, SelectField, TextField, Tone, Weight, fr};
use crate::i18n::{t, t_string, use_i18n};
use crate::lot_questions::{LotQuestions, Questions};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use leptos::prelude::*;
use perron_desk_api::{ConfirmLot, ReceiveLot, StockView};
use perron_domain::lot::{self, KnownLot, LotDoubt};

/// Returns the lots that the desk knows, to compare what is typed with.
#[must_use]
pub fn known_lots(stock: &StockView) -> Vec<KnownLot> {
    let received = stock.lots.iter().filter(|line| line.received > 0).map(|line| KnownLot {
        product: Some(line.product.clone()),
        lot: line.lot.clone(),
        expiry: Some(line.expiry),
        isolated: line.isolated.is_some(),
    });
    let apart = stock.isolated.iter().map(|line| KnownLot {
        product: line.product.clone(),
        lot: line.lot.clone(),
        expiry: None,
        isolated: true,
    });
    received.chain(apart).collect()
}

/// Returns what speaks against a lot as it is typed.
#[must_use]
pub fn doubts(stock: &StockView, product: &str, typed: &str, expiry: &str) -> Vec<LotDoubt> {
    if lot::LotKey::of(typed).is_empty() {
        return Vec::new();
    }
    lot::doubts(&known_lots(stock), product, typed, lot::read_expiry(expiry), stock.today)
}

/// Reads a number of doses that may come in at once; «1 000» is one too.
fn count(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|one| !one.is_whitespace()).collect();
    digits.parse().ok().filter(|count| (1..=lot::MOST_DOSES).contains(count))
}

/// Returns the name of a product, or its code.
#[must_use]
pub fn product_name(stock: &StockView, code: &str) -> String {
    let found = stock.known.iter().find(|one| one.code == code);
    found.map_or_else(|| code.to_owned(), |one| one.name.clone())
}

/// Returns why a lot must not be used, if so.
fn isolated(stock: &StockView, product: &str, typed: &str) -> Option<String> {
    let of_stock = stock.lots.iter().filter(|line| line.product == product && lot::same(&line.lot, typed));
    let of_stock = of_stock.filter_map(|line| line.isolated.clone());
    let apart = stock
        .isolated
        .iter()
        .filter(|line| line.product.as_deref().is_none_or(|code| code == product) && lot::same(&line.lot, typed));
    of_stock.chain(apart.map(|line| line.reason.clone())).next()
}

/// The form.
#[component]
pub fn Receive(
    /// What the relay holds.
    stock: Signal<Option<StockView>>,
    /// Doses came in.
    on_received: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let field = || RwSignal::new(String::new());
    let (product, lot, expiry, doses) = (field(), field(), field(), field());
    let tried = RwSignal::new(false);
    let saved = RwSignal::new(None::<String>);
    let asked = Memo::new(move |_| {
        stock.with(|stock| {
            stock.as_ref().map_or_else(Vec::new, |stock| {
                if product.with(String::is_empty) {
                    return Vec::new();
                }
                let mut found = doubts(stock, &product.get(), &lot.get(), &expiry.get());
                found.extend(doses.with(|text| count(text)).and_then(lot::amount_doubt));
                found
            })
        })
    });
    let questions = Questions::of(asked, field());
    let kept = Fields::of("lot-received")
        .texts([("product", product), ("lot", lot), ("expiry", expiry), ("doses", doses), ("reason", questions.reason)])
        .keep();
    let apart =
        move || stock.with(|stock| stock.as_ref().and_then(|stock| isolated(stock, &product.get(), &lot.get())));
    let options = move || {
        let products = stock.get().map(|stock| stock.products).unwrap_or_default();
        products.into_iter().map(|one| (one.code, one.name)).collect::<Vec<_>>()
    };
    let none = Signal::derive(move || stock.with(|stock| stock.as_ref().is_some_and(|one| one.products.is_empty())));
    let empty = move |value: RwSignal<String>| {
        move || {
            let wrong = tried.get() && value.with(|text| text.trim().is_empty());
            wrong.then(|| t_string!(i18n, desk.a_need).to_owned())
        }
    };
    let day_wrong = move || {
        let wrong = tried.get() && expiry.with(|text| lot::read_expiry(text).is_none());
        wrong.then(|| t_string!(i18n, stock.expiry_wrong).to_owned())
    };
    let doses_wrong = move || {
        let wrong = doses.with(|text| (tried.get() || !text.trim().is_empty()) && count(text).is_none());
        let most = fr::number(i18n.get_locale(), i64::from(lot::MOST_DOSES), 0);
        wrong.then(|| t_string!(i18n, desk.s_doses_wrong, most = most))
    };
    let is_known = move |number: String| {
        let day = stock.with_untracked(|stock| {
            let lots = stock.iter().flat_map(|stock| &stock.lots);
            let mut same = lots.filter(|line| line.product == product.get_untracked() && lot::same(&line.lot, &number));
            same.next().map(|line| line.expiry)
        });
        if let Some(day) = day {
            expiry.set(fr::date_short(day.0));
        }
        lot.set(number);
    };
    let save = move |()| {
        tried.set(true);
        saved.set(None);
        let (code, number) = (product.get_untracked(), lot.get_untracked().trim().to_owned());
        let day = expiry.with_untracked(|text| lot::read_expiry(text));
        let count = doses.with_untracked(|text| count(text));
        let (Some(expiry_day), Some(count), false) = (day, count, code.is_empty() || number.is_empty()) else { return };
        if untrack(|| questions.waiting() || apart().is_some()) {
            return;
        }
        let confirmed = questions.confirmed().map(|one| ConfirmLot { reason: one.reason, doubts: one.doubts });
        let received = ReceiveLot { product: code, lot: number.clone(), expiry: expiry_day, doses: count, confirmed };
        work.run(ask(routes::RECEIVE_LOT, (), received), move |()| {
            tried.set(false);
            lot.set(String::new());
            expiry.set(String::new());
            doses.set(String::new());
            questions.reason.set(String::new());
            kept.settle();
            saved.set(Some(number));
            on_received.run(());
        });
    };
    view! {
        <Card title=move || t_string!(i18n, desk.s_receive)>
            <KeptLine kept=kept />
            <Show when=move || none.get()>
                <Notice tone=Tone::Warning>
                    <p>{t!(i18n, desk.s_product_none)}</p>
                </Notice>
            </Show>
            <div class="form-grid">
                <SelectField
                    label=move || t_string!(i18n, desk.s_product)
                    value=product
                    options=options
                    error=empty(product)
                    testid="lot-product"
                />
                <TextField
                    label=move || t_string!(i18n, desk.s_lot)
                    value=lot
                    keys=Keys::Code
                    error=empty(lot)
                    testid="lot-number"
                />
                <DateField
                    label=move || t_string!(i18n, desk.s_expiry)
                    value=expiry
                    expiry=true
                    error=day_wrong
                    testid="lot-expiry"
                />
                <NumberField
                    label=move || t_string!(i18n, desk.s_doses)
                    value=doses
                    whole=true
                    error=doses_wrong
                    testid="lot-count"
                />
            </div>
            {move || {
                apart()
                    .map(|reason| {
                        view! {
                            <Notice tone=Tone::Danger>
                                <p data-testid="lot-isolated">{t_string!(i18n, stock.isolated_why, reason = reason)}</p>
                            </Notice>
                        }
                    })
            }}
            <LotQuestions
                questions=questions
                product=Callback::new(move |code: String| {
                    stock.with(|stock| stock.as_ref().map_or(code.clone(), |stock| product_name(stock, &code)))
                })
                on_same=Callback::new(is_known)
            />
            {work.failure(i18n)}
            {move || {
                saved
                    .get()
                    // Not above what is typed next.
                    .filter(|_| [lot, expiry, doses].iter().all(|text| text.with(String::is_empty)))
                    .map(|lot| {
                        view! { <Notice tone=Tone::Good><p>{t!(i18n, desk.s_saved, lot = lot)}</p></Notice> }
                    })
            }}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.s_save)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || work.busy.get() || apart().is_some() || questions.waiting())
                    on_press=save
                    testid="lot-save"
                />
            </div>
        </Card>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_are_a_whole_number_that_may_come_in_at_once() {
        assert_eq!((count("120"), count("1 000"), count(" 12 ")), (Some(120), Some(1_000), Some(12)));
        for wrong in ["", "0", "600000", "douze", "-3", "1,5"] {
            assert_eq!(count(wrong), None, "{wrong}");
        }
    }
}
