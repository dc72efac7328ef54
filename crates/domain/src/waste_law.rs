//! How long clinical waste may be stored, by the law's table (arrêté of 7 September 1999 as amended, art. 2 and 3).
//!
//! The amounts are averages over twelve months, with a tolerance of ten percent. Freezing is forbidden.

use crate::fact::ContainerKind;

/// How much of it a producer makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Production {
    /// Grams per week, averaged over twelve months.
    pub weekly_grams: u32,
    /// Grams per month, averaged over twelve months.
    pub monthly_grams: u32,
}

/// Returns the days that a container may be stored after it was closed.
///
/// Over 100 kg a week: 72 hours. Up to that, over 15 kg a month: 7 days. Over 5 to 15 kg a month: 1 month. Up to 5 kg
/// a month: 3 months. Sharps alone, under 15 kg a month: 6 months.
#[must_use]
pub fn storage_days(kind: ContainerKind, production: Production) -> u32 {
    let over = |grams: u32, limit: u32| grams > limit + limit / 10;
    let monthly = production.monthly_grams;
    if over(production.weekly_grams, 100_000) {
        3
    } else if over(monthly, 15_000) {
        7
    } else if kind == ContainerKind::SharpsBox {
        183
    } else if over(monthly, 5_000) {
        30
    } else {
        91
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(kind: ContainerKind, monthly_grams: u32) -> u32 {
        storage_days(kind, Production { weekly_grams: monthly_grams / 4, monthly_grams })
    }

    #[test]
    fn the_table_of_the_law() {
        assert_eq!(days(ContainerKind::YellowBag, 4_000), 91);
        assert_eq!(days(ContainerKind::YellowBag, 10_000), 30);
        assert_eq!(days(ContainerKind::YellowBag, 40_000), 7);
        assert_eq!(days(ContainerKind::YellowBag, 600_000), 3);
        assert_eq!(days(ContainerKind::SharpsBox, 4_000), 183);
        assert_eq!(days(ContainerKind::SharpsBox, 20_000), 7);
    }

    #[test]
    fn ten_percent_are_tolerated() {
        assert_eq!(days(ContainerKind::YellowBag, 5_500), 91);
        assert_eq!(days(ContainerKind::YellowBag, 5_501), 30);
    }
}
