//! Precedents: what a closed case can tell, who lets it go, and what other stations have let go.

mod names;

use super::Files;
use crate::domain::case::status;
use crate::domain::forms::case;
use crate::domain::plain::one_line;
use crate::domain::{ChildId, Record, RecordKind, RecordRef, Status};
use crate::office::audit::{Deed, Verb};
use crate::office::handout::{self, HandoutFault};
use crate::office::ledger::id_at;
use crate::office::precedent::{Kept, Stored, Waiting};
use crate::office::{
    CaseFile, Like, Precedent, PrecedentAnswer, PrecedentAsk, PrecedentFault, PrecedentLine, PrecedentList,
    PrecedentLook, Profile, Proposal, Refusal, Review, ReviewLine, Told, WaitingLine, keep,
};
use crate::practice::precedent::draft::{self, Closed};
use crate::practice::precedent::{Flaw, LONGEST_LINE, MOST_LINES, Precedents, age_band, likeness};
use crate::search::telling::Known;
pub(super) use names::common;
use names::neutral;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const FORMAT: &str = "tonghu-precedents";
/// Of one file.
const MOST: usize = 5_000;

/// What goes out and comes in: no station, no names, no days.
#[derive(Serialize)]
struct Out<'a> {
    precedents: Vec<&'a Precedent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct In {
    precedents: Vec<serde_json::Value>,
}

impl Files {
    pub(super) fn precedent(&self, ask: PrecedentAsk) -> Result<PrecedentAnswer, Refusal> {
        Ok(match ask {
            PrecedentAsk::List { like } => PrecedentAnswer::List(self.precedents(like)?),
            PrecedentAsk::Review(child) => PrecedentAnswer::Review(Box::new(self.review(child)?)),
            PrecedentAsk::Check { child, text } => {
                let file = self.file(child)?;
                let common = common(&self.table()?);
                PrecedentAnswer::Checked(self.known(&common, &file)?.find(&one_line(&text)))
            }
            PrecedentAsk::Propose(proposal) => {
                self.propose(proposal)?;
                PrecedentAnswer::Done
            }
            PrecedentAsk::Release(proposal) => {
                self.release(proposal)?;
                PrecedentAnswer::Released
            }
            PrecedentAsk::Withdraw(id) => {
                self.withdraw(id)?;
                PrecedentAnswer::Done
            }
            PrecedentAsk::Export { to } => self.export_precedents(&to)?,
            PrecedentAsk::Import { from, take } => {
                PrecedentAnswer::Looked(self.import_precedents(&from, take)?)
            }
        })
    }

    fn table(&self) -> Result<Precedents, Refusal> {
        Ok(self.practice().precedents.clone().ok_or(PrecedentFault::NoTable)?)
    }

    fn stored(&self) -> Result<(Vec<Kept>, Vec<Waiting>), Refusal> {
        let (mut kept, mut waiting) = (vec![], vec![]);
        for stored in keep::each::<Stored>(&self.store, RecordKind::Precedent)? {
            match stored {
                Stored::Released(one) => kept.push(*one),
                Stored::Waiting(one) => waiting.push(one),
            }
        }
        Ok((kept, waiting))
    }

    fn precedents(&self, like: Option<ChildId>) -> Result<PrecedentList, Refusal> {
        let profile = like.map(|child| Ok::<_, Refusal>(self.profile(&self.file(child)?))).transpose()?;
        let (kept, waiting) = self.stored()?;
        let weights = self.practice().precedents.as_ref().map(|table| table.weights);
        let compare = |precedent: &Precedent| -> (u32, Vec<Like>) {
            match (&profile, &weights) {
                (Some(profile), Some(weights)) => likeness(&precedent.child, profile, weights),
                _ => (0, vec![]),
            }
        };
        let line = |kept: Kept| PrecedentLine {
            like: compare(&kept.precedent),
            id: kept.id,
            precedent: kept.precedent,
            by: kept.by,
            on: kept.on,
        };
        let mut lines: Vec<PrecedentLine> = kept.into_iter().map(line).collect();
        lines.sort_by_key(|line| Reverse((line.like.0, line.on, line.id)));
        if !waiting.is_empty() {
            self.listed(Verb::Cases)?;
        }
        let roster = self.roster();
        let name = |child| roster.of_child(child).map(|view| view.name.to_owned()).unwrap_or_default();
        let mut waiting: Vec<WaitingLine> = waiting
            .into_iter()
            .map(|one| WaitingLine {
                child: one.proposal.child,
                name: name(one.proposal.child),
                by: one.by,
                on: one.on,
            })
            .collect();
        waiting.sort_by_key(|line| line.on);
        Ok(PrecedentList { lines, waiting })
    }

    /// As the child is now.
    fn profile(&self, file: &CaseFile) -> Profile {
        let situation = file.services.iter().find(|record| record.at.kind == RecordKind::Situation);
        Profile::of(&file.child.fields, situation.map(|of| &of.fields), &file.members, self.today())
    }

    fn draft(&self, file: &CaseFile) -> Result<(Record, Precedent, Vec<draft::Line>), Refusal> {
        let closed = file.cases.iter().find(|record| status(&record.fields, None) == Status::Closed);
        let case = closed.ok_or(PrecedentFault::NotClosed)?;
        let all = [&file.contacts, &file.notes, &file.services, &file.follow_ups];
        let records = all.into_iter().flatten().collect();
        let practice = self.practice();
        let instruments = &practice.instruments;
        let (child, members) = (&file.child.fields, file.members.as_slice());
        let of = Closed { child, members, case: &case.fields, records, instruments };
        let (precedent, lines) = draft::draft(&of).ok_or(PrecedentFault::NotClosed)?;
        Ok((case.clone(), precedent, lines))
    }

    fn review(&self, child: ChildId) -> Result<Review, Refusal> {
        let table = self.table()?;
        let file = self.file(child)?;
        let (case, precedent, lines) = self.draft(&file)?;
        let common = common(&table);
        let known = self.known(&common, &file)?;
        let (kept, waiting) = self.stored()?;
        let hash = hash_of(case.at.id);
        let mut proposed: Vec<Told> = vec![];
        let waits = waiting.into_iter().find(|one| one.proposal.case == case.at.id);
        let is_proposed = waits.is_some();
        proposed.extend(waits.into_iter().flat_map(|one| one.proposal.lines));
        let opened = case.fields.date(&case::OPENED);
        let mut review: Vec<ReviewLine> = vec![];
        for line in lines {
            let marks = known.find(&line.text);
            let neutral = neutral(&table, &line.text, &marks, opened);
            let is_it =
                |told: &Told| told.source == line.source && told.month == line.month && told.text == neutral;
            let told = proposed.iter().position(is_it).map(|at| proposed.remove(at).tells);
            review.push(ReviewLine {
                source: line.source.to_owned(),
                month: line.month,
                text: line.text,
                marks,
                neutral,
                proposed: told,
            });
        }
        // Those that somebody wrote anew come first: they are what was asked for.
        let rewritten = proposed.into_iter().map(|told| ReviewLine {
            source: told.source,
            month: told.month,
            text: String::new(),
            marks: vec![],
            neutral: told.text,
            proposed: Some(told.tells),
        });
        review.splice(0..0, rewritten.collect::<Vec<_>>());
        Ok(Review {
            case: case.at.id,
            precedent,
            lines: review,
            released: kept.iter().any(|one| one.case == Some(hash)),
            proposed: is_proposed,
            alike: self.alike(&file),
            few: table.few,
        })
    }

    /// Children on file of the same sex, age band and categories.
    fn alike(&self, file: &CaseFile) -> usize {
        let today = self.today();
        let band = |birth: Option<chrono::NaiveDate>| {
            birth.and_then(|birth| today.years_since(birth)).map_or("", age_band)
        };
        let own = &file.row;
        let roster = self.roster();
        let views = roster.living_slots().filter_map(|slot| roster.view(slot));
        views
            .filter(|view| {
                view.sex == own.sex
                    && view.categories == own.categories
                    && band(view.birth) == band(own.birth)
            })
            .count()
    }

    fn waiting_at(proposal: &Proposal) -> RecordRef {
        RecordRef::of(RecordKind::Precedent, proposal.child.0, proposal.case)
    }

    /// Checks what is kept against the file as it is now; gives it as it would be released.
    fn checked(&self, proposal: &Proposal) -> Result<Precedent, Refusal> {
        let table = self.table()?;
        let file = self.file(proposal.child)?;
        let (case, mut precedent, _) = self.draft(&file)?;
        if case.at.id != proposal.case {
            return Err(PrecedentFault::OtherCase.into());
        }
        if proposal.lines.is_empty() {
            return Err(PrecedentFault::Nothing.into());
        }
        if proposal.lines.len() > MOST_LINES {
            return Err(PrecedentFault::TooMany { most: MOST_LINES }.into());
        }
        let hash = hash_of(case.at.id);
        if self.stored()?.0.iter().any(|one| one.case == Some(hash)) {
            return Err(PrecedentFault::Twice.into());
        }
        let common = common(&table);
        let known = self.known(&common, &file)?;
        for (line, told) in proposal.lines.iter().enumerate() {
            let text = one_line(&told.text);
            if text.is_empty() {
                return Err(PrecedentFault::Nothing.into());
            }
            if text.chars().count() > LONGEST_LINE {
                return Err(PrecedentFault::TooLong { line, most: LONGEST_LINE }.into());
            }
            if let Some(mark) = known.find(&text).into_iter().next() {
                return Err(PrecedentFault::Identifies { line, mark }.into());
            }
            precedent.lines.push(Told { text, ..told.clone() });
        }
        precedent.check().map_err(PrecedentFault::Flawed)?;
        Ok(precedent)
    }

    fn propose(&self, proposal: Proposal) -> Result<(), Refusal> {
        self.checked(&proposal)?;
        let at = Self::waiting_at(&proposal);
        let child = proposal.child;
        let waiting = Waiting { proposal, by: self.me.worker, on: self.today() };
        self.write(Deed::of(Verb::Propose, Some(child)), vec![keep::put(at, &Stored::Waiting(waiting))?])
    }

    fn release(&self, proposal: Proposal) -> Result<(), Refusal> {
        let precedent = self.checked(&proposal)?;
        let id = id_at(self.ledger().tick(self.clock.millis()));
        let at = RecordRef::of(RecordKind::Precedent, id, id);
        let case = Some(hash_of(proposal.case));
        let kept = Kept { id, precedent, by: Some(self.me.worker), on: self.today(), case };
        let ops =
            vec![keep::put(at, &Stored::Released(Box::new(kept)))?, keep::drop(Self::waiting_at(&proposal))];
        self.write(Deed::of(Verb::Release, Some(proposal.child)), ops)
    }

    fn withdraw(&self, id: Uuid) -> Result<(), Refusal> {
        let at = RecordRef::of(RecordKind::Precedent, id, id);
        if self.store.get(keep::key(at))?.is_none() {
            return Err(Refusal::NotFound);
        }
        self.write(Deed::of(Verb::Withdraw, None), vec![keep::drop(at)])
    }

    /// Together with its entry in the audit.
    fn write(&self, deed: Deed, mut ops: Vec<crate::store::Op>) -> Result<(), Refusal> {
        let mut ledger = self.ledger();
        self.settle(&mut ledger);
        let mut next = ledger.clone();
        next.note(self.me.worker, deed, self.clock.millis());
        ops.extend(next.close()?);
        self.store.commit(ops)?;
        *ledger = next;
        Ok(())
    }

    fn export_precedents(&self, to: &Path) -> Result<PrecedentAnswer, Refusal> {
        let path = path_for(to, "tonghu-precedents", self.today())?;
        let (mut kept, _) = self.stored()?;
        kept.retain(|one| one.by.is_some());
        if kept.is_empty() {
            return Err(PrecedentFault::Empty.into());
        }
        // In an order that tells nothing of when they were let go.
        kept.sort_by_key(|one| one.precedent.fingerprint());
        let count = kept.len();
        let out = Out { precedents: kept.iter().map(|one| &one.precedent).collect() };
        let bytes = handout::encode(FORMAT, &out).map_err(PrecedentFault::File)?;
        if path.exists() {
            return Err(PrecedentFault::File(HandoutFault::Exists).into());
        }
        self.noted(Deed::about(Verb::GiveOut, &count.to_string()))?;
        handout::write(&path, &bytes).map_err(PrecedentFault::File)?;
        Ok(PrecedentAnswer::Exported { count, path })
    }

    fn import_precedents(&self, from: &Path, take: bool) -> Result<PrecedentLook, Refusal> {
        let common = common(&self.table()?);
        let read: In = handout::read(FORMAT, from).map_err(PrecedentFault::File)?;
        let (kept, _) = self.stored()?;
        let mut known: BTreeSet<[u8; 32]> = kept.iter().map(|one| one.precedent.fingerprint()).collect();
        let mut look = PrecedentLook::default();
        let mut new = vec![];
        for (at, value) in read.precedents.into_iter().enumerate() {
            if at >= MOST {
                look.flawed.push((at + 1, Flaw::TooMuch));
                break;
            }
            match sound(value, &Known::new(&common)) {
                Ok(precedent) if known.insert(precedent.fingerprint()) => new.push(precedent),
                Ok(_) => look.known += 1,
                Err(flaw) => look.flawed.push((at + 1, flaw)),
            }
        }
        look.new = new.len();
        if take && !new.is_empty() {
            let mut ops = vec![];
            for precedent in new {
                let id = id_at(self.ledger().tick(self.clock.millis()));
                let at = RecordRef::of(RecordKind::Precedent, id, id);
                let kept = Kept { id, precedent, by: None, on: self.today(), case: None };
                ops.push(keep::put(at, &Stored::Released(Box::new(kept)))?);
            }
            self.write(Deed::about(Verb::TakeOver, &look.new.to_string()), ops)?;
        }
        look.taken = take;
        Ok(look)
    }
}

/// What another station let go. Its own words are not known here; a number or a day is refused wherever it comes from.
fn sound(value: serde_json::Value, known: &Known) -> Result<Precedent, Flaw> {
    let precedent: Precedent = serde_json::from_value(value).map_err(|_| Flaw::Shape)?;
    precedent.check()?;
    match precedent.lines.iter().position(|line| !known.find(&line.text).is_empty()) {
        Some(line) => Err(Flaw::Identifies(line + 1)),
        None => Ok(precedent),
    }
}

/// Bytes as a file of another station: for [`crate::probe`].
pub(in crate::office) fn probe(bytes: &[u8]) {
    let Ok(table) = Precedents::core() else { return };
    let common = common(&table);
    if let Ok(read) = handout::decode::<In>(FORMAT, bytes) {
        for value in read.precedents {
            let _ = sound(value, &Known::new(&common));
        }
    }
    // What somebody writes is looked through as well, whatever it is.
    let text = String::from_utf8_lossy(bytes);
    let mut known = Known::new(&common);
    known.person("王小明", crate::office::Tells::Child);
    known.place(&text.chars().take(200).collect::<String>(), crate::office::Tells::Place);
    let marks = known.find(&text);
    let replaced = neutral(&table, &text, &marks, None);
    assert!(!replaced.contains("王小明"), "what is found is replaced");
}

fn hash_of(case: Uuid) -> [u8; 32] {
    blake3::derive_key("tonghu precedent of a case v1", case.as_bytes())
}

/// A folder gets a file that is named after the day.
pub(super) fn path_for(to: &Path, name: &str, today: chrono::NaiveDate) -> Result<PathBuf, Refusal> {
    let path = if to.is_dir() { to.join(format!("{name}-{today}.json")) } else { to.to_owned() };
    let folder = path.parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    if folder { Ok(path) } else { Err(Refusal::NoFolder) }
}
