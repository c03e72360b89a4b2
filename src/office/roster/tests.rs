use super::*;
use crate::domain::{DueRow, RecordId};
use chrono::NaiveDate;
use proptest::prelude::*;

fn row(child: u128, dues: &[i32], worker: u128) -> Vec<u8> {
    let day = |days: &i32| NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap();
    let mut on: Vec<NaiveDate> = dues.iter().map(day).collect();
    on.sort_unstable();
    let due = |(n, on): (usize, NaiveDate)| DueRow {
        id: RecordId(Uuid::from_u128(child * 100 + n as u128)),
        on,
        kind: "visit".into(),
        worker: None,
        rule: String::new(),
        reason: String::new(),
    };
    let row = Row {
        child: ChildId(Uuid::from_u128(child)),
        household: Some(HouseholdId(Uuid::from_u128(child % 3))),
        name: format!("孩子{child}"),
        sex: String::new(),
        birth: None,
        id_number: String::new(),
        guardian: String::new(),
        phone: String::new(),
        village: String::new(),
        school: String::new(),
        case_no: String::new(),
        categories: 0,
        risk: String::new(),
        status: Status::Identified,
        worker: Some(WorkerId(Uuid::from_u128(worker))),
        due: on.into_iter().enumerate().map(due).collect(),
        last_contact: None,
    };
    let mut bytes = vec![];
    row.encode(&mut bytes);
    bytes
}

#[derive(Clone, Debug)]
enum Step {
    Put { child: u128, dues: Vec<i32>, worker: u128 },
    Remove(u128),
    Repack,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0u128..12, prop::collection::vec(0i32..30, 0..4), 1u128..4)
            .prop_map(|(child, dues, worker)| Step::Put { child, dues, worker }),
        2 => (0u128..12).prop_map(Step::Remove),
        1 => Just(Step::Repack),
    ]
}

/// What can be seen of a roster.
fn seen(roster: &Roster) -> (BTreeMap<Uuid, Vec<u8>>, Vec<(i32, Uuid, Option<Uuid>)>, usize) {
    let rows = roster.living_slots().filter_map(|slot| {
        let mut bytes = vec![];
        roster.row(slot)?.encode(&mut bytes);
        Some((roster.view(slot)?.child.0, bytes))
    });
    let due = roster.due(..).filter_map(|due| {
        let (row, follow_up) = roster.of_due(due)?;
        assert_eq!(follow_up.on.num_days_from_ce(), due.day, "the list points at another follow-up");
        assert_eq!(roster.digest(due.slot).next_due.min(due.day), roster.digest(due.slot).next_due);
        let worker = follow_up.worker.map(|worker| worker.0);
        assert_eq!(due.worker, follow_up.worker.and_then(|worker| roster.worker(worker)).unwrap_or(0));
        Some((due.day, row.child.0, worker))
    });
    let mut due: Vec<_> = due.collect();
    due.sort_unstable();
    let counted: u32 = roster.days().iter().map(|(_, count)| count).sum();
    assert_eq!(counted as usize, due.len(), "due.brief counts each once");
    (rows.collect(), due, roster.len())
}

proptest! {
    /// After any history of saving and taking back, the roster is the one that loading the kept rows makes, and the
    /// one that an import in two halves makes.
    #[test]
    fn a_roster_forgets_its_history(steps in prop::collection::vec(step(), 0..60)) {
        let mut roster = Roster::default();
        let mut kept: BTreeMap<u128, Vec<u8>> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Put { child, dues, worker } => {
                    let bytes = row(child, &dues, worker);
                    roster.put(&bytes);
                    kept.insert(child, bytes);
                }
                Step::Remove(child) => {
                    let was = kept.remove(&child).is_some();
                    prop_assert_eq!(roster.remove(ChildId(Uuid::from_u128(child))).is_some(), was);
                }
                Step::Repack => roster.repack(),
            }
        }
        let mut loaded = Roster::default();
        kept.values().for_each(|bytes| { loaded.put(bytes); });
        loaded.loaded();
        prop_assert_eq!(seen(&roster), seen(&loaded));
        let half = kept.len() / 2;
        let (mut first, mut second) = (Roster::default(), Roster::default());
        kept.values().take(half).for_each(|bytes| { first.put(bytes); });
        kept.values().skip(half).for_each(|bytes| { second.put(bytes); });
        second.loaded();
        first.absorb(second);
        prop_assert_eq!(seen(&first), seen(&loaded));
    }
}

#[test]
fn bytes_that_are_no_row_are_not_taken_for_one() {
    let mut roster = Roster::default();
    assert_eq!(roster.put(b"hello"), None);
    assert_eq!((roster.len(), roster.slots()), (0, 0));
}
