use super::*;
use crate::search::sentences::{Words, pairs};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Blocks in memory.
#[derive(Clone, Default)]
struct Kept(Vec<u8>);

impl Sink for Kept {
    fn block(&mut self, plain: &[u8]) -> Result<Block> {
        let at = self.0.len() as u32;
        self.0.extend_from_slice(plain);
        Ok(Block { at, len: plain.len() as u32 })
    }
}

impl Source for Kept {
    fn block(&self, block: Block) -> Result<Vec<u8>> {
        let (at, len) = (block.at as usize, block.len as usize);
        self.0.get(at..at + len).map(<[u8]>::to_vec).ok_or(Fault::Damaged)
    }
}

fn doc(id: u8, day: i32, again: bool) -> Doc {
    Doc { day, place: 1, owner: [id % 3; 16], id: [id; 16], again, bare: false }
}

fn table(texts: &[(Doc, String)]) -> Table<Kept> {
    let mut builder = Builder::default();
    for (doc, text) in texts {
        let mut all = vec![];
        pairs(text, &mut all);
        builder.add(*doc, &mut all);
    }
    let mut kept = Kept::default();
    let root = builder.write(&mut kept).unwrap();
    Table::open(kept, &root).unwrap()
}

/// Ids of the texts with a pair, in the order of the table.
fn ids(table: &Table<Kept>, typed: &str) -> Vec<u8> {
    let mut reader = table.doc_reader();
    let numbers = table.having(&Words::of(typed).wanted()).unwrap();
    numbers.iter().map(|number| reader.get(*number).unwrap().id[0]).collect()
}

#[test]
fn the_newest_text_comes_first() {
    let texts = [
        (doc(1, 10, false), "奶奶来了".to_owned()),
        (doc(2, i32::MIN, false), "奶奶走了".to_owned()),
        (doc(3, 30, false), "见到奶奶".to_owned()),
        (doc(4, 40, false), "爷爷".to_owned()),
    ];
    let table = table(&texts);
    assert_eq!(ids(&table, "奶奶"), [3, 1, 2]);
    assert_eq!(ids(&table, "走"), [2]);
    assert_eq!(ids(&table, "爷"), [4]);
    assert_eq!(ids(&table, "姥姥"), [0; 0]);
}

#[test]
fn a_word_that_stands_in_every_text_goes_over_many_blocks() {
    let texts: Vec<_> = (0..20_000u32)
        .map(|n| {
            let id = *uuid::Uuid::from_u128(u128::from(n)).as_bytes();
            let doc = Doc { day: 0, place: 0, owner: [0; 16], id, again: false, bare: false };
            (doc, format!("奶奶 {n}"))
        })
        .collect();
    let table = table(&texts);
    let all: Vec<u32> = (0..20_000).collect();
    assert_eq!(table.having(&Words::of("奶奶").wanted()).unwrap(), all);
    assert_eq!(table.having(&Words::of("奶").wanted()).unwrap(), all);
    let few = table.having(&Words::of("奶奶 12345").wanted()).unwrap();
    assert!(few.contains(&12345) && few.len() <= 8, "{few:?}");
    let again = merge(&[&table], true, &mut Kept::default()).unwrap();
    let mut kept = Kept::default();
    assert_eq!(merge(&[&table], true, &mut kept).unwrap(), again);
    assert_eq!(kept.0, table.source.0);
}

#[test]
fn what_is_cut_or_changed_is_an_error_and_no_panic() {
    let one = table(&[(doc(1, 1, false), "奶奶来了".into())]);
    let mut kept = Kept::default();
    let root = merge(&[&one], true, &mut kept).unwrap();
    for len in 0..root.len() {
        assert!(Table::open(kept.clone(), &root[..len]).is_err(), "{len}");
    }
    for at in 0..kept.0.len() {
        for change in [1, 0x80, 0xff] {
            let mut kept = kept.clone();
            kept.0[at] ^= change;
            let table = Table::open(kept, &root).unwrap();
            let _ = table.having(&Words::of("奶奶").wanted());
            let _ = merge(&[&table], true, &mut Kept::default());
        }
    }
}

/// A text in three days' words; few characters, so that many coincide.
fn text() -> impl Strategy<Value = String> {
    "[奶爷来。a ]{0,8}"
}

proptest! {
    /// Versions of texts, one table after the other as they were saved: merged or not, in any grouping, a text is
    /// found by what it is now and comes at its day.
    #[test]
    fn tables_merged_answer_as_one(
        saves in prop::collection::vec(prop::collection::vec((0u8..12, 0i32..5, text()), 1..6), 1..6),
        typed in "[奶爷来a]{1,2}( [奶爷来a]{1,2})?",
    ) {
        let mut now: BTreeMap<u8, (Doc, String)> = BTreeMap::new();
        let mut tables = vec![];
        for save in &saves {
            let mut these = BTreeMap::new();
            for (id, day, text) in save {
                these.insert(*id, (doc(*id, *day, now.contains_key(id)), text.clone()));
            }
            now.extend(these.clone());
            tables.push(table(&these.into_values().collect::<Vec<_>>()));
        }
        let mut kept = Kept::default();
        let all: Vec<_> = tables.iter().collect();
        let root = merge(&all, true, &mut kept).unwrap();
        let merged = Table::open(kept, &root).unwrap();
        let mut first = Kept::default();
        let root = merge(&all[..all.len() / 2], true, &mut first).unwrap();
        let first = Table::open(first, &root).unwrap();
        let mut later = Kept::default();
        let root = merge(&all[all.len() / 2..], false, &mut later).unwrap();
        let later = Table::open(later, &root).unwrap();
        let mut both = Kept::default();
        let root = merge(&[&first, &later], true, &mut both).unwrap();
        prop_assert_eq!(&both.0, &merged.source.0);
        prop_assert_eq!(Table::open(both, &root).unwrap().again(), 0);

        let words = Words::of(&typed);
        let mut sought: Vec<&Doc> =
            now.values().filter(|(_, text)| !words.sentences(text).is_empty()).map(|(doc, _)| doc).collect();
        sought.sort_by_key(|doc| doc.order());
        let found = ids(&merged, &typed);
        let good: Vec<u8> =
            found.into_iter().filter(|id| !words.sentences(&now[id].1).is_empty()).collect();
        prop_assert_eq!(good, sought.iter().map(|doc| doc.id[0]).collect::<Vec<_>>());
    }
}
