//! What is done for the many children, as in a station that is well run and has its ordinary trouble: the rules want
//! something done for one child in five, and hardly more than four records a child, so that a hundred thousand stay quick.

use super::dice::Dice;
use super::family::Family;
use super::file::School;
use super::registers::VOLUNTEERS;
use super::stories::{code, codes, scored};
use crate::domain::forms::{case, consent, family_contact, goal, referral, session, situation};
use crate::domain::{Fields, RecordKind, Value};
use chrono::{Days, NaiveDate};

pub(super) type Services = Vec<(RecordKind, Fields)>;

/// What there is to know of the child.
pub(super) struct About<'a> {
    pub(super) family: &'a Family,
    pub(super) school: School,
    pub(super) risk: &'a str,
    pub(super) case: &'a Fields,
    pub(super) today: NaiveDate,
}

/// Dice of its own keep the children themselves as they are, whatever is done for them.
pub(super) fn of(mut dice: Dice, about: &About) -> Services {
    let mut services = vec![];
    let Some(planned) = about.case.date(&case::PLANNED) else {
        // How the child lives is asked at the door, and whoever is away is rung up.
        if let Some(opened) = about.case.date(&case::OPENED).filter(|_| dice.chance(75)) {
            services.push((RecordKind::Situation, about.situation(&mut dice, opened)));
            if about.is_entrusted() {
                let on = about.since(opened, dice.between(0, 6));
                services.push((RecordKind::FamilyContact, call(&mut dice, on)));
            }
        }
        return services;
    };
    services.push((RecordKind::Situation, about.situation(&mut dice, planned)));
    for _ in 0..dice.weighted(&[(0, 30), (1, 55), (2, 15)]) {
        services.push((RecordKind::Goal, about.goal(&mut dice, planned)));
    }
    if dice.chance(93) {
        let scores = about.scores(&mut dice, planned);
        services.extend(scores.into_iter().map(|score| (RecordKind::Score, score)));
    }
    if !about.family.benefits.is_empty() && dice.chance(95) {
        services.push((RecordKind::Consent, about.agreed(planned)));
    }
    if about.is_open() && about.is_entrusted() {
        let last = if dice.chance(94) { dice.between(0, 6) } else { dice.between(8, 20) };
        let before = dice.chance(30).then_some(last + 7);
        for days in before.into_iter().chain([last]) {
            let on = about.since(planned, days);
            services.push((RecordKind::FamilyContact, call(&mut dice, on)));
        }
    }
    if about.is_open() && about.is_pupil() && dice.chance(5) {
        let volunteer = dice.pick(&VOLUNTEERS);
        let last = dice.between(2, 25);
        for days in [last + 14, last] {
            let on = about.since(planned, days);
            services.push((RecordKind::Session, company(&mut dice, volunteer, on)));
        }
    }
    if about.is_open() && dice.chance(4) {
        services.extend(about.referred(&mut dice, planned));
    }
    services
}

impl About<'_> {
    fn is_open(&self) -> bool {
        self.case.date(&case::CLOSED).is_none()
    }

    fn is_pupil(&self) -> bool {
        matches!(self.school, School::Primary(2..) | School::Middle(_))
    }

    fn is_entrusted(&self) -> bool {
        let away = |circumstance| circumstance == "working-away";
        let with_kin = !matches!(self.family.relation, "father" | "mother");
        with_kin && (away(self.family.father.circumstance) || away(self.family.mother.circumstance))
    }

    /// So many days ago, but not before the plan, or the day on which the case was opened.
    fn since(&self, planned: NaiveDate, days: i64) -> NaiveDate {
        (self.today - Days::new(days.max(0) as u64)).max(planned)
    }

    /// What belongs to entrusted care has been done, but for a few.
    fn situation(&self, dice: &mut Dice, planned: NaiveDate) -> Fields {
        let lives = match self.family.relation {
            "father" | "mother" if self.family.absent().0.circumstance == "at-home" => "parents",
            "father" | "mother" => "one-parent",
            _ => "kin",
        };
        let schooling = match self.school {
            School::Home | School::Kindergarten(_) => "not-yet",
            _ => "enrolled",
        };
        let mut fields = Fields::default()
            .with(situation::LIVES, code(lives))
            .with(situation::SCHOOLING, code(schooling))
            .with(situation::RURAL, Value::Yes(true));
        if lives == "kin" {
            fields.set(situation::CARE_CONFIRMED, dice.chance(96).then(|| planned.into()));
            fields.set(situation::CHILD_HEARD, dice.chance(95).then_some(Value::Yes(true)));
        }
        if self.is_entrusted() {
            fields.set(situation::TOLD_SCHOOL, dice.chance(95).then(|| planned.into()));
            fields.set(situation::TOLD_VILLAGE, dice.chance(95).then(|| planned.into()));
        }
        if !self.family.benefits.is_empty() {
            fields.set(situation::BENEFITS, Some(codes(&self.family.benefits)));
        }
        fields
    }

    /// The consent that an application for aid needs.
    fn agreed(&self, planned: NaiveDate) -> Fields {
        Fields::default()
            .with(consent::FOR, "代办救助申请，提供家庭情况")
            .with(consent::RECIPIENT, code("civil-affairs"))
            .with(consent::ON, planned)
            .with(consent::BY, code("guardian"))
            .with(consent::PAPER, "同意书原件，存站里")
    }

    fn goal(&self, dice: &mut Dice, planned: NaiveDate) -> Fields {
        #[rustfmt::skip] // a table: domain, goal, service, who, what came of it
        const GOALS: &[(&str, &str, &str, &str, &str)] = &[
            ("economic-pressure", "办下该有的补贴", "代办申请", "儿童主任", "已到账。"),
            ("guardianship", "照料人有替手", "亲属轮流，写进委托照护书", "村委会", "伯伯家每周来两晚。"),
            ("schooling", "作业每天写完", "课后辅导", "志愿者、班主任", "这个月没有欠交。"),
            ("social-support", "周末有伴", "参加儿童之家活动", "儿童之家", "去了八次。"),
            ("health", "按时复查", "村医提醒，站里陪同", "村医", "复查正常。"),
            ("psychological-state", "夜里睡得着", "心理老师面谈四次", "县心理服务站", "说睡得好些了。"),
        ];
        let (domain, what, service, who, came) = dice.pick(GOALS);
        let fields = Fields::default()
            .with(goal::GOAL, what)
            .with(goal::DOMAIN, code(domain))
            .with(goal::SERVICE, service)
            .with(goal::WHO, who);
        let due = planned + Days::new(90);
        if due > self.today {
            return fields.with(goal::DUE, due);
        }
        match dice.below(100) {
            ..75 => fields.with(goal::DUE, due).with(goal::REACHED, due).with(goal::OUTCOME, came),
            75..90 => fields
                .with(goal::DUE, due)
                .with(goal::DROPPED, due)
                .with(goal::OUTCOME, "没有做成，改成小一点的目标。"),
            // Moved on, or late.
            left => fields.with(goal::DUE, if left < 97 { self.today + Days::new(30) } else { due }),
        }
    }

    /// The same questions before and, where there was one, at the review: most are better, some are not.
    fn scores(&self, dice: &mut Dice, planned: NaiveDate) -> Vec<Fields> {
        let (instrument, by, questions) = match self.is_pupil() {
            true => dice.pick(&[("self-efficacy", "child", 5), ("social-support", "child", 6)]),
            false => ("guardianship", "carer", 6),
        };
        let points: [(u8, u32); 3] = match self.risk {
            "low" => [(0, 8), (1, 62), (2, 30)],
            _ => [(0, 45), (1, 45), (2, 10)],
        };
        let before: Vec<u8> = (0..questions).map(|_| dice.weighted(&points)).collect();
        let baseline = scored(planned, "baseline", by, instrument, &before);
        let Some(reviewed) = self.case.date(&case::REVIEWED) else { return vec![baseline] };
        let change = dice.weighted(&[(2, 60), (1, 15), (0, 25)]);
        let after = before.iter().map(|points| match change {
            2 => (points + u8::from(dice.chance(55))).min(2),
            1 => *points,
            _ => points.saturating_sub(u8::from(dice.chance(40))),
        });
        let after: Vec<u8> = after.collect();
        vec![baseline, scored(reviewed.max(planned), "review", by, instrument, &after)]
    }

    /// A referral with its consent, on its way or answered.
    fn referred(&self, dice: &mut Dice, planned: NaiveDate) -> Services {
        let (to, office, what) = dice.pick(&[
            ("health", "县妇幼保健院", "儿童体检和营养评估"),
            ("education", "县教育局资助中心", "申请寄宿生补助"),
            ("civil-affairs", "镇民政所", "申请临时救助"),
            ("social", "望川市儿童社区资源中心", "家庭支持小组"),
        ]);
        let sent = self.since(planned, dice.between(4, 80));
        let agreed = Fields::default()
            .with(consent::FOR, what)
            .with(consent::RECIPIENT, code(to))
            .with(consent::ON, sent)
            .with(consent::BY, code("guardian"));
        let mut letter = Fields::default()
            .with(referral::TO, code(to))
            .with(referral::OFFICE, office)
            .with(referral::WHAT, what)
            .with(referral::SHARED, codes(&["name", "need"]))
            .with(referral::SENT, sent);
        if dice.chance(70) {
            letter.set(referral::RECEIVED, Some((sent + Days::new(2)).min(self.today).into()));
        }
        if (self.today - sent).num_days() > 30 && dice.chance(80) {
            letter.set(referral::ENDED, Some((sent + Days::new(25)).into()));
            let outcome = dice.weighted(&[("helped", 70), ("partly", 20), ("not-entitled", 10)]);
            letter.set(referral::OUTCOME, Some(code(outcome)));
        }
        vec![(RecordKind::Consent, agreed), (RecordKind::Referral, letter)]
    }
}

fn call(dice: &mut Dice, on: NaiveDate) -> Fields {
    Fields::default()
        .with(family_contact::ON, on)
        .with(family_contact::WAY, code(dice.pick(&["video", "call", "call"])))
        .with(family_contact::WITH, code(dice.pick(&["mother", "father", "both"])))
        .with(family_contact::CARER_TOO, Value::Yes(dice.chance(70)))
        .with(family_contact::MINUTES, Value::Number(dice.between(4, 40)))
}

fn company(dice: &mut Dice, volunteer: &str, on: NaiveDate) -> Fields {
    let what = dice.pick(&[
        "一起写作业，读一本书。",
        "打球，说学校里的事。",
        "画画，做手工。",
        "陪着赶场，教认路。",
    ]);
    Fields::default()
        .with(session::ON, on)
        .with(session::VOLUNTEER, volunteer)
        .with(session::MINUTES, Value::Number(dice.between(6, 16) * 10))
        .with(session::WHAT, what)
}
