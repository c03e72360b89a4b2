//! The audit: noting what is done here, and listing it.

mod check;
mod retire;

use super::Files;
use crate::domain::{ChildId, RecordKind};
use crate::office::audit::{Deed, Entry, Verb};
use crate::office::ledger::Ledger;
use crate::office::{AuditLine, AuditPage, AuditQuery, Refusal, UnsealedLine, keep, unsealed};
use crate::store::Key;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::PoisonError;

/// Lines of one answer at most.
const MOST: usize = 10_000;
/// A file that is asked for again so soon, by the seat that did nothing else since, is not opened anew: the screen
/// only reads what was just saved.
const SAME_SITTING: i64 = 10 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;

impl Files {
    /// Notes what is done, and is on the disk when it returns. Where the disk does not take it, work goes on: it is
    /// tried again with the next.
    pub(super) fn note(&self, verb: Verb, child: Option<ChildId>) {
        self.note_deed(Deed::of(verb, child));
    }

    pub(super) fn note_deed(&self, deed: Deed) {
        if self.noted(deed).is_err() {
            self.log.line("the audit could not be written; it is tried again with the next entry");
        }
    }

    /// The same; what is to leave the program does so only if it is noted.
    pub(super) fn noted(&self, deed: Deed) -> Result<(), Refusal> {
        let mut ledger = self.ledger();
        self.settle(&mut ledger);
        ledger.note(self.me.worker, deed, self.clock.millis());
        self.write_ledger(&mut ledger)
    }

    /// Makes entries of what was noted while nobody's key was there. Whatever lies in that file, people come in.
    pub(super) fn seal_noted(&self) {
        let sealed = unsealed::seal(&self.whereabouts(), |events| {
            let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
            let logins: Vec<String> = accounts.iter().map(|account| account.login.clone()).collect();
            drop(accounts);
            let mut ledger = self.ledger();
            self.settle(&mut ledger);
            // Noted in a copy: where the disk does not take it, it is still in its file.
            let mut next = ledger.clone();
            for mut event in events {
                if !logins.contains(&event.seen.login) {
                    event.seen.login.clear();
                }
                next.note_seen(event, self.clock.millis());
            }
            self.store.commit(next.close()?)?;
            *ledger = next;
            Ok(())
        });
        if sealed.is_err() {
            self.log.line("what was noted while nobody was signed in could not be sealed; it is tried again");
        }
    }

    /// Searches come before what happens next.
    pub(super) fn settle(&self, ledger: &mut Ledger) {
        for search in self.searches.take() {
            ledger.note(self.me.worker, search.deed, search.at);
        }
    }

    /// Writes what waits to be written.
    pub(super) fn write_waiting(&self) -> Result<(), Refusal> {
        let mut ledger = self.ledger();
        self.settle(&mut ledger);
        if ledger.has_waiting() { self.write_ledger(&mut ledger) } else { Ok(()) }
    }

    pub(super) fn write_ledger(&self, ledger: &mut Ledger) -> Result<(), Refusal> {
        let mut next = ledger.clone();
        self.store.commit(next.close()?)?;
        *ledger = next;
        Ok(())
    }

    /// Somebody types at a search. At a screen it is noted when it is over.
    pub(super) fn searched(&self, verb: Verb, words: &str) -> Result<(), Refusal> {
        match self.way.verb() {
            Some(out) => return self.noted(Deed::about(out, words)),
            None if self.searches.typed(verb, words, self.clock.millis()) => self.settle(&mut self.ledger()),
            None => {}
        }
        Ok(())
    }

    /// A child's file, or its history, is given out.
    pub(super) fn opened(&self, child: ChildId, verb: Verb) -> Result<(), Refusal> {
        if let Some(out) = self.way.verb() {
            return self.noted(Deed::of(out, Some(child)));
        }
        let mut ledger = self.ledger();
        self.settle(&mut ledger);
        let sits = ledger.sits_with(child, verb, self.clock.millis() - SAME_SITTING);
        drop(ledger);
        if !sits {
            self.note(verb, Some(child));
        }
        Ok(())
    }

    /// A list is given out: names and villages of many. On a screen it is drawn anew after every save, and noted once.
    pub(super) fn listed(&self, list: Verb) -> Result<(), Refusal> {
        if self.way.verb().is_none() {
            self.searches.looked(list, self.today(), self.clock.millis());
        }
        self.given_out()
    }

    /// Something leaves that concerns nobody alone.
    pub(super) fn given_out(&self) -> Result<(), Refusal> {
        self.way.verb().map_or(Ok(()), |out| self.noted(Deed::of(out, None)))
    }

    /// Entries, the newest first.
    pub(super) fn audit(&self, query: &AuditQuery) -> Result<AuditPage, Refusal> {
        self.write_waiting()?;
        let limit = query.limit.clamp(1, MOST);
        let mut newest = BTreeMap::new();
        let mut more = false;
        self.entries(query.child, &mut |_, entry| {
            let told = query.child.is_none_or(|child| entry.child == Some(child))
                && query.by.is_none_or(|by| entry.by == by)
                && query.since.is_none_or(|since| self.clock.local(entry.at.millis).date() >= since);
            if told {
                newest.insert(entry.number, entry);
                if newest.len() > limit {
                    newest.pop_first();
                    more = true;
                }
            }
            true
        })?;
        self.note(Verb::Audit, query.child);
        let lines = newest.into_values().rev().map(|entry| self.line(entry)).collect();
        Ok(AuditPage { lines, more })
    }

    fn line(&self, entry: Entry) -> AuditLine {
        let station = self.station();
        let staff = station.staff.iter().find(|staff| staff.worker == entry.by);
        let row = entry.child.and_then(|child| self.roster().of_child(child).map(|view| view.to_row()));
        let (name, case_no) = row.map(|row| (row.name, row.case_no)).unwrap_or_default();
        AuditLine {
            number: entry.number,
            when: self.clock.local(entry.at.millis),
            by: staff.map(|staff| staff.name.clone()).unwrap_or_default(),
            login: staff.map(|staff| staff.login.clone()).unwrap_or_default(),
            verb: entry.verb,
            child: entry.child,
            name,
            case_no,
            what: entry.what.unwrap_or_default(),
            from: entry.from.unwrap_or_default(),
            unsealed: entry.seen.map(|seen| UnsealedLine {
                first: self.clock.local(seen.first),
                last: self.clock.local(seen.last),
                times: seen.times,
                login: seen.login,
            }),
        }
    }

    /// Gives the entries of a child, or all, until `each` says no more; those that do not read are counted.
    fn entries(
        &self,
        child: Option<ChildId>,
        each: &mut dyn FnMut(Key, Entry) -> bool,
    ) -> Result<u64, Refusal> {
        let mut unread = 0;
        self.store.scan(RecordKind::Audit as u8, child.map(|child| child.0), &mut |key, bytes| {
            let go_on = match keep::decode::<Entry>(&bytes) {
                Ok(entry) => each(key, entry),
                Err(_) => {
                    unread += 1;
                    true
                }
            };
            if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(unread)
    }
}

#[cfg(test)]
mod tests;
