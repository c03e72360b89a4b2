//! A child's whole file, and its history.

use super::papers::Papers;
use super::{Files, facts};
use crate::domain::forms::{case, contact, note};
use crate::domain::{ChildId, FieldId, FollowUp, Record, RecordKind, check};
use crate::office::audit::Verb;
use crate::office::{CaseFile, FlagLine, HistoryLine, Refusal};
use crate::practice::flags::Flag;
use std::cmp::Reverse;
use std::collections::HashSet;

impl Files {
    /// The opening of a file is on the disk before anybody sees it.
    pub(super) fn file(&self, child: ChildId) -> Result<CaseFile, Refusal> {
        let file = self.gather(child)?;
        self.opened(child, Verb::Open)?;
        Ok(file)
    }

    /// The same, for who notes by itself that it is read.
    pub(super) fn gather(&self, child: ChildId) -> Result<CaseFile, Refusal> {
        let row = {
            let roster = self.roster();
            roster.of_child(child).map(|view| view.to_row()).ok_or(Refusal::NotFound)?
        };
        let all = |kind, owner| {
            let records = self.recent.all(&self.store, kind, owner)?;
            Ok::<_, Refusal>(records.iter().map(|record| Record::clone(record)).collect::<Vec<_>>())
        };
        let of = |kind| all(kind, child.0);
        let record = of(RecordKind::Child)?.pop().ok_or(Refusal::NotFound)?;
        let (mut household, mut members, mut siblings) = (None, vec![], vec![]);
        if let Some(id) = row.household {
            household = all(RecordKind::Household, id.0)?.pop();
            members = all(RecordKind::Member, id.0)?;
            members.sort_by_key(|member| member.created);
            siblings = self.roster().household(id);
            siblings.retain(|row| row.child != child);
            siblings.sort_by_key(|row| row.birth);
        }
        let mut follow_ups = of(RecordKind::FollowUp)?;
        follow_ups.sort_by_key(|record| match FollowUp::of(record) {
            Some(open) if open.is_open() => (false, Some(open.due), Reverse(None)),
            other => (true, None, Reverse(other.and_then(|done| done.done))),
        });
        let mut services = vec![];
        for kind in RecordKind::SERVICES {
            let mut all = of(kind)?;
            all.sort_by_key(|record| Reverse((facts::happened(record), record.created)));
            services.extend(all);
        }
        let station = self.station();
        let missing = station.form("child").map(|form| check::missing(form, &record.fields));
        let mut file = CaseFile {
            row,
            child: record,
            household,
            members,
            cases: newest(of(RecordKind::Case)?, &case::OPENED),
            contacts: newest(of(RecordKind::Contact)?, &contact::ON),
            follow_ups,
            notes: newest(of(RecordKind::Note)?, &note::ON),
            services,
            aid: self.aid_of(child)?,
            flags: vec![],
            missing: missing.unwrap_or_default(),
            siblings,
        };
        file.flags = self.flags(&file);
        Ok(file)
    }

    /// What the rules say of a file today, the most pressing first; what was overruled comes last.
    fn flags(&self, file: &CaseFile) -> Vec<FlagLine> {
        let lists = [&file.members, &file.cases, &file.contacts, &file.services];
        let records = lists.into_iter().flatten().chain([&file.child]);
        let practice = self.practice();
        let (Some(rules), Some(papers)) = (&practice.flags, Papers::of(records)) else { return vec![] };
        let today = self.today();
        let facts = facts::of(&papers.known(), &practice.instruments, today).facts;
        let line = |flag: &Flag| FlagLine {
            overruled: papers.overruled(&flag.rule.id, today).cloned(),
            ..flag_line(flag)
        };
        let mut flags: Vec<FlagLine> = rules.look(&facts, today).flags.iter().map(line).collect();
        flags.sort_by_key(|flag| flag.overruled.is_some());
        flags
    }

    pub(super) fn history(&self, child: ChildId) -> Result<Vec<HistoryLine>, Refusal> {
        if self.roster().slot(child).is_none() {
            return Err(Refusal::NotFound);
        }
        self.opened(child, Verb::History)?;
        self.changes_told(child)
    }

    pub(super) fn changes_told(&self, child: ChildId) -> Result<Vec<HistoryLine>, Refusal> {
        let station = self.station();
        let changes = self.changes(child)?;
        let reverted: HashSet<_> = changes.iter().filter_map(|change| change.reverts).collect();
        let line = |change: crate::domain::Change| HistoryLine {
            by: station.worker(change.by).unwrap_or_default().to_owned(),
            when: self.clock.local(change.at.millis),
            reverted: reverted.contains(&change.id),
            change,
        };
        Ok(changes.into_iter().rev().map(line).collect())
    }
}

pub(super) fn flag_line(flag: &Flag) -> FlagLine {
    FlagLine {
        rule: flag.rule.id.clone(),
        grade: flag.rule.grade,
        about: flag.rule.each.zip(flag.about),
        now: flag.now,
        span: flag.span,
        text: flag.rule.text.clone(),
        act: flag.rule.act.clone(),
        source: flag.rule.source.clone(),
        certainty: flag.rule.certainty,
        page: flag.rule.page.clone(),
        because: flag.because.clone(),
        overruled: None,
    }
}

/// By a date of theirs, newest first.
fn newest(mut records: Vec<Record>, date: &FieldId) -> Vec<Record> {
    records.sort_by_key(|record| Reverse((record.fields.date(date), record.created)));
    records
}
