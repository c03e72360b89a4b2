//! A name that is typed where the program asks for it: nobody else sees it, and no shell remembers it.

use super::*;
use crate::pty::harness::Pty;
use crate::station::PROGRAM;

#[test]
fn find_and_show_ask_for_the_name_and_show_what_is_typed() {
    let home = with_roster();
    let pass = home.path("pass").display().to_string();
    for (line, question, answer, told) in [
        (vec!["find"], "找谁：", "韩梅梅", "白鹤乡大坪村"),
        (vec!["find", "-"], "找谁：", "hmm", "韩梅梅"),
        (vec!["show"], "哪个孩子：", "王小明", "李桂英"),
        (vec!["show", "-", "--discreet"], "哪个孩子：", "SM-003", "欧阳国强"),
        (vec!["audit", "list", "--child"], "哪个孩子：", "王小明", "在终端打印"),
        (vec!["--lang", "en", "find"], "Whom to find:", "oyx", "欧阳雪"),
    ] {
        let line: Vec<&str> = ["--passphrase-file", &pass].into_iter().chain(line).collect();
        let mut pty = Pty::spawn(PROGRAM, &line, &home.environment(), 80, 24);
        pty.wait_for(question);
        pty.type_text(answer).wait_for(answer);
        pty.press("enter").wait_for(told);
        assert!(pty.wait_exit().success(), "{line:?}\n{}", pty.screen());
        assert!(pty.is_given_back());
    }
}

#[test]
fn a_script_gives_the_name_as_a_line_and_gets_nothing_but_the_answer() {
    let home = with_roster();
    let ask = |line: &str, input: &str| fed(home.command(line.split(' ')), input);
    let found = ask("--passphrase-file pass find --json", "韩梅梅\n王小明\n").json();
    assert_eq!(names(&found), ["韩梅梅"]);
    assert_eq!(names(&ask("--passphrase-file pass find - --json", "杨家坪").json()).len(), 2);
    let shown = ask("--passphrase-file pass show --json", " 王小明 \r\n").json();
    assert_eq!(shown["row"]["name"], "王小明");
    let listed = ask("--passphrase-file pass audit list --child - --json", "王小明\n").json();
    let entries = listed["entries"].as_array().unwrap();
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry["name"] == "王小明"));
    let behind = ask("--passphrase-file - find --json", &format!("{PASSPHRASE}\n欧阳雪\n")).json();
    assert_eq!(names(&behind), ["欧阳雪"], "the passphrase comes first");
}

#[test]
fn who_says_nothing_finds_nobody_and_is_told_how_to() {
    let home = with_roster();
    for line in ["find", "show", "find -", "show - --json", "audit list --child"] {
        home.signed_in(line).refused(2, &["没有说找谁"]);
        let fed = fed(home.command(format!("--passphrase-file pass {line}").split(' ')), "  \n王小明\n");
        fed.refused(2, &["没有说找谁"]);
    }
}

#[test]
fn the_help_says_why_a_name_does_not_belong_in_the_command() {
    let home = Home::new();
    for sub in ["find", "show"] {
        let zh = home.run(&format!("{sub} --help")).done();
        let en = home.run(&format!("--lang en {sub} --help")).done();
        assert!(
            zh.contains("ps") && zh.contains("命令历史") && !zh.contains(&format!("tonghu {sub} 王")),
            "{zh}"
        );
        assert!(
            en.contains("ps") && en.contains("history") && !en.contains(&format!("tonghu {sub} 王")),
            "{en}"
        );
    }
}

#[test]
fn a_volunteer_and_a_page_of_the_manual_are_found_beneath_the_children() {
    let home = super::with_roster();
    let found = home.signed_in("find qzbg --json").json();
    assert_eq!(found["found"], serde_json::json!([]));
    assert_eq!(found["others"][0]["id"], "mandatory-report");
    let line = home.signed_in("find qzbg").done();
    assert!(line.contains("手册") && line.contains("强制报告"), "{line}");
}
