use super::*;
use crate::domain::form::Text;
use crate::domain::forms::{self, household};
use crate::domain::resident_id::Suspect;
use proptest::prelude::*;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
const BOY: &str = "991403202309185653";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The catalogue's part: 男 is the code m, and one worker is known.
fn words(choices: &Choices, text: &str) -> Option<String> {
    let code = match (choices.list.as_ref(), text) {
        ("sex", "男") => "m",
        ("category", "留守儿童") => "left-behind",
        ("category", "困境/残疾") => "disability",
        ("category", "服刑人员子女") => "prisoner",
        ("worker", "李老师") => "00000000-0000-0000-0000-000000000007",
        _ => return None,
    };
    Some(code.to_owned())
}

fn typed(form: &FormSpec, field: FieldId, text: &str) -> Result<Option<Value>, Fault> {
    parse(form.field(&field).unwrap(), text, TODAY, &words)
}

fn faults(form: &FormSpec, fields: &Fields) -> Vec<(String, &'static str, bool)> {
    let faults = check(form, fields, TODAY);
    faults.into_iter().map(|fault| (fault.field.to_string(), fault.fault.code(), fault.grave)).collect()
}

/// What is wrong with a child that has a name and this.
fn of_child(field: FieldId, value: impl Into<Value>) -> Vec<(&'static str, bool)> {
    let fields = Fields::default().with(child::NAME, "王小明").with(field, value);
    faults(&forms::child(), &fields).into_iter().map(|(_, code, grave)| (code, grave)).collect()
}

#[test]
fn what_is_typed_becomes_a_value() {
    let form = forms::child();
    assert!(typed(&form, child::NAME, " 王 小明\t").unwrap() == Some("王 小明".into()));
    assert!(typed(&form, child::SEX, "男").unwrap() == Some(Value::Choice("m".to_owned())));
    assert!(typed(&form, child::SEX, "f").unwrap() == Some(Value::Choice("f".to_owned())));
    assert!(typed(&form, child::BIRTH, "２０２３．９．１８").unwrap() == Some(day("2023-09-18").into()));
    assert!(
        typed(&form, child::ID_NUMBER, "991403 20230918 565x").unwrap() == Some("99140320230918565X".into())
    );
    assert!(typed(&form, child::PHONE, "１００ 2832 6386").unwrap() == Some("10028326386".into()));
    assert!(typed(&form, child::PHONE, "(0913) 234-5678").unwrap() == Some("0913-234-5678".into()));
    assert!(typed(&form, child::REMARKS, "一\r\n二\u{1b}\n").unwrap() == Some("一\n二".into()));
    assert!(
        typed(&forms::household(), household::INCOME, "１2,000.00").unwrap() == Some(Value::Number(12_000))
    );
    assert!(typed(&form, child::WORKER, "李老师").unwrap() == Some(Value::Link(Uuid::from_u128(7))));
    assert!(typed(&forms::contact(), contact::CONCERN, "是").unwrap() == Some(Value::Yes(true)));
}

#[test]
fn a_date_leans_the_way_its_field_looks() {
    let due = typed(&forms::follow_up(), crate::domain::forms::follow_up::DUE, "周五");
    assert!(due.unwrap() == Some(day("2026-11-27").into()), "what is due is to come");
    assert!(
        typed(&forms::contact(), contact::ON, "周五").unwrap() == Some(day("2026-11-20").into()),
        "a visit has been"
    );
}

#[test]
fn several_choices_stand_in_one_cell() {
    let read = |text| typed(&forms::child(), child::CATEGORIES, text);
    let codes = |codes: &[&str]| Some(Value::Choices(codes.iter().map(ToString::to_string).collect()));
    assert!(read("留守儿童、服刑人员子女").unwrap() == codes(&["left-behind", "prisoner"]));
    assert!(read("留守儿童; orphan，").unwrap() == codes(&["left-behind", "orphan"]));
    assert!(read("困境/残疾").unwrap() == codes(&["disability"]), "a label can have a sign in it");
    assert!(read("、，").unwrap().is_none());
    assert!(read("留守儿童、别的") == Err(Fault::UnknownChoice("别的".to_owned())));
}

#[test]
fn nothing_typed_is_no_value() {
    for spec in forms::all().iter().flat_map(|form| &form.fields) {
        for text in ["", "  ", "\u{3000}", "\u{200b}\r\n"] {
            assert!(parse(spec, text, TODAY, &words) == Ok(None), "{}", spec.id);
        }
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let form = forms::child();
    assert!(typed(&form, child::BIRTH, "2023-02-30") == Err(Fault::Date(WhenFault::NoSuchDay)));
    assert!(typed(&form, child::SEX, "甲") == Err(Fault::UnknownChoice("甲".to_owned())));
    assert!(typed(&form, child::WORKER, "王老师") == Err(Fault::UnknownWorker("王老师".to_owned())));
    assert!(typed(&forms::household(), household::INCOME, "1.5") == Err(Fault::NotNumber));
    assert!(typed(&forms::contact(), contact::CONCERN, "也许") == Err(Fault::NotYesNo));
}

#[test]
fn a_name_is_enough_to_register_a_child() {
    assert_eq!(faults(&forms::child(), &Fields::default()), [("name".to_owned(), "required", true)]);
    let fields = Fields::default().with(child::NAME, "王小明");
    assert_eq!(faults(&forms::child(), &fields), []);
    let missing: Vec<String> = missing(&forms::child(), &fields).iter().map(ToString::to_string).collect();
    assert_eq!(
        missing,
        [
            "sex",
            "id-number",
            "birth",
            "guardian",
            "relation",
            "phone",
            "village",
            "categories",
            "risk",
            "school"
        ]
    );
}

#[test]
fn bounds_of_texts_dates_and_numbers() {
    assert_eq!(of_child(child::VILLAGE, "村".repeat(60).as_str()), []);
    assert_eq!(of_child(child::VILLAGE, "村".repeat(61).as_str()), [("too-long", true)]);
    assert_eq!(of_child(child::BIRTH, day("2026-11-21")), []);
    assert_eq!(of_child(child::BIRTH, day("2026-11-22")), [("after-today", true)]);
    let income =
        |sum| faults(&forms::household(), &Fields::default().with(household::INCOME, Value::Number(sum)));
    assert_eq!(income(0), []);
    assert_eq!(income(-1), [("income".to_owned(), "out-of-range", true)]);
}

#[test]
fn an_old_record_can_still_be_saved_when_time_or_the_form_has_moved_on() {
    let visit = Fields::default()
        .with(contact::KIND, Value::Choice("visit".to_owned()))
        .with(contact::ON, day("2026-10-01"))
        .with(contact::NEXT, day("2026-10-08"));
    assert_eq!(faults(&forms::contact(), &visit), [("next".to_owned(), "before-today", false)]);
    assert_eq!(of_child(child::RISK, Value::Choice("dropped".to_owned())), [("unknown-choice", false)]);
    assert_eq!(of_child(child::VILLAGE, Value::Number(3)), [("other-kind", false)]);
}

#[test]
fn dates_in_an_order_that_cannot_be() {
    let prison = |since: &str, until: &str| {
        let fields = Fields::default()
            .with(member::ROLE, Value::Choice("father".to_owned()))
            .with(member::CIRCUMSTANCE, Value::Choice("prison".to_owned()))
            .with(member::SINCE, day(since))
            .with(member::UNTIL, day(until));
        check(&forms::member(), &fields, TODAY)
    };
    assert_eq!(prison("2024-01-01", "2027-01-01"), []);
    let found = prison("2024-01-01", "2023-01-01");
    assert_eq!((found.len(), found[0].grave), (1, true));
    assert!(found[0].fault == Fault::Before { other: member::SINCE });

    let visit = Fields::default()
        .with(contact::KIND, Value::Choice("visit".to_owned()))
        .with(contact::ON, day("2026-11-21"))
        .with(contact::NEXT, day("2026-11-20"));
    let found = faults(&forms::contact(), &visit);
    assert!(found.contains(&("next".to_owned(), "before-other", true)));
}

#[test]
fn hidden_fields_are_not_checked() {
    // The release date of somebody who is at home now.
    let fields = Fields::default()
        .with(member::ROLE, Value::Choice("father".to_owned()))
        .with(member::CIRCUMSTANCE, Value::Choice("at-home".to_owned()))
        .with(member::SINCE, day("2026-01-01"))
        .with(member::UNTIL, day("2025-01-01"));
    assert_eq!(faults(&forms::member(), &fields), []);
    // What a concern is must be said once there is one.
    let visit = Fields::default()
        .with(contact::KIND, Value::Choice("visit".to_owned()))
        .with(contact::ON, day("2026-11-21"));
    assert_eq!(faults(&forms::contact(), &visit), []);
    let concern = visit.with(contact::CONCERN, Value::Yes(true));
    assert_eq!(faults(&forms::contact(), &concern), [("concern-text".to_owned(), "required", true)]);
}

#[test]
fn a_wrong_digit_of_a_resident_id_is_located_with_the_typed_birth_date() {
    let fields = Fields::default()
        .with(child::NAME, "陈波海")
        .with(child::ID_NUMBER, "991403202309135653")
        .with(child::BIRTH, day("2023-09-18"));
    let found = check(&forms::child(), &fields, TODAY);
    assert_eq!(found.len(), 1);
    let likely = vec![Suspect::Digit { position: 14, should_be: '8' }];
    assert!(found[0].fault == Fault::Id(IdFault::Check { likely }));
    assert!(found[0].grave);
}

#[test]
fn a_number_that_disagrees_with_the_file_is_a_warning_that_says_what_it_says() {
    let fields = Fields::default()
        .with(child::NAME, "陈波海")
        .with(child::ID_NUMBER, BOY)
        .with(child::BIRTH, day("2023-09-19"))
        .with(child::SEX, Value::Choice("f".to_owned()));
    let found = check(&forms::child(), &fields, TODAY);
    assert!(found.iter().all(|fault| !fault.grave));
    assert!(found[0].fault == Fault::IdBirth { says: day("2023-09-18") });
    assert!(found[1].fault == Fault::IdSex { says: "m" });
    assert_eq!(of_child(child::ID_NUMBER, "990101800102011"), [("id-old", false)]);
}

#[test]
fn phones_are_taken_as_they_are_given() {
    for usual in [
        "10028326386",
        "+86 10028326386",
        "0913-2345678",
        "091323456789",
        "010-23456789-12",
        "12345",
        "400-800-1234",
    ] {
        assert_eq!(of_child(child::PHONE, usual), [], "{usual}");
    }
    for odd in ["2345678", "1002832638", "100283263866", "0913-23456", "+44 2079460000"] {
        assert_eq!(of_child(child::PHONE, odd), [("odd-phone", false)], "{odd}");
    }
    for wrong in ["1234", "没有电话", "10028326386转12", "123456789012345678901"] {
        assert_eq!(of_child(child::PHONE, wrong), [("not-phone", true)], "{wrong}");
    }
}

#[test]
fn a_sound_number_fills_birth_and_sex_but_overwrites_nothing() {
    let mut fields =
        Fields::default().with(child::ID_NUMBER, BOY).with(child::SEX, Value::Choice("f".to_owned()));
    assert_eq!(fill(&mut fields), [child::BIRTH]);
    assert_eq!((fields.date(&child::BIRTH), fields.text(&child::SEX)), (Some(day("2023-09-18")), "f"));
    let mut fields = Fields::default().with(child::ID_NUMBER, "991403202309185654");
    assert_eq!(fill(&mut fields), []);
}

#[test]
fn a_fault_prints_no_dates_and_no_digits() {
    let fault = Fault::IdBirth { says: day("2023-09-18") };
    assert_eq!(format!("{fault:?}"), "id-birth");
    assert_eq!(format!("{:?}", Fault::UnknownWorker("王老师".to_owned())), "unknown-worker");
}

proptest! {
    #[test]
    fn no_text_in_any_field_makes_it_panic_and_what_is_read_can_be_checked(text in "\\PC{0,40}|[0-9０-９ +()-]{0,22}") {
        for form in forms::all() {
            let mut fields = Fields::default();
            for spec in &form.fields {
                if let Ok(value) = parse(spec, &text, TODAY, &words) {
                    fields.set(spec.id.clone(), value);
                }
            }
            for found in check(&form, &fields, TODAY) {
                prop_assert!(found.fault != Fault::OtherKind, "{}", found.field);
            }
        }
    }

    #[test]
    fn what_is_read_reads_the_same_again(text in "\\PC{0,30}|[0-9０-９ +()-]{0,22}") {
        for kind in [FieldKind::Line(40), FieldKind::Notes(40), FieldKind::Phone, FieldKind::ResidentId] {
            let mut spec = forms::child().fields[0].clone();
            spec.kind = kind;
            let once = parse(&spec, &text, TODAY, &words);
            if let Ok(Some(Value::Text(read))) = &once {
                prop_assert!(parse(&spec, read, TODAY, &words) == once);
                prop_assert!(!read.contains(|ch: char| ch.is_control() && ch != '\n'));
            }
        }
    }
}

#[test]
fn a_stations_own_choice_is_read_by_its_own_words() {
    let mut spec = forms::child().fields[1].clone();
    spec.kind = FieldKind::One(Choices {
        list: "x-clan".into(),
        codes: vec![Text::from("a"), Text::from("b")],
        own: vec![("上房".to_owned(), "Upper".to_owned()), ("下房".to_owned(), "Lower".to_owned())],
    });
    for text in ["下房", "lower", "b"] {
        assert!(parse(&spec, text, TODAY, &|_, _| None) == Ok(Some(Value::Choice("b".to_owned()))), "{text}");
    }
}
