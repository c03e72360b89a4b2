//! Has this child a file already? Asked while name, birth date, guardian, village and phone are typed.
//!
//! Rows that share a block (the sound of the name, the birth date, the guardian, the phone, surname and town) are
//! weighed against three explanations: the same child, a sister or brother, somebody else. Two explanations are not
//! enough: a twin shares birth date, guardian, village and phone, and would be taken for the same child every time. The
//! score is the evidence, in bits, against the better of the two other explanations.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{Datelike, NaiveDate};

use super::fold::fold_char;
use super::syllables;

/// What is known of a child; an empty text is a text not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Candidate<'a> {
    pub name: &'a str,
    pub sex: Option<Sex>,
    pub birth: Option<NaiveDate>,
    pub guardian: &'a str,
    pub village: &'a str,
    pub phone: &'a str,
    pub id_number: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Female,
    Male,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    pub row: u32,
    pub verdict: Verdict,
    /// Bits of evidence for the verdict.
    pub score: i32,
    /// What speaks for it, strongest kind first.
    pub evidence: Vec<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    SameChild {
        strong: bool,
    },
    /// Another child of the same household.
    SameFamily,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    SameId,
    /// One digit wrong or two swapped.
    NearId,
    SameName,
    /// Other characters of the same or a confusable sound.
    SameSound,
    /// The characters in another order.
    SwappedName,
    /// One character wrong or left out.
    NearName,
    SameBirth,
    /// One part of the date differs, or day and month are swapped.
    NearBirth,
    /// As far apart as the lunar date is from the solar one.
    LunarBirth,
    SameGuardian,
    GuardianSound,
    SamePhone,
    NearPhone,
    SameVillage,
    SameTown,
}

/// From here on the same child is likely enough to say so, and to insist.
const LIKELY: f32 = 10.0;
const STRONG: f32 = 14.0;
/// How much rarer a second file of one child is than a sister or brother among rows that share a block.
const SIBLING_PRIOR: f32 = 4.0;
/// Guardian, village and phone together that make a household.
const HOUSEHOLD: f32 = 12.0;
/// A block larger than this says nothing (a missing phone typed as 100…, a town of one surname).
const LARGEST_BLOCK: usize = 300;

/// Finds the rows worth weighing. Keeps hashes only: 40 bytes a row, no text.
#[derive(Default)]
pub struct Blocks {
    /// Hash of the block in the upper half, row in the lower; sorted.
    main: Vec<u64>,
    /// The same for rows that changed since, not sorted.
    tail: Vec<u64>,
    gone: HashSet<u32>,
    sounds: HashMap<char, u32>,
    rows: usize,
}

impl Blocks {
    pub fn build<'a>(rows: impl Iterator<Item = Candidate<'a>>) -> Blocks {
        let mut blocks = Blocks::default();
        let mut main = Vec::new();
        for (row, candidate) in rows.enumerate() {
            blocks.learn(&candidate);
            main.extend(blocks.keys(&candidate).map(|key| u64::from(key) << 32 | row as u64));
            blocks.rows = row + 1;
        }
        main.sort_unstable();
        main.shrink_to_fit();
        blocks.main = main;
        blocks
    }

    pub fn upsert(&mut self, row: u32, candidate: &Candidate) {
        self.remove(row);
        self.learn(candidate);
        self.gone.remove(&row);
        let entries: Vec<u64> =
            self.keys(candidate).map(|key| u64::from(key) << 32 | u64::from(row)).collect();
        self.tail.extend(entries);
        self.rows = self.rows.max(row as usize + 1);
    }

    /// A row that is gone is not asked for again.
    pub fn remove(&mut self, row: u32) {
        self.tail.retain(|&entry| entry as u32 != row);
        self.gone.insert(row);
    }

    pub fn bytes(&self) -> usize {
        (self.main.capacity() + self.tail.capacity()) * 8
            + self.sounds.capacity() * 9
            + self.gone.capacity() * 5
    }

    /// Rows that are likely the same child, then those of the same household, best first. `rows` gives a row as it is
    /// now; `None` passes over it (removed, or the file that is being edited).
    pub fn likely<'r>(
        &self,
        candidate: &Candidate,
        rows: impl Fn(u32) -> Option<Candidate<'r>>,
        limit: usize,
    ) -> Vec<Likely> {
        let mut near: Vec<u32> = Vec::new();
        for key in self.keys(candidate) {
            let block = self.block(key);
            if block.len() <= LARGEST_BLOCK {
                near.extend(block.iter().map(|&entry| entry as u32));
            }
            near.extend(
                self.tail.iter().filter(|&&entry| (entry >> 32) as u32 == key).map(|&entry| entry as u32),
            );
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|row| !self.gone.contains(row));
        let mut likely: Vec<Likely> =
            near.into_iter().filter_map(|row| self.weigh(row, candidate, &rows(row)?)).collect();
        likely.sort_by_key(|likely| {
            let family = likely.verdict == Verdict::SameFamily;
            (family, -likely.score, likely.row)
        });
        likely.truncate(limit);
        likely
    }

    fn block(&self, key: u32) -> &[u64] {
        let start = self.main.partition_point(|&entry| ((entry >> 32) as u32) < key);
        let len = self.main[start..].partition_point(|&entry| (entry >> 32) as u32 == key);
        &self.main[start..start + len]
    }

    fn learn(&mut self, candidate: &Candidate) {
        for c in candidate.name.chars().chain(candidate.guardian.chars()) {
            self.sounds.entry(c).or_insert_with(|| fold_char(c).map_or(0, syllables::sound));
        }
    }

    fn sounds(&self, name: &str) -> Vec<u32> {
        let sound = |c: char| self.sounds.get(&c).copied().or_else(|| fold_char(c).map(syllables::sound));
        name.chars().filter(|c| c.is_alphanumeric()).filter_map(sound).collect()
    }

    fn keys(&self, candidate: &Candidate) -> impl Iterator<Item = u32> + use<> {
        let name = self.sounds(candidate.name);
        let guardian = self.sounds(candidate.guardian);
        let town: String = candidate.village.chars().take(2).collect();
        let place = (!name.is_empty() && !town.is_empty()).then(|| key(4, (name[0], &town)));
        // A birth date that contradicts the ID number leads to both days.
        let in_id = birth_in_id(candidate.id_number).filter(|&birth| candidate.birth != Some(birth));
        [
            (!name.is_empty()).then(|| key(0, &name)),
            candidate.birth.map(|birth| key(1, birth.num_days_from_ce())),
            in_id.map(|birth| key(1, birth.num_days_from_ce())),
            (!guardian.is_empty()).then(|| key(2, &guardian)),
            (!candidate.phone.is_empty()).then(|| key(3, candidate.phone)),
            place,
        ]
        .into_iter()
        .flatten()
    }

    /// Bits that agreeing on something so common is worth.
    fn rarity(&self, key: u32) -> f32 {
        let rows = self.rows.max(2) as f32;
        (rows / self.block(key).len().max(1) as f32).log2().max(1.0)
    }

    fn weigh(&self, row: u32, a: &Candidate, b: &Candidate) -> Option<Likely> {
        let mut scales = Scales::default();
        scales.id(a.id_number, b.id_number);
        self.weigh_names(&mut scales, a.name, b.name);
        scales.birth(a.birth, b.birth);
        scales.sex(a.sex, b.sex);
        let alone = scales.unrelated;
        self.weigh_guardians(&mut scales, a.guardian, b.guardian);
        scales.phone(a.phone, b.phone);
        scales.village(a.village, b.village);
        let household = scales.unrelated - alone;
        let same = scales.unrelated.min(scales.sibling + SIBLING_PRIOR);
        let (verdict, score) = if same >= LIKELY {
            (Verdict::SameChild { strong: same >= STRONG }, same)
        } else if household >= HOUSEHOLD {
            (Verdict::SameFamily, household)
        } else {
            return None;
        };
        Some(Likely { row, verdict, score: score.round() as i32, evidence: scales.evidence })
    }

    fn weigh_names(&self, scales: &mut Scales, a: &str, b: &str) {
        let (sounds_a, sounds_b) = (self.sounds(a), self.sounds(b));
        if sounds_a.is_empty() || sounds_b.is_empty() {
            return;
        }
        let rarity = self.rarity(key(0, &sounds_b));
        match compare_names(a, b, &sounds_a, &sounds_b) {
            Names::Same => scales.add(rarity + 1.6, 10.5, Evidence::SameName),
            Names::Sound => scales.add(rarity - 2.9, 5.6, Evidence::SameSound),
            Names::Swapped => scales.add(11.0, 4.0, Evidence::SwappedName),
            Names::LeftOut => scales.add(8.5, 3.0, Evidence::NearName),
            Names::OneWrong => scales.add(8.5, -1.3, Evidence::NearName),
            Names::Surname => scales.against(-0.7, -4.4),
            Names::Other => scales.against(-5.5, -1.3),
        }
    }

    fn weigh_guardians(&self, scales: &mut Scales, a: &str, b: &str) {
        let (sounds_a, sounds_b) = (self.sounds(a), self.sounds(b));
        if sounds_a.is_empty() || sounds_b.is_empty() {
            return;
        }
        let rarity = self.rarity(key(2, &sounds_b)).min(12.0);
        match compare_names(a, b, &sounds_a, &sounds_b) {
            Names::Same => scales.add(rarity, 0.0, Evidence::SameGuardian),
            Names::Sound => scales.add(rarity - 3.0, 0.0, Evidence::GuardianSound),
            Names::Swapped | Names::LeftOut | Names::OneWrong => scales.against(4.0, 0.0),
            Names::Surname | Names::Other => scales.against(-2.0, 0.0),
        }
    }
}

/// Bits for "the same child" against each of the two other explanations. The odds behind the figures: how often a
/// second entry of one child agrees, differs slightly or differs; how often siblings do; how often strangers do.
#[derive(Default)]
struct Scales {
    unrelated: f32,
    sibling: f32,
    evidence: Vec<Evidence>,
}

impl Scales {
    fn add(&mut self, unrelated: f32, sibling: f32, evidence: Evidence) {
        self.against(unrelated, sibling);
        self.evidence.push(evidence);
    }

    fn against(&mut self, unrelated: f32, sibling: f32) {
        self.unrelated += unrelated;
        self.sibling += sibling;
    }

    fn id(&mut self, a: &str, b: &str) {
        if a.len() < 15 || b.len() < 15 {
            return;
        }
        match slips(a, b) {
            0 => self.add(22.0, 22.0, Evidence::SameId),
            1 => self.add(14.0, 12.0, Evidence::NearId),
            _ => self.against(-4.0, -4.0),
        }
    }

    fn birth(&mut self, a: Option<NaiveDate>, b: Option<NaiveDate>) {
        let (Some(a), Some(b)) = (a, b) else { return };
        let apart = (a - b).num_days().abs();
        let parts = [a.year() == b.year(), a.month() == b.month(), a.day() == b.day()];
        let swapped = a.year() == b.year() && a.month() == b.day() && a.day() == b.month();
        if apart == 0 {
            self.add(12.2, 5.0, Evidence::SameBirth);
        } else if swapped || parts.iter().filter(|&&same| same).count() == 2 {
            self.add(3.7, 4.3, Evidence::NearBirth);
        } else if (18..=51).contains(&apart) {
            self.add(3.3, 6.0, Evidence::LunarBirth);
        } else if apart < 2 * 365 {
            self.against(-4.6, -4.6);
        } else {
            self.against(-6.6, -6.6);
        }
    }

    fn sex(&mut self, a: Option<Sex>, b: Option<Sex>) {
        match (a, b) {
            (Some(a), Some(b)) if a == b => self.against(1.0, 1.0),
            (Some(_), Some(_)) => self.against(-5.6, -5.6),
            _ => {}
        }
    }

    fn phone(&mut self, a: &str, b: &str) {
        if a.len() < 7 || b.len() < 7 {
            return;
        }
        match slips(a, b) {
            0 => self.add(12.0, 0.0, Evidence::SamePhone),
            1 => self.add(8.0, 0.0, Evidence::NearPhone),
            _ => self.against(-0.8, 0.0),
        }
    }

    fn village(&mut self, a: &str, b: &str) {
        if a.is_empty() || b.is_empty() {
            return;
        }
        if a == b {
            self.add(8.0, 0.0, Evidence::SameVillage);
        } else if a.chars().take(2).eq(b.chars().take(2)) {
            self.add(3.0, 0.0, Evidence::SameTown);
        } else {
            self.against(-2.5, 0.0);
        }
    }
}

enum Names {
    Same,
    Sound,
    Swapped,
    LeftOut,
    OneWrong,
    Surname,
    Other,
}

fn compare_names(a: &str, b: &str, sounds_a: &[u32], sounds_b: &[u32]) -> Names {
    let folded =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).filter_map(fold_char).collect::<Vec<_>>();
    if folded(a) == folded(b) {
        return Names::Same;
    }
    if sounds_a == sounds_b {
        return Names::Sound;
    }
    let sorted = |sounds: &[u32]| {
        let mut sounds = sounds.to_vec();
        sounds.sort_unstable();
        sounds
    };
    let (long, short) =
        if sounds_a.len() >= sounds_b.len() { (sounds_a, sounds_b) } else { (sounds_b, sounds_a) };
    if sorted(sounds_a) == sorted(sounds_b) {
        Names::Swapped
    } else if short.len() >= 2 && long.len() == short.len() + 1 && one_less(long, short) {
        Names::LeftOut
    } else if long.len() >= 3
        && long.len() == short.len()
        && long.iter().zip(short).filter(|(a, b)| a != b).count() == 1
    {
        Names::OneWrong
    } else if sounds_a[0] == sounds_b[0] {
        Names::Surname
    } else {
        Names::Other
    }
}

fn one_less(long: &[u32], short: &[u32]) -> bool {
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[same + 1..] == short[same..]
}

/// 0 equal, 1 one character wrong or two neighbours swapped, 2 anything else.
fn slips(a: &str, b: &str) -> usize {
    if a.eq_ignore_ascii_case(b) {
        return 0;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return 2;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    match (&a[same..], &b[same..]) {
        ([_, a @ ..], [_, b @ ..]) if a == b => 1,
        ([a0, a1, a @ ..], [b0, b1, b @ ..]) if (a0, a1) == (b1, b0) && a == b => 1,
        _ => 2,
    }
}

fn birth_in_id(id_number: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(id_number.get(6..14)?, "%Y%m%d").ok()
}

fn key(kind: u8, what: impl Hash) -> u32 {
    // Fixed keys: the same block has the same hash in every run.
    let mut hasher = DefaultHasher::new();
    (kind, what).hash(&mut hasher);
    hasher.finish() as u32
}
