//! The station's registers: what is no child's, kept by the office and shown a tab each.

use crate::fake::{FakeOffice, case_file, day, now, open_file_sized, record};
use chrono::NaiveDate;
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::forms::{activity, base, child, foster_family, placement, session, volunteer};
use tonghu::domain::{ChildId, FieldId, Fields, Record, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use uuid::Uuid;

pub(crate) fn choice(code: &str) -> Value {
    Value::Choice(code.into())
}

/// A station of its own, on a Monday.
pub(crate) struct House {
    dir: TempDir,
    clock: Arc<StillClock>,
}

const TODAY: &str = "2026-03-02";

impl House {
    pub(crate) fn new() -> Self {
        let morning = day(TODAY).and_hms_opt(8, 30, 0).unwrap();
        Self { dir: tempfile::tempdir().unwrap(), clock: Arc::new(StillClock::at(morning)) }
    }

    pub(crate) fn station(&self) -> Arc<Desk> {
        demo(self.dir.path(), self.clock.clone(), std::iter::empty()).unwrap()
    }

    pub(crate) fn wait_days(&self, days: u64) {
        self.clock.advance_days(days);
    }

    pub(crate) fn dir(&self) -> &std::path::Path {
        self.dir.path()
    }

    pub(crate) fn door(&self) -> Door {
        Door::new(self.dir.path().to_owned(), self.clock.clone())
    }

    pub(crate) fn reopen(&self) -> Arc<Desk> {
        self.sign_in(DEMO_LOGIN, &Passphrase::typed(DEMO_PASSPHRASE))
    }

    pub(crate) fn sign_in(&self, login: &str, passphrase: &Passphrase) -> Arc<Desk> {
        self.door().unlock(login, passphrase).unwrap()
    }
}

pub(crate) fn save(
    desk: &Desk,
    at: RecordRef,
    base: Option<Fields>,
    fields: Fields,
) -> Result<Saved, Refusal> {
    let records = vec![SaveRecord { at, base, fields }];
    match desk.ask(Request::Save(Save { records, draft: None }))? {
        Answer::Saved(saved) => Ok(saved),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn add(desk: &Desk, kind: RecordKind, fields: Fields) -> Result<Saved, Refusal> {
    save(desk, RecordRef::of(kind, Uuid::nil(), Uuid::nil()), None, fields)
}

pub(crate) fn register(desk: &Desk, kind: RecordKind) -> Vec<RegisterLine> {
    match desk.ask(Request::Register(kind)).unwrap() {
        Answer::Register(lines) => lines,
        other => panic!("{other:?}"),
    }
}

fn audited(desk: &Desk) -> Vec<(Verb, String)> {
    match desk.ask(Request::Audit(AuditQuery { limit: 100, ..AuditQuery::default() })).unwrap() {
        Answer::Audit(page) => page.lines.into_iter().map(|line| (line.verb, line.what)).collect(),
        other => panic!("{other:?}"),
    }
}

fn he(name: &str, checked: Option<&str>) -> Fields {
    let fields = Fields::default().with(volunteer::NAME, name).with(volunteer::VILLAGE, "杨家坪");
    match checked {
        Some(on) => fields.with(volunteer::CHECKED, day(on)).with(volunteer::TRAINED, day(on)),
        None => fields,
    }
}

#[test]
fn a_volunteer_is_there_after_the_station_was_closed_and_the_audit_names_the_register() {
    let house = House::new();
    let desk = house.station();
    add(&desk, RecordKind::Volunteer, he("何秀兰", Some("2025-12-01"))).unwrap();
    drop(desk);
    let desk = house.reopen();
    let lines = register(&desk, RecordKind::Volunteer);
    assert_eq!(lines.len(), 1);
    let record = &lines[0].record;
    assert_eq!(record.fields.text(&volunteer::NAME), "何秀兰");
    assert_eq!(record.at.owner, record.at.id);
    assert!(register(&desk, RecordKind::FosterFamily).is_empty());
    let audit = audited(&desk);
    assert!(audit.contains(&(Verb::Register, "volunteer".into())), "{audit:?}");
    assert!(audit.contains(&(Verb::Registers, String::new())), "{audit:?}");
}

#[test]
fn the_rules_say_whose_background_check_is_too_old_or_missing() {
    let house = House::new();
    let desk = house.station();
    let over = he("丁止", Some("2024-01-01")).with(volunteer::ENDED, day("2025-01-01"));
    for fields in [he("甲新", Some("2025-12-01")), he("乙旧", Some("2025-03-01")), he("丙无", None), over]
    {
        add(&desk, RecordKind::Volunteer, fields).unwrap();
    }
    let lines = register(&desk, RecordKind::Volunteer);
    let said = |line: &RegisterLine| {
        let rules: Vec<&str> = line.flags.iter().map(|flag| flag.rule.as_str()).collect();
        let overdue: Vec<&FieldId> = line.overdue.iter().collect();
        (
            line.record.fields.text(&volunteer::NAME).to_owned(),
            rules.contains(&"volunteer-check"),
            overdue.len(),
        )
    };
    let said: Vec<_> = lines.iter().map(said).collect();
    let expected = [("甲新", false, 0), ("乙旧", true, 1), ("丙无", true, 1), ("丁止", false, 0)];
    assert_eq!(said, expected.map(|(name, flag, overdue)| (name.to_owned(), flag, overdue)));
}

#[test]
fn what_somebody_else_changed_meanwhile_is_refused_and_what_no_form_allows_too() {
    let house = House::new();
    let desk = house.station();
    add(
        &desk,
        RecordKind::Base,
        Fields::default().with(base::NAME, "柳树村家园").with(base::KIND, choice("home")),
    )
    .unwrap();
    let Record { at, fields, .. } = register(&desk, RecordKind::Base).remove(0).record;
    save(&desk, at, Some(fields.clone()), fields.clone().with(base::PLACE, "村小旁")).unwrap();
    let late = save(&desk, at, Some(fields.clone()), fields.with(base::PLACE, "村委会"));
    assert_eq!(late.unwrap_err(), Refusal::Changed(vec![base::PLACE]));
    let nameless = add(&desk, RecordKind::Base, Fields::default().with(base::KIND, choice("base")));
    assert!(matches!(nameless, Err(Refusal::Invalid(_))));
    assert_eq!(desk.ask(Request::Register(RecordKind::Child)).unwrap_err(), Refusal::NotFound);
    assert_eq!(register(&desk, RecordKind::Base).len(), 1);
}

pub(crate) fn line(kind: RecordKind, id: u128, fields: Fields) -> RegisterLine {
    RegisterLine {
        record: record(kind, id, id, fields),
        flags: vec![],
        overdue: vec![],
        done: Default::default(),
    }
}

fn with_volunteers() -> Arc<FakeOffice> {
    let held = |on: NaiveDate, topic: &str| {
        Fields::default()
            .with(activity::KIND, choice("lecture"))
            .with(activity::ON, on)
            .with(activity::TOPIC, topic)
    };
    FakeOffice::with(|inside| {
        inside.registers = vec![
            line(RecordKind::Volunteer, 1, he("何秀兰", Some("2026-06-01"))),
            line(RecordKind::Volunteer, 2, he("石磊", None)),
            line(RecordKind::Activity, 3, held(day("2026-05-01"), "家庭教育")),
            line(RecordKind::Activity, 4, held(day("2026-09-01"), "防溺水")),
        ];
    })
}

#[test]
fn a_volunteer_is_found_by_pinyin_changed_and_another_one_added() {
    let office = with_volunteers();
    let mut harness = Harness::new(office.clone(), Lang::Zh, now());
    harness.press("g").sees("[志愿者]").sees("何秀兰").sees("石磊").sees("2026-06-01");
    harness.press("f").type_text("hxl").sees("何秀兰").sees_no("石磊");
    harness.press("enter").sees("修改志愿者").type_text("x").press("ctrl-s");
    assert_eq!(office.saved(RecordKind::Volunteer).text(&volunteer::NAME), "何秀兰x");
    harness.press("esc").sees("石磊").press("n").sees("登记志愿者").type_text("孙芳").press("ctrl-s");
    assert_eq!(office.saved(RecordKind::Volunteer).text(&volunteer::NAME), "孙芳");
}

#[test]
fn the_registers_are_beside_each_other_and_each_is_in_the_palette() {
    for (lang, word, tab) in [(Lang::Zh, "活动", "[活动]"), (Lang::En, "Activities", "[Activities]")] {
        for size in [(80, 24), (60, 18), (132, 43)] {
            let mut harness = Harness::sized(with_volunteers(), lang, now(), size);
            harness.press("f2").type_text(word).press("enter").sees(tab).sees("防溺水");
            let screen = harness.screen();
            assert!(screen.find("防溺水") < screen.find("家庭教育"), "newest first:\n{screen}");
            harness.press("right").press("right").press("right").sees("石磊");
        }
    }
}

#[test]
fn an_empty_register_says_how_to_begin() {
    let mut harness = Harness::new(FakeOffice::new(), Lang::Zh, now());
    harness.press("g").press("left").sees("[救助台账]").sees("按 n 新登记");
}

fn family(name: &str) -> Fields {
    use foster_family::*;
    Fields::default()
        .with(NAME, name)
        .with(VILLAGE, "柳树村")
        .with(CARER_BIRTH, day("1980-01-01"))
        .with(CAPACITY, Value::Number(1))
        .with(APPROVED, day("2025-06-01"))
        .with(CHECKED, day("2025-12-01"))
}

#[test]
fn a_family_with_a_foster_child_already_has_no_room_and_relatives_are_no_volunteers() {
    let house = House::new();
    let desk = house.station();
    let children = [("王小明", "何秀兰"), ("李丽", "李强")].map(|(name, guardian)| {
        let at = RecordRef::child(ChildId(Uuid::now_v7()));
        let fields = Fields::default().with(child::NAME, name).with(child::GUARDIAN, guardian);
        save(&desk, at, None, fields.with(child::VILLAGE, "柳树村")).unwrap();
        at.id
    });
    add(&desk, RecordKind::FosterFamily, family("赵家")).unwrap();
    add(&desk, RecordKind::FosterFamily, family("孙家")).unwrap();
    add(&desk, RecordKind::Volunteer, he("何秀兰", Some("2025-12-01"))).unwrap();
    let placed = Fields::default()
        .with(placement::KIND, choice("foster"))
        .with(placement::FAMILY, "赵家")
        .with(placement::BEGUN, day("2026-01-01"));
    let at = RecordRef::of(RecordKind::Placement, children[1], Uuid::now_v7());
    save(&desk, at, None, placed).unwrap();
    let of = |id: Uuid| match desk.ask(Request::Match(ChildId(id))).unwrap() {
        Answer::Match(found) => found
            .into_iter()
            .map(|one| (one.record.fields.text(&volunteer::NAME).to_owned(), one.fit.against))
            .collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let expected =
        [("孙家", vec![]), ("赵家", vec![FitReason::Full(1)]), ("何秀兰", vec![FitReason::OwnChild])];
    assert_eq!(of(children[0]), expected.map(|(name, against)| (name.to_owned(), against)));
    let own = of(children[1]);
    assert!(own.iter().all(|(_, against)| against.is_empty()), "its own place is not counted: {own:?}");
}

#[test]
fn a_match_shows_why_and_enter_begins_the_form_with_the_name() {
    for (lang, fits, no) in [(Lang::Zh, "同村", "是孩子自己的家人"), (Lang::En, "same village", "own family")]
    {
        let office = FakeOffice::with(|inside| {
            let fit = |good: FitReason, against: Option<FitReason>| Fit {
                good: vec![good],
                against: against.into_iter().collect(),
            };
            let of = |kind, id, fields| record(kind, id, id, fields);
            inside.file = Some(case_file());
            inside.candidates = vec![
                Candidate {
                    record: of(RecordKind::FosterFamily, 1, family("孙家")),
                    fit: fit(FitReason::SameVillage, None),
                },
                Candidate {
                    record: of(RecordKind::Volunteer, 2, he("石磊", Some("2026-06-01"))),
                    fit: fit(FitReason::Speaks, None),
                },
                Candidate {
                    record: of(RecordKind::Volunteer, 3, he("王强", Some("2026-06-01"))),
                    fit: fit(FitReason::SameVillage, Some(FitReason::OwnChild)),
                },
            ];
        });
        let mut harness = open_file_sized(&office, lang, (80, 24));
        harness.press("f").sees("孙家").sees(fits).sees(no);
        harness.press("end enter").sees("王强").press("home enter").press("ctrl-s");
        let saved = office.saved(RecordKind::Placement);
        assert_eq!(saved.text(&placement::FAMILY), "孙家");
        assert_eq!(saved.date(&placement::CARER_CHECKED), Some(day("2025-12-01")));
        harness.press("f").press("down enter").sees("石磊").press("esc");
        assert_eq!(office.saves(), 1);
        harness.press("f down enter").type_text("60").press("ctrl-s");
        assert_eq!(office.saved(RecordKind::Session).text(&session::VOLUNTEER), "石磊");
    }
}
