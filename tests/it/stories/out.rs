//! What goes out says what the screens say: the file of one child, the station in tables, the days that are due.

use super::Typed::*;
use super::*;
use std::fs;
use tonghu::domain::forms::{child, follow_up, goal};

const NAME: &str = "覃小满";
const TYPED: &str = "qxm";

#[test]
fn tables_files_and_calendar_go_out_with_the_numbers_of_the_screens_and_no_name_where_none_is_wanted() {
    tell(|walk| {
        registered(walk);
        let out = tempfile::tempdir().unwrap();
        file_of_one(walk, out.path());
        programme(walk, out.path());
        calendar(walk, out.path());
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER);
    for (name, village) in [("覃小谷", "桐梓坝村"), ("覃小雨", "水井坝村"), (NAME, "桐梓坝村")]
    {
        let fields = [
            (child::VILLAGE, Text(village)),
            (child::BIRTH, Text("2015-06-01")),
            (child::CATEGORIES, Codes(&["prisoner"])),
            (child::RISK, Code("high")),
        ];
        walk.register_child(name, &fields);
    }
    walk.visited("奶奶摔了。", "Grandmother fell.").score(
        "self-efficacy",
        "baseline",
        "child",
        &[0, 1, 0, 0, 1],
    );
    walk.begin("goal")
        .fill("goal", &[(goal::GOAL, Both("夜里有人", "Somebody at night")), (goal::DUE, Days(9))]);
    walk.days(90).open(TYPED, NAME).score("self-efficacy", "review", "child", &[1, 1, 1, 1, 1]);
}

/// Chooses in the pop-up what is not chosen yet: so many to the right of what, format and discretion; then the folder.
fn written(walk: &mut Walk, to: &std::path::Path, choices: [usize; 3]) -> String {
    for times in choices {
        for _ in 0..times {
            walk.press("right");
        }
        walk.press("tab");
    }
    let before: Vec<_> = files(to);
    walk.press("ctrl-u").pastes(to.to_str().unwrap());
    walk.press("enter").reads("已存到", "Written to").press("enter");
    let new: Vec<_> = files(to).into_iter().filter(|name| !before.contains(name)).collect();
    assert!(!new.is_empty(), "nothing was written");
    new[0].clone()
}

fn files(dir: &std::path::Path) -> Vec<String> {
    let mut all: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    all.sort();
    all
}

fn read(dir: &std::path::Path, name: &str) -> String {
    String::from_utf8_lossy(&fs::read(dir.join(name)).unwrap()).into_owned()
}

fn file_of_one(walk: &mut Walk, out: &std::path::Path) {
    walk.press("y").reads("这个孩子的档案", "This child's file");
    let page = written(walk, out, [0, 0, 0]);
    let text = read(out, &page);
    for told in
        [NAME, "<svg", walk.say("夜里有人", "Somebody at night"), walk.say("奶奶摔了", "Grandmother fell")]
    {
        assert!(text.contains(told), "{told} is not in {page}");
    }
    walk.press("y");
    let page = written(walk, out, [0, 0, 1]);
    let text = read(out, &page);
    for told in [NAME, "桐梓坝村", walk.say("服刑", "prison"), walk.say("奶奶摔了", "Grandmother fell")]
    {
        assert!(!text.contains(told), "{told} is in {page}");
    }
    walk.press("y");
    let book = written(walk, out, [0, 1, 0]);
    assert!(book.ends_with(".xlsx") && read(out, &book).starts_with("PK"), "{book}");
}

fn programme(walk: &mut Walk, out: &std::path::Path) {
    // The bars and what stands behind them are the same children as in the tables.
    walk.command("图表", "Charts")
        .reads("2人，3项", "2 children, 3 overdue")
        .press("enter")
        .sees("覃小谷")
        .press("esc");
    walk.press("f2").types("导出", "Export").press("enter").reads("站点统计表", "in tables");
    let tables = written(walk, out, [0, 2, 0]);
    assert!(tables.ends_with(".csv"), "{tables}");
    let all: Vec<String> = files(out).into_iter().filter(|name| name.ends_with(".csv")).collect();
    let text: String = all.iter().map(|name| read(out, name)).collect();
    let line = |begins: &str| {
        // Another table of villages says what is lacking there, and of few that they are few.
        let found = text.lines().find(|line| line.starts_with(begins) && !line.contains('<'));
        found.unwrap_or_else(|| panic!("no line {begins} in {text}")).to_owned()
    };
    assert!(line("桐梓坝村").contains(",2"), "{}", line("桐梓坝村"));
    assert!(line("水井坝村").contains(",1"), "{}", line("水井坝村"));
    assert!(!text.contains(NAME), "a table names no child");
}

fn calendar(walk: &mut Walk, out: &std::path::Path) {
    walk.press("f4 f2").types("导出", "Export").press("enter").press("right");
    walk.reads("全站到期事项", "What is due, the station").press("left");
    let days = written(walk, out, [1, 0, 0]);
    let text = read(out, &days);
    assert!(days.ends_with(".ics") && !text.contains(NAME) && !text.contains("桐梓坝"), "{text}");
    let open = |name: &str, walk: &mut Walk| {
        let file = walk.kept(name);
        file.follow_ups.iter().filter(|one| one.fields.get(&follow_up::DONE).is_none()).count()
    };
    let due: usize = ["覃小谷", "覃小雨", NAME].into_iter().map(|name| open(name, walk)).sum();
    let days = text.lines().filter(|line| *line == "BEGIN:VEVENT").count();
    assert!(days == due && due > 3, "{days} of {due} in {text}");
}
