//! Every rule has examples on both sides of each of its edges: one in which it holds, and one a step beyond, in which it
//! does not.
//!
//! A step is a day later with the same facts, or the same day with one fact other: there or not, another choice, a date
//! a day later, a number one more.

use super::super::condition::{Condition, Day, Scene};
use super::*;
use crate::domain::forms::CIRCUMSTANCES;
use std::collections::BTreeMap;

struct Row {
    today: NaiveDate,
    json: Value,
    facts: Facts,
    /// By their paths.
    leaves: BTreeMap<String, Value>,
    expect: BTreeSet<String>,
    of: BTreeSet<String>,
}

impl Row {
    fn all() -> Vec<Row> {
        let table: toml::Table = EXAMPLES.parse().unwrap();
        let rows = table["example"].as_array().unwrap().iter();
        rows.map(|row| {
            let words = |key: &str| -> BTreeSet<String> {
                let all = row.get(key).and_then(toml::Value::as_array).into_iter().flatten();
                all.map(|word| word.as_str().unwrap().to_owned()).collect()
            };
            let today = day(row["today"].as_str().unwrap());
            let json = serde_json::to_value(&row["facts"]).unwrap();
            let mut leaves = BTreeMap::new();
            flatten("", &json, &mut leaves);
            let facts = read_facts(&json, today).unwrap();
            Row { today, json, facts, leaves, expect: words("expect"), of: words("of") }
        })
        .collect()
    }

    /// Whether the example says that the rule holds; none: it does not look at it.
    fn says(&self, rule: &str) -> Option<bool> {
        let looks = self.of.is_empty() || self.of.contains(rule);
        looks.then(|| self.expect.contains(rule))
    }

    fn is_a_step_from(&self, other: &Row) -> bool {
        let apart = (self.today - other.today).num_days().abs();
        if apart > 1 || self.leaves.len().abs_diff(other.leaves.len()) > 1 {
            return false;
        }
        let changed = |row: &Row, from: &Row| -> Vec<String> {
            let all = row.leaves.iter().filter(|(path, value)| from.leaves.get(*path) != Some(value));
            all.map(|(path, _)| path.clone()).collect()
        };
        let mut paths = changed(self, other);
        paths.extend(changed(other, self));
        paths.dedup();
        match &paths[..] {
            [] => apart == 1,
            [path] => apart == 0 && next_to(self.leaves.get(path), other.leaves.get(path)),
            _ => false,
        }
    }
}

fn flatten(path: &str, value: &Value, leaves: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, leaves);
            }
        }
        Value::Array(all) if all.iter().any(Value::is_object) => {
            for (at, one) in all.iter().enumerate() {
                flatten(&format!("{path}[{at}]"), one, leaves);
            }
        }
        leaf => drop(leaves.insert(path.to_owned(), leaf.clone())),
    }
}

/// One more or less, a day earlier or later, another choice, there or not.
fn next_to(one: Option<&Value>, other: Option<&Value>) -> bool {
    let date = |value: &Value| value.as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    let (Some(one), Some(other)) = (one, other) else { return true };
    match (date(one).zip(date(other)), one.as_i64().zip(other.as_i64())) {
        (Some((one, other)), _) => (one - other).num_days().abs() == 1,
        (_, Some((one, other))) => one.abs_diff(other) == 1,
        _ => true,
    }
}

/// What asks for a day or a number: each of them is an edge. One inside a name is an edge of all that use the name.
fn edges<'a>(condition: &'a Condition, named: bool, found: &mut Vec<(bool, &'a Condition)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| edges(part, named, found));
        }
        Condition::Not(inner) | Condition::AtLeast(_, _, inner) | Condition::Every(_, inner) => {
            edges(inner, named, found);
        }
        Condition::Named(inner) => edges(inner, true, found),
        Condition::Known(_) | Condition::Is(..) | Condition::Yes(..) => {}
        // What cannot lie ahead has come.
        Condition::From(Day(name, None)) if is_past(name.name) => {}
        _ => found.push((named, condition)),
    }
}

fn is_past(name: &str) -> bool {
    let mut words = CHILD.iter().chain(LISTS.iter().flat_map(|(_, words)| *words));
    words.all(|(word, kind)| *word != name || *kind == Kind::Past)
}

/// Whether it holds of the child or of anything that it can be asked of: a name is known by its place among the words.
fn truths(edge: &Condition, row: &Row) -> Vec<bool> {
    let (Condition::From(Day(name, _))
    | Condition::Before(Day(name, _))
    | Condition::Compare(Day(name, _), ..)
    | Condition::Number(name, ..)
    | Condition::Numbers(name, ..)
    | Condition::Age(name, ..)) = edge
    else {
        panic!("{edge:?} is no edge");
    };
    let asks = |words: &[Word]| words.get(name.place).is_some_and(|(word, _)| *word == name.name);
    let child = Scene::of_child(&row.facts);
    let lists = LISTS.iter().filter(|(_, words)| name.of_child || asks(words));
    let lists = lists.flat_map(|(list, _)| child.of_list(list));
    let own = (name.of_child || asks(CHILD)).then_some(child);
    own.into_iter().chain(lists).map(|scene| edge.days(scene).holds(row.today)).collect()
}

#[test]
fn every_rule_has_an_example_in_which_it_holds_and_one_a_step_beyond_in_which_it_does_not() {
    let (rules, rows) = (FlagRules::core().unwrap(), Row::all());
    let mut turns: BTreeMap<&str, Vec<(&Row, &Row)>> = BTreeMap::new();
    for (at, one) in rows.iter().enumerate() {
        for other in rows[at + 1..].iter().filter(|other| one.is_a_step_from(other)) {
            for rule in one.expect.symmetric_difference(&other.expect) {
                if one.says(rule).is_some() && other.says(rule).is_some() {
                    turns.entry(rule).or_default().push((one, other));
                }
            }
        }
    }
    let mut lacking = BTreeSet::new();
    // A name's edge by its place: what it says, and whether any rule turns about it.
    let mut names: BTreeMap<*const Condition, (String, bool)> = BTreeMap::new();
    for rule in rules.all() {
        let turns = turns.get(rule.id.as_str()).map_or(&[][..], Vec::as_slice);
        if turns.is_empty() {
            lacking.insert(format!("{}: no two examples a step apart, of which it holds in one", rule.id));
        }
        let mut all = vec![];
        for condition in std::iter::once(&rule.condition).chain(&rule.scope) {
            edges(condition, false, &mut all);
        }
        for (named, edge) in all {
            let turned = |(one, other): &(&Row, &Row)| truths(edge, one) != truths(edge, other);
            let turned = turns.iter().any(turned);
            if named {
                let said = || (format!("a name that {} uses: {edge:?}", rule.id), false);
                names.entry(edge).or_insert_with(said).1 |= turned;
            } else if !turned {
                lacking.insert(format!("{}: no two examples a step apart about {edge:?}", rule.id));
            }
        }
    }
    lacking.extend(names.into_values().filter(|(_, turned)| !turned).map(|(said, _)| said));
    let lacking: Vec<String> = lacking.into_iter().collect();
    assert!(lacking.is_empty(), "{} are not there:\n{}", lacking.len(), lacking.join("\n"));
}

/// 民发〔2019〕62号 asks of each parent; whoever stands first makes no difference.
#[test]
fn the_circumstances_of_two_parents_are_there_in_every_combination_and_in_either_order() {
    let (rules, rows) = (FlagRules::core().unwrap(), Row::all());
    let circumstance = |row: &Row, at: usize| {
        row.leaves.get(&format!("parents[{at}].circumstance"))?.as_str().map(str::to_owned)
    };
    let pairs: Vec<_> = rows
        .iter()
        .filter(|row| row.facts.list("parents").len() == 2)
        .filter_map(|row| Some((circumstance(row, 0)?, circumstance(row, 1)?)))
        .collect();
    for (at, one) in CIRCUMSTANCES.iter().enumerate() {
        for other in &CIRCUMSTANCES[at..] {
            let of = |(first, second): &(String, String)| {
                (first == one && second == other) || (first == other && second == one)
            };
            assert!(pairs.iter().any(of), "{one} and {other}");
        }
    }
    for row in rows.iter().filter(|row| row.facts.list("parents").len() == 2) {
        let mut turned = row.json.clone();
        turned["parents"].as_array_mut().unwrap().swap(0, 1);
        let turned = read_facts(&turned, row.today).unwrap();
        let said = |facts: &Facts| -> BTreeSet<(String, Span, bool)> {
            let all = rules.look(facts, row.today).flags;
            all.iter().map(|flag| (flag.rule.id.clone(), flag.span, flag.now)).collect()
        };
        assert_eq!(said(&row.facts), said(&turned), "{:?}", row.leaves.keys().collect::<Vec<_>>());
    }
}
