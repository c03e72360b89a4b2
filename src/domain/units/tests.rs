use super::*;
use crate::domain::{RecordKind, RecordRef, Stamp, Value};

fn unit_of(id: u128, name: &str, level: &str, above: Option<u128>) -> Record {
    let id = Uuid::from_u128(id);
    let mut fields = Fields::default().with(unit::NAME, name).with(unit::LEVEL, Value::Choice(level.into()));
    fields.set(unit::ABOVE, above.map(|id| Value::Choice(Uuid::from_u128(id).to_string())));
    let stamp = Stamp::default();
    Record { at: RecordRef::of(RecordKind::Unit, id, id), fields, created: stamp, updated: stamp }
}

fn shaoxing() -> Vec<Record> {
    vec![
        unit_of(4, "乙站", "town", Some(2)),
        unit_of(3, "甲站", "town", Some(2)),
        unit_of(5, "社区站", "community", Some(3)),
        unit_of(2, "县中心", "county", Some(1)),
        unit_of(1, "市中心", "city", None),
    ]
}

fn drawn(units: &[Record]) -> Vec<String> {
    let name =
        |place: &Place| format!("{}{}", "-".repeat(place.depth), units[place.at].fields.text(&unit::NAME));
    tree(units).iter().map(name).collect()
}

#[test]
fn each_unit_stands_behind_the_one_above_it_by_level_and_name() {
    assert_eq!(drawn(&shaoxing()), ["市中心", "-县中心", "--乙站", "--甲站", "---社区站"]);
    let tree = tree(&shaoxing());
    assert_eq!(
        [below(&tree, 0), below(&tree, 1), below(&tree, 2), below(&tree, 9)],
        [1..5, 2..5, 3..3, 0..0]
    );
}

#[test]
fn a_unit_that_is_under_itself_or_the_wrong_way_up_is_refused_at_its_field() {
    let units = shaoxing();
    let said = |id: u128, level: &str, above: u128| {
        let new = unit_of(id, "新", level, Some(above));
        fault(&units, new.at.id, &new.fields).map(|fault| (fault.field, fault.fault.code()))
    };
    assert_eq!(said(9, "town", 2), None);
    assert_eq!(said(9, "community", 1), None, "a step may be left out");
    assert_eq!(said(2, "county", 5), Some((unit::ABOVE, "circular")));
    assert_eq!(said(3, "town", 3), Some((unit::ABOVE, "circular")));
    assert_eq!(said(9, "county", 3), Some((unit::ABOVE, "wrong-way")));
    assert_eq!(said(9, "town", 3), Some((unit::ABOVE, "wrong-way")), "nor under one of the same level");
    assert_eq!(said(3, "community", 2), Some((unit::LEVEL, "holds-higher")));
    assert_eq!(said(1, "city", 3), None, "a city has none above, whatever was left there");
}

#[test]
fn units_in_a_ring_and_under_one_that_is_gone_are_shown_all_the_same() {
    let units = vec![
        unit_of(1, "甲", "county", Some(2)),
        unit_of(2, "乙", "county", Some(1)),
        unit_of(3, "丙", "town", Some(99)),
    ];
    let mut seen: Vec<usize> = tree(&units).iter().map(|place| place.at).collect();
    assert_eq!(tree(&units)[0], Place { at: 2, depth: 0 });
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2]);
    let moved = unit_of(4, "丁", "town", Some(1));
    assert_eq!(fault(&units, moved.at.id, &moved.fields), None, "and looking at it ends");
}

proptest::proptest! {
    #[test]
    fn whatever_stands_above_whom_every_unit_is_in_the_tree_once(up in proptest::collection::vec(0_u128..12, 0..12)) {
        let units: Vec<Record> =
            (0_u128..).zip(&up).map(|(id, up)| unit_of(id, "站", "town", Some(*up))).collect();
        let mut seen: Vec<usize> = tree(&units).iter().map(|place| place.at).collect();
        seen.sort_unstable();
        proptest::prop_assert_eq!(seen, (0..units.len()).collect::<Vec<_>>());
    }
}
