//! The whole programme: of few nothing is concluded, of ten it is said how many are better, and what did not work.

use super::Typed::*;
use super::*;
use tonghu::domain::forms::{child, score};
use tonghu::domain::{ChildId, Fields, RecordRef, Value};
use tonghu::practice::instruments::item_field;
use uuid::Uuid;

const NAME: &str = "龙小晴";
const INSTRUMENT: &str = "social-support";

#[test]
fn of_nine_nothing_is_concluded_of_ten_what_did_not_work_is() {
    tell(|walk| {
        // As nine colleagues would have written them.
        nine_others(walk);
        walk.sign_in(WORKER).command("评估成效", "evaluation").reads("身边有没有人", "People around me");
        walk.reads("只有9人：人数太少，不下结论", "Only 9 with both scores: too few");
        walk.reads_no("也许没有用", "may not work").reads("可以逐个去看", "So few prove nothing");
        walk.register_child(NAME, &[(child::BIRTH, Text("2014-02-03")), (child::RISK, Code("low"))]);
        walk.score(INSTRUMENT, "baseline", "child", &[2, 2, 2, 2, 2, 2]);
        walk.days(100).open("lxq", NAME).score(INSTRUMENT, "end", "child", &[1, 1, 1, 1, 1, 1]);
        walk.press("b").reads("差6分", "6 worse").press("esc");
        walk.command("评估成效", "evaluation").reads("前后都有的10人里", "Of 10 with both scores");
        walk.reads("3人变好，1人没变，6人变差", "3 are better, 1 the same, 6 worse");
        walk.reads("也许没有用", "may not work").reads("不能说变化是服务带来的", "nobody can say");
        walk.sees("+++=------").reads("中位数-1", "median -1").sees_no(NAME);
    });
}

fn nine_others(walk: &mut Walk) {
    let desk = walk.desk();
    let at = |days: u64| day(BEGINS) - chrono::Days::new(days);
    for n in 0..9_i64 {
        let id = Uuid::now_v7();
        let fields = Fields::default().with(child::NAME, format!("童{n}").as_str());
        let child = RecordRef::child(ChildId(id));
        crate::registers::save(&desk, child, None, fields).unwrap();
        let second = [2, 2, 2, 1, 0, 0, 0, 0, 0][n as usize];
        for (moment, on, points) in [("baseline", at(200), 1), ("end", at(20), second)] {
            let mut fields = Fields::default()
                .with(score::ON, on)
                .with(score::MOMENT, Value::Choice(moment.into()))
                .with(score::BY, Value::Choice("child".into()))
                .with(score::INSTRUMENT, INSTRUMENT)
                .with(score::VERSION, Value::Number(1));
            let spec = instrument();
            for at in 0..spec.items.len() {
                // One item apart: a change of one point.
                let points = if at == 0 { points } else { 1 };
                fields.set(item_field(at), Some(Value::Choice(points.to_string())));
            }
            let at = RecordRef::of(RecordKind::Score, id, Uuid::now_v7());
            crate::registers::save(&desk, at, None, fields).unwrap();
        }
    }
}

fn instrument() -> Instrument {
    Instruments::core().unwrap().offered().find(|one| one.id == INSTRUMENT).unwrap().clone()
}
