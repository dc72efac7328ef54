//! Frames: how one change stands in a file, and how frames are found again in a file that was torn or damaged.
//!
//! ```text
//! marker 4 | length of the content 4 | number of the change 8 | checksum 4 | content
//! ```
//! Numbers are big-endian. The checksum is CRC-32 over the file's generation, the frame's place in the file, its length, its
//! number and its content: a frame counts only where it was written, never as a rest of an earlier generation or as part
//! of a content that happens to look like one. It finds accidents; whoever tampers is found by the chains' running hash.

/// The first bytes of each frame, by which the next one is looked for after damage.
pub const MARKER: [u8; 4] = *b"\xf0PFr";
/// Bytes before the content.
const BEFORE: usize = 20;

/// Bytes of a log that are no frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Where they begin in the file.
    pub at: u64,
    /// How many they are.
    pub length: u64,
    /// Whether nothing readable follows: most often a write that was interrupted.
    pub at_end: bool,
}

/// One readable frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame<'a> {
    /// The number of its change.
    pub number: u64,
    /// What it holds.
    pub content: &'a [u8],
    /// Where it begins in the file.
    pub at: u64,
}

impl Frame<'_> {
    /// Returns where it ends in the file.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.at + (BEFORE + self.content.len()) as u64
    }
}

/// How a log is read. Anything but the default is a fault, which tests must find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Compare the checksum.
    pub checks: bool,
    /// Look for the next frame after damage.
    pub resumes: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Self { checks: true, resumes: true }
    }
}

fn checksum(generation: u64, at: u64, number: u64, content: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    for part in [generation, at, content.len() as u64, number] {
        sum.update(&part.to_be_bytes());
    }
    sum.update(content);
    sum.finalize()
}

/// Writes a frame that will stand at `at` of a file to the end of `out`.
pub fn write(out: &mut Vec<u8>, generation: u64, at: u64, number: u64, content: &[u8]) {
    out.extend_from_slice(&MARKER);
    // A change of four gigabytes is not written: a fact has at most MAX_FACT_BYTES.
    out.extend_from_slice(&u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(&number.to_be_bytes());
    out.extend_from_slice(&checksum(generation, at, number, content).to_be_bytes());
    out.extend_from_slice(content);
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// Goes through bytes of a file, frame by frame: each that is readable, and what lies between them.
#[derive(Clone, Debug)]
pub struct Frames<'a> {
    bytes: &'a [u8],
    /// Where in the file the bytes begin.
    begins: u64,
    generation: u64,
    how: Reading,
    /// Up to where everything was told.
    told: usize,
}

impl<'a> Frames<'a> {
    /// Goes through `bytes`, which stand at `begins` of a file of that generation.
    #[must_use]
    pub const fn of(bytes: &'a [u8], begins: u64, generation: u64, how: Reading) -> Self {
        Self { bytes, begins, generation, how, told: 0 }
    }

    /// Returns the frame that stands at `at` of the bytes, if one does.
    fn read(&self, at: usize) -> Option<Frame<'a>> {
        if number::<4>(self.bytes, at)? != MARKER {
            return None;
        }
        let length = usize::try_from(u32::from_be_bytes(number(self.bytes, at + 4)?)).ok()?;
        let change = u64::from_be_bytes(number(self.bytes, at + 8)?);
        let sum = u32::from_be_bytes(number(self.bytes, at + 16)?);
        let begin = at + BEFORE;
        let content = self.bytes.get(begin..begin.checked_add(length)?)?;
        let place = self.begins + at as u64;
        if self.how.checks && sum != checksum(self.generation, place, change, content) {
            return None;
        }
        Some(Frame { number: change, content, at: place })
    }

    fn damage(&mut self, to: usize) -> Damage {
        let (at, length) = (self.begins + self.told as u64, (to - self.told) as u64);
        self.told = to;
        Damage { at, length, at_end: to == self.bytes.len() }
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Frame<'a>, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut at = self.told;
        while at < self.bytes.len() {
            match self.read(at) {
                Some(_) if at > self.told => return Some(Err(self.damage(at))),
                Some(frame) => {
                    self.told = at + BEFORE + frame.content.len();
                    return Some(Ok(frame));
                }
                None if self.how.resumes => at += 1,
                None => break,
            }
        }
        (self.told < self.bytes.len()).then(|| Err(self.damage(self.bytes.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Vec<u8> {
        let mut file = Vec::new();
        for number in 1..=3_u8 {
            let at = file.len() as u64;
            write(&mut file, 7, at, u64::from(number), &[number; 5]);
        }
        file
    }

    fn scan(file: &[u8], generation: u64) -> (Vec<Frame<'_>>, Vec<Damage>) {
        let (mut frames, mut damage) = (Vec::new(), Vec::new());
        for seen in Frames::of(file, 0, generation, Reading::default()) {
            match seen {
                Ok(frame) => frames.push(frame),
                Err(unreadable) => damage.push(unreadable),
            }
        }
        (frames, damage)
    }

    fn numbers(file: &[u8], generation: u64) -> Vec<u64> {
        scan(file, generation).0.iter().map(|frame| frame.number).collect()
    }

    #[test]
    fn frames_come_back_as_they_were_written() {
        let file = three();
        let (frames, damage) = scan(&file, 7);
        assert_eq!(frames.iter().map(|frame| frame.content.to_vec()).collect::<Vec<_>>(), [[1; 5], [2; 5], [3; 5]]);
        assert_eq!((damage, frames[2].end()), (Vec::new(), file.len() as u64));
    }

    #[test]
    fn a_file_torn_anywhere_loses_its_last_frame_only() {
        let file = three();
        for length in 0..file.len() {
            let whole = length / 25;
            assert_eq!(numbers(&file[..length], 7), (1..=whole as u64).collect::<Vec<_>>());
            let damage = scan(&file[..length], 7).1;
            assert_eq!(damage.iter().any(|one| one.at_end), length % 25 != 0, "what was cut is told");
        }
    }

    #[test]
    fn one_byte_flipped_anywhere_costs_one_frame_and_is_told() {
        let file = three();
        for at in 0..file.len() {
            let mut flipped = file.clone();
            flipped[at] ^= 0x10;
            let hit = at as u64 / 25 + 1;
            assert_eq!(numbers(&flipped, 7), (1..=3).filter(|number| *number != hit).collect::<Vec<_>>(), "byte {at}");
            assert_eq!(scan(&flipped, 7).1.len(), 1);
        }
    }

    #[test]
    fn what_an_earlier_generation_left_is_no_frame() {
        assert_eq!(numbers(&three(), 8), Vec::<u64>::new());
    }

    #[test]
    fn a_frame_inside_a_content_does_not_count() {
        let inner = three();
        let mut file = Vec::new();
        write(&mut file, 7, 0, 1, &inner);
        file[5] ^= 1;
        assert_eq!(numbers(&file, 7), Vec::<u64>::new());
    }

    #[test]
    fn the_end_of_a_file_is_read_without_its_beginning() {
        let file = three();
        let seen: Vec<_> = Frames::of(&file[30..], 30, 7, Reading::default()).collect();
        assert_eq!(seen.len(), 2, "{seen:?}");
        assert_eq!(seen[0], Err(Damage { at: 30, length: 20, at_end: false }), "the rest of the second");
        assert!(seen[1].is_ok_and(|frame| (frame.number, frame.at, frame.end()) == (3, 50, 75)));
    }
}
