//! An office without a store: it answers what the test put into it and writes down what it was asked.

use chrono::{NaiveDate, NaiveDateTime};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tonghu::domain::{ChangeId, ChildId, Fields, RecordKind, WorkerId, forms};
use tonghu::office::*;
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
                    Staff { worker: worker(1), name: "刘敏".into(), login: "liu".into(), role: Role::Caseworker },
                    Staff { worker: worker(2), name: "赵刚".into(), login: "zhao".into(), role: Role::Supervisor },
                ],
                forms: forms::all(),
                ..Station::default()
            }))),
            Request::Likely { .. } => Ok(Answer::Likely(inside.likely.clone())),
            Request::File(_) => {
                inside.file.clone().map(|file| Answer::File(Box::new(file))).ok_or(Refusal::NotFound)
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
                Ok(Answer::Saved(Saved { change: ChangeId(Uuid::from_u128(9)), child, opened, warnings: vec![] }))
            }
            Request::Act { .. } | Request::Revert { .. } => Ok(Answer::Saved(Saved {
                change: ChangeId(Uuid::from_u128(9)),
                child: None,
                opened: vec![],
                warnings: vec![],
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
