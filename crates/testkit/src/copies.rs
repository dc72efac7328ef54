//! The two copies on a tablet's disk, and everything that may become of one of them.

use crate::at_once;
use crate::records::records;
use crate::rng::Rng;
use perron_ledger::operated::{Copied, Operated};
use perron_ledger::operation::{Answer, Operation};
use perron_ledger::{Clear, Hash, MemoryStore, Store, StoreError};
use perron_store_log::frame::Frames;
use perron_store_log::{File, MemoryFiles, Reading, header};
use perron_store_pair::mark::Mark;
use perron_store_pair::plan::{LogState, Mended, Plan, Why, decide};
use perron_store_pair::{Early, Opening, Pair, Ways};
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

/// A fault in how two copies are kept, which the simulator must find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Planted {
    /// None.
    #[default]
    Nothing,
    /// When the copies differ, the shorter one counts.
    TrustsTheShorter,
    /// Checksums are not compared.
    SkipsTheChecksum,
    /// A step is said to be saved before it is flushed.
    SaysSavedTooEarly,
    /// After damage the rest of the log is cut.
    CutsTooMuch,
}

impl Planted {
    fn ways(self) -> Ways {
        let sound = Ways::default();
        match self {
            Self::Nothing | Self::SaysSavedTooEarly => sound,
            Self::TrustsTheShorter => Ways { decide: the_shorter, ..sound },
            Self::SkipsTheChecksum => Ways { reading: Reading { checks: false, ..sound.reading }, ..sound },
            Self::CutsTooMuch => Ways { reading: Reading { resumes: false, ..sound.reading }, ..sound },
        }
    }
}

fn the_shorter(log: Option<LogState>, mark: Option<Mark>) -> Plan {
    match (log, mark) {
        (Some(log), Some(mark)) if mark.number < log.last => Plan::Mend(Mended::Log(Why::Behind)),
        (Some(log), Some(mark)) if mark.number > log.last => Plan::Mend(Mended::Second(Why::Behind)),
        _ => decide(log, mark),
    }
}

/// What becomes of one copy while the tablet is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hurt {
    /// The files of the log are empty.
    LogLost,
    /// The log ends somewhere.
    LogTorn,
    /// One byte of the log is another.
    LogFlipped,
    /// The log is what it was when it was last remembered.
    LogFallsBack,
    /// The second copy is empty.
    SecondLost,
    /// The second copy is what it was when it was last remembered.
    SecondFallsBack,
}

impl Hurt {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::LogLost, Self::LogTorn, Self::LogFlipped, Self::LogFallsBack, Self::SecondLost, Self::SecondFallsBack];

    /// Returns its name, for messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogLost => "log lost",
            Self::LogTorn => "log torn",
            Self::LogFlipped => "a byte of the log flipped",
            Self::LogFallsBack => "log put back",
            Self::SecondLost => "second copy lost",
            Self::SecondFallsBack => "second copy put back",
        }
    }
}

/// The second copy. Clones are handles of the same one.
#[derive(Clone, Debug, Default)]
pub struct Second(Rc<RefCell<Rc<MemoryStore>>>);

impl Second {
    fn memory(&self) -> Rc<MemoryStore> {
        Rc::clone(&self.0.borrow())
    }

    fn copied(&self) -> Self {
        let copy = Self::default();
        copy.put(self.memory().copied());
        copy
    }

    fn put(&self, content: MemoryStore) {
        self.0.replace(Rc::new(content));
    }
}

impl Operated for Second {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        self.memory().operate(operation).await
    }
}

impl Store for Second {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &*self.memory());
}

impl Copied for Second {
    async fn export(&self) -> Result<Vec<Operation>, StoreError> {
        self.memory().export().await
    }

    async fn replace(&self, parts: Vec<Operation>) -> Result<(), StoreError> {
        self.memory().replace(parts).await
    }
}

fn leaves(memory: &MemoryStore) -> Vec<Hash> {
    records(memory).into_iter().map(|record| record.leaf).collect()
}

/// Two copies, opened.
#[derive(Clone, Debug)]
pub struct Two {
    files: MemoryFiles,
    second: Second,
    early: Rc<Early<MemoryFiles, Clear, Second>>,
    remembered: Rc<RefCell<Option<(MemoryFiles, MemoryStore)>>>,
    planted: Planted,
    found: Rc<Opening>,
}

/// What a disk keeps its facts in. Clones are handles of the same.
#[derive(Clone, Debug)]
pub enum Kept {
    /// One store in memory.
    One(Rc<MemoryStore>),
    /// A log and a second copy.
    Two(Two),
}

impl Deref for Kept {
    type Target = MemoryStore;

    fn deref(&self) -> &MemoryStore {
        match self {
            Self::One(memory) => memory,
            Self::Two(two) => two.pair().log().memory(),
        }
    }
}

impl Two {
    fn open(files: MemoryFiles, second: Second, planted: Planted) -> Self {
        if planted == Planted::SaysSavedTooEarly {
            files.lie_about_flushing();
        }
        // Any log counts as a long one: the second copy answers whenever both certainly say the same.
        let opened = at_once(Early::open(files.clone(), Clear, second.clone(), planted.ways(), 0));
        let early = opened.expect("two copies in memory can be opened");
        let answered = early.pair().is_none().then(|| leaves(&second.memory()));
        let pair = at_once(early.read()).expect("a log in memory can be read");
        let found = early.found().expect("nobody asked before");
        if let (Some(answered), Planted::Nothing) = (answered, planted) {
            assert_eq!(answered, leaves(pair.log().memory()), "what was answered before the log was read: {found:?}");
        }
        let two =
            Self { files, second, early: Rc::new(early), remembered: Rc::default(), planted, found: Rc::new(found) };
        if two.found.mended.is_some() {
            // Until both are there again, nothing is safe: the app does this first, too.
            at_once(two.pair().catch_up()).expect("both copies work again");
        }
        two
    }

    fn pair(&self) -> &Pair<MemoryFiles, Clear, Rc<Second>> {
        self.early.pair().expect("read when it was opened")
    }

    fn place(&self) -> File {
        let generation = |file| header::Header::read(&self.files.content(file)).map_or(0, |header| header.generation);
        if generation(File::First) >= generation(File::Second) { File::First } else { File::Second }
    }

    /// Hurts a byte of the log, or cuts it there, and returns the leaves that must come back.
    fn hurt_log(&self, luck: &Rng, tears: bool) -> Vec<Hash> {
        let place = self.place();
        let mut content = self.files.content(place);
        let Some(header) = header::Header::read(&content) else { return Vec::new() };
        let all = || leaves(self.pair().log().memory());
        // Most wounds hit what was written last.
        let at = match luck.below(3) {
            0 => luck.below(content.len()),
            _ => content.len() - 1 - luck.below(content.len().min(600)),
        };
        let marked = at_once(Mark::of(&self.second)).ok().flatten().filter(|mark| mark.era == header.era);
        let start = header::LENGTH;
        let scanned = Frames::of(&content[start..], start as u64, header.generation, Reading::default());
        let frames: Vec<_> = scanned.filter_map(Result::ok).collect();
        let hit = frames.iter().rposition(|frame| frame.at <= at as u64);
        let mut back = leaves(&self.second.memory());
        let the_second_has_it =
            |index: usize| frames.get(index).zip(marked).is_some_and(|(frame, mark)| frame.number <= mark.number);
        match hit {
            // The beginning stands twice.
            None if !tears => back = all(),
            Some(index) if !tears && the_second_has_it(index) => back = all(),
            None => {}
            Some(index) => {
                let before = frames[..index].iter().filter_map(|frame| minicbor::decode(frame.content).ok());
                for operation in before {
                    if let Operation::Append { append, .. } | Operation::Rehome { new: append, .. } = operation {
                        back.extend(append.facts.iter().map(|fact| fact.leaf));
                    }
                }
            }
        }
        if tears {
            content.truncate(at);
        } else {
            content[at] ^= 1 << luck.below(8);
        }
        self.files.put(place, content);
        back
    }

    fn hurt(&self, hurt: Hurt, luck: &Rng) -> Vec<Hash> {
        let (all, seconds) = (leaves(self.pair().log().memory()), leaves(&self.second.memory()));
        let remembered = self.remembered.borrow();
        match (hurt, &*remembered) {
            (Hurt::LogTorn, _) => return self.hurt_log(luck, true),
            (Hurt::LogFlipped, _) => return self.hurt_log(luck, false),
            (Hurt::LogFallsBack, Some((files, _))) => {
                for file in File::BOTH {
                    self.files.put(file, files.content(file));
                }
            }
            (Hurt::LogLost | Hurt::LogFallsBack, _) => {
                for file in File::BOTH {
                    self.files.put(file, Vec::new());
                }
            }
            (Hurt::SecondFallsBack, Some((_, second))) => {
                self.second.put(second.copied());
                return all;
            }
            (Hurt::SecondLost | Hurt::SecondFallsBack, _) => {
                self.second.put(MemoryStore::new());
                return all;
            }
        }
        seconds
    }
}

impl Kept {
    pub(crate) fn two(planted: Planted) -> Self {
        Self::Two(Two::open(MemoryFiles::new(), Second::default(), planted))
    }

    /// Says what was found when it was opened.
    pub(crate) fn found(&self) -> String {
        match self {
            Self::Two(two) if *two.found != (Opening { begins: two.found.begins, ..Opening::default() }) => {
                format!("{:?}", two.found)
            }
            Self::One(_) | Self::Two(_) => String::new(),
        }
    }

    pub(crate) fn kill_files_after(&self, steps: u32) {
        if let Self::Two(two) = self {
            two.files.kill_after(steps);
        }
    }

    pub(crate) fn reopened(&self, luck: &Rng) -> Self {
        let Self::Two(two) = self else { return self.clone() };
        two.files.crash(|length| if luck.chance(50) { 0 } else { luck.below(length + 1) });
        let again = Two::open(two.files.clone(), two.second.clone(), two.planted);
        Self::Two(Two { remembered: Rc::clone(&two.remembered), ..again })
    }

    pub(crate) fn settle(&self, tidies: bool) {
        if let Self::Two(two) = self {
            let settled = if tidies { at_once(two.pair().tidy()) } else { at_once(two.pair().catch_up()) };
            // Files that were killed answer so; the next opening mends it.
            let _ = settled;
        }
    }

    pub(crate) fn hurt(&self, hurt: Hurt, luck: &Rng) -> Vec<Hash> {
        if let Self::Two(two) = self { two.hurt(hurt, luck) } else { Vec::new() }
    }

    pub(crate) fn remember(&self) {
        if let Self::Two(two) = self {
            two.remembered.replace(Some((two.files.copied(), two.second.memory().copied())));
        }
    }

    pub(crate) fn duplicate(&self) -> Self {
        match self {
            Self::One(memory) => Self::One(Rc::new(memory.copied())),
            Self::Two(two) => Self::Two(Two::open(two.files.copied(), two.second.copied(), two.planted)),
        }
    }
}

impl Operated for Kept {
    async fn operate(&self, operation: Operation) -> Result<Answer, StoreError> {
        match self {
            Self::One(memory) => memory.operate(operation).await,
            Self::Two(two) => two.pair().operate(operation).await,
        }
    }
}

impl Store for Kept {
    perron_ledger::writes_by_operations!();
    perron_ledger::reads_from!(self => &**self);
}
