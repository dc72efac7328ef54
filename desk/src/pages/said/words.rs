//! What the desk said, as the fields of its form and as a line to read.

use crate::components::fr;
use crate::i18n::I18n;
use crate::pages::words::{self, say};
use perron_desk_api::Says;
use perron_domain::fact::{
    AccountAdded, LotIsolated, LotReceived, LotReleased, NoticePublished, OnCallNamed, ProtocolSigned,
};
use perron_domain::lot;

/// One field of what the desk said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    /// Product code.
    Product,
    /// Product code, or none for every product.
    AnyProduct,
    /// Lot number.
    Lot,
    /// Last day of use.
    Expiry,
    /// Doses.
    Doses,
    /// Why.
    Why,
    /// Title.
    Title,
    /// Text of several lines.
    Text,
    /// Who signed.
    SignedBy,
    /// A day.
    On,
    /// Name.
    Name,
    /// Telephone.
    Phone,
    /// Where to read more.
    Link,
    /// RPPS number.
    Rpps,
}

impl Field {
    /// Returns the name under which a draft keeps it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::AnyProduct => "any_product",
            Self::Lot => "lot",
            Self::Expiry => "expiry",
            Self::Doses => "doses",
            Self::Why => "why",
            Self::Title => "title",
            Self::Text => "text",
            Self::SignedBy => "signed_by",
            Self::On => "on",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Link => "link",
            Self::Rpps => "rpps",
        }
    }
}

/// Returns the fields of what was said, in the order of the form.
#[must_use]
pub fn fields(says: &Says) -> Vec<(Field, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match says {
        Says::LotReceived(one) => vec![
            (Field::Product, one.product.clone()),
            (Field::Lot, one.lot.clone()),
            (Field::Expiry, fr::date_short(one.expiry.0)),
            (Field::Doses, one.doses.to_string()),
        ],
        Says::LotIsolated(one) => vec![
            (Field::AnyProduct, text(&one.product)),
            (Field::Lot, one.lot.clone()),
            (Field::Why, one.reason.clone()),
        ],
        Says::LotReleased(one) => vec![
            (Field::AnyProduct, text(&one.product)),
            (Field::Lot, one.lot.clone()),
            (Field::Why, one.reason.clone()),
        ],
        Says::ProtocolSigned(one) => vec![
            (Field::Title, one.title.clone()),
            (Field::Text, one.text.clone()),
            (Field::SignedBy, one.signed_by.clone()),
            (Field::On, fr::date_short(one.on.0)),
        ],
        Says::OnCallNamed(one) => vec![(Field::Name, one.name.clone()), (Field::Phone, one.phone.clone())],
        Says::NoticePublished(one) => {
            vec![(Field::Title, one.title.clone()), (Field::Text, one.text.clone()), (Field::Link, text(&one.link))]
        }
        Says::AccountAdded(one) => {
            vec![(Field::Name, one.name.clone()), (Field::Rpps, text(&one.rpps)), (Field::Phone, text(&one.phone))]
        }
        // One physician's word: it is taken back, and not said otherwise.
        Says::DirectiveConfirmed(_) => Vec::new(),
    }
}

/// Returns what is said with its fields as they are typed; none where one cannot be read.
#[must_use]
pub fn with(says: &Says, typed: impl Fn(Field) -> String) -> Option<Says> {
    let text = |field| typed(field).trim().to_owned();
    let perhaps = |field| Some(text(field)).filter(|text: &String| !text.is_empty());
    Some(match says {
        Says::LotReceived(one) => Says::LotReceived(LotReceived {
            product: perhaps(Field::Product)?,
            lot: perhaps(Field::Lot)?,
            expiry: lot::read_expiry(&text(Field::Expiry))?,
            doses: text(Field::Doses).parse().ok()?,
            confirmed: one.confirmed.clone(),
        }),
        Says::LotIsolated(one) => Says::LotIsolated(LotIsolated {
            product: perhaps(Field::AnyProduct),
            lot: perhaps(Field::Lot)?,
            reason: perhaps(Field::Why)?,
            confirmed: one.confirmed.clone(),
        }),
        Says::LotReleased(_) => Says::LotReleased(LotReleased {
            product: perhaps(Field::AnyProduct),
            lot: perhaps(Field::Lot)?,
            reason: perhaps(Field::Why)?,
        }),
        Says::ProtocolSigned(_) => Says::ProtocolSigned(ProtocolSigned {
            title: text(Field::Title),
            text: perhaps(Field::Text)?,
            signed_by: perhaps(Field::SignedBy)?,
            on: words::read_day(&text(Field::On))?,
        }),
        Says::OnCallNamed(_) => {
            Says::OnCallNamed(OnCallNamed { name: text(Field::Name), phone: perhaps(Field::Phone)? })
        }
        Says::NoticePublished(one) => Says::NoticePublished(NoticePublished {
            title: perhaps(Field::Title)?,
            text: text(Field::Text),
            link: perhaps(Field::Link),
            at: one.at,
        }),
        Says::AccountAdded(one) => Says::AccountAdded(AccountAdded {
            name: perhaps(Field::Name)?,
            rpps: perhaps(Field::Rpps).map(|digits| digits.split_whitespace().collect()),
            phone: perhaps(Field::Phone),
            ..one.clone()
        }),
        Says::DirectiveConfirmed(_) => return None,
    })
}

/// Returns what was said as a line; `product` names a product by its code.
#[must_use]
pub fn line(i18n: I18n, says: &Says, product: impl Fn(&str) -> String) -> String {
    let about =
        |code: &Option<String>| code.as_deref().map_or_else(|| say!(i18n, desk.s_isolate_all).to_owned(), &product);
    match says {
        Says::LotReceived(one) => say!(
            i18n,
            desk.sd_received,
            doses = one.doses,
            product = product(&one.product),
            lot = one.lot.clone(),
            day = fr::date_short(one.expiry.0)
        ),
        Says::LotIsolated(one) => {
            say!(i18n, desk.sd_isolated, lot = one.lot.clone(), product = about(&one.product), why = one.reason.clone())
        }
        Says::LotReleased(one) => {
            say!(i18n, desk.sd_released, lot = one.lot.clone(), product = about(&one.product), why = one.reason.clone())
        }
        Says::ProtocolSigned(one) => {
            let (title, who) = (one.title.clone(), one.signed_by.clone());
            say!(
                i18n,
                desk.sd_protocol,
                title = title,
                who = who,
                day = fr::date_short(one.on.0),
                text = one.text.clone()
            )
        }
        Says::OnCallNamed(one) => {
            say!(i18n, desk.sd_on_call, name = one.name.clone(), phone = words::phone(&one.phone))
        }
        Says::NoticePublished(one) => {
            say!(i18n, desk.sd_notice, title = one.title.clone(), text = one.text.clone())
        }
        Says::AccountAdded(one) => {
            let roles: Vec<&str> = one.roles.iter().map(|role| words::role(i18n, *role)).collect();
            let more = [one.rpps.clone(), one.phone.as_deref().map(words::phone)].into_iter().flatten();
            let more: Vec<String> = std::iter::once(roles.join(", ")).chain(more).collect();
            say!(i18n, desk.sd_account, name = one.name.clone(), more = more.join(" · "))
        }
        Says::DirectiveConfirmed(one) => {
            say!(i18n, desk.sd_confirmed, id = one.id.clone(), version = one.version.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perron_domain::date::Day;

    fn again(says: &Says, change: &[(Field, &str)]) -> Option<Says> {
        let first = fields(says);
        with(says, |field| {
            let changed = change.iter().find(|(one, _)| *one == field).map(|(_, text)| (*text).to_owned());
            changed
                .or_else(|| first.iter().find(|(one, _)| *one == field).map(|(_, text)| text.clone()))
                .unwrap_or_default()
        })
    }

    fn received() -> Says {
        Says::LotReceived(LotReceived {
            product: "flu".into(),
            lot: "FL2517".into(),
            expiry: Day::new(2026, 6, 30).unwrap(),
            doses: 10,
            confirmed: None,
        })
    }

    #[test]
    fn a_form_left_as_it_is_says_the_same() {
        let on_call = Says::OnCallNamed(OnCallNamed { name: "Dr Tisane".into(), phone: "0600000000".into() });
        for says in [received(), on_call] {
            assert_eq!(again(&says, &[]), Some(says));
        }
    }

    #[test]
    fn a_deliverys_expiry_and_quantity_are_corrected_and_the_rest_stays() {
        let Some(Says::LotReceived(new)) = again(&received(), &[(Field::Expiry, "05/2026"), (Field::Doses, "12")])
        else {
            panic!("it can be read")
        };
        assert_eq!((new.expiry, new.doses, new.lot.as_str()), (Day::new(2026, 5, 31).unwrap(), 12, "FL2517"));
        assert_eq!(again(&received(), &[(Field::Doses, "douze")]), None);
    }
}
