//! The aid ledger: what was received, given out, returned and corrected, in the office and on the screen.

mod books;

use crate::fake::{FakeOffice, day, now};
use crate::registers::{House, add, choice, line, register, save};
use std::sync::Arc;
use tonghu::domain::aid::AidFault;
use tonghu::domain::forms::{aid_entry::*, child, donor};
use tonghu::domain::{ChildId, Fields, RecordKind, RecordRef, Value};
use tonghu::i18n::Lang;
use tonghu::office::*;
use tonghu::tui::harness::Harness;
use uuid::Uuid;

fn entry(kind: &str) -> Fields {
    Fields::default().with(KIND, choice(kind)).with(ON, day("2026-03-01"))
}

fn money(kind: &str, purpose: &str, amount: &str) -> Fields {
    let fields = entry(kind).with(PURPOSE, choice(purpose)).with(ITEM, choice("money")).with(AMOUNT, amount);
    match kind {
        "give" => fields.with(TO, "柳树村"),
        "return" => fields.with(DONOR, "启明厂").with(REASON, "项目结束"),
        _ => fields.with(DONOR, "启明厂"),
    }
}

fn rice(kind: &str, count: i64) -> Fields {
    let fields = entry(kind).with(PURPOSE, choice("living")).with(ITEM, choice("food"));
    let fields = fields.with(GOODS, "大米").with(UNIT, "袋").with(COUNT, Value::Number(count));
    if kind == "give" { fields.with(TO, "王小明") } else { fields.with(DONOR, "启明厂") }
}

fn correct(number: i64) -> Fields {
    entry("correct").with(CORRECTS, Value::Number(number)).with(REASON, "记错了")
}

/// A station with a donor.
fn station(house: &House) -> Arc<Desk> {
    let desk = house.station();
    let named = Fields::default().with(donor::NAME, "启明厂").with(donor::KIND, choice("company"));
    add(&desk, RecordKind::Donor, named).unwrap();
    desk
}

fn enter(desk: &Desk, fields: Fields) -> Result<Saved, Refusal> {
    add(desk, RecordKind::AidEntry, fields)
}

fn ledger(desk: &Desk) -> Vec<RegisterLine> {
    register(desk, RecordKind::AidEntry)
}

fn registered(desk: &Desk, name: &str, household: Option<Uuid>) -> String {
    let at = RecordRef::child(ChildId(Uuid::now_v7()));
    let mut fields = Fields::default().with(child::NAME, name);
    fields.set(child::HOUSEHOLD, household.map(Value::Link));
    let saved = save(desk, at, None, fields).unwrap();
    match desk.ask(Request::File(saved.child.unwrap())).unwrap() {
        Answer::File(file) => file.row.case_no,
        other => panic!("{other:?}"),
    }
}

#[test]
fn schooling_money_is_kept_for_schooling_and_never_runs_below_nothing() {
    let house = House::new();
    let desk = station(&house);
    enter(&desk, money("receive", "schooling", "500")).unwrap();
    let refused = enter(&desk, money("give", "medical", "100")).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Short { have: 0, money: true }));
    enter(&desk, money("give", "schooling", "499.50")).unwrap();
    let refused = enter(&desk, money("give", "schooling", "1")).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Short { have: 50, money: true }));
    let refused = enter(&desk, money("return", "schooling", "0.51")).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Short { have: 50, money: true }));
    enter(&desk, money("return", "schooling", "0.50")).unwrap();
    let numbers: Vec<_> = ledger(&desk).iter().map(|line| line.record.fields.number(&NUMBER)).collect();
    assert_eq!(numbers, [Some(1), Some(2), Some(3)]);
}

#[test]
fn an_entry_is_never_changed_only_corrected_once_with_a_reason() {
    let house = House::new();
    let desk = station(&house);
    enter(&desk, money("receive", "general", "100")).unwrap();
    let kept = ledger(&desk).remove(0).record;
    let fields = kept.fields.clone().with(AMOUNT, "900");
    let refused = save(&desk, kept.at, Some(kept.fields.clone()), fields).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Kept));
    let mut silent = correct(1);
    silent.set(REASON, None);
    assert!(matches!(enter(&desk, silent), Err(Refusal::Invalid(_))));
    enter(&desk, correct(1)).unwrap();
    assert_eq!(enter(&desk, correct(1)).unwrap_err(), Refusal::Aid(AidFault::CorrectedAlready(1)));
    assert_eq!(enter(&desk, correct(2)).unwrap_err(), Refusal::Aid(AidFault::NoEntry(2)));
    let refused = enter(&desk, money("give", "general", "1")).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Short { have: 0, money: true }));
    assert_eq!(ledger(&desk).len(), 2, "both are still there");
}

#[test]
fn the_same_help_to_one_household_within_a_month_asks_for_a_reason() {
    let house = House::new();
    let desk = station(&house);
    let home = Uuid::from_u128(77);
    let [brother, sister, other] = [
        registered(&desk, "王小明", Some(home)),
        registered(&desk, "王小红", Some(home)),
        registered(&desk, "李丽", None),
    ];
    enter(&desk, rice("receive", 20)).unwrap();
    let give = |case_no: &str| rice("give", 1).with(CASE_NO, case_no);
    enter(&desk, give(&brother)).unwrap();
    let refused = enter(&desk, give(&sister)).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::Again(day("2026-03-01"))));
    enter(&desk, give(&other)).unwrap();
    enter(&desk, give(&sister).with(AGAIN, "家里来了客人")).unwrap();
    assert_eq!(enter(&desk, give("TH2099-000001")).unwrap_err(), Refusal::Aid(AidFault::NoChild));
    let kept = &ledger(&desk)[1].record.fields;
    assert_eq!(kept.link(&HOUSEHOLD), Some(home));
    assert!(kept.link(&CHILD).is_some());
}

#[test]
fn the_childs_file_says_what_it_was_given_in_all() {
    let house = House::new();
    let desk = station(&house);
    let case_no = registered(&desk, "王小明", None);
    enter(&desk, rice("receive", 20)).unwrap();
    enter(&desk, rice("give", 3).with(CASE_NO, &*case_no)).unwrap();
    enter(&desk, rice("give", 2).with(CASE_NO, &*case_no).with(AGAIN, "家里来了客人")).unwrap();
    enter(&desk, rice("give", 9)).unwrap();
    for (lang, said) in [(Lang::Zh, "大米 5袋"), (Lang::En, "大米: 5 袋")] {
        let mut harness = Harness::new(desk.clone(), lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap());
        harness.press("f3").type_text("wxm").press("enter").press("left left").sees(said);
    }
}

#[test]
fn a_gift_of_somebody_unknown_or_of_no_sum_is_refused() {
    let house = House::new();
    let desk = station(&house);
    let refused = enter(&desk, money("receive", "general", "100").with(DONOR, "无名")).unwrap_err();
    assert_eq!(refused, Refusal::Aid(AidFault::NoDonor));
    for sum in ["0", "ten", "1.234"] {
        let refused = enter(&desk, money("receive", "general", sum)).unwrap_err();
        assert_eq!(refused, Refusal::Aid(AidFault::Amount), "{sum}");
    }
    assert!(ledger(&desk).is_empty());
}

fn with_ledger() -> Arc<FakeOffice> {
    let child = Value::Link(Uuid::from_u128(100));
    let entries = [
        rice("receive", 10),
        rice("give", 3).with(CHILD, child),
        money("receive", "schooling", "500"),
        correct(3),
    ];
    FakeOffice::with(|inside| {
        let numbered = (1_u8..).zip(entries);
        let lines = numbered.map(|(at, fields)| {
            line(RecordKind::AidEntry, at.into(), fields.with(NUMBER, Value::Number(at.into())))
        });
        inside.registers = lines.collect();
        let named = Fields::default().with(donor::NAME, "启明厂").with(donor::KIND, choice("company"));
        inside.registers.push(line(RecordKind::Donor, 9, named));
    })
}

#[test]
fn the_ledger_shows_what_was_left_newest_first_and_e_corrects() {
    let office = with_ledger();
    let mut harness = Harness::new(office.clone(), Lang::Zh, now());
    harness.press("g left").sees("[救助台账]").sees("大米 10袋").sees("500.00 元").sees("第 3 笔");
    let screen = harness.screen();
    assert!(screen.find("第 3 笔") < screen.find("500.00 元"), "{screen}");
    assert!(screen.find("500.00 元") < screen.find("大米 3袋"), "{screen}");
    let given = screen.lines().find(|line| line.contains("大米 3袋")).unwrap();
    assert!(given.trim_end().ends_with('7'), "what was left: {given}");
    harness.press("down").sees("已被更正");
    harness.press("down").sees("累计得到：大米 3袋");
    harness.press("e").type_text("发错了").press("ctrl-s");
    let saved = office.saved(RecordKind::AidEntry);
    assert_eq!(
        (saved.text(&KIND), saved.number(&CORRECTS), saved.text(&REASON)),
        ("correct", Some(2), "发错了")
    );
}

#[test]
fn a_donor_is_told_what_became_of_the_gifts_without_a_child_s_name() {
    for (lang, told) in
        [(Lang::Zh, "收到 大米 10袋，已发放 大米 3袋，结余 大米 7袋"), (Lang::En, "received 大米: 10 袋")]
    {
        let mut harness = Harness::new(with_ledger(), lang, now());
        harness.press("g left left").sees("启明厂").press("s").sees_no("王小明");
        let screen: String = harness.screen().split_whitespace().collect();
        let told: String = told.split_whitespace().collect();
        let screen: String = screen.chars().filter(|c| !"│|┃".contains(*c)).collect();
        assert!(screen.contains(&told), "{screen}");
    }
}

#[test]
fn what_the_ledger_refuses_is_said_with_what_to_do_and_what_was_typed_stays() {
    let office = with_ledger();
    let short = Refusal::Aid(AidFault::Short { have: 50, money: true });
    office.inside.lock().unwrap().refusals.push_back(short);
    let mut harness = Harness::new(office.clone(), Lang::Zh, now());
    harness.press("g left e").type_text("记错").press("ctrl-s");
    harness.sees("0.50 元").sees("先记收到的捐赠").sees("记错");
    assert_eq!(office.drafts().len(), 1);
}
