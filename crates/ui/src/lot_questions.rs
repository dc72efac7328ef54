//! What speaks against a lot as it was typed, asked where it is typed: «Est-ce le lot FL2517 (isolé) ?». On the tablet and
//! at the desk alike.

use leptos::prelude::*;
use perron_domain::{
    fact::Confirmed,
    lot::{self, LotDoubt},
};

use crate::{
    components::{Button, Glyph, Notice, Show, TextField, Tone, fr},
    i18n::{I18n, label, t_string},
};

/// Returns the question that a doubt asks; `product` names a product by its code.
#[must_use]
pub fn question(i18n: I18n, doubt: &LotDoubt, product: impl Fn(&str) -> String) -> String {
    match doubt {
        LotDoubt::LooksLike { lot, isolated: true } => t_string!(i18n, stock.doubt_isolated, lot = lot.clone()),
        LotDoubt::LooksLike { lot, isolated: false } => t_string!(i18n, stock.doubt_looks, lot = lot.clone()),
        LotDoubt::OddCharacter { character } => t_string!(i18n, stock.doubt_odd, character = character.to_string()),
        LotDoubt::OtherProduct { lot, product: code } => {
            t_string!(i18n, stock.doubt_product, lot = lot.clone(), product = product(code))
        }
        LotDoubt::OtherExpiry { expiry } => t_string!(i18n, stock.doubt_expiry, day = fr::date_short(expiry.0)),
        LotDoubt::FarExpiry { expiry } => t_string!(i18n, stock.doubt_far, day = fr::date_short(expiry.0)),
        LotDoubt::OldExpiry { expiry } => t_string!(i18n, stock.doubt_old, day = fr::date_short(expiry.0)),
        LotDoubt::Expired { expiry } => t_string!(i18n, stock.doubt_expired, day = fr::date_short(expiry.0)),
        LotDoubt::ManyDoses { doses } => {
            t_string!(i18n, stock.doubt_many, doses = fr::number(i18n.get_locale(), i64::from(*doses), 0))
        }
    }
}

/// What is asked about a lot, and the words that answer it.
#[derive(Clone, Copy)]
pub struct Questions {
    /// What speaks against the lot as it is typed.
    pub doubts: Memo<Vec<LotDoubt>>,
    /// Why it is right all the same.
    pub reason: RwSignal<String>,
}

impl Questions {
    /// Returns the questions about what is typed. Other questions want other words.
    #[must_use]
    pub fn of(doubts: Memo<Vec<LotDoubt>>, reason: RwSignal<String>) -> Self {
        Effect::new(move |before: Option<Vec<LotDoubt>>| {
            let now = doubts.get();
            if before.is_some_and(|before| !before.is_empty() && before != now) {
                reason.set(String::new());
            }
            now
        });
        Self { doubts, reason }
    }

    /// Says whether a question waits for its answer.
    #[must_use]
    pub fn waiting(self) -> bool {
        self.reason.with(|reason| reason.trim().is_empty()) && self.doubts.with(|doubts| !doubts.is_empty())
    }

    /// Says whether what is asked is about a day or an amount only: one touch answers it.
    #[must_use]
    pub fn one_touch(self) -> bool {
        self.doubts.with(|doubts| !doubts.is_empty() && doubts.iter().all(LotDoubt::is_odd_only))
    }

    /// Returns the confirmation as a fact keeps it; none where nothing was asked.
    #[must_use]
    pub fn confirmed(self) -> Option<Confirmed> {
        let doubts: Vec<String> = self.doubts.with_untracked(|doubts| doubts.iter().map(lot::LotDoubt::code).collect());
        let reason = self.reason.get_untracked().trim().to_owned();
        (!doubts.is_empty() && !reason.is_empty()).then_some(Confirmed { reason, doubts })
    }
}

/// The questions, each look-alike with its «Oui», and the field for why the lot is right all the same.
#[component]
pub fn LotQuestions(
    /// What is asked.
    questions: Questions,
    /// Names a product by its code.
    product: Callback<String, String>,
    /// It is that lot: its number as it is known.
    on_same: Callback<String>,
) -> impl IntoView {
    let i18n = crate::i18n::use_i18n();
    let line = move |doubt: LotDoubt| {
        let text = question(i18n, &doubt, |code| product.run(code.to_owned()));
        let yes = match doubt {
            LotDoubt::LooksLike { lot, .. } => {
                let number = lot.clone();
                Some(view! {
                    <Button
                        label=Signal::derive(move || t_string!(i18n, stock.doubt_yes, lot = lot.clone()))
                        icon=Glyph::Hands
                        on_press=move |()| on_same.run(number.clone())
                        testid="lot-same"
                    />
                })
            }
            _ => None,
        };
        view! {
            <p><strong data-testid="lot-question">{text}</strong></p>
            {yes}
        }
    };
    view! {
        <Show when=move || questions.doubts.with(|doubts| !doubts.is_empty())>
            <Notice tone=Tone::Warning>
                {move || questions.doubts.get().into_iter().map(line).collect_view()}
                <Show when=move || questions.one_touch() && questions.waiting()>
                    <Button
                        label=label!(i18n, common.odd_right)
                        icon=Glyph::Hands
                        on_press=move |()| questions.reason.set(t_string!(i18n, common.odd_right).to_owned())
                        testid="lot-right"
                    />
                </Show>
                <TextField
                    label=label!(i18n, stock.doubt_reason)
                    value=questions.reason
                    placeholder=label!(i18n, stock.doubt_example)
                    testid="lot-confirm"
                />
            </Notice>
        </Show>
    }
}
