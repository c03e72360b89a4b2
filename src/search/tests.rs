mod duplicates;
mod properties;
mod recall;
pub(super) mod sample;
mod stories;

use super::{Entry, Found, Index, Scratch};
use sample::Child;

pub(super) fn entry(child: &Child) -> Entry<'_> {
    let Child { name, guardian, village, school, id_number, birth, phone, case_no, .. } = child;
    Entry { name, guardian, village, school, id_number, birth: Some(*birth), phone, case_no }
}

fn index(children: &[Child]) -> Index {
    Index::build(children.iter().map(entry))
}

fn find(index: &Index, query: &str) -> Found {
    index.find(query, 10, &mut Scratch::default())
}

fn rows(index: &Index, query: &str) -> Vec<u32> {
    find(index, query).hits.iter().map(|hit| hit.row).collect()
}
