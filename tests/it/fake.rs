//! An office without a store: it answers what the test put into it and writes down what it was asked.

use chrono::{NaiveDate, NaiveDateTime};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tonghu::domain::{
    ChangeId, ChildId, Fields, FormSpec, Record, RecordKind, RecordRef, Row, Stamp, Value, WorkerId, aid,
    forms,
};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorView, Place};
use uuid::Uuid;

pub(crate) struct FakeOffice {
    me: Me,
    pub(crate) inside: Mutex<Inside>,
}

#[derive(Default)]
pub(crate) struct Inside {
    pub(crate) asked: Vec<Request>,
    pub(crate) saves: Vec<Save>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) likely: Vec<Likeness>,
    pub(crate) file: Option<CaseFile>,
    pub(crate) registers: Vec<RegisterLine>,
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) history: Vec<HistoryLine>,
    /// What the next saves are refused with.
    pub(crate) refusals: VecDeque<Refusal>,
    pub(crate) opened: Vec<(String, NaiveDate)>,
}

pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

pub(crate) fn now() -> NaiveDateTime {
    today().and_hms_opt(9, 30, 0).unwrap()
}

pub(crate) fn worker(number: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(number))
}

/// The core forms, and one for each instrument, as a station has them.
fn with_instruments() -> Vec<FormSpec> {
    let mut forms = forms::all();
    let plain = forms.iter().find(|form| form.kind == RecordKind::Score).unwrap();
    let more = Instruments::core().unwrap().forms(plain);
    forms.extend(more);
    forms
}

impl FakeOffice {
    pub(crate) fn new() -> Arc<Self> {
        let me = Me { worker: worker(1), login: "liu".into(), role: Role::Caseworker };
        Arc::new(Self { me, inside: Mutex::default() })
    }

    pub(crate) fn with(edit: impl FnOnce(&mut Inside)) -> Arc<Self> {
        let office = Self::new();
        edit(&mut office.inside.lock().unwrap());
        office
    }

    /// The fields of the last save's record of a kind.
    pub(crate) fn saved(&self, kind: RecordKind) -> Fields {
        let inside = self.inside.lock().unwrap();
        let save = inside.saves.last().expect("nothing was saved");
        save.records.iter().find(|record| record.at.kind == kind).expect("no such record").fields.clone()
    }

    pub(crate) fn saves(&self) -> usize {
        self.inside.lock().unwrap().saves.len()
    }

    pub(crate) fn drafts(&self) -> Vec<Draft> {
        self.inside.lock().unwrap().drafts.clone()
    }
}

impl Office for FakeOffice {
    fn me(&self) -> &Me {
        &self.me
    }

    fn ask_watched(&self, request: Request, _: &dyn Watch) -> Result<Answer, Refusal> {
        let mut inside = self.inside.lock().unwrap();
        inside.asked.push(request.clone());
        match request {
            Request::Station => Ok(Answer::Station(Arc::new(Station {
                staff: vec![
                    Staff {
                        worker: worker(1),
                        name: "刘敏".into(),
                        login: "liu".into(),
                        role: Role::Caseworker,
                        closed: false,
                    },
                    Staff {
                        worker: worker(2),
                        name: "赵刚".into(),
                        login: "zhao".into(),
                        role: Role::Supervisor,
                        closed: false,
                    },
                ],
                forms: with_instruments(),
                instruments: Arc::new(Instruments::core().unwrap()),
                ..Station::default()
            }))),
            Request::Likely { .. } => Ok(Answer::Likely(inside.likely.clone())),
            Request::File(_) => {
                inside.file.clone().map(|file| Answer::File(Box::new(file))).ok_or(Refusal::NotFound)
            }
            Request::Match(_) => Ok(Answer::Match(inside.candidates.clone())),
            Request::Register(kind) => {
                let lines = inside.registers.iter().filter(|line| line.record.at.kind == kind);
                Ok(Answer::Register(lines.cloned().collect()))
            }
            Request::Statement(donor) => {
                let entries = aid::entries(
                    inside
                        .registers
                        .iter()
                        .map(|line| &line.record)
                        .filter(|one| one.at.kind == RecordKind::AidEntry),
                );
                let book = aid::Book::of(&entries).unwrap();
                let line = |(stock, received, given, left): (&aid::Stock, i64, i64, i64)| StatementLine {
                    stock: stock.clone(),
                    received,
                    given,
                    left,
                };
                Ok(Answer::Statement(Some(book.statement(&donor.0).into_iter().map(line).collect())))
            }
            Request::History(_) => Ok(Answer::History(inside.history.clone())),
            Request::Agenda(_) => Ok(Answer::Agenda(Agenda::default())),
            Request::Month { .. } => Ok(Answer::Month(vec![])),
            Request::Save(save) => {
                if let Some(refusal) = inside.refusals.pop_front() {
                    return Err(refusal);
                }
                let child = save.records.iter().find(|record| record.at.kind == RecordKind::Child);
                let child = child.map(|record| ChildId(record.at.id));
                inside.drafts.retain(|draft| Some(draft.id) != save.draft);
                inside.saves.push(save);
                let opened = inside.opened.clone();
                Ok(Answer::Saved(Saved {
                    change: ChangeId(Uuid::from_u128(9)),
                    child,
                    opened,
                    warnings: vec![],
                    told: vec![],
                }))
            }
            Request::Act { .. } | Request::Revert { .. } => Ok(Answer::Saved(Saved {
                change: ChangeId(Uuid::from_u128(9)),
                child: None,
                opened: vec![],
                warnings: vec![],
                told: vec![],
            })),
            Request::KeepDraft(draft) => {
                inside.drafts.retain(|other| other.id != draft.id);
                inside.drafts.push(draft);
                Ok(Answer::Done)
            }
            Request::Drafts => {
                let lines = inside.drafts.iter().map(|draft| DraftLine {
                    name: draft.fields.text(&forms::child::NAME).to_owned(),
                    when: now(),
                    draft: draft.clone(),
                });
                Ok(Answer::Drafts(lines.collect()))
            }
            Request::DropDraft(id) => {
                inside.drafts.retain(|draft| draft.id != id);
                Ok(Answer::Done)
            }
            _ => Ok(Answer::Done),
        }
    }

    fn import(&self, _: &mut dyn Iterator<Item = Fields>, _: &dyn Watch) -> Result<Imported, Refusal> {
        Err(Refusal::NotAllowed)
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn stamp() -> Stamp {
    Stamp::default()
}

pub(crate) fn record(kind: RecordKind, owner: u128, id: u128, fields: Fields) -> Record {
    let at = RecordRef::of(kind, Uuid::from_u128(owner), Uuid::from_u128(id));
    Record { at, fields, created: stamp(), updated: stamp() }
}

const CHILD: u128 = 100;
const HOUSEHOLD: u128 = 200;

pub(crate) fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

/// 王小明 of 柳树村, whom the grandmother minds while the father is in prison.
pub(crate) fn case_file() -> CaseFile {
    use forms::{case, child, contact, follow_up, household, member, note};
    let mut child = Fields::default()
        .with(child::NAME, "王小明")
        .with(child::SEX, choice("m"))
        .with(child::BIRTH, day("2016-03-05"))
        .with(child::GUARDIAN, "李桂花")
        .with(child::RELATION, choice("grandmother"))
        .with(child::PHONE, "10012345678")
        .with(child::VILLAGE, "柳树村")
        .with(child::RISK, choice("high"))
        .with(child::WORKER, Value::Link(worker(1).0))
        .with(child::HOUSEHOLD, Value::Link(Uuid::from_u128(HOUSEHOLD)))
        .with(tonghu::domain::FieldId::new("x-clan"), "东支");
    child.set(
        child::CATEGORIES,
        Some(Value::Choices(["left-behind".to_owned(), "prisoner".to_owned()].into())),
    );
    let child = record(RecordKind::Child, CHILD, CHILD, child);
    let follow_ups = vec![
        record(
            RecordKind::FollowUp,
            CHILD,
            301,
            Fields::default()
                .with(follow_up::KIND, choice("visit"))
                .with(follow_up::DUE, day("2026-11-18"))
                .with(follow_up::REASON, "上次联系2026-11-04，高风险")
                .with(follow_up::RULE, "visit-high")
                .with(follow_up::WORKER, Value::Link(worker(1).0)),
        ),
        record(
            RecordKind::FollowUp,
            CHILD,
            302,
            Fields::default()
                .with(follow_up::KIND, choice("paper"))
                .with(follow_up::DUE, day("2026-11-25"))
                .with(follow_up::REASON, "补交判决书复印件"),
        ),
        record(
            RecordKind::FollowUp,
            CHILD,
            303,
            Fields::default()
                .with(follow_up::KIND, choice("first-response"))
                .with(follow_up::DUE, day("2026-09-02"))
                .with(follow_up::DONE, day("2026-09-02"))
                .with(follow_up::OUTCOME, "已到家里看过，孩子安全"),
        ),
    ];
    let mut met = Fields::default()
        .with(contact::KIND, choice("visit"))
        .with(contact::ON, day("2026-11-04"))
        .with(contact::SEEN, "孩子在家写作业，奶奶腿脚不便，做饭靠邻居帮忙。".repeat(12).as_str())
        .with(contact::CONCERN, Value::Yes(true))
        .with(contact::CONCERN_TEXT, "夜里一个人睡在西屋")
        .with(contact::WORKER, Value::Link(worker(1).0));
    met.set(contact::MET, Some(Value::Choices(["child".to_owned(), "carer".to_owned()].into())));
    let contacts = vec![
        record(RecordKind::Contact, CHILD, 401, met),
        record(
            RecordKind::Contact,
            CHILD,
            402,
            Fields::default()
                .with(contact::KIND, choice("attempt"))
                .with(contact::ON, day("2026-10-20"))
                .with(contact::REASON, "无人在家"),
        ),
    ];
    let cases = vec![record(
        RecordKind::Case,
        CHILD,
        501,
        Fields::default()
            .with(case::OPENED, day("2026-09-01"))
            .with(case::REASON, "村里摸底时发现")
            .with(case::ASSESSED, day("2026-09-10")),
    )];
    let members = vec![
        record(
            RecordKind::Member,
            HOUSEHOLD,
            601,
            Fields::default()
                .with(member::ROLE, choice("father"))
                .with(member::NAME, "王强")
                .with(member::CIRCUMSTANCE, choice("prison"))
                .with(member::SINCE, day("2025-01-01"))
                .with(member::UNTIL, day("2029-01-01"))
                .with(member::CHILD_KNOWS, Value::Yes(false)),
        ),
        record(
            RecordKind::Member,
            HOUSEHOLD,
            602,
            Fields::default()
                .with(member::ROLE, choice("carer"))
                .with(member::NAME, "李桂花")
                .with(member::PHONE, "10012345678")
                .with(member::CIRCUMSTANCE, choice("at-home")),
        ),
    ];
    let household = record(
        RecordKind::Household,
        HOUSEHOLD,
        HOUSEHOLD,
        Fields::default().with(household::INCOME, Value::Number(12_000)).with(household::BENEFITS, "低保"),
    );
    let notes = vec![record(
        RecordKind::Note,
        CHILD,
        701,
        Fields::default()
            .with(note::TITLE, "学校来电")
            .with(note::ON, day("2026-11-10"))
            .with(note::TEXT, "班主任说孩子这周请了两天假。"),
    )];
    let row = Row::project(&child, &cases, &follow_ups, &contacts);
    let mut sister = row.clone();
    sister.child = ChildId(Uuid::from_u128(101));
    sister.name = "王小红".into();
    sister.sex = "f".into();
    sister.birth = Some(day("2019-06-01"));
    sister.risk = "medium".into();
    let missing = tonghu::domain::check::missing(&forms::child(), &child.fields);
    CaseFile {
        row,
        child,
        household: Some(household),
        members,
        cases,
        contacts,
        follow_ups,
        notes,
        services: vec![],
        aid: vec![],
        flags: vec![],
        missing,
        siblings: vec![sister],
    }
}

pub(crate) fn likeness(name: &str, strong: bool) -> Likeness {
    let mut row = case_file().row;
    row.name = name.into();
    Likeness { row, verdict: Verdict::SameChild { strong }, evidence: vec![Evidence::SameBirth] }
}

/// The file of the fake's child, opened by registering one.
pub(crate) fn open_file(office: &Arc<FakeOffice>) -> Harness {
    open_file_sized(office, Lang::Zh, (80, 24))
}

pub(crate) fn open_file_sized(office: &Arc<FakeOffice>, lang: Lang, size: (u16, u16)) -> Harness {
    let mut harness = Harness::sized(office.clone(), lang, now(), size);
    harness.press("f7").type_text("王小明").press("ctrl-s");
    let mut inside = office.inside.lock().unwrap();
    inside.saves.clear();
    inside.asked.clear();
    drop(inside);
    harness
}

/// A new visit to the fake's child.
pub(crate) fn visit(office: &Arc<FakeOffice>) -> Harness {
    let mut harness = open_file(office);
    harness.press("v");
    harness
}

/// Through the door, after which drafts are offered.
pub(crate) fn sign_in(office: &Arc<FakeOffice>) -> Harness {
    let door = DoorView { logins: vec!["liu".into()], ..DoorView::default() };
    let seat: Arc<dyn Office> = office.clone();
    let mut harness = Harness::at_door(
        door,
        Place::Unlock,
        Lang::Zh,
        now(),
        Box::new(move |_| Ok((DoorAnswer::Opened, Some(seat.clone())))),
    );
    harness.type_text("correct horse").press("enter");
    harness
}

/// Presses Tab until the field with this label has the focus.
pub(crate) fn go_to(harness: &mut Harness, label: &str) {
    for _ in 0..40 {
        let screen = harness.screen();
        if screen.lines().any(|line| line.starts_with('>') && line.contains(label)) {
            return;
        }
        harness.press("tab");
    }
    panic!("no field {label}:\n{}", harness.screen());
}
