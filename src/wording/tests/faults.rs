//! What is wrong, and what to do about it.

use super::*;
use crate::domain::decisions::Slip;
use crate::domain::forms::member;
use crate::domain::resident_id::{IdFault, Suspect};
use crate::domain::station_fields::{Misprint, Mistake};
use crate::domain::{ActFault, Fault, FieldFault, WhenFault};
use crate::office::{OwnFault, Refusal};
use crate::practice::Calendar;

/// One of each, with what a message may have to name.
fn every_fault() -> Vec<Fault> {
    let digit = Suspect::Digit { position: 7, should_be: '1' };
    let mut all = vec![
        Fault::Required,
        Fault::TooLong { max: 40, have: 1_200 },
        Fault::AfterToday,
        Fault::BeforeToday,
        Fault::Before { other: member::SINCE },
        Fault::NotNumber,
        Fault::OutOfRange { min: 0, max: 10_000_000 },
        Fault::NotYesNo,
        Fault::UnknownChoice("丙".into()),
        Fault::UnknownWorker("丁".into()),
        Fault::Id(IdFault::Length { have: 17 }),
        Fault::Id(IdFault::Letter { at: 3 }),
        Fault::Id(IdFault::Date { likely: vec![] }),
        Fault::Id(IdFault::Check { likely: vec![digit, Suspect::Swap { position: 9 }] }),
        Fault::Id(IdFault::Check { likely: vec![digit; 9] }),
        Fault::IdOld,
        Fault::IdBirth { says: day("2016-03-05") },
        Fault::IdSex { says: "f" },
        Fault::NotPhone,
        Fault::OddPhone,
        Fault::OtherKind,
        Fault::Rule { zh: "不满3个月。继续联系".into(), en: "Too soon. Go on trying".into() },
        Fault::Decision { line: 2, slip: Slip::Parts },
        Fault::Decision { line: 2, slip: Slip::Empty },
        Fault::Decision { line: 2, slip: Slip::Day(WhenFault::Unknown) },
        Fault::GuardsSelf,
        Fault::GuardsEachOther { name: "丁".into() },
    ];
    use WhenFault::*;
    all.extend([Empty, Unknown, NoSuchDay, NoDay, Ambiguous, TooFar].map(Fault::Date));
    all
}

#[test]
fn every_fault_says_what_is_wrong_and_what_to_do() {
    let form = forms::member();
    let spec = form.field(&member::UNTIL).unwrap();
    for cat in both() {
        for one in every_fault() {
            let text = fault(cat, &form, spec, &one);
            assert!(!text.contains("fault-") && !text.contains("{$"), "{one:?}: {text}");
            // A remedy is a second clause.
            assert!(
                text.contains(['。', '，', '：', '.', ':', ',', ';']) || one == Fault::NotYesNo,
                "{text}"
            );
        }
        for one in [
            ActFault::NotDue,
            ActFault::DoneAlready,
            ActFault::NoReason,
            ActFault::AfterToday,
            ActFault::BeforeToday,
        ] {
            assert!(!act_fault(cat, one).starts_with("act-"));
        }
    }
}

#[test]
fn faults_name_the_digit_the_other_date_and_the_choices() {
    let form = forms::member();
    let until = form.field(&member::UNTIL).unwrap();
    let before = fault(zh(), &form, until, &Fault::Before { other: member::SINCE });
    assert!(before.contains("「起始日期」"), "{before}");
    let digit = Suspect::Digit { position: 17, should_be: '3' };
    let id = fault(zh(), &form, until, &Fault::Id(IdFault::Check { likely: vec![digit] }));
    assert!(id.contains("第17位可能应为3"), "{id}");
    let child = forms::child();
    let risk = child.field(&child::RISK).unwrap();
    let unknown = fault(en(), &child, risk, &Fault::UnknownChoice("purple".into()));
    assert!(unknown.contains("high, medium, low"), "{unknown}");
    let long = fault(en(), &child, risk, &Fault::TooLong { max: 2_000, have: 2_345 });
    assert!(long.contains("2345 of at most 2000"), "{long}");
}

#[test]
fn a_refusal_says_what_is_kept_and_what_to_do() {
    let fault = |grave| FieldFault { field: child::NAME, fault: Fault::Required, grave };
    let text = refusal(zh(), &Refusal::Invalid(vec![fault(true), fault(false)]));
    assert_eq!(text, "有1处要改正，还没有保存。改好后再保存");
    let all = [
        Refusal::NotAllowed,
        Refusal::NotFound,
        Refusal::Changed(vec![child::NAME]),
        Refusal::Act(ActFault::NoReason),
        Refusal::Row { row: 0, faults: vec![] },
        Refusal::Aid(crate::domain::aid::AidFault::Short { have: 5, money: true }),
        Refusal::Aid(crate::domain::aid::AidFault::NoEntry(7)),
        Refusal::Aid(crate::domain::aid::AidFault::ShortOn {
            on: chrono::NaiveDate::default(),
            have: 5,
            money: false,
        }),
        Refusal::Aid(crate::domain::aid::AidFault::Named),
        Refusal::Newer,
        Refusal::Stopped,
        Refusal::DiskFull,
        Refusal::NoFolder,
        Refusal::Store("no space".into()),
    ];
    for one in all {
        for cat in both() {
            assert!(!refusal(cat, &one).contains("refusal-"), "{one:?}");
        }
    }
}

#[test]
fn a_word_that_could_be_three_categories_is_refused_with_the_three_that_are_accepted() {
    let form = forms::child();
    let spec = form.field(&child::CATEGORIES).unwrap();
    let known = |list: &str| {
        let (name, codes) = understood::lists().into_iter().find(|(name, _)| *name == list).unwrap();
        forms::choices(name, codes)
    };
    for (cat, word) in [(zh(), "困境"), (zh(), "困境儿童"), (en(), "children in difficulty")] {
        let said = fault(cat, &form, spec, &Fault::UnknownChoice(word.into()));
        for code in ["poverty", "disability", "guardianship"] {
            let exact = core_choice(cat, "category", code);
            assert!(said.contains(&exact), "{said}");
            assert_eq!(choice_code(&known("category"), &exact).as_deref(), Some(code));
        }
        assert!(!said.contains(&core_choice(cat, "category", "orphan")), "{said}");
    }
}

#[test]
fn what_is_wrong_with_a_stations_own_file_is_told_in_either_language() {
    let file = || "practice/deadlines.toml".to_owned();
    let all = [
        OwnFault::TooLarge { file: file(), most: 1 << 20 },
        OwnFault::NotText { file: file(), line: 3 },
        OwnFault::Unreadable { file: file(), why: "x".into() },
    ];
    for (fault, cat) in all.iter().flat_map(|fault| both().map(|cat| (fault, cat))) {
        let told = own_fault(cat, fault);
        assert!(told.starts_with("practice/deadlines.toml") && !told.contains("own-"), "{told}");
    }
    assert!(own_fault(zh(), &all[1]).contains("UTF-8 文本"));
}

#[test]
fn a_slip_in_a_stations_own_table_is_told_with_file_and_line() {
    let rule = "[[rule]]\nid = \"a\"\non = \"contact\"\nafter = \"7d\"\nkind = \"vist\"\nzh = \"甲\"\n";
    let slip = Rules::load(rule, None).unwrap_err();
    let text = table_fault(zh(), &slip);
    assert!(text.starts_with("deadlines.toml 第5行：「vist」") && text.contains("visit"), "{text}");
    let mut calendar = Calendar::core().unwrap();
    let slip = calendar.add(
        "2027.toml",
        "year = 2027\nsource = \"x\"\n[[holiday]]\nzh = \"x\"\nfrom = \"2027-13-01\"\nto = \"2027-01-01\"\n",
    );
    let text = table_fault(en(), &slip.unwrap_err());
    assert!(text.starts_with("2027.toml, line 5:") && text.contains("2027-13-01"), "{text}");
    assert!(calendar_gap(zh(), 2027).contains("2027.toml"));
}

#[test]
fn a_slip_in_a_stations_own_fields_is_told_with_file_and_line() {
    use Mistake::*;
    let text = || String::from("x");
    let all = [
        Syntax(text()),
        Form(text()),
        Id(text()),
        TwiceId(text()),
        Kind(text()),
        Need(text()),
        NoLabel,
        Section(text()),
        NoChoices,
        ChoiceCode(text()),
        Bounds { most: 500 },
        NotForKind("min"),
        ShownWhen(text()),
        ShownWhenCode { field: text(), code: text() },
        TooMany,
    ];
    for mistake in all {
        for cat in both() {
            let told = misprint(cat, "fields.toml", &Misprint { line: 3, mistake: mistake.clone() });
            assert!(
                told.starts_with("fields.toml") && told.contains('3') && !told.contains("misprint-"),
                "{told}"
            );
        }
    }
}
