//! Filling in forms: from keys to what the office is asked to keep.

use crate::fake::{FakeOffice, day, likeness, now};
use tonghu::domain::forms::{child, contact};
use tonghu::domain::{Fault, FieldFault, FieldId, RecordKind, Value};
use tonghu::i18n::Lang;
use tonghu::office::{Refusal, Request};
use tonghu::tui::AppEvent;
use tonghu::tui::harness::Harness;

const SIZES: [(u16, u16); 3] = [(80, 24), (60, 18), (132, 43)];

fn new_child(office: &std::sync::Arc<FakeOffice>) -> Harness {
    let mut harness = Harness::new(office.clone(), Lang::Zh, now());
    harness.press("f7");
    harness
}

#[test]
fn registering_a_child_takes_six_fields_and_no_mouse() {
    for lang in Lang::ALL {
        for size in SIZES {
            let office =
                FakeOffice::with(|inside| inside.opened = vec![("first-response".into(), day("2026-11-22"))]);
            let mut harness = Harness::sized(office.clone(), lang, now(), size);
            harness.press("f7").type_text("王小明").press("enter");
            harness.press("right enter enter").type_text("2016-3-5").press("enter");
            harness.type_text("王大山").press("enter").type_text("grandfather").press("enter");
            harness.type_text("10012345678").press("ctrl-s");
            let saved = office.saved(RecordKind::Child);
            assert_eq!(saved.text(&child::NAME), "王小明");
            assert_eq!(saved.text(&child::SEX), "m");
            assert_eq!(saved.date(&child::BIRTH), Some(day("2016-03-05")));
            assert_eq!(saved.text(&child::GUARDIAN), "王大山");
            assert_eq!(saved.text(&child::RELATION), "grandfather");
            assert_eq!(saved.text(&child::PHONE), "10012345678");
            harness.sees("王小明").sees("11-22");
        }
    }
}

#[test]
fn nothing_is_saved_without_a_name_and_the_form_says_where_it_is_missing() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.press("page-down ctrl-s");
    assert_eq!(office.saves(), 0);
    harness.sees("! 必填：姓名").sees("有1处要改");
    harness.type_text("李雷");
    harness.sees("[李雷").sees_no("必填：姓名");
}

#[test]
fn a_loosely_typed_date_shows_at_once_what_was_understood() {
    for (lang, typed, shown) in
        [(Lang::Zh, "昨天", "-> 2026-11-20 周五"), (Lang::En, "yesterday", "-> 2026-11-20 Fri")]
    {
        let office = FakeOffice::new();
        let mut harness = Harness::new(office, lang, now());
        harness.press("f7 down down down").type_text(typed).sees(shown);
        harness.press("tab").sees("[2026-11-20");
    }
}

#[test]
fn an_id_number_tells_birth_date_and_sex() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.press("tab tab").type_text("99010120160305001").sees("17/18");
    harness.type_text("8").press("tab");
    harness.sees("<男").sees("[2016-03-05").sees("10岁");
}

#[test]
fn a_wrong_id_digit_is_named_at_the_field() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    // The sixth of the month was typed for the fifth.
    harness.type_text("王小明").press("tab tab").type_text("990101201603060018").press("tab");
    harness.type_text("2016-3-5").press("tab");
    harness.sees("! 身份证号校验不通过").sees("第14位可能应");
    harness.press("ctrl-s");
    assert_eq!(office.saves(), 0);
    // The caret is in the field that has to be mended.
    harness.press("end left left left left backspace").type_text("5").press("ctrl-s");
    assert_eq!(office.saves(), 1);
}

#[test]
fn choices_are_found_by_hanzi_by_initials_and_by_code() {
    for typed in ["外祖母", "wzm", "waizumu", "maternal-grandmother"] {
        let office = FakeOffice::new();
        let mut harness = new_child(&office);
        harness.type_text("李雷").press("tab tab tab tab tab").type_text(typed).sees("-> 外祖母");
        harness.press("ctrl-s");
        assert_eq!(office.saved(RecordKind::Child).text(&child::RELATION), "maternal-grandmother", "{typed}");
    }
}

#[test]
fn grandpa_is_understood_in_either_language_and_nonsense_is_said_to_be_none() {
    for lang in Lang::ALL {
        for typed in ["爷爷", "祖父", "grandfather"] {
            let office = FakeOffice::new();
            let mut harness = Harness::new(office.clone(), lang, now());
            harness
                .press("f7")
                .type_text("李雷")
                .press("tab tab tab tab tab")
                .type_text(typed)
                .press("ctrl-s");
            assert_eq!(office.saved(RecordKind::Child).text(&child::RELATION), "grandfather", "{typed}");
        }
    }
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("李雷").press("tab tab tab tab tab").type_text("qqq").sees("没有这一项");
    harness.press("tab").sees("不在选项里").press("ctrl-s");
    assert_eq!(office.saves(), 0);
}

#[test]
fn several_categories_are_typed_one_after_another() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("李雷").press("page-down").type_text("留守 ").type_text("ge").press("enter");
    harness.press("ctrl-s");
    let saved = office.saved(RecordKind::Child);
    let chosen: Vec<&str> = saved.choices(&child::CATEGORIES).collect();
    assert_eq!(chosen, ["left-behind", "orphan"]);
}

#[test]
fn what_an_input_method_composes_goes_in_whole() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.send(AppEvent::Text("欧阳修文".into()));
    harness.sees("[欧阳修文");
    // The input method draws its candidates where the hardware cursor stands.
    assert_eq!(harness.cursor().x, 15 + 8);
    harness.press("ctrl-z").sees_no("欧阳修文");
    harness.press("ctrl-y").sees("[欧阳修文");
}

#[test]
fn pasting_ten_lines_into_a_one_line_field_makes_one_line() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.paste("王\n小\n明").press("ctrl-s");
    assert_eq!(office.saved(RecordKind::Child).text(&child::NAME), "王 小 明");
}

#[test]
fn a_megabyte_pasted_into_a_name_is_cut_and_said() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.paste(&"啊".repeat(350_000));
    harness.sees("粘贴的内容太长").sees("太长，后面的没有放进来");
}

#[test]
fn leaving_a_changed_form_asks_once_and_the_draft_waits() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("王小明").press("esc");
    harness.sees("还没有保存").press("enter");
    harness.sees_no("登记儿童 -");
    let drafts = office.drafts();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].fields.text(&child::NAME), "王小明");
    harness.sees("草稿已留好").press("ctrl-r").sees("儿童 - 王小明").press("enter").sees("[王小明");
}

#[test]
fn thrown_away_means_no_draft_is_left() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("王小明").wait(1_000);
    assert_eq!(office.drafts().len(), 1);
    harness.press("esc down down enter").sees_no("登记儿童 -");
    assert_eq!(office.drafts().len(), 0);
}

#[test]
fn an_untouched_form_closes_without_a_question() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.press("tab tab esc").sees_no("还没有保存").sees_no("身份证号");
}

#[test]
fn what_is_typed_is_kept_within_a_second_and_when_the_program_ends() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("王");
    assert_eq!(office.drafts().len(), 0);
    harness.wait(800);
    assert_eq!(office.drafts()[0].fields.text(&child::NAME), "王");
    harness.type_text("小").press("tab tab").type_text("99x").send(AppEvent::Leaving);
    let draft = office.drafts().remove(0);
    assert_eq!(draft.fields.text(&child::NAME), "王小");
    assert_eq!(draft.focus, Some(child::ID_NUMBER));
}

#[test]
fn a_draft_is_offered_after_sign_in_and_goes_on_where_it_was() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("王小明").press("tab tab tab").type_text("20x").send(AppEvent::Leaving);
    let draft = office.drafts().remove(0);
    assert_eq!(draft.texts[&child::BIRTH], "20x", "what is no date yet is kept as it was typed");
    let mut harness = crate::fake::sign_in(&office);
    harness.sees("有没写完的内容").sees("儿童 - 王小明");
    harness.press("enter").sees("[王小明").sees(">    出生日期 [20x");
}

#[test]
fn a_draft_that_nobody_wants_goes_after_a_question() {
    let office = FakeOffice::new();
    new_child(&office).type_text("王小明").send(AppEvent::Leaving);
    let mut harness = crate::fake::sign_in(&office);
    harness.press("x").sees("找不回来").press("y");
    assert_eq!(office.drafts().len(), 0);
    harness.sees_no("有没写完的内容");
}

#[test]
fn a_child_already_on_file_is_shown_while_one_types_and_asked_about_once() {
    let office = FakeOffice::with(|inside| inside.likely = vec![likeness("王小明", true)]);
    let mut harness = new_child(&office);
    harness.type_text("王晓明").wait(300);
    harness.sees("可能已有档案").sees("柳树村").sees("很可能是同一个孩子：生日相同");
    harness.press("ctrl-s").sees("可能已经登记过");
    assert_eq!(office.saves(), 0);
    harness.press("y");
    assert_eq!(office.saves(), 1);
}

#[test]
fn saving_faster_than_the_search_still_looks_for_the_same_child_first() {
    let office = FakeOffice::with(|inside| inside.likely = vec![likeness("王小明", true)]);
    let mut harness = new_child(&office);
    harness.type_text("王晓明").press("ctrl-s").sees("可能已经登记过");
    assert_eq!(office.saves(), 0);
}

#[test]
fn fields_come_and_go_with_what_is_chosen() {
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::visit(&office);
    harness.sees("见到的人").sees_no("担忧什么");
    harness.press("page-up");
    harness.type_text("未联系上").press("tab").sees_no("见到的人").sees("原因");
    harness.press("shift-tab").press("backspace").type_text("走访").press("tab").sees("见到的人");
}

#[test]
fn a_visit_in_chinese_is_written_and_says_whose_it_is() {
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::visit(&office);
    harness.sees("记走访或联系 - 王小明 10岁 柳树村");
    harness
        .type_text("儿童")
        .press("enter")
        .type_text("孩子在家写作业。")
        .press("enter")
        .type_text("奶奶腿脚不便。");
    harness.press("tab").type_text("是").press("tab").sees("*担忧什么").press("ctrl-s");
    harness.sees("! 必填：担忧什么");
    harness.type_text("夜里一个人在家").press("ctrl-s");
    let saved = office.saved(RecordKind::Contact);
    assert_eq!(saved.text(&contact::SEEN), "孩子在家写作业。\n奶奶腿脚不便。");
    assert_eq!(saved.yes(&contact::CONCERN), Some(true));
    assert_eq!(saved.get(&contact::ON), Some(&Value::Date(now().date())));
}

#[test]
fn a_full_disk_keeps_the_form_and_its_draft() {
    let office = FakeOffice::with(|inside| inside.refusals = [Refusal::DiskFull].into());
    let mut harness = new_child(&office);
    harness.type_text("王小明").press("ctrl-s").press("tab");
    harness.sees("磁盘满了").sees("[王小明");
    assert_eq!(office.drafts().len(), 1);
    harness.press("ctrl-s");
    assert_eq!(office.saves(), 1);
    assert_eq!(office.drafts().len(), 0);
}

#[test]
fn what_somebody_else_wrote_meanwhile_comes_in_and_clashes_are_shown() {
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::open_file(&office);
    office.inside.lock().unwrap().refusals = [Refusal::Changed(vec![child::SCHOOL])].into();
    harness.press("e");
    office
        .inside
        .lock()
        .unwrap()
        .file
        .as_mut()
        .unwrap()
        .child
        .fields
        .set(child::SCHOOL, Some("柳树小学".into()));
    office
        .inside
        .lock()
        .unwrap()
        .file
        .as_mut()
        .unwrap()
        .child
        .fields
        .set(child::CLASS, Some("二年级".into()));
    crate::fake::go_to(&mut harness, "就读学校");
    harness.type_text("启程小学").press("ctrl-s");
    harness.sees("别人刚改成：柳树小学").sees("[启程小学");
    harness.press("ctrl-s");
    let inside = office.inside.lock().unwrap();
    let save = inside.saves.last().unwrap();
    assert_eq!(save.records[0].fields.text(&child::SCHOOL), "启程小学");
    assert_eq!(save.records[0].fields.text(&child::CLASS), "二年级");
    assert_eq!(save.records[0].base.as_ref().unwrap().text(&child::SCHOOL), "柳树小学");
}

#[test]
fn over_the_shoulder_only_the_field_in_hand_is_read() {
    let office = FakeOffice::new();
    let mut harness = new_child(&office);
    harness.type_text("王小明").press("tab tab tab tab").type_text("王大山").press("f11");
    harness.sees("[****]").sees_no("小明").sees("[王大山");
}

#[test]
fn a_value_without_a_field_survives_an_edit() {
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::open_file(&office);
    harness.press("e page-down");
    crate::fake::go_to(&mut harness, "就读学校");
    harness.type_text("启程小学").press("ctrl-s");
    let saved = office.saved(RecordKind::Child);
    assert!(saved.link(&child::HOUSEHOLD).is_some());
    assert_eq!(saved.text(&FieldId::new("x-clan")), "东支");
}

#[test]
fn the_first_member_of_a_family_makes_its_household() {
    let office = FakeOffice::with(|inside| {
        let mut file = crate::fake::case_file();
        file.child.fields.set(child::HOUSEHOLD, None);
        file.household = None;
        file.members.clear();
        inside.file = Some(file);
    });
    let mut harness = crate::fake::open_file(&office);
    harness.press("p").sees("添加家庭成员");
    harness
        .type_text("父亲")
        .press("tab")
        .type_text("王强")
        .press("tab tab")
        .type_text("外出务工")
        .press("ctrl-s");
    let household = office.saved(RecordKind::Child).link(&child::HOUSEHOLD).unwrap();
    let inside = office.inside.lock().unwrap();
    let member = inside.saves[0].records.iter().find(|record| record.at.kind == RecordKind::Member).unwrap();
    assert_eq!(member.at.owner, household);
    assert!(inside.asked.iter().any(|asked| matches!(asked, Request::File(_))));
}

#[test]
fn where_many_may_be_chosen_space_takes_one_and_stays_and_tab_takes_one_and_goes_on() {
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::visit(&office);
    harness.sees("按空格选中").type_text("儿童 老师").press("tab").type_text("在院里玩。").press("ctrl-s");
    let saved = office.saved(RecordKind::Contact);
    assert_eq!(
        saved.get(&contact::MET),
        Some(&Value::Choices(["child", "teacher"].map(String::from).into()))
    );
    assert_eq!(saved.text(&contact::SEEN), "在院里玩。");
}

#[test]
fn what_is_wrong_with_a_field_that_is_not_on_the_screen_is_said_with_its_name() {
    let fault =
        FieldFault { field: contact::CONCERN_TEXT, fault: Fault::TooLong { max: 9, have: 12 }, grave: true };
    let office = FakeOffice::with(|inside| inside.file = Some(crate::fake::case_file()));
    let mut harness = crate::fake::visit(&office);
    office.inside.lock().unwrap().refusals = [Refusal::Invalid(vec![fault])].into();
    harness.sees_no("担忧什么").type_text("儿童").press("tab").type_text("在家。").press("ctrl-s");
    harness.sees("担忧什么：").sees("12");
}
