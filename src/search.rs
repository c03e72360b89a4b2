//! (placeholder: finds by parts of names)
use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Guardian,
    Village,
    School,
    IdNumber,
    Birth,
    Phone,
    CaseNo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Exact,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub field: Field,
    pub how: How,
    pub marks: Vec<Range<u16>>,
}

#[derive(Clone, Copy, Default)]
pub struct Entry<'a> {
    pub name: &'a str,
    pub guardian: &'a str,
    pub village: &'a str,
    pub school: &'a str,
    pub id_number: &'a str,
    pub birth: Option<chrono::NaiveDate>,
    pub phone: &'a str,
    pub case_no: &'a str,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub hits: Vec<Hit>,
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub row: u32,
    pub cost: u16,
    pub reasons: Vec<Reason>,
}

#[derive(Default)]
pub struct Scratch;

#[derive(Default)]
pub struct Index(Vec<String>);

impl Index {
    pub fn build<'a>(entries: impl Iterator<Item = Entry<'a>>) -> Self {
        Self(entries.map(|e| e.name.to_owned()).collect())
    }
    pub fn upsert(&mut self, row: u32, entry: &Entry<'_>) {
        self.0.resize(self.0.len().max(row as usize + 1), String::new());
        self.0[row as usize] = entry.name.to_owned();
    }
    pub fn needs_rebuild(&self) -> bool {
        false
    }
    pub fn remove(&mut self, row: u32) {
        self.0[row as usize].clear();
    }
    pub fn find(&self, query: &str, limit: usize, _: &mut Scratch) -> Found {
        let hits = self.0.iter().enumerate().filter(|(_, n)| !query.is_empty() && n.contains(query));
        let hits: Vec<Hit> =
            hits.map(|(row, _)| Hit { row: row as u32, cost: 0, reasons: vec![] }).take(limit).collect();
        Found { hits, more: false }
    }
}

pub fn pinyin_key(text: &str) -> String {
    text.to_owned()
}

pub mod duplicates {
    use chrono::NaiveDate;
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Verdict {
        SameChild { strong: bool },
        SameFamily,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Evidence {
        SameName,
    }
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Candidate<'a> {
        pub name: &'a str,
        pub sex: Option<Sex>,
        pub birth: Option<NaiveDate>,
        pub guardian: &'a str,
        pub village: &'a str,
        pub phone: &'a str,
        pub id_number: &'a str,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Sex {
        Female,
        Male,
    }
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Likely {
        pub row: u32,
        pub verdict: Verdict,
        pub score: i32,
        pub evidence: Vec<Evidence>,
    }
    #[derive(Default)]
    pub struct Blocks;
    impl Blocks {
        pub fn build<'a>(_: impl Iterator<Item = Candidate<'a>>) -> Blocks {
            Blocks
        }
        pub fn upsert(&mut self, _: u32, _: &Candidate) {}
        pub fn remove(&mut self, _: u32) {}
        pub fn likely<'r>(
            &self,
            _: &Candidate,
            _: impl Fn(u32) -> Option<Candidate<'r>>,
            _: usize,
        ) -> Vec<Likely> {
            vec![]
        }
    }
}
