//! What lies where in the database, and how each version of it came to be.
//!
//! | Object store | Key | Value |
//! |---|---|---|
//! | `facts` | scope, device, number | arrival, time of receipt, leaf, running hash, quarantine, sealed bytes |
//! | `chains` | scope, device | start, head; acknowledged and stuck when it was written here |
//! | `signed` | scope, device, number, hash, signer | a signed head |
//! | `held` | scope, device, first number, hash | a batch behind a hole |
//! | `forks` | scope, device number it is kept under | a fork |
//! | `cursors` | scope | epoch and arrival |
//! | `named` | name | sealed bytes |
//! | `counters` | name | a number |
//!
//! Values are CBOR in one `Uint8Array`: a browser copies that much faster than an object of many properties. A scope is
//! one contiguous key range of `facts`, so that opening a round reads its facts and nothing else, in one request,
//! however many other rounds are kept. There is no index by arrival: a scope is read whole and put in order in memory,
//! which costs less than keeping an index with every saved step.
//!
//! # Migrations
//! One table, [`MIGRATIONS`]: each row takes the database from the version before to its own. Rows that shipped are
//! never edited. A row may add object stores, and drop those that no shipped version writes any more; moving data
//! means to add in one version, move when a record is touched, and drop two versions later, so that going back by one
//! version always finds what it knows. A database that is newer than the program is not opened at all.

/// Facts, by chain.
pub const FACTS: &str = "facts";
/// Chains with their heads, and the outbox.
pub const CHAINS: &str = "chains";
/// Signed heads.
pub const SIGNED: &str = "signed";
/// Batches behind a hole.
pub const HELD: &str = "held";
/// Forks.
pub const FORKS: &str = "forks";
/// How far scopes were pulled.
pub const CURSORS: &str = "cursors";
/// Small named values.
pub const NAMED: &str = "named";
/// Numbers that only grow.
pub const COUNTERS: &str = "counters";

/// The key in [`COUNTERS`] of the last arrival number.
pub const ARRIVAL: &str = "arrival";

/// One step of the database.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The version it leads to.
    pub to: u32,
    /// Object stores that it makes.
    pub adds: &'static [&'static str],
    /// Object stores that it removes with all they hold.
    pub drops: &'static [&'static str],
}

/// Every step, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { to: 1, adds: &[FACTS, CHAINS, SIGNED, HELD, FORKS, CURSORS, NAMED, COUNTERS], drops: &[] },
    // The same form, beside a log: a program that does not know the log must not write here alone.
    Migration { to: 2, adds: &[], drops: &[] },
];

/// The version that this program reads and writes.
pub const VERSION: u32 = 2;

/// Returns the steps that a database at version `from` (0: it did not exist) still needs.
pub fn steps(from: u32) -> impl Iterator<Item = &'static Migration> {
    MIGRATIONS.iter().filter(move |step| step.to > from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_step_leads_from_one_version_to_the_next() {
        let reached: Vec<u32> = MIGRATIONS.iter().map(|step| step.to).collect();
        assert_eq!(reached, (1..=VERSION).collect::<Vec<_>>());
    }

    #[test]
    fn all_steps_together_make_what_this_program_uses() {
        let mut made = BTreeSet::new();
        for step in steps(0) {
            made.extend(step.adds);
            step.drops.iter().for_each(|name| assert!(made.remove(name), "{name} was never made"));
        }
        assert_eq!(made, BTreeSet::from([&FACTS, &CHAINS, &SIGNED, &HELD, &FORKS, &CURSORS, &NAMED, &COUNTERS]));
        assert_eq!(steps(VERSION).count(), 0);
    }
}
