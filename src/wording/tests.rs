mod faults;

use super::*;
use crate::domain::forms::{self, child, contact, follow_up};
use crate::domain::{FieldId, Fields, Part, RecordKind, RecordRef, check};
use crate::i18n::{Lang, catalogue};
use crate::office::OwnRule;
use crate::practice::Rules;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn both() -> [&'static Catalogue; 2] {
    [catalogue(Lang::Zh), catalogue(Lang::En)]
}

fn zh() -> &'static Catalogue {
    catalogue(Lang::Zh)
}

fn en() -> &'static Catalogue {
    catalogue(Lang::En)
}

fn nobody(_: Uuid) -> Option<String> {
    None
}

/// Fields that acts write, and those of staff: they are in histories though on no form.
const UNTYPED: &[(&str, FieldId)] = &[
    ("child", child::HOUSEHOLD),
    ("case", forms::case::PLAN_LAPSED),
    ("child", child::HANDED_WHY),
    ("follow-up", follow_up::RULE),
    ("follow-up", follow_up::FIRST_DUE),
    ("follow-up", follow_up::MOVED_WHY),
    ("follow-up", follow_up::HANDED_WHY),
    ("follow-up", follow_up::ATTEMPTS),
    ("follow-up", follow_up::REPEAT_DAY),
    ("follow-up", follow_up::DONE),
    ("follow-up", follow_up::OUTCOME),
    ("follow-up", follow_up::ABOUT),
    ("follow-up", follow_up::END),
    ("staff", forms::staff::NAME),
    ("staff", forms::staff::LOGIN),
    ("staff", forms::staff::ROLE),
    ("staff", forms::staff::PHONE),
];

#[test]
fn every_field_section_and_choice_has_its_words_in_both_languages_and_fits() {
    let mut wanted: BTreeSet<(String, usize)> = BTreeSet::new();
    let mut field = |form: &str, id: &FieldId| {
        wanted.insert((format!("field-{form}-{id}"), 16));
        wanted.insert((format!("field-{form}-{id}-help"), 76));
    };
    for form in forms::all() {
        form.fields.iter().for_each(|spec| field(&form.id, &spec.id));
    }
    UNTYPED.iter().for_each(|(form, id)| field(form, id));
    for form in forms::all() {
        wanted.insert((format!("form-{}", form.id), 16));
        for spec in &form.fields {
            wanted.insert((format!("section-{}", spec.section), 24));
            if let FieldKind::One(choices) | FieldKind::Many(choices) = &spec.kind {
                let list = &choices.list;
                wanted.extend(choices.codes.iter().map(|code| (format!("choice-{list}-{code}"), 24)));
            }
        }
    }
    wanted.insert(("form-staff".into(), 16));
    wanted.insert((format!("section-{}", crate::domain::station_fields::SECTION), 24));
    wanted.extend(
        ["caseworker", "supervisor", "lead", "support"].map(|role| (format!("choice-role-{role}"), 16)),
    );
    for cat in both() {
        for (key, most) in &wanted {
            assert!(cat.has(key), "{key} is missing in {:?}", cat.lang());
            let text = cat.t(key);
            assert!(!text.is_empty() && text.width() <= *most, "{key} is {} wide: {text}", text.width());
        }
    }
}

#[test]
fn no_two_choices_of_a_list_look_the_same() {
    for cat in both() {
        for (list, codes) in understood::lists() {
            let words: BTreeSet<String> = codes.iter().map(|code| core_choice(cat, list, code)).collect();
            assert_eq!(words.len(), codes.len(), "{list} in {:?}", cat.lang());
        }
    }
}

#[test]
fn a_child_is_shown_in_words_of_either_language() {
    let form = forms::child();
    let text = |cat: &Catalogue, id: &FieldId, value_: Value| {
        let spec = form.field(id).unwrap();
        format!("{}={}", field_label(cat, &form.id, spec), value(cat, spec, &value_, &nobody))
    };
    assert_eq!(text(zh(), &child::SEX, Value::Choice("f".into())), "性别=女");
    assert_eq!(text(en(), &child::BIRTH, Value::Date(day("2016-03-05"))), "Date of birth=2016-03-05");
    // In the order of the list, not of the letters.
    let both = Value::Choices(["poverty", "left-behind"].map(String::from).into());
    assert_eq!(text(zh(), &child::CATEGORIES, both.clone()), "儿童类别=留守儿童、家庭困难");
    assert_eq!(text(en(), &child::CATEGORIES, both), "Categories=left behind, poverty");
    assert_eq!(text(zh(), &child::WORKER, Value::Link(Uuid::nil())), "负责人=未知人员");
    assert_eq!(text(zh(), &child::RISK, Value::Choice("dropped".into())), "风险等级=dropped");
    assert_eq!(section_title(zh(), "standing"), "类别与风险");
}

#[test]
fn a_stations_own_field_speaks_its_own_words() {
    let choices = Choices {
        list: "x-clan".into(),
        codes: vec!["a".into(), "b".into()],
        own: vec![("上房".into(), "Upper".into()), ("下房".into(), String::new())],
    };
    let label =
        Label::Own { zh: "宗族".into(), en: String::new(), help_zh: String::new(), help_en: String::new() };
    let mut form = forms::child();
    form.fields[0].label = label;
    form.fields[0].kind = FieldKind::One(choices.clone());
    let field = &form.fields[0];
    assert_eq!(field_label(en(), &form.id, field), "宗族", "better the other language than none");
    assert_eq!(field_help(zh(), &form.id, field), "");
    assert_eq!(choice(en(), &choices, "a"), "Upper");
    assert_eq!(choice(en(), &choices, "b"), "下房");
    assert_eq!(choice_code(&choices, "下房").as_deref(), Some("b"));
    assert_eq!(choice_code(&choices, "UPPER").as_deref(), Some("a"));
}

#[test]
fn every_choice_is_understood_by_its_code_and_by_its_word_in_either_language() {
    for (list, codes) in understood::lists() {
        let choices = forms::choices(list, codes);
        for code in codes {
            assert_eq!(choice_code(&choices, code).as_deref(), Some(*code), "{list}");
            for cat in both() {
                let word = choice(cat, &choices, code);
                assert_eq!(choice_code(&choices, &word).as_deref(), Some(*code), "{list}: {word}");
            }
        }
    }
}

#[test]
fn what_rosters_write_is_understood() {
    let known = |list: &str| {
        let (list, codes) = understood::lists().into_iter().find(|(name, _)| *name == list).unwrap();
        forms::choices(list, codes)
    };
    for (list, word, code) in [
        ("sex", "男", "m"),
        ("sex", " F ", "f"),
        ("sex", "male", "m"),
        ("sex", "Ｍ", "m"),
        ("risk", "高风险", "high"),
        ("risk", "红", "high"),
        ("risk", "黄色", "medium"),
        ("risk", "蓝", "low"),
        ("risk", "绿", "low"),
        ("relation", "爷爷", "grandfather"),
        ("relation", "祖父", "grandfather"),
        ("relation", "奶奶", "grandmother"),
        ("relation", "外公", "maternal-grandfather"),
        ("relation", "姥姥", "maternal-grandmother"),
        ("relation", "姑姑", "aunt"),
        ("relation", "叔叔", "uncle"),
        ("relation", "Grandmother", "grandmother"),
        ("category", "留守", "left-behind"),
        ("category", "事实无人抚养儿童", "unattended"),
        ("category", "孤儿", "orphan"),
        ("category", "服刑人员子女", "prisoner"),
        ("circumstance", "外出打工", "working-away"),
        ("circumstance", "失踪(法院宣告)", "missing"),
        ("contact-kind", "家访", "visit"),
    ] {
        assert_eq!(choice_code(&known(list), word).as_deref(), Some(code), "{list}: {word}");
    }
    // 困境儿童 is the name of three categories; a guess would be a wrong file.
    for (list, word) in [("category", "困境儿童"), ("sex", "不详"), ("risk", ""), ("risk", "？")] {
        assert_eq!(choice_code(&known(list), word), None, "{list}: {word}");
    }
}

#[test]
fn several_categories_in_one_cell_are_read_with_the_forms_own_reader() {
    let form = forms::child();
    let spec = form.field(&child::CATEGORIES).unwrap();
    let read = check::parse(spec, "留守儿童、低保；orphan", day("2026-11-21"), &choice_code).unwrap();
    assert!(read == Some(Value::Choices(["left-behind", "poverty", "orphan"].map(String::from).into())));
}

#[test]
fn a_synonym_means_one_choice_of_its_list_only() {
    for (list, codes) in understood::lists() {
        assert_eq!(understood::doubtful(list, codes), Vec::<String>::new(), "{list}");
    }
}

#[test]
fn due_dates_read_from_today_and_fit_a_narrow_column() {
    let today = day("2026-11-21");
    for (date, zh_, en_) in [
        ("2026-11-18", "逾期3天", "3 days late"),
        ("2026-11-20", "逾期1天", "1 day late"),
        ("2026-11-21", "今天", "today"),
        ("2026-11-22", "明天", "tomorrow"),
        ("2026-11-27", "周五 11-27", "Fri 11-27"),
        ("2026-12-05", "12-05", "12-05"),
        ("2027-01-05", "2027-01-05", "2027-01-05"),
    ] {
        assert_eq!(when(zh(), day(date), today), zh_);
        assert_eq!(when(en(), day(date), today), en_);
    }
    for days in -99..400 {
        for cat in both() {
            let text = when(cat, today + chrono::Duration::days(days), today);
            assert!(text.width() <= 12, "{text}");
        }
    }
}

#[test]
fn an_age_is_never_blank() {
    let today = day("2026-11-21");
    assert_eq!(age(zh(), Some(day("2017-01-02")), today), "9岁");
    assert_eq!(age(zh(), None, today), "年龄不详");
    assert_eq!(age(en(), Some(day("2027-01-01")), today), "age unknown");
}

#[test]
fn the_status_is_said_in_words() {
    use Status::*;
    for one in [None, Identified, Assessed, Planned, InService, InReview, Closed, Reopened] {
        for cat in both() {
            assert!(!status(cat, one).starts_with("status-"));
        }
    }
    assert_eq!(status(zh(), InService), "服务中");
}

fn fields(pairs: &[(FieldId, Value)]) -> Fields {
    let mut fields = Fields::default();
    for (id, value) in pairs {
        fields.set(id.clone(), Some(value.clone()));
    }
    fields
}

fn told(cat: &Catalogue, kind: RecordKind, old: Option<&Fields>, new: &Fields) -> String {
    let at = RecordRef::of(kind, Uuid::nil(), Uuid::nil());
    part(cat, &Part::between(at, old, new).unwrap(), &forms::all(), &nobody)
}

#[test]
fn the_history_tells_what_was_registered_and_what_was_changed() {
    let choice = |code: &str| Value::Choice(code.into());
    let was = fields(&[(child::NAME, "王小明".into()), (child::RISK, choice("medium"))]);
    let is = fields(&[
        (child::NAME, "王小明".into()),
        (child::RISK, choice("high")),
        (child::SCHOOL, "石桥小学".into()),
    ]);
    assert_eq!(told(zh(), RecordKind::Child, None, &was), "登记了儿童");
    assert_eq!(
        told(zh(), RecordKind::Child, Some(&was), &is),
        "改了 儿童：风险等级：中 -> 高；就读学校：（空） -> 石桥小学"
    );
    assert_eq!(
        told(en(), RecordKind::Child, Some(&was), &is),
        "changed Child: Risk: medium -> high; School: (empty) -> 石桥小学"
    );
    let visit = fields(&[(contact::KIND, choice("visit"))]);
    assert_eq!(told(zh(), RecordKind::Contact, None, &visit), "记了走访");
    let undo =
        Part::between(RecordRef::of(RecordKind::Contact, Uuid::nil(), Uuid::nil()), None, &visit).unwrap();
    assert_eq!(part(zh(), &undo.inverse(), &forms::all(), &nobody), "撤销了联系记录");
}

#[test]
fn the_history_tells_a_follow_up_done_and_moved() {
    let open = fields(&[
        (follow_up::KIND, Value::Choice("visit".into())),
        (follow_up::DUE, day("2026-11-20").into()),
    ]);
    assert_eq!(told(zh(), RecordKind::FollowUp, None, &open), "安排了走访");
    let mut done = open.clone();
    done.set(follow_up::DONE, Some(day("2026-11-21").into()));
    assert_eq!(told(zh(), RecordKind::FollowUp, Some(&open), &done), "完成了回访");
    let mut moved = open.clone();
    moved.set(follow_up::DUE, Some(day("2026-11-27").into()));
    moved.set(follow_up::MOVED_WHY, Some("下雨路断".into()));
    assert_eq!(
        told(en(), RecordKind::FollowUp, Some(&open), &moved),
        "changed Follow-up: Due: 2026-11-20 -> 2026-11-27; Why moved: (empty) -> 下雨路断"
    );
}

#[test]
fn a_long_note_does_not_flood_the_history() {
    let was = fields(&[(child::REMARKS, "甲".repeat(20_000).as_str().into())]);
    let is = fields(&[(child::REMARKS, "乙".repeat(20_000).as_str().into())]);
    assert_eq!(told(zh(), RecordKind::Child, Some(&was), &is), "改了 儿童：改写了备注");
    assert!(told(zh(), RecordKind::Child, Some(&Fields::default()), &is).chars().count() < 80);
}

#[test]
fn a_follow_up_says_why_and_on_whose_word() {
    let rule = crate::office::Rule {
        id: "first-response-unknown".into(),
        zh: "尚未评定风险的儿童，登记后5个工作日内首次走访".into(),
        en: String::new(),
        source_zh: "DB3301/T 0460-2024".into(),
        source_en: String::new(),
        sure: "E".into(),
    };
    let lines = why(zh(), &rule);
    assert!(lines[1].contains("DB3301/T 0460-2024") && lines[2].contains("摘录"), "{lines:?}");
    assert!(why(en(), &rule)[0].contains("首次走访"), "a station's rule has one language");
    let silent = crate::office::Rule { source_zh: String::new(), sure: "D".into(), ..rule };
    assert_eq!(why(en(), &silent).len(), 2);
    assert!(why_gone(zh(), "ours").contains("ours"));
}

#[test]
fn every_core_rule_has_a_few_words_for_a_list() {
    for rule in Rules::core().unwrap().all() {
        for cat in both() {
            let text = rule_text(cat, &[], &rule.id).unwrap_or_else(|| panic!("rule-{} is missing", rule.id));
            assert!(text.width() <= 36, "{text}");
        }
    }
    assert_eq!(rule_text(zh(), &[], "ours"), None);
    let ours =
        [OwnRule {
            id: "ours".into(), zh: "开学前家访".into(), en: "visit before school begins".into()
        }];
    assert_eq!(rule_text(zh(), &ours, "ours").as_deref(), Some("开学前家访"));
    assert_eq!(rule_text(en(), &ours, "ours").as_deref(), Some("visit before school begins"));
    let zh_only = [OwnRule { en: String::new(), ..ours[0].clone() }];
    assert_eq!(rule_text(en(), &zh_only, "ours").as_deref(), Some("开学前家访"));
}

#[test]
fn a_child_that_was_found_says_why() {
    use crate::office::{Evidence, Field, How, Reason, Verdict};
    let why = |field, how| reason(zh(), &Reason { field, how, marks: vec![] });
    assert_eq!(why(Field::Guardian, How::Homophone), "监护人（同音字）");
    assert_eq!(why(Field::Village, How::Part), "村居");
    assert_eq!(verdict(en(), Verdict::SameChild { strong: true }), "very likely the same child");
    assert_eq!(evidence(zh(), Evidence::LunarBirth), "生日像农历与公历之差");
}

#[test]
fn what_scores_came_to_in_a_precedent_is_said_in_words_and_not_in_codes() {
    use crate::office::Precedent;
    use crate::practice::precedent::Scored;
    for (first, last, said) in [("red", "green", "从红到绿"), ("yellow", "blue", "从黄到蓝")] {
        let scored = Scored { domain: "schooling".into(), first: first.into(), last: last.into() };
        let told = Precedent { scores: [scored].into(), ..Precedent::default() };
        let text = precedent(zh(), &told).join(" ");
        assert!(text.contains(said) && !text.contains(first) && !text.contains("schooling"), "{text}");
    }
}
