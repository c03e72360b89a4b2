//! The aid ledger on the screen: each entry with what was left after it, what a child was given in all, what a donor is
//! told.

use super::view::LEFT;
use crate::domain::aid::{self, Act, Entry, Item};
use crate::domain::forms::aid_entry;
use crate::domain::{Record, Value};
use crate::office::{RegisterLine, StatementLine};
use crate::tui::screen::Cx;
use crate::tui::widget::table::Entry as Cell;
use crate::wording;
use std::collections::{BTreeMap, BTreeSet};

/// The entries as the columns show them.
#[derive(Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
    left: BTreeMap<i64, i64>,
    undone: BTreeSet<i64>,
}

impl Ledger {
    pub(super) fn of(lines: &[RegisterLine]) -> Self {
        let entries = aid::entries(lines.iter().map(|line| &line.record));
        let left = entries.iter().map(|entry| entry.number).zip(aid::running(&entries)).collect();
        Self { undone: aid::undone(&entries), left, entries }
    }

    fn entry(&self, record: &Record) -> Option<&Entry> {
        let number = record.fields.number(&aid_entry::NUMBER)?;
        self.entries.get(self.entries.binary_search_by_key(&number, |entry| entry.number).ok()?)
    }

    /// What the columns of the fields do not show: what it was, of whom or to whom, what was left then.
    pub(super) fn cells(&self, cx: &Cx, record: &Record) -> Vec<Cell> {
        let Some(entry) = self.entry(record) else { return vec![] };
        let whom = match entry.act {
            Act::Receive | Act::Return => cx.delicate(record.fields.text(&aid_entry::DONOR)),
            Act::Give => cx.delicate(&cx.name(&entry.to)),
            Act::Correct(number) => cx.cat.t1("aid-corrects", "number", number.to_string()).into_owned(),
        };
        let what = match entry.act {
            Act::Correct(_) => cx.written(record.fields.text(&aid_entry::REASON)),
            _ => wording::quantity(cx.cat, &named(record, entry), entry.quantity),
        };
        let of = match entry.act {
            Act::Correct(number) => self.entries.iter().find(|one| one.number == number).unwrap_or(entry),
            _ => entry,
        };
        let left = self.left.get(&entry.number).copied().unwrap_or(0);
        let left = if of.stock.1.is_money() { aid::yuan(left) } else { left.to_string() };
        let cells = [what, whom, format!("{left:>LEFT$}")].map(Cell::from);
        match self.undone.contains(&entry.number) {
            true => cells.map(|cell| cell.style(cx.theme.dim)).into(),
            false => cells.into(),
        }
    }

    /// What the child of an entry was given in all; that the entry was undone.
    pub(super) fn told(&self, cx: &Cx, record: &Record) -> Option<String> {
        let entry = self.entry(record)?;
        if self.undone.contains(&entry.number) {
            return Some(cx.cat.t("aid-undone").into_owned());
        }
        let all = aid::of_child(&self.entries, entry.child?);
        let all: Vec<String> =
            all.iter().map(|(item, count)| wording::quantity(cx.cat, item, *count)).collect();
        Some(cx.delicate(&cx.cat.t1("aid-of-child", "all", all.join(&cx.cat.t("value-and")))))
    }
}

/// With the name of the goods as it was written.
fn named(record: &Record, entry: &Entry) -> Item {
    let text = |id| record.fields.text(id).to_owned();
    let (goods, unit) = (text(&aid_entry::GOODS), text(&aid_entry::UNIT));
    Item { kind: entry.stock.1.kind.clone(), goods, unit }
}

/// What a donor is told: received, given out and left of each gift. No child is named.
pub(super) fn statement(cx: &Cx, lines: Option<&[StatementLine]>) -> String {
    let Some(lines) = lines else { return cx.cat.t("aid-does-not-add-up").into_owned() };
    let line = |line: &StatementLine| {
        let (purpose, item) = &line.stock;
        let sums = [line.received, line.given, line.left].map(|sum| wording::quantity(cx.cat, item, sum));
        let [received, given, left] = sums.map(Into::into);
        let purpose = wording::core_choice(cx.cat, "purpose", purpose).into();
        let parts = [("purpose", purpose), ("received", received), ("given", given), ("left", left)];
        cx.cat.tn("aid-statement-line", &parts).into_owned()
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    if lines.is_empty() { cx.cat.t("aid-statement-empty").into_owned() } else { lines.join("\n") }
}

/// The fields of a correction of this entry.
pub(super) fn correction(cx: &Cx, record: &Record) -> crate::domain::Fields {
    let mut fields = crate::domain::Fields::default()
        .with(aid_entry::KIND, Value::Choice("correct".into()))
        .with(aid_entry::ON, cx.today);
    fields.set(aid_entry::CORRECTS, record.fields.number(&aid_entry::NUMBER).map(Value::Number));
    fields
}
