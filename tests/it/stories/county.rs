//! The organisation from the city down to the station, the log of how it is supervised, and files looked through.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, supervision, unit};

const STATION: &str = "柳河镇站";

#[test]
fn who_is_short_of_staff_stands_in_the_tree_and_what_was_supervised_in_the_log() {
    tell(|walk| {
        tree(walk);
        log(walk);
        checked(walk);
    });
}

fn tree(walk: &mut Walk) {
    walk.sign_in(SUPERVISOR).command("机构设置", "organisation").reads("从最高一级开始", "highest");
    walk.press("n").fill("unit", &[(unit::NAME, Text("越州市中心"))]);
    // Each is registered below the one that is selected; its level is the next one down.
    walk.press("n").fill("unit", &[(unit::NAME, Text("石门县中心"))]);
    walk.press("home down").sees("> ").press("n").fill(
        "unit",
        &[
            (unit::NAME, Text(STATION)),
            (unit::WORKERS, Text("0")),
            (unit::FULL_TIME, Text("0")),
            (unit::PART_TIME, Text("1")),
            (unit::CHILDREN, Text("40")),
        ],
    );
    walk.press("end")
        .reads("1站中1站缺人", "1 of 1 station short")
        .press("w")
        .reads("绍兴", "Shaoxing")
        .press("esc");
    walk.press("e").fill("unit", &[(unit::WORKERS, Text("2"))]);
    walk.reads("齐备", "enough").reads_no("1站缺人", "1 of 1 station short");
}

fn log(walk: &mut Walk) {
    for (kind, zh, en) in [
        ("supervision", "高风险个案", "High risk"),
        ("training", "强制报告", "The duty to report"),
        ("workshop", "和孩子说话", "To talk and listen"),
        ("exchange", "去邻县看", "A visit next door"),
        ("inspection", "年中检查", "Half a year"),
    ] {
        walk.add(
            "supervision",
            &[
                (supervision::KIND, Code(kind)),
                (supervision::ON, Today),
                (supervision::UNIT, Text(STATION)),
                (supervision::PEOPLE, Text("苏敏，陈静")),
                (supervision::TOPIC, Both(zh, en)),
                (supervision::FOUND, Both("走访记得太短", "Visits are written too short")),
                (supervision::AGREED, Both("每次写孩子的原话", "The child's words each time")),
                (supervision::WHO, Text("陈静")),
                (supervision::DUE, Days(10)),
            ],
        );
        walk.reads(zh, en);
    }
    walk.reads("2026年：督导 1、培训 1、工作坊 1、交流考察 1、检查 1", "2026: ");
    // What was agreed on is asked for when its day has passed.
    walk.days(11).register("supervision").select("强制报告", "The duty to report");
    walk.reads("逾期（", "Late (").press("e").fill("supervision", &[(supervision::DONE, Today)]);
    walk.select("强制报告", "The duty to report").reads_no("逾期（", "Late (");
}

fn checked(walk: &mut Walk) {
    walk.sign_in(WORKER).register_child("向小暖", &[(child::RISK, Code("high"))]);
    walk.days(20).sign_in(SUPERVISOR).command("质量抽查", "quality check").sees("向小暖");
    walk.reads("登记表没有填全", "The first form is not").press("tab").sees("100%");
    walk.press("s").reads("记督导", "New entry of").save().register("supervision");
    walk.reads("质量抽查 1", "quality check 1").sees_no("向小暖");
}
