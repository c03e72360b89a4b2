//! A day in the village: who came, whose turn to call it is, what was given to whom. The registers say the same as the files.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{activity, aid_entry, attendance, base, child, donor, member, situation};

const NAMES: [(&str, &str); 3] = [("龙小雨", "lxy"), ("龙小雪", "lxx"), ("彭小雷", "pxl")];

#[test]
fn who_came_who_was_called_and_who_was_given_what_is_the_same_in_registers_and_files() {
    tell(|walk| {
        registered(walk);
        activities(walk);
        without_contact(walk);
        aided(walk);
    });
}

fn registered(walk: &mut Walk) {
    walk.sign_in(WORKER);
    for (name, _) in NAMES {
        walk.register_child(
            name,
            &[
                (child::BIRTH, Text("2015-02-03")),
                (child::GUARDIAN, Text("彭玉")),
                (child::RELATION, Code("grandmother")),
                (child::VILLAGE, Text("石门镇麻柳塘村")),
                (child::CATEGORIES, Codes(&["left-behind"])),
                (child::RISK, Code("low")),
            ],
        );
        walk.press("p")
            .fill("member", &[(member::ROLE, Code("mother")), (member::CIRCUMSTANCE, Code("working-away"))]);
        walk.begin("situation").fill(
            "situation",
            &[(situation::LIVES, Code("kin")), (situation::AWAY_SINCE, Text("2025-03-01"))],
        );
    }
    walk.add(
        "base",
        &[
            (base::NAME, Both("麻柳塘家园", "Maliutang home")),
            (base::KIND, Code("home")),
            (base::PLACE, Text("石门镇麻柳塘村")),
        ],
    );
}

fn activities(walk: &mut Walk) {
    // What has not been held yet has nobody who came.
    walk.add(
        "activity",
        &[
            (activity::KIND, Code("book-drive")),
            (activity::ON, Days(5)),
            (activity::TOPIC, Both("千本书", "A thousand books")),
        ],
    );
    walk.press("a").reads("还没有举办", "not been held yet");
    for (kind, topic, minutes) in
        [("lecture", ("防溺水", "Rivers"), "60"), ("tutoring", ("补数学", "Sums"), "90")]
    {
        walk.add(
            "activity",
            &[
                (activity::KIND, Code(kind)),
                (activity::ON, Today),
                (activity::TOPIC, Both(topic.0, topic.1)),
                (activity::PLACE, Both("麻柳塘家园", "Maliutang home")),
                (activity::CAPACITY, Text("2")),
                (activity::MINUTES, Text(minutes)),
            ],
        );
    }
    walk.select("补数学", "Sums").press("a");
    for (_, typed) in &NAMES[..2] {
        walk.type_text(typed).press("enter").reads("已登记到场", "Named, and written");
    }
    walk.type_text(NAMES[2].1).press("enter").reads("2 个名额都满了", "All 2 places are taken");
    // More heads than places is a slip, said where it is typed.
    walk.select("防溺水", "Rivers").press("e").fill("activity", &[(activity::ATTENDED, Text("3"))]);
    walk.reads("应在0到2之间", "0 to 2").put("activity", &[(activity::ATTENDED, Text("2"))]).save();
    walk.reads("4 人次", "4 people").reads("2.5 小时", "2.5 hours").reads("讲座 1", "lecture 1");
    walk.register("base").select("麻柳塘家园", "Maliutang home").reads("2 次活动", "2 activities");
    walk.open(NAMES[0].1, NAMES[0].0).tab("file-tab-services").reads("补数学", "Sums");
    let came = |file: &CaseFile| count(file, RecordKind::Attendance);
    assert_eq!(NAMES.map(|(name, _)| came(&walk.kept(name))), [1, 1, 0]);
    let file = walk.kept(NAMES[0].0);
    let tutored = file.services.iter().find(|one| one.at.kind == RecordKind::Attendance).unwrap();
    assert_eq!(tutored.fields.text(&attendance::KIND), "tutoring");
    walk.sign_in(WORKER);
}

fn without_contact(walk: &mut Walk) {
    walk.open(NAMES[0].1, NAMES[0].0).begin("family-contact").fill(
        "family-contact",
        &[
            (forms::family_contact::WAY, Code("video")),
            (forms::family_contact::WITH, Code("mother")),
            (forms::family_contact::MINUTES, Text("10")),
        ],
    );
    walk.command("需求调查", "needs study").press("tab tab tab");
    walk.sees(NAMES[1].0).sees(NAMES[2].0).sees_no(NAMES[0].0);
    walk.press("w").reads("二十三", "23").press("esc").press("enter").reads("没有联系", "without contact");
}

fn aided(walk: &mut Walk) {
    walk.add(
        "donor",
        &[(donor::NAME, Both("县慈善会", "County charity")), (donor::KIND, Code("organisation"))],
    );
    let money = [(aid_entry::PURPOSE, Code("schooling")), (aid_entry::ITEM, Code("money"))];
    let from = [(aid_entry::DONOR, Both("县慈善会", "County charity"))];
    let kind = |kind| [(aid_entry::KIND, Code(kind)), (aid_entry::ON, Today)];
    let amount = |sum| [(aid_entry::AMOUNT, Text(sum))];
    walk.add("aid-entry", &[&kind("receive")[..], &from, &money, &amount("1000")].concat());
    let to = [(aid_entry::TO, Text(NAMES[0].0)), (aid_entry::CASE_NO, Text("TH2026-000001"))];
    walk.add("aid-entry", &[&kind("give")[..], &money, &amount("300.50"), &to].concat());
    walk.add("aid-entry", &[&kind("give")[..], &money, &amount("99.50"), &to].concat());
    walk.reads("同类救助", "the same kind");
    walk.put("aid-entry", &[(aid_entry::AGAIN, Both("开学补交", "the rest of the fee"))]).save();
    // One that was wrong is taken out by another, never changed.
    walk.add(
        "aid-entry",
        &[&kind("give")[..], &money, &amount("50"), &[(aid_entry::TO, Text("村里"))]].concat(),
    );
    let wrong = [(aid_entry::CORRECTS, Text("4")), (aid_entry::REASON, Both("记错了", "a slip"))];
    walk.add("aid-entry", &[&kind("correct")[..], &wrong].concat());
    walk.open(NAMES[0].1, NAMES[0].0).tab("file-tab-services").reads("400.00", "400.00");
    walk.register("donor").press("s").reads("600.00", "600.00").press("esc");
    let book = walk.ledger();
    let stock = book.stocks().next().unwrap().clone();
    assert_eq!((book.left(&stock), book.stocks().count()), (60_000, 1));
    // Nothing was changed: the slip and what took it out both stand there.
    assert_eq!(register(&walk.desk(), RecordKind::AidEntry).len(), 5);
}
