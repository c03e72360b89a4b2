//! How alike two children are, and in what.

use super::Profile;
use super::table::Weights;

/// What a precedent and a child have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Like {
    Category(String),
    Circumstance(String),
    Lives(String),
    Age(String),
    Risk(String),
    Sex(String),
}

/// The sum of the weights, and what it is made of, the weightiest first. What is not known is like nothing.
pub fn likeness(one: &Profile, other: &Profile, weights: &Weights) -> (u32, Vec<Like>) {
    let mut found: Vec<(u16, Like)> = vec![];
    let both = |one: &str, other: &str| !one.is_empty() && one == other;
    for code in one.categories.intersection(&other.categories) {
        found.push((weights.category, Like::Category(code.clone())));
    }
    for code in one.circumstances.intersection(&other.circumstances) {
        found.push((weights.circumstance, Like::Circumstance(code.clone())));
    }
    if both(&one.lives, &other.lives) {
        found.push((weights.lives, Like::Lives(one.lives.clone())));
    }
    if both(&one.age, &other.age) {
        found.push((weights.age, Like::Age(one.age.clone())));
    }
    if both(&one.risk, &other.risk) {
        found.push((weights.risk, Like::Risk(one.risk.clone())));
    }
    if both(&one.sex, &other.sex) {
        found.push((weights.sex, Like::Sex(one.sex.clone())));
    }
    found.retain(|(weight, _)| *weight > 0);
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let sum = found.iter().map(|(weight, _)| u32::from(*weight)).sum();
    (sum, found.into_iter().map(|(_, like)| like).collect())
}
