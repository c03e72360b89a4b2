//! Finding children and listing them.

use super::Files;
use crate::domain::{ChildId, Fields};
use crate::office::{CasePage, Cases, Found, Likeness};
use std::sync::PoisonError;

/// Lines of one answer at most.
const MOST: usize = 1_000;

impl Files {
    pub(super) fn find(&self, text: &str, limit: usize) -> Found {
        let (lines, more) = self.finder.find(&self.roster, text, limit.min(MOST));
        // Children are found whatever becomes of the rest.
        let others = self.find_others(text).unwrap_or_else(|_| {
            self.log.line("a search could not read the registers");
            vec![]
        });
        Found { lines, others, more }
    }

    pub(super) fn cases(&self, cases: &Cases) -> CasePage {
        let roster = self.roster();
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let list = orders.list(&roster, cases.sort, &cases.filter, self.today());
        drop(orders);
        let page = list.iter().skip(cases.from).take(cases.count.min(MOST));
        let there = page.filter_map(|slot| Some((roster.row(*slot)?, roster.pressing(*slot).get())));
        let (rows, pressing) = there.unzip();
        CasePage { from: cases.from, rows, pressing, pending: !self.is_rolled(), total: list.len() }
    }

    pub(super) fn likely(&self, fields: &Fields, except: Option<ChildId>) -> Vec<Likeness> {
        self.finder.likely(&self.roster, fields, except)
    }
}
