//! The roster search, keystroke by keystroke, against two general matchers over the same rows in the same run.
//!
//! Times are the thread's CPU time, best of three runs of the same keystroke. `TONGHU_ROSTER` names a roster (CSV, also
//! gzipped) to measure on; without it one is invented.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::NaiveDate;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use nucleo_matcher::{Config, Matcher, Utf32String};
use pinyin::ToPinyin;
use rustix::time::{ClockId, clock_gettime};
use tonghu::search::{Entry, Index, Scratch, duplicates};

#[path = "../../src/search/tests/sample.rs"]
pub(crate) mod sample;

use sample::{Child, Dice};

const ROWS: usize = 100_000;
/// Rows whose names are typed, key by key.
const TYPED: usize = 60;
const LIMIT: usize = 20;

pub(crate) fn run() {
    let children = rows();
    println!("{} rows", children.len());
    let mut build = u64::MAX;
    let mut index = Index::default();
    for _ in 0..3 {
        let (time, built) = timed(|| Index::build(children.iter().map(entry)));
        build = build.min(time);
        index = built;
    }
    println!(
        "built in {:.3} s CPU, {:.1} bytes a row",
        build as f64 / 1e9,
        index.bytes() as f64 / children.len() as f64
    );
    let keystrokes = keystrokes(&children);
    latency(&index, &keystrokes);
    peers(&children, &index, &keystrokes);
    intake(&children);
}

fn latency(index: &Index, keystrokes: &BTreeMap<&'static str, Vec<String>>) {
    println!(
        "{:<18} {:>6} {:>8} {:>8} {:>8}  worst query",
        "keystrokes", "count", "p50 us", "p99 us", "worst us"
    );
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for (class, queries) in keystrokes {
        let times: Vec<(u64, &String)> =
            queries.iter().map(|query| (cost(index, query, &mut scratch), query)).collect();
        print_row(class, times.clone());
        all.extend(times);
    }
    print_row("all", all);
}

fn cost(index: &Index, query: &str, scratch: &mut Scratch) -> u64 {
    (0..3).map(|_| timed(|| index.find(query, LIMIT, scratch)).0).min().unwrap_or_default()
}

fn print_row(class: &str, mut times: Vec<(u64, &String)>) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0 as f64 / 1e3;
    let (worst, query) = times[times.len() - 1];
    let worst = worst as f64 / 1e3;
    println!("{class:<18} {:>6} {:>8.0} {:>8.0} {worst:>8.0}  {query}", times.len(), at(50), at(99));
}

/// The usual way: one key "王小明 wangxiaoming wxm" a name, every row scored, for the child and for the guardian.
fn peers(children: &[Child], index: &Index, keystrokes: &BTreeMap<&'static str, Vec<String>>) {
    let keys: Vec<String> =
        children.iter().flat_map(|child| [key(&child.name), key(&child.guardian)]).collect();
    let wide: Vec<Utf32String> = keys.iter().map(|key| Utf32String::from(key.as_str())).collect();
    let names = ["hanzi", "initials", "pinyin", "pinyin, a slip"];
    let queries: Vec<&String> = names.iter().flat_map(|&class| keystrokes[class].iter().take(40)).collect();
    let skim = SkimMatcherV2::default().ignore_case().element_limit(100_000);
    let mut nucleo = Matcher::new(Config::DEFAULT);
    let mut scratch = Scratch::default();
    let (mut ours, mut skims, mut nucleos, mut found) = (0, 0, 0, 0usize);
    for query in &queries {
        ours += cost(index, query, &mut scratch);
        let (time, count) =
            timed(|| keys.iter().filter(|key| skim.fuzzy_match(key, query).is_some()).count());
        skims += time;
        found += count;
        let query = Utf32String::from(query.as_str());
        let matched = |key: &&Utf32String, nucleo: &mut Matcher| {
            nucleo.fuzzy_match(key.slice(..), query.slice(..)).is_some()
        };
        let (time, count) = timed(|| wide.iter().filter(|key| matched(key, &mut nucleo)).count());
        nucleos += time;
        found += count;
    }
    println!(
        "{} name keystrokes: ours {:.0} us, SkimMatcherV2 {:.0} us ({:.1} times), nucleo-matcher {:.0} us ({:.1} times); {found} found",
        queries.len(),
        ours as f64 / queries.len() as f64 / 1e3,
        skims as f64 / queries.len() as f64 / 1e3,
        skims as f64 / ours as f64,
        nucleos as f64 / queries.len() as f64 / 1e3,
        nucleos as f64 / ours as f64,
    );
}

fn intake(children: &[Child]) {
    let candidates: Vec<duplicates::Candidate> = children.iter().map(candidate).collect();
    let (build, blocks) = timed(|| duplicates::Blocks::build(candidates.iter().copied()));
    let dice = &mut Dice(5);
    let mut times: Vec<u64> = (0..500)
        .map(|_| {
            let child = candidate(dice.pick(children));
            timed(|| blocks.likely(&child, |row| candidates.get(row as usize).copied(), 5)).0
        })
        .collect();
    times.sort_unstable();
    println!(
        "duplicates: built in {:.3} s, {:.1} bytes a row, p50 {:.0} us, p99 {:.0} us",
        build as f64 / 1e9,
        blocks.bytes() as f64 / children.len() as f64,
        times[times.len() / 2] as f64 / 1e3,
        times[times.len() * 99 / 100] as f64 / 1e3
    );
}

/// Every prefix of what is typed, by kind.
fn keystrokes(children: &[Child]) -> BTreeMap<&'static str, Vec<String>> {
    let dice = &mut Dice(17);
    let mut classes: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for _ in 0..TYPED {
        let child = dice.pick(children);
        let other: Vec<char> = dice.pick(children).name.chars().collect();
        let name: Vec<char> = child.name.chars().collect();
        let mut wrong = name.clone();
        let at = dice.below(wrong.len());
        wrong[at] = other[other.len() - 1];
        let (letters, initials) = (letters(&child.name), initials(&child.name));
        let mut slip: Vec<char> = letters.chars().collect();
        let at = dice.below(slip.len().max(2) - 1);
        if at + 1 < slip.len() {
            slip.swap(at, at + 1);
        }
        let village = &child.village;
        let mut add = |class, text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let typed = (1..=chars.len()).map(|len| chars[..len].iter().collect());
            classes.entry(class).or_default().extend(typed);
        };
        add("hanzi", &child.name);
        add("hanzi, one wrong", &wrong.iter().collect::<String>());
        add("pinyin", &letters);
        add("pinyin, a slip", &slip.iter().collect::<String>());
        add("initials", &initials);
        add("village", village);
        add("village pinyin", &self::letters(village));
        add("id, last six", child.id_number.get(12..).unwrap_or_default());
        add("id, whole", &child.id_number);
        add("phone", &child.phone);
        add("birth", &child.birth.to_string());
        add("case number", &child.case_no);
        add("mixed", &format!("{}{}", name[0], initials.get(1..).unwrap_or_default()));
        let town: String = village.chars().take(2).collect();
        add("two terms", &format!("{initials} {town}"));
        let (surname, given) = name.split_at(1);
        let [surname, given] = [surname, given].map(|chars| self::letters(&chars.iter().collect::<String>()));
        add("surname, given", &format!("{surname} {given}"));
        add("spaced pinyin", &self::letters_apart(&child.name));
    }
    classes.insert("first letters", ('a'..='z').map(String::from).collect());
    let nonsense = [
        "zzzzhzzh",
        "qqqqqqq",
        "vvvv",
        "xqzjk",
        "asdfghjk",
        "龘靐齉",
        "99999999999",
        "wwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
    ];
    classes.insert("nonsense", nonsense.map(String::from).to_vec());
    classes
}

fn syllables(text: &str) -> Vec<String> {
    text.chars().map(|c| c.to_pinyin().map_or(String::new(), |p| p.plain().replace('ü', "v"))).collect()
}

fn letters(text: &str) -> String {
    syllables(text).concat()
}

fn letters_apart(text: &str) -> String {
    syllables(text).join(" ")
}

fn initials(text: &str) -> String {
    syllables(text).iter().filter_map(|syllable| syllable.chars().next()).collect()
}

fn key(name: &str) -> String {
    format!("{name} {} {}", letters(name), initials(name))
}

fn timed<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
    };
    let start = now();
    let done = std::hint::black_box(work());
    (now() - start, done)
}

fn entry(child: &Child) -> Entry<'_> {
    let Child { name, guardian, village, school, id_number, birth, phone, case_no, .. } = child;
    Entry { name, guardian, village, school, id_number, birth: Some(*birth), phone, case_no }
}

fn candidate(child: &Child) -> duplicates::Candidate<'_> {
    let Child { name, guardian, village, id_number, birth, phone, boy, .. } = child;
    let sex = Some(if *boy { duplicates::Sex::Male } else { duplicates::Sex::Female });
    duplicates::Candidate { name, sex, birth: Some(*birth), guardian, village, phone, id_number }
}

pub(crate) fn rows() -> Vec<Child> {
    let Some(path) = std::env::var_os("TONGHU_ROSTER") else { return sample::roster(ROWS, 1) };
    let file = std::fs::File::open(&path).expect("TONGHU_ROSTER can be read");
    let reader: Box<dyn Read> = if path.to_string_lossy().ends_with(".gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let rows = csv::Reader::from_reader(reader).into_records();
    let child = |row: csv::StringRecord| Child {
        name: row[0].into(),
        boy: &row[1] == "男",
        birth: NaiveDate::parse_from_str(&row[2], "%Y-%m-%d").unwrap_or_default(),
        id_number: row[3].into(),
        guardian: row[4].into(),
        phone: row[6].into(),
        village: row[7].into(),
        school: row[8].into(),
        case_no: row[9].into(),
    };
    rows.map_while(Result::ok).map(child).collect()
}
