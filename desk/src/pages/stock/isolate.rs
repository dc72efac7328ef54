//! «Isoler un autre lot»: a recall of the maker, whether the relay ever held the lot or not.

use crate::client::{ask, routes};
use crate::components::{Button, Card, Keys, SelectField, TextField, Weight};
use crate::i18n::{t, t_string, use_i18n};
use crate::lot_questions::{LotQuestions, Questions};
use crate::pages::kept::{Fields, KeptLine};
use crate::pages::parts::Work;
use crate::pages::stock::receive::{known_lots, product_name};
use leptos::prelude::*;
use perron_desk_api::{ChangeLot, ConfirmLot, StockView};
use perron_domain::lot::{self, LotDoubt};

/// The form.
#[component]
pub fn Isolate(
    /// What the relay holds.
    stock: Signal<Option<StockView>>,
    /// The lot is set apart.
    on_isolated: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let work = Work::new();
    let field = || RwSignal::new(String::new());
    let (product, lot, reason) = (field(), field(), field());
    let asked = Memo::new(move |_| {
        let stock = stock.get();
        stock.map_or_else(Vec::new, |stock| looks(&stock, &product.get(), &lot.get()))
    });
    let questions = Questions::of(asked, field());
    let kept = Fields::of("lot-isolated")
        .texts([("product", product), ("lot", lot), ("reason", reason), ("right", questions.reason)])
        .keep();
    let options = move || {
        let known = stock.get().map(|stock| stock.known).unwrap_or_default();
        known.into_iter().map(|one| (one.code, one.name)).collect::<Vec<_>>()
    };
    let missing = move || lot.with(|lot| lot.trim().is_empty()) || reason.with(|text| text.trim().is_empty());
    let save = move |()| {
        let change = ChangeLot {
            reason: reason.get_untracked().trim().to_owned(),
            product: Some(product.get_untracked()).filter(|code| !code.is_empty()),
            confirmed: questions.confirmed().map(|one| ConfirmLot { reason: one.reason, doubts: one.doubts }),
        };
        let number = lot.get_untracked().trim().to_owned();
        work.run(ask(routes::ISOLATE_LOT, (number,), change), move |()| {
            kept.settle();
            on_isolated.run(());
        });
    };
    view! {
        <Card title=move || t_string!(i18n, desk.s_isolate_other)>
            <KeptLine kept=kept />
            <p>{t!(i18n, desk.s_isolate_text)}</p>
            <div class="form-grid">
                <SelectField
                    label=move || t_string!(i18n, desk.s_product)
                    value=product
                    options=options
                    empty=Signal::derive(move || t_string!(i18n, desk.s_isolate_all).to_owned())
                    testid="isolate-product"
                />
                <TextField label=move || t_string!(i18n, desk.s_lot) value=lot keys=Keys::Code testid="isolate-lot" />
                <TextField label=move || t_string!(i18n, desk.s_why) value=reason testid="isolate-why" />
            </div>
            <LotQuestions
                questions=questions
                product=Callback::new(move |code: String| {
                    stock.with(|stock| stock.as_ref().map_or(code.clone(), |stock| product_name(stock, &code)))
                })
                on_same=Callback::new(move |number| lot.set(number))
            />
            {work.failure(i18n)}
            <div class="actions">
                <Button
                    label=move || t_string!(i18n, desk.s_isolate)
                    weight=Weight::Danger
                    disabled=Signal::derive(move || work.busy.get() || missing() || questions.waiting())
                    on_press=save
                    testid="isolate-save"
                />
            </div>
        </Card>
    }
}

/// Returns the known lots that the number may be meant for, as the hub asks about them.
fn looks(stock: &StockView, product: &str, typed: &str) -> Vec<LotDoubt> {
    lot::isolation_doubts(&known_lots(stock), Some(product).filter(|code| !code.is_empty()), typed, stock.today)
}
