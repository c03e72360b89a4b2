//! A child's file: the case and what has been done in it.

use super::DemoChild;
use super::dice::Dice;
use super::family::Family;
use super::names::{COUNTY, TOWNS};
use super::{services, texts};
use crate::domain::forms::{case, child, contact, follow_up, note};
use crate::domain::{Fields, Value};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashSet;

pub(super) struct Writer<'a> {
    pub(super) dice: &'a mut Dice,
    pub(super) family: &'a Family,
    /// What the child is called: a name of one character is said with the surname.
    called: String,
    he: &'static str,
    pub(super) school: School,
    teacher: String,
    pub(super) opened: NaiveDate,
    pub(super) today: NaiveDate,
    /// Sentences that stand in the file already.
    said: HashSet<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum School {
    Home,
    Kindergarten(i32),
    Primary(i32),
    Middle(i32),
    High(i32),
}

pub(super) fn write(
    dice: &mut Dice,
    family: &Family,
    which: usize,
    number: usize,
    today: NaiveDate,
) -> DemoChild {
    let one = &family.children[which];
    let grave = family.categories.iter().any(|category| {
        matches!(*category, "prisoner" | "unattended" | "orphan" | "guardianship" | "street")
    });
    let risk = match grave {
        true => dice.weighted(&[("high", 9), ("medium", 33), ("low", 55), ("", 3)]),
        false => dice.weighted(&[("high", 2), ("medium", 10), ("low", 85), ("", 3)]),
    };
    let age = (today - one.birth).num_days();
    let opened = match risk {
        "" => today - Days::new(dice.between(0, 8.min(age - 1)) as u64),
        _ => family.found.max(one.birth + Days::new(1)).min(today - Days::new(1)),
    };
    let school = school_of(one.birth, today);
    let teacher = format!("{}老师", super::names::surname(dice));
    let mut writer = Writer {
        dice,
        family,
        called: match one.given.chars().count() {
            1 => format!("{}{}", family.surname, one.given),
            _ => one.given.clone(),
        },
        he: if one.sex == "m" { "他" } else { "她" },
        school,
        teacher,
        opened,
        today,
        said: HashSet::new(),
    };
    let child = writer.child(which, risk, number);
    let closed = !risk.is_empty()
        && (today - opened).num_days() > 200
        && writer.dice.chance(if risk == "low" { 17 } else { 3 });
    let (due, rule) = writer.rhythm(risk, closed);
    let contacts = writer.contacts(risk, closed, due);
    let case = writer.case(risk, closed, &contacts);
    let follow_ups = writer.follow_ups(risk, closed, due, rule, &contacts);
    let notes = writer.notes();
    let about = services::About { family, school, risk, case: &case, today };
    let services = services::of(writer.dice.clone(), &about);
    DemoChild { child, case, contacts, follow_ups, notes, services, ..DemoChild::default() }
}

pub(super) fn school_of(birth: NaiveDate, today: NaiveDate) -> School {
    // Who is six on 31 August begins school the day after.
    let year = if today.month() >= 9 { today.year() } else { today.year() - 1 };
    let age = year - birth.year() - i32::from(birth.month() >= 9);
    match age {
        ..3 => School::Home,
        3..6 => School::Kindergarten(age - 3),
        6..12 => School::Primary(age - 6),
        12..15 => School::Middle(age - 12),
        _ => School::High(age - 15),
    }
}

const GRADES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
const GRADES_MIDDLE: [&str; 3] = ["七", "八", "九"];

/// A town's own school, and the class there; none for who is too small, or too old for it.
pub(super) fn class_of(school: School, town: &str, room: i64) -> Option<(String, String)> {
    Some(match school {
        School::Home | School::High(_) => return None,
        School::Kindergarten(year) => {
            (format!("{town}中心幼儿园"), ["小班", "中班", "大班"][year.clamp(0, 2) as usize].to_owned())
        }
        School::Primary(year) => {
            (format!("{town}中心小学"), format!("{}年级({room})班", GRADES[year.clamp(0, 5) as usize]))
        }
        School::Middle(year) => {
            (format!("{town}初级中学"), format!("{}年级({room})班", GRADES_MIDDLE[year.clamp(0, 2) as usize]))
        }
    })
}

pub(super) fn choice(code: &str) -> Option<Value> {
    Some(Value::Choice(code.into()))
}

pub(super) fn choices(codes: &[&str]) -> Option<Value> {
    Some(Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect()))
}

impl Writer<'_> {
    pub(super) fn say(&self, template: &str) -> String {
        let (parent, called) = self.family.absent();
        template
            .replace("{名}", &self.called)
            .replace("{监}", self.family.called)
            .replace("{亲}", called)
            .replace("{地}", if parent.place.is_empty() { "外地" } else { parent.place })
            .replace("{师}", if self.school == School::Home { "村医" } else { &self.teacher })
            .replace("{他}", self.he)
    }

    /// One that the file does not have yet, as long as there are such.
    pub(super) fn fresh<T: Copy>(&mut self, bank: &[T], text: impl Fn(T) -> &'static str) -> T {
        let mut one = self.dice.pick(bank);
        for _ in 0..8 {
            if self.said.insert(text(one)) {
                break;
            }
            one = self.dice.pick(bank);
        }
        one
    }

    pub(super) fn pick(&mut self, bank: &[&'static str]) -> String {
        let template = self.fresh(bank, |text| text);
        let marks = self.dice.between(61, 98).to_string();
        self.say(&template.replace("{分}", &marks))
    }

    pub(super) fn is_pupil(&self) -> bool {
        matches!(self.school, School::Primary(_) | School::Middle(_) | School::High(_))
    }

    /// Can call their child.
    pub(super) fn parent_is_away(&self) -> bool {
        self.family.absent().0.circumstance == "working-away"
    }

    pub(super) fn about_parent(&mut self) -> String {
        let parent = self.family.absent().0;
        self.pick(texts::about_parent(parent.circumstance, parent.knows))
    }

    fn child(&mut self, which: usize, risk: &str, number: usize) -> Fields {
        let family = self.family;
        let one = &family.children[which];
        let mut fields = Fields::default()
            .with(child::NAME, format!("{}{}", family.surname, one.given).as_str())
            .with(child::BIRTH, one.birth)
            .with(child::GUARDIAN, family.guardian.as_str())
            .with(child::PHONE, family.phone.as_str())
            .with(child::VILLAGE, family.village.as_str())
            .with(child::ADDRESS, family.address.as_str())
            .with(child::CASE_NO, format!("HX{}-{number:04}", self.opened.year()).as_str());
        fields.set(child::SEX, choice(one.sex));
        // A child without a number is normal.
        if !self.dice.chance(if self.school == School::Home { 12 } else { 2 }) {
            fields.set(child::ID_NUMBER, Some(one.id_number.as_str().into()));
        }
        fields.set(child::RELATION, choice(family.relation));
        let age = self.today.years_since(one.birth).unwrap_or(0);
        fields.set(child::CATEGORIES, choices(&family.categories_of(age)));
        fields.set(child::RISK, choice(risk));
        let found =
            ["village", "village", "screening", "school", "police", "civil-affairs", "relative", "hotline"];
        let found = match family.absent().0.circumstance {
            "prison" if self.dice.chance(50) => "prison",
            _ => self.dice.pick(&found),
        };
        fields.set(child::FOUND_BY, choice(found));
        fields.set(child::ETHNICITY, Some(family.ethnicity.into()));
        if let Some((school, class)) = self.place() {
            fields.set(child::SCHOOL, Some(school.as_str().into()));
            fields.set(child::CLASS, Some(class.as_str().into()));
        }
        let illness = [
            "过敏性鼻炎，换季时加重",
            "轻度贫血，每三个月复查",
            "左眼弱视，已配镜",
            "先天性心脏病，术后恢复好",
        ];
        if family.categories.contains(&"disability") {
            let held = [
                "肢体残疾二级，每周两次康复训练",
                "听力残疾三级，戴助听器",
                "智力残疾三级，在县特殊教育学校就读",
                "言语残疾四级，正在做语言训练",
            ];
            fields.set(child::HEALTH, Some(self.dice.pick(&held).into()));
        } else if self.dice.chance(45) {
            let health = if self.dice.chance(80) { "健康" } else { self.dice.pick(&illness) };
            fields.set(child::HEALTH, Some(health.into()));
        }
        fields
    }

    fn place(&mut self) -> Option<(String, String)> {
        let town = TOWNS[self.family.town];
        let room = self.dice.between(1, 4);
        let special = self.family.categories.contains(&"disability") && self.dice.chance(25);
        Some(match self.school {
            School::Primary(year) if special => {
                (format!("{COUNTY}特殊教育学校"), format!("{}年级", GRADES[year.clamp(0, 5) as usize]))
            }
            School::High(_) if self.dice.chance(14) => return None,
            School::High(year) => {
                let name = self.dice.weighted(&[("第一中学", 30), ("第二中学", 35), ("职业教育中心", 35)]);
                (
                    format!("{COUNTY}{name}"),
                    format!("高{}({room})班", ["一", "二", "三"][year.clamp(0, 2) as usize]),
                )
            }
            school => return class_of(school, town, room),
        })
    }

    /// When the next visit is due, and by which rule.
    fn rhythm(&mut self, risk: &str, closed: bool) -> (Option<NaiveDate>, &'static str) {
        if closed {
            return (None, "");
        }
        let (days, rule) = match risk {
            "high" => (7, "visit-high"),
            "medium" => (14, "visit-medium"),
            "low" => (30, "visit-low"),
            _ => (7, "first-response-unknown"),
        };
        let late = self.dice.chance(if risk == "low" { 4 } else { 8 });
        let age = (self.today - self.opened).num_days();
        let due = match (risk, late) {
            ("", _) => self.opened + Days::new(7),
            (_, true) => self.today - Days::new(self.dice.between(1, age.clamp(1, 16)) as u64),
            _ => self.today + Days::new(self.dice.between(0, days - 1) as u64),
        };
        (Some(due), rule)
    }

    fn case(&mut self, risk: &str, closed: bool, contacts: &[Fields]) -> Fields {
        let (parent, called) = self.family.absent();
        let reason = match parent.circumstance {
            "working-away" => {
                format!("父母长期在外务工，{}由{}照料，亲子联系少。", self.called, self.family.called)
            }
            "prison" => format!("{called}在{}服刑，家中照料和经济都有困难。", parent.place),
            "dead" => format!("{called}去世，由{}抚养，需要办理生活补贴并关注情绪。", self.family.called),
            "out-of-contact" | "missing" => {
                format!("{called}失去联系，由{}抚养，需要报案并核实是否事实无人抚养。", self.family.called)
            }
            "grave-illness" => format!("{called}患重病，医疗支出大，家庭困难。"),
            "severe-disability" => format!("{called}重度残疾，无力照料，由{}抚养。", self.family.called),
            "detoxification" | "custody" => {
                format!("{called}被限制人身自由，由{}临时照料。", self.family.called)
            }
            _ if self.family.categories.contains(&"disability") => {
                "儿童残疾，家庭照料负担重，需要康复资源。".to_owned()
            }
            _ => "经村里摸排，家庭收入低，儿童学习和生活需要帮助。".to_owned(),
        };
        let mut fields =
            Fields::default().with(case::OPENED, self.opened).with(case::REASON, reason.as_str());
        let days = (self.today - self.opened).num_days();
        // Each step within the time that the rules give it, but for a few.
        let (assess, plan) = match risk {
            "high" => (6, 6),
            "medium" => (12, 12),
            _ => (20, 12),
        };
        let assessed = self.opened + Days::new(self.dice.between(assess / 2, assess) as u64);
        if contacts.is_empty() || assessed > self.today || (days < 60 && self.dice.chance(10)) {
            return fields;
        }
        fields.set(case::ASSESSED, Some(assessed.into()));
        let mut text = self.pick(texts::HOMES) + &self.pick(texts::CARERS) + &self.about_parent();
        text += &self.pick(texts::judgement(risk));
        fields.set(case::ASSESSMENT, Some(text.as_str().into()));
        let planned = assessed + Days::new(self.dice.between(plan / 2, plan) as u64);
        if planned > self.today || (days < 120 && self.dice.chance(8)) {
            return fields;
        }
        fields.set(case::PLANNED, Some(planned.into()));
        // Some wait for the supervisor.
        let today = self.today;
        let approved =
            |on: NaiveDate| (!on.ordinal().is_multiple_of(8)).then(|| (on + Days::new(3)).min(today).into());
        fields.set(case::PLAN_APPROVED, approved(planned));
        let mut banks = vec![texts::PLAN_GOALS, texts::PLAN_GOALS];
        banks.extend(self.is_pupil().then_some(texts::PLAN_GOALS_PUPIL));
        banks.extend(self.parent_is_away().then_some(texts::PLAN_GOALS_AWAY));
        let goals: Vec<String> = banks
            .into_iter()
            .enumerate()
            .map(|(at, bank)| format!("{}. {}", at + 1, self.pick(bank)))
            .collect();
        fields.set(case::PLAN, Some(goals.join("\n").as_str().into()));
        let served = planned + Days::new(self.dice.between(3, 20) as u64);
        if served > self.today || (days < 90 && self.dice.chance(8)) {
            return fields;
        }
        fields.set(case::SERVED, Some(served.into()));
        let late = self.dice.chance(6);
        let last = match (closed, late) {
            (true, _) => self.opened + Days::new(self.dice.between(95, 118) as u64),
            (_, true) => self.today - Days::new(self.dice.between(95, 130) as u64),
            _ => self.today - Days::new(self.dice.between(3, 80) as u64),
        };
        if (self.today - assessed).num_days() > 80 && last > planned {
            fields.set(case::REVIEWED, Some(last.into()));
            let review = self.pick(texts::REVIEWS);
            fields.set(case::REVIEW, Some(review.as_str().into()));
        }
        if closed || (days > 400 && self.dice.chance(5)) {
            let last = contacts.last().and_then(|contact| contact.date(&contact::ON)).unwrap_or(self.opened);
            let end = (last + Days::new(3))
                .clamp(self.opened + Days::new(130).min(Days::new(days as u64)), self.today);
            fields.set(case::CLOSED, Some(end.into()));
            let why = self.dice.weighted(&[
                ("goals-met", 60),
                ("moved", 20),
                ("transferred", 10),
                ("family-declined", 10),
            ]);
            fields.set(case::CLOSE_REASON, choice(why));
            fields.set(case::CLOSE_APPROVED, approved(end));
            let arrangement = format!("继续由{}照料，村儿童主任每季度看望一次", self.family.called);
            fields.set(case::ARRANGEMENT, Some(arrangement.as_str().into()));
            if !closed {
                let end = self.opened + Days::new(200);
                fields.set(case::CLOSED, Some(end.into()));
                fields.set(case::CLOSE_APPROVED, Some((end + Days::new(3)).into()));
                fields.set(case::REOPENED, Some((self.opened + Days::new(330)).into()));
                let why = self.say("{监}生病住院，原来的安排维持不下去");
                fields.set(case::REOPEN_REASON, Some(why.as_str().into()));
            }
        }
        fields
    }

    fn follow_ups(
        &mut self,
        risk: &str,
        closed: bool,
        due: Option<NaiveDate>,
        rule: &str,
        contacts: &[Fields],
    ) -> Vec<Fields> {
        let mut all = vec![];
        let reached = |contact: &&Fields| matches!(contact.text(&contact::KIND), "visit" | "call");
        // What was agreed last time is what the next one is for.
        let done: Vec<(NaiveDate, &str, String)> = contacts
            .iter()
            .rev()
            .filter(reached)
            .map(|contact| {
                let on = contact.date(&contact::ON).unwrap_or(self.opened);
                (on, contact.text(&contact::KIND), contact.text(&contact::AGREED).to_owned())
            })
            .collect();
        if let Some(due) = due {
            let kind = match risk {
                "" => "first-response",
                _ => "visit",
            };
            let reason = done.first().map(|(_, _, agreed)| agreed.clone()).unwrap_or_default();
            let mut open = follow(kind, due, &reason);
            open.set(follow_up::RULE, Some(rule.into()));
            if due < self.today && self.dice.chance(30) {
                open.set(follow_up::ATTEMPTS, Some(Value::Number(self.dice.between(1, 3))));
            } else if risk != "high" && due > self.today && self.dice.chance(6) {
                let first = (due - Days::new(self.dice.between(2, 9) as u64)).max(self.opened);
                open.set(follow_up::FIRST_DUE, Some(first.into()));
                let why = self.pick(texts::MOVED);
                open.set(follow_up::MOVED_WHY, Some(why.as_str().into()));
            }
            all.push(open);
        }
        if !closed && self.dice.chance(9) {
            let (kind, reason) = self.dice.pick(&[
                ("paper", "催村委会开具生活补贴证明"),
                ("referral", "问县妇幼保健院的检查结果"),
                ("assessment", "季度重新评估"),
                ("other", "送春节慰问物资，并请{监}签收"),
            ]);
            let day = self.today + Days::new(self.dice.between(1, 75) as u64);
            let reason = self.say(reason);
            all.push(follow(kind, day, &reason));
        }
        for (at, (on, kind, _)) in done.iter().enumerate().take(3) {
            let reason = done.get(at + 1).map(|(_, _, agreed)| agreed.as_str()).unwrap_or_default();
            let outcome = texts::outcome(reason, |template| self.say(template));
            let generic = if *kind == "call" { texts::DONE_CALL } else { texts::DONE_VISIT };
            let outcome = outcome.unwrap_or_else(|| self.pick(generic));
            let mut past = follow(kind, *on, reason);
            past.set(follow_up::DONE, Some((*on).into()));
            past.set(follow_up::OUTCOME, Some(outcome.as_str().into()));
            all.push(past);
        }
        all
    }

    fn notes(&mut self) -> Vec<Fields> {
        let count = self.dice.weighted(&[(0, 62), (1, 28), (2, 10)]);
        let days = (self.today - self.opened).num_days();
        let mut notes: Vec<Fields> = vec![];
        for _ in 0..count {
            let bank =
                if self.is_pupil() && self.dice.chance(55) { texts::NOTES_PUPIL } else { texts::NOTES };
            let (title, text) = self.fresh(bank, |(_, text)| text);
            let on = self.opened + Days::new(self.dice.between(0, days) as u64);
            let text = self.say(text);
            notes.push(
                Fields::default().with(note::TITLE, title).with(note::ON, on).with(note::TEXT, text.as_str()),
            );
        }
        notes
    }
}

fn follow(kind: &str, due: NaiveDate, reason: &str) -> Fields {
    let mut fields = Fields::default().with(follow_up::DUE, due);
    fields.set(follow_up::KIND, choice(kind));
    fields.set(follow_up::REASON, Some(Value::Text(reason.to_owned())));
    fields
}
