//! A household: who lives there, who is away and why.

use super::dice::Dice;
use super::names::{self, Age, TOWNS};
use crate::domain::forms::{household, member};
use crate::domain::{Fields, Value};
use chrono::{Datelike, Days, NaiveDate};

/// What has become of a parent.
#[derive(Clone)]
pub(super) struct Parent {
    pub(super) name: String,
    pub(super) circumstance: &'static str,
    pub(super) since: NaiveDate,
    /// When the police took up that nobody knows where they are.
    reported: Option<NaiveDate>,
    pub(super) knows: bool,
    until: Option<NaiveDate>,
    /// When the children last saw a parent in prison.
    visited: Option<NaiveDate>,
    pub(super) place: &'static str,
    phone: String,
}

#[derive(Clone)]
pub(super) struct Sibling {
    pub(super) given: String,
    pub(super) sex: &'static str,
    pub(super) birth: NaiveDate,
    pub(super) id_number: String,
}

#[derive(Clone)]
pub(super) struct Family {
    pub(super) surname: &'static str,
    pub(super) children: Vec<Sibling>,
    pub(super) father: Parent,
    pub(super) mother: Parent,
    pub(super) guardian: String,
    pub(super) relation: &'static str,
    /// What the children call their guardian.
    pub(super) called: &'static str,
    pub(super) phone: String,
    pub(super) town: usize,
    pub(super) village: String,
    pub(super) address: String,
    pub(super) categories: Vec<&'static str>,
    pub(super) ethnicity: &'static str,
    pub(super) home: Fields,
    /// Codes of the list `aid`.
    pub(super) benefits: Vec<&'static str>,
    /// When the station first heard of the family.
    pub(super) found: NaiveDate,
}

const AGES: &[(i64, u32)] = &[
    (0, 2),
    (1, 3),
    (2, 4),
    (3, 5),
    (4, 5),
    (5, 6),
    (6, 8),
    (7, 8),
    (8, 9),
    (9, 9),
    (10, 9),
    (11, 8),
    (12, 8),
    (13, 7),
    (14, 7),
    (15, 6),
    (16, 5),
    (17, 4),
];
const CITIES: &[&str] = &[
    "广东东莞",
    "广东佛山",
    "浙江义乌",
    "浙江温州",
    "福建晋江",
    "江苏昆山",
    "江苏苏州",
    "上海",
    "重庆",
    "湖北武汉",
    "广东中山",
];
const PRISONS: &[&str] = &["望川监狱", "江岭省第二监狱", "青崖监狱"];
/// Code of the list `aid`, and what a household calls it.
const BENEFITS: [(&str, &str); 5] = [
    ("minimum-living", "农村低保"),
    ("orphan-aid", "孤儿基本生活费"),
    ("unattended-aid", "事实无人抚养儿童补贴"),
    ("disability-aid", "残疾人两项补贴"),
    ("temporary-aid", "临时救助"),
];
const HOUSES: &[&str] = &[
    "自建砖房，两层",
    "老木房，三间",
    "安置点住房，八十平方米",
    "借住亲戚家",
    "土坯房，已列入改造",
    "镇上租房，一室一厅",
];

const AWAY: &str = "working-away";

/// Category, weights of (father, mother), with how often it comes.
type Story = (&'static str, &'static [(&'static str, &'static str)]);
#[rustfmt::skip] // a table
const STORIES: &[(Story, u32)] = &[
    (("left-behind", &[(AWAY, AWAY), (AWAY, AWAY), (AWAY, AWAY), (AWAY, "out-of-contact"), (AWAY, "dead")]), 46),
    (("prisoner", &[("prison", AWAY), ("prison", "at-home"), ("prison", "out-of-contact"), ("at-home", "prison"), ("prison", "dead")]), 13),
    (("unattended", &[("dead", "out-of-contact"), ("prison", "out-of-contact"), ("dead", "severe-disability"), ("severe-disability", "missing"), ("detoxification", "out-of-contact")]), 11),
    (("orphan", &[("dead", "dead")]), 4),
    (("poverty", &[("grave-illness", "at-home"), ("at-home", "grave-illness"), ("at-home", "at-home"), ("dead", "at-home")]), 11),
    (("disability", &[("at-home", "at-home"), (AWAY, "at-home"), (AWAY, AWAY)]), 8),
    (("guardianship", &[("custody", "severe-disability"), ("detoxification", AWAY), ("at-home", "out-of-contact")]), 3),
    (("migrant", &[("at-home", "at-home")]), 3),
    (("street", &[("out-of-contact", AWAY)]), 1),
];

#[rustfmt::skip] // a table: relation, what children call it, sex, whether it bears the children's surname
const CARERS: &[((&str, &str, &str, bool), u32)] = &[
    (("grandmother", "奶奶", "f", false), 36), (("grandfather", "爷爷", "m", true), 28),
    (("maternal-grandmother", "外婆", "f", false), 14), (("maternal-grandfather", "外公", "m", false), 7),
    (("uncle", "伯伯", "m", true), 7), (("aunt", "姑姑", "f", true), 6), (("other-relative", "表叔", "m", false), 2),
];

impl Family {
    pub(super) fn new(dice: &mut Dice, today: NaiveDate) -> Self {
        let surname = names::surname(dice);
        let (category, fates) = dice.weighted(STORIES);
        let (father, mother) = dice.pick(fates);
        let children = children(dice, today);
        let eldest = children[0].birth;
        let father = parent(dice, surname, "m", father, eldest, today);
        let mother_surname = names::surname(dice);
        let mother = parent(dice, mother_surname, "f", mother, eldest, today);
        let (guardian, relation, called, phone) = match (father.circumstance, mother.circumstance) {
            ("at-home", other) if other != "at-home" || dice.chance(45) => {
                (father.name.clone(), "father", "爸爸", father.phone.clone())
            }
            (_, "at-home") => (mother.name.clone(), "mother", "妈妈", mother.phone.clone()),
            _ => {
                let (relation, called, sex, same) = dice.weighted(CARERS);
                let of = if same { surname } else { names::surname(dice) };
                let age = if matches!(relation, "uncle" | "aunt" | "other-relative") {
                    Age::Parent
                } else {
                    Age::Elder
                };
                (format!("{of}{}", names::given(dice, age, sex)), relation, called, phone(dice))
            }
        };
        let town = dice.below(TOWNS.len());
        let villages = names::villages(town);
        let village = villages[dice.below(villages.len())].clone();
        let address = format!(
            "{}{}{village}{}组{}号",
            names::COUNTY,
            TOWNS[town],
            dice.between(1, 8),
            dice.between(1, 96)
        );
        let mut categories = vec![category];
        let (one, other) = (father.circumstance, mother.circumstance);
        let nobody_home = one != "at-home" && other != "at-home";
        if nobody_home && (one == AWAY || other == AWAY) && category != "left-behind" {
            categories.push("left-behind");
        }
        if category == "prisoner" && matches!(mother.circumstance, "out-of-contact" | "dead") {
            categories.push("unattended");
        }
        if !matches!(category, "poverty" | "migrant") && dice.chance(22) {
            categories.push("poverty");
        }
        let mut home = Fields::default()
            .with(household::ADDRESS, address.as_str())
            .with(household::HOUSING, dice.pick(HOUSES));
        home.set(household::INCOME, Some(Value::Number(dice.between(4, 42) * 1_000)));
        let benefits = benefits(dice, &categories);
        let held = |(code, name): &(&'static str, &'static str)| benefits.contains(code).then_some(*name);
        let held: Vec<&str> = BENEFITS.iter().filter_map(held).collect();
        if !held.is_empty() {
            home.set(household::BENEFITS, Some(held.join("，").as_str().into()));
        }
        // After what made it a case, and a good while ago for most.
        let hard =
            [&father, &mother].into_iter().filter(|parent| !matches!(parent.circumstance, "at-home" | AWAY));
        let since = hard.map(|parent| parent.since).max().unwrap_or(eldest).max(today - Days::new(1_400));
        let days = (today - since).num_days();
        let found = since + Days::new(dice.between(days.min(4), days.min(4).max(days - 12)) as u64);
        Self {
            surname,
            found,
            ethnicity: dice.weighted(&[("汉族", 82), ("土家族", 10), ("苗族", 8)]),
            children,
            father,
            mother,
            guardian,
            relation,
            called,
            phone,
            town,
            village: format!("{}{village}", TOWNS[town]),
            address,
            categories,
            home,
            benefits,
        }
    }

    /// Staff share the county by villages.
    pub(super) fn worker(&self, staff: usize) -> usize {
        let sum: usize = self.village.bytes().map(usize::from).sum();
        sum % staff.max(1)
    }

    /// The parent whom a case is about, and what the children call them.
    pub(super) fn absent(&self) -> (&Parent, &'static str) {
        let weight = |parent: &Parent| match parent.circumstance {
            "at-home" if parent.name == self.guardian => 0,
            "at-home" => 1,
            AWAY => 2,
            _ => 3,
        };
        if weight(&self.mother) > weight(&self.father) {
            (&self.mother, "妈妈")
        } else {
            (&self.father, "爸爸")
        }
    }

    /// Of whoever is 16 nobody speaks as left behind.
    pub(super) fn categories_of(&self, age: u32) -> Vec<&'static str> {
        let counts = |category: &&str| age < 16 || *category != "left-behind";
        let own: Vec<&str> = self.categories.iter().copied().filter(counts).collect();
        if own.is_empty() { vec!["poverty"] } else { own }
    }

    pub(super) fn members(&self) -> Vec<Fields> {
        let mut members = vec![person("father", &self.father), person("mother", &self.mother)];
        if !matches!(self.relation, "father" | "mother") {
            let mut carer = Fields::default()
                .with(member::NAME, self.guardian.as_str())
                .with(member::PHONE, self.phone.as_str());
            carer.set(member::ROLE, Some(Value::Choice("carer".into())));
            carer.set(member::CIRCUMSTANCE, Some(Value::Choice("at-home".into())));
            members.push(carer);
        }
        members
    }
}

/// What they are entitled to, but for a few whom nobody has helped to apply.
fn benefits(dice: &mut Dice, categories: &[&str]) -> Vec<&'static str> {
    let entitled = categories.iter().filter_map(|category| match *category {
        "poverty" => Some("minimum-living"),
        "orphan" => Some("orphan-aid"),
        "unattended" => Some("unattended-aid"),
        "disability" => Some("disability-aid"),
        _ => None,
    });
    let mut held: Vec<&str> = entitled.filter(|_| dice.chance(93)).collect();
    held.extend(dice.chance(6).then_some("temporary-aid"));
    held
}

fn person(role: &str, parent: &Parent) -> Fields {
    let mut fields = Fields::default().with(member::NAME, parent.name.as_str());
    fields.set(member::ROLE, Some(Value::Choice(role.into())));
    fields.set(member::CIRCUMSTANCE, Some(Value::Choice(parent.circumstance.into())));
    if parent.circumstance != "at-home" {
        fields.set(member::SINCE, Some(parent.since.into()));
    }
    fields.set(member::UNTIL, parent.until.map(Value::Date));
    fields.set(member::PLACE, Some(parent.place.into()));
    match parent.circumstance {
        AWAY | "at-home" | "grave-illness" => fields.set(member::PHONE, Some(parent.phone.as_str().into())),
        "prison" => {
            fields.set(member::PAPER, Some("刑事判决书复印件".into()));
            fields.set(member::CHILD_KNOWS, Some(Value::Yes(parent.knows)));
            fields.set(member::VISITED, parent.visited.map(Value::Date));
        }
        "detoxification" | "custody" => fields.set(member::PAPER, Some("决定书复印件".into())),
        "dead" => fields.set(member::PAPER, Some("死亡证明".into())),
        "out-of-contact" | "missing" => {
            fields.set(member::REPORTED, parent.reported.map(Value::Date));
            fields.set(member::PAPER, Some("派出所受理回执".into()));
        }
        "severe-disability" => {
            fields.set(member::PAPER, Some("残疾人证（一级）".into()));
            fields.set(member::GRADE, Some(Value::Choice("grade-1".into())));
        }
        _ => {}
    }
    fields
}

fn parent(
    dice: &mut Dice,
    surname: &str,
    sex: &str,
    circumstance: &'static str,
    eldest: NaiveDate,
    today: NaiveDate,
) -> Parent {
    // It has to have happened since the eldest child came, and long enough ago to have been noticed.
    let age = (today - eldest).num_days();
    let since = today - Days::new(dice.between(age.min(60), (age - 1).clamp(60, 2_200)) as u64);
    let until = matches!(circumstance, "prison" | "detoxification" | "custody")
        .then(|| today + Days::new(dice.between(20, 1_900) as u64));
    let place = match circumstance {
        AWAY => dice.pick(CITIES),
        "prison" if sex == "f" => "江岭省女子监狱",
        "prison" => dice.pick(PRISONS),
        "detoxification" => "望川市强制隔离戒毒所",
        "custody" => "禾溪县看守所",
        _ => "",
    };
    // What a child of three can be told.
    let knows = age > 1_500 && dice.chance(65);
    let visited = (today - Days::new(dice.between(5, 150) as u64)).max(since);
    Parent {
        name: format!("{surname}{}", names::given(dice, Age::Parent, sex)),
        circumstance,
        since,
        reported: since.checked_add_days(Days::new(40)).map(|day| day.min(today)),
        knows,
        until,
        visited: (circumstance == "prison" && knows && dice.chance(85)).then_some(visited),
        place,
        phone: phone(dice),
    }
}

fn children(dice: &mut Dice, today: NaiveDate) -> Vec<Sibling> {
    let count = dice.weighted(&[(1, 70), (2, 23), (3, 7)]);
    let mut children: Vec<Sibling> = vec![];
    let age = dice.weighted(AGES);
    let mut birth = today - Days::new((age * 365 + dice.between(3, 360)) as u64);
    for _ in 0..count {
        if let Some(elder) = children.last() {
            let twin = dice.chance(6);
            let gap = if twin { 0 } else { dice.between(420, 1_900) as u64 };
            let next = birth + Days::new(gap);
            if next >= today - Days::new(20) {
                break;
            }
            birth = next;
            let sex = dice.pick(&["m", "f"]);
            let given = names::given_after(dice, &elder.given, sex);
            if children.iter().all(|other| other.given != given) {
                children.push(Sibling { given, sex, birth, id_number: id_number(dice, birth, sex) });
            }
        } else {
            let sex = if dice.chance(52) { "m" } else { "f" };
            let given = names::given(dice, Age::Child, sex);
            children.push(Sibling { given, sex, birth, id_number: id_number(dice, birth, sex) });
        }
    }
    children
}

fn phone(dice: &mut Dice) -> String {
    format!("100{:08}", dice.below(100_000_000))
}

pub(super) fn id_number(dice: &mut Dice, birth: NaiveDate, sex: &str) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let serial = dice.below(500) * 2 + usize::from(sex == "m");
    let area = if dice.chance(94) { 990_421 } else { dice.pick(&[990_422, 990_425, 991_103]) };
    let front = format!("{area}{:04}{:02}{:02}{serial:03}", birth.year(), birth.month(), birth.day());
    let sum: usize =
        front.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{front}{}", char::from(b"10X98765432"[sum % 11]))
}
