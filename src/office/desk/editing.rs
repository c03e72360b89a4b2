//! The station edits its own rules, fields and pages: read as at sign-in before anything is written, in force at once.

use super::Files;
use crate::office::audit::{Deed, Verb};
use crate::office::own::{self, EXAMPLES, Own, PRACTICE};
use crate::office::rules::Practice;
use crate::office::{
    OwnEntry, OwnFault, OwnFile, OwnSave, OwnSaved, OwnText, Played, Refusal, RuleBook, Station, rulebook,
};
use crate::practice::flags::examples;
use crate::practice::written;
use chrono::Datelike;
use std::io;
use std::sync::{Arc, PoisonError};

impl Files {
    pub(super) fn rule_book(&self) -> RuleBook {
        rulebook::of(&self.practice(), self.today().year())
    }

    pub(super) fn own_text(&self, file: &OwnFile) -> Result<OwnText, Refusal> {
        let name = file.name().ok_or(Refusal::NotFound)?;
        let own = Own::of(&self.dir);
        let text = own.text(&name).map_err(Refusal::Own)?;
        let faults = Practice::load(own).warnings;
        let fault = faults.iter().find(|fault| fault.place().0 == name).map(|fault| fault.bare().clone());
        let blocks = written::blocks(text.as_deref().unwrap_or_default());
        let entry =
            |block: written::Block| (OwnEntry { kind: block.kind.to_owned(), id: block.id }, block.line);
        let entries = blocks.into_iter().map(entry).collect();
        Ok(OwnText { name, text, fault, entries, most: file.most() })
    }

    pub(super) fn save_own(&self, save: &OwnSave) -> Result<OwnSaved, Refusal> {
        let name = save.file.name().ok_or(Refusal::NotFound)?;
        let _editing = self.editing.lock().unwrap_or_else(PoisonError::into_inner);
        // What cannot be read as text is put aside as it is; nobody can have begun with it.
        if let Ok(lies) = Own::of(&self.dir).text(&name)
            && lies != save.base
        {
            return Err(Refusal::OwnChanged(lies));
        }
        let most = save.file.most();
        if save.text.len() as u64 > most {
            return Err(Refusal::Own(OwnFault::TooLarge { file: name, most }));
        }
        let saved = self.put_own(&name, Some(&save.text), Deed::about(Verb::EditOwn, &name))?;
        let draft = save.draft.filter(|id| self.draft_ids().contains(id));
        if draft.is_some_and(|id| self.drop_draft(id).is_err()) {
            self.log.line("a draft of a file that was saved could not be dropped");
        }
        Ok(saved)
    }

    pub(super) fn drop_own(&self, file: &OwnFile, entry: Option<&OwnEntry>) -> Result<OwnSaved, Refusal> {
        let name = file.name().ok_or(Refusal::NotFound)?;
        let _editing = self.editing.lock().unwrap_or_else(PoisonError::into_inner);
        let lies = Own::of(&self.dir).text(&name);
        let Some(OwnEntry { kind, id }) = entry else {
            if lies == Ok(None) {
                return Err(Refusal::NotFound);
            }
            return self.put_own(&name, None, Deed::about(Verb::DropOwn, &name));
        };
        let lies = lies.map_err(Refusal::Own)?.ok_or(Refusal::NotFound)?;
        let rest = written::without(&lies, kind, id).ok_or(Refusal::NotFound)?;
        let rest = Some(rest.as_str()).filter(|rest| !rest.trim().is_empty());
        self.put_own(&name, rest, Deed::about(Verb::DropOwn, &format!("{name} {id}")))
    }

    /// Writes what is as sound as what was there before, and brings it into force.
    fn put_own(&self, name: &str, text: Option<&str>, deed: Deed) -> Result<OwnSaved, Refusal> {
        let own = Own::of(&self.dir);
        let before = Practice::load(own).warnings;
        let practice = Practice::load(own.with(name, text));
        // A name that is taken away here may be used in another of the station's tables.
        let new = |fault: &&OwnFault| {
            fault.place().0 == name || !before.iter().any(|known| known.bare() == fault.bare())
        };
        if let Some(fault) = practice.warnings.iter().find(new) {
            return Err(Refusal::Own(fault.bare().clone()));
        }
        // Who changes what happens to every child is on record, or it does not change.
        self.noted(deed)?;
        own::write(&self.dir, name, text).map_err(not_written)?;
        let saved = self.take_up(practice);
        self.try_copy_own();
        Ok(saved)
    }

    pub(super) fn take_up(&self, practice: Practice) -> OwnSaved {
        {
            let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
            let fresh = Station::clone(&station);
            *station = Arc::new(Station {
                forms: practice.forms.clone(),
                instruments: Arc::new(practice.instruments.clone()),
                rules: practice.own_rules(),
                warnings: practice.warnings.clone(),
                ..fresh
            });
        }
        let flags = self.practice().digest() != practice.digest();
        self.take_rules(practice);
        self.others.forget();
        self.counting.forget();
        OwnSaved { flags }
    }

    pub(super) fn play_examples(&self) -> Result<Vec<Played>, Refusal> {
        let practice = self.practice();
        let rules = practice.flags.as_ref().ok_or(Refusal::NotFound)?;
        let own = practice.in_force.get(&format!("{PRACTICE}/{EXAMPLES}"));
        let mut played = vec![];
        for text in [Some(examples::CORE), own.map(String::as_str)].into_iter().flatten() {
            played.extend(
                examples::play(rules, EXAMPLES, text).map_err(|fault| Refusal::Store(fault.to_string()))?,
            );
        }
        Ok(played)
    }
}

pub(super) fn not_written(error: io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Refusal::DiskFull,
        _ => Refusal::Store(error.to_string()),
    }
}
