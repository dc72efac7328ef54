//! One story: who takes part, what happens, and how it is healed.

use crate::acts;
use crate::copies::{Hurt, Planted};
use crate::disk::{Disk, told};
use crate::hub::{Hub, NOW};
use crate::line::Line;
use crate::rng::Rng;
use crate::tablet::{Tablet, Unsaved};
use crate::world::{VIAL, directive, person, plan};
use perron_domain::command::{PlannedPerson, PlannedStop};
use perron_domain::fact::{AccountAdded, AccountNo, Erasure, RelayCreated, Role, StopPlanned};
use perron_domain::name::{FactRef, Scope};
use perron_domain::people::Address;
use perron_domain::{Command, CommonCommand, Context, NewDirective, decide_common};
use perron_ledger::Hash;
use std::collections::{BTreeMap, BTreeSet};

/// How often everybody may run before the story counts as not healed.
const RUNS: usize = 30;

/// The state of a story.
pub struct Story {
    /// The hub.
    pub hub: Hub,
    /// The tablets that are still there.
    pub tablets: Vec<Tablet>,
    /// The leaves of facts that were said to be kept and that somebody still has.
    pub kept: BTreeSet<Hash>,
    /// What happened.
    pub lines: Vec<String>,
    /// What did not hold on the way.
    pub wrong: Vec<String>,
    /// Which hazards came up.
    pub hazards: BTreeMap<&'static str, u32>,
    rng: Rng,
    offsets: Vec<i64>,
    backup: Disk,
    rounds: u32,
    /// How bad lines are, in percent of requests.
    badness: usize,
    late: Vec<Vec<u8>>,
}

impl Story {
    /// Sets the stage: a relay, one or two rounds, one to three tablets.
    #[must_use]
    pub fn begin(seed: u64) -> Self {
        Self::begin_with(Planted::Nothing, seed)
    }

    /// Sets the stage with tablets that have a planted fault.
    #[must_use]
    pub fn begin_with(planted: Planted, seed: u64) -> Self {
        let rng = Rng::new(seed);
        let hub = Hub::new();
        found(&hub);
        let rounds = 1 + u32::try_from(rng.below(2)).unwrap_or(0);
        let mut tablets = Vec::new();
        for _ in 0..=rng.below(3) {
            tablets.push(
                Tablet::enrolled_on(Disk::with(planted), &Line::to(&hub), Rng::new(rng.next())).expect("a good line"),
            );
        }
        for round in 1..=rounds {
            let all: Vec<_> = tablets.iter().map(Tablet::device).collect();
            let some: Vec<_> = all.iter().copied().filter(|_| rng.chance(70)).collect();
            hub.assign(round, if some.is_empty() { &all } else { &some });
            publish(&hub, round, 2 + rng.below(4));
        }
        let offsets = tablets.iter().map(|_| skew(&rng)).collect();
        let backup = hub.backup();
        let badness = [0, 10, 30, 60][rng.below(4)];
        Self {
            hub,
            tablets,
            kept: BTreeSet::new(),
            lines: Vec::new(),
            wrong: Vec::new(),
            hazards: BTreeMap::new(),
            rng,
            offsets,
            backup,
            rounds,
            badness,
            late: Vec::new(),
        }
    }

    fn say(&mut self, hazard: Option<&'static str>, line: String) {
        if let Some(hazard) = hazard {
            *self.hazards.entry(hazard).or_default() += 1;
        }
        self.lines.push(line);
    }

    /// Lives through the day.
    pub fn live(&mut self) {
        for _ in 0..30 + self.rng.below(120) {
            self.pass();
            let who = self.rng.below(self.tablets.len());
            match self.rng.below(110) {
                0..55 => self.act(who),
                55..80 => self.run(who),
                80..84 => self.reopen(who, "killed"),
                84..88 => self.desk(),
                88..91 => self.copy(who),
                91..93 => self.set_back(who),
                93..95 => self.set_clock(who),
                95..97 => self.backup(),
                97 => self.restore(),
                98 => self.lose(who),
                99..103 => self.sign_far_ahead(who),
                103..109 => self.hurt(who),
                _ => self.deliver_late(),
            }
        }
    }

    fn pass(&mut self) {
        let minutes = self.rng.among(0..=9);
        self.hub.now.set(self.hub.now.get().plus_minutes(minutes));
        for (tablet, offset) in self.tablets.iter().zip(&self.offsets) {
            tablet.now.set(self.hub.now.get().plus_minutes(*offset));
            match self.rng.below(20) {
                0..11 => tablet.disk.settle(false),
                11 => tablet.disk.settle(true),
                12 => tablet.disk.remember(),
                _ => {}
            }
        }
    }

    /// Somebody does something on a tablet, which may be killed while it saves.
    fn act(&mut self, who: usize) {
        let tablet = &self.tablets[who];
        let Some(scope) = self.rng.pick(&tablet.assigned()) else { return };
        let command = tablet.look(scope, |round| acts::next(&self.rng, round, tablet.now.get()));
        let killed = self.rng.chance(4);
        if killed {
            let operations = u32::try_from(self.rng.below(3)).unwrap_or(0);
            match self.rng.below(3) {
                0 => tablet.disk.kill_inside_after(operations),
                luck => tablet.disk.kill_after(operations, luck == 1),
            }
        }
        let name = format!("{command:?}");
        let name: String = name.chars().take(90).collect();
        match tablet.run_command(scope, command) {
            Ok(names) => {
                let chain = perron_ledger::Chain::new(scope, names.first().map_or(tablet.device(), |name| name.device));
                let memory = tablet.disk.memory();
                let saved: Vec<Hash> = names
                    .iter()
                    .filter_map(|name| {
                        crate::at_once(perron_ledger::Store::chain(&*memory, chain, name.number, name.number))
                            .ok()?
                            .pop()
                    })
                    .map(|record| record.leaf)
                    .collect();
                assert_eq!(saved.len(), names.len(), "what was said to be kept is on the disk");
                self.kept.extend(saved);
                let numbers: Vec<u32> = names.iter().map(|name| name.number).collect();
                self.say(None, format!("t{who} saves {} {numbers:?}: {name}", told(chain)));
            }
            Err(Unsaved::Refused(_)) => {}
            Err(Unsaved::NotKept(why)) => self.say(None, format!("t{who} cannot save ({why}): {name}")),
        }
        if killed {
            self.reopen(who, "killed while it saves");
        }
    }

    /// A tablet runs over a bad line, and may be killed meanwhile.
    fn run(&mut self, who: usize) {
        let tablet = &self.tablets[who];
        let line = Line::to(&self.hub);
        line.bad_luck(&self.rng, self.badness);
        let killed = self.rng.chance(12);
        if killed {
            tablet.disk.kill_after(u32::try_from(self.rng.below(60)).unwrap_or(0), self.rng.chance(50));
        }
        let ran = tablet.run(&line, self.rng.chance(20));
        let faults = line.happened();
        self.late.extend(line.held_up());
        self.say((!faults.is_empty()).then_some("bad line"), format!("t{who} runs ({faults}): {ran:?}"));
        if killed {
            self.reopen(who, "killed while it runs");
        }
    }

    fn reopen(&mut self, who: usize, why: &'static str) {
        let before = self.tablets[who].disk.records().into_iter().map(|record| record.leaf).collect();
        self.reopen_with(who, why, &before);
    }

    /// Opens a tablet again, which must have at least these facts.
    fn reopen_with(&mut self, who: usize, why: &'static str, must: &BTreeSet<Hash>) {
        let tablet = self.tablets.remove(who);
        let (tablet, _) = tablet.reopened();
        let there: BTreeSet<Hash> = tablet.disk.records().into_iter().map(|record| record.leaf).collect();
        let found = tablet.disk.found();
        self.tablets.insert(who, tablet);
        self.say(Some(why), format!("t{who} is {why} and opened again {found}"));
        let lost = must.difference(&there).count();
        if lost > 0 {
            self.wrong.push(format!("t{who} is {why}: {lost} facts that it had are gone"));
        }
    }

    /// While a tablet is off, something becomes of one of its two copies.
    fn hurt(&mut self, who: usize) {
        let Some(hurt) = self.rng.pick(&Hurt::ALL) else { return };
        let before: BTreeSet<Hash> = self.tablets[who].disk.records().into_iter().map(|record| record.leaf).collect();
        let back = self.tablets[who].disk.hurt(hurt);
        let must = before.intersection(&back).copied().collect();
        self.reopen_with(who, hurt.name(), &must);
        // What the second copy did not have yet is lost with the log: that is the second that the design allows.
        self.forget_lost();
    }

    /// A client of another make signs the end of its chain and sends a part; the rest may never come.
    fn sign_far_ahead(&mut self, who: usize) {
        let facts = 1 + u32::try_from(self.rng.below(6)).unwrap_or(0);
        let Some(request) = self.tablets[who].signed_far_ahead(facts) else { return };
        let answer = self.hub.answer("/sync/push", &request);
        self.say(Some("signed far ahead"), format!("t{who} signs far ahead of {facts} facts: {}", answer.is_ok()));
        if self.rng.chance(40) {
            self.lose(who);
        }
    }

    /// The desk does something in a round while tablets are on their way.
    fn desk(&mut self) {
        let round = 1 + u32::try_from(self.rng.below(self.rounds as usize)).unwrap_or(0);
        let scope = Scope::round(round);
        let (loads, facts) = self.hub.look(|_, rounds| {
            let Some(round) = rounds.get(&scope) else { return (Vec::new(), Vec::new()) };
            let consents = round.log().iter().filter(|fact| fact.body.about_person()).map(|fact| fact.name);
            (round.loads.keys().copied().collect::<Vec<_>>(), consents.collect::<Vec<_>>())
        });
        match self.rng.below(4) {
            0 => {
                let Some(load) = self.rng.pick(&loads) else { return };
                let usable = self.rng.chance(50);
                let decided =
                    self.hub.command(round, Command::DecideIsolation { load, usable, reason: "vu".into(), by: None });
                self.say(None, format!("the desk decides on {load}: {decided:?}"));
            }
            1 if self.rng.chance(30) => {
                let Some(fact) = self.rng.pick(&facts) else { return };
                let erased = self.leaf_of(scope, fact);
                self.hub.write(scope, vec![Erasure::of(vec![FactRef::Of(fact)]).into()]);
                if let Some(leaf) = erased {
                    self.kept.remove(&leaf);
                }
                self.say(Some("erasure"), format!("the desk erases {fact} of round {round}"));
            }
            2 => {
                let reassigned: Vec<_> =
                    self.tablets.iter().map(Tablet::device).filter(|_| self.rng.chance(80)).collect();
                // A tablet that loses a round keeps what it has, and may still have to push: all who had it stay.
                let had = self.hub.look(|common, _| common.rounds.get(&round).map(|one| one.devices.clone()));
                let mut devices = had.unwrap_or_default();
                devices.extend(reassigned);
                devices.sort_unstable();
                devices.dedup();
                self.hub.assign(round, &devices);
                self.say(None, format!("the desk gives round {round} to {devices:?}"));
            }
            _ => {
                let said = self.hub.command(round, Command::ReportDifficulty("du relais".into()));
                self.say(None, format!("the desk writes in round {round}: {said:?}"));
            }
        }
    }

    fn leaf_of(&self, scope: Scope, fact: perron_domain::name::FactName) -> Option<Hash> {
        let chain = perron_ledger::Chain::new(scope, fact.device);
        let found =
            crate::at_once(perron_ledger::Store::chain(&*self.hub.disk.memory(), chain, fact.number, fact.number));
        found.ok()?.pop().map(|record| record.leaf)
    }

    /// A copy of a tablet's storage goes on living beside it.
    fn copy(&mut self, who: usize) {
        if self.tablets.len() >= 5 {
            return;
        }
        let copy = self.tablets[who].copied();
        self.tablets.push(copy);
        self.offsets.push(self.offsets[who]);
        self.say(Some("copied tablet"), format!("t{who} is copied as t{}", self.tablets.len() - 1));
    }

    /// A tablet's storage is put back to an earlier day: here, to a copy that another tablet lives on, if there is one.
    fn set_back(&mut self, who: usize) {
        let device = self.tablets[who].device();
        let others: Vec<usize> =
            (0..self.tablets.len()).filter(|other| *other != who && self.tablets[*other].device() == device).collect();
        let Some(other) = self.rng.pick(&others) else { return };
        self.tablets[who].disk.put_back(&self.tablets[other].disk.copied());
        self.say(Some("tablet put back"), format!("t{who} is put back to what t{other} has"));
        self.reopen(who, "put back");
        self.forget_lost();
    }

    fn set_clock(&mut self, who: usize) {
        self.offsets[who] = skew(&self.rng);
        let line = format!("the clock of t{who} is set {} minutes off", self.offsets[who]);
        self.say(Some("clock set"), line);
        self.pass();
    }

    fn backup(&mut self) {
        self.backup = self.hub.backup();
        self.say(None, "the hub is backed up".to_owned());
    }

    /// The hub is put back to its backup: what it wrote itself since then comes back from tablets, too.
    ///
    /// Left out are restores that lose the number of a fork: a copy that still has its old name may push the branch again
    /// before another tablet brings back the chain that keeps it, and it then stands twice.
    fn restore(&mut self) {
        let numbers = |disk: &Disk| disk.records().iter().filter(|record| enrols(record)).count();
        if numbers(&self.backup) != numbers(&self.hub.disk) {
            return;
        }
        self.hub.restore(&self.backup);
        self.say(Some("hub restored"), "the hub is restored from its backup".to_owned());
        self.forget_lost();
    }

    /// A tablet falls into the Canal de l'Ourcq. What only it had is gone.
    fn lose(&mut self, who: usize) {
        if self.tablets.len() < 2 {
            return;
        }
        self.tablets.remove(who);
        self.offsets.remove(who);
        self.say(Some("tablet lost"), format!("t{who} is lost for good"));
        self.forget_lost();
    }

    fn deliver_late(&mut self) {
        while !self.late.is_empty() {
            let message = self.late.swap_remove(self.rng.below(self.late.len()));
            let answer = self.hub.answer("/sync/push", &message).or_else(|_| self.hub.answer("/sync/pull", &message));
            self.say(Some("late message"), format!("a late message arrives: {}", answer.is_ok()));
        }
    }

    /// What nobody has any more cannot come back.
    fn forget_lost(&mut self) {
        let mut there: BTreeSet<Hash> = self.hub.disk.records().iter().map(|record| record.leaf).collect();
        for tablet in &self.tablets {
            there.extend(tablet.disk.records().iter().map(|record| record.leaf));
        }
        self.kept.retain(|leaf| there.contains(leaf));
    }

    /// Lets everybody run over good lines until nothing changes. Returns what does not heal.
    pub fn heal(&mut self) -> Vec<String> {
        self.deliver_late();
        self.say(None, "now all is healed".to_owned());
        let mut before = 0;
        for time in 0..RUNS {
            let mut wrong = Vec::new();
            self.pass();
            for who in 0..self.tablets.len() {
                let ran = self.tablets[who].run(&Line::to(&self.hub), true);
                self.say(None, format!("t{who} runs: {ran:?}"));
                match ran {
                    Ok(outcome) if outcome.waiting == 0 && outcome.stuck.is_none() && outcome.false_facts.is_none() => {
                    }
                    other => wrong.push(format!("t{who} does not come to its end: {other:?}")),
                }
            }
            let facts = self.everybody().iter().map(|disk| disk.records().len()).sum::<usize>();
            if facts == before && (wrong.is_empty() || time + 1 == RUNS || time > 8) {
                return wrong;
            }
            before = facts;
        }
        vec![format!("after {RUNS} runs of everybody it still changes")]
    }

    /// Returns the disks of the hub and of every tablet.
    #[must_use]
    pub fn everybody(&self) -> Vec<Disk> {
        std::iter::once(self.hub.disk.clone()).chain(self.tablets.iter().map(|tablet| tablet.disk.clone())).collect()
    }

    /// Returns the scopes of the story.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        std::iter::once(Scope::COMMON).chain((1..=self.rounds).map(Scope::round)).collect()
    }
}

/// Says whether a fact gives a device its number.
fn enrols(record: &perron_ledger::Record) -> bool {
    let fact = perron_ledger::written::read(record.place, record.bytes.as_deref());
    fact.is_ok_and(|fact| matches!(fact.body, perron_domain::fact::Body::DeviceEnrolled(_)))
}

/// How far a clock is off, in minutes: mostly right, sometimes hours, seldom ten years.
fn skew(rng: &Rng) -> i64 {
    match rng.below(10) {
        0 => rng.among(-180..=180),
        1 => rng.among(-4..=4),
        2 if rng.chance(30) => [-5_256_000, 5_256_000][rng.below(2)],
        _ => 0,
    }
}

/// The relay, two nurses and a directive, in the hub's own chain.
fn found(hub: &Hub) {
    let account = |number: u32, name: &str| AccountAdded {
        account: AccountNo(number),
        name: name.into(),
        roles: vec![Role::Nurse],
        rpps: None,
        prescriber_trained: true,
        phone: None,
    };
    let relay = RelayCreated { name: "Relais".into(), territory: "FR-93".into(), utc_offset_minutes: 60, demo: false };
    for command in [
        CommonCommand::CreateRelay(relay),
        CommonCommand::AddAccount(account(1, "Anne Perchoir")),
        CommonCommand::AddAccount(account(2, "Bilal Tisane")),
        CommonCommand::PublishDirective(Box::new(NewDirective {
            directive: directive(),
            text: None,
            urgent: false,
            adopted: None,
        })),
    ] {
        // What ships with the hub is published by the hub itself.
        let author = AccountNo(u32::from(!matches!(command, CommonCommand::PublishDirective(_))));
        let context = Context { device: perron_domain::name::DeviceId::HUB, next: 1, now: NOW, author };
        let bodies = hub.look(|common, _| decide_common(common, command, &context));
        hub.write(Scope::COMMON, bodies.expect("the desk may found a relay"));
    }
}

/// Publishes a round with so many addresses.
fn publish(hub: &Hub, round: u32, addresses: usize) {
    let stops = (0..addresses)
        .map(|number| PlannedStop {
            stop: StopPlanned {
                address: Address { line: format!("{number} Rue de la Marelle"), ..Address::default() },
                from_minute: None,
                until_minute: None,
                place: None,
                unplanned: false,
            },
            people: vec![PlannedPerson {
                person: None,
                record: person(&format!("Tabouret{round}{number}"), "1950-06-01", &[VIAL]),
            }],
        })
        .collect();
    hub.command(round, Command::PublishRound { plan: plan(), stops }).expect("the desk may publish");
}
