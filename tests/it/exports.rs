//! What goes out: its numbers are those of the lists, it is noted, it is over nothing, and the discreet variant says
//! neither who nor why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use tempfile::TempDir;
use tonghu::domain::forms::{CATEGORIES, RISKS, child};
use tonghu::domain::row::Status;
use tonghu::domain::{Fields, RecordKind, RecordRef};
use tonghu::exchange::demo::{self, STAFF};
use tonghu::exchange::export::{Desk as Export, ExportFault};
use tonghu::exchange::{ExportAsk, Format};
use tonghu::i18n::{Lang, catalogue};
use tonghu::office::{
    self, AgendaLine, Answer, AuditQuery, CasePage, Cases, Desk, Door, Filter, Me, Office, Refusal, Request,
    Save, SaveRecord, Scope, Sort, Tables, Unwatched, Verb, Watch, invented,
};
use tonghu::platform::clock::StillClock;
use uuid::Uuid;

use crate::station::{Home, fed};

mod lists;
mod screens;
mod shell;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// A station of invented children, and a folder to write to.
struct Station {
    _dir: TempDir,
    out: TempDir,
    desk: Arc<Desk>,
}

impl Station {
    fn new() -> Station {
        Station::of(300)
    }

    fn of(children: usize) -> Station {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(StillClock::at(today().and_hms_opt(9, 0, 0).unwrap()));
        let files = |workers: &[tonghu::domain::WorkerId]| demo::files(11, children, today(), workers);
        let door = Door::new(dir.path().to_owned(), clock);
        let desk = invented(&door, demo::station(), STAFF, files).unwrap();
        Station { _dir: dir, out: tempfile::tempdir().unwrap(), desk }
    }

    fn tables(&self) -> Tables {
        match self.desk.ask(Request::Tables).unwrap() {
            Answer::Tables(tables) => *tables,
            other => panic!("{other:?}"),
        }
    }

    fn cases(&self, filter: Filter) -> CasePage {
        let cases = Cases { sort: Sort::Name, filter, from: 0, count: 1_000 };
        match self.desk.ask(Request::Cases(cases)).unwrap() {
            Answer::Cases(page) => page,
            other => panic!("{other:?}"),
        }
    }

    fn write(&self, lang: Lang, what: office::Export, format: Format, discreet: bool) -> Vec<PathBuf> {
        let stamp = today().and_hms_opt(1, 0, 0).unwrap();
        let export = Export { office: &*self.desk, today: today(), stamp, cat: catalogue(lang) };
        let ask = ExportAsk { what, format, discreet, to: self.out.path().to_owned() };
        export.export(&ask, &Unwatched).unwrap().files
    }

    fn text(&self, lang: Lang, what: office::Export, format: Format, discreet: bool) -> String {
        self.write(lang, what, format, discreet).iter().map(|path| text_of(path)).collect()
    }
}

/// What stands in a file, unpacked.
fn text_of(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    match path.extension().unwrap().to_str().unwrap() {
        "xlsx" => parts(&bytes).into_iter().map(|(_, text)| text).collect(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let files = zip.len();
    let read = |at| {
        let mut file = zip.by_index(at).unwrap();
        let (mut text, name) = (String::new(), file.name().unwrap().into_owned());
        file.read_to_string(&mut text).unwrap();
        (name, text)
    };
    (0..files).map(read).collect()
}

type Rows = Vec<Vec<String>>;

/// The cells of each sheet, heads and notes included; a number as it is written there.
fn sheets(path: &Path) -> Vec<Rows> {
    let parts = parts(&fs::read(path).unwrap());
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    let between = |text: &str, from: &str, to: &str| -> Vec<String> {
        text.split(from).skip(1).map(|rest| rest.split(to).next().unwrap().to_owned()).collect()
    };
    let strings: Vec<String> = between(part("xl/sharedStrings.xml").unwrap(), "<si>", "</si>")
        .iter()
        .map(|one| plain(one.split_once('>').unwrap().1.trim_end_matches("</t>")))
        .collect();
    let cell = |cell: &String| {
        let value = between(cell, "<v>", "</v>").pop().unwrap_or_default();
        match cell.split('>').next().unwrap().contains("t=\"s\"") {
            true => strings[value.parse::<usize>().unwrap()].clone(),
            false => value,
        }
    };
    let sheet = |text: &str| {
        between(text, "<row ", "</row>")
            .iter()
            .map(|row| between(row, "<c ", "</c>").iter().map(cell).collect())
            .collect()
    };
    (1..).map_while(|n| part(&format!("xl/worksheets/sheet{n}.xml"))).map(sheet).collect()
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&apos;", "'").replace("&amp;", "&")
}

/// The cells of each table of a page.
fn tables_of(page: &str) -> Vec<Rows> {
    let cells = |row: &str| {
        let cells = row.split("<td").skip(1);
        cells.map(|cell| plain(cell.split_once('>').unwrap().1.split("</td>").next().unwrap())).collect()
    };
    let rows = |table: &str| table.split("<tr").skip(2).map(cells).collect();
    page.split("<table>").skip(1).map(|table| rows(table.split("</table>").next().unwrap())).collect()
}

#[test]
fn every_table_has_the_same_numbers_in_every_format_and_totals_that_are_sums() {
    let station = Station::new();
    for (lang, discreet) in [(Lang::Zh, false), (Lang::En, false), (Lang::Zh, true)] {
        let write = |format| station.write(lang, office::Export::Programme, format, discreet);
        let page = tables_of(&text_of(&write(Format::Html)[0]));
        assert_eq!(page.len(), if discreet { 7 } else { 8 });
        let sheets = sheets(&write(Format::Xlsx)[0]);
        let csv: Vec<Rows> = write(Format::Csv)
            .iter()
            .map(|path| {
                let text = text_of(path);
                let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
            })
            .collect();
        assert_eq!((sheets.len(), csv.len()), (page.len(), page.len()));
        for ((rows, sheet), csv) in page.iter().zip(&sheets).zip(&csv) {
            assert_eq!(rows, csv);
            // A sheet has its title, what it is about and its heads above, and no cell where there is nothing.
            let full = |rows: &[Vec<String>]| -> Rows {
                rows.iter().map(|row| row.iter().filter(|cell| !cell.is_empty()).cloned().collect()).collect()
            };
            assert_eq!(full(rows), full(&sheet[sheet.len() - rows.len()..]));
        }
        let total = catalogue(lang).t("export-total");
        let mut summed = 0;
        for rows in &page {
            let Some((last, rows)) = rows.split_last().filter(|(last, _)| last[0].starts_with(&*total))
            else {
                continue;
            };
            for (at, sum) in last.iter().enumerate().skip(1) {
                let column = rows.iter().map(|row| row[at].parse::<i64>().unwrap());
                assert_eq!(column.sum::<i64>().to_string(), *sum, "{:?} {at}", last);
                summed += 1;
            }
        }
        assert!(summed > 20, "{summed}");
    }
}

#[test]
fn a_file_holds_all_that_was_written_in_the_order_of_the_work() {
    let station = Station::new();
    let rows = station.cases(Filter::default()).rows;
    let row = rows.iter().max_by_key(|row| row.due.len()).unwrap();
    let Answer::File(file) = station.desk.ask(Request::File(row.child)).unwrap() else { panic!() };
    for lang in Lang::ALL {
        let page = station.text(lang, office::Export::Child(row.child), Format::Html, false);
        let whole = plain(&page);
        let cat = catalogue(lang);
        let heads = ["export-summary", "form-child", "form-household", "form-member", "form-case"];
        let heads = heads.iter().chain(&["form-follow-up", "form-contact", "export-history"]);
        let mut last = 0;
        for head in heads {
            let at = page.find(&format!("<h2>{}</h2>", cat.t(head))).unwrap_or_else(|| panic!("{head}"));
            assert!(at > last, "{head}");
            last = at;
        }
        let records = [&file.members, &file.cases, &file.contacts, &file.follow_ups, &file.notes];
        let mut seen = 0;
        for record in records.into_iter().flatten().chain([&file.child]) {
            for value in record.fields.0.values() {
                let text = match value {
                    tonghu::domain::Value::Text(text) => text.clone(),
                    tonghu::domain::Value::Date(date) => date.to_string(),
                    tonghu::domain::Value::Number(number) => number.to_string(),
                    _ => continue,
                };
                let of_rule = record.fields.text(&tonghu::domain::forms::follow_up::RULE) == text;
                assert!(of_rule || whole.contains(&text), "{text}");
                seen += 1;
            }
        }
        assert!(seen > 30, "{seen}");
        for key in ["field-", "choice-", "form-", "export-", "col-", "section-", "value-"] {
            assert!(!page.contains(&format!(">{key}")), "{key}");
        }
    }
}

/// Every text that says who somebody is, where, or why there is a file.
fn telling(station: &Station, lang: Lang) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for row in station.cases(Filter::default()).rows {
        words.extend([row.name, row.guardian, row.village, row.school, row.phone, row.id_number]);
    }
    let cat = catalogue(lang);
    let of = |list: &str, codes: &[&str]| -> Vec<String> {
        codes.iter().map(|code| cat.t(&format!("choice-{list}-{code}")).into_owned()).collect()
    };
    words.extend(of("category", CATEGORIES));
    words.extend(of("circumstance", &["prison", "detoxification", "dead", "out-of-contact"]));
    words.extend(RISKS.iter().map(|risk| cat.t(&format!("risk-{risk}")).into_owned()));
    words.extend(STAFF.iter().map(|(name, _)| (*name).to_owned()));
    words.extend((0..9).map(|n| format!("{PLANTED}{n}")));
    words.extend(["监狱", "服刑", "戒毒", "禾溪"].map(str::to_owned));
    words.remove("");
    words
}

/// A beginning that nothing else has.
const PLANTED: &str = "丢了的风筝";

/// Something in each part of a file that is there because of what is written in it.
fn plant(station: &Station, child: tonghu::domain::ChildId) {
    use tonghu::domain::forms::{contact, finding, follow_up, note, referral, session};
    let text = |n: usize| format!("{PLANTED}{n}");
    let choice = |code: &str| tonghu::domain::Value::Choice(code.into());
    let yesterday = today().pred_opt().unwrap();
    let number = tonghu::domain::Value::Number(30);
    let fields = Fields::default;
    let records = [
        (RecordKind::Finding, fields().with(finding::FOUND, yesterday).with(finding::SEEN, &*text(0))),
        (
            RecordKind::Referral,
            fields().with(referral::TO, choice("justice")).with(referral::WHAT, &*text(1)),
        ),
        (
            RecordKind::Session,
            fields()
                .with(session::ON, yesterday)
                .with(session::VOLUNTEER, &*text(2))
                .with(session::MINUTES, number),
        ),
        (
            RecordKind::Contact,
            fields()
                .with(contact::KIND, choice("attempt"))
                .with(contact::ON, yesterday)
                .with(contact::REASON, &*text(3)),
        ),
        (
            RecordKind::Note,
            fields().with(note::ON, yesterday).with(note::TITLE, &*text(4)).with(note::TEXT, "晴"),
        ),
        (
            RecordKind::FollowUp,
            fields()
                .with(follow_up::KIND, choice("paper"))
                .with(follow_up::DUE, today())
                .with(follow_up::REASON, &*text(5)),
        ),
    ];
    for (kind, fields) in records {
        let at = RecordRef::of(kind, child.0, Uuid::now_v7());
        let records = vec![SaveRecord { at, base: None, fields }];
        station.desk.ask(Request::Save(Save { records, draft: None })).unwrap();
    }
}

#[test]
fn the_discreet_variant_says_no_name_no_village_and_not_why_there_is_a_file() {
    let station = Station::of(90);
    let children: Vec<_> = station.cases(Filter::default()).rows.iter().map(|row| row.child).collect();
    plant(&station, children[0]);
    for lang in Lang::ALL {
        let words = telling(&station, lang);
        let told = |text: &str| -> Vec<String> {
            let text = plain(text);
            words.iter().filter(|word| text.contains(word.as_str())).cloned().collect()
        };
        for format in [Format::Html, Format::Xlsx, Format::Csv] {
            let programme = office::Export::Programme;
            assert!(told(&station.text(lang, programme, format, false)).len() > 20, "it does otherwise");
            let hidden = station.text(lang, programme, format, true);
            assert_eq!(told(&hidden), [""; 0], "{format:?}");
        }
        for child in children.iter().take(12) {
            let child = office::Export::Child(*child);
            let open = told(&station.text(lang, child, Format::Html, false));
            assert!(open.len() > 3);
            let planted = open.iter().filter(|word| word.starts_with(PLANTED)).count();
            assert_eq!(planted, if child == office::Export::Child(children[0]) { 6 } else { 0 });
            assert_eq!(told(&station.text(lang, child, Format::Html, true)), [""; 0]);
        }
        for discreet in [false, true] {
            let calendar = office::Export::Calendar(Scope::Station);
            let text = station.text(lang, calendar, Format::Ics, discreet);
            // A random id may hold any letters up to f.
            let unfolded = text.replace("\r\n ", "");
            let said: String = unfolded.lines().filter(|line| !line.starts_with("UID:")).collect();
            assert_eq!(told(&said), [""; 0], "a calendar never has a name");
        }
    }
    let names = fs::read_dir(station.out.path()).unwrap();
    let names: Vec<String> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| name.is_ascii()), "nor the name of a file");
}

#[test]
fn what_goes_out_is_noted_and_is_its_owners_alone() {
    let station = Station::new();
    let row = station.cases(Filter::default()).rows.swap_remove(0);
    let what =
        [office::Export::Programme, office::Export::Child(row.child), office::Export::Calendar(Scope::Mine)];
    for (what, format) in what.into_iter().zip([Format::Csv, Format::Html, Format::Ics]) {
        for path in station.write(Lang::Zh, what, format, false) {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
    let query = AuditQuery { limit: 10, ..AuditQuery::default() };
    let Answer::Audit(page) = station.desk.ask(Request::Audit(query)).unwrap() else { panic!() };
    let noted = page.lines.iter().filter(|line| line.verb == Verb::Export);
    let noted: Vec<_> = noted.map(|line| (line.child, line.what.as_str())).collect();
    assert_eq!(noted, [(None, "calendar"), (Some(row.child), ""), (None, "programme")]);
    assert!(!page.lines.iter().any(|line| line.verb == Verb::Open), "an export is not also an opening");
}

/// An office whose disk takes no note.
struct Full(Arc<Desk>);

impl Office for Full {
    fn me(&self) -> &Me {
        self.0.me()
    }

    fn ask_watched(&self, request: Request, watch: &dyn Watch) -> Result<Answer, Refusal> {
        match request {
            Request::GiveOut(_) => Err(Refusal::DiskFull),
            request => self.0.ask_watched(request, watch),
        }
    }

    fn import(
        &self,
        _: &mut dyn Iterator<Item = Fields>,
        _: &dyn Watch,
    ) -> Result<office::Imported, Refusal> {
        Err(Refusal::NotAllowed)
    }
}

#[test]
fn what_the_office_refuses_or_has_no_folder_leaves_nothing_behind() {
    let station = Station::new();
    let (office, stamp) = (Full(station.desk.clone()), today().and_hms_opt(1, 0, 0).unwrap());
    let cat = catalogue(Lang::Zh);
    let ask = |to: &Path| ExportAsk {
        what: office::Export::Programme,
        format: Format::Csv,
        discreet: false,
        to: to.to_owned(),
    };
    let export = Export { office: &office, today: today(), stamp, cat };
    let refused = export.export(&ask(station.out.path()), &Unwatched).unwrap_err();
    assert!(matches!(refused, ExportFault::Office(Refusal::DiskFull)), "{refused}");
    assert_eq!(fs::read_dir(station.out.path()).unwrap().count(), 0);
    let export = Export { office: &*station.desk, ..export };
    let refused = export.export(&ask(&station.out.path().join("not-there")), &Unwatched).unwrap_err();
    assert!(matches!(refused, ExportFault::NoFolder(_)), "{refused}");
    let query = AuditQuery { limit: 10, ..AuditQuery::default() };
    let Answer::Audit(page) = station.desk.ask(Request::Audit(query)).unwrap() else { panic!() };
    assert!(!page.lines.iter().any(|line| line.verb == Verb::Export), "nothing went out");
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_text_where_it_goes_out() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Arc::new(StillClock::at(today().and_hms_opt(9, 0, 0).unwrap()));
    let one = Fields::default().with(child::NAME, "=1+1").with(child::VILLAGE, "@SUM(1)");
    let desk = office::demo(dir.path(), clock, std::iter::once(one)).unwrap();
    let station = Station { _dir: dir, out: tempfile::tempdir().unwrap(), desk };
    let child = station.cases(Filter::default()).rows[0].child;
    let file = station.text(Lang::Zh, office::Export::Child(child), Format::Csv, false);
    assert!(file.contains(",'=1+1\r\n") && file.contains(",'@SUM(1)\r\n"), "{file}");
    assert!(!file.contains(",=1+1") && !file.contains(",@SUM"), "{file}");
    let tables = station.text(Lang::Zh, office::Export::Programme, Format::Csv, false);
    assert!(tables.contains("\n'@SUM(1),1"), "{tables}");
}
