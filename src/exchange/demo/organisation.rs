//! The organisation around the invented station: a centre of the city and one of the county, a station in each town,
//! and what was lately logged of their supervision.

use super::names::{CITY, COUNTY, TOWNS};
use crate::domain::forms::{supervision, unit};
use crate::domain::{Fields, RecordKind, RecordRef, Value};
use crate::office::SaveRecord;
use chrono::{Days, NaiveDate};
use uuid::Uuid;

/// Workers, full-time and part-time supervisors, children of the stations, in the order of the towns and over again.
const STAFFED: [[i64; 4]; 5] = [[2, 0, 1, 46], [1, 1, 0, 31], [2, 0, 0, 28], [0, 0, 1, 17], [1, 0, 1, 22]];

/// Days ago, kind, topic, what was agreed.
const LOGGED: [(u64, &str, &str, &str); 4] = [
    (12, "supervision", "高风险个案逐个讨论", "三名儿童本周内再走访"),
    (40, "training", "强制报告怎么做", ""),
    (75, "inspection", "县中心检查档案", "补齐评估表"),
    (200, "exchange", "到邻县站点交流", ""),
];

/// Units and entries of the log, all new.
pub fn organisation(today: NaiveDate) -> Vec<SaveRecord> {
    let mut records = vec![];
    let mut add = |kind, fields| {
        let id = Uuid::now_v7();
        records.push(SaveRecord { at: RecordRef::of(kind, id, id), base: None, fields });
        id
    };
    let place = |name: String, level: &str, above: Option<Uuid>| {
        let mut fields = Fields::default().with(unit::NAME, name.as_str());
        fields.set(unit::LEVEL, Some(Value::Choice(level.into())));
        fields.set(unit::ABOVE, above.map(|id| Value::Choice(id.to_string())));
        fields
    };
    let city = add(RecordKind::Unit, place(format!("{CITY}儿童福利指导中心"), "city", None));
    let county = add(RecordKind::Unit, place(format!("{COUNTY}儿童福利指导中心"), "county", Some(city)));
    for (town, staffed) in TOWNS.iter().zip(STAFFED.iter().cycle()) {
        let mut fields = place(format!("{town}儿童福利服务站"), "town", Some(county));
        let numbers = [unit::WORKERS, unit::FULL_TIME, unit::PART_TIME, unit::CHILDREN];
        for (field, number) in numbers.into_iter().zip(staffed) {
            fields.set(field, Some(Value::Number(*number)));
        }
        add(RecordKind::Unit, fields);
    }
    for (ago, kind, topic, agreed) in LOGGED {
        let on = today.checked_sub_days(Days::new(ago)).unwrap_or(today);
        let mut fields = Fields::default().with(supervision::ON, on).with(supervision::TOPIC, topic);
        fields.set(supervision::KIND, Some(Value::Choice(kind.into())));
        fields.set(supervision::UNIT, Some(Value::Choice(county.to_string())));
        if !agreed.is_empty() {
            let due = on.checked_add_days(Days::new(7)).unwrap_or(on);
            fields = fields.with(supervision::AGREED, agreed).with(supervision::DUE, due);
        }
        add(RecordKind::Supervision, fields);
    }
    records
}
