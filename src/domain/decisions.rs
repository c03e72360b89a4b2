//! What a conference decided: one decision a line, `what -- who -- by when`.
//!
//! A line without a dash is plain text and no decision. The dash is typed as the keyboard has it: `--`, `—`, `——`, `|`.

use super::when::{self, Leaning, WhenFault};
use chrono::NaiveDate;

#[derive(Clone, PartialEq, Eq)]
pub struct Decision {
    pub what: String,
    /// A colleague or an agency, in words.
    pub who: String,
    pub due: NaiveDate,
}

/// What is wrong with a line that has dashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Not three parts.
    Parts,
    /// What or who is empty.
    Empty,
    Day(WhenFault),
}

/// Parts of a line; `None` where there is no dash.
fn parts(line: &str) -> Option<Vec<String>> {
    let plain = line.replace("--", "—").replace(['|', '｜', '―', '–'], "—");
    let parts = plain.split('—').map(str::trim).collect::<Vec<_>>();
    if parts.len() < 2 {
        return None;
    }
    // A dash of Chinese is two characters, one of a careless finger three.
    let (first, rest) = parts.split_first()?;
    let mut whole = vec![(*first).to_owned()];
    let mut gap = false;
    for part in rest {
        if part.is_empty() && !gap {
            gap = true;
            continue;
        }
        gap = false;
        whole.push((*part).to_owned());
    }
    if gap {
        whole.push(String::new());
    }
    Some(whole)
}

fn decision(parts: &[String], today: NaiveDate) -> Result<Decision, Slip> {
    let [what, who, day] = parts else { return Err(Slip::Parts) };
    if what.is_empty() || who.is_empty() {
        return Err(Slip::Empty);
    }
    let due = when::parse(day, today, Leaning::Future).map_err(Slip::Day)?;
    Ok(Decision { what: what.clone(), who: who.clone(), due })
}

/// Each line that is a decision or is meant to be one, with its number from 1.
pub fn read(text: &str, today: NaiveDate) -> impl Iterator<Item = (usize, Result<Decision, Slip>)> {
    let lines = text.lines().enumerate();
    lines.filter_map(move |(at, line)| Some((at + 1, decision(&parts(line)?, today))))
}

/// The text with each decision written alike and its day in full: `friday` would be another day next week.
pub fn settle(text: &str, today: NaiveDate) -> String {
    let settled = |line: &str| match parts(line).map(|parts| decision(&parts, today)) {
        Some(Ok(one)) => format!("{} -- {} -- {}", one.what, one.who, one.due),
        _ => line.to_owned(),
    };
    text.lines().map(settled).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read_all(text: &str) -> Vec<(usize, Result<(String, String, String), Slip>)> {
        let told = |one: Decision| (one.what, one.who, one.due.to_string());
        read(text, day("2026-03-03")).map(|(at, one)| (at, one.map(told))).collect()
    }

    fn said(what: &str, who: &str, due: &str) -> Result<(String, String, String), Slip> {
        Ok((what.into(), who.into(), due.into()))
    }

    #[test]
    fn a_decision_is_read_with_any_dash_that_a_keyboard_has() {
        for line in [
            "落实住校 — 张老师 — 3月20日",
            "落实住校——张老师——0320",
            "落实住校--张老师--2026-03-20",
            "落实住校|张老师｜3月20日",
        ] {
            assert_eq!(read_all(line), [(1, said("落实住校", "张老师", "2026-03-20"))], "{line}");
        }
    }

    #[test]
    fn plain_lines_are_left_alone_and_a_slip_is_told_with_its_line() {
        let text =
            "大家都同意\n落实住校 — 张老师\n — 陈静 — 周五\n申请补助 — 民政局 — 过几天\n家访 — 陈静 — 周五";
        let told = read_all(text);
        assert_eq!(told[0], (2, Err(Slip::Parts)));
        assert_eq!(told[1], (3, Err(Slip::Empty)));
        assert_eq!(told[2], (4, Err(Slip::Day(WhenFault::Unknown))));
        assert_eq!(told[3], (5, said("家访", "陈静", "2026-03-06")));
    }

    #[test]
    fn a_day_is_written_in_full_and_stays_that_day() {
        let settled = settle("开场白\n家访--陈静--周五", day("2026-03-03"));
        assert_eq!(settled, "开场白\n家访 -- 陈静 -- 2026-03-06");
        assert_eq!(settle(&settled, day("2026-05-05")), settled);
    }
}
