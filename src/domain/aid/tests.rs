use super::*;
use proptest::prelude::*;

fn money(purpose: &str) -> Stock {
    (purpose.into(), Item { kind: "money".into(), goods: String::new(), unit: String::new() })
}

fn rice() -> Stock {
    ("living".into(), Item { kind: "food".into(), goods: "大米".into(), unit: "袋".into() })
}

fn entry(act: Act, donor: &str, stock: Stock, quantity: i64) -> Entry {
    let on = NaiveDate::from_ymd_opt(2026, 3, 1);
    Entry {
        number: 0,
        on,
        act,
        donor: donor.into(),
        stock,
        quantity,
        to: String::new(),
        child: None,
        household: None,
    }
}

fn receive(donor: &str, stock: Stock, quantity: i64) -> Entry {
    entry(Act::Receive, donor, stock, quantity)
}

fn give(stock: Stock, quantity: i64) -> Entry {
    entry(Act::Give, "", stock, quantity)
}

fn correct(number: i64) -> Entry {
    entry(Act::Correct(number), "", money("general"), 0)
}

fn ledger(all: Vec<Entry>) -> Vec<Entry> {
    let mut entries = vec![];
    for entry in all {
        add(&mut entries, entry).unwrap();
    }
    entries
}

#[test]
fn a_sum_is_read_as_people_write_it() {
    let read = ["500", "1,200.50", "３００元", "¥0.5", " 12 "].map(fen);
    assert_eq!(read, [Some(50_000), Some(120_050), Some(30_000), Some(50), Some(1_200)]);
    for not in ["", "0", "-5", "1.234", "a", ".5", "1e3", "100000000.01", "99999999999999999999"] {
        assert_eq!(fen(not), None, "{not}");
    }
    assert_eq!([yuan(120_050), yuan(5), yuan(-150)], ["1200.50", "0.05", "-1.50"]);
}

#[test]
fn money_for_schooling_pays_for_nothing_else() {
    let mut entries = ledger(vec![receive("甲厂", money("schooling"), 50_000)]);
    let refused = add(&mut entries, give(money("medical"), 1));
    assert_eq!(refused, Err(AidFault::Short { have: 0, money: true }));
    assert_eq!(add(&mut entries, give(money("schooling"), 50_000)), Ok(2));
    let refused = add(&mut entries, give(money("schooling"), 1));
    assert_eq!(refused, Err(AidFault::Short { have: 0, money: true }));
    assert_eq!(entries.len(), 2, "what was refused is not there");
}

#[test]
fn each_donor_is_told_what_became_of_the_gift_the_oldest_given_first() {
    let entries = ledger(vec![
        receive("甲厂", rice(), 10),
        receive("乙店", rice(), 10),
        give(rice(), 12),
        entry(Act::Return, "乙店", rice(), 3),
    ]);
    let book = Book::of(&entries).unwrap();
    let told = |donor| book.statement(donor).into_iter().map(|(_, a, b, c)| (a, b, c)).collect::<Vec<_>>();
    assert_eq!(told("甲厂"), [(10, 10, 0)]);
    assert_eq!(told("乙店"), [(7, 2, 5)], "of ten, three were returned");
    assert_eq!(told("丙"), []);
    assert_eq!(running(&entries), [10, 20, 8, 5]);
}

#[test]
fn nobody_is_returned_more_than_is_left_of_the_gift() {
    let mut entries = ledger(vec![receive("甲厂", rice(), 5), receive("乙店", rice(), 5), give(rice(), 4)]);
    let refused = add(&mut entries, entry(Act::Return, "甲厂", rice(), 2));
    assert_eq!(refused, Err(AidFault::Short { have: 1, money: false }));
}

#[test]
fn a_gift_that_was_given_out_is_not_corrected_before_what_was_given() {
    let mut entries = ledger(vec![receive("甲厂", rice(), 5), give(rice(), 4)]);
    assert_eq!(add(&mut entries, correct(1)), Err(AidFault::Spent(2)));
    assert_eq!(add(&mut entries, correct(2)), Ok(3));
    assert_eq!(add(&mut entries, correct(1)), Ok(4));
    assert_eq!(Book::of(&entries).unwrap().left(&rice()), 0);
    assert_eq!(running(&entries), [5, 1, 5, 0]);
    assert_eq!(add(&mut entries, correct(2)), Err(AidFault::CorrectedAlready(2)));
    assert_eq!(add(&mut entries, correct(3)), Err(AidFault::NoEntry(3)), "a correction stands");
    assert_eq!(add(&mut entries, correct(9)), Err(AidFault::NoEntry(9)));
}

#[test]
fn the_same_kind_for_a_child_or_its_household_within_the_days_is_noticed() {
    let [child, sister, home] = [1, 2, 3].map(Uuid::from_u128);
    let to = |child, on: &str| Entry {
        child: Some(child),
        household: Some(home),
        on: on.parse().ok(),
        ..give(rice(), 1)
    };
    let mut entries = ledger(vec![receive("甲厂", rice(), 50), to(child, "2026-03-01")]);
    let day = "2026-03-01".parse().ok();
    assert_eq!(again(&entries, &to(child, "2026-03-31"), 30), day);
    assert_eq!(again(&entries, &to(sister, "2026-03-10"), 30), day);
    assert_eq!(again(&entries, &to(child, "2026-04-01"), 30), None);
    let other = Entry { household: None, ..to(sister, "2026-03-02") };
    assert_eq!(again(&entries, &other, 30), None);
    assert_eq!(of_child(&entries, child).values().copied().collect::<Vec<_>>(), [1]);
    add(&mut entries, correct(2)).unwrap();
    assert_eq!(again(&entries, &to(child, "2026-03-02"), 30), None, "undone, it was never given");
    assert!(of_child(&entries, child).is_empty());
}

/// An act at random: of two donors, two purposes, small sums, so that much is refused and much is not.
fn any_entry() -> impl Strategy<Value = Entry> {
    let stock = prop_oneof![Just(money("general")), Just(money("schooling")), Just(rice())];
    (0..6, 0..2_usize, stock, 1..30_i64, 1..20_i64).prop_map(|(act, donor, stock, quantity, number)| {
        let donor = ["甲厂", "乙店"][donor];
        match act {
            0 | 1 => receive(donor, stock, quantity),
            2 | 3 => give(stock, quantity),
            4 => entry(Act::Return, donor, stock, quantity),
            _ => correct(number),
        }
    })
}

proptest! {
    #[test]
    fn whatever_is_written_down_no_balance_is_negative_and_the_sums_agree(
        acts in prop::collection::vec(any_entry(), 0..60),
    ) {
        let mut entries = vec![];
        for act in acts {
            let before = entries.clone();
            if add(&mut entries, act).is_err() {
                prop_assert_eq!(&entries, &before);
            }
            let book = Book::of(&entries).unwrap();
            let mut last: BTreeMap<&Stock, i64> = BTreeMap::new();
            for (entry, left) in entries.iter().zip(running(&entries)) {
                prop_assert!(left >= 0);
                let of = match entry.act {
                    Act::Correct(number) => &entries[number as usize - 1],
                    _ => entry,
                };
                last.insert(&of.stock, left);
            }
            for stock in book.stocks() {
                prop_assert_eq!(book.sum(stock), 0);
                let lefts: i64 =
                    ["甲厂", "乙店"].iter().map(|d| book.account(Account::Left((*d).into()), stock)).sum();
                prop_assert!(lefts >= 0);
                prop_assert_eq!(lefts, book.left(stock));
                prop_assert_eq!(book.left(stock), last[stock]);
                for donor in ["甲厂", "乙店"] {
                    for (_, received, given, left) in book.statement(donor) {
                        prop_assert_eq!(received, given + left);
                        prop_assert!(given >= 0 && left >= 0);
                    }
                }
            }
        }
    }

    #[test]
    fn a_correction_restores_what_was_before_the_entry(
        acts in prop::collection::vec(any_entry(), 0..40),
        act in any_entry(),
    ) {
        let mut entries = vec![];
        for act in acts {
            let _ = add(&mut entries, act);
        }
        let before = Book::of(&entries).unwrap();
        let is_correction = matches!(act.act, Act::Correct(_));
        if let (false, Ok(number)) = (is_correction, add(&mut entries, act)) {
            add(&mut entries, correct(number)).unwrap();
            let after = Book::of(&entries).unwrap();
            for stock in before.stocks().chain(after.stocks()) {
                prop_assert_eq!(before.left(stock), after.left(stock));
                for donor in ["甲厂", "乙店"] {
                    for account in [Account::Donor, Account::Left, Account::Given] {
                        let account = account(donor.into());
                        prop_assert_eq!(before.account(account.clone(), stock), after.account(account, stock));
                    }
                }
            }
        }
    }
}
