use super::*;
use crate::domain::{ChildId, Fields, Value};
use crate::office::{Answer, Desk, Door, NoteHit, Office, Query, Request, Save, SaveRecord, Saved, demo};
use crate::platform::clock::StillClock;
use crate::search::sentences::Words;
use crate::vault::Passphrase;
use chrono::NaiveDate;
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every edge with a handful of notes.
const SMALL: Sizes = Sizes { building: 700, tail: 5, table: 2, rebuild: 12, tables: 3, commits: 15 };

fn clock() -> Arc<StillClock> {
    let morning = NaiveDate::from_ymd_opt(2026, 3, 2).and_then(|day| day.and_hms_opt(8, 30, 0));
    Arc::new(StillClock::at(morning.unwrap()))
}

fn day(back: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 20 - back).unwrap()
}

struct House {
    dir: tempfile::TempDir,
    desk: Option<Desk>,
}

/// The desk with an index of small sizes, and no thread that would work unasked.
fn small(desk: Arc<Desk>) -> Desk {
    let mut desk = Arc::into_inner(desk).unwrap();
    desk.files.as_ref().unwrap().rolling.stop();
    let files = desk.files.as_mut().and_then(Arc::get_mut).unwrap();
    files.texts.stop();
    files.texts = Arc::new(Texts::new(SMALL));
    desk
}

impl House {
    fn new() -> House {
        let dir = tempfile::tempdir().unwrap();
        let desk = small(demo(dir.path(), clock(), std::iter::empty()).unwrap());
        House { dir, desk: Some(desk) }
    }

    fn desk(&self) -> &Desk {
        self.desk.as_ref().unwrap()
    }

    fn files(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(self.dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let text = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with("text");
        let mut files: Vec<PathBuf> = names.filter(|path| text(path)).collect();
        files.sort();
        files
    }

    fn reopen(&mut self) {
        self.desk = None;
        let door = Door::new(self.dir.path().to_owned(), clock());
        self.desk = Some(small(door.unlock("demo", &Passphrase::typed("look around freely")).unwrap()));
    }

    fn save(&self, at: RecordRef, base: Option<&Fields>, fields: &Fields) -> Saved {
        let record = SaveRecord { at, base: base.cloned(), fields: fields.clone() };
        match self.desk().ask(Request::Save(Save { records: vec![record], draft: None })).unwrap() {
            Answer::Saved(saved) => saved,
            other => panic!("{other:?}"),
        }
    }

    fn child(&self, name: &str, household: Option<Uuid>) -> (ChildId, Uuid) {
        let id = Uuid::now_v7();
        let mut fields = Fields::default().with(child::NAME, name);
        fields.set(child::HOUSEHOLD, household.map(Value::Link));
        self.save(RecordRef::child(ChildId(id)), None, &fields);
        let Answer::File(file) = self.desk().ask(Request::File(ChildId(id))).unwrap() else { panic!() };
        (ChildId(id), file.row.household.unwrap().0)
    }

    fn search(&self, typed: &str, limit: usize) -> Vec<NoteHit> {
        match self.desk().ask(Request::SearchNotes { text: Query(typed.into()), limit }).unwrap() {
            Answer::Notes(hits) => hits,
            other => panic!("{other:?}"),
        }
    }

    fn index(&self) -> Arc<Index> {
        let files = self.desk().files.as_ref().unwrap();
        files.texts.index(&files.store).unwrap()
    }

    fn catch_up(&self, least: usize) {
        let files = self.desk().files.as_ref().unwrap();
        files.texts.catch_up(&files.store, least).unwrap();
    }
}

#[derive(Clone, Debug)]
enum Step {
    Note { slot: usize, back: u32, text: String },
    Undo { slot: usize },
    Remark { text: String },
    Import { texts: Vec<String> },
    CatchUp { least: usize },
    Reopen,
    Harm { file: usize, at: usize, how: u8 },
    Ask,
}

fn text() -> impl Strategy<Value = String> {
    "[奶爷爸来走。a ]{1,10}[奶爷]"
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..8usize, 0..4u32, text()).prop_map(|(slot, back, text)| Step::Note { slot, back, text }),
        1 => (0..8usize).prop_map(|slot| Step::Undo { slot }),
        1 => text().prop_map(|text| Step::Remark { text }),
        1 => prop::collection::vec(text(), 1..4).prop_map(|texts| Step::Import { texts }),
        3 => (1..3usize).prop_map(|least| Step::CatchUp { least }),
        1 => Just(Step::Reopen),
        1 => (0..4usize, 0..4000usize, 0..3u8).prop_map(|(file, at, how)| Step::Harm { file, at, how }),
        2 => Just(Step::Ask),
    ]
}

/// What is in the files, as the test knows it: date and text, and how many children it names.
#[derive(Default)]
struct Model {
    notes: BTreeMap<usize, (RecordRef, Fields, Saved)>,
    remark: Option<(Fields, Fields)>,
    imported: Vec<String>,
}

impl Model {
    fn sought(&self, typed: &str) -> Vec<(Reverse<Option<NaiveDate>>, String)> {
        let words = Words::of(typed);
        let of_notes = self
            .notes
            .values()
            .map(|(_, fields, _)| (fields.date(&note::ON), fields.text(&note::TEXT).to_owned()));
        // The household has two children.
        let remark =
            self.remark.iter().map(|(_, fields)| (None, fields.text(&household::REMARKS).to_owned()));
        let imported = self.imported.iter().map(|text| (None, text.clone()));
        let all = of_notes.chain(remark.clone()).chain(remark).chain(imported);
        let mut sought: Vec<_> = all
            .flat_map(|(on, text)| {
                words.sentences(&text).into_iter().map(move |found| (Reverse(on), found.text))
            })
            .collect();
        sought.sort();
        sought
    }

    fn check(&self, house: &House) {
        for typed in ["奶", "奶奶", "爷爷 来", "爸来", "a", "a走", "来 走"] {
            let sought = self.sought(typed);
            let told = |hits: Vec<NoteHit>| -> Vec<_> {
                hits.into_iter().map(|hit| (Reverse(hit.on), hit.sentence)).collect()
            };
            let mut found = told(house.search(typed, 200));
            assert!(found.is_sorted_by_key(|(on, _)| *on), "{typed}: not the newest first");
            found.sort();
            assert_eq!(found, sought, "{typed}");
            let first = told(house.search(typed, 3));
            let days =
                |hits: &[(Reverse<_>, String)]| -> Vec<_> { hits.iter().take(3).map(|hit| hit.0).collect() };
            assert_eq!(days(&first), days(&sought), "{typed}: the first three");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    /// Whatever was written, edited, taken back and imported, however far the index is, was cut or harmed: the answer
    /// is what reading everything would give.
    #[test]
    fn the_index_answers_as_reading_everything_would(steps in prop::collection::vec(step(), 1..40)) {
        let mut house = House::new();
        let (child, home) = house.child("王小明", None);
        house.child("王小红", Some(home));
        let mut model = Model::default();
        for step in steps {
            match step {
                Step::Note { slot, back, text } => {
                    let fields = Fields::default().with(note::ON, day(back)).with(note::TEXT, text.as_str());
                    let before = model.notes.remove(&slot);
                    let fresh = RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7());
                    let at = before.as_ref().map_or(fresh, |(at, ..)| *at);
                    let saved = house.save(at, before.as_ref().map(|(_, fields, _)| fields), &fields);
                    model.notes.insert(slot, (at, fields, saved));
                }
                Step::Undo { slot } => {
                    let Some((at, fields, saved)) = model.notes.remove(&slot) else { continue };
                    // Only what was written once can be taken back so that nothing is left of it.
                    let undone = house.desk().ask(Request::Revert { child, change: saved.change });
                    if undone.is_ok() {
                        let files = house.desk().files.as_ref().unwrap();
                        if let Some(left) = keep::record(&files.store, at).unwrap() {
                            model.notes.insert(slot, (at, left.fields, saved));
                        }
                    } else {
                        model.notes.insert(slot, (at, fields, saved));
                    }
                }
                Step::Remark { text } => {
                    let at = RecordRef::of(RecordKind::Household, home, home);
                    let fields = Fields::default().with(household::REMARKS, text.as_str());
                    let base = model.remark.take().map(|(_, fields)| fields);
                    house.save(at, base.as_ref(), &fields);
                    model.remark = Some((base.unwrap_or_default(), fields));
                }
                Step::Import { texts } => {
                    let of = |text: &String| Fields::default().with(child::NAME, "李雷").with(child::REMARKS, text.as_str());
                    house.desk().import(&mut texts.iter().map(of), &crate::office::Unwatched).unwrap();
                    model.imported.extend(texts);
                }
                Step::CatchUp { least } => house.catch_up(least),
                Step::Reopen => house.reopen(),
                Step::Harm { file, at, how } => {
                    let files = house.files();
                    let Some(path) = files.get(file) else { continue };
                    let mut bytes = fs::read(path).unwrap();
                    let at = at % bytes.len();
                    match how {
                        0 => fs::remove_file(path).unwrap(),
                        1 => {
                            bytes[at] ^= 0x40;
                            fs::write(path, bytes).unwrap();
                        }
                        _ => fs::write(path, &bytes[..at]).unwrap(),
                    }
                }
                Step::Ask => model.check(&house),
            }
        }
        model.check(&house);
        house.catch_up(1);
        model.check(&house);
        house.reopen();
        model.check(&house);
    }
}

#[test]
fn what_is_indexed_is_not_looked_through_and_what_is_not_is() {
    let house = House::new();
    let (child, _) = house.child("王小明", None);
    for n in 0..12 {
        let fields =
            Fields::default().with(note::ON, day(0)).with(note::TEXT, format!("第{n}次走访").as_str());
        house.save(RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7()), None, &fields);
    }
    assert!(house.index().upto.is_some());
    assert_eq!(house.search("走访", 50).len(), 12);
    house.catch_up(1);
    let index = house.index();
    assert!(index.upto.is_none() && !index.tables.is_empty());
    let files = house.desk().files.as_ref().unwrap();
    let view = files.texts.view(&files.store).unwrap();
    assert!(view.tail.is_empty() && !view.flood && view.index.left().next().is_none());
    assert_eq!(house.search("走访", 50).len(), 12);
    let one: u32 = index.tables.iter().map(|texted| texted.table.docs()).sum();
    assert_eq!(one, 12);
}

#[test]
fn notes_edited_again_and_again_do_not_make_the_index_grow() {
    let house = House::new();
    let (child, _) = house.child("王小明", None);
    let at = RecordRef::of(RecordKind::Note, child.0, Uuid::now_v7());
    let text =
        |n: usize| Fields::default().with(note::ON, day(0)).with(note::TEXT, format!("第{n}次写下").as_str());
    house.save(at, None, &text(0));
    for n in 1..60 {
        house.save(at, Some(&text(n - 1)), &text(n));
        house.catch_up(1);
    }
    let index = house.index();
    let docs: u32 = index.tables.iter().map(|texted| texted.table.docs()).sum();
    assert!(docs < 10, "{docs} entries of one note in {} tables", index.tables.len());
    assert_eq!(house.search("写下", 50).len(), 1);
    assert_eq!(house.files().len(), index.tables.len() + 1);
}
