//! The 400-odd syllables of Mandarin, which of them are confused, and how characters are read.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

use super::fold::fold_char;

/// A syllable without its tone, as a place in [`Syllables::names`].
pub(super) type Syllable = u16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) syllable: Syllable,
    /// 1 to 4; 0 is neutral or not known.
    pub(super) tone: u8,
}

/// More readings than this are dictionary curiosities: they only widen every search.
const READINGS: usize = 4;

pub(super) struct Syllables {
    /// Sorted; ü is written v.
    pub(super) names: Vec<&'static str>,
    ids: HashMap<&'static str, Syllable>,
    /// For each syllable those that sound alike in some dialect, itself included.
    pub(super) near: Vec<Vec<Syllable>>,
    /// Those that are confused more rarely, without the near ones.
    pub(super) far: Vec<Vec<Syllable>>,
    /// By first letter, `a` = 0.
    pub(super) by_letter: Vec<Vec<Syllable>>,
}

pub(super) static SYLLABLES: LazyLock<Syllables> = LazyLock::new(Syllables::new);

impl Syllables {
    fn new() -> Syllables {
        let surnames = SURNAMES.single.values().flatten().copied();
        let mut names: Vec<&'static str> =
            ('\u{4e00}'..='\u{9fff}').flat_map(dictionary).map(|(name, _)| name).chain(surnames).collect();
        names.sort_unstable();
        names.dedup();
        let ids = names.iter().enumerate().map(|(id, &name)| (name, id as Syllable)).collect();
        let near = alike(&names, dialect);
        let mut far = alike(&names, |name| dialect(&southern(name)));
        for (far, near) in far.iter_mut().zip(&near) {
            far.retain(|syllable| !near.contains(syllable));
        }
        let mut by_letter = vec![Vec::new(); 26];
        for (id, name) in names.iter().enumerate() {
            by_letter[usize::from(name.as_bytes()[0] - b'a')].push(id as Syllable);
        }
        Syllables { names, ids, near, far, by_letter }
    }

    pub(super) fn id(&self, name: &str) -> Option<Syllable> {
        self.ids.get(name).copied()
    }

    /// Does the syllable start with zh, ch or sh?
    pub(super) fn hushing(&self, syllable: Syllable) -> bool {
        self.names[usize::from(syllable)].as_bytes().get(1) == Some(&b'h')
    }
}

fn alike(names: &[&'static str], key: impl Fn(&str) -> String) -> Vec<Vec<Syllable>> {
    let mut groups: HashMap<String, Vec<Syllable>> = HashMap::new();
    for (id, name) in names.iter().enumerate() {
        groups.entry(key(name)).or_default().push(id as Syllable);
    }
    names.iter().map(|name| groups[&key(name)].clone()).collect()
}

/// One spelling for syllables that dialects do not keep apart.
fn dialect(name: &str) -> String {
    let hushed = name.strip_prefix("zh").map(|rest| ("z", rest));
    let hushed = hushed.or_else(|| name.strip_prefix("ch").map(|rest| ("c", rest)));
    let hushed = hushed.or_else(|| name.strip_prefix("sh").map(|rest| ("s", rest)));
    let (initial, rest) = hushed.unwrap_or_else(|| match name.as_bytes()[0] {
        b'a' | b'e' | b'o' => ("", name),
        _ => name.split_at(1),
    });
    let mut rest = rest.replace('v', "u");
    if rest.ends_with("ng") && !rest.ends_with("ong") {
        rest.pop();
    }
    match initial {
        "n" => format!("l{rest}"),
        // 胡 and 福, 黄 and 房, 红 and 冯.
        "f" => match rest.as_str() {
            "u" => "hu".into(),
            "o" => "huo".into(),
            "ei" => "hui".into(),
            "en" => format!("hu{}", if name.ends_with('g') { "eng" } else { "n" }),
            rest => format!("hu{rest}"),
        },
        "h" if rest == "ong" => "hueng".into(),
        initial => format!("{initial}{rest}"),
    }
}

/// r said as l, ü said as i.
fn southern(name: &str) -> String {
    let unrounded = match name {
        "yuan" => "yan",
        "yun" => "yin",
        "yue" => "ye",
        "yu" => "yi",
        "ju" => "ji",
        "qu" => "qi",
        "xu" => "xi",
        "jun" => "jin",
        "qun" => "qin",
        "xun" => "xin",
        "lv" => "li",
        "nv" => "ni",
        name => name,
    };
    unrounded.strip_prefix('r').map_or_else(|| unrounded.into(), |rest| format!("l{rest}"))
}

struct Surnames {
    /// The readings of one-character surnames, and of each character of longer ones.
    single: HashMap<char, Vec<&'static str>>,
    /// Two-character surnames with both syllables run together.
    double: HashMap<[char; 2], &'static str>,
}

static SURNAMES: LazyLock<Surnames> = LazyLock::new(|| {
    let mut surnames = Surnames { single: HashMap::new(), double: HashMap::new() };
    for line in include_str!("../../assets/search/surnames.txt").lines().filter(|line| !line.starts_with('#'))
    {
        let mut words = line.split(' ');
        let name: Vec<char> = words.next().unwrap_or_default().chars().collect();
        match name[..] {
            [c] => surnames.single.entry(c).or_default().extend(words),
            [a, b] => drop(surnames.double.insert([a, b], words.next().unwrap_or_default())),
            _ => {}
        }
    }
    surnames
});

/// How a (folded) character is read, the everyday reading first, then as a surname, then the rest.
pub(super) fn readings(c: char) -> Vec<Reading> {
    let mut names: Vec<(&'static str, u8)> = dictionary(c).collect();
    for &surname in SURNAMES.single.get(&c).into_iter().flatten().rev() {
        let place = names.iter().position(|&(name, _)| name == surname);
        let reading = place.map_or((surname, 0), |place| names.remove(place));
        // An everyday reading that is also the surname's stays in front.
        let front = usize::from(place != Some(0) && !names.is_empty());
        names.insert(front, reading);
    }
    names.truncate(READINGS);
    let known = |&(name, tone): &(&str, u8)| SYLLABLES.id(name).map(|syllable| Reading { syllable, tone });
    names.iter().filter_map(known).collect()
}

fn dictionary(c: char) -> impl Iterator<Item = (&'static str, u8)> {
    let first = c.to_pinyin();
    let others = c.to_pinyin_multi().into_iter().flatten();
    let mut seen: Vec<(&'static str, u8)> = Vec::new();
    for reading in first.into_iter().chain(others) {
        let name = spelling(reading);
        let syllabic =
            name.bytes().any(|b| b"aeiouv".contains(&b)) && name.bytes().all(|b| b.is_ascii_lowercase());
        if syllabic && seen.len() < READINGS && seen.iter().all(|&(known, _)| known != name) {
            let tone =
                reading.with_tone_num_end().bytes().last().filter(u8::is_ascii_digit).map_or(0, |b| b - b'0');
            seen.push((name, tone));
        }
    }
    seen.into_iter()
}

fn spelling(reading: Pinyin) -> &'static str {
    match reading.plain() {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        plain => plain,
    }
}

/// A key that sorts names as a Chinese reader expects: by sound, tone, then character, one character after another,
/// the surname read as a surname (单 under S, 尉迟 under Y).
pub fn pinyin_key(name: &str) -> String {
    let chars: Vec<char> = name.chars().filter_map(fold_char).collect();
    let mut key = String::with_capacity(chars.len() * 10);
    let double = match chars[..] {
        [a, b, _, ..] => SURNAMES.double.get(&[a, b]).copied(),
        _ => None,
    };
    for (place, &c) in chars.iter().enumerate() {
        let all = readings(c);
        let surname = SURNAMES.single.get(&c).and_then(|names| names.first());
        let read_as = |reading: &&Reading| match (place, double) {
            (0, Some(both)) => both.starts_with(SYLLABLES.names[usize::from(reading.syllable)]),
            (1, Some(both)) => both.ends_with(SYLLABLES.names[usize::from(reading.syllable)]),
            (0, None) => surname == Some(&SYLLABLES.names[usize::from(reading.syllable)]),
            _ => false,
        };
        if let Some(reading) = all.iter().find(read_as).or(all.first()) {
            key.push_str(SYLLABLES.names[usize::from(reading.syllable)]);
            key.push(char::from(b'0' + reading.tone));
        }
        key.push(c);
        key.push(' ');
    }
    key
}

/// How a (folded) character is written in letters, without tones: all its readings.
pub(super) fn spelled(c: char) -> impl Iterator<Item = &'static str> {
    readings(c).into_iter().map(|reading| SYLLABLES.names[usize::from(reading.syllable)])
}

/// What a (folded) character sounds like to someone who speaks a dialect: equal for 敏 and 铭. A character without a
/// reading sounds like itself.
pub(super) fn sound(c: char) -> u32 {
    match readings(c).first() {
        Some(reading) => u32::from(SYLLABLES.near[usize::from(reading.syllable)][0]),
        None => u32::from(u16::MAX) + c as u32,
    }
}
