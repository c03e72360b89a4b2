//! Free text across files: notes, visits and histories.

use super::Files;
use crate::domain::forms::{case, child, contact, note};
use crate::domain::{ChildId, FieldId, Record, RecordKind};
use crate::office::{NoteHit, Refusal, Watch, keep};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Sentences of one answer at most.
const MOST: usize = 200;
/// Characters of a sentence shown; longer ones are cut around the match.
const WIDTH: usize = 120;

impl Files {
    /// Looks through what was written, kind by kind, until there are enough sentences. All words typed must stand
    /// in one sentence.
    pub(super) fn search_notes(
        &self,
        text: &str,
        limit: usize,
        watch: &dyn Watch,
    ) -> Result<Vec<NoteHit>, Refusal> {
        let terms: Vec<Vec<char>> =
            text.split_whitespace().map(folded).filter(|term| !term.is_empty()).collect();
        let limit = limit.min(MOST);
        if terms.is_empty() || limit == 0 {
            return Ok(vec![]);
        }
        let mut found: Vec<(ChildId, Option<chrono::NaiveDate>, String, Vec<usize>)> = vec![];
        let mut seen = 0;
        let (mut stopped, mut fault) = (false, None);
        for (kind, date, fields) in PLACES {
            self.store.scan(*kind as u8, None, &mut |_, bytes| {
                seen += 1;
                if seen % 256 == 0 && !watch.progress(seen, None) {
                    stopped = true;
                    return ControlFlow::Break(());
                }
                let record: Record = match keep::decode(&bytes) {
                    Ok(record) => record,
                    Err(refusal) => {
                        fault = Some(refusal);
                        return ControlFlow::Break(());
                    }
                };
                let on = date.as_ref().and_then(|date| record.fields.date(date));
                for field in *fields {
                    for (sentence, marks) in sentences(record.fields.text(field), &terms) {
                        found.push((ChildId(record.at.owner), on, sentence, marks));
                    }
                }
                if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            if stopped {
                return Err(Refusal::Stopped);
            }
            if let Some(fault) = fault {
                return Err(fault);
            }
            if found.len() >= limit {
                break;
            }
        }
        let roster = self.roster();
        let mut rows = HashMap::new();
        let hits = found.into_iter().filter_map(|(child, on, sentence, marks)| {
            let row = rows.entry(child).or_insert_with(|| roster.of_child(child).map(|view| view.to_row()));
            Some(NoteHit { row: row.clone()?, on, sentence, marks })
        });
        let mut hits: Vec<NoteHit> = hits.take(limit).collect();
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.on));
        Ok(hits)
    }
}

/// Where free text stands: kind, its date, its fields. Nearest to the work first.
const PLACES: &[(RecordKind, Option<FieldId>, &[FieldId])] = &[
    (RecordKind::Note, Some(note::ON), &[note::TITLE, note::TEXT]),
    (
        RecordKind::Contact,
        Some(contact::ON),
        &[contact::SEEN, contact::CONCERN_TEXT, contact::AGREED, contact::REASON],
    ),
    (RecordKind::Case, Some(case::OPENED), &[case::REASON, case::ASSESSMENT, case::PLAN, case::REVIEW]),
    (RecordKind::Child, None, &[child::HEALTH, child::REMARKS]),
];

/// The sentences of a text that hold all terms, with the characters to highlight.
fn sentences(text: &str, terms: &[Vec<char>]) -> Vec<(String, Vec<usize>)> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | ';');
    let mut all = vec![];
    for sentence in text.split_inclusive(ends) {
        let sentence = sentence.trim();
        let chars: Vec<char> = sentence.chars().collect();
        let plain: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
        let mut marks = vec![];
        let holds = |term: &Vec<char>| {
            let at: Vec<usize> = (0..plain.len()).filter(|at| plain[*at..].starts_with(term)).collect();
            marks.extend(at.iter().flat_map(|at| *at..at + term.len()));
            !at.is_empty()
        };
        if terms.iter().all(holds) {
            marks.sort_unstable();
            marks.dedup();
            all.push(cut(&chars, marks));
        }
    }
    all
}

/// A long sentence, cut around its first match.
fn cut(chars: &[char], marks: Vec<usize>) -> (String, Vec<usize>) {
    let first = marks.first().copied().unwrap_or(0);
    let from =
        if chars.len() <= WIDTH { 0 } else { first.saturating_sub(WIDTH / 4).min(chars.len() - WIDTH) };
    let to = (from + WIDTH).min(chars.len());
    let marks = marks.into_iter().filter(|at| (from..to).contains(at)).map(|at| at - from).collect();
    (chars[from..to].iter().collect(), marks)
}

fn folded(term: &str) -> Vec<char> {
    term.chars().map(fold).collect()
}

/// One character for one character, so that positions stay.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => fold(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_that_holds_all_words_is_shown_with_its_marks() {
        let terms = [folded("奶奶"), folded("Ｓｍｉｔｈ")];
        let text = "今天见到奶奶。奶奶说smith老师来过！奶奶身体好。";
        assert_eq!(
            sentences(text, &terms),
            [("奶奶说smith老师来过！".to_owned(), vec![0, 1, 3, 4, 5, 6, 7])]
        );
    }

    #[test]
    fn a_page_without_a_full_stop_is_cut_around_the_word() {
        let text = format!("{}关键{}", "前".repeat(20_000), "后".repeat(500));
        let found = sentences(&text, &[folded("关键")]);
        let (sentence, marks) = &found[0];
        assert_eq!(sentence.chars().count(), WIDTH);
        let marked: String = marks.iter().filter_map(|at| sentence.chars().nth(*at)).collect();
        assert_eq!(marked, "关键");
    }
}
