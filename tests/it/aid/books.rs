//! Whatever is entered, corrected, changed and taken back in whatever order: the ledger keeps each line as it was written,
//! nothing is given that was not there on its day, and each donor is told what the lines say.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghu::domain::aid::{Account, Act, AidFault, Book, Entry, Stock, entries};
use tonghu::domain::{ChangeId, Record};

use super::*;

const DONORS: [&str; 3] = ["启明厂", "Ｑｉ Store", "县红十字会"];

#[derive(Clone, Debug)]
enum Step {
    Receive { donor: usize, stock: usize, quantity: i64, day: u32 },
    Give { stock: usize, quantity: i64, day: u32, child: bool, again: bool },
    Return { donor: usize, stock: usize, quantity: i64, day: u32 },
    Correct { number: i64 },
    Edit { line: usize },
    TakeBack { line: usize },
    Again { line: usize },
    Rename { donor: usize },
    Closed,
}

fn step() -> impl Strategy<Value = Step> {
    let (donor, stock, quantity, day) = (0..3usize, 0..3usize, 1..9i64, 1..29u32);
    prop_oneof![
        6 => (donor.clone(), stock.clone(), quantity.clone(), day.clone())
            .prop_map(|(donor, stock, quantity, day)| Step::Receive { donor, stock, quantity, day }),
        6 => (stock.clone(), quantity.clone(), day.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(stock, quantity, day, child, again)| Step::Give { stock, quantity, day, child, again }),
        2 => (donor.clone(), stock, quantity, day)
            .prop_map(|(donor, stock, quantity, day)| Step::Return { donor, stock, quantity, day }),
        3 => (1..14i64).prop_map(|number| Step::Correct { number }),
        1 => (0..14usize).prop_map(|line| Step::Edit { line }),
        1 => (0..14usize).prop_map(|line| Step::TakeBack { line }),
        1 => (0..14usize).prop_map(|line| Step::Again { line }),
        1 => donor.prop_map(|donor| Step::Rename { donor }),
        1 => Just(Step::Closed),
    ]
}

struct Books {
    house: House,
    /// None while it is closed.
    open: Option<Arc<Desk>>,
    case_no: String,
    /// As they were written down, with the changes that did it.
    written: Vec<(Record, ChangeId)>,
}

impl Books {
    fn new() -> Self {
        let house = House::new();
        let desk = house.station();
        for name in DONORS {
            let named = Fields::default().with(donor::NAME, name).with(donor::KIND, choice("company"));
            add(&desk, RecordKind::Donor, named).unwrap();
        }
        let case_no = registered(&desk, "王小明", None);
        Self { house, open: Some(desk), case_no, written: vec![] }
    }

    fn desk(&self) -> &Desk {
        self.open.as_deref().unwrap()
    }

    fn line(&self, act: &str, stock: usize, quantity: i64, on: u32) -> Fields {
        let fields = Fields::default()
            .with(KIND, choice(act))
            .with(ON, NaiveDate::from_ymd_opt(2026, 2, on).unwrap())
            .with(PURPOSE, choice(["general", "schooling", "general"][stock]));
        match stock {
            2 => fields
                .with(ITEM, choice("food"))
                .with(GOODS, "大米")
                .with(UNIT, "袋")
                .with(COUNT, Value::Number(quantity)),
            _ => fields.with(ITEM, choice("money")).with(AMOUNT, format!("{quantity}.50").as_str()),
        }
    }

    fn enter(&mut self, fields: Fields) {
        let before = ledger(self.desk()).len();
        match enter(self.desk(), fields) {
            Ok(saved) => {
                let lines = ledger(self.desk());
                assert_eq!(lines.len(), before + 1);
                let newest = lines.iter().max_by_key(|line| line.record.fields.number(&NUMBER)).unwrap();
                self.written.push((newest.record.clone(), saved.change));
            }
            Err(Refusal::Aid(fault)) => {
                assert!(
                    !matches!(fault, AidFault::NoDonor | AidFault::NoChild | AidFault::Amount),
                    "{fault:?}"
                );
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Receive { donor, stock, quantity, day } => {
                self.enter(self.line("receive", stock, quantity, day).with(DONOR, DONORS[donor]));
            }
            Step::Return { donor, stock, quantity, day } => {
                let line = self.line("return", stock, quantity, day).with(DONOR, DONORS[donor]);
                self.enter(line.with(REASON, "项目结束"));
            }
            Step::Give { stock, quantity, day, child, again } => {
                let mut line = self.line("give", stock, quantity, day).with(TO, "柳树村");
                if child {
                    line.set(CASE_NO, Some(Value::Text(self.case_no.clone())));
                }
                if again {
                    line.set(AGAIN, Some(Value::Text("家里来了客人".into())));
                }
                self.enter(line);
            }
            Step::Correct { number } => self.enter(correct(number)),
            Step::Edit { line } => {
                let Some((record, _)) = self.written.get(line) else { return };
                for (field, value) in [
                    (AMOUNT, Value::Text("1".into())),
                    (COUNT, Value::Number(1)),
                    (ON, day("2026-01-01").into()),
                ] {
                    let fields = record.fields.clone().with(field, value);
                    let refused = save(self.desk(), record.at, Some(record.fields.clone()), fields);
                    assert_eq!(refused.unwrap_err(), Refusal::Aid(AidFault::Kept));
                }
            }
            Step::Again { line } => {
                let Some((record, _)) = self.written.get(line) else { return };
                let refused = save(self.desk(), record.at, None, record.fields.clone());
                assert_eq!(refused.unwrap_err(), Refusal::Aid(AidFault::Kept));
            }
            Step::TakeBack { line } => {
                let Some((record, change)) = self.written.get(line) else { return };
                // What no screen asks for, somebody at the socket may.
                let request = Request::Revert { child: ChildId(record.at.id), change: *change };
                assert_eq!(self.desk().ask(request), Err(Refusal::NotFound));
            }
            Step::Rename { donor } => {
                let kept = register(self.desk(), RecordKind::Donor);
                let kept = kept.iter().find(|line| line.record.fields.text(&donor::NAME) == DONORS[donor]);
                let Some(kept) = kept.map(|line| &line.record) else { return };
                let fields = kept.fields.clone().with(donor::NAME, "改了名");
                let named = self.written.iter().any(|(line, _)| line.fields.text(&DONOR) == DONORS[donor]);
                match save(self.desk(), kept.at, Some(kept.fields.clone()), fields.clone()) {
                    Ok(_) => {
                        assert!(!named);
                        save(self.desk(), kept.at, Some(fields), kept.fields.clone()).unwrap();
                    }
                    Err(refusal) => assert!(named && refusal == Refusal::Aid(AidFault::Named)),
                }
            }
            Step::Closed => {
                self.open = None;
                self.open = Some(self.house.reopen());
            }
        }
    }

    fn add_up(&self) {
        let mut lines: Vec<Record> = ledger(self.desk()).into_iter().map(|line| line.record).collect();
        lines.sort_by_key(|line| line.fields.number(&NUMBER));
        let was: Vec<&Record> = self.written.iter().map(|(line, _)| line).collect();
        assert_eq!(lines.iter().collect::<Vec<_>>(), was, "each line stands as it was written");
        let all = entries(&lines);
        let numbers: Vec<i64> = all.iter().map(|one| one.number).collect();
        assert_eq!(numbers, (1..).take(all.len()).collect::<Vec<i64>>());
        let undone: BTreeSet<i64> = all
            .iter()
            .filter_map(|one| if let Act::Correct(of) = one.act { Some(of) } else { None })
            .collect();
        let stands = |one: &&Entry| !matches!(one.act, Act::Correct(_)) && !undone.contains(&one.number);
        let standing: Vec<&Entry> = all.iter().filter(stands).collect();
        let book = Book::of(&all).unwrap();
        let mut days: BTreeMap<&Stock, BTreeMap<NaiveDate, i64>> = BTreeMap::new();
        for one in &standing {
            let change = if one.act == Act::Receive { one.quantity } else { -one.quantity };
            *days.entry(&one.stock).or_default().entry(one.on.unwrap()).or_default() += change;
        }
        for (stock, days) in days {
            let mut left = 0;
            for (on, change) in days {
                left += change;
                assert!(left >= 0, "{left} of {stock:?} on {on}");
            }
            assert_eq!(book.left(stock), left);
            assert_eq!(book.sum(stock), 0, "what left one account came into another");
            let of = |act: Act, donor: &str| -> i64 {
                let mine = standing.iter().filter(|one| one.act == act && one.stock == *stock);
                mine.filter(|one| donor.is_empty() || one.donor == donor).map(|one| one.quantity).sum()
            };
            let mut given = 0;
            for name in DONORS {
                let donor = tonghu::domain::aid::folded(name);
                let told = book.statement(name).into_iter().find(|(of, ..)| *of == stock);
                let (_, received, out, left) = told.unwrap_or((stock, 0, 0, 0));
                assert_eq!(received, of(Act::Receive, &donor) - of(Act::Return, &donor));
                assert_eq!(received, out + left);
                assert!(out >= 0 && left >= 0);
                assert_eq!(book.account(Account::Given(donor), stock), out);
                given += out;
            }
            assert_eq!(given, of(Act::Give, ""), "what was given out came from somebody");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: crate::life::cases(16), max_shrink_iters: 300, ..ProptestConfig::default() })]
    #[test]
    fn the_books_add_up_on_every_day_and_no_line_is_ever_another(
        steps in prop::collection::vec(step(), 1..24)
    ) {
        let mut books = Books::new();
        for step in &steps {
            books.take(step);
            books.add_up();
        }
    }
}

#[test]
fn what_is_given_on_a_day_was_there_on_that_day() {
    let house = House::new();
    let desk = station(&house);
    let on = |fields: Fields, on: &str| fields.with(ON, day(on));
    enter(&desk, on(money("receive", "schooling", "500"), "2026-02-20")).unwrap();
    let refused = enter(&desk, on(money("give", "schooling", "200"), "2026-02-19")).unwrap_err();
    let short = AidFault::ShortOn { on: day("2026-02-19"), have: 0, money: true };
    assert_eq!(refused, Refusal::Aid(short));
    enter(&desk, on(money("receive", "schooling", "300"), "2026-02-01")).unwrap();
    enter(&desk, on(money("give", "schooling", "200"), "2026-02-19")).unwrap();
    let refused = enter(&desk, correct(2)).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Spent(3)), "it was given out before the other came");
    for (lang, said) in [(Lang::Zh, "那天这个用途只剩"), (Lang::En, "was left for this purpose")] {
        let short = Refusal::Aid(AidFault::ShortOn { on: day("2026-02-19"), have: 5_000, money: true });
        let office = with_ledger();
        office.inside.lock().unwrap().refusals.push_back(short);
        let mut face = Harness::new(office, lang, now());
        face.press("g left e").type_text("x").press("ctrl-s").sees(said).sees("50.00");
    }
}
