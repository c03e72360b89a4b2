//! How many children are found in spite of a mistake: one class a kind of mistake, a name counts as found if a row of
//! that name (child or guardian) is among the first ten.

use std::collections::HashMap;

use pinyin::ToPinyin;

use super::super::syllables::{SYLLABLES, readings};
use super::super::{Index, Scratch};
use super::sample::{Child, Dice, roster};
use super::{find, index};

const ROWS: usize = 20_000;
const QUERIES: usize = 150;

struct World {
    children: Vec<Child>,
    index: Index,
    /// Every character of the roster's names by its syllable.
    by_syllable: HashMap<u16, Vec<char>>,
    chars: Vec<char>,
}

impl World {
    fn new() -> World {
        let children = roster(ROWS, 2026);
        let mut chars: Vec<char> = children.iter().flat_map(|child| child.name.chars()).collect();
        chars.sort_unstable();
        chars.dedup();
        // Those the program has never met are typed as well.
        chars.extend("晓铭丽岚昀璇骏珂宸睿皓煊煜彬斌伟炜玮韵芸筠娴贤显闲".chars());
        let mut by_syllable: HashMap<u16, Vec<char>> = HashMap::new();
        for &c in &chars {
            if let Some(reading) = readings(c).first() {
                by_syllable.entry(reading.syllable).or_default().push(c);
            }
        }
        World { index: index(&children), children, by_syllable, chars }
    }

    /// Another character of the same sound.
    fn homophone(&self, dice: &mut Dice, c: char) -> Option<char> {
        let syllable = readings(c).first()?.syllable;
        self.another(dice, c, &[syllable])
    }

    /// A character of a confusable, not the same, sound.
    fn near(&self, dice: &mut Dice, c: char) -> Option<char> {
        let syllable = readings(c).first()?.syllable;
        let near: Vec<u16> =
            SYLLABLES.near[usize::from(syllable)].iter().copied().filter(|&near| near != syllable).collect();
        self.another(dice, c, &near)
    }

    fn another(&self, dice: &mut Dice, c: char, syllables: &[u16]) -> Option<char> {
        let others: Vec<char> = syllables
            .iter()
            .flat_map(|syllable| self.by_syllable.get(syllable).into_iter().flatten().copied())
            .filter(|&other| other != c)
            .collect();
        (!others.is_empty()).then(|| *dice.pick(&others))
    }
}

type Same = fn(&Child, &Child) -> bool;
type Mistake = fn(&World, &mut Dice, &Child) -> Option<String>;

/// The share of queries whose child is among the first ten.
fn recall(world: &World, mistake: Mistake, is_it: Same) -> f64 {
    let dice = &mut Dice(99);
    let (mut asked, mut found) = (0, 0);
    let mut scratch = Scratch::default();
    while asked < QUERIES {
        let child = &world.children[dice.below(ROWS)];
        if child.name.contains('·') {
            continue;
        }
        let Some(query) = mistake(world, dice, child) else { continue };
        asked += 1;
        let hits = world.index.find(&query, 10, &mut scratch).hits;
        found += usize::from(hits.iter().any(|hit| is_it(&world.children[hit.row as usize], child)));
    }
    100.0 * found as f64 / asked as f64
}

fn same_name(found: &Child, meant: &Child) -> bool {
    found.name == meant.name || found.guardian == meant.name
}

fn same_guardian(found: &Child, meant: &Child) -> bool {
    found.guardian == meant.guardian || found.name == meant.guardian
}

fn same_child(found: &Child, meant: &Child) -> bool {
    found.case_no == meant.case_no
}

fn syllables(name: &str) -> Vec<String> {
    name.chars().filter_map(|c| c.to_pinyin()).map(|p| p.plain().replace('ü', "v")).collect()
}

fn letters(name: &str) -> String {
    syllables(name).concat()
}

fn replace(name: &str, at: usize, with: char) -> String {
    name.chars().enumerate().map(|(place, c)| if place == at { with } else { c }).collect()
}

fn any_place(dice: &mut Dice, name: &str) -> (usize, char) {
    let chars: Vec<char> = name.chars().collect();
    let at = dice.below(chars.len());
    (at, chars[at])
}

fn three(child: &Child) -> Option<Vec<char>> {
    let chars: Vec<char> = child.name.chars().collect();
    (chars.len() == 3).then_some(chars)
}

fn homophone(world: &World, dice: &mut Dice, name: &str) -> Option<String> {
    let (at, c) = any_place(dice, name);
    Some(replace(name, at, world.homophone(dice, c)?))
}

/// One letter wrong, missing, extra or swapped with the next.
fn slip(dice: &mut Dice, letters: &str) -> String {
    let mut letters: Vec<char> = letters.chars().collect();
    let at = dice.below(letters.len() - 1);
    match dice.below(4) {
        0 => letters[at] = char::from(b'a' + dice.below(26) as u8),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, char::from(b'a' + dice.below(26) as u8)),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn blur(dice: &mut Dice, syllables: &mut [String]) -> bool {
    const CONFUSED: [(&str, &str); 8] = [
        ("zh", "z"),
        ("ch", "c"),
        ("sh", "s"),
        ("ang", "an"),
        ("eng", "en"),
        ("ing", "in"),
        ("n", "l"),
        ("l", "n"),
    ];
    let at = dice.below(syllables.len());
    for (one, other) in CONFUSED {
        let syllable = &syllables[at];
        let blurred = match (syllable.strip_prefix(one), syllable.strip_suffix(one)) {
            (Some(rest), _) if one.len() < 3 => format!("{other}{rest}"),
            (_, Some(rest)) if one.len() == 3 => format!("{rest}{other}"),
            _ => continue,
        };
        if SYLLABLES.id(&blurred).is_some() {
            syllables[at] = blurred;
            return true;
        }
    }
    false
}

/// The mistakes, each with the share of children that must be found all the same.
const MISTAKES: &[(&str, f64, Mistake)] = &[
    ("a homophone", 97.0, |world, dice, child| homophone(world, dice, &child.name)),
    ("two homophones", 97.0, |world, dice, child| {
        let [a, b, c] = three(child)?[..] else { return None };
        Some([a, world.homophone(dice, b)?, world.homophone(dice, c)?].iter().collect())
    }),
    ("a near sound in hanzi", 93.0, |world, dice, child| {
        let (at, c) = any_place(dice, &child.name);
        Some(replace(&child.name, at, world.near(dice, c)?))
    }),
    ("given name swapped", 93.0, |_, _, child| {
        let [a, b, c] = three(child)?[..] else { return None };
        (b != c).then(|| [a, c, b].iter().collect())
    }),
    ("a character left out", 88.0, |_, dice, child| {
        let mut chars = three(child)?;
        chars.remove(dice.below(3));
        Some(chars.into_iter().collect())
    }),
    ("a wrong character", 88.0, |world, dice, child| {
        three(child)?;
        let (at, c) = any_place(dice, &child.name);
        let wrong = *dice.pick(&world.chars);
        (wrong != c).then(|| replace(&child.name, at, wrong))
    }),
    ("a slip in the pinyin", 91.0, |_, dice, child| Some(slip(dice, &letters(&child.name)))),
    ("two slips in the pinyin", 68.0, |_, dice, child| {
        three(child)?;
        let once = slip(dice, &letters(&child.name));
        Some(slip(dice, &once))
    }),
    ("a near sound in pinyin", 95.0, |_, dice, child| {
        let mut syllables = syllables(&child.name);
        blur(dice, &mut syllables).then(|| syllables.concat())
    }),
    ("two near sounds in pinyin", 93.0, |_, dice, child| {
        let mut syllables = syllables(&child.name);
        (blur(dice, &mut syllables) && blur(dice, &mut syllables)).then(|| syllables.concat())
    }),
    ("given name first", 88.0, |_, _, child| {
        let mut syllables = syllables(&child.name);
        syllables.rotate_left(1);
        Some(syllables.concat())
    }),
    ("another reading", 95.0, |_, dice, child| {
        let mut syllables = syllables(&child.name);
        let (at, c) = any_place(dice, &child.name);
        syllables[at] = SYLLABLES.names[usize::from(readings(c).get(1)?.syllable)].to_owned();
        Some(syllables.concat())
    }),
    ("letters with spaces and a slip", 90.0, |_, dice, child| {
        let mut syllables = syllables(&child.name);
        let at = dice.below(syllables.len());
        syllables[at] = if syllables[at].len() > 2 { slip(dice, &syllables[at]) } else { return None };
        Some(syllables.join(" "))
    }),
];

#[test]
fn nine_of_ten_children_are_found_in_spite_of_a_mistake() {
    let world = World::new();
    let mut sum = 0.0;
    let mut report = String::new();
    let mut failed = false;
    for &(what, least, mistake) in MISTAKES {
        let found = recall(&world, mistake, same_name);
        report += &format!("{what:32} {found:5.1} % of at least {least}\n");
        failed |= found < least;
        sum += found;
    }
    let mean = sum / MISTAKES.len() as f64;
    assert!(!failed && mean >= 92.0, "{report}mean {mean:.1} %");
}

#[test]
fn what_is_typed_rightly_is_found() {
    let world = World::new();
    let classes: &[(&str, f64, Mistake, Same)] = &[
        ("the name", 100.0, |_, _, child| Some(child.name.clone()), same_name),
        ("its pinyin", 99.0, |_, _, child| Some(letters(&child.name)), same_name),
        (
            "a name cut short",
            75.0,
            |_, _, child| {
                let letters = letters(&child.name);
                three(child).map(|_| letters[..letters.len() - 2].to_owned())
            },
            same_name,
        ),
        (
            "hanzi and initials",
            80.0,
            |_, _, child| {
                let [a, ..] = three(child)?[..] else { return None };
                let initials: String =
                    syllables(&child.name)[1..].iter().filter_map(|s| s.chars().next()).collect();
                Some(format!("{a}{initials}"))
            },
            same_name,
        ),
        ("the guardian", 99.0, |_, _, child| Some(child.guardian.clone()), same_guardian),
        (
            "the guardian's homophone",
            90.0,
            |world, dice, child| homophone(world, dice, &child.guardian),
            same_guardian,
        ),
        ("the end of the ID", 99.0, |_, _, child| Some(child.id_number[12..].to_owned()), same_child),
        (
            "the end of the phone",
            99.0,
            |_, _, child| Some(child.phone[5..].to_owned()),
            |found, meant| found.phone == meant.phone,
        ),
        ("the case number", 100.0, |_, _, child| Some(child.case_no.clone()), same_child),
        (
            "initials and village",
            90.0,
            |_, _, child| {
                let initials: String =
                    syllables(&child.name).iter().filter_map(|s| s.chars().next()).collect();
                Some(format!("{initials} {}", child.village))
            },
            same_name,
        ),
        (
            "name and birthday",
            99.0,
            |_, _, child| Some(format!("{} {}", child.name, child.birth.format("%m%d"))),
            same_child,
        ),
        (
            "ID with a wrong digit",
            80.0,
            |_, dice, child| {
                let at = 10 + dice.below(7);
                let wrong = (child.id_number.as_bytes()[at] - b'0' + 1 + dice.below(9) as u8) % 10;
                Some(replace(&child.id_number, at, char::from(b'0' + wrong))[10..].to_owned())
            },
            same_child,
        ),
    ];
    for &(what, least, typed, is_it) in classes {
        let found = recall(&world, typed, is_it);
        assert!(found >= least, "{what}: {found:.1} % of at least {least}");
    }
    assert_eq!(find(&world.index, "").hits, []);
}
