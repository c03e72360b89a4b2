//! A child's file: the case and what has been done in it.

use super::DemoChild;
use super::dice::Dice;
use super::family::Family;
use super::names::{COUNTY, TOWNS};
use super::texts;
use crate::domain::forms::{case, child, contact, follow_up, note};
use crate::domain::{Fields, Value};
use chrono::{Datelike, Days, NaiveDate};

struct Writer<'a> {
    dice: &'a mut Dice,
    family: &'a Family,
    given: String,
    he: &'static str,
    school: School,
    teacher: String,
    opened: NaiveDate,
    today: NaiveDate,
}

#[derive(Clone, Copy, PartialEq)]
enum School {
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
        true => dice.weighted(&[("high", 9), ("medium", 33), ("low", 53), ("", 5)]),
        false => dice.weighted(&[("high", 2), ("medium", 10), ("low", 82), ("", 6)]),
    };
    let age = (today - one.birth).num_days();
    let longest = (age - 1).clamp(1, 1_400);
    let opened = today
        - Days::new(if risk.is_empty() {
            dice.between(0, 9.min(longest))
        } else {
            dice.between(12.min(longest), longest)
        } as u64);
    let school = school(one.birth, today);
    let teacher = format!("{}老师", super::names::surname(dice));
    let mut writer = Writer {
        dice,
        family,
        given: one.given.clone(),
        he: if one.sex == "m" { "他" } else { "她" },
        school,
        teacher,
        opened,
        today,
    };
    let child = writer.child(which, risk, number);
    let closed = !risk.is_empty()
        && (today - opened).num_days() > 200
        && writer.dice.chance(if risk == "low" { 17 } else { 3 });
    let (due, rule, repeat) = writer.rhythm(risk, closed);
    let contacts = writer.contacts(risk, closed, due, rule);
    let case = writer.case(closed, &contacts);
    let follow_ups = writer.follow_ups(risk, closed, due, rule, repeat, &contacts);
    let notes = writer.notes();
    DemoChild { child, household: 0, home: None, worker: 0, case, contacts, follow_ups, notes }
}

fn school(birth: NaiveDate, today: NaiveDate) -> School {
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

fn choice(code: &str) -> Option<Value> {
    Some(Value::Choice(code.into()))
}

fn choices(codes: &[&str]) -> Option<Value> {
    Some(Value::Choices(codes.iter().map(|code| (*code).to_owned()).collect()))
}

impl Writer<'_> {
    fn say(&self, template: &str) -> String {
        let (parent, called) = self.family.absent();
        template
            .replace("{名}", &self.given)
            .replace("{监}", self.family.called)
            .replace("{亲}", called)
            .replace("{地}", if parent.place.is_empty() { "外地" } else { parent.place })
            .replace("{师}", if self.school == School::Home { "村医" } else { &self.teacher })
            .replace("{他}", self.he)
    }

    fn pick(&mut self, bank: &[&'static str]) -> String {
        let template = self.dice.pick(bank);
        let marks = self.dice.between(61, 98).to_string();
        self.say(&template.replace("{分}", &marks))
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
        fields.set(child::CATEGORIES, choices(&family.categories));
        fields.set(child::RISK, choice(risk));
        let found =
            ["village", "screening", "school", "police", "prison", "civil-affairs", "relative", "hotline"];
        let found = match family.absent().0.circumstance {
            "prison" if self.dice.chance(50) => "prison",
            _ => self.dice.pick(&found),
        };
        fields.set(child::FOUND_BY, choice(found));
        fields.set(
            child::ETHNICITY,
            Some(self.dice.weighted(&[("汉族", 82), ("土家族", 10), ("苗族", 8)]).into()),
        );
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
        const GRADES: [&str; 6] = ["一", "二", "三", "四", "五", "六"];
        let town = TOWNS[self.family.town];
        let room = self.dice.between(1, 4);
        let special = self.family.categories.contains(&"disability") && self.dice.chance(25);
        Some(match self.school {
            School::Home => return None,
            School::Kindergarten(year) => {
                (format!("{town}中心幼儿园"), ["小班", "中班", "大班"][year.clamp(0, 2) as usize].to_owned())
            }
            School::Primary(year) if special => {
                (format!("{COUNTY}特殊教育学校"), format!("{}年级", GRADES[year.clamp(0, 5) as usize]))
            }
            School::Primary(year) => {
                (format!("{town}中心小学"), format!("{}年级({room})班", GRADES[year.clamp(0, 5) as usize]))
            }
            School::Middle(year) => (
                format!("{town}初级中学"),
                format!("{}年级({room})班", ["七", "八", "九"][year.clamp(0, 2) as usize]),
            ),
            School::High(_) if self.dice.chance(14) => return None,
            School::High(year) => {
                let name = self.dice.weighted(&[("第一中学", 30), ("第二中学", 35), ("职业教育中心", 35)]);
                (
                    format!("{COUNTY}{name}"),
                    format!("高{}({room})班", ["一", "二", "三"][year.clamp(0, 2) as usize]),
                )
            }
        })
    }

    /// When the next visit is due, by which rule, and how it comes back.
    fn rhythm(&mut self, risk: &str, closed: bool) -> (Option<NaiveDate>, &'static str, &'static str) {
        if closed {
            return (None, "", "");
        }
        let (days, rule, repeat) = match risk {
            "high" => (7, "visit-high", ""),
            "medium" => (14, "visit-medium", ""),
            "low" if self.dice.chance(30) => (30, "visit-low", ""),
            "low" => (90, "", "quarterly"),
            _ => (7, "first-response-unknown", ""),
        };
        let late = self.dice.chance(if risk == "low" { 2 } else { 7 });
        let age = (self.today - self.opened).num_days();
        let due = match (risk, late) {
            ("", _) => self.opened + Days::new(7),
            (_, true) => self.today - Days::new(self.dice.between(1, age.clamp(1, 16)) as u64),
            _ => self.today + Days::new(self.dice.between(0, days - 1) as u64),
        };
        (Some(due), rule, repeat)
    }

    fn contacts(&mut self, risk: &str, closed: bool, due: Option<NaiveDate>, rule: &str) -> Vec<Fields> {
        let step = match risk {
            "high" => 7,
            "medium" => 14,
            "" => return vec![],
            _ if rule == "visit-low" => 30,
            _ => 90,
        };
        let last = match due {
            Some(due) => due - Days::new(step as u64),
            None => self.today - Days::new(self.dice.between(40, 180) as u64),
        };
        let mut on = last.min(self.today);
        let most = self.dice.between(2, if risk == "low" { 6 } else { 11 });
        let mut contacts = vec![];
        while on >= self.opened && (contacts.len() as i64) < most {
            let latest = contacts.is_empty() && !closed;
            contacts.push(self.contact(on, latest, risk));
            on = on - Days::new(self.dice.between(step * 3 / 4, step * 5 / 4) as u64);
        }
        if contacts.is_empty() {
            contacts.push(self.contact(self.opened, false, risk));
        }
        contacts.reverse();
        contacts
    }

    fn contact(&mut self, on: NaiveDate, latest: bool, risk: &str) -> Fields {
        let kinds = [("visit", 68), ("call", 25), ("attempt", 5), ("refusal", 2)];
        // What counts towards the next date has reached somebody.
        let kind = self.dice.weighted(if latest { &kinds[..2] } else { &kinds });
        let mut fields = Fields::default().with(contact::ON, on);
        fields.set(contact::KIND, choice(kind));
        match kind {
            "visit" => {
                let seen = self.visit(if risk == "high" { 25 } else { 6 });
                fields.set(contact::SEEN, Some(seen.as_str().into()));
                let met: &[&str] = match self.dice.below(10) {
                    0 => &["carer"],
                    1 if self.school != School::Home => &["child", "teacher"],
                    2 => &["child", "carer", "village"],
                    _ => &["child", "carer"],
                };
                fields.set(contact::MET, choices(met));
                let concern = self.dice.chance(if risk == "high" { 30 } else { 4 });
                fields.set(contact::CONCERN, Some(Value::Yes(concern)));
                if concern {
                    let text = self.pick(texts::CONCERNS);
                    fields.set(contact::CONCERN_TEXT, Some(text.as_str().into()));
                }
            }
            "call" => {
                let mut seen = self.pick(texts::CALLS);
                if self.dice.chance(40) {
                    seen += &self.pick(texts::about_parent(self.family.absent().0.circumstance));
                }
                fields.set(contact::SEEN, Some(seen.as_str().into()));
                fields.set(
                    contact::MET,
                    choices(self.dice.pick(&[&["carer"][..], &["child", "carer"], &["child"]])),
                );
            }
            _ => {
                let why = self.pick(if kind == "attempt" { texts::ATTEMPTS } else { texts::REFUSALS });
                fields.set(contact::REASON, Some(why.as_str().into()));
            }
        }
        if matches!(kind, "visit" | "call") && self.dice.chance(65) {
            let agreed = self.pick(texts::AGREED);
            fields.set(contact::AGREED, Some(agreed.as_str().into()));
        }
        fields
    }

    /// Two to six sentences; now and then a long record in paragraphs.
    fn visit(&mut self, long: usize) -> String {
        let grown = matches!(self.school, School::Primary(_) | School::Middle(_) | School::High(_));
        let opening = if grown && self.dice.chance(40) { texts::OPENINGS_SCHOOL } else { texts::OPENINGS };
        let child = match self.school {
            School::Home => texts::BABIES,
            School::Kindergarten(_) => texts::SMALL_CHILDREN,
            School::Primary(_) => texts::SCHOOL_CHILDREN,
            School::Middle(_) | School::High(_) => texts::TEENAGERS,
        };
        let old = !matches!(self.family.relation, "father" | "mother" | "uncle" | "aunt" | "other-relative");
        let carer = if old && self.dice.chance(45) { texts::OLD_CARERS } else { texts::CARERS };
        let parent = texts::about_parent(self.family.absent().0.circumstance);
        if self.dice.chance(long) {
            let several = |bank: &'static [&'static str], count: usize, writer: &mut Self| -> String {
                let start = writer.dice.below(bank.len());
                (0..count.min(bank.len())).map(|at| writer.pick(&[bank[(start + at) % bank.len()]])).collect()
            };
            let parts = [
                self.pick(opening) + &several(texts::HOMES, 3, self),
                several(child, 4, self),
                several(carer, 2, self) + &several(parent, 2, self),
                several(texts::CLOSINGS, 2, self),
            ];
            return parts.join("\n");
        }
        let mut text = self.pick(opening);
        let mut tell = |writer: &mut Self, percent: usize, bank: &[&'static str]| {
            if writer.dice.chance(percent) {
                text += &writer.pick(bank);
            }
        };
        tell(self, 45, texts::HOMES);
        tell(self, 100, child);
        tell(self, 45, carer);
        tell(self, 55, parent);
        tell(self, 35, texts::CLOSINGS);
        text
    }

    fn case(&mut self, closed: bool, contacts: &[Fields]) -> Fields {
        let (parent, called) = self.family.absent();
        let reason = match parent.circumstance {
            "working-away" => {
                format!("父母长期在外务工，{}由{}照料，亲子联系少。", self.given, self.family.called)
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
        let after = |days: i64, writer: &mut Self| {
            writer.opened + Days::new(writer.dice.between(days / 2, days) as u64)
        };
        if contacts.is_empty() || days < 12 || self.dice.chance(5) && !closed {
            return fields;
        }
        fields.set(case::ASSESSED, Some(after(10, self).into()));
        let child = if self.school == School::Home { texts::BABIES } else { texts::HOMES };
        let mut text = self.pick(child) + &self.pick(texts::CARERS);
        text += &self.pick(texts::about_parent(parent.circumstance));
        text += "综合判断：基本生活有保障，主要需要在情感陪伴、学业和照料人的支持上。";
        fields.set(case::ASSESSMENT, Some(text.as_str().into()));
        if days < 30 || self.dice.chance(6) && !closed {
            return fields;
        }
        fields.set(case::PLANNED, Some((self.opened + Days::new(self.dice.between(11, 20) as u64)).into()));
        let start = self.dice.below(texts::PLAN_GOALS.len());
        let goals: Vec<String> = (0..self.dice.between(2, 4) as usize)
            .map(|at| {
                format!(
                    "{}. {}",
                    at + 1,
                    self.say(texts::PLAN_GOALS[(start + at * 3) % texts::PLAN_GOALS.len()])
                )
            })
            .collect();
        fields.set(case::PLAN, Some(goals.join("\n").as_str().into()));
        if days < 45 {
            return fields;
        }
        fields.set(case::SERVED, Some((self.opened + Days::new(self.dice.between(21, 40) as u64)).into()));
        if days > 120 && (closed || self.dice.chance(35)) {
            fields.set(
                case::REVIEWED,
                Some((self.opened + Days::new(self.dice.between(95, 118) as u64)).into()),
            );
            let review = self.say("第一个目标已做到；亲子联系比原来多，但还不固定。{名}自己说「比以前开心一点」。继续按计划服务，三个月后再评估。");
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
            let arrangement = format!("继续由{}照料，村儿童主任每季度看望一次", self.family.called);
            fields.set(case::ARRANGEMENT, Some(arrangement.as_str().into()));
            if !closed {
                fields.set(case::CLOSED, Some((self.opened + Days::new(200)).into()));
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
        repeat: &str,
        contacts: &[Fields],
    ) -> Vec<Fields> {
        let mut all = vec![];
        let reached = |contact: &&Fields| matches!(contact.text(&contact::KIND), "visit" | "call");
        let agreed =
            contacts.iter().rev().filter(reached).map(|contact| contact.text(&contact::AGREED).to_owned());
        let mut agreed = agreed.collect::<Vec<_>>().into_iter();
        if let Some(due) = due {
            let kind = match risk {
                "" => "first-response",
                _ if repeat == "quarterly" => "review",
                _ => "visit",
            };
            let mut open = follow(kind, due, &agreed.next().unwrap_or_default());
            open.set(follow_up::RULE, Some(rule.into()));
            open.set(follow_up::REPEAT, choice(repeat));
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
                ("referral", "问残联康复训练的名额"),
                ("call", "给{师}打电话，问这周的到校情况"),
                ("assessment", "季度重新评估"),
                ("other", "送春节慰问物资，并请{监}签收"),
            ]);
            let day = self.today + Days::new(self.dice.between(1, 75) as u64);
            let reason = self.say(reason);
            all.push(follow(kind, day, &reason));
        }
        let past: Vec<NaiveDate> =
            contacts.iter().filter(reached).filter_map(|contact| contact.date(&contact::ON)).collect();
        for on in past.iter().rev().take(2) {
            let mut done = follow("visit", *on, &agreed.next().unwrap_or_default());
            done.set(follow_up::DONE, Some((*on).into()));
            let outcome = self.pick(texts::DONE);
            done.set(follow_up::OUTCOME, Some(outcome.as_str().into()));
            all.push(done);
        }
        all
    }

    fn notes(&mut self) -> Vec<Fields> {
        let count = self.dice.weighted(&[(0, 62), (1, 28), (2, 10)]);
        let days = (self.today - self.opened).num_days();
        let start = self.dice.below(texts::NOTES.len());
        (0..count)
            .map(|at| {
                let (title, text) = texts::NOTES[(start + at) % texts::NOTES.len()];
                let on = self.opened + Days::new(self.dice.between(0, days) as u64);
                let text = self.say(text);
                Fields::default().with(note::TITLE, title).with(note::ON, on).with(note::TEXT, text.as_str())
            })
            .collect()
    }
}

fn follow(kind: &str, due: NaiveDate, reason: &str) -> Fields {
    let mut fields = Fields::default().with(follow_up::DUE, due);
    fields.set(follow_up::KIND, choice(kind));
    fields.set(follow_up::REASON, Some(Value::Text(reason.to_owned())));
    fields
}
