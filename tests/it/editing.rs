//! A station edits its rules and its manual in the program; what is wrong is refused, and the last good text stays.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use tonghu::domain::forms::child;
use tonghu::domain::{ChildId, Fields};
use tonghu::i18n::{self, Lang};
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::platform::{Clock, SystemClock};
use tonghu::tui::harness::Harness;
use tonghu::vault::Passphrase;
use tonghu::wording;

use crate::at_door::{at_demo, door, morning};
use crate::station::Home;

pub(crate) const OURS: &str = r#"
[[rule]]
id = "ours"
when = "age >= 0"
grade = "act"
zh = "冬天前要问棉衣"
do_zh = "问一问"
"#;

fn station() -> (TempDir, Arc<Desk>) {
    let dir = tempfile::tempdir().unwrap();
    let born = tonghu::domain::Value::Date("2016-05-01".parse().unwrap());
    let child = Fields::default().with(child::NAME, "王小明").with(child::BIRTH, born);
    let lead = demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::once(child)).unwrap();
    (dir, lead)
}

fn again(dir: &Path) -> Arc<Desk> {
    door(dir).unlock(DEMO_LOGIN, &Passphrase::typed(DEMO_PASSPHRASE)).unwrap()
}

fn table(name: &str) -> OwnFile {
    OwnFile::Table(name.into())
}

fn save(desk: &Desk, file: OwnFile, text: &str, base: Option<&str>) -> Result<Answer, Refusal> {
    desk.ask(Request::SaveOwn(OwnSave {
        file,
        text: text.into(),
        base: base.map(str::to_owned),
        draft: None,
    }))
}

fn the_child(desk: &Desk) -> ChildId {
    let find = Request::Find { text: Query("王小明".into()), limit: 1 };
    let Answer::Found(found) = desk.ask(find).unwrap() else { panic!() };
    found.lines[0].row.child
}

/// What the rules say of the child.
fn flags(desk: &Desk) -> Vec<String> {
    let Answer::File(file) = desk.ask(Request::File(the_child(desk))).unwrap() else { panic!() };
    file.flags.into_iter().map(|flag| flag.rule).collect()
}

fn warnings(desk: &Desk) -> Vec<String> {
    let Answer::Station(station) = desk.ask(Request::Station).unwrap() else { panic!() };
    station.warnings.iter().map(|fault| wording::own_fault(i18n::catalogue(Lang::Zh), fault)).collect()
}

#[test]
fn a_lead_adds_a_rule_in_the_editor_and_a_file_that_is_open_says_it_at_once() {
    for (lang, rules, saved, agree) in [
        (Lang::Zh, "规则", "已存好，马上生效", "个例子"),
        (Lang::En, "rules", "is saved, and in force", "Not as expected"),
    ] {
        let (dir, lead) = station();
        let mut face = Harness::sized(lead, lang, morning(), (80, 24));
        face.press("/").type_text("wxm").press("enter").sees("王小明").sees_no("冬天前要问棉衣");
        face.press("f2").type_text(rules).press("enter").type_text("under-16-alone").press("enter");
        face.sees("under-16-alone").press("e").sees("practice/protection.toml").sees("[[rule]]");

        // A slip: nothing is written, the caret stands in its line, and what is typed is still there.
        face.press("ctrl-end").paste(&OURS.replace("age >=", "agee >="));
        face.press("ctrl-s").sees("agee").sees("practice/protection.toml");
        let line = face.screen().lines().position(|line| line.contains("when = \"agee")).unwrap();
        assert_eq!(usize::from(face.cursor().y), line, "{}", face.screen());
        assert!(!dir.path().join("practice/protection.toml").exists(), "nothing was written");

        face.press(&"right ".repeat(12)).press("backspace ctrl-s");
        face.sees(saved).sees(agree).press("esc");
        face.press("esc esc").sees("王小明").sees("冬天前要问棉衣");
        let written = fs::read_to_string(dir.path().join("practice/protection.toml")).unwrap();
        assert!(written.contains("id = \"ours\"") && written.contains("id = \"under-16-alone\""));
    }
}

#[test]
fn a_file_that_somebody_broke_by_hand_gives_way_to_its_last_good_copy() {
    let (dir, lead) = station();
    save(&lead, table("closure.toml"), OURS, None).unwrap();
    assert!(flags(&lead).contains(&"ours".to_owned()));
    drop(lead);

    let path = dir.path().join("practice/closure.toml");
    fs::write(&path, OURS.replace("grade = \"act\"", "grade = \"soon\"")).unwrap();
    let lead = again(dir.path());
    assert!(flags(&lead).contains(&"ours".to_owned()), "the copy is in force");
    let [warning] = &warnings(&lead)[..] else { panic!() };
    let today = SystemClock.today().format("%Y-%m-%d").to_string();
    assert!(warning.contains("practice/closure.toml 第5行") && warning.contains(&today), "{warning}");

    // The editor opens what lies there, at the mistake.
    let mut face = Harness::new(lead, Lang::Zh, morning());
    face.press("f2").type_text("规则").press("enter").sees("practice/closure.toml 第5行");
    face.type_text("ours").press("enter e").sees("soon").sees("第5行");
    assert!(face.screen().lines().nth(usize::from(face.cursor().y)).unwrap().contains("soon"));
    face.press("end backspace backspace backspace backspace backspace").type_text("act\"").press("ctrl-s");
    face.sees("已存好");
    drop(face);
    assert!(warnings(&again(dir.path())).is_empty());
}

#[test]
fn fields_pages_and_scales_have_a_last_good_copy_too_and_what_was_taken_away_does_not_come_back() {
    const FIELD: &str = "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"宗族\"\n";
    const PAGE: &str = "# 我们怎么上门\n\n先打电话。\n";
    let (dir, lead) = station();
    let words = fs::read_to_string("assets/practice/instruments.toml").unwrap().replace("我能行", "我也能行");
    save(&lead, OwnFile::Fields, FIELD, None).unwrap();
    save(&lead, OwnFile::Page("first-visit".into()), PAGE, None).unwrap();
    save(&lead, table("instruments.toml"), &words, None).unwrap();
    drop(lead);

    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("fields.toml", "[[field]]\nform = \"house\"\n");
    write("manual/first-visit.md", "no title\n");
    fs::write(dir.path().join("practice/instruments.toml"), [0xff, 0xfe]).unwrap();
    let lead = again(dir.path());
    assert_eq!(warnings(&lead).len(), 3, "{:?}", warnings(&lead));
    let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
    assert!(known.form("child").unwrap().fields.iter().any(|field| field.id.as_str() == "x-clan"));
    assert!(known.instruments.offered().any(|one| one.name.zh == "我也能行"));
    let Answer::Manual(manual, _) = lead.ask(Request::Manual).unwrap() else { panic!() };
    assert_eq!(manual.page("first-visit").unwrap().text(Lang::Zh).title, "我们怎么上门");
    drop(lead);

    // Taken away by hand; then somebody begins anew, with a slip.
    fs::remove_file(dir.path().join("fields.toml")).unwrap();
    drop(again(dir.path()));
    write("fields.toml", "[[field]]\nform = \"house\"\n");
    let lead = again(dir.path());
    let Answer::Station(known) = lead.ask(Request::Station).unwrap() else { panic!() };
    assert!(known.form("child").unwrap().fields.iter().all(|field| field.id.as_str() != "x-clan"));
    let kept = fs::read_to_string(dir.path().join("kept/old/fields.toml.1")).unwrap();
    assert_eq!(kept, FIELD, "the text is not lost");
}

#[test]
fn what_a_power_cut_leaves_half_written_is_nothing() {
    let (dir, lead) = station();
    save(&lead, table("closure.toml"), OURS, None).unwrap();
    save(&lead, OwnFile::Page("大雪".into()), "# 大雪封山\n", None).unwrap();
    drop(lead);
    for part in ["practice/closure.toml.part", "manual/大雪.md.part", "kept/good/practice/closure.toml.part"]
    {
        fs::write(dir.path().join(part), "[[ru").unwrap();
    }
    fs::create_dir_all(dir.path().join("practice/days")).unwrap();
    fs::write(dir.path().join("practice/days/2027.toml.part"), "ye").unwrap();
    let lead = again(dir.path());
    assert_eq!(warnings(&lead), Vec::<String>::new());
    assert!(flags(&lead).contains(&"ours".to_owned()));
    save(&lead, table("closure.toml"), "# nothing\n", Some(OURS)).unwrap();
    assert!(!flags(&lead).contains(&"ours".to_owned()));
}

#[test]
fn nobodys_edit_is_overwritten_unseen_and_the_last_ten_texts_stay() {
    let (dir, lead) = station();
    save(&lead, table("closure.toml"), OURS, None).unwrap();
    let mut face = Harness::new(lead.clone(), Lang::Zh, morning());
    face.press("f2").type_text("规则").press("enter").type_text("ours").press("enter e").sees("棉衣");
    let theirs = OURS.replace("棉衣", "煤");
    fs::write(dir.path().join("practice/closure.toml"), &theirs).unwrap();
    face.press("ctrl-end").type_text("# 记得").press("ctrl-s").sees("打开之后有人改了").sees("# 记得");
    assert_eq!(fs::read_to_string(dir.path().join("practice/closure.toml")).unwrap(), theirs);
    face.press("ctrl-s").sees("已存好");
    let old = |n: usize| dir.path().join(format!("kept/old/practice/closure.toml.{n}"));
    assert_eq!(fs::read_to_string(old(1)).unwrap(), theirs, "what lay there is kept");

    let mut before = fs::read_to_string(dir.path().join("practice/closure.toml")).unwrap();
    for n in 0..12 {
        let next = format!("{OURS}# {n}\n");
        save(&lead, table("closure.toml"), &next, Some(&before)).unwrap();
        before = next;
    }
    assert!(!old(3).exists() && old(4).exists() && old(13).exists());
}

#[test]
fn taking_the_stations_rule_away_brings_the_programs_back_and_every_edit_is_audited() {
    let (dir, lead) = station();
    let off = "# Not with us.\n[[rule]]\nid = \"birth-unknown\"\noff = true\n";
    let all = format!("{off}{OURS}");
    save(&lead, table("lifecycle.toml"), &all, None).unwrap();
    let mut face = Harness::new(lead.clone(), Lang::Zh, morning());
    face.press("f2").type_text("规则").press("enter").type_text("ours").press("enter").sees("本站加的");
    face.press("d").sees("去掉本站写的").press("right enter").sees("已去掉").press("esc");
    assert_eq!(fs::read_to_string(dir.path().join("practice/lifecycle.toml")).unwrap().trim(), off.trim());
    assert!(!flags(&lead).contains(&"ours".to_owned()));

    let Answer::Audit(page) =
        lead.ask(Request::Audit(AuditQuery { limit: 50, ..AuditQuery::default() })).unwrap()
    else {
        panic!()
    };
    let zh = i18n::catalogue(Lang::Zh);
    let told: Vec<String> = page.lines.iter().map(|line| wording::deed(zh, line)).collect();
    assert!(told.iter().any(|deed| deed == "修改了 practice/lifecycle.toml"), "{told:?}");
    assert!(told.iter().any(|deed| deed == "去掉了本站的 practice/lifecycle.toml ours"), "{told:?}");
}

#[test]
fn no_other_file_can_be_reached_and_none_is_too_large() {
    let (dir, lead) = station();
    fs::write(dir.path().join("secret.toml"), "years = 5").unwrap();
    for file in [
        table("../secret.toml"),
        table("days/../../secret.toml"),
        table("days/27.toml"),
        table("secret.toml"),
        OwnFile::Page("../fields".into()),
        OwnFile::Page("a/b".into()),
        OwnFile::Page(String::new()),
        OwnFile::Page("页".repeat(50)),
    ] {
        assert_eq!(lead.ask(Request::OwnText(file.clone())), Err(Refusal::NotFound), "{file:?}");
        assert_eq!(save(&lead, file.clone(), "# x\n", None), Err(Refusal::NotFound), "{file:?}");
        assert_eq!(lead.ask(Request::DropOwn { file, entry: None }), Err(Refusal::NotFound));
    }
    let page = format!("# x\n\n{}", "字".repeat(22_000));
    let refused = save(&lead, OwnFile::Page("long".into()), &page, None).unwrap_err();
    assert!(matches!(refused, Refusal::Own(OwnFault::TooLarge { .. })), "{refused}");
    assert!(!dir.path().join("manual").exists());
}

#[test]
fn a_table_is_not_saved_if_another_of_the_stations_leans_on_what_it_loses() {
    let (dir, lead) = station();
    let name = "[[name]]\nid = \"far\"\nwhen = \"lives = alone\"\n";
    save(&lead, table("triage.toml"), name, None).unwrap();
    save(&lead, table("closure.toml"), &OURS.replace("age >= 0", "far"), None).unwrap();
    let refused = save(&lead, table("triage.toml"), "# none\n", Some(name)).unwrap_err();
    let said = wording::refusal(i18n::catalogue(Lang::Zh), &refused);
    assert!(said.contains("practice/closure.toml 第4行") && said.contains("far"), "{said}");
    assert_eq!(fs::read_to_string(dir.path().join("practice/triage.toml")).unwrap(), name);
}

#[test]
fn a_caseworker_writes_a_page_of_the_manual_and_a_slip_is_told_with_its_line() {
    let (dir, lead) = station();
    let passphrase = Passphrase::typed("a key under the mat");
    let admission =
        Admission { login: "chen".into(), name: "陈静".into(), role: Role::Caseworker, passphrase };
    lead.ask(Request::Admit(admission)).unwrap();
    drop(lead);
    let chen = door(dir.path()).unlock("chen", &Passphrase::typed("a key under the mat")).unwrap();
    let mut face = Harness::new(chen.clone(), Lang::Zh, morning());
    face.press("ctrl-n ctrl-n").type_text("first-visit").press("enter").sees("手册 - 第一次上门");
    face.press("d").sees("这一页是程序自带的");
    face.press("e").sees("manual/first-visit.md").sees("# 第一次上门");
    face.press("ctrl-end").paste("### 三级标题\n").press("ctrl-s").sees("标题是 # 或 ##");
    assert!(!dir.path().join("manual").exists());
    face.press("ctrl-z").press("ctrl-end").paste("- 先问村主任狗拴了没有\n").press("ctrl-s").sees("已存好");
    face.sees("手册 - 第一次上门").sees("本站写的一页，代替程序原有的");
    face.press("d").sees("换回程序自带的").press("right enter").sees("已去掉").sees_no("本站写的一页");

    face.press("n").sees("给手册写一页").press("enter").sees("写上题目");
    face.type_text("First visit!").press("enter").sees("已经有这一页了").press("ctrl-u");
    face.type_text("大雪，封山").press("enter").sees("manual/大雪-封山.md").sees("# 大雪，封山");
    face.press("ctrl-end").paste("\n先打电话。\n").press("ctrl-s").sees("已存好");
    // The new page is what one wants to see; the list is a key away.
    face.sees("手册 - 大雪，封山").sees("先打电话。").press("i").sees("找一页：");
    face.press("ctrl-u").type_text("大雪").press("enter").sees("先打电话。");
    let written = fs::read_to_string(dir.path().join("manual/大雪-封山.md")).unwrap();
    assert_eq!(written, "# 大雪，封山\n\n先打电话。\n");
    // Whoever thinks better of it stays where they were.
    face.press("n esc").sees("手册 - 大雪，封山");

    // The rules are the lead's.
    face.press("f2").type_text("规则").press("enter enter e").sees("没有权限");
}

#[test]
fn what_is_typed_in_the_editor_is_offered_again_after_a_crash() {
    let (dir, lead) = station();
    save(&lead, table("closure.toml"), OURS, None).unwrap();
    let mut face = Harness::new(lead, Lang::Zh, morning());
    face.press("f2").type_text("规则").press("enter").type_text("ours").press("enter e ctrl-end");
    face.type_text("# 还没想好").wait(1_500);
    drop(face);
    let mut face = at_demo(dir.path(), Lang::Zh, (80, 24));
    face.type_text(DEMO_PASSPHRASE).press("enter").sees("修改 结案").press("enter").sees("# 还没想好");
    face.press("ctrl-s").sees("已存好");
    assert!(fs::read_to_string(dir.path().join("practice/closure.toml")).unwrap().contains("# 还没想好"));
    drop(face);
    let mut face = at_demo(dir.path(), Lang::Zh, (80, 24));
    face.type_text(DEMO_PASSPHRASE).press("enter").sees_no("修改 结案").sees("今天");
}

#[test]
fn the_examples_say_what_a_changed_rule_changes_and_leaving_keeps_nothing() {
    let (dir, lead) = station();
    let mut face = Harness::new(lead, Lang::Zh, morning());
    face.press("f2").type_text("规则").press("enter").type_text("under-16-alone").press("enter p");
    face.sees("都和原来说的一样").press("esc e ctrl-end").type_text("off = true").press("ctrl-s");
    face.sees("个和原来说的不一样").press("enter").sees("哪里不一样").sees("应有「under-16-alone」");
    face.press("esc esc")
        .press("e ctrl-end")
        .type_text("x")
        .press("esc")
        .sees("还没有存")
        .press("right enter");
    face.sees("已停用");
    let written = fs::read_to_string(dir.path().join("practice/protection.toml")).unwrap();
    assert!(written.ends_with("off = true"), "{written}");
}

#[test]
fn at_the_shell_every_own_file_is_checked_without_a_passphrase() {
    let home = Home::new();
    assert!(home.run("rules check").done().contains("没有自己的规则"));
    let data = home.data();
    fs::create_dir_all(data.join("practice/days")).unwrap();
    fs::create_dir_all(data.join("manual")).unwrap();
    fs::write(data.join("practice/closure.toml"), OURS).unwrap();
    fs::write(data.join("manual/大雪.md"), "# 大雪封山\n").unwrap();
    assert_eq!(home.run("rules check").done(), "manual/大雪.md：没有错\npractice/closure.toml：没有错\n");
    fs::write(data.join("practice/days/2027.toml"), "year = 2027\nsorce = \"x\"\n").unwrap();
    fs::write(data.join("fields.toml"), "[[field]]\nform = \"house\"\n").unwrap();
    let checked = home.run("--lang en rules check");
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("practice/closure.toml: ok"), "{}", checked.out);
    assert!(checked.out.contains("practice/days/2027.toml:2: There is no \"sorce\""), "{}", checked.out);
    assert!(checked.out.contains("fields.toml:1: This entry lacks id"), "{}", checked.out);
    let json: serde_json::Value = serde_json::from_str(&home.run("rules check --json").out).unwrap();
    let wrong =
        json["files"].as_array().unwrap().iter().filter(|file| file["faults"] != serde_json::json!([]));
    assert_eq!(wrong.count(), 2);
    assert!(!data.join("kept").exists(), "looking writes nothing");
}
