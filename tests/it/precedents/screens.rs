//! The same at the keyboard.

use super::*;

fn screens(desk: Arc<Desk>, lang: Lang) -> Harness {
    Harness::sized(desk, lang, day("2026-03-02").and_hms_opt(9, 0, 0).unwrap(), (80, 24))
}

#[test]
fn on_the_screen_lines_are_kept_mended_and_let_go_and_the_precedent_is_found_again() {
    let house = House::new();
    let desk = station(&house);
    closed_case(&desk);
    let near = open_child(&desk, "李丽", &["prisoner"], "2016-02-01");
    let mut harness = screens(desk.clone(), Lang::Zh);
    harness.press("f3").type_text("王晓明").press("enter").sees("王晓明");
    harness.press("f2").type_text("做成案例").press("enter");
    harness.sees("做成案例 - 王晓明").sees("留下 0 行").sees("只有 1 名").sees("原文");
    harness.press("ctrl-s").sees("一行也没有留下");
    harness.press("space").sees("留下 1 行").press("x").sees("去掉");
    harness
        .press("home")
        .press("e")
        .press("ctrl-u")
        .type_text("小明每天到校")
        .press("enter")
        .sees("还能认出");
    harness.press("ctrl-s").sees("孩子的名字").sees("小明");
    harness.press("e").press("ctrl-u").type_text("换同桌以后每天到校").press("enter").press("h").sees("有用");
    harness.press("esc").sees("不做完就离开").press("n").sees("做成案例");
    harness.press("ctrl-s").sees("已审定");
    assert_eq!(
        list(&desk, None).lines[0].precedent.lines,
        [Told {
            source: "reason".into(),
            month: Some(1),
            tells: "helped".into(),
            text: "换同桌以后每天到校".into(),
        }]
    );
    harness.press("f3").type_text("李丽").press("enter").press("A");
    harness.sees("最像的案例 - 李丽").sees("9至11岁").sees("服刑人员子女").sees("换同桌以后每天到校");
    harness
        .press("enter")
        .sees("目标")
        .press("esc")
        .press("ctrl-t")
        .sees_no("服刑")
        .press("ctrl-t")
        .press("esc");
    harness
        .press("f2")
        .type_text("案例")
        .press("enter")
        .sees("本站")
        .press("f")
        .type_text("没有这种")
        .sees("没有符合的案例");
    assert_eq!(list(&desk, Some(near)).lines[0].like.0, 8);
}

#[test]
fn on_the_screen_precedents_are_given_away_and_taken_after_a_look() {
    let (house, there) = (House::new(), House::new());
    let desk = station(&house);
    let child = closed_case(&desk);
    let case = review(&desk, child).case;
    release(&desk, child, case, vec![plain("换同桌以后每天到校")]).unwrap();
    let file = house.dir().join("out.json");
    let path = file.display().to_string();
    let mut harness = screens(desk, Lang::En);
    harness
        .press("f2")
        .type_text("precedents")
        .press("enter")
        .sees("Precedents")
        .press("o")
        .sees("Give precedents");
    harness.press("ctrl-u").paste(&path).press("enter").sees("Precedents written: 1");
    assert!(file.exists());
    let other = there.station();
    let mut harness = screens(other.clone(), Lang::En);
    harness.press("f2").type_text("precedents").press("enter").sees("No precedents yet").press("m");
    harness.paste(&path).press("enter").sees("1 new, 0 here already").sees("Enter again takes it");
    assert!(list(&other, None).lines.is_empty());
    harness.press("enter").sees("Precedents taken over: 1").sees("another station");
    harness.press("w").sees("Take this precedent back").press("y").sees("Taken back");
    assert!(list(&other, None).lines.is_empty());
}
