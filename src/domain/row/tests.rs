use super::*;
use crate::domain::forms::follow_up;
use crate::domain::{Fields, RecordKind, RecordRef, Stamp, Value};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn record(kind: RecordKind, id: u128, fields: Fields) -> Record {
    let at = RecordRef::of(kind, Uuid::from_u128(1), Uuid::from_u128(id));
    Record { at, fields, created: Stamp::default(), updated: Stamp::default() }
}

fn with(fields: &[(crate::domain::FieldId, Value)]) -> Fields {
    Fields(fields.iter().cloned().collect())
}

fn choice(code: &str) -> Value {
    Value::Choice(code.to_owned())
}

#[test]
fn a_file_becomes_a_row() {
    let worker = Uuid::from_u128(7);
    let child = record(
        RecordKind::Child,
        1,
        with(&[
            (child::NAME, "王小明".into()),
            (child::SEX, choice("m")),
            (
                child::CATEGORIES,
                Value::Choices(["prisoner", "left-behind", "dropped-code"].map(String::from).into()),
            ),
            (child::WORKER, Value::Link(worker)),
        ]),
    );
    let cases = [
        record(
            RecordKind::Case,
            2,
            with(&[(case::OPENED, day("2025-01-01").into()), (case::CLOSED, day("2025-05-01").into())]),
        ),
        record(
            RecordKind::Case,
            3,
            with(&[(case::OPENED, day("2026-01-01").into()), (case::PLANNED, day("2026-02-01").into())]),
        ),
    ];
    let contact = |id, kind, on: &str| {
        record(RecordKind::Contact, id, with(&[(contact::KIND, choice(kind)), (contact::ON, day(on).into())]))
    };
    let contacts = [
        contact(4, "visit", "2026-03-01"),
        contact(5, "attempt", "2026-04-01"),
        contact(6, "call", "2026-02-10"),
    ];
    let due = |id, on: &str, done: bool| {
        let mut fields = with(&[(follow_up::KIND, choice("visit")), (follow_up::DUE, day(on).into())]);
        fields.set(follow_up::DONE, done.then(|| day(on).into()));
        record(RecordKind::FollowUp, id, fields)
    };
    let row = Row::project(
        &child,
        &cases,
        &[due(7, "2026-12-01", false), due(8, "2026-11-25", false), due(9, "2026-11-01", true)],
        &contacts,
    );

    assert_eq!((row.name.as_str(), row.sex.as_str(), row.risk.as_str()), ("王小明", "m", ""));
    assert_eq!(row.category_codes().collect::<Vec<_>>(), ["left-behind", "prisoner"]);
    assert_eq!(row.status, Status::InService, "the newest case, with a visit after its plan");
    assert_eq!(row.last_contact, Some(day("2026-03-01")), "an attempt reached nobody");
    assert_eq!(row.due.iter().map(|due| due.on).collect::<Vec<_>>(), [day("2026-11-25"), day("2026-12-01")]);
    assert_eq!(row.worker, Some(WorkerId(worker)));
}

#[test]
fn a_child_without_a_case_has_no_status() {
    let row = Row::project::<Record>(&record(RecordKind::Child, 1, Fields::default()), &[], &[], &[]);
    assert_eq!((row.status, row.last_contact, row.due.len()), (Status::None, None, 0));
}

/// A row as a roster gives it.
fn usual() -> Row {
    Row {
        child: ChildId(Uuid::from_u128(1)),
        household: Some(HouseholdId(Uuid::from_u128(2))),
        name: "陈波海".to_owned(),
        sex: "m".to_owned(),
        birth: Some(day("2023-09-18")),
        id_number: "991403202309185653".to_owned(),
        guardian: "李同文".to_owned(),
        phone: "10028326386".to_owned(),
        village: "毛固堆镇大周楼村".to_owned(),
        school: "毛固堆中心幼儿园".to_owned(),
        case_no: "EB2024-000001".to_owned(),
        categories: 5,
        risk: "high".to_owned(),
        status: Status::InService,
        worker: Some(WorkerId(Uuid::from_u128(3))),
        due: vec![DueRow {
            id: RecordId(Uuid::from_u128(4)),
            on: day("2026-11-25"),
            kind: "visit".to_owned(),
            worker: Some(WorkerId(Uuid::from_u128(3))),
            rule: "visit-high".to_owned(),
            reason: "每月走访".to_owned(),
        }],
        last_contact: Some(day("2026-11-01")),
    }
}

fn kept(row: &Row) -> Vec<u8> {
    let mut out = vec![];
    row.encode(&mut out);
    out
}

#[test]
fn a_usual_row_is_small() {
    let whole = kept(&usual()).len();
    let imported = kept(&Row { due: vec![], worker: None, household: None, ..usual() }).len();
    assert!(whole <= 250 && imported <= 160, "{whole} bytes, {imported} from a roster");
}

/// Rows written by every version must be read by all later ones: these bytes never change.
#[test]
fn rows_kept_by_the_first_version_are_read() {
    let hex = include_str!("tests/v1.hex").trim();
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    assert!(Row::decode(&bytes).unwrap() == usual());
    assert!(kept(&usual()) == bytes);
}

/// A code is kept as its number, a category as its bit.
#[test]
fn kept_codes_keep_their_places() {
    assert!(forms::SEXES.starts_with(&["m", "f"]));
    assert!(forms::RISKS.starts_with(&["high", "medium", "low"]));
    let kinds =
        ["first-response", "visit", "call", "assessment", "review", "referral", "paper", "birthday", "other"];
    assert!(forms::FOLLOW_UP_KINDS.starts_with(&kinds));
    let categories =
        ["left-behind", "prisoner", "unattended", "orphan", "poverty", "disability", "guardianship"];
    assert!(forms::CATEGORIES.starts_with(&categories));
    let later = ["street", "institution", "foster", "migrant"];
    assert!(forms::CATEGORIES[categories.len()..].starts_with(&later) && forms::CATEGORIES.len() <= 16);
}

#[test]
fn what_later_versions_add_is_skipped() {
    let mut longer = kept(&usual());
    longer.extend_from_slice(b"added later");
    assert!(Row::decode(&longer).unwrap() == usual());

    // One due at the end, behind its count and its length: make it longer.
    let mut longer = kept(&usual());
    let entry = 16 + 4 + 1 + 1 + (1 + "visit-high".len()) + (1 + "每月走访".len());
    let at = longer.len() - entry - 1;
    assert_eq!(usize::from(longer[at]), entry);
    longer[at] += 3;
    longer.extend_from_slice(b"new");
    assert!(Row::decode(&longer).unwrap() == usual());
}

#[test]
fn another_version_and_half_a_row_are_refused() {
    let bytes = kept(&usual());
    let mut newer = bytes.clone();
    newer[0] = 2;
    assert!(Row::decode(&newer).is_none());
    for end in 0..bytes.len() {
        assert!(Row::decode(&bytes[..end]).is_none(), "{end}");
    }
}

#[test]
fn neither_a_row_nor_its_view_prints_a_name() {
    let bytes = kept(&usual());
    let view = RowView::decode(&bytes).unwrap();
    assert!(!format!("{:?} {view:?}", usual()).contains('陈'));
}

fn ids() -> impl Strategy<Value = Option<Uuid>> {
    proptest::option::of(any::<u128>().prop_map(Uuid::from_u128))
}

fn dates() -> impl Strategy<Value = NaiveDate> {
    (-100_000i32..1_000_000).prop_filter_map("a day", NaiveDate::from_num_days_from_ce_opt)
}

prop_compose! {
    fn dues()(
        id in any::<u128>(),
        on in dates(),
        kind in "visit|call|other||新的|[a-z-]{0,12}",
        worker in prop_oneof![Just(None), Just(Some(Uuid::nil())), ids()],
        (rule, reason) in ("\\PC{0,10}", "\\PC{0,20}"),
    ) -> DueRow {
        DueRow { id: RecordId(Uuid::from_u128(id)), on, kind, worker: worker.map(WorkerId), rule, reason }
    }
}

prop_compose! {
    fn rows()(
        (child, household, worker) in (any::<u128>(), ids(), prop_oneof![Just(Some(Uuid::nil())), ids()]),
        (name, guardian, village, school) in ("\\PC{0,12}", "\\PC{0,12}", "\\PC{0,80}", "\\PC{0,40}"),
        (sex, risk, status) in ("m|f||x", "high|medium|low||[a-z]{1,300}", 0usize..8),
        (id_number, phone, case_no) in ("[0-9X]{0,18}", "[0-9-]{0,20}", "\\PC{0,24}"),
        (birth, last_contact, categories) in (proptest::option::of(dates()), proptest::option::of(dates()), any::<u16>()),
        due in proptest::collection::vec(dues(), 0..6),
    ) -> Row {
        Row {
            child: ChildId(Uuid::from_u128(child)),
            household: household.map(HouseholdId),
            worker: worker.map(WorkerId),
            status: Status::ALL[status],
            name, guardian, village, school, sex, risk, id_number, phone, case_no, birth, last_contact, categories, due,
        }
    }
}

proptest! {
    #[test]
    fn what_is_kept_is_read_back(row in rows()) {
        let bytes = kept(&row);
        let view = RowView::decode(&bytes).unwrap();
        prop_assert_eq!(view.due().len(), row.due.len());
        prop_assert!(view.to_row() == row);
        prop_assert!(Row::decode(&bytes).unwrap() == row);
    }

    #[test]
    fn what_is_packed_is_unpacked(all in proptest::collection::vec(rows(), 1..12)) {
        let (mut common, mut bytes, mut places) = (Common::default(), vec![], vec![]);
        // Each twice: what they share is there the second time.
        for row in all.iter().chain(&all) {
            places.push(bytes.len());
            RowView::decode(&kept(row)).unwrap().pack(&mut common, &mut bytes, |_| ());
        }
        for (row, at) in all.iter().chain(&all).zip(places) {
            prop_assert_eq!(RowView::packed_child(&bytes[at..]), Some(row.child));
            prop_assert!(RowView::unpack(&bytes[at..], &common).unwrap().to_row() == *row);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = Row::decode(&bytes);
    }

    #[test]
    fn no_damage_makes_it_panic(row in rows(), at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = kept(&row);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Some(view) = RowView::decode(&bytes) {
            prop_assert_eq!(view.due().count(), view.due().len());
        }
    }
}

#[test]
fn a_long_reason_is_cut_between_characters() {
    let mut fields = with(&[(follow_up::DUE, day("2026-11-25").into())]);
    fields.set(follow_up::REASON, Some(format!("a{}", "访".repeat(40)).as_str().into()));
    let follow_ups = [record(RecordKind::FollowUp, 2, fields)];
    let row = Row::project(&record(RecordKind::Child, 1, Fields::default()), &[], &follow_ups, &[]);
    assert_eq!(row.due[0].reason, format!("a{}", "访".repeat(19)));
}
