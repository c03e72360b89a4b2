//! A second file of the same child is noticed; sisters, brothers, twins and strangers are let pass.

use chrono::{Datelike, Days, NaiveDate};

use super::super::duplicates::{Blocks, Candidate, Evidence, Likely, Sex, Verdict};
use super::sample::{Child, Dice, birthday, id_number, name_of, roster};

const ROWS: usize = 20_000;
const TRIES: usize = 400;

fn candidate(child: &Child) -> Candidate<'_> {
    let Child { name, guardian, village, id_number, birth, phone, boy, .. } = child;
    let sex = Some(if *boy { Sex::Male } else { Sex::Female });
    Candidate { name, sex, birth: Some(*birth), guardian, village, phone, id_number }
}

struct Station {
    children: Vec<Child>,
    blocks: Blocks,
}

impl Station {
    fn new() -> Station {
        let mut children = roster(ROWS, 77);
        // A third is registered without an ID number.
        for child in children.iter_mut().step_by(3) {
            child.id_number.clear();
        }
        Station { blocks: Blocks::build(children.iter().map(candidate)), children }
    }

    fn likely(&self, child: &Child) -> Vec<Likely> {
        self.blocks.likely(&candidate(child), |row| self.children.get(row as usize).map(candidate), 10)
    }

    fn same_child(&self, child: &Child) -> Vec<u32> {
        let likely = self.likely(child).into_iter();
        likely
            .filter(|likely| matches!(likely.verdict, Verdict::SameChild { .. }))
            .map(|likely| likely.row)
            .collect()
    }
}

fn homophone(dice: &mut Dice, name: &str) -> String {
    const ALIKE: [&str; 12] = [
        "明铭鸣",
        "小晓",
        "丽莉力",
        "伟玮炜",
        "芳方",
        "军君俊",
        "英瑛莹",
        "红宏洪",
        "静敬",
        "梅美",
        "宇雨玉",
        "佳嘉家",
    ];
    let mut name: Vec<char> = name.chars().collect();
    let last = name.len() - 1;
    if let Some(group) = ALIKE.iter().find(|group| group.contains(name[last])) {
        name[last] = *dice.pick(&group.chars().collect::<Vec<_>>());
    }
    name.into_iter().collect()
}

/// The same child, written down again by somebody else.
fn written_again(dice: &mut Dice, child: &Child) -> Child {
    let mut again = child.clone();
    if dice.chance(20) {
        again.name = homophone(dice, &child.name);
    }
    let mut chars: Vec<char> = again.name.chars().collect();
    match dice.below(100) {
        8..12 if chars.len() == 3 => chars.swap(1, 2),
        0..4 if chars.len() == 3 => drop(chars.remove(2)),
        4..8 if chars.len() == 3 => chars[2] = *dice.pick(&['宝', '毅', '蓉', '帆', '溪']),
        _ => {}
    }
    again.name = chars.into_iter().collect();
    match dice.below(100) {
        // The lunar date.
        0..6 => again.birth = child.birth - Days::new(18 + dice.below(33) as u64),
        6..12 => {
            let other =
                NaiveDate::from_ymd_opt(child.birth.year(), child.birth.month(), 1 + dice.below(28) as u32);
            again.birth = other.unwrap_or(child.birth);
        }
        12..16 => {
            let swapped = NaiveDate::from_ymd_opt(child.birth.year(), child.birth.day(), child.birth.month());
            again.birth = swapped.unwrap_or(child.birth);
        }
        _ => {}
    }
    if dice.chance(15) {
        again.village = child.village.chars().take(3).collect();
    }
    match dice.below(100) {
        0..15 => again.guardian = homophone(dice, &child.guardian),
        15..25 => again.guardian = name_of(dice, '陈'),
        _ => {}
    }
    match dice.below(100) {
        0..25 => again.phone = format!("100{:08}", dice.below(100_000_000)),
        25..45 => again.phone.clear(),
        _ => {}
    }
    if dice.chance(50) {
        again.id_number.clear();
    }
    again
}

fn share(tries: usize, mut holds: impl FnMut() -> bool) -> f64 {
    100.0 * (0..tries).filter(|_| holds()).count() as f64 / tries as f64
}

#[test]
fn a_second_file_of_the_same_child_is_noticed() {
    let station = Station::new();
    let dice = &mut Dice(1);
    let caught = share(TRIES, || {
        let row = dice.below(ROWS);
        let again = written_again(dice, &station.children[row]);
        station.same_child(&again).contains(&(row as u32))
    });
    assert!(caught >= 95.0, "{caught} % caught");
}

#[test]
fn brothers_sisters_and_twins_are_family_and_not_the_same_child() {
    let station = Station::new();
    let dice = &mut Dice(2);
    let mut sibling = |twin: bool| {
        let (mut taken, mut family) = (0, 0);
        for _ in 0..TRIES {
            let row = dice.below(ROWS);
            let elder = &station.children[row];
            let surname = elder.name.chars().next().unwrap_or('王');
            let mut name = name_of(dice, surname);
            let elders: Vec<char> = elder.name.chars().collect();
            // Children of one generation often share a character.
            if dice.chance(30) && elders.len() == 3 && name.chars().count() == 3 {
                name = [surname, elders[1], name.chars().nth(2).unwrap_or('明')].iter().collect();
            }
            if name == elder.name {
                continue;
            }
            let birth = if twin { elder.birth } else { birthday(dice) };
            let boy = dice.chance(50);
            let id_number = if dice.chance(50) { id_number(dice, birth, boy) } else { String::new() };
            let younger = Child { name, birth, boy, id_number, ..elder.clone() };
            let likely = station.likely(&younger);
            taken +=
                usize::from(likely.iter().any(|likely| matches!(likely.verdict, Verdict::SameChild { .. })));
            family += usize::from(
                likely.iter().any(|likely| likely.row == row as u32 && likely.verdict == Verdict::SameFamily),
            );
        }
        (100.0 * taken as f64 / TRIES as f64, 100.0 * family as f64 / TRIES as f64)
    };
    let (taken, family) = sibling(false);
    assert!(
        taken <= 5.0 && family >= 90.0,
        "siblings: {taken} % taken for the same child, {family} % for family"
    );
    let (taken, family) = sibling(true);
    assert!(
        taken <= 5.0 && family >= 90.0,
        "twins: {taken} % taken for the same child, {family} % for family"
    );
}

#[test]
fn a_stranger_is_let_pass() {
    let station = Station::new();
    let newcomers = roster(TRIES, 78);
    let mut each = newcomers.iter();
    let wrong = share(TRIES, || each.next().is_some_and(|child| !station.same_child(child).is_empty()));
    assert!(wrong <= 1.0, "{wrong} % taken for a child with a file");
}

#[test]
fn the_reasons_are_named() {
    let station = Station::new();
    let child =
        Child { name: "王小明".into(), guardian: "李秀英".into(), ..station.children[100].clone() };
    let again =
        Child {
            name: "王晓铭".into(), guardian: "李秀瑛".into(), phone: String::new(), ..child.clone()
        };
    let blocks = Blocks::build([candidate(&child)].into_iter());
    let likely = blocks.likely(&candidate(&again), |_| Some(candidate(&child)), 3);
    let Evidence::SameSound = likely[0].evidence[usize::from(likely[0].evidence[0] == Evidence::SameId)]
    else {
        panic!("{likely:?}")
    };
    for evidence in [Evidence::SameBirth, Evidence::GuardianSound, Evidence::SameVillage] {
        assert!(likely[0].evidence.contains(&evidence), "{likely:?}");
    }
}

#[test]
fn a_new_file_is_known_at_once_and_a_removed_one_forgotten() {
    let mut station = Station::new();
    let newcomer = roster(TRIES + 1, 79).pop().unwrap();
    let row = ROWS as u32;
    station.blocks.upsert(row, &candidate(&newcomer));
    station.children.push(newcomer.clone());
    assert_eq!(station.same_child(&newcomer), [row]);
    station.blocks.remove(row);
    assert_eq!(station.same_child(&newcomer), [0; 0]);
    station.blocks.upsert(row, &candidate(&newcomer));
    assert_eq!(station.same_child(&newcomer), [row]);
}
