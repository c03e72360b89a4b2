//! Finding and writing, as a caseworker does it: with an input method, with pastes, in windows of any size.

use super::harness::Pty;
use crate::station::{Home, PASSPHRASE, PROGRAM, names};

/// A station with two children, and its screens after sign-in.
fn at_work() -> (Home, Pty) {
    let home = Home::with_children_since(40, &["王小明", "韩梅梅"]);
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明").wait_for("韩梅梅");
    (home, pty)
}

#[track_caller]
fn leave(mut pty: Pty) {
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success() && pty.is_given_back());
}

#[test]
fn three_keys_find_a_child_and_enter_opens_the_file() {
    let (_home, mut pty) = at_work();
    pty.press("/").wait_for("查找");
    pty.type_text("wxm").wait_gone("韩梅梅").wait_for("王小明");
    pty.press("enter").wait_for("登记").wait_for("王小明");
    pty.press("esc").wait_for("韩梅梅");
    // What an input method composes arrives all at once.
    pty.press("f3").wait_for("查找");
    pty.type_text("韩梅").wait_gone("王小明").wait_for("韩梅梅");
    pty.press("ctrl-u").type_text("汪晓鸣").wait_gone("韩梅梅").wait_for("王小明");
    pty.press("esc").wait_for("逾期");
    leave(pty);
}

#[test]
fn a_child_is_registered_with_an_input_method_and_is_found_at_the_shell() {
    let (home, mut pty) = at_work();
    pty.press("f7").wait_for("登记儿童");
    pty.type_text("欧阳").type_text("雪").press("tab").wait_for("登记儿童 - 欧阳雪");
    pty.press("ctrl-s").wait_for("已保存");
    leave(pty);
    assert_eq!(names(&home.signed_in("find oyx --json").json()), ["欧阳雪"]);
}

#[test]
fn a_paste_of_many_lines_stays_one_line_where_one_line_belongs() {
    let (home, mut pty) = at_work();
    pty.press("f7").wait_for("登记儿童");
    pty.paste("欧阳雪\r\n李桂英\n\x13\x11杨家坪\t石门镇\x1b[31m");
    assert!(pty.screen().contains("登记儿童"), "no line of it is a command:\n{}", pty.screen());
    let line = pty.rows().into_iter().find(|row| row.contains("欧阳雪") && !row.contains("登记")).unwrap();
    assert!(line.contains("李桂英") && line.contains("杨家坪"), "{line}");
    pty.press("ctrl-u").type_text("李雷").press("ctrl-s").wait_for("已保存");
    leave(pty);
    assert_eq!(home.signed_in("find 欧阳雪").code, 3);
    assert_eq!(names(&home.signed_in("find 李雷 --json").json()), ["李雷"]);
}

#[test]
fn a_note_takes_many_lines_pasted_and_typed() {
    let (home, mut pty) = at_work();
    pty.press("/").type_text("wxm").wait_gone("韩梅梅");
    pty.press("enter").wait_for("登记");
    pty.press("t").wait_for("写记事");
    pty.type_text("转学").press("tab tab").type_text("下学期去县城读书").press("enter");
    pty.paste("奶奶同意\n班主任已知道\n").type_text("还没有床位").press("ctrl-s").wait_for("已保存");
    leave(pty);
    let shown = home.signed_in("show 王小明").done();
    let at = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text} is not in\n{shown}"));
    assert!(at("下学期去县城读书") < at("奶奶同意") && at("奶奶同意") < at("班主任已知道"));
    assert!(at("班主任已知道") < at("还没有床位"));
}

/// A console without bracketed paste sends a paste as keys, all at once.
#[test]
fn seven_hundred_characters_at_once_arrive_to_the_last_one() {
    let (home, mut pty) = at_work();
    pty.press("/").type_text("wxm").wait_gone("韩梅梅");
    pty.press("enter").wait_for("登记");
    pty.press("t").wait_for("写记事");
    pty.type_text("摘抄").press("tab tab").type_text(&format!("{}完了", "今天一切都好。".repeat(100)));
    pty.wait_for("完了");
    pty.press("ctrl-s").wait_for("已保存");
    leave(pty);
    assert!(home.signed_in("show 王小明").done().contains("完了"));
}

#[test]
fn a_paste_of_a_megabyte_is_cut_told_and_survived() {
    let (home, mut pty) = at_work();
    pty.press("f7").wait_for("登记儿童");
    pty.paste(&"长".repeat(350_000)).wait_for("粘贴的内容太长");
    pty.press("ctrl-u").type_text("李雷").press("ctrl-s").wait_for("已保存");
    pty.press("/").wait_for("查找");
    pty.paste(&"x".repeat(1_000_000)).wait_for("没有找到");
    pty.press("ctrl-u").type_text("lilei").wait_for("李雷");
    pty.press("esc");
    leave(pty);
    assert_eq!(names(&home.signed_in("find 李雷 --json").json()), ["李雷"]);
}

/// Makes the window another size and waits until the program has drawn for it. (A key at the very moment of the change
/// may be read only with the next one.)
fn resize(pty: &mut Pty, cols: u16, rows: u16) {
    let before = pty.bytes();
    pty.resize(cols, rows);
    pty.wait_until("the screen is drawn anew", |pty| pty.bytes() > before);
    pty.settle();
}

#[test]
fn a_window_may_shrink_to_nothing_and_come_back() {
    let (_home, mut pty) = at_work();
    pty.press("f7").wait_for("登记儿童");
    pty.type_text("欧阳雪");
    for (cols, rows) in [(40, 10), (1, 1), (200, 1), (1, 60), (79, 17), (50, 12)] {
        resize(&mut pty, cols, rows);
        pty.type_text("甲").press("backspace");
    }
    pty.wait_for("窗口太小");
    for (cols, rows) in [(132, 43), (60, 18), (80, 24)] {
        resize(&mut pty, cols, rows);
        pty.wait_for("登记儿童 - 欧阳雪");
    }
    pty.press("ctrl-s").wait_for("已保存");
    leave(pty);
}

#[test]
fn the_language_changes_at_once_and_stays() {
    let (home, mut pty) = at_work();
    pty.press("f9").wait_for("Overdue");
    pty.press("f2").wait_for("Commands");
    pty.press("esc");
    leave(pty);
    let mut pty = home.screens();
    pty.wait_for("Passphrase");
    pty.press("ctrl-q").wait_exit();
}

#[test]
fn a_demo_shows_invented_children_and_leaves_nothing() {
    let home = Home::new();
    let mut pty = Pty::spawn(PROGRAM, &["demo", "--children", "40"], &home.environment(), 80, 24);
    pty.wait_for("逾期");
    pty.press("f5").wait_for("个案");
    pty.press("f12").wait_for("这是演示站点").wait_for("恢复密钥");
    pty.type_text("demo").press("enter").type_text("look around freely").press("enter").wait_for("逾期");
    leave(pty);
    assert!(!home.data().exists());
}
