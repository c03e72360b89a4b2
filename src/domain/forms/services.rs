//! What is done for a child: its situation, findings, goals, consents, referrals, conferences, placements, sessions and
//! the contact with its family. Every field tells why a child is on file, so discreet mode hides them all.

use super::*;

pub const LIVES: &[&str] =
    &["parents", "one-parent", "kin", "foster", "institution", "alone", "street", "other"];
pub const SCHOOLING: &[&str] = &["not-yet", "enrolled", "absent", "dropped-out", "finished"];
pub const OFFENDING: &[&str] = &["none", "bad-conduct", "serious-conduct", "crime"];
pub const DISABILITY: &[&str] = &["none", "grade-1", "grade-2", "grade-3", "grade-4"];
pub const ILLNESS: &[&str] = &["none", "chronic", "grave"];
/// Grounds on which the law does not allow a carer: 《未成年人保护法》第二十二条.
pub const CARER_GROUNDS: &[&str] = &["violence", "addiction", "crime", "neglect", "unable", "away"];
pub const AIDS: &[&str] = &[
    "minimum-living",
    "destitute",
    "unattended-aid",
    "orphan-aid",
    "disability-aid",
    "medical-aid",
    "temporary-aid",
];
/// Emergencies of the first look, in the order in which they are asked.
pub const SIGNS: &[&str] = &[
    "life-danger",
    "violence",
    "sexual",
    "abducted",
    "self-harm",
    "abandoned",
    "unattended-small",
    "runaway",
    "illegal-work",
    "grave-event",
];
/// The nine situations that must be reported at once: 《关于建立侵害未成年人案件强制报告制度的意见（试行）》 of nine
/// authorities, 2020, article 4.
pub const SITUATIONS: &[&str] = &[
    "genital-injury",
    "under-14-abuse",
    "over-14-abuse",
    "injury",
    "death-poisoning",
    "abandoned",
    "missing-trafficked",
    "begging",
    "other-harm",
];
/// To whom a referral goes, and who sits in a conference.
pub const AGENCIES: &[&str] = &[
    "justice",
    "police",
    "education",
    "health",
    "civil-affairs",
    "women",
    "youth",
    "disabled",
    "social",
    "court",
    "other",
];
pub const OUTCOMES: &[&str] = &["helped", "partly", "refused", "not-entitled", "withdrawn"];
/// Domains of assessment, from the sources of the service manual.
pub const DOMAINS: &[&str] = &[
    "psychological-state",
    "self-identity",
    "schooling",
    "poverty",
    "behaviour",
    "health",
    "guardianship",
    "social-support",
    "self-efficacy",
    "economic-pressure",
];
pub const PLACEMENTS: &[&str] = &["kinship", "foster", "adoption", "institution", "temporary"];
pub const CONSENT_BY: &[&str] = &["guardian", "child", "both"];
pub const SHARED: &[&str] =
    &["name", "birth", "id-number", "phone", "address", "school", "family", "health", "need"];
pub const FAMILY_WAYS: &[&str] = &["call", "video", "visit", "prison-visit", "letter"];
pub const FAMILY_WITH: &[&str] = &["father", "mother", "both", "other"];
pub const GRADES: &[&str] = &["grade-1", "grade-2", "grade-3", "grade-4"];

/// When a child is scored: before, in between, at the end.
pub const MOMENTS: &[&str] = &["baseline", "review", "end"];
/// Who answers.
pub const SCORE_BY: &[&str] = &["child", "carer", "worker"];
pub const COLOURS: &[&str] = &["red", "yellow", "blue", "green"];

const PAST: FieldKind = Date(DateRange::Past);
const DAY: FieldKind = Date(DateRange::Any);

/// How a child lives now: what the rules ask for beyond the first form. One of these a child; its id is the child's.
#[rustfmt::skip] // a table: one field a line
pub fn situation() -> FormSpec {
    use super::situation::*;
    let others = ["kin", "other"];
    Form::delicate("situation", RecordKind::Situation)
        .field(LIVES, One(choices("lives", self::LIVES))).expected()
        .field(UNATTENDED, Yes)
        .field(CARE_CONFIRMED, PAST).when(is(LIVES, &others))
        .field(CHILD_HEARD, Yes).when(is(LIVES, &["kin", "other", "foster"]))
        .field(CARER_GROUNDS, Many(choices("carer-ground", self::CARER_GROUNDS))).when(is(LIVES, &others))
        .field(AWAY_SINCE, PAST)
        .field(TOLD_SCHOOL, PAST)
        .field(TOLD_VILLAGE, PAST)
        .field(TEMPORARY_GUARDIAN, PAST)
        .section("school")
        .field(SCHOOLING, One(choices("schooling", self::SCHOOLING))).expected()
        .field(OFFENDING, One(choices("offending", self::OFFENDING)))
        .section("health")
        .field(DISABILITY, One(choices("disability", self::DISABILITY)))
        .field(ILLNESS, One(choices("illness", self::ILLNESS)))
        .field(MEDICAL_COST, Number { min: 0, max: 10_000_000 })
        .section("rights")
        .field(RURAL, Yes)
        .field(NO_HUKOU, Yes)
        .field(BENEFITS, Many(choices("aid", AIDS)))
        .spec
}

/// What was seen, by whom, and what must be done at once. 《未成年人保护法》第十一条.
#[rustfmt::skip] // a table: one field a line
pub fn finding() -> FormSpec {
    use super::finding::*;
    Form::delicate("finding", RecordKind::Finding)
        .field(FOUND, PAST).required()
        .field(BY, Line(60)).expected()
        .field(SEEN, Notes(20_000)).required()
        .section("triage")
        .field(SIGNS, Many(choices("sign", self::SIGNS)))
        .section("report")
        .field(SITUATIONS, Many(choices("situation", self::SITUATIONS)))
        .field(REPORTED, PAST).when(Condition::Filled(SITUATIONS))
        .field(REPORTED_AT, Line(20)).required().when(Condition::Filled(REPORTED))
        .field(REPORTED_TO, Line(80)).expected().when(Condition::Filled(REPORTED))
        .field(RECEIPT, Line(80)).expected().when(Condition::Filled(REPORTED))
        .section("end")
        .field(CLOSED, PAST)
        .field(OUTCOME, Notes(20_000)).required().when(Condition::Filled(CLOSED))
        .spec
}

/// A goal of the service plan: who does what by when, and what came of it.
#[rustfmt::skip] // a table: one field a line
pub fn goal() -> FormSpec {
    use super::goal::*;
    Form::delicate("goal", RecordKind::Goal)
        .field(GOAL, Line(200)).required()
        .field(DOMAIN, One(choices("domain", DOMAINS))).expected()
        .field(SERVICE, Line(200)).expected()
        .field(WHO, Line(60)).expected()
        .field(DUE, DAY).required()
        .section("end")
        .field(REACHED, PAST)
        .field(DROPPED, PAST)
        .field(OUTCOME, Notes(4_000))
        .spec
}

/// Consent to one service and one recipient. 《个人信息保护法》第二十三条、第二十九条、第三十一条.
#[rustfmt::skip] // a table: one field a line
pub fn consent() -> FormSpec {
    use super::consent::*;
    Form::delicate("consent", RecordKind::Consent)
        .field(FOR, Line(120)).required()
        .field(RECIPIENT, One(choices("agency", AGENCIES))).required()
        .field(ON, PAST).required()
        .field(BY, One(choices("consent-by", CONSENT_BY))).required()
        .field(PAPER, Line(120))
        .field(UNTIL, DAY)
        .field(WITHDRAWN, PAST)
        .field(WHY, Line(200)).when(Condition::Filled(WITHDRAWN))
        .spec
}

/// A referral 转介, chased until it has an outcome.
#[rustfmt::skip] // a table: one field a line
pub fn referral() -> FormSpec {
    use super::referral::*;
    Form::delicate("referral", RecordKind::Referral)
        .field(TO, One(choices("agency", AGENCIES))).required()
        .field(OFFICE, Line(80)).expected()
        .field(OFFICE_PERSON, Line(40))
        .field(OFFICE_PHONE, Phone)
        .field(WHAT, Notes(4_000)).required()
        .field(SHARED, Many(choices("shared", self::SHARED))).expected()
        .field(EMERGENCY, Yes)
        .field(SENT, PAST).expected()
        .section("answer")
        .field(RECEIVED, PAST)
        .field(RECEIVED_BY, Line(60)).when(Condition::Filled(RECEIVED))
        .field(CHASE, DAY)
        .field(ENDED, PAST)
        .field(OUTCOME, One(choices("outcome", OUTCOMES))).required().when(Condition::Filled(ENDED))
        .field(OUTCOME_TEXT, Notes(20_000)).when(Condition::Filled(ENDED))
        .spec
}

/// A conference of several agencies 会商: what was decided, and who does it, as [`crate::domain::decisions`] reads it.
#[rustfmt::skip] // a table: one field a line
pub fn conference() -> FormSpec {
    use super::conference::*;
    Form::delicate("conference", RecordKind::Conference)
        .field(ON, PAST).required()
        .field(WITH, Many(choices("agency", AGENCIES))).required()
        .field(CHILD_HEARD, Yes)
        .field(ABOUT, Notes(20_000)).expected()
        .field(DECIDED, Notes(20_000)).required()
        // Of before each decision said who does it.
        .field(OWNERS, Line(200)).when(Condition::Filled(OWNERS))
        .field(NEXT, DAY)
        .spec
}

/// Where a child lives when not with its parents. 《家庭寄养管理办法》.
#[rustfmt::skip] // a table: one field a line
pub fn placement() -> FormSpec {
    use super::placement::*;
    let foster = ["foster"];
    Form::delicate("placement", RecordKind::Placement)
        .field(KIND, One(choices("placement", PLACEMENTS))).required()
        .field(FAMILY, Line(80)).expected().personal()
        .field(BEGUN, PAST).required()
        .field(CHILD_CONSENTED, Yes)
        .field(NOTICE, PAST).when(is(KIND, &["adoption"]))
        .field(TRIAL_ENDED, PAST).when(is(KIND, &foster))
        .field(AGREEMENT, PAST).when(is(KIND, &foster))
        .field(AGREEMENT_UNTIL, DAY).when(is(KIND, &foster))
        .section("carer")
        .field(CARER_BIRTH, PAST).when(is(KIND, &foster))
        .field(CARER_CHECKED, PAST).when(is(KIND, &foster))
        .field(CARER_TRAINED, PAST).when(is(KIND, &foster))
        .field(FOSTER_CHILDREN, Number { min: 0, max: 20 }).when(is(KIND, &foster))
        .field(YOUNGEST_OWN, PAST).when(is(KIND, &foster))
        .section("end")
        .field(VISITED, PAST)
        .field(ENDED, PAST)
        .field(END_REASON, Line(200)).required().when(Condition::Filled(ENDED))
        .spec
}

/// Care that the parents entrust to somebody else: who, what was checked of them, the confirmation in writing, and who
/// was told. 《未成年人保护法》第二十二条、第二十三条.
#[rustfmt::skip] // a table: one field a line
pub fn entrustment() -> FormSpec {
    use super::entrustment::*;
    Form::delicate("entrustment", RecordKind::Entrustment)
        .field(BEGUN, PAST).required()
        .field(BY, One(choices("family-with", FAMILY_WITH))).required()
        .field(CARER, Line(40)).required().personal()
        .field(RELATION, One(choices("relation", RELATIONS))).expected()
        .field(PHONE, Phone).personal()
        .section("entrust-check")
        .field(CHECKED, PAST).expected()
        .field(CARER_GROUNDS, Many(choices("carer-ground", self::CARER_GROUNDS)))
        .field(CHILD_HEARD, Yes).expected()
        .field(CHILD_SAID, Notes(4_000)).when(Condition::Yes(CHILD_HEARD))
        .section("entrust-paper")
        .field(SIGNED, PAST).expected()
        .field(PAPER, Line(120)).when(Condition::Filled(SIGNED))
        .field(UNTIL, DAY).when(Condition::Filled(SIGNED))
        .field(TOLD_SCHOOL, PAST).expected()
        .field(TOLD_VILLAGE, PAST).expected()
        .field(CONFIRMED, PAST).when(Condition::Filled(SIGNED))
        .section("end")
        .field(ENDED, PAST)
        .field(END_REASON, Line(200)).required().when(Condition::Filled(ENDED))
        .spec
}

/// A contact between the child and its family. 《未成年人保护法》第二十三条.
#[rustfmt::skip] // a table: one field a line
pub fn family_contact() -> FormSpec {
    use super::family_contact::*;
    Form::delicate("family-contact", RecordKind::FamilyContact)
        .field(ON, PAST).required()
        .field(WAY, One(choices("family-way", FAMILY_WAYS))).required()
        .field(WITH, One(choices("family-with", FAMILY_WITH))).required()
        .field(CARER_TOO, Yes)
        .field(MINUTES, Number { min: 0, max: 1_440 })
        .field(NOTE, Notes(20_000))
        .spec
}

/// Time that a volunteer spends with a child.
#[rustfmt::skip] // a table: one field a line
pub fn session() -> FormSpec {
    use super::session::*;
    // `BY`, the volunteer's entry in the register, comes with the choice from there, or the office finds it by the name.
    Form::delicate("session", RecordKind::Session)
        .field(ON, PAST).required()
        .field(VOLUNTEER, Line(60)).required()
        .field(MINUTES, Number { min: 1, max: 1_440 }).required()
        .field(WHAT, Notes(20_000)).expected()
        .field(CHILD_SAID, Notes(4_000))
        .section("more")
        .field(DESPITE, Line(200))
        .spec
}

/// That the child came to one of the station's activities. Written from the register, with what that says of it.
#[rustfmt::skip] // a table: one field a line
pub fn attendance() -> FormSpec {
    use super::attendance::*;
    Form::delicate("attendance", RecordKind::Attendance)
        .field(ON, PAST).required()
        .field(KIND, One(choices("activity", super::registers::ACTIVITIES))).required()
        .field(TOPIC, Line(120))
        .field(NOTE, Notes(4_000))
        .spec
}

/// The answers to an instrument at one moment, without its items: these come from the instrument. It is the form of a
/// score whose instrument nobody has any more.
#[rustfmt::skip] // a table: one field a line
pub fn score() -> FormSpec {
    use super::score::*;
    Form::delicate("score", RecordKind::Score)
        .field(ON, PAST).required()
        .field(MOMENT, One(choices("moment", MOMENTS))).required()
        .field(BY, One(choices("score-by", SCORE_BY))).required()
        .field(NOTE, Notes(4_000))
        .section("score-instrument")
        .field(INSTRUMENT, Line(40)).required()
        .field(VERSION, Number { min: 1, max: 9_999 }).required()
        .spec
}

/// What a rule says does not hold here, in somebody's judgement. The office fills in which rules there are.
#[rustfmt::skip] // a table: one field a line
pub fn overrule() -> FormSpec {
    use super::overrule::*;
    Form::delicate("overrule", RecordKind::Overrule)
        .field(RULE, One(choices("rule", &[]))).required()
        .field(WHY, Line(200)).required()
        .field(UNTIL, Date(DateRange::Future))
        .spec
}

/// In the order in which a file lists them.
pub fn all() -> Vec<FormSpec> {
    vec![
        situation(),
        finding(),
        goal(),
        consent(),
        referral(),
        conference(),
        placement(),
        entrustment(),
        family_contact(),
        session(),
        attendance(),
        score(),
        overrule(),
    ]
}
