//! What was written, searched across files: the text index against reading everything, in one run.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use tonghu::domain::forms::{self, case, child, note};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef};
use tonghu::office::{Answer, Desk, Door, Office, Query, Request, Save, SaveRecord, Scope, Whole, invented};
use tonghu::platform::SystemClock;
use uuid::Uuid;

use crate::station::{self, Step, memory, millis};

const CHILDREN: u64 = 50_000;
const NOTES_A_CHILD: u64 = 4;

const STEPS: &[Step] = &[("invent", invent), ("scan", scan), ("build", build), ("ask", ask), ("save", save)];

/// A name of a surname and a place, words that stand everywhere, seldom, in one note, nowhere; one character; two words.
const QUERIES: &[&str] =
    &["奶奶", "一", "学校 老师", "罕见病", "石门村", "小", "奶奶 医院", "龘靐", "走访 学校 奶奶", "第77777"];

pub(crate) fn run() {
    station::in_steps("notes", STEPS);
}

/// Numbers that look random and are the same in each step.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

const WORDS: &[&str] = &[
    "奶奶", "爷爷", "学校", "老师", "医院", "走访", "今天", "孩子", "身体", "很好", "爸爸", "妈妈", "打工",
    "回家", "电话", "作业", "邻居", "低保", "补助", "情绪", "稳定", "下周", "再来", "衣服", "被子", "吃饭",
    "住院", "检查", "同学", "成绩",
];

/// A note of 40 to 360 characters: words of the work, and words of seldom characters, the seldomer the fewer.
fn text(n: u64) -> String {
    let mut dice = Dice(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut text = format!("第{n}次记录。");
    for _ in 0..dice.below(30) + 3 {
        for _ in 0..dice.below(4) + 2 {
            if dice.below(3) > 0 {
                text.push_str(WORDS[dice.below(WORDS.len() as u64) as usize]);
            } else {
                for _ in 0..2 {
                    let rank = dice.below(60) * dice.below(60);
                    text.extend(char::from_u32(0x4e00 + rank as u32));
                }
            }
        }
        text.push('。');
    }
    if n % 20_011 == 7 {
        text.push_str("查出一种罕见病。");
    }
    text
}

fn notes() -> u64 {
    CHILDREN * NOTES_A_CHILD
}

fn invent(dir: &Path) {
    let day = |n: u64| {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default()
            + chrono::Days::new(n.wrapping_mul(7919) % 2200)
    };
    let begun = Instant::now();
    let station = Fields::default().with(forms::station::NAME, "青石镇儿童服务站");
    let desk = invented(
        &Door::new(dir.to_owned(), Arc::new(SystemClock)),
        station,
        &[("何晓雨", "he")],
        |workers| {
            let worker = workers[0];
            (0..CHILDREN).map(move |n| Whole {
                child: Fields::default()
                    .with(child::NAME, "王小明")
                    .with(child::REMARKS, text(n + notes()).as_str()),
                household: n,
                home: None,
                worker: Some(worker),
                case: Fields::default().with(case::OPENED, day(n)),
                contacts: vec![],
                follow_ups: vec![],
                notes: (n * NOTES_A_CHILD..(n + 1) * NOTES_A_CHILD)
                    .map(|n| Fields::default().with(note::ON, day(n)).with(note::TEXT, text(n).as_str()))
                    .collect(),
                services: vec![],
            })
        },
    );
    let desk = match desk {
        Ok(desk) => desk,
        Err(error) => return println!("no station: {error:?}"),
    };
    println!(
        "{CHILDREN} children, {} notes, {:.0} MB of text: kept in {:.1} s",
        notes(),
        text_bytes() as f64 / 1e6,
        begun.elapsed().as_secs_f64()
    );
    drop(desk);
}

fn text_bytes() -> usize {
    (0..notes() + CHILDREN).map(|n| text(n).len()).sum()
}

fn sign_in(dir: &Path) -> Option<Arc<Desk>> {
    let desk = station::sign_in(dir)?;
    // The store's engine is open then.
    let _ = desk.ask(Request::Agenda(Scope::Mine));
    let _ = desk.ask(Request::File(first(&desk)?));
    Some(desk)
}

fn first(desk: &Desk) -> Option<ChildId> {
    match desk.ask(Request::Find { text: Query("王小明".into()), limit: 1 }) {
        Ok(Answer::Found(found)) => found.lines.first().map(|line| line.row.child),
        _ => None,
    }
}

fn search(desk: &Desk, typed: &str) -> (Duration, usize) {
    let begun = Instant::now();
    let answer = desk.ask(Request::SearchNotes { text: Query(typed.into()), limit: 50 });
    let hits = if let Ok(Answer::Notes(hits)) = answer { hits.len() } else { 0 };
    (begun.elapsed(), hits)
}

/// Before there is an index: what each question cost before there was one at all.
fn scan(dir: &Path) {
    for typed in &QUERIES[..3] {
        let Some(desk) = sign_in(dir) else { return println!("no way in") };
        let (time, hits) = search(&desk, typed);
        println!("without the index: {:.0} ms, {hits} hits, {}", millis(time), memory());
    }
}

fn build(dir: &Path) {
    let Some(desk) = sign_in(dir) else { return println!("no way in") };
    println!("before building: {}", memory());
    // It is built from a snapshot, which the first quiet moment makes.
    let begun = Instant::now();
    let _ = desk.ask(Request::Rest);
    while !has_snapshot(dir) && begun.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("the snapshot before it: {:.1} s, {}", begun.elapsed().as_secs_f64(), memory());
    let begun = Instant::now();
    let built = desk.index_texts();
    let time = begun.elapsed();
    println!("built in {:.2} s ({built:?}), {}", time.as_secs_f64(), memory());
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let ours = files.filter(|file| file.file_name().to_string_lossy().starts_with("text"));
    let (bytes, count) = ours.fold((0, 0), |(bytes, count), file| {
        (bytes + file.metadata().map_or(0, |meta| meta.len()), count + 1)
    });
    println!(
        "on disk: {:.1} MB in {count} files, {:.2} bytes a byte of text",
        bytes as f64 / 1e6,
        bytes as f64 / text_bytes() as f64
    );
}

fn has_snapshot(dir: &Path) -> bool {
    let files = std::fs::read_dir(dir).into_iter().flatten().flatten();
    files.filter_map(|file| file.file_name().into_string().ok()).any(|name| name.starts_with("snapshot-"))
}

fn ask(dir: &Path) {
    let Some(desk) = sign_in(dir) else { return println!("no way in") };
    println!("before asking: {}", memory());
    let (time, _) = search(&desk, "奶奶");
    println!("the first question: {:.1} ms", millis(time));
    let mut all = vec![];
    for typed in QUERIES {
        let mut times: Vec<Duration> = (0..40).map(|_| search(&desk, typed).0).collect();
        times.sort();
        let hits = search(&desk, typed).1;
        println!(
            "  {typed}: {hits} hits, p50 {:.2} ms, worst {:.2} ms",
            millis(times[20]),
            millis(times[39])
        );
        all.append(&mut times);
    }
    all.sort();
    println!(
        "by the index: p50 {:.2} ms, p99 {:.2} ms, {}",
        millis(all[all.len() / 2]),
        millis(all[all.len() * 99 / 100]),
        memory()
    );
}

/// Notes saved while the index is in use: what a save costs, and a question while they wait for the index.
fn save(dir: &Path) {
    let Some(desk) = sign_in(dir) else { return println!("no way in") };
    let Some(child) = first(&desk) else { return };
    let save = |count: u64| {
        let mut times = vec![];
        for n in 0..count {
            let at = RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7());
            let fields = Fields::default()
                .with(note::ON, NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default())
                .with(note::TEXT, text(n).as_str());
            let begun = Instant::now();
            let record = SaveRecord { at, base: None, fields };
            let _ = desk.ask(Request::Save(Save { records: vec![record], draft: None }));
            times.push(begun.elapsed());
        }
        times.sort();
        times[times.len() / 2]
    };
    let without = save(100);
    let _ = search(&desk, "奶奶");
    let with = save(100);
    println!(
        "a save: {:.2} ms before the index listens, {:.2} ms while it does",
        millis(without),
        millis(with)
    );
    let mut times: Vec<Duration> = (0..20).map(|_| search(&desk, "奶奶 医院").0).collect();
    times.sort();
    println!("a question while some notes wait: p50 {:.2} ms", millis(times[10]));
    let begun = Instant::now();
    let _ = desk.index_texts();
    println!("200 notes taken in: {:.0} ms, {}", millis(begun.elapsed()), memory());
}
