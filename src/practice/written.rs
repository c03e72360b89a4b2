//! A table as it is written: where each of its entries stands. For whoever edits one of them and leaves the rest as it is.

use serde::Deserialize;
use std::ops::Range;
use toml::Spanned;

/// An entry of a table: a rule, a name, an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// As its header has it: `rule`, `name`, `instrument`, `check`.
    pub kind: &'static str,
    pub id: String,
    /// Bytes of the text, from the comments right above its header to the next entry.
    pub at: Range<usize>,
    /// Line of its id, from 1.
    pub line: usize,
    pub off: bool,
}

#[derive(Deserialize)]
struct Table {
    #[serde(default)]
    rule: Vec<Entry>,
    #[serde(default)]
    name: Vec<Entry>,
    #[serde(default)]
    instrument: Vec<Entry>,
    #[serde(default)]
    check: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: Spanned<String>,
    #[serde(default)]
    off: bool,
}

/// The entries of a table in the order in which they stand; none where it cannot be read.
///
/// A line within a longer text that looks like a header is taken for one. What is cut there cannot be read any more, so
/// whoever cuts reads the rest before it is kept.
pub fn blocks(text: &str) -> Vec<Block> {
    let Ok(table) = toml::from_str::<Table>(text) else { return vec![] };
    let kinds = [
        ("rule", table.rule),
        ("name", table.name),
        ("instrument", table.instrument),
        ("check", table.check),
    ];
    let mut blocks: Vec<Block> = kinds
        .into_iter()
        .flat_map(|(kind, entries)| entries.into_iter().map(move |entry| (kind, entry)))
        .filter_map(|(kind, Entry { id, off })| {
            let at = id.span().start.min(text.len());
            let header = header(text, kind, at)?;
            let line = 1 + text[..at].matches('\n').count();
            Some(Block { kind, id: id.into_inner(), at: above(text, header)..text.len(), line, off })
        })
        .collect();
    blocks.sort_by_key(|block| block.at.start);
    for next in (1..blocks.len()).rev() {
        blocks[next - 1].at.end = blocks[next].at.start;
    }
    blocks
}

/// A table without one of its entries.
pub fn without(text: &str, kind: &str, id: &str) -> Option<String> {
    let block = blocks(text).into_iter().find(|block| block.kind == kind && block.id == id)?;
    Some([&text[..block.at.start], &text[block.at.end..]].concat())
}

/// Where the line of the last header of this kind before a place begins.
fn header(text: &str, kind: &str, before: usize) -> Option<usize> {
    let mut end = text.get(..before)?.len();
    while end > 0 {
        let start = text[..end - 1].rfind('\n').map_or(0, |at| at + 1);
        let inside = text[start..end].trim().strip_prefix("[[").and_then(|rest| rest.split("]]").next());
        if inside.is_some_and(|name| name.trim() == kind) {
            return Some(start);
        }
        end = start;
    }
    None
}

/// The comments right above a line belong to what it begins.
fn above(text: &str, mut start: usize) -> usize {
    while start > 0 {
        let line = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
        if !text[line..start].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# The head of the table.\n\n[[name]]\nid = \"far\"\nwhen = \"rural\"\n\n# Of the county.\n[[ rule ]] # ours\nwhen = \"rural\"\nid = \"a\" # first\noff = true\n[[rule]]\nid = \"b\"\n";

    #[test]
    fn an_entry_goes_from_the_comment_above_it_to_the_next() {
        let found = blocks(TABLE);
        let told: Vec<_> = found.iter().map(|one| (one.kind, one.id.as_str(), one.line, one.off)).collect();
        assert_eq!(told, [("name", "far", 4, false), ("rule", "a", 10, true), ("rule", "b", 13, false)]);
        assert_eq!(&TABLE[found[0].at.clone()], "[[name]]\nid = \"far\"\nwhen = \"rural\"\n\n");
        assert_eq!(&TABLE[found[2].at.clone()], "[[rule]]\nid = \"b\"\n");
        let rest = without(TABLE, "rule", "b").unwrap();
        assert!(rest.starts_with("# The head") && rest.ends_with("off = true\n"));
        assert_eq!(without(TABLE, "name", "a"), None);
        assert!(blocks("[[rule]\n").is_empty() && blocks("").is_empty());
    }

    #[test]
    fn every_entry_of_the_programs_own_tables_can_be_lifted_out() {
        for (file, text) in super::super::flags::TABLES {
            let found = blocks(text);
            assert!(!found.is_empty(), "{file}");
            for block in found {
                let rest = without(text, block.kind, &block.id).unwrap();
                assert_eq!(blocks(&rest).len() + 1, blocks(text).len(), "{file} {}", block.id);
            }
        }
    }
}
