//! What is due: today's list and the month.

use super::Files;
use crate::domain::WorkerId;
use crate::domain::follow_up::{RISES_AFTER_DAYS, overdue_days};
use crate::domain::row::{DueView, RowView};
use crate::office::roster::{Due, Roster};
use crate::office::{Agenda, AgendaLine, Refusal, Role, Scope};
use chrono::{Datelike, Months, NaiveDate};
use std::ops::RangeBounds;

/// Lines after this week.
const LATER: usize = 50;

impl Files {
    pub(super) fn agenda(&self, scope: Scope) -> Result<Agenda, Refusal> {
        let drafts = self.draft_ids().len();
        let backup = self.backup_word();
        // What is due is shown whatever becomes of this.
        let concerns = self.concerns().unwrap_or_default();
        let roster = self.roster();
        let today = self.today();
        let day = today.num_days_from_ce();
        let mine = self.mine(&roster, scope);
        let list = |days: (std::ops::Bound<i32>, std::ops::Bound<i32>), most: usize| {
            mine.list(&roster, days, today, most)
        };
        use std::ops::Bound::{Excluded, Included, Unbounded};
        let mut agenda = Agenda { drafts, backup, concerns, ..Agenda::default() };
        (agenda.overdue, agenda.totals.overdue) = list((Unbounded, Excluded(day)), Agenda::MOST);
        (agenda.today, agenda.totals.today) = list((Included(day), Included(day)), Agenda::MOST);
        (agenda.week, agenda.totals.week) = list((Excluded(day), Included(day + 6)), Agenda::MOST);
        (agenda.later, agenda.totals.later) = list((Excluded(day + 6), Unbounded), LATER);
        (agenda.pressing, agenda.totals.pressing, agenda.pending) = self.pressing(&roster, scope);
        Ok(agenda)
    }

    pub(super) fn mine(&self, roster: &Roster, scope: Scope) -> Mine {
        Mine::new(roster, scope, self.me.worker, self.me.role)
    }

    pub(super) fn month(&self, scope: Scope, first: NaiveDate) -> Vec<(NaiveDate, u32)> {
        let first = first.with_day(1).unwrap_or(first);
        let Some(end) = first.checked_add_months(Months::new(1)) else { return vec![] };
        let roster = self.roster();
        let mine = self.mine(&roster, scope);
        let mut days: Vec<(NaiveDate, u32)> = vec![];
        for due in roster.due(first.num_days_from_ce()..end.num_days_from_ce()) {
            if !mine.holds(&roster, due) {
                continue;
            }
            let Some(on) = NaiveDate::from_num_days_from_ce_opt(due.day) else { continue };
            match days.last_mut() {
                Some((last, count)) if *last == on => *count += 1,
                _ => days.push((on, 1)),
            }
        }
        days
    }
}

/// Which follow-ups a scope holds.
pub(super) struct Mine {
    scope: Scope,
    me: Option<u16>,
    /// Overdue follow-ups rise to a supervisor on this many days.
    rises: Option<i64>,
}

impl Mine {
    fn new(roster: &Roster, scope: Scope, me: WorkerId, role: Role) -> Self {
        let rises = matches!(role, Role::Supervisor | Role::Lead).then_some(RISES_AFTER_DAYS);
        Self { scope, me: roster.worker(me), rises }
    }

    /// Mine are the follow-ups that are mine, and those of my children that are nobody's.
    pub(super) fn holds(&self, roster: &Roster, due: Due) -> bool {
        match self.scope {
            Scope::Station => true,
            Scope::Mine => self.me.is_some_and(|me| due.worker == me || roster.digest(due.slot).worker == me),
        }
    }

    /// The first `most` lines of these days, and how many there are.
    fn list(
        &self,
        roster: &Roster,
        days: impl RangeBounds<i32>,
        today: NaiveDate,
        most: usize,
    ) -> (Vec<AgendaLine>, usize) {
        let mut lines = vec![];
        let mut total = 0;
        for due in roster.due(days) {
            let late = (i64::from(today.num_days_from_ce()) - i64::from(due.day)).max(0);
            let risen = self.rises.is_some_and(|days| late >= days);
            if !self.holds(roster, due) && !risen {
                continue;
            }
            total += 1;
            if lines.len() < most
                && let Some((row, follow_up)) = roster.of_due(due)
            {
                lines.push(line(&row, &follow_up, today));
            }
        }
        (lines, total)
    }
}

fn line(row: &RowView<'_>, due: &DueView<'_>, today: NaiveDate) -> AgendaLine {
    let late = overdue_days(due.on, today);
    AgendaLine {
        child: row.child,
        name: row.name.to_owned(),
        sex: row.sex.to_owned(),
        birth: row.birth,
        village: row.village.to_owned(),
        guardian: row.guardian.to_owned(),
        risk: row.risk.to_owned(),
        follow_up: due.id,
        kind: due.kind.to_owned(),
        due: due.on,
        reason: due.reason.to_owned(),
        rule: due.rule.to_owned(),
        worker: due.worker.or(row.worker),
        late,
        risen: late >= RISES_AFTER_DAYS,
    }
}
