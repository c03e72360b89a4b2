//! The needs study: all files are read through once, a kind at a time, and two small sets are held of each child.

use super::concerns::On;
use super::facts::{self, Known};
use super::{Files, file, papers};
use crate::domain::forms::{child, family_contact};
use crate::domain::row::Status;
use crate::domain::{Fields, Record, RecordKind, RecordRef, Row, Stamp, Value};
use crate::office::{Concern, FlagLine, InNeed, NeedsByVillage, NeedsFound, Refusal, Watch, keep};
use crate::practice::flags::{Facts, Flag};
use crate::practice::instruments::Colour;
use crate::practice::needs::{Grain, NeedRules, Offer, Told, study};
use crate::practice::scoring::Reading;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::ControlFlow;
use uuid::Uuid;

/// So many records are read between two looks at whether to stop.
const LOOK: u64 = 256;
/// Whose file waits only to be closed: what they need is no child's need any more.
const ADULT: u32 = 18;

/// What is gathered of each child while the files are read.
#[derive(Default)]
pub(super) struct Gathered {
    told: HashMap<Uuid, Told>,
    /// The latest score in each domain: its day, and whether it was red.
    scores: HashMap<Uuid, Vec<(&'static str, NaiveDate, bool)>>,
    last_family_contact: HashMap<Uuid, NaiveDate>,
    overruled: HashMap<Uuid, Vec<Record>>,
}

impl Gathered {
    fn told(&self, rules: &NeedRules, row: &Row, today: NaiveDate) -> Told {
        let mut told = self.told.get(&row.child.0).copied().unwrap_or_default();
        told |= rules.of_record(RecordKind::Child, &fields_of(row), None, today);
        for (domain, _, red) in self.scores.get(&row.child.0).into_iter().flatten() {
            told |= Told { says: if *red { rules.of_domain(domain) } else { 0 }, given: 0 };
        }
        told
    }

    /// A contact with the family, or an overruling.
    pub(super) fn concern(&mut self, record: Record) {
        if record.at.kind == RecordKind::Overrule {
            self.overruled.entry(record.at.owner).or_default().push(record);
        } else if let Some(on) = facts::happened(&record) {
            let last = self.last_family_contact.entry(record.at.owner).or_insert(on);
            *last = on.max(*last);
        }
    }

    fn score(&mut self, reading: &Reading) {
        let (Some(instrument), Some(on), Some(band)) = (reading.instrument, reading.on, reading.band) else {
            return;
        };
        let (domain, red) = (instrument.domain, band == Colour::Red);
        let all = self.scores.entry(reading.record.at.owner).or_default();
        match all.iter_mut().find(|(of, ..)| *of == domain) {
            None => all.push((domain, on, red)),
            // Of two on the same day the worse counts.
            Some(last) if last.1 == on => last.2 |= red,
            Some(last) if last.1 < on => (last.1, last.2) = (on, red),
            Some(_) => {}
        }
    }
}

impl Files {
    /// Of children whose case is not closed.
    pub(super) fn needs(&self, watch: &dyn Watch) -> Result<NeedsFound, Refusal> {
        let rules = self.practice().needs.clone().ok_or(Refusal::NotFound)?;
        let (mut read, era, mut listed) = (0, self.counting.begin(), HashMap::new());
        let gathered = self.read_through(&rules, &mut || tick(watch, &mut read))?;
        let offers = self.offers(&rules)?;
        let (mut children, mut giving_up, mut without_contact) = (vec![], vec![], vec![]);
        let today = self.today();
        let slots: Vec<_> = self.roster().living_slots().collect();
        for slot in slots {
            tick(watch, &mut read)?;
            let Some(row) = self.roster().row(slot) else { continue };
            if is_over(&row, today) {
                continue;
            }
            let told = gathered.told(&rules, &row, today);
            let last_family_contact = gathered.last_family_contact.get(&row.child.0).copied();
            let [gives_up, without] = self.concerned(&gathered, &row)?;
            let on = On { giving_up: gives_up.is_some(), without_contact: without.is_some() };
            if on != On::default() {
                listed.insert(row.child, on);
            }
            for (list, flag) in [(&mut giving_up, gives_up), (&mut without_contact, without)] {
                list.extend(flag.map(|flag| Concern { row: row.clone(), flag, last_family_contact }));
            }
            if told != Told::default() {
                children.push(InNeed { row, told });
            }
        }
        self.counting.counted(era, today, listed);
        // Whoever was out of contact for longest comes first.
        without_contact.sort_by_key(|one| one.last_family_contact);
        Ok(NeedsFound { rules, children, offers, giving_up, without_contact })
    }

    /// Counted alone, for what goes out: nothing is held of a child but two small sets.
    pub(super) fn needs_by_village(&self, watch: &dyn Watch) -> Result<Option<NeedsByVillage>, Refusal> {
        let Some(rules) = self.practice().needs.clone() else { return Ok(None) };
        let mut read = 0;
        let gathered = self.read_through(&rules, &mut || tick(watch, &mut read))?;
        let today = self.today();
        let mut unmet: Vec<(String, Told)> = vec![];
        let slots: Vec<_> = self.roster().living_slots().collect();
        for slot in slots {
            tick(watch, &mut read)?;
            let Some(row) = self.roster().row(slot) else { continue };
            if !is_over(&row, today) {
                let told = gathered.told(&rules, &row, today);
                unmet.extend((told.unmet() != 0).then_some((row.village, told)));
            }
        }
        let children = unmet.iter().map(|(village, told)| (village.as_str(), *told));
        let places = study(&rules, children, &[], Grain::Village).places;
        Ok(Some(NeedsByVillage { rules, places }))
    }

    fn read_through(
        &self,
        rules: &NeedRules,
        tick: &mut dyn FnMut() -> Result<(), Refusal>,
    ) -> Result<Gathered, Refusal> {
        let (mut gathered, today) = (Gathered::default(), self.today());
        let practice = self.practice();
        for kind in rules.reads() {
            self.each(kind, tick, &mut |record| {
                let told = rules.of_record(kind, &record.fields, facts::happened(&record), today);
                if told != Told::default() {
                    *gathered.told.entry(record.at.owner).or_default() |= told;
                }
            })?;
        }
        self.each(RecordKind::Score, tick, &mut |record| {
            gathered.score(&Reading::of(&practice.instruments, &record));
        })?;
        self.gather_concerns(&mut gathered, tick)?;
        Ok(gathered)
    }

    pub(super) fn gather_concerns(
        &self,
        gathered: &mut Gathered,
        tick: &mut dyn FnMut() -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        for kind in [RecordKind::FamilyContact, RecordKind::Overrule] {
            self.each(kind, tick, &mut |record| gathered.concern(record))?;
        }
        Ok(())
    }

    pub(super) fn each(
        &self,
        kind: RecordKind,
        tick: &mut dyn FnMut() -> Result<(), Refusal>,
        take: &mut dyn FnMut(Record),
    ) -> Result<(), Refusal> {
        let mut refused = None;
        self.store.scan(kind as u8, None, &mut |_, bytes| match tick()
            .and_then(|()| keep::decode::<Record>(&bytes))
        {
            Ok(record) => {
                take(record);
                ControlFlow::Continue(())
            }
            Err(refusal) => {
                refused = Some(refusal);
                ControlFlow::Break(())
            }
        })?;
        refused.map_or(Ok(()), Err)
    }

    fn offers(&self, rules: &NeedRules) -> Result<Vec<Offer>, Refusal> {
        let mut offers = vec![];
        for kind in [RecordKind::Agency, RecordKind::Base] {
            let records = keep::of_kind(&self.store, kind)?;
            offers.extend(records.iter().filter_map(|record| rules.offer(kind, &record.fields)));
        }
        Ok(offers)
    }

    /// What the rules of the two lists may know of a child.
    fn home(&self, gathered: &Gathered, row: &Row) -> Result<Facts, Refusal> {
        let of = |kind| RecordRef::of(kind, row.child.0, row.child.0);
        let situation = keep::record(&self.store, of(RecordKind::Situation))?;
        let members = match row.household {
            Some(household) => keep::records(&self.store, RecordKind::Member, household.0)?,
            None => vec![],
        };
        let last = gathered.last_family_contact.get(&row.child.0).map(|on| Record {
            at: of(RecordKind::FamilyContact),
            fields: Fields::default().with(family_contact::ON, *on),
            created: Stamp::default(),
            updated: Stamp::default(),
        });
        let child = fields_of(row);
        let known = Known {
            child: &child,
            cases: vec![],
            contacts: vec![],
            members: members.iter().collect(),
            services: situation.iter().chain(&last).collect(),
        };
        Ok(facts::of(&known, &self.practice().instruments, self.today()).facts)
    }

    /// What puts a child on the list of families that may give it up, and on that of the week; nothing once its case is
    /// closed.
    pub(super) fn concerned(&self, gathered: &Gathered, row: &Row) -> Result<[Option<FlagLine>; 2], Refusal> {
        let practice = self.practice();
        let Some(rules) = practice.needs.as_ref().filter(|_| !is_over(row, self.today())) else {
            return Ok([None, None]);
        };
        let home = self.home(gathered, row)?;
        Ok([&rules.giving_up, &rules.without_contact].map(|ids| self.concern(ids, gathered, row, &home)))
    }

    /// The most pressing of these rules that holds today and was not overruled.
    fn concern(&self, ids: &[String], gathered: &Gathered, row: &Row, home: &Facts) -> Option<FlagLine> {
        let today = self.today();
        let own = gathered.overruled.get(&row.child.0).map_or(&[][..], Vec::as_slice);
        let stands = |flag: &&Flag| papers::overruled(own, &flag.rule.id, today).is_none();
        let practice = self.practice();
        let flags = practice.flags.as_ref()?;
        let mut holding = flags.holding(|rule| ids.contains(&rule.id), home, today);
        holding.sort_by_key(|flag| flag.rule.grade);
        holding.iter().find(stands).map(file::flag_line)
    }
}

/// What a row knows of the child's own record.
fn fields_of(row: &Row) -> Fields {
    let mut fields = Fields::default();
    let code = |code: &str| Some(Value::Choice(code.to_owned()));
    fields.set(child::BIRTH, row.birth.map(Value::Date));
    fields.set(child::SEX, code(&row.sex));
    fields.set(child::RISK, code(&row.risk));
    fields.set(child::ID_NUMBER, Some(Value::Text(row.id_number.clone())));
    let categories = row.category_codes().map(str::to_owned).collect();
    fields.set(child::CATEGORIES, Some(Value::Choices(categories)));
    fields
}

fn is_over(row: &Row, today: NaiveDate) -> bool {
    let adult = row.birth.and_then(|birth| today.years_since(birth)) >= Some(ADULT);
    row.status == Status::Closed || adult
}

pub(super) fn tick(watch: &dyn Watch, read: &mut u64) -> Result<(), Refusal> {
    *read += 1;
    let goes_on = !read.is_multiple_of(LOOK) || watch.progress(*read, None);
    if goes_on { Ok(()) } else { Err(Refusal::Stopped) }
}
