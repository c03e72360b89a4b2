//! The aid ledger 救助台账: what was received, given out and returned, by double entry.
//!
//! Entries are never changed. A correction undoes one whole, and from then on the books are as if it had never been: they
//! are made anew from the entries, and what does not add up that way cannot be written down. What is received for a
//! purpose is one stock, a purpose and an item each; giving takes first what came first, so that each donor can be told
//! what became of the gift.

use super::forms::aid_entry::*;
use super::plain::half_width;
use super::{Fields, Record};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use uuid::Uuid;

/// The most of one entry, in fen: larger sums are a slip of the hand.
const MOST: i64 = 10_000_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Receive,
    Give,
    Return,
    /// Undoes the entry with this number.
    Correct(i64),
}

/// Money, or goods of one name and unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// A code of the list `item`.
    pub kind: String,
    /// Both "" for money.
    pub goods: String,
    pub unit: String,
}

impl Item {
    pub fn is_money(&self) -> bool {
        self.kind == "money"
    }
}

/// One purpose and one item.
pub type Stock = (String, Item);

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// From 1 on, in the order in which they were written down.
    pub number: i64,
    pub on: Option<NaiveDate>,
    pub act: Act,
    /// Of whom it was received or to whom it is returned; "" otherwise.
    pub donor: String,
    pub stock: Stock,
    /// Fen, or pieces.
    pub quantity: i64,
    pub to: String,
    pub child: Option<Uuid>,
    pub household: Option<Uuid>,
}

/// Why an entry cannot stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AidFault {
    /// No sum of money like 500 or 1200.50, or more than a hundred million.
    Amount,
    /// There is only so much left for this purpose, or of this donor.
    Short {
        have: i64,
        money: bool,
    },
    /// On that day there was only so much left: the rest came later.
    ShortOn {
        on: NaiveDate,
        have: i64,
        money: bool,
    },
    /// What this entry brought was given out since, by the entry with this number.
    Spent(i64),
    /// There is no such entry, or it is a correction itself.
    NoEntry(i64),
    CorrectedAlready(i64),
    /// Nobody of this name is in the register of donors.
    NoDonor,
    /// Nobody on file has this case number.
    NoChild,
    /// The child or its household was given the same kind of thing on that day.
    Again(NaiveDate),
    /// An entry is never changed.
    Kept,
    /// Entries name this donor: with another name it could not be told any more what became of the gifts.
    Named,
}

/// Fen of a sum in yuan, as it is typed: `500`, `1,200.50`, `３００元`.
pub fn fen(text: &str) -> Option<i64> {
    let text = half_width(text);
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let plain = plain.trim_start_matches(['¥', '￥']).trim_end_matches('元');
    let (yuan, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if yuan.is_empty() || rest.len() > 2 || !digits(yuan) || !digits(rest) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    let fen = yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
    (1..=MOST).contains(&fen).then_some(fen)
}

/// `1200.50`
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100)
}

/// Whether a person takes two names for the same.
pub fn is_same(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// Names that a person takes for the same are the same folded.
pub fn folded(text: &str) -> String {
    half_width(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Entry {
    /// None: the sum of money is none.
    pub fn of(fields: &Fields) -> Option<Self> {
        let kind = fields.text(&ITEM).to_owned();
        let act = match fields.text(&KIND) {
            "receive" => Act::Receive,
            "give" => Act::Give,
            "return" => Act::Return,
            _ => Act::Correct(fields.number(&CORRECTS)?),
        };
        let is_money = kind == "money";
        let quantity = match act {
            Act::Correct(_) => 0,
            _ if is_money => fen(fields.text(&AMOUNT))?,
            _ => fields.number(&COUNT)?,
        };
        let of_goods = |id| if is_money { String::new() } else { folded(fields.text(&id)) };
        Some(Self {
            number: fields.number(&NUMBER).unwrap_or(0),
            on: fields.date(&ON),
            act,
            donor: folded(fields.text(&DONOR)),
            stock: (
                fields.text(&PURPOSE).to_owned(),
                Item { kind, goods: of_goods(GOODS), unit: of_goods(UNIT) },
            ),
            quantity,
            to: fields.text(&TO).to_owned(),
            child: fields.link(&CHILD),
            household: fields.link(&HOUSEHOLD),
        })
    }
}

/// The ledger's entries, by their numbers.
pub fn entries<'a>(records: impl IntoIterator<Item = &'a Record>) -> Vec<Entry> {
    let mut entries: Vec<Entry> =
        records.into_iter().filter_map(|record| Entry::of(&record.fields)).collect();
    entries.sort_by_key(|entry| entry.number);
    entries
}

/// Where value lies. Each entry moves it from one account to another, so that over all accounts a stock sums to nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// The world of this donor: less for each gift.
    Donor(String),
    /// What is left of this donor's gifts.
    Left(String),
    /// What of this donor's gifts was given out.
    Given(String),
}

/// The ledger as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    accounts: BTreeMap<(Account, Stock), i64>,
    /// What is left, by donor, the oldest first.
    lots: BTreeMap<Stock, VecDeque<(String, i64)>>,
}

impl Book {
    /// Of all entries, by their numbers.
    ///
    /// # Errors
    /// If they do not add up: with the number of the entry at which.
    pub fn of(entries: &[Entry]) -> Result<Self, (i64, AidFault)> {
        let mut undone = BTreeSet::new();
        for entry in entries {
            let Act::Correct(number) = entry.act else { continue };
            let is_it = |other: &&Entry| other.number == number && other.number < entry.number;
            let found = entries.iter().find(is_it).is_some_and(|one| !matches!(one.act, Act::Correct(_)));
            if !found {
                return Err((entry.number, AidFault::NoEntry(number)));
            }
            if !undone.insert(number) {
                return Err((entry.number, AidFault::CorrectedAlready(number)));
            }
        }
        let mut book = Self::default();
        let stands =
            |entry: &&Entry| !matches!(entry.act, Act::Correct(_)) && !undone.contains(&entry.number);
        for entry in entries.iter().filter(stands) {
            book.take(entry).map_err(|fault| (entry.number, fault))?;
        }
        Ok(book)
    }

    /// Takes in the next entry that is no correction.
    ///
    /// # Errors
    /// If there is not so much left.
    pub fn take(&mut self, entry: &Entry) -> Result<(), AidFault> {
        let lots = self.lots.entry(entry.stock.clone()).or_default();
        let mut moves = vec![];
        match entry.act {
            Act::Receive => {
                lots.push_back((entry.donor.clone(), entry.quantity));
                moves.push((
                    Account::Donor(entry.donor.clone()),
                    Account::Left(entry.donor.clone()),
                    entry.quantity,
                ));
            }
            Act::Give | Act::Return => {
                let only = (entry.act == Act::Return).then_some(&entry.donor);
                let mine = |donor: &String| only.is_none_or(|only| only == donor);
                let have: i64 = lots.iter().filter(|(donor, _)| mine(donor)).map(|(_, left)| left).sum();
                if have < entry.quantity {
                    return Err(AidFault::Short { have, money: entry.stock.1.is_money() });
                }
                let mut wanted = entry.quantity;
                for (donor, left) in lots.iter_mut().filter(|(donor, _)| mine(donor)) {
                    let part = wanted.min(*left);
                    *left -= part;
                    wanted -= part;
                    let to = match only {
                        Some(_) => Account::Donor(donor.clone()),
                        None => Account::Given(donor.clone()),
                    };
                    moves.push((Account::Left(donor.clone()), to, part));
                }
                lots.retain(|(_, left)| *left > 0);
            }
            Act::Correct(_) => {}
        }
        for (from, to, quantity) in moves {
            *self.accounts.entry((from, entry.stock.clone())).or_default() -= quantity;
            *self.accounts.entry((to, entry.stock.clone())).or_default() += quantity;
        }
        Ok(())
    }

    /// What is left of a stock.
    pub fn left(&self, stock: &Stock) -> i64 {
        self.lots.get(stock).into_iter().flatten().map(|(_, left)| left).sum()
    }

    pub fn stocks(&self) -> impl Iterator<Item = &Stock> {
        self.lots.keys()
    }

    pub fn account(&self, account: Account, stock: &Stock) -> i64 {
        self.accounts.get(&(account, stock.clone())).copied().unwrap_or(0)
    }

    /// Over all accounts: nothing, in every stock.
    pub fn sum(&self, stock: &Stock) -> i64 {
        self.accounts.iter().filter(|((_, of), _)| of == stock).map(|(_, value)| value).sum()
    }

    /// What became of a donor's gifts, a stock each: kept of what was received, given out, left.
    pub fn statement(&self, donor: &str) -> Vec<(&Stock, i64, i64, i64)> {
        let donor = folded(donor);
        let line = |stock| {
            let [world, given, left] = [Account::Donor, Account::Given, Account::Left]
                .map(|account| self.account(account(donor.clone()), stock));
            (stock, -world, given, left)
        };
        self.lots.keys().map(line).filter(|(_, received, ..)| *received != 0).collect()
    }
}

/// Whether a new entry can stand behind the others, of which it gets the next number.
///
/// # Errors
/// Why not.
pub fn add(entries: &mut Vec<Entry>, mut entry: Entry) -> Result<i64, AidFault> {
    let number = entries.last().map_or(1, |last| last.number + 1);
    entry.number = number;
    let corrects = matches!(entry.act, Act::Correct(_));
    let before = days(entries).into_iter().map(|(stock, days)| (stock.clone(), days)).collect();
    entries.push(entry);
    let stands = Book::of(entries).and_then(|_| short_on(entries, &before).map_or(Ok(()), Err));
    match stands {
        Ok(()) => Ok(number),
        Err((at, fault)) => {
            entries.pop();
            // Without the corrected entry a later one does not add up any more.
            Err(if corrects && at != number { AidFault::Spent(at) } else { fault })
        }
    }
}

/// What was left of a stock at the end of a day, and the last entry by which something went.
type Day = (i64, i64);

/// At the end of each day on which something came or went: entries may be written down in another order than it happened.
fn days(entries: &[Entry]) -> BTreeMap<&Stock, BTreeMap<NaiveDate, Day>> {
    let undone = undone(entries);
    let mut all: BTreeMap<&Stock, BTreeMap<NaiveDate, Day>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !undone.contains(&entry.number)) {
        let change = match entry.act {
            Act::Receive => entry.quantity,
            Act::Give | Act::Return => -entry.quantity,
            Act::Correct(_) => continue,
        };
        let of = all.entry(&entry.stock).or_default();
        let day = of.entry(entry.on.unwrap_or_default()).or_default();
        *day = (day.0 + change, if change < 0 { entry.number } else { day.1 });
    }
    for of in all.values_mut() {
        let (mut left, mut last) = (0, 0);
        for day in of.values_mut() {
            left += day.0;
            last = if day.1 > 0 { day.1 } else { last };
            *day = (left, last);
        }
    }
    all
}

/// The entry and the day with which a stock is more than empty where it was not before: what is so since an older program
/// wrote it down stands in nobody's way.
fn short_on(
    entries: &[Entry],
    before: &BTreeMap<Stock, BTreeMap<NaiveDate, Day>>,
) -> Option<(i64, AidFault)> {
    days(entries).into_iter().find_map(|(stock, days)| {
        let was =
            |on| before.get(stock).and_then(|days| days.range(..=on).next_back()).map_or(0, |day| day.1.0);
        let (on, (_, at)) = days.into_iter().find(|(on, (left, _))| *left < was(*on).min(0))?;
        Some((at, AidFault::ShortOn { on, have: was(on).max(0), money: stock.1.is_money() }))
    })
}

/// What was left in its stock after each entry, as it stood then.
pub fn running(entries: &[Entry]) -> Vec<i64> {
    let mut left: BTreeMap<&Stock, i64> = BTreeMap::new();
    let one = |entry: &Entry| match entry.act {
        Act::Receive => entry.quantity,
        Act::Give | Act::Return => -entry.quantity,
        Act::Correct(_) => 0,
    };
    entries
        .iter()
        .map(|entry| {
            let (of, change) = match entry.act {
                Act::Correct(number) => match entries.iter().find(|other| other.number == number) {
                    Some(other) => (other, -one(other)),
                    None => (entry, 0),
                },
                _ => (entry, one(entry)),
            };
            let left = left.entry(&of.stock).or_default();
            *left += change;
            *left
        })
        .collect()
}

/// Entries that were undone later.
pub fn undone(entries: &[Entry]) -> BTreeSet<i64> {
    entries
        .iter()
        .filter_map(|entry| if let Act::Correct(number) = entry.act { Some(number) } else { None })
        .collect()
}

/// What a child was given in all, an item each.
pub fn of_child(entries: &[Entry], child: Uuid) -> BTreeMap<Item, i64> {
    let undone = undone(entries);
    let mut all = BTreeMap::new();
    let given = entries.iter().filter(|entry| entry.act == Act::Give && entry.child == Some(child));
    for entry in given.filter(|entry| !undone.contains(&entry.number)) {
        *all.entry(entry.stock.1.clone()).or_default() += entry.quantity;
    }
    all
}

/// The last day within so many days on which the child, or another of its household, was given the same kind of thing.
pub fn again(entries: &[Entry], new: &Entry, days: i64) -> Option<NaiveDate> {
    let on = new.on.filter(|_| new.act == Act::Give && new.child.is_some())?;
    let undone = undone(entries);
    let same = |entry: &&Entry| {
        let theirs = entry.child == new.child || new.household.is_some() && entry.household == new.household;
        entry.act == Act::Give
            && theirs
            && entry.stock.1.kind == new.stock.1.kind
            && !undone.contains(&entry.number)
    };
    let near = |day: &NaiveDate| (on - *day).num_days().abs() <= days;
    entries.iter().filter(same).filter_map(|entry| entry.on).filter(near).max()
}

#[cfg(test)]
mod tests;
