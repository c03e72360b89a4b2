//! Whose station it is, who works there, and the rules behind follow-ups.

use super::super::{AUDIT_RULE, Refusal, Rule, Staff, Station, keep};
use super::Files;
use crate::domain::forms::staff;
use crate::domain::{Record, RecordKind, RecordRef, WorkerId};
use crate::vault::AccountEntry;
use std::sync::{Arc, PoisonError};
use uuid::Uuid;

impl Files {
    /// Not while the roster is held: it is looked at here too, and whoever waits to write to it would keep both waiting.
    pub(super) fn station(&self) -> Arc<Station> {
        let station = self.station.read().unwrap_or_else(PoisonError::into_inner).clone();
        let children = self.roster().len();
        if station.children == children {
            return station;
        }
        // Whoever edits the rules puts another in its place meanwhile.
        let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = Station::clone(&station);
        fresh.children = children;
        *station = Arc::new(fresh);
        station.clone()
    }

    /// Reads the station's record and its staff anew.
    pub(super) fn reload_station(&self) -> Result<(), Refusal> {
        let record = keep::record(&self.store, RecordRef::station())?;
        let named = keep::records(&self.store, RecordKind::Staff, Uuid::nil())?;
        self.set_station(record, &named);
        Ok(())
    }

    pub(super) fn set_station(&self, record: Option<Record>, named: &[Record]) {
        let staff = |account: &AccountEntry| {
            let record = named.iter().find(|record| record.at.id == account.id.0);
            let name = record.map(|record| record.fields.text(&staff::NAME)).filter(|name| !name.is_empty());
            Staff {
                worker: WorkerId(account.id.0),
                name: name.unwrap_or(&account.login).to_owned(),
                login: account.login.clone(),
                role: account.role,
                closed: account.disabled,
            }
        };
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        let staff = accounts.iter().map(staff).collect();
        drop(accounts);
        let mut station = self.station.write().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = Station::clone(&station);
        (fresh.record, fresh.staff) = (record, staff);
        *station = Arc::new(fresh);
    }

    pub(super) fn why(&self, id: &str) -> Result<Rule, Refusal> {
        use crate::practice::Certainty::{Default, Excerpt, Memory, Read};
        let sure = |certainty| match certainty {
            Read => "V",
            Excerpt => "E",
            Memory => "M",
            Default => "D",
        };
        let practice = self.practice();
        if let (AUDIT_RULE, Some(kept)) = (id, practice.retention.clone()) {
            let sure = sure(kept.certainty).to_owned();
            let (text, source) = (kept.text, kept.source);
            let (zh, en, source_zh, source_en) = (text.zh, text.en, source.zh, source.en);
            return Ok(Rule { id: id.to_owned(), zh, en, source_zh, source_en, sure });
        }
        let rule = practice.rules.as_ref().and_then(|rules| rules.get(id)).ok_or(Refusal::NotFound)?;
        Ok(Rule {
            id: rule.id.clone(),
            zh: rule.text.zh.clone(),
            en: rule.text.en.clone(),
            source_zh: rule.source.zh.clone(),
            source_en: rule.source.en.clone(),
            sure: sure(rule.certainty).to_owned(),
        })
    }
}
