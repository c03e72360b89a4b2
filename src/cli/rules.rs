//! `tonghu rules`: what the rules say of facts that are given, and whether they say what a table of examples expects.
//! No station and no passphrase: nothing is read but the files that are named.

use super::args::{Args, RuleTables, Rules, RulesCheck, RulesExplain, RulesFacts, RulesTest};
use super::out::{Failure, Out};
use crate::domain::when::{self, Leaning};
use crate::i18n::Lang;
use crate::office::{OwnFault, check_own};
use crate::platform::{Clock, SystemClock, dirs};
use crate::practice::deadlines::Words;
use crate::practice::flags::examples::{self, Difference, ExampleFault};
use crate::practice::flags::facts::{CHILD, LISTS, Word};
use crate::practice::flags::{Because, Flag, FlagRules, TABLES, Wanted, read_facts, read_json};
use crate::wording;
use chrono::NaiveDate;
use serde_json::error::Category;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

/// Facts of one family, or a county's examples; more is a mistake.
const MOST: u64 = 16 << 20;

pub(super) fn run(args: &Args, sub: &Rules, out: &Out) -> Result<ExitCode, Failure> {
    match sub {
        Rules::Explain(sub) => explain(sub, out),
        Rules::Check(sub) => check(args, sub, out),
        Rules::Test(sub) => test(sub, out),
        Rules::Facts(sub) => facts(sub, out),
    }
}

fn read(path: &Path, out: &Out) -> Result<String, Failure> {
    let mut bytes = vec![];
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    let file = path.display().to_string();
    let said = |key: &str, why: String| {
        Failure::Said(out.cat.tn(key, &[("file", file.clone().into()), ("why", why.into())]).into_owned())
    };
    match read {
        Ok(bytes) if bytes as u64 > MOST => Err(said("cli-rules-too-large", String::new())),
        Ok(_) => String::from_utf8(bytes).map_err(|error| {
            let fault = OwnFault::not_text(&file, &error);
            Failure::Said(wording::own_flaw(out.cat, &fault))
        }),
        Err(error) => Err(said("own-unreadable", error.to_string())),
    }
}

fn rules(with: &RuleTables, out: &Out) -> Result<FlagRules, Failure> {
    let mut own = BTreeMap::new();
    if let Some(dir) = &with.tables {
        if !dir.is_dir() {
            let dir = dir.display().to_string();
            return Err(Failure::Said(out.cat.t1("cli-rules-no-folder", "folder", dir).into_owned()));
        }
        for (file, _) in TABLES {
            let path = dir.join(file);
            if path.exists() {
                own.insert(*file, read(&path, out)?);
            }
        }
    }
    FlagRules::load(|file| own.get(file).map(String::as_str))
        .map_err(|fault| Failure::Said(wording::table_fault(out.cat, &fault)))
}

fn explain(sub: &RulesExplain, out: &Out) -> Result<ExitCode, Failure> {
    let rules = rules(&sub.with, out)?;
    let now = SystemClock.today();
    let today = sub.today.as_deref().map(|text| when::parse(text, now, Leaning::Past)).transpose();
    let today = today.map_err(|fault| Failure::Usage(wording::when_fault(out.cat, fault)))?.unwrap_or(now);
    let text = read(&sub.facts, out)?;
    let value = read_json(&text).map_err(|error| {
        let at = [
            ("line", error.line().to_string().into()),
            ("column", error.column().to_string().into()),
            ("why", no_json(&error, out).into()),
        ];
        Failure::Said(out.cat.tn("cli-rules-no-json", &at).into_owned())
    })?;
    let facts =
        read_facts(&value, today).map_err(|fault| Failure::Said(wording::fact_fault(out.cat, &fault)))?;
    let look = rules.look(&facts, today);
    if sub.with.json {
        let findings: Vec<Value> = look.flags.iter().map(flag_json).collect();
        out.json(&json!({ "today": today, "findings": findings, "changes": look.changes }))?;
        return Ok(ExitCode::from(if look.flags.is_empty() { 3 } else { 0 }));
    }
    if look.flags.is_empty() {
        return Err(Failure::Nothing(out.t("cli-rules-nothing")));
    }
    for flag in &look.flags {
        out.line(&said(flag, out))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The reader's own words are English and end with the place.
fn no_json(error: &serde_json::Error, out: &Out) -> String {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let twice = said.strip_suffix(" is there twice").map(|name| name.trim_matches('`'));
    match (error.classify(), twice) {
        (_, Some(name)) => out.cat.t1("cli-rules-json-twice", "name", name).into_owned(),
        (Category::Eof, _) => out.t("cli-rules-json-cut-off"),
        _ if said.starts_with("recursion limit") => out.t("cli-rules-json-deep"),
        _ if said.starts_with("number out of range") => out.t("cli-rules-json-number"),
        _ => out.t("cli-rules-json-sign"),
    }
}

fn flag_json(flag: &Flag) -> Value {
    let both = |words: &Words| json!({ "zh": words.zh, "en": words.en });
    let about = flag.rule.each.zip(flag.about).map(|(list, at)| format!("{list}[{at}]"));
    json!({
        "rule": flag.rule.id, "about": about, "grade": flag.rule.grade.code(),
        "state": if flag.now { "holds" } else { "comes" },
        "since": flag.span.begins(), "until": flag.span.ends(),
        "text": both(&flag.rule.text), "do": both(&flag.rule.act), "source": both(&flag.rule.source),
        "certainty": flag.rule.certainty.code(), "own": flag.rule.own, "page": flag.rule.page,
        "because": flag.because.iter().map(because_json).collect::<Vec<_>>(),
    })
}

fn because_json(because: &Because) -> Value {
    json!({ "fact": path_of(because), "value": because.value })
}

fn path_of(because: &Because) -> String {
    match because.of {
        Some((list, at)) => format!("{list}[{at}].{}", because.fact),
        None => because.fact.to_owned(),
    }
}

/// A flag in a few lines: what is so, since when, why, what to do, by which rule.
fn said(flag: &Flag, out: &Out) -> String {
    let cat = out.cat;
    let words = |words: &Words| match cat.lang() {
        Lang::Zh => words.zh.clone(),
        Lang::En => words.en.clone(),
    };
    let grade = out.t(&format!("flag-{}", flag.rule.grade.code()));
    let date = |day: NaiveDate| -> String { day.to_string() };
    let when = match (flag.now, flag.span.begins(), flag.span.ends()) {
        (false, Some(day), _) => cat.t1("flag-comes", "day", date(day)).into_owned(),
        (_, _, Some(day)) => cat.t1("flag-until", "day", date(day)).into_owned(),
        _ => String::new(),
    };
    let unknown = cat.t("flag-not-known");
    let because = flag
        .because
        .iter()
        .map(|one| format!("{} = {}", path_of(one), one.value.as_deref().unwrap_or(&unknown)));
    let because = because.collect::<Vec<_>>().join("; ");
    let colon = cat.t("value-colon");
    let rule = format!("{} ({})", flag.rule.id, flag.rule.certainty.code());
    [
        format!("[{grade}] {}{}{when}", words(&flag.rule.text), if when.is_empty() { "" } else { "; " }),
        format!("  {}{colon}{}", cat.t("flag-do"), words(&flag.rule.act)),
        format!("  {}{colon}{because}", cat.t("flag-because")),
        format!("  {}{colon}{rule} {}", cat.t("flag-source"), words(&flag.rule.source)),
    ]
    .join("\n")
}

fn test(sub: &RulesTest, out: &Out) -> Result<ExitCode, Failure> {
    let rules = rules(&sub.with, out)?;
    let text = read(&sub.table, out)?;
    let file = sub.table.display().to_string();
    let played = examples::play(&rules, &file, &text).map_err(|fault| {
        Failure::Said(match &fault {
            ExampleFault::Table(fault) => wording::table_fault(out.cat, fault),
            ExampleFault::Fact { line, fault } => {
                let flaw = wording::fact_fault(out.cat, fault);
                let at =
                    [("file", file.clone().into()), ("line", line.to_string().into()), ("flaw", flaw.into())];
                out.cat.tn("cli-rules-example", &at).into_owned()
            }
        })
    })?;
    let wrong = played.iter().filter(|one| !one.differences.is_empty()).count();
    if sub.with.json {
        let differing = played.iter().filter(|one| !one.differences.is_empty());
        let differing: Vec<Value> = differing
            .map(|one| {
                let differences: Vec<Value> = one.differences.iter().map(difference_json).collect();
                json!({ "example": one.name, "line": one.line, "differences": differences })
            })
            .collect();
        out.json(&json!({ "examples": played.len(), "differing": differing }))?;
        return Ok(ExitCode::from(u8::from(wrong > 0)));
    }
    for one in &played {
        for difference in &one.differences {
            let said = wording::difference(out.cat, difference);
            out.line(&format!("{file}:{}: {}: {said}", one.line, one.name))?;
        }
    }
    let counts = [("examples", played.len().to_string().into()), ("wrong", wrong.to_string().into())];
    if wrong > 0 {
        return Err(Failure::Said(out.cat.tn("cli-rules-differ", &counts).into_owned()));
    }
    out.line(&out.cat.tn("cli-rules-agree", &counts))?;
    Ok(ExitCode::SUCCESS)
}

/// Every file of the station's own: in order, or where it is not.
fn check(args: &Args, sub: &RulesCheck, out: &Out) -> Result<ExitCode, Failure> {
    let dir = dirs::data(args.data.as_deref()).map_err(|_| Failure::Said(out.t("cli-no-home")))?;
    let files = check_own(&dir);
    let wrong = files.values().filter(|faults| !faults.is_empty()).count();
    if sub.json {
        let fault = |fault: &OwnFault| json!({ "line": fault.place().1, "reason": wording::own_flaw(out.cat, fault) });
        let file = |(name, faults): (&String, &Vec<OwnFault>)| json!({ "file": name, "faults": faults.iter().map(fault).collect::<Vec<_>>() });
        out.json(&json!({ "files": files.iter().map(file).collect::<Vec<_>>() }))?;
        return Ok(ExitCode::from(u8::from(wrong > 0)));
    }
    for (name, faults) in &files {
        if faults.is_empty() {
            out.line(&out.cat.t1("cli-rules-sound", "file", name.as_str()))?;
        }
        for fault in faults {
            out.line(&wording::own_line(out.cat, fault))?;
        }
    }
    if files.is_empty() {
        out.line(&out.t("cli-rules-none-own"))?;
    }
    if wrong > 0 {
        return Err(Failure::Said(out.cat.t1("cli-rules-unsound", "count", wrong.to_string()).into_owned()));
    }
    Ok(ExitCode::SUCCESS)
}

fn difference_json(difference: &Difference) -> Value {
    match difference {
        Difference::Missing(rule) => json!({ "kind": "missing", "rule": rule }),
        Difference::Unexpected(rule) => json!({ "kind": "unexpected", "rule": rule }),
        Difference::Day { rule, begins, wanted, is } => {
            let kind = if *begins { "begins" } else { "ends" };
            json!({ "kind": kind, "rule": rule, "expected": wanted, "is": is })
        }
    }
}

fn facts(sub: &RulesFacts, out: &Out) -> Result<ExitCode, Failure> {
    let lists = std::iter::once(("", CHILD)).chain(LISTS.iter().copied());
    if sub.json {
        let of = |words: &[Word]| -> Value {
            words
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), Value::from(Wanted::Of(*kind).to_string())))
                .collect()
        };
        let all: serde_json::Map<String, Value> = lists
            .map(|(list, words)| (if list.is_empty() { "child" } else { list }.to_owned(), of(words)))
            .collect();
        out.json(&Value::Object(all))?;
        return Ok(ExitCode::SUCCESS);
    }
    for (list, words) in lists {
        for (name, kind) in words {
            let word = out.t(&format!("fact-word-{name}"));
            let name = if list.is_empty() { (*name).to_owned() } else { format!("{list}[].{name}") };
            out.line(&format!(
                "{name:<28} {word}{} {}",
                out.t("value-colon"),
                wording::wanted(out.cat, Wanted::Of(*kind))
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
