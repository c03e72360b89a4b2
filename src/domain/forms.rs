//! The core forms. Every other list of fields in the program is drawn from these rows.

use super::form::{Choices, Condition, DateRange, FieldKind, FieldSpec, FormSpec, Label, Need, Text};
use super::{FieldId, RecordKind};
use FieldKind::{Date, Line, Many, Notes, Number, One, Phone, ResidentId, Worker, Yes};

pub mod organisation;
pub mod registers;
pub mod services;

/// Categories of children in difficulty; several may hold at once. Position = bit in [`super::Row::categories`], so
/// new ones are added at the end.
pub const CATEGORIES: &[&str] = &[
    "left-behind",
    "prisoner",
    "unattended",
    "orphan",
    "poverty",
    "disability",
    "guardianship",
    "street",
    "institution",
    "foster",
    "migrant",
];
/// Risk, highest first. Kept in rows by its place, like sexes and kinds of follow-ups: new ones are added at the end.
pub const RISKS: &[&str] = &["high", "medium", "low"];
pub const SEXES: &[&str] = &["m", "f"];
pub const RELATIONS: &[&str] = &[
    "father",
    "mother",
    "grandfather",
    "grandmother",
    "maternal-grandfather",
    "maternal-grandmother",
    "uncle",
    "aunt",
    "brother",
    "sister",
    "other-relative",
    "foster-parent",
    "institution",
    "other",
];
/// Circumstances of a parent or carer. Those in set S of 民发〔2019〕62号 come first, then dead and missing.
pub const CIRCUMSTANCES: &[&str] = &[
    "severe-disability",
    "grave-illness",
    "prison",
    "detoxification",
    "custody",
    "out-of-contact",
    "revoked",
    "deported",
    "dead",
    "missing",
    "at-home",
    "working-away",
    "unknown",
];
pub const MEMBER_ROLES: &[&str] = &["father", "mother", "carer", "sibling", "other"];
pub const CONTACT_KINDS: &[&str] = &["visit", "call", "attempt", "refusal"];
pub const MET: &[&str] = &["child", "carer", "father", "mother", "teacher", "village", "other"];
pub const FOLLOW_UP_KINDS: &[&str] = &[
    "first-response",
    "visit",
    "call",
    "assessment",
    "review",
    "referral",
    "paper",
    "birthday",
    "other",
    "report",
    "aid",
    "consent",
    "decision",
];
/// Why the office ended a follow-up: somebody was there, the record has the answer, it is so no longer, the case was
/// closed. What a person ended has their outcome instead.
pub const FOLLOW_UP_ENDS: &[&str] = &["visited", "answered", "no-longer", "closed"];
pub const REPEATS: &[&str] = &["weekly", "fortnightly", "monthly", "quarterly", "half-yearly", "yearly"];
pub const CLOSE_REASONS: &[&str] = &[
    "goals-met",
    "adult",
    "moved",
    "transferred",
    "family-declined",
    "unreachable",
    "died",
    "opened-in-error",
    "other",
];
pub const FOUND_BY: &[&str] = &[
    "screening",
    "village",
    "school",
    "police",
    "prison",
    "civil-affairs",
    "relative",
    "self",
    "hotline",
    "other",
];

macro_rules! fields {
    ($($module:ident { $($name:ident = $id:literal),* $(,)? })*) => {$(
        pub mod $module {
            use crate::domain::FieldId;
            $(pub const $name: FieldId = FieldId::new($id);)*
        }
    )*};
}

fields! {
    child {
        NAME = "name", SEX = "sex", BIRTH = "birth", ID_NUMBER = "id-number", GUARDIAN = "guardian", RELATION = "relation",
        PHONE = "phone", VILLAGE = "village", ADDRESS = "address", SCHOOL = "school", CLASS = "class", CASE_NO = "case-no",
        CATEGORIES = "categories", RISK = "risk", WORKER = "worker", FOUND_BY = "found-by", NICKNAME = "nickname",
        ETHNICITY = "ethnicity", HEALTH = "health", REMARKS = "remarks", HOUSEHOLD = "household",
        HANDED_WHY = "handed-why",
    }
    household {
        ADDRESS = "address", INCOME = "income", BENEFITS = "benefits", HOUSING = "housing", REMARKS = "remarks",
    }
    member {
        ROLE = "role", NAME = "name", PHONE = "phone", CIRCUMSTANCE = "circumstance", SINCE = "since", UNTIL = "until",
        PLACE = "place", REPORTED = "reported", PAPER = "paper", CHILD_KNOWS = "child-knows", BIRTH = "birth",
        GRADE = "grade", MENTAL = "mental", VISITING = "visiting", VISITED = "visited",
        ID_NUMBER = "id-number", REMARKS = "remarks",
    }
    case {
        OPENED = "opened", REASON = "reason", ASSESSED = "assessed", ASSESSMENT = "assessment", PLANNED = "planned",
        PLAN = "plan", SERVED = "served", REVIEWED = "reviewed", REVIEW = "review", CLOSED = "closed",
        CLOSE_REASON = "close-reason", ARRANGEMENT = "arrangement", REOPENED = "reopened", REOPEN_REASON = "reopen-reason",
        PLAN_APPROVED = "plan-approved", CLOSE_APPROVED = "close-approved",
        PLAN_LAPSED = "plan-lapsed", SENT_BACK = "sent-back", SENT_BACK_WHY = "sent-back-why",
    }
    contact {
        KIND = "kind", ON = "on", MET = "met", SEEN = "seen", CONCERN = "concern", CONCERN_TEXT = "concern-text",
        AGREED = "agreed", NEXT = "next", REASON = "reason", WORKER = "worker",
    }
    follow_up {
        KIND = "kind", DUE = "due", REASON = "reason", REPEAT = "repeat", WORKER = "worker", RULE = "rule",
        FIRST_DUE = "first-due", MOVED_WHY = "moved-why", HANDED_WHY = "handed-why", ATTEMPTS = "attempts", DONE = "done", OUTCOME = "outcome",
        REPEAT_DAY = "repeat-day", ABOUT = "about", END = "end",
    }
    note {
        TITLE = "title", ON = "on", TEXT = "text",
    }
    situation {
        LIVES = "lives", UNATTENDED = "unattended", CARE_CONFIRMED = "care-confirmed", CHILD_HEARD = "child-heard",
        CARER_GROUNDS = "carer-grounds", AWAY_SINCE = "away-since", TOLD_SCHOOL = "told-school",
        TOLD_VILLAGE = "told-village", TEMPORARY_GUARDIAN = "temporary-guardian", SCHOOLING = "schooling",
        OFFENDING = "offending", NO_HUKOU = "no-hukou", RURAL = "rural", DISABILITY = "disability", ILLNESS = "illness",
        BENEFITS = "benefits", MEDICAL_COST = "medical-cost",
    }
    finding {
        FOUND = "found", BY = "by", SEEN = "seen", SIGNS = "signs", SITUATIONS = "situations", REPORTED = "reported",
        REPORTED_AT = "reported-at", REPORTED_TO = "reported-to", RECEIPT = "receipt", CLOSED = "closed", OUTCOME = "outcome",
    }
    consent {
        FOR = "for", RECIPIENT = "recipient", ON = "on", BY = "by", PAPER = "paper", UNTIL = "until", WITHDRAWN = "withdrawn",
        WHY = "why",
    }
    goal {
        GOAL = "goal", DOMAIN = "domain", SERVICE = "service", WHO = "who", DUE = "due", REACHED = "reached",
        DROPPED = "dropped", OUTCOME = "outcome",
    }
    referral {
        TO = "to", OFFICE = "office", OFFICE_PERSON = "office-person", OFFICE_PHONE = "office-phone", WHAT = "what", SHARED = "shared", EMERGENCY = "emergency", SENT = "sent",
        RECEIVED = "received", RECEIVED_BY = "received-by", CHASE = "chase", ENDED = "ended", OUTCOME = "outcome", OUTCOME_TEXT = "outcome-text",
    }
    conference {
        ON = "on", WITH = "with", CHILD_HEARD = "child-heard", ABOUT = "about", DECIDED = "decided", OWNERS = "owners",
        NEXT = "next",
    }
    placement {
        KIND = "kind", FAMILY = "family", BEGUN = "begun", CHILD_CONSENTED = "child-consented", NOTICE = "notice",
        TRIAL_ENDED = "trial-ended", AGREEMENT = "agreement", AGREEMENT_UNTIL = "agreement-until",
        CARER_BIRTH = "carer-birth", CARER_CHECKED = "carer-checked", CARER_TRAINED = "carer-trained",
        FOSTER_CHILDREN = "foster-children", YOUNGEST_OWN = "youngest-own", VISITED = "visited", ENDED = "ended",
        END_REASON = "end-reason",
    }
    entrustment {
        BEGUN = "begun", BY = "by", CARER = "carer", RELATION = "relation", PHONE = "phone", CHECKED = "checked",
        CARER_GROUNDS = "carer-grounds", CHILD_HEARD = "child-heard", CHILD_SAID = "child-said", SIGNED = "signed",
        PAPER = "paper", TOLD_SCHOOL = "told-school", TOLD_VILLAGE = "told-village", CONFIRMED = "confirmed",
        UNTIL = "until", ENDED = "ended", END_REASON = "end-reason",
    }
    family_contact {
        ON = "on", WAY = "way", WITH = "with", CARER_TOO = "carer-too", MINUTES = "minutes", NOTE = "note",
    }
    session {
        ON = "on", VOLUNTEER = "volunteer", BY = "by", MINUTES = "minutes", WHAT = "what", CHILD_SAID = "child-said",
        DESPITE = "despite",
    }
    attendance {
        ON = "on", KIND = "kind", TOPIC = "topic", NOTE = "note",
    }
    score {
        ON = "on", MOMENT = "moment", BY = "by", NOTE = "note", INSTRUMENT = "instrument", VERSION = "version",
    }
    overrule {
        RULE = "rule", WHY = "why", UNTIL = "until",
    }
    volunteer {
        NAME = "name", PHONE = "phone", VILLAGE = "village", LANGUAGES = "languages", INTERESTS = "interests",
        AVAILABLE = "available", OWN_CHILDREN = "own-children", CHECKED = "checked", TRAINED = "trained", ENDED = "ended",
        REMARKS = "remarks",
    }
    foster_family {
        NAME = "name", PHONE = "phone", VILLAGE = "village", LANGUAGES = "languages", CARER_BIRTH = "carer-birth",
        CAPACITY = "capacity", OWN_CHILDREN = "own-children", YOUNGEST_OWN = "youngest-own", INCOME_OK = "income-ok",
        APPROVED = "approved", CHECKED = "checked", TRAINED = "trained", RESPITE = "respite", ENDED = "ended",
        NOTES = "notes",
    }
    agency {
        NAME = "name", KIND = "kind", SERVICE = "service", PLACE = "place", SCHEDULE = "schedule",
        ELIGIBILITY = "eligibility", PHONE = "phone", PERSON = "person", ENDED = "ended",
    }
    base {
        NAME = "name", KIND = "kind", PLACE = "place", OPENED = "opened", RESPONSIBLE = "responsible", PHONE = "phone",
        ENDED = "ended",
    }
    activity {
        KIND = "kind", ON = "on", TOPIC = "topic", PLACE = "place", LED_BY = "led-by", CAPACITY = "capacity",
        MINUTES = "minutes", ATTENDED = "attended", OUTCOME = "outcome",
    }
    unit {
        NAME = "name", LEVEL = "level", ABOVE = "above", WORKERS = "workers", FULL_TIME = "full-time",
        PART_TIME = "part-time", CHILDREN = "children", PHONE = "phone", PERSON = "person", ENDED = "ended",
    }
    supervision {
        KIND = "kind", ON = "on", UNIT = "unit", PEOPLE = "people", TOPIC = "topic", MINUTES = "minutes", FOUND = "found",
        AGREED = "agreed", WHO = "who", DUE = "due", DONE = "done",
    }
    donor {
        NAME = "name", KIND = "kind", PERSON = "person", PHONE = "phone", REMARKS = "remarks",
    }
    aid_entry {
        KIND = "kind", ON = "on", DONOR = "donor", PURPOSE = "purpose", ITEM = "item", AMOUNT = "amount", GOODS = "goods",
        UNIT = "unit", COUNT = "count", TO = "to", CASE_NO = "case-no", SIGNED = "signed", RECEIPT = "receipt",
        AGAIN = "again", CORRECTS = "corrects", REASON = "reason", NUMBER = "number", CHILD = "child",
        HOUSEHOLD = "household",
    }
    station {
        NAME = "name", PROVINCE = "province", CITY = "city", COUNTY = "county", TOWN = "town", PHONE = "phone",
    }
    staff {
        NAME = "name", LOGIN = "login", ROLE = "role", PHONE = "phone",
    }
}

/// Choices of a core list.
pub fn choices(list: &'static str, codes: &'static [&'static str]) -> Choices {
    Choices {
        list: Text::Borrowed(list),
        codes: codes.iter().map(|code| Text::Borrowed(*code)).collect(),
        own: vec![],
    }
}

struct Form {
    spec: FormSpec,
    section: &'static str,
    delicate: bool,
}

impl Form {
    fn new(id: &'static str, kind: RecordKind) -> Self {
        Self { spec: FormSpec { id: id.into(), kind, fields: vec![] }, section: "main", delicate: false }
    }

    /// Each of its fields tells why a child is on file.
    fn delicate(id: &'static str, kind: RecordKind) -> Self {
        Self { delicate: true, ..Self::new(id, kind) }
    }

    fn section(mut self, section: &'static str) -> Self {
        self.section = section;
        self
    }

    fn field(mut self, id: FieldId, kind: FieldKind) -> Self {
        self.spec.fields.push(FieldSpec {
            id,
            kind,
            need: Need::Optional,
            label: Label::Catalogue,
            section: self.section.into(),
            when: None,
            columns: vec![],
            personal: false,
            delicate: self.delicate,
        });
        self
    }

    fn last(mut self, edit: impl FnOnce(&mut FieldSpec)) -> Self {
        if let Some(field) = self.spec.fields.last_mut() {
            edit(field);
        }
        self
    }

    fn required(self) -> Self {
        self.last(|field| field.need = Need::Required)
    }

    fn expected(self) -> Self {
        self.last(|field| field.need = Need::Expected)
    }

    fn personal(self) -> Self {
        self.last(|field| field.personal = true)
    }

    fn columns(self, columns: &[&'static str]) -> Self {
        self.last(|field| field.columns = columns.iter().map(|name| Text::Borrowed(*name)).collect())
    }

    fn when(self, condition: Condition) -> Self {
        self.last(|field| field.when = Some(condition))
    }
}

fn is(field: FieldId, codes: &[&'static str]) -> Condition {
    Condition::Is(field, codes.iter().map(|code| Text::Borrowed(*code)).collect())
}

/// A child: what a caseworker knows at the door comes first, so that registering takes under a minute.
#[rustfmt::skip] // a table: one field a line
pub fn child() -> FormSpec {
    use child::*;
    Form::new("child", RecordKind::Child)
        .field(NAME, Line(40)).required().personal().columns(&["姓名", "儿童姓名", "名字", "name", "child", "child name", "full name"])
        .field(SEX, One(choices("sex", SEXES))).expected().columns(&["性别", "sex", "gender"])
        .field(ID_NUMBER, ResidentId).expected().personal().columns(&["身份证号", "身份证", "身份证号码", "公民身份号码", "证件号码", "id number", "id", "resident id", "id no"])
        .field(BIRTH, Date(DateRange::Past)).expected().columns(&["出生日期", "生日", "出生年月", "出生年月日", "birth date", "birthday", "date of birth", "dob", "birth"])
        .field(GUARDIAN, Line(40)).expected().personal().columns(&["监护人", "监护人姓名", "家长", "家长姓名", "guardian", "carer", "guardian name"])
        .field(RELATION, One(choices("relation", RELATIONS))).expected().columns(&["与儿童关系", "关系", "与监护人关系", "监护人关系", "relation", "relationship"])
        .field(PHONE, Phone).expected().personal().columns(&["监护人电话", "联系电话", "电话", "手机", "手机号", "联系方式", "phone", "telephone", "mobile", "guardian phone"])
        .field(VILLAGE, Line(60)).expected().columns(&["户籍村(居)", "村(居)", "村居", "村", "户籍村", "村社区", "所在村", "village", "community"])
        .section("standing")
        .field(CATEGORIES, Many(choices("category", super::forms::CATEGORIES))).expected().columns(&["类别", "儿童类别", "类型", "困境类型", "category", "categories"])
        .field(RISK, One(choices("risk", RISKS))).expected().columns(&["风险", "风险等级", "risk", "risk level"])
        .field(WORKER, Worker).columns(&["负责人", "儿童主任", "社工", "worker", "caseworker"])
        .field(FOUND_BY, One(choices("found-by", super::forms::FOUND_BY))).columns(&["发现渠道", "来源", "found by", "source"])
        .field(CASE_NO, Line(24)).columns(&["档案编号", "个案编号", "编号", "档案号", "case no", "case number", "file number"])
        .section("more")
        .field(ADDRESS, Line(120)).personal().columns(&["住址", "家庭住址", "地址", "现住址", "address"])
        .field(SCHOOL, Line(60)).expected().columns(&["就读学校", "学校", "所在学校", "school"])
        .field(CLASS, Line(30)).columns(&["年级", "班级", "class", "grade"])
        .field(NICKNAME, Line(30)).personal().columns(&["小名", "曾用名", "nickname"])
        .field(ETHNICITY, Line(20)).columns(&["民族", "ethnicity"])
        .field(HEALTH, Notes(2_000)).columns(&["健康状况", "身体状况", "health"])
        .field(REMARKS, Notes(20_000)).columns(&["备注", "说明", "remarks", "notes", "comment"])
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn household() -> FormSpec {
    use household::*;
    Form::new("household", RecordKind::Household)
        .field(ADDRESS, Line(120)).personal()
        .field(INCOME, Number { min: 0, max: 10_000_000 })
        .field(BENEFITS, Line(120))
        .field(HOUSING, Line(120))
        .field(REMARKS, Notes(20_000))
        .spec
}

/// A parent or carer and their circumstances, with what 民发〔2019〕62号 and 民发〔2020〕125号 ask for.
#[rustfmt::skip] // a table: one field a line
pub fn member() -> FormSpec {
    use member::*;
    let away = ["prison", "detoxification", "custody", "out-of-contact", "working-away", "missing"];
    Form::new("member", RecordKind::Member)
        .field(ROLE, One(choices("member-role", MEMBER_ROLES))).required()
        .field(NAME, Line(40)).expected().personal()
        .field(PHONE, Phone).personal()
        .section("circumstances")
        .field(CIRCUMSTANCE, One(choices("circumstance", CIRCUMSTANCES))).required()
        .field(SINCE, Date(DateRange::Past)).expected()
        .field(UNTIL, Date(DateRange::Any)).when(is(CIRCUMSTANCE, &["prison", "detoxification", "custody"]))
        .field(REPORTED, Date(DateRange::Past)).when(is(CIRCUMSTANCE, &["out-of-contact", "missing"]))
        .field(PLACE, Line(80)).when(is(CIRCUMSTANCE, &away))
        .field(PAPER, Line(120))
        .field(GRADE, One(choices("grade", services::GRADES))).expected().when(is(CIRCUMSTANCE, &["severe-disability"]))
        .field(MENTAL, Yes).when(is(CIRCUMSTANCE, &["severe-disability"]))
        .field(VISITING, Line(120)).when(is(CIRCUMSTANCE, &["prison", "detoxification", "custody"]))
        .field(VISITED, Date(DateRange::Past)).when(is(CIRCUMSTANCE, &["prison", "detoxification", "custody"]))
        .field(CHILD_KNOWS, Yes).when(is(CIRCUMSTANCE, &["prison", "detoxification", "custody", "dead"]))
        .section("more")
        .field(BIRTH, Date(DateRange::Past))
        .field(ID_NUMBER, ResidentId).personal()
        .field(REMARKS, Notes(20_000))
        .spec
}

/// What a supervisor or lead writes after reading the file; nobody approves what they may not.
pub const APPROVALS: [FieldId; 4] =
    [case::PLAN_APPROVED, case::CLOSE_APPROVED, case::SENT_BACK, case::SENT_BACK_WHY];

/// An episode: its status is derived from which of these dates are there.
#[rustfmt::skip] // a table: one field a line
pub fn case() -> FormSpec {
    use case::*;
    Form::new("case", RecordKind::Case)
        .section("intake")
        .field(OPENED, Date(DateRange::Past)).required()
        .field(REASON, Notes(4_000)).expected()
        .section("assessment")
        .field(ASSESSED, Date(DateRange::Past))
        .field(ASSESSMENT, Notes(20_000)).when(Condition::Filled(ASSESSED))
        .section("plan")
        .field(PLANNED, Date(DateRange::Past))
        .field(PLAN, Notes(20_000)).when(Condition::Filled(PLANNED))
        .field(PLAN_APPROVED, Date(DateRange::Past)).when(Condition::Filled(PLANNED))
        .field(SERVED, Date(DateRange::Past))
        .section("review")
        .field(REVIEWED, Date(DateRange::Past))
        .field(REVIEW, Notes(20_000)).when(Condition::Filled(REVIEWED))
        .section("closure")
        .field(CLOSED, Date(DateRange::Past))
        .field(CLOSE_REASON, One(choices("close-reason", CLOSE_REASONS))).required().when(Condition::Filled(CLOSED))
        .field(ARRANGEMENT, Line(120)).required().when(Condition::Filled(CLOSED))
        .field(CLOSE_APPROVED, Date(DateRange::Past)).when(Condition::Filled(CLOSED))
        .field(REOPENED, Date(DateRange::Past)).when(Condition::Filled(CLOSED))
        .field(REOPEN_REASON, Line(200)).required().when(Condition::Filled(REOPENED))
        .section("sent-back")
        .field(SENT_BACK, Date(DateRange::Past))
        .field(SENT_BACK_WHY, Line(200)).required().when(Condition::Filled(SENT_BACK))
        .spec
}

/// A visit, call, attempt or refusal: with its real date, however late it is written down.
#[rustfmt::skip] // a table: one field a line
pub fn contact() -> FormSpec {
    use contact::*;
    Form::new("contact", RecordKind::Contact)
        .field(KIND, One(choices("contact-kind", CONTACT_KINDS))).required()
        .field(ON, Date(DateRange::Past)).required()
        .field(MET, Many(choices("met", super::forms::MET))).expected().when(is(KIND, &["visit", "call"]))
        .field(REASON, Line(200)).expected().when(is(KIND, &["attempt", "refusal"]))
        .field(SEEN, Notes(200_000)).expected()
        .field(CONCERN, Yes).when(is(KIND, &["visit", "call"]))
        .field(CONCERN_TEXT, Notes(20_000)).required().when(Condition::Yes(CONCERN))
        .section("next")
        .field(AGREED, Line(200))
        .field(NEXT, Date(DateRange::Future))
        .field(WORKER, Worker)
        .spec
}

/// Something due. `FIRST_DUE`, `MOVED_WHY`, `ATTEMPTS`, `DONE`, `OUTCOME`, `REPEAT_DAY` and `RULE` are
/// written by acts on it, not typed.
#[rustfmt::skip] // a table: one field a line
pub fn follow_up() -> FormSpec {
    use follow_up::*;
    Form::new("follow-up", RecordKind::FollowUp)
        .field(KIND, One(choices("follow-up-kind", FOLLOW_UP_KINDS))).required()
        .field(DUE, Date(DateRange::Future)).required()
        .field(REASON, Line(200)).expected()
        .field(REPEAT, One(choices("repeat", REPEATS)))
        .field(WORKER, Worker)
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn note() -> FormSpec {
    use note::*;
    Form::new("note", RecordKind::Note)
        .field(TITLE, Line(80))
        .field(ON, Date(DateRange::Past)).required()
        .field(TEXT, Notes(200_000)).required()
        .spec
}

#[rustfmt::skip] // a table: one field a line
pub fn station() -> FormSpec {
    use station::*;
    Form::new("station", RecordKind::Station)
        .field(NAME, Line(60)).required()
        .field(PROVINCE, Line(40))
        .field(CITY, Line(40)).expected()
        .field(COUNTY, Line(40)).expected()
        .field(TOWN, Line(40)).expected()
        .field(PHONE, Phone)
        .spec
}

/// Every core form.
pub fn all() -> Vec<FormSpec> {
    let mut all = vec![child(), household(), member(), case(), contact(), follow_up(), note(), station()];
    all.extend(services::all());
    all.extend(registers::all());
    all.extend(organisation::all());
    all
}
