//! Checks of files: some are drawn, each is looked through, and what is amiss is told.

use super::Files;
use crate::domain::forms::{case, child, conference, contact, score, session, situation};
use crate::domain::{ChildId, Fields, FollowUp, RecordKind, Status, case as cases};
use crate::office::audit::{Deed, Verb};
use crate::office::{CaseFile, NOBODY, Quality, QualityCheck, QualityFile, QualityScope, Refusal, Watch};
use crate::practice::quality::{Check, Inspected, Test, draw};
use chrono::NaiveDate;
use std::cmp::Reverse;

impl Files {
    pub(super) fn quality(&self, scope: &QualityScope, watch: &dyn Watch) -> Result<Quality, Refusal> {
        let open = self.open_of(scope);
        let of = open.len();
        let drawn = match scope.sample {
            Some(count) => draw(open.iter().map(|child| child.0), count, scope.seed),
            None => open.iter().map(|child| child.0).collect(),
        };
        // Before the first is read, as with a file that is opened.
        self.noted(Deed::about(Verb::Quality, &format!("{}/{of} #{}", drawn.len(), scope.seed)))?;
        let practice = self.practice();
        let (checks, today) = (&practice.checks, self.today());
        let mut files = Vec::with_capacity(drawn.len());
        let mut failed_of = vec![0; checks.all().len()];
        for (at, child) in drawn.iter().enumerate() {
            if !watch.progress(at as u64, u64::try_from(drawn.len()).ok()) {
                return Err(Refusal::Stopped);
            }
            let file = match self.gather(ChildId(*child)) {
                // Gone since it was drawn.
                Err(Refusal::NotFound) => continue,
                file => file?,
            };
            let failed = checks.failed(&inspected(&file, today), today);
            failed.iter().for_each(|at| failed_of[*at] += 1);
            files.push(QualityFile { row: file.row, failed });
        }
        files.sort_by_key(|file| Reverse(file.failed.len()));
        let checks = checks.all().iter().zip(failed_of);
        let checks = checks.map(|(check, failed)| QualityCheck {
            id: check.id.clone(),
            group: check.group.code(),
            text: check.text.clone(),
            sources: self.sources(check),
            failed,
        });
        Ok(Quality { files, of, seed: scope.seed, checks: checks.collect() })
    }

    fn open_of(&self, scope: &QualityScope) -> Vec<ChildId> {
        let roster = self.roster();
        let wanted = scope.worker.map(|worker| match worker {
            NOBODY => 0,
            worker => roster.worker(worker).unwrap_or(u16::MAX),
        });
        let is_wanted = |slot: &u32| {
            let digest = roster.digest(*slot);
            digest.status != Status::Closed && wanted.is_none_or(|worker| worker == digest.worker)
        };
        roster
            .living_slots()
            .filter(is_wanted)
            .filter_map(|slot| roster.view(slot).map(|view| view.child))
            .collect()
    }

    /// Its own, else those of the rules behind it.
    fn sources(&self, check: &Check) -> Vec<(crate::practice::deadlines::Words, crate::practice::Certainty)> {
        let practice = self.practice();
        match (&check.source, &check.test) {
            (Some(source), _) => vec![source.clone()],
            (None, Test::Flags(flags)) => {
                let rules =
                    practice.flags.iter().flat_map(|rules| flags.iter().filter_map(|id| rules.get(id)));
                let mut sources: Vec<_> = rules.map(|rule| (rule.source.clone(), rule.certainty)).collect();
                sources.dedup();
                sources
            }
            _ => vec![],
        }
    }
}

fn inspected(file: &CaseFile, today: NaiveDate) -> Inspected<'_> {
    let holds = |flag: &&crate::office::FlagLine| flag.now && flag.overruled.is_none();
    let open = file.follow_ups.iter().filter_map(FollowUp::open);
    let met = file.contacts.iter().map(|record| &record.fields).filter(|fields| {
        fields.text(&contact::KIND) == "visit" && fields.choices(&contact::MET).any(|met| met == "child")
    });
    let birth = file.child.fields.date(&child::BIRTH);
    Inspected {
        flags: file.flags.iter().filter(holds).map(|flag| flag.rule.as_str()).collect(),
        fields_missing: !file.missing.is_empty(),
        overdue_days: open.map(|one| one.overdue_days(today)).max().unwrap_or(0),
        opened: file.cases.first().and_then(|record| record.fields.date(&case::OPENED)),
        met: met.filter_map(|fields| fields.date(&contact::ON)).max(),
        own_words: file.services.iter().any(|record| is_heard(record.at.kind, &record.fields)),
        age: birth.and_then(|birth| cases::age(birth, today)).map(|age| age.years),
    }
}

/// The child said something, answered for itself, or was asked.
fn is_heard(kind: RecordKind, fields: &Fields) -> bool {
    match kind {
        RecordKind::Session => !fields.text(&session::CHILD_SAID).trim().is_empty(),
        RecordKind::Score => fields.text(&score::BY) == "child",
        RecordKind::Conference => fields.yes(&conference::CHILD_HEARD) == Some(true),
        RecordKind::Situation => fields.yes(&situation::CHILD_HEARD) == Some(true),
        _ => false,
    }
}
