//! Searching what was written, across files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use tonghu::domain::forms::{child, household, member, note};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::office::{
    Answer, Desk, Door, NoteHit, Office, Query, Refusal, Request, Save, SaveRecord, Unwatched, Watch, demo,
};
use tonghu::platform::clock::StillClock;
use tonghu::vault::Passphrase;
use uuid::Uuid;

fn clock() -> Arc<StillClock> {
    Arc::new(StillClock::at("2026-03-02T08:30:00".parse().unwrap()))
}

fn station() -> (TempDir, Arc<Desk>) {
    let dir = tempfile::tempdir().unwrap();
    let desk = demo(dir.path(), clock(), std::iter::empty()).unwrap();
    (dir, desk)
}

fn reopen(dir: &Path) -> Arc<Desk> {
    Door::new(dir.to_owned(), clock()).unlock("demo", &Passphrase::typed("look around freely")).unwrap()
}

fn save(desk: &Desk, at: RecordRef, base: Option<&Fields>, fields: &Fields) {
    let record = SaveRecord { at, base: base.cloned(), fields: fields.clone() };
    desk.ask(Request::Save(Save { records: vec![record], draft: None })).unwrap();
}

fn register(desk: &Desk, name: &str, home: Option<Uuid>) -> (ChildId, Uuid) {
    let id = ChildId(Uuid::now_v7());
    let mut fields = Fields::default().with(child::NAME, name);
    fields.set(child::HOUSEHOLD, home.map(Value::Link));
    save(desk, RecordRef::child(id), None, &fields);
    let Answer::File(file) = desk.ask(Request::File(id)).unwrap() else { panic!() };
    (id, file.row.household.unwrap().0)
}

fn written(on: &str, text: &str) -> Fields {
    Fields::default().with(note::ON, on.parse::<chrono::NaiveDate>().unwrap()).with(note::TEXT, text)
}

fn add(desk: &Desk, child: ChildId, on: &str, text: &str) -> RecordRef {
    let at = RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7());
    save(desk, at, None, &written(on, text));
    at
}

fn hits(desk: &Desk, typed: &str) -> Vec<NoteHit> {
    match desk.ask(Request::SearchNotes { text: Query(typed.into()), limit: 50 }).unwrap() {
        Answer::Notes(hits) => hits,
        other => panic!("{other:?}"),
    }
}

fn found(desk: &Desk, typed: &str) -> Vec<String> {
    hits(desk, typed).into_iter().map(|hit| hit.sentence).collect()
}

fn index_files(dir: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("text")).collect()
}

#[test]
fn a_note_saved_a_moment_ago_is_found_and_after_an_edit_only_its_new_text() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    add(&desk, child, "2026-02-01", "爸爸从工地回来了。");
    desk.index_texts().unwrap();
    let at = add(&desk, child, "2026-02-20", "奶奶的腿摔伤了。下周去医院。");
    assert_eq!(found(&desk, "摔伤"), ["奶奶的腿摔伤了。"]);
    desk.index_texts().unwrap();
    assert_eq!(found(&desk, "摔伤"), ["奶奶的腿摔伤了。"]);
    let (old, new) =
        (written("2026-02-20", "奶奶的腿摔伤了。下周去医院。"), written("2026-02-20", "奶奶已经能走路了。"));
    save(&desk, at, Some(&old), &new);
    for _ in 0..2 {
        assert_eq!(found(&desk, "摔伤"), [""; 0]);
        assert_eq!(found(&desk, "走路"), ["奶奶已经能走路了。"]);
        assert_eq!(found(&desk, "工地"), ["爸爸从工地回来了。"]);
        desk.index_texts().unwrap();
    }
    drop(desk);
    let desk = reopen(dir.path());
    assert_eq!(found(&desk, "摔伤"), [""; 0]);
    assert_eq!(found(&desk, "走路"), ["奶奶已经能走路了。"]);
}

#[test]
fn what_was_saved_and_not_indexed_before_the_program_ended_is_found_at_the_next_start() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    add(&desk, child, "2026-02-01", "爸爸从工地回来了。");
    desk.index_texts().unwrap();
    add(&desk, child, "2026-02-20", "奶奶从老家回来了。");
    drop(desk);
    let desk = reopen(dir.path());
    assert_eq!(found(&desk, "回来"), ["奶奶从老家回来了。", "爸爸从工地回来了。"]);
}

#[test]
fn the_newest_sentences_come_first_and_no_more_than_asked_for() {
    let (_dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    for day in [3, 9, 1, 7, 5] {
        add(&desk, child, &format!("2026-02-0{day}"), &format!("{day}日走访。"));
        if day == 1 {
            desk.index_texts().unwrap();
        }
    }
    let ask = Request::SearchNotes { text: Query("走访".into()), limit: 3 };
    let Answer::Notes(hits) = desk.ask(ask).unwrap() else { panic!() };
    let sentences: Vec<_> = hits.iter().map(|hit| hit.sentence.as_str()).collect();
    assert_eq!(sentences, ["9日走访。", "7日走访。", "5日走访。"]);
}

#[test]
fn a_sentence_in_a_note_of_twenty_thousand_characters_is_found_by_the_index() {
    let (_dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    let long = "今天走访了家里。".repeat(2_500) + "孩子说想念在外打工的爸爸。";
    add(&desk, child, "2026-02-20", &long);
    desk.index_texts().unwrap();
    assert_eq!(found(&desk, "想念 爸爸"), ["孩子说想念在外打工的爸爸。"]);
    assert_eq!(found(&desk, "想"), ["孩子说想念在外打工的爸爸。"]);
}

#[test]
fn what_is_written_of_a_household_and_its_members_names_its_children() {
    let (_dir, desk) = station();
    let (sister, home) = register(&desk, "王小红", None);
    let (brother, _) = register(&desk, "王小明", Some(home));
    register(&desk, "李雷", None);
    let remark = Fields::default().with(household::REMARKS, "房顶漏雨，村里答应修。");
    save(&desk, RecordRef::of(RecordKind::Household, home, home), None, &remark);
    let father = Fields::default()
        .with(member::ROLE, Value::Choice("father".into()))
        .with(member::CIRCUMSTANCE, Value::Choice("working-away".into()))
        .with(member::REMARKS, "在东莞打工，春节才回。");
    save(&desk, RecordRef::of(RecordKind::Member, home, Uuid::now_v7()), None, &father);
    for _ in 0..2 {
        for typed in ["漏雨", "东莞"] {
            let mut children: Vec<_> = hits(&desk, typed).iter().map(|hit| hit.row.child).collect();
            children.sort();
            assert_eq!(children, [sister, brother], "{typed}");
        }
        desk.index_texts().unwrap();
    }
}

#[test]
fn an_index_that_is_cut_changed_or_gone_costs_no_answer() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    for day in 10..20 {
        add(&desk, child, &format!("2026-02-{day}"), &format!("{day}日奶奶来过。"));
    }
    desk.index_texts().unwrap();
    drop(desk);
    let whole: Vec<(PathBuf, Vec<u8>)> =
        index_files(dir.path()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    assert!(whole.len() >= 2);
    for (path, bytes) in &whole {
        for harm in 0..4 {
            for (path, bytes) in &whole {
                fs::write(path, bytes).unwrap();
            }
            match harm {
                0 => fs::remove_file(path).unwrap(),
                1 => fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
                2 => fs::write(path, []).unwrap(),
                _ => {
                    let mut bytes = bytes.clone();
                    bytes[60] ^= 1;
                    fs::write(path, bytes).unwrap();
                }
            }
            let desk = reopen(dir.path());
            assert_eq!(found(&desk, "奶奶").len(), 10, "{} {harm}", path.display());
            desk.index_texts().unwrap();
            assert_eq!(found(&desk, "奶奶").len(), 10);
        }
    }
    for path in index_files(dir.path()) {
        fs::remove_file(path).unwrap();
    }
    let desk = reopen(dir.path());
    assert_eq!(found(&desk, "奶奶").len(), 10);
}

#[test]
fn the_index_of_one_day_does_not_speak_for_the_files_of_another() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    add(&desk, child, "2026-02-01", "奶奶来过。");
    desk.index_texts().unwrap();
    drop(desk);
    let old: Vec<(PathBuf, Vec<u8>)> =
        index_files(dir.path()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    let desk = reopen(dir.path());
    add(&desk, child, "2026-02-02", "奶奶又来过。");
    desk.index_texts().unwrap();
    drop(desk);
    for path in index_files(dir.path()) {
        fs::remove_file(path).unwrap();
    }
    for (path, bytes) in old {
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(found(&reopen(dir.path()), "奶奶"), ["奶奶又来过。", "奶奶来过。"]);
}

#[test]
fn an_import_is_searched_before_and_after_it_is_indexed() {
    let (_dir, desk) = station();
    register(&desk, "王小明", None);
    desk.index_texts().unwrap();
    let row = |n: usize| {
        let remark = if n % 100 == 7 { "对青霉素过敏。" } else { "" };
        Fields::default().with(child::NAME, "李雷").with(child::REMARKS, remark)
    };
    desk.import(&mut (0..3000).map(row), &Unwatched).unwrap();
    assert_eq!(found(&desk, "青霉素").len(), 30);
    desk.index_texts().unwrap();
    assert_eq!(found(&desk, "青霉素").len(), 30);
}

#[test]
fn after_a_restore_elsewhere_everything_is_found() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    add(&desk, child, "2026-02-01", "奶奶来过。");
    desk.index_texts().unwrap();
    let backup = dir.path().join("stick");
    desk.ask(Request::Backup { to: backup.clone() }).unwrap();
    let file = fs::read_dir(&backup).map_or(backup.clone(), |mut all| all.next().unwrap().unwrap().path());
    let elsewhere = tempfile::tempdir().unwrap();
    tonghu::store::restore(&file, elsewhere.path(), &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    let desk = reopen(elsewhere.path());
    assert_eq!(found(&desk, "奶奶"), ["奶奶来过。"]);
    desk.index_texts().unwrap();
    assert_eq!(found(&desk, "奶奶"), ["奶奶来过。"]);
}

#[test]
fn no_pair_of_characters_of_a_note_stands_in_any_file() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    let sentence = "龘靐齉麤爨籲鸞钃";
    for _ in 0..300 {
        add(&desk, child, "2026-02-01", sentence);
    }
    desk.index_texts().unwrap();
    assert_eq!(hits(&desk, sentence).len(), 50);
    drop(desk);
    let chars: Vec<char> = sentence.chars().collect();
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    let mut left = vec![dir.path().to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for pair in &pairs {
            let stands = bytes.windows(pair.len()).any(|window| window == pair.as_bytes());
            assert!(!stands, "{} holds {pair}", path.display());
        }
    }
}

/// Stops at the first question.
#[derive(Default)]
struct Impatient(AtomicU64);

impl Watch for Impatient {
    fn progress(&self, _: u64, _: Option<u64>) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        false
    }
}

#[test]
fn a_search_can_be_stopped_whether_it_reads_the_index_or_the_files() {
    let (_dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    for n in 0..300 {
        // Both words stand in each note, never in one sentence: each is opened in vain.
        add(&desk, child, "2026-02-01", &format!("第{n}次奶奶来。爷爷走。"));
    }
    for _ in 0..2 {
        let watch = Impatient::default();
        let ask = Request::SearchNotes { text: Query("奶奶 爷爷".into()), limit: 5 };
        assert_eq!(desk.ask_watched(ask, &watch).unwrap_err(), Refusal::Stopped);
        assert_eq!(watch.0.into_inner(), 1);
        desk.index_texts().unwrap();
    }
}

#[test]
fn the_loss_of_the_engine_or_the_roster_file_costs_no_sentence() {
    for lost in ["sled", "roster"] {
        let (dir, desk) = station();
        let (child, _) = register(&desk, "王小明", None);
        add(&desk, child, "2026-02-01", "奶奶来过。");
        desk.index_texts().unwrap();
        add(&desk, child, "2026-02-02", "奶奶又来过。");
        drop(desk);
        let path = dir.path().join(lost);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        assert_eq!(found(&reopen(dir.path()), "奶奶"), ["奶奶又来过。", "奶奶来过。"], "{lost}");
    }
}

#[test]
fn a_table_that_was_finished_when_the_power_went_but_never_counted_is_cleared_away() {
    let (dir, desk) = station();
    let (child, _) = register(&desk, "王小明", None);
    add(&desk, child, "2026-02-01", "奶奶来过。");
    desk.index_texts().unwrap();
    drop(desk);
    let table = index_files(dir.path()).into_iter().find(|path| !path.ends_with("text")).unwrap();
    let orphan = dir.path().join("text-0000000099");
    fs::copy(table, &orphan).unwrap();
    assert_eq!(found(&reopen(dir.path()), "奶奶"), ["奶奶来过。"]);
    assert!(!orphan.exists());
}
