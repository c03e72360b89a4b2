//! At the door: the first start, the next one, and who may come in.

use crate::station::{Home, LOGIN, PASSPHRASE, names, roster};

/// The recovery key as it stands on the screen: the digits behind `1)` to `8)`.
fn recovery(screen: &str) -> Vec<String> {
    let words: Vec<&str> = screen.split_whitespace().collect();
    let behind = |n: usize| words.windows(2).find(|pair| pair[0] == format!("{n})")).map(|pair| pair[1]);
    (1..=8).map(|n| behind(n).unwrap_or_else(|| panic!("group {n} is not in\n{screen}")).to_owned()).collect()
}

#[test]
fn the_first_start_leads_to_a_station_and_the_second_to_its_door() {
    let home = Home::new();
    let mut pty = home.screens();
    pty.wait_for("第 1 步").wait_for("首次使用");
    pty.press("enter").wait_for("站点名称");
    pty.press("enter enter enter enter").wait_for("请填站点名称");
    pty.type_text("石门镇未成年人保护站").press("enter enter enter enter").wait_for("第 3 步");

    pty.type_text("周晓琴").press("enter").type_text(LOGIN).press("enter");
    pty.type_text("too short").press("enter").type_text("too short").press("enter").wait_for("至少 10 个字");
    pty.press("ctrl-u").type_text(PASSPHRASE).press("enter");
    pty.press("ctrl-u").type_text("another one").press("enter").wait_for("不一样");
    pty.press("ctrl-u").type_text(PASSPHRASE);
    assert!(!pty.screen().contains("river"), "nobody reads it over a shoulder:\n{}", pty.screen());
    pty.press("enter").wait_for("抄在纸上");
    let key = recovery(&pty.screen());
    pty.press("enter").wait_for("照着纸再输一遍");
    assert!(!pty.screen().contains(&key[0]), "it is typed from the paper:\n{}", pty.screen());
    let mut wrong = key.clone();
    wrong.swap(2, 5);
    pty.type_text(&wrong.concat()).press("enter").wait_for("第 3, 6 组不一样");
    pty.press("ctrl-u").type_text(&key.join(" ")).press("enter").wait_for("手里有名册吗");
    pty.press("enter").wait_for("站里还没有档案");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success() && pty.is_given_back());

    let mut pty = home.screens();
    pty.wait_for("口令").wait_for(LOGIN);
    pty.type_text(PASSPHRASE).press("enter").wait_for("站里还没有档案");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success());

    // The paper opens it too, and sets a new passphrase.
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.press("ctrl-e").wait_for("恢复密钥");
    pty.type_text(&key.join("-")).press("enter").type_text("a newer river at dusk").press("enter");
    pty.type_text("a newer river at dusk").press("enter").wait_for("站里还没有档案");
    pty.press("ctrl-q").wait_exit();
    home.signed_in("doctor").refused(4, &["口令不对"]);
    home.write("pass", "a newer river at dusk");
    home.signed_in("doctor").done();
}

#[test]
fn who_leaves_the_first_start_leaves_nothing_behind() {
    let home = Home::new();
    let mut pty = home.screens();
    pty.wait_for("第 1 步");
    pty.press("f9").wait_for("Step 1 of");
    pty.press("enter").wait_for("Town");
    pty.type_text("石门站").press("esc").wait_for("Step 1 of");
    pty.press("esc");
    assert!(pty.wait_exit().success() && pty.is_given_back());
    assert!(!home.data().join("store").exists());
    let mut pty = home.screens();
    pty.wait_for("Step 1 of");
    pty.press("ctrl-q").wait_exit();
}

#[test]
fn a_wrong_passphrase_is_told_and_the_right_one_opens() {
    let home = Home::with_children_since(40, &["王小明"]);
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text("not this one").press("enter").wait_for("口令不对");
    assert!(!pty.screen().contains("王小明"));
    pty.type_text("王小明").press("enter").wait_for("口令不对");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    pty.press("f12").wait_for("口令");
    assert!(!pty.screen().contains("王小明"), "a locked screen shows nobody:\n{}", pty.screen());
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success() && pty.is_given_back());
}

#[test]
fn what_was_moved_aside_is_told_at_the_door() {
    let home = Home::with_station();
    std::fs::create_dir(home.data().join("aside")).unwrap();
    let mut pty = home.screens();
    pty.wait_for("已移到 aside 文件夹");
    pty.press("ctrl-q");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_second_window_is_told_that_the_first_has_the_files() {
    let home = Home::with_children_since(40, &["王小明"]);
    let mut first = home.screens();
    first.wait_for("口令");
    first.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    let mut second = home.screens();
    second.wait_for("口令");
    second.type_text(PASSPHRASE).press("enter").wait_for("另一个童护窗口");
    assert!(!second.screen().contains("王小明"));
    first.press("ctrl-q").wait_exit();
    second.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    second.press("ctrl-q");
    assert!(second.wait_exit().success());
}

#[test]
fn a_roster_imported_at_the_shell_is_there_at_the_next_start() {
    let home = Home::with_station();
    home.write("roster.csv", roster(&[["王小明", "李桂英", "杨家坪"]]));
    home.signed_in("import roster.csv --yes").done();
    let mut pty = home.screens();
    pty.wait_for("口令");
    pty.type_text(PASSPHRASE).press("enter").wait_for("王小明");
    pty.press("ctrl-q").wait_exit();
    assert_eq!(names(&home.signed_in("find wxm --json").json()), ["王小明"]);
}
