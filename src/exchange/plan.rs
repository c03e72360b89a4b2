//! The dry run: every row read, checked and compared with the others and with the files that are there.

use super::cell;
use super::map::Columns;
use super::read::{SheetRow, Trouble};
use crate::domain::check::{self, Fault};
use crate::domain::forms::child;
use crate::domain::{Choices, FieldId, FieldKind, Fields, FormSpec, Row, WorkerId};
use crate::wording;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet, hash_map::DefaultHasher};
use std::hash::{Hash, Hasher};

/// Faults kept to be shown; the others are counted.
pub const MOST_FAULTS: usize = 500;
/// Characters of a cell that a fault shows.
const SHOWN: usize = 40;
/// Line breaks that a cell of one line may hold: people break addresses; more comes from a quote that is not closed.
const BREAKS: usize = 2;
/// What people write into a cell to say that there is nothing.
const NOTHING: &[&str] = &["-", "--", "/", "\\", "—", "——", "无", "暂无", "N/A", "n/a"];

/// What is wrong with a row or one of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Ragged {
        expected: usize,
        found: usize,
    },
    Cell(Trouble),
    /// A spreadsheet would run it.
    Formula,
    /// A number that a spreadsheet has rounded: 9.9E+17.
    Rounded,
    /// Many lines where one belongs.
    Lines,
    Field(FieldId, Fault),
    /// The ID number of an earlier row.
    SameId {
        line: u64,
    },
    /// Name, birth date and guardian of an earlier row.
    SamePerson {
        line: u64,
    },
    /// The ID number of an earlier row, whose name and guardian are others: one of the numbers is wrong. On file if 0.
    SharedId {
        line: u64,
    },
    /// The ID number of a child on file.
    KnownId,
    /// Name and birth date of a child on file, where not both have an ID number.
    KnownPerson,
}

impl Problem {
    /// The same for all problems that are mended in the same way.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Ragged { .. } => "ragged",
            Problem::Cell(Trouble::Encoding { .. }) => "encoding",
            Problem::Cell(Trouble::TooLong) => "too-long",
            Problem::Cell(Trouble::Control) => "control",
            Problem::Formula => "formula",
            Problem::Rounded => "rounded",
            Problem::Lines => "lines",
            Problem::Field(_, fault) => fault.code(),
            Problem::SameId { .. } => "same-id",
            Problem::SharedId { line: 0 } => "shared-id-known",
            Problem::SharedId { .. } => "shared-id",
            Problem::SamePerson { .. } => "same-person",
            Problem::KnownId => "known-id",
            Problem::KnownPerson => "known-person",
        }
    }

    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Problem::SameId { .. } | Problem::SamePerson { .. } | Problem::KnownId | Problem::KnownPerson
        )
    }
}

/// A problem and where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct RowFault {
    pub line: u64,
    /// From 1; 0 for the whole row.
    pub column: usize,
    pub header: String,
    /// The beginning of the cell, fit to be shown.
    pub value: String,
    pub problem: Problem,
    /// The row cannot be imported like this; else it is only worth a look.
    pub grave: bool,
}

impl std::fmt::Debug for RowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: {:?}", self.line, self.column, self.problem)
    }
}

/// What to do with rows that cannot be saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bad {
    /// Import nothing.
    #[default]
    Refuse,
    /// Leave them out, and write them to a file.
    Skip,
}

/// What to do with rows about children who are there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    #[default]
    Refuse,
    Skip,
    /// Open a second file all the same.
    Keep,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub bad: Bad,
    pub duplicates: Duplicates,
}

/// What an import would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Rows that are not empty.
    pub rows: usize,
    /// Rows that cannot be saved as they are.
    pub bad: usize,
    /// Rows that could be saved but are about a child who is there already.
    pub duplicates: usize,
    /// The first [`MOST_FAULTS`], in the order of the file.
    pub faults: Vec<RowFault>,
    /// How many in all, by column (from 1; 0: whole row) and [`Problem::code`].
    pub tally: BTreeMap<(usize, &'static str), usize>,
    pub(super) bad_lines: HashSet<u64>,
    pub(super) duplicate_lines: HashMap<u64, Problem>,
    pub(super) checksum: u32,
}

/// The numbers of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub rows: usize,
    pub bad: usize,
    pub duplicates: usize,
}

impl Counts {
    /// Rows that would be imported.
    pub fn sound(&self, options: Options) -> usize {
        let left_out = if options.duplicates == Duplicates::Keep { 0 } else { self.duplicates };
        self.rows - self.bad - left_out
    }

    /// Whether nothing stands against the import.
    pub fn allowed(&self, options: Options) -> bool {
        (self.bad == 0 || options.bad == Bad::Skip)
            && (self.duplicates == 0 || options.duplicates != Duplicates::Refuse)
            && self.sound(options) > 0
    }
}

impl Plan {
    pub fn counts(&self) -> Counts {
        Counts { rows: self.rows, bad: self.bad, duplicates: self.duplicates }
    }

    /// [`Counts::sound`]
    pub fn sound(&self, options: Options) -> usize {
        self.counts().sound(options)
    }

    /// [`Counts::allowed`]
    pub fn allowed(&self, options: Options) -> bool {
        self.counts().allowed(options)
    }

    /// Whether a row is left out.
    pub(super) fn skips(&self, line: u64, options: Options) -> bool {
        self.bad_lines.contains(&line)
            || (options.duplicates != Duplicates::Keep && self.duplicate_lines.contains_key(&line))
    }

    pub(super) fn add(&mut self, checker: &Checker, row: &SheetRow, known: &mut Known) {
        self.rows += 1;
        let (fields, faults) = checker.read(row);
        if faults.iter().any(|fault| fault.grave) {
            self.bad += 1;
            self.bad_lines.insert(row.line);
        } else if let Some(problem) = known.meet(row.line, &fields) {
            if problem.is_duplicate() {
                self.duplicates += 1;
                self.duplicate_lines.insert(row.line, problem.clone());
            }
            self.note(checker.met(row, problem));
        }
        for fault in faults {
            self.note(fault);
        }
    }

    fn note(&mut self, fault: RowFault) {
        *self.tally.entry((fault.column, fault.problem.code())).or_default() += 1;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// Rows to fields, with everything that is wrong.
pub(super) struct Checker<'a> {
    pub(super) form: &'a FormSpec,
    pub(super) headers: &'a [String],
    pub(super) columns: &'a Columns,
    pub(super) staff: &'a [(String, WorkerId)],
    pub(super) today: NaiveDate,
}

impl Checker<'_> {
    pub(super) fn read(&self, row: &SheetRow) -> (Fields, Vec<RowFault>) {
        let mut fields = Fields::default();
        let mut faults = vec![];
        let beyond = row.cells.iter().skip(self.headers.len());
        if row.count < self.headers.len()
            || row.count > row.cells.len()
            || beyond.into_iter().any(|cell| cell.trouble.is_some() || !cell::clean(&cell.raw).is_empty())
        {
            let problem = Problem::Ragged { expected: self.headers.len(), found: row.count };
            faults.push(self.fault(row, None, problem, true));
            return (fields, faults);
        }
        for (at, id) in self.columns.iter().enumerate() {
            let Some(spec) = id.as_ref().and_then(|id| self.form.field(id)) else { continue };
            let Some(cell) = row.cells.get(at) else { continue };
            if let Some(trouble) = &cell.trouble {
                faults.push(self.fault(row, Some(at), Problem::Cell(trouble.clone()), true));
                continue;
            }
            let text = cell::clean(&cell.raw);
            match self.value(spec, &text) {
                Ok(value) => fields.set(spec.id.clone(), value),
                Err(problem) => faults.push(self.fault(row, Some(at), problem, true)),
            }
        }
        check::fill(&mut fields);
        for found in check::check(self.form, &fields, self.today) {
            let at = self.columns.iter().position(|id| id.as_ref() == Some(&found.field));
            // A cell that could not be read is not also missing.
            if found.fault == Fault::Required && faults.iter().any(|fault| at == fault.column.checked_sub(1))
            {
                continue;
            }
            faults.push(self.fault(row, at, Problem::Field(found.field, found.fault), found.grave));
        }
        (fields, faults)
    }

    fn value(
        &self,
        spec: &crate::domain::FieldSpec,
        text: &str,
    ) -> Result<Option<crate::domain::Value>, Problem> {
        let line = !matches!(spec.kind, FieldKind::Notes(_));
        if line && spec.kind != FieldKind::Yes && NOTHING.contains(&text) {
            return Ok(None);
        }
        if line && text.matches(['\n', '\r']).count() > BREAKS {
            return Err(Problem::Lines);
        }
        let mut text = text;
        match spec.kind {
            FieldKind::Line(_) if cell::formula(text) => return Err(Problem::Formula),
            FieldKind::ResidentId | FieldKind::Phone if rounded(text) => return Err(Problem::Rounded),
            // Spreadsheets add midnight to a date.
            FieldKind::Date(_) => {
                text = text
                    .split_once([' ', 'T'])
                    .filter(|(_, time)| time.contains(':'))
                    .map_or(text, |(day, _)| day);
            }
            _ => {}
        }
        let choice = |choices: &Choices, word: &str| match choices.list.as_ref() {
            "worker" => self.staff.iter().find(|(name, _)| name == word).map(|(_, id)| id.0.to_string()),
            _ => wording::choice_code(choices, word),
        };
        check::parse(spec, text, self.today, &choice).map_err(|fault| Problem::Field(spec.id.clone(), fault))
    }

    /// Somebody who is there already, or seems to be.
    pub(super) fn met(&self, row: &SheetRow, problem: Problem) -> RowFault {
        let field = match problem {
            Problem::SameId { .. } | Problem::SharedId { .. } | Problem::KnownId => child::ID_NUMBER,
            _ => child::NAME,
        };
        let at = self.columns.iter().position(|id| id.as_ref() == Some(&field));
        let grave = problem.is_duplicate();
        self.fault(row, at, problem, grave)
    }

    fn fault(&self, row: &SheetRow, at: Option<usize>, problem: Problem, grave: bool) -> RowFault {
        let cell = at.and_then(|at| row.cells.get(at));
        RowFault {
            line: row.line,
            column: at.map_or(0, |at| at + 1),
            header: at
                .and_then(|at| self.headers.get(at))
                .map(|header| cell::shown(header, SHOWN))
                .unwrap_or_default(),
            value: cell.map(|cell| cell::shown(&cell.raw, SHOWN)).unwrap_or_default(),
            problem,
            grave,
        }
    }
}

/// `9.91403E+17`
fn rounded(text: &str) -> bool {
    let Some((front, power)) = text.split_once(['e', 'E']) else { return false };
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits(front) && digits(power.trim_start_matches('+'))
}

/// Who is there already: hashes only, some 50 bytes a child.
#[derive(Default)]
pub(super) struct Known {
    /// ID number -> line (on file: 0), name and guardian.
    ids: HashMap<u64, (u64, u64, u64)>,
    /// Name and birth date of everybody on file, and of those without an ID number.
    people: HashSet<u64>,
    without_id: HashSet<u64>,
    /// Name, birth date and guardian -> line, and whether that row has an ID number.
    rows_by_person: HashMap<u64, (u64, bool)>,
}

impl Known {
    pub(super) fn file(&mut self, row: &Row) {
        if !row.id_number.is_empty() {
            self.ids.insert(
                hash(row.id_number.as_str()),
                (0, hash(row.name.as_str()), hash(row.guardian.as_str())),
            );
        }
        let Some(birth) = row.birth else { return };
        let person = hash(&(row.name.as_str(), birth));
        self.people.insert(person);
        if row.id_number.is_empty() {
            self.without_id.insert(person);
        }
    }

    /// Whether a child is there already; if not, it is from now on.
    ///
    /// Two children with different sound ID numbers are different children, whatever else is the same. One number
    /// under two names and two guardians is a number copied wrongly: both children are kept, and somebody is told.
    fn meet(&mut self, line: u64, fields: &Fields) -> Option<Problem> {
        let id = Some(fields.text(&child::ID_NUMBER)).filter(|id| !id.is_empty()).map(hash);
        let name = fields.text(&child::NAME);
        let guardian = fields.text(&child::GUARDIAN);
        if let Some(id) = id {
            let this = (line, hash(name), hash(guardian));
            if let Some(other) = self.ids.get(&id) {
                return Some(match other.0 {
                    line if other.1 != this.1 && other.2 != this.2 => Problem::SharedId { line },
                    0 => Problem::KnownId,
                    line => Problem::SameId { line },
                });
            }
            self.ids.insert(id, this);
        }
        let birth = fields.date(&child::BIRTH)?;
        let person = hash(&(name, birth));
        let alike = if id.is_some() { &self.without_id } else { &self.people };
        if alike.contains(&person) {
            return Some(Problem::KnownPerson);
        }
        let family = hash(&(name, birth, guardian));
        match self.rows_by_person.get(&family) {
            Some((line, had_id)) if !(*had_id && id.is_some()) => Some(Problem::SamePerson { line: *line }),
            Some(_) => None,
            None => {
                self.rows_by_person.insert(family, (line, id.is_some()));
                None
            }
        }
    }
}

fn hash<T: Hash + ?Sized>(what: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}
