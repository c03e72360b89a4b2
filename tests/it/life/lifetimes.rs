//! Whatever is saved, done and taken back in whatever order: no work is lost, none is asked for twice, and nothing about a
//! case is said without what caused it.

use chrono::NaiveDate;
use proptest::prelude::*;
use std::collections::BTreeSet;
use tonghu::domain::forms::{
    case, child, conference, consent, contact, finding, follow_up, goal, member, overrule, referral,
    situation,
};
use tonghu::domain::{
    FieldId, Fields, FollowUp, Record, RecordId, RecordKind, RecordRef, Status, Value, WorkerId,
};
use tonghu::domain::{follow_up::Act, row::Row};
use tonghu::office::*;
use tonghu::practice::Rules;
use uuid::Uuid;

use tonghu::vault::Passphrase;

use crate::tasks::{House, choice, day};

#[derive(Clone, Debug)]
enum Step {
    Situation {
        lives: usize,
        schooling: usize,
        unattended: bool,
    },
    Parent {
        which: usize,
        circumstance: usize,
    },
    Finding {
        which: usize,
        grave: bool,
        reported: bool,
        closed: bool,
    },
    Goal {
        which: usize,
        due: u32,
        reached: bool,
    },
    Referral {
        which: usize,
        chase: u32,
        ended: bool,
    },
    Conference {
        which: usize,
        due: u32,
        lines: usize,
    },
    Overrule {
        which: usize,
        until: u32,
    },
    Case {
        which: usize,
        on: bool,
    },
    Consent {
        ends: u32,
        withdrawn: bool,
    },
    Visit,
    Done {
        which: usize,
    },
    Moved {
        which: usize,
    },
    NotReached {
        which: usize,
        refused: bool,
    },
    HandedOver {
        which: usize,
    },
    /// All cases and follow-ups of whoever has the child go to a colleague, or back.
    Caseload,
    TakeBack {
        back: usize,
    },
    Later {
        days: u64,
    },
    /// 28 February 2028, or the day after.
    LeapDay,
    /// Everybody leaves, and somebody comes in again.
    Reopened,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..4usize, 0..4usize, any::<bool>())
            .prop_map(|(lives, schooling, unattended)| Step::Situation { lives, schooling, unattended }),
        2 => (0..2usize, 0..4usize).prop_map(|(which, circumstance)| Step::Parent { which, circumstance }),
        3 => (0..2usize, any::<bool>(), any::<bool>(), any::<bool>())
            .prop_map(|(which, grave, reported, closed)| Step::Finding { which, grave, reported, closed }),
        2 => (0..2usize, 0..40u32, any::<bool>()).prop_map(|(which, due, reached)| Step::Goal { which, due, reached }),
        2 => (0..2usize, 0..40u32, any::<bool>())
            .prop_map(|(which, chase, ended)| Step::Referral { which, chase, ended }),
        2 => (0..2usize, 0..40u32, 0..3usize).prop_map(|(which, due, lines)| Step::Conference { which, due, lines }),
        1 => (0..3usize, 0..40u32).prop_map(|(which, until)| Step::Overrule { which, until }),
        1 => (0..40u32, any::<bool>()).prop_map(|(ends, withdrawn)| Step::Consent { ends, withdrawn }),
        4 => (0..7usize, any::<bool>()).prop_map(|(which, on)| Step::Case { which, on }),
        1 => Just(Step::Visit),
        2 => (0..9usize).prop_map(|which| Step::Done { which }),
        1 => (0..9usize).prop_map(|which| Step::Moved { which }),
        1 => (0..9usize, any::<bool>()).prop_map(|(which, refused)| Step::NotReached { which, refused }),
        1 => (0..9usize).prop_map(|which| Step::HandedOver { which }),
        1 => Just(Step::Caseload),
        6 => (0..5usize).prop_map(|back| Step::TakeBack { back }),
        2 => (1..40u64).prop_map(|days| Step::Later { days }),
        1 => Just(Step::LeapDay),
        1 => Just(Step::Reopened),
    ]
}

const DATES: [FieldId; 7] = [
    case::ASSESSED,
    case::PLANNED,
    case::PLAN_APPROVED,
    case::SERVED,
    case::REVIEWED,
    case::CLOSED,
    case::REOPENED,
];

/// A house, and what a night left in it.
struct Life {
    house: House,
    colleague: WorkerId,
    /// Open although their flag ended with a day: they stay until somebody looks.
    left: BTreeSet<Uuid>,
}

impl std::ops::Deref for Life {
    type Target = House;
    fn deref(&self) -> &House {
        &self.house
    }
}

impl Life {
    fn new() -> Self {
        let house = House::of("2020-02-29");
        let passphrase = Passphrase::typed("a key under the mat");
        let admission =
            Admission { login: "chen".into(), name: "陈静".into(), role: Role::Caseworker, passphrase };
        let Ok(Answer::Account(staff)) = house.desk.ask(Request::Admit(admission)) else { panic!() };
        Self { house, colleague: staff.worker, left: BTreeSet::new() }
    }

    fn today(&self) -> NaiveDate {
        tonghu::platform::Clock::today(&*self.clock)
    }

    fn after(&self, days: u32) -> Value {
        (self.today() + chrono::Days::new(u64::from(days))).into()
    }

    /// The flags that hold and that nobody overruled.
    fn holding(file: &CaseFile) -> BTreeSet<String> {
        let flags = file.flags.iter().filter(|one| one.now && one.overruled.is_none());
        flags.map(|one| one.rule.clone()).collect()
    }

    /// The day turns, with the program open or closed.
    fn turn(&mut self, to: NaiveDate, rules: &Rules) {
        let held = Self::holding(&self.file());
        self.clock.set(to.and_hms_opt(8, 30, 0).unwrap());
        self.ask(Request::FollowRules);
        let file = self.file();
        let holds = Self::holding(&file);
        let open: Vec<FollowUp> = file.follow_ups.iter().filter_map(FollowUp::open).collect();
        for (rule, flag) in rules.on_flags() {
            let mine = || open.iter().filter(|one| one.rule == rule.id);
            let began = holds.contains(flag) && !held.contains(flag);
            assert!(!began || mine().next().is_some(), "{flag} began with {to}, and nothing is due for it");
            if !holds.contains(flag) {
                self.left.extend(mine().map(|one| one.at.id));
            }
        }
    }

    /// Saves what a field map becomes; a refusal is an answer as well.
    fn put(&self, at: RecordRef, fields: Fields) {
        let file = self.file();
        let all = file.services.iter().chain(&file.cases).chain(&file.members);
        let base = all.into_iter().find(|record| record.at == at).map(|record| record.fields.clone());
        let mut now = base.clone().unwrap_or_default();
        // `false` stands for an empty field, and is none in these forms.
        for (id, value) in fields.0 {
            let empty = value == Value::Yes(false) && id != situation::UNATTENDED;
            now.set(id, (!empty).then_some(value));
        }
        self.ask(Request::Save(Save { records: vec![SaveRecord { at, base, fields: now }], draft: None }));
    }

    fn ask(&self, request: Request) {
        match self.desk.ask(request) {
            Ok(_) | Err(Refusal::Invalid(_) | Refusal::Changed(_) | Refusal::Act(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    fn nth(&self, kind: RecordKind, which: usize) -> RecordRef {
        RecordRef::of(kind, self.child.0, Uuid::from_u128(kind as u128 * 100 + which as u128))
    }

    fn act(&self, which: usize, act: Act) {
        let file = self.file();
        let open: Vec<FollowUp> = file.follow_ups.iter().filter_map(FollowUp::open).collect();
        if let Some(one) = open.get(which % open.len().max(1)) {
            self.ask(Request::Act { child: self.child, follow_up: RecordId(one.at.id), act });
        }
    }

    fn take(&mut self, step: &Step, rules: &Rules) {
        let when = |on: bool, value: Value| if on { value } else { Value::Yes(false) };
        let now = self.today();
        let today = || Value::Date(now);
        let after = |days| self.after(days);
        let at = |kind, which: &usize| self.nth(kind, *which);
        match step {
            Step::Situation { lives, schooling, unattended } => {
                let fields = Fields::default()
                    .with(situation::LIVES, choice(["parents", "kin", "alone", "street"][*lives]))
                    .with(
                        situation::SCHOOLING,
                        choice(["enrolled", "absent", "dropped-out", "not-yet"][*schooling]),
                    )
                    .with(situation::UNATTENDED, Value::Yes(*unattended));
                self.put(RecordRef::of(RecordKind::Situation, self.child.0, self.child.0), fields);
            }
            Step::Parent { which, circumstance } => {
                let household = self.file().row.household.unwrap();
                let at = RecordRef::of(RecordKind::Member, household.0, Uuid::from_u128(*which as u128 + 1));
                let fields = Fields::default().with(member::ROLE, choice(["father", "mother"][*which])).with(
                    member::CIRCUMSTANCE,
                    choice(["at-home", "prison", "dead", "working-away"][*circumstance]),
                );
                self.put(at, fields);
            }
            Step::Finding { which, grave, reported, closed } => {
                let grave = when(*grave, Value::Choices(["injury".to_owned()].into()));
                let fields = Fields::default()
                    .with(finding::FOUND, day("2026-03-01"))
                    .with(finding::SEEN, "有伤")
                    .with(finding::SITUATIONS, grave)
                    .with(finding::REPORTED, when(*reported, today()))
                    .with(finding::REPORTED_AT, "16:40")
                    .with(finding::RECEIPT, when(*closed, "回执".into()))
                    .with(finding::CLOSED, when(*closed, today()))
                    .with(finding::OUTCOME, "已处置");
                self.put(at(RecordKind::Finding, which), fields);
            }
            Step::Goal { which, due, reached } => {
                let fields = Fields::default()
                    .with(goal::GOAL, "到校")
                    .with(goal::DUE, after(*due))
                    .with(goal::REACHED, when(*reached, today()));
                self.put(at(RecordKind::Goal, which), fields);
            }
            Step::Referral { which, chase, ended } => {
                let fields = Fields::default()
                    .with(referral::TO, choice("education"))
                    .with(referral::WHAT, "补助")
                    .with(referral::SENT, day("2026-03-01"))
                    .with(referral::CHASE, after(*chase))
                    .with(referral::ENDED, when(*ended, today()))
                    .with(referral::OUTCOME, choice("helped"));
                self.put(at(RecordKind::Referral, which), fields);
            }
            Step::Conference { which, due, lines } => {
                let Value::Date(on) = after(*due) else { unreachable!() };
                let all =
                    ["都同意".to_owned(), format!("住校 — 张老师 — {on}"), format!("家访 — 陈静 — {on}")];
                let fields = Fields::default()
                    .with(conference::ON, day("2026-03-02"))
                    .with(conference::WITH, Value::Choices(["education".to_owned()].into()))
                    .with(conference::DECIDED, all[..=*lines].join("\n").as_str());
                self.put(at(RecordKind::Conference, which), fields);
            }
            Step::Overrule { which, until } => {
                let rule = ["branch-parents-unable", "dropped-out", "under-8-unattended"][*which];
                let fields = Fields::default()
                    .with(overrule::RULE, choice(rule))
                    .with(overrule::WHY, "外婆照料得很好")
                    .with(overrule::UNTIL, after(*until));
                self.put(at(RecordKind::Overrule, which), fields);
            }
            Step::Consent { ends, withdrawn } => {
                let fields = Fields::default()
                    .with(consent::FOR, "补助申请")
                    .with(consent::RECIPIENT, choice("education"))
                    .with(consent::ON, day("2026-02-28"))
                    .with(consent::BY, choice("guardian"))
                    .with(consent::UNTIL, after(*ends))
                    .with(consent::WITHDRAWN, when(*withdrawn, today()));
                self.put(at(RecordKind::Consent, &0), fields);
            }
            Step::Case { which, on } => {
                let fields = Fields::default()
                    .with(DATES[*which].clone(), when(*on, today()))
                    .with(case::CLOSE_REASON, choice("goals-met"))
                    .with(case::ARRANGEMENT, "由母亲照料")
                    .with(case::REOPEN_REASON, "又辍学");
                self.put(self.case(), fields);
            }
            Step::Visit => {
                let fields =
                    Fields::default().with(contact::KIND, choice("visit")).with(contact::ON, today());
                let at = RecordRef::of(RecordKind::Contact, self.child.0, Uuid::now_v7());
                self.put(at, fields);
            }
            Step::Done { which } => {
                self.act(*which, Act::Done { on: now, outcome: "已办".into() });
            }
            Step::Moved { which } => {
                let to = now + chrono::Days::new(20);
                self.act(*which, Act::Moved { to, why: "下雪".into() });
            }
            Step::NotReached { which, refused: false } => {
                self.act(*which, Act::Attempt { on: now, why: "家中无人".into() });
            }
            Step::NotReached { which, refused: true } => {
                self.act(*which, Act::Refusal { on: now, why: "不愿意".into() });
            }
            Step::HandedOver { which } => {
                self.act(*which, Act::HandedOver { to: self.colleague, why: "下乡".into() });
            }
            Step::Caseload => {
                let me = self.desk.me().worker;
                let mine = self.file().child.fields.link(&child::WORKER) == Some(me.0);
                let (from, to) = if mine { (me, self.colleague) } else { (self.colleague, me) };
                self.ask(Request::HandOver(HandOver { from, to, children: None, why: "调动".into() }));
            }
            Step::Later { days } => self.turn(now + chrono::Days::new(*days), rules),
            Step::LeapDay => {
                let eve = day("2028-02-28");
                self.turn(eve.max(now + chrono::Days::new(1)), rules);
            }
            Step::Reopened => {
                let House { dir, clock, desk, child } = std::mem::replace(&mut self.house, House::new());
                drop(desk);
                let door = Door::new(dir.path().to_owned(), clock.clone());
                let desk = door.unlock("demo", &Passphrase::typed("look around freely")).unwrap();
                self.house = House { dir, clock, desk, child };
                self.ask(Request::FollowRules);
            }
            Step::TakeBack { back } => {
                let Answer::History(lines) = self.desk.ask(Request::History(self.child)).unwrap() else {
                    panic!()
                };
                // The file itself is not taken back.
                if let Some(line) = lines.iter().rev().skip(1).rev().nth(*back) {
                    self.ask(Request::Revert { child: self.child, change: line.change.id });
                }
            }
        }
    }

    fn holds(&self, rules: &Rules) {
        let file = self.file();
        let mine = |rule: &str, about: Option<Uuid>| {
            let fits = move |one: &&Record| {
                let fields = &one.fields;
                let of = about.is_none_or(|about| fields.link(&follow_up::ABOUT) == Some(about));
                fields.text(&follow_up::RULE) == rule && of
            };
            file.follow_ups.iter().filter(fits).collect::<Vec<_>>()
        };
        let mut open = BTreeSet::new();
        for record in &file.follow_ups {
            let (fields, one) = (&record.fields, FollowUp::of(record).unwrap());
            if one.is_open() {
                let twice =
                    !one.rule.is_empty() && !open.insert((one.rule.clone(), one.about, one.reason.clone()));
                assert!(!twice, "{} is asked for twice", one.rule);
            } else {
                let why = [follow_up::END, follow_up::OUTCOME].map(|id| !fields.text(&id).is_empty());
                assert!(why.contains(&true), "{} ended without a reason", one.rule);
            }
        }
        for (rule, flag) in rules.on_flags() {
            let now = file.flags.iter().any(|one| one.now && one.overruled.is_none() && one.rule == flag);
            let made = mine(&rule.id, None);
            assert!(!now || !made.is_empty(), "{flag} holds, and nothing is due for it");
            let mut open = made.iter().filter(|one| one.fields.get(&follow_up::DONE).is_none());
            let open = open.any(|one| !self.left.contains(&one.at.id));
            assert!(now || !open, "{flag} holds no longer, and {} is due", rule.id);
        }
        let closed = file.row.status == Status::Closed;
        for record in &file.services {
            for (rule, watched) in rules.watching(record.at.kind) {
                let made = mine(&rule.id, Some(record.at.id));
                let open = made.iter().any(|one| one.fields.get(&follow_up::DONE).is_none());
                let by_hand = made.iter().any(|one| one.fields.text(&follow_up::OUTCOME) == "已办");
                let answered = watched.ends.iter().any(|id| record.fields.get(id).is_some());
                let waits = record.fields.get(&watched.day).is_some() && !answered;
                assert!(!waits || closed || open || by_hand, "{} is lost", rule.id);
                assert!(waits || !open, "{} is due although the record has its answer", rule.id);
            }
        }
        self.status_has_its_cause(&file.row, &file.cases[0]);
    }

    /// What the status says stands on the case, and in a change that somebody made.
    fn status_has_its_cause(&self, row: &Row, case: &Record) {
        let causes: &[FieldId] = match row.status {
            Status::Identified | Status::None => return,
            Status::Assessed => &[case::ASSESSED],
            Status::Planned => &[case::PLANNED],
            Status::InService => &[case::SERVED, case::PLANNED],
            Status::InReview => &[case::REVIEWED],
            Status::Closed => &[case::CLOSED],
            Status::Reopened => &[case::REOPENED],
        };
        let Answer::History(lines) = self.desk.ask(Request::History(self.child)).unwrap() else { panic!() };
        let written = |id: &FieldId| {
            let parts = lines.iter().flat_map(|line| &line.change.parts).filter(|part| part.at == case.at);
            let mut edits = parts.flat_map(|part| &part.edits);
            case.fields
                .get(id)
                .is_some_and(|value| edits.any(|edit| edit.field == *id && edit.new.as_ref() == Some(value)))
        };
        assert!(causes.iter().any(written), "{:?} without its cause", row.status);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(24), max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_work_is_lost_or_doubled_and_no_status_is_without_its_cause(
        steps in prop::collection::vec(step(), 1..16)
    ) {
        let mut life = Life::new();
        let rules = Rules::core().unwrap();
        for step in &steps {
            life.take(step, &rules);
            life.holds(&rules);
        }
    }
}
