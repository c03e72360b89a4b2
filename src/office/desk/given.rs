//! What each child was given in all and what became of each donor's gifts, in memory: the opening of a file costs what that
//! child has, a statement what that donor gave, not what the station gave to everybody. The ledger is read for the first
//! of them in a sitting, and again after a correction.

use crate::domain::aid::{Act, Book, Entry, Item, Stock, undone};
use crate::office::{Refusal, StatementLine};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

#[derive(Default)]
pub(super) struct Given(Mutex<Option<Totals>>);

#[derive(Default)]
struct Totals {
    /// Each once; a child's totals name them by their place.
    items: Vec<Item>,
    places: BTreeMap<Item, u32>,
    of: HashMap<Uuid, Vec<(u32, i64)>>,
    /// None: the ledger does not add up.
    book: Option<Book>,
    /// The entries that are in, by their numbers: one that is saved while the ledger is read must count once.
    counted: HashSet<i64>,
}

impl Given {
    fn lock(&self) -> MutexGuard<'_, Option<Totals>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a child was given, an item each.
    ///
    /// # Errors
    /// If the ledger had to be read and could not.
    pub(super) fn of(
        &self,
        child: Uuid,
        read: impl FnOnce() -> Result<Vec<Entry>, Refusal>,
    ) -> Result<Vec<(Item, i64)>, Refusal> {
        self.with(read, |totals| {
            let own = totals.of.get(&child).map_or(&[][..], Vec::as_slice);
            let mut own: Vec<(Item, i64)> =
                own.iter().map(|(item, sum)| (totals.items[*item as usize].clone(), *sum)).collect();
            own.sort();
            own
        })
    }

    /// What became of a donor's gifts. None: the ledger does not add up.
    ///
    /// # Errors
    /// As with a child.
    pub(super) fn statement(
        &self,
        donor: &str,
        read: impl FnOnce() -> Result<Vec<Entry>, Refusal>,
    ) -> Result<Option<Vec<StatementLine>>, Refusal> {
        let line = |(stock, received, given, left): (&Stock, i64, i64, i64)| StatementLine {
            stock: stock.clone(),
            received,
            given,
            left,
        };
        self.with(read, |totals| {
            let book = totals.book.as_ref()?;
            Some(book.statement(donor).into_iter().map(line).collect())
        })
    }

    fn with<T>(
        &self,
        read: impl FnOnce() -> Result<Vec<Entry>, Refusal>,
        tell: impl FnOnce(&Totals) -> T,
    ) -> Result<T, Refusal> {
        let mut kept = self.lock();
        let totals = match kept.take() {
            Some(totals) => totals,
            None => Totals::of(&read()?),
        };
        Ok(tell(kept.insert(totals)))
    }

    /// These entries were saved; `None`: one was taken back.
    pub(super) fn saved(&self, entries: impl IntoIterator<Item = Option<Entry>>) {
        let mut kept = self.lock();
        for entry in entries {
            match entry {
                Some(entry) if !matches!(entry.act, Act::Correct(_)) => {
                    kept.iter_mut().for_each(|totals| totals.add(&entry));
                }
                // What it undoes is anywhere in the ledger.
                _ => *kept = None,
            }
        }
    }
}

impl Totals {
    fn of(entries: &[Entry]) -> Self {
        let undone = undone(entries);
        let mut totals = Self { book: Some(Book::default()), ..Self::default() };
        entries.iter().filter(|entry| !undone.contains(&entry.number)).for_each(|entry| totals.add(entry));
        totals
    }

    fn add(&mut self, entry: &Entry) {
        let moves = !matches!(entry.act, Act::Correct(_));
        if !moves || !self.counted.insert(entry.number) {
            return;
        }
        if self.book.as_mut().is_some_and(|book| book.take(entry).is_err()) {
            self.book = None;
        }
        let Some(child) = entry.child.filter(|_| entry.act == Act::Give) else { return };
        let item = match self.places.get(&entry.stock.1) {
            Some(place) => *place,
            None => {
                let place = self.items.len() as u32;
                self.items.push(entry.stock.1.clone());
                self.places.insert(entry.stock.1.clone(), place);
                place
            }
        };
        let own = self.of.entry(child).or_default();
        match own.iter_mut().find(|(of, _)| *of == item) {
            Some((_, sum)) => *sum += entry.quantity,
            None => own.push((item, entry.quantity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aid::of_child;
    use std::cell::Cell;

    fn entry(number: i64, act: Act, kind: &str, quantity: i64, child: u128) -> Entry {
        let item = Item { kind: kind.into(), goods: String::new(), unit: String::new() };
        let child = Some(Uuid::from_u128(child));
        let (donor, to) = (String::new(), String::new());
        let stock = ("general".to_owned(), item);
        Entry { number, on: None, act, donor, stock, quantity, to, child, household: None }
    }

    #[test]
    fn the_ledger_is_read_for_the_first_file_and_no_gift_is_lost_or_counted_twice() {
        let ledger = Cell::new(vec![
            entry(1, Act::Receive, "money", 900, 0),
            entry(2, Act::Give, "money", 100, 1),
            entry(3, Act::Receive, "food", 5, 0),
            entry(4, Act::Give, "food", 2, 1),
            entry(5, Act::Give, "money", 50, 2),
            entry(6, Act::Correct(4), "", 0, 0),
        ]);
        let (given, reads) = (Given::default(), Cell::new(0));
        let read = || {
            reads.set(reads.get() + 1);
            let all = ledger.take();
            ledger.set(all.clone());
            Ok(all)
        };
        let agrees = |child| {
            let all = read().unwrap();
            reads.set(reads.get() - 1);
            let wanted: Vec<(Item, i64)> = of_child(&all, Uuid::from_u128(child)).into_iter().collect();
            assert_eq!(given.of(Uuid::from_u128(child), read).unwrap(), wanted, "{child}");
            let told = given.statement("", read).unwrap().unwrap();
            let told: Vec<_> =
                told.iter().map(|line| (&line.stock, line.received, line.given, line.left)).collect();
            assert_eq!(told, Book::of(&all).unwrap().statement(""));
        };
        (0..4).for_each(agrees);
        assert_eq!(reads.get(), 1, "once for all files");
        let write = |entry: Entry| {
            let mut all = ledger.take();
            all.push(entry.clone());
            ledger.set(all);
            given.saved([Some(entry)]);
        };
        write(entry(7, Act::Give, "money", 25, 1));
        given.saved([Some(entry(7, Act::Give, "money", 25, 1))]);
        (0..4).for_each(agrees);
        assert_eq!(reads.get(), 1, "a gift is added");
        write(entry(8, Act::Correct(2), "", 0, 0));
        (0..4).for_each(agrees);
        assert_eq!(reads.get(), 2);
    }
}
