//! What one station has learnt and another uses: a closed case without its child, and the station's ways of working.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{agency, case, child, goal, member};

const NAME: &str = "田小禾";
const TYPED: &str = "txh";

#[test]
fn a_closed_case_is_read_line_by_line_let_go_and_found_again_at_another_station() {
    tell(|walk| {
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("cases.json");
        ended(walk);
        reviewed(walk);
        released(walk);
        given(walk, &file);
        let text = std::fs::read_to_string(&file).unwrap();
        for told in [NAME, "柿子湾", "石门", "2016-05-20", "望川"] {
            assert!(!text.contains(told), "{told} is in {text}");
        }
        taken(&mut Walk::new(walk.lang), &file);
    });
}

fn boy(walk: &mut Walk, name: &'static str, birth: &'static str) {
    walk.sign_in(WORKER).register_child(
        name,
        &[
            (child::SEX, Code("m")),
            (child::BIRTH, Text(birth)),
            (child::VILLAGE, Text("柿子湾村")),
            (child::CATEGORIES, Codes(&["prisoner"])),
            (child::RISK, Code("high")),
        ],
    );
}

fn ended(walk: &mut Walk) {
    boy(walk, NAME, "2016-05-20");
    walk.press("p").fill(
        "member",
        &[
            (member::ROLE, Code("father")),
            (member::NAME, Text("田立柱")),
            (member::CIRCUMSTANCE, Code("prison")),
            (member::PLACE, Text("望川监狱")),
        ],
    );
    walk.visited("小禾夜里怕黑，自己做饭。", "小禾 fears the dark and cooks alone.");
    walk.assessed("一个老人照料。", "One old carer.");
    walk.begin("goal").fill(
        "goal",
        &[
            (goal::GOAL, Both("夜里有人照看", "Somebody there at night")),
            (goal::DUE, Days(40)),
            (goal::REACHED, Today),
        ],
    );
    walk.plan("伯父每晚过来。", "Uncle comes every night.").approved(TYPED, NAME, case::PLAN_APPROVED);
    walk.days(60).open(TYPED, NAME).visited("睡得好了。", "He sleeps well.");
    walk.reviewed("望川监狱的会见没有用，每次回来更难过。", "Visits to 望川监狱 did not help him.");
    // An open case is none to learn from yet.
    walk.command("做成案例", "Make a precedent").reads("结案以后才能", "once it is closed").press("esc");
    walk.open(TYPED, NAME).closed(TYPED, NAME, ("伯父一家照料", "with uncle's family"));
}

fn reviewed(walk: &mut Walk) {
    walk.command("做成案例", "Make a precedent").sees(NAME).reads("留下 0 行", "Lines kept: 0");
    walk.press("ctrl-s").reads("一行也没有留下", "No line is kept");
    walk.select("夜里有人照看", "Somebody there at night").press("h").reads("留下 1 行", "Lines kept: 1");
    walk.select("会见没有用", "did not help him").press("e ctrl-u");
    let named = walk.say("去望川监狱会见没有用", "Visits to 望川监狱 did not help");
    walk.pastes(named).press("enter").reads("还能认出", "Still tells").press("e ctrl-u");
    let plain = walk.say("去会见没有用，每次回来更难过", "Visits there did not help, he came back sadder");
    walk.pastes(plain).press("enter").reads_no("还能认出", "Still tells");
    walk.select("去会见没有用", "Visits there did not help").press("n").reads("留下 2 行", "Lines kept: 2");
    // A caseworker proposes; nothing goes out before somebody else has read it.
    walk.press("ctrl-s").reads("已提请审定", "waits for a supervisor");
    walk.command("案例", "Precedents").reads("待审", "Waits").press("o");
}

fn released(walk: &mut Walk) {
    walk.sign_in(SUPERVISOR).command("案例", "Precedents").reads("待审", "Waits").press("enter");
    walk.reads("留下 2 行", "Lines kept: 2").press("ctrl-s").reads("已审定", "Let go");
}

fn given(walk: &mut Walk, file: &std::path::Path) {
    walk.command("案例", "Precedents").reads("本站", "here").press("o ctrl-u");
    walk.pastes(file.to_str().unwrap()).press("enter").reads("已写出 1 个案例", "Precedents written: 1");
}

fn taken(there: &mut Walk, file: &std::path::Path) {
    boy(there, "彭小帆", "2015-11-02");
    there.press("A").reads("还没有案例", "No precedents yet").press("m");
    there
        .pastes(file.to_str().unwrap())
        .press("enter")
        .reads("新的 1 个", "1 new")
        .press("enter")
        .reads("已取入 1 个", "taken over: 1");
    there.open("pxf", "彭小帆").press("A").reads("服刑人员子女", "parent in prison");
    there
        .press("enter")
        .reads("别的站", "another station")
        .reads("去会见没有用", "Visits there did not help")
        .reads("没有用", "did not help");
    there.reads("夜里有人照看", "Somebody there at night").sees_no(NAME);
}

#[test]
fn a_stations_ways_go_to_another_as_a_template_and_hold_there() {
    tell(|walk| {
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("site.json");
        site(walk, &file);
        let mut there = Walk::new(walk.lang);
        there.sign_in(SUPERVISOR).command("取入模板", "Take a template");
        there
            .pastes(file.to_str().unwrap())
            .press("enter")
            .reads("新的 2 个文件", "Files that are new: 2")
            .press("enter");
        there.reads("模板已取入", "The template is taken");
        // The rule looks at children there, the page is in the manual, the directory has the kind of help.
        there.sign_in(WORKER);
        there.register_child("彭小帆", &[(child::BIRTH, Text("2015-11-02"))]).press("home");
        there.reads("冬天前要问棉衣", "Ask for a winter coat");
        there.press("ctrl-n ctrl-n").types("鞋子", "shoes").press("enter");
        there.reads("先看孩子的鞋子", "Look at the shoes first").press("esc esc");
        there.register("agency").reads("课后辅导", "tutoring").sees_no("10000001777");
    });
}

fn site(walk: &mut Walk, file: &std::path::Path) {
    walk.sign_in(LOGIN).add(
        "agency",
        &[
            (agency::NAME, Both("青苗社工中心", "Seedling centre")),
            (agency::KIND, Code("social")),
            (agency::SERVICE, Both("课后辅导", "tutoring")),
            (agency::PHONE, Text("10000001777")),
        ],
    );
    walk.command("规则", "Rules").type_text("under-16-alone").press("enter e").press("ctrl-end");
    walk.pastes(
        "\n[[rule]]\nid = \"coat\"\nwhen = \"age >= 0\"\ngrade = \"act\"\nzh = \"冬天前要问棉衣\"\nen = \"Ask for a winter coat\"\ndo_zh = \"问一问\"\ndo_en = \"ask\"\nsource_zh = \"本站\"\nsource_en = \"us\"\ncertainty = \"D\"\n",
    ).press("ctrl-s").reads("已存好", "is saved").press("esc esc esc");
    walk.press("f4 ctrl-n n");
    walk.types("看鞋子", "About shoes").press("enter").press("ctrl-end");
    let text = walk.say("\n先看孩子的鞋子。\n", "\nLook at the shoes first.\n");
    walk.pastes(text).press("ctrl-s").reads("已存好", "is saved").press("esc esc esc");
    walk.command("交出模板", "Give a template").press("ctrl-u");
    walk.pastes(file.to_str().unwrap())
        .press("enter")
        .reads("已写出 2 个文件、1 种服务", "Files: 2, kinds of help: 1");
}
