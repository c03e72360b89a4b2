use proptest::prelude::*;

use super::super::loose::Matcher;
use super::super::{Index, Scratch, fold, pinyin_key};
use super::sample::{Dice, roster};
use super::{entry, find, index, rows};

fn anything() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(
        prop_oneof![
            any::<String>(),
            "[a-z]{0,40}",
            "[0-9xX./年月日-]{0,24}",
            "[王李张小明尉迟单 ·]{0,12}",
            "[\u{0}-\u{1f}\u{200b}\u{202e}\u{301}]{0,4}",
            Just("EB".to_owned()),
        ],
        0..4,
    );
    pieces.prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_that_can_be_typed_or_stored_is_an_error(texts in prop::collection::vec(anything(), 8), query in anything()) {
        let children = roster(40, 3);
        let [name, guardian, village, school, id_number, phone, case_no, _] = texts.each_ref_array();
        let odd = super::super::Entry { name, guardian, village, school, id_number, birth: None, phone, case_no };
        let mut index = Index::build(children.iter().map(entry).chain([odd]));
        index.upsert(90, &odd);
        for query in [&query, name, phone] {
            let found = find(&index, query);
            for hit in &found.hits {
                prop_assert!(!hit.reasons.is_empty(), "{query:?} finds {hit:?}");
            }
        }
        fold(&query);
        pinyin_key(&query);
        Matcher::default().find(name, &query);
    }

    #[test]
    fn marks_lie_inside_the_text(seed in any::<u64>(), query in anything()) {
        let children = roster(60, seed);
        for hit in find(&index(&children), &query).hits {
            let child = &children[hit.row as usize];
            for reason in hit.reasons {
                use super::super::Field::*;
                let text = match reason.field {
                    Name => &child.name,
                    Guardian => &child.guardian,
                    Village => &child.village,
                    School => &child.school,
                    IdNumber => &child.id_number,
                    Phone => &child.phone,
                    CaseNo => &child.case_no,
                    Birth => "2015-03-12",
                };
                let len = text.chars().count();
                for mark in reason.marks {
                    prop_assert!(mark.start < mark.end && usize::from(mark.end) <= len, "{mark:?} of {text}");
                }
            }
        }
    }

    #[test]
    fn changing_rows_one_by_one_equals_building_anew(seed in any::<u64>()) {
        let dice = &mut Dice(seed);
        let (mut children, others) = (roster(120, seed), roster(120, seed ^ 1));
        let mut changed = index(&children);
        for _ in 0..25 {
            let row = dice.below(120);
            children[row] = others[row].clone();
            changed.upsert(row as u32, &entry(&children[row]));
        }
        let anew = index(&children);
        prop_assert_eq!(changed.len(), anew.len());
        for _ in 0..10 {
            let child = dice.pick(&children);
            let letters: String = child.id_number.chars().skip(12).collect();
            for query in [&child.name, &child.guardian, &child.village, &letters, "wxm", "l 石门"] {
                prop_assert_eq!(find(&changed, query), find(&anew, query), "{}", query);
            }
        }
    }
}

trait EachRefArray {
    fn each_ref_array(&self) -> [&str; 8];
}

impl EachRefArray for Vec<String> {
    fn each_ref_array(&self) -> [&str; 8] {
        std::array::from_fn(|at| self[at].as_str())
    }
}

#[test]
fn every_child_is_first_under_her_own_name() {
    let children = roster(3000, 11);
    let index = index(&children);
    for child in &children {
        let found = find(&index, &child.name);
        let hit = &found.hits[0];
        assert_eq!((hit.cost, &children[hit.row as usize].name), (0, &child.name));
    }
}

#[test]
fn a_removed_child_is_not_found_and_nobody_else_is_lost() {
    let children = roster(500, 12);
    let mut index = index(&children);
    for row in (0..500).step_by(2) {
        index.remove(row);
        index.remove(row);
    }
    assert_eq!(index.len(), 250);
    for (row, child) in children.iter().enumerate() {
        assert_eq!(rows(&index, &child.case_no).contains(&(row as u32)), row % 2 == 1, "{}", child.case_no);
        assert!(rows(&index, &child.name).iter().all(|row| row % 2 == 1));
    }
}

#[test]
fn equally_near_rows_come_in_their_own_order() {
    let children = roster(5000, 13);
    let index = index(&children);
    for query in ["w", "李", "zhang", "lxm", "石门", "2015", "1"] {
        let hits = index.find(query, 50, &mut Scratch::default()).hits;
        assert!(hits.is_sorted_by_key(|hit| (hit.cost, hit.row)), "{query}");
        // Asking for more shows the same ones first.
        let fewer = index.find(query, 5, &mut Scratch::default()).hits;
        assert_eq!(fewer[..], hits[..5], "{query}");
    }
}

#[test]
fn a_pasted_megabyte_is_a_query_like_any_other() {
    let index = index(&roster(2000, 14));
    for piece in ["王小明", "wang", "zhuang", "0", " a", "\u{0}\n", "·", "x\u{301}"] {
        let found = find(&index, &piece.repeat(1_000_000 / piece.len()));
        assert!(found.hits.len() <= 10);
    }
}

#[test]
fn a_roster_of_100_000_would_fit_in_90_bytes_a_row() {
    // The alphabet and the places weigh the more the fewer the rows, so a smaller roster is the harder test.
    let children = roster(30_000, 15);
    let bytes = index(&children).bytes() / children.len();
    assert!(bytes <= 90, "{bytes} bytes a row");
}
