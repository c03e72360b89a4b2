//! Every file that a station edits, spoilt in every way that people and disks spoil files: refused with file, line and
//! reason in both languages, and what was in force stays.

use std::fs;
use std::sync::Arc;

use tempfile::TempDir;
use tonghu::i18n::{self, Lang};
use tonghu::office::*;
use tonghu::platform::clock::StillClock;
use tonghu::practice::flags::TABLES;
use tonghu::wording;

use crate::at_door::morning;

/// A file, by its name in `practice/`, as it is good, and what is done to it: one text put for another. The mistake is told at the line that holds `#!`.
struct Spoilt {
    file: &'static str,
    good: &'static str,
    slips: &'static [(&'static str, &'static str)],
}

const RULE: &str =
    "# 本站\n[[rule]]\nid = \"ours\"\nwhen = \"age >= 0\"\ngrade = \"act\"\nzh = \"甲\"\ndo_zh = \"乙\"\n";

const OF_RULES: &[(&str, &str)] = &[
    ("grade = \"act\"\n", "grade = \"act\"\ngrad = \"act\" #!\n"),
    ("\"act\"", "3 #!"),
    ("\"act\"", "\"soon\" #!"),
    ("age >= 0\"", "agee >= 0\" #!"),
    ("age >= 0\"", "age >= 999\" #!"),
    ("age >= 0\"", "101 parents (paper)\" #!"),
    ("age >= 0\"", "income > 9999999999\" #!"),
    ("age >= 0\"", "from birth + 99999d\" #!"),
    ("grade", "ahead = \"2026-02-30\" #!\ngrade"),
    ("grade", "page = [\"a\"] #!\ngrade"),
];

const OTHERS: &[Spoilt] = &[
    Spoilt {
        file: "deadlines.toml",
        good: "# 本站\n[[rule]]\nid = \"ours\"\non = \"contact\"\nafter = \"7d\"\nkind = \"visit\"\nzh = \"甲\"\n",
        slips: &[
            ("kind", "kid = \"visit\" #!\nkind"),
            ("\"7d\"", "7 #!"),
            ("\"7d\"", "\"99999d\" #!"),
            ("\"7d\"", "\"2026-02-30\" #!"),
            ("\"contact\"", "\"contacts\" #!"),
            ("\"visit\"", "\"vist\" #!"),
            ("\"contact\"", "\"birthday\"\nage = 300 #!"),
            ("id = \"ours\"\non = \"contact\"", "id = \"ours\" #!\non = \"flag\"\nflag = \"nobody\""),
            ("\"7d\"", "\"7d\"\nrisk = [\"hihg\"] #!"),
        ],
    },
    Spoilt {
        file: "quality.toml",
        good: "# 本站\n[[check]]\nid = \"ours\"\ngroup = \"late\"\nflags = [\"visit-late\"]\nzh = \"甲\"\n",
        slips: &[
            ("group", "grup = \"late\" #!\ngroup"),
            ("[\"visit-late\"]", "3 #!"),
            (
                "[[check]]\nid = \"ours\"\ngroup = \"late\"\nflags = [\"visit-late\"]",
                "[[check]] #!\nid = \"ours\"\ngroup = \"late\"\nflags = [\"nobody\"]",
            ),
            ("flags = [\"visit-late\"]", "when = \"follow-up-overdue\"\ndays = 60000 #!"),
            ("flags = [\"visit-late\"]", "when = \"no-own-words\"\nfrom-age = 99 #!"),
        ],
    },
    Spoilt {
        file: "audit.toml",
        good: "# 本站\nyears = 5\n",
        slips: &[("5", "5\nyear = 5 #!"), ("5", "\"five\" #!"), ("5", "5000 #!"), ("5", "2026-02-30 #!")],
    },
    Spoilt {
        file: "aid.toml",
        good: "# 本站\nrepeat-days = 14\n",
        slips: &[("14", "14\nrepeat = 5 #!"), ("14", "\"x\" #!"), ("14", "60000 #!"), ("14", "-1 #!")],
    },
    Spoilt {
        file: "needs.toml",
        good: "# 本站\nfew = 6\n\n[[need]]\nid = \"ours\"\nzh = \"甲\"\nen = \"ours\"\n",
        slips: &[
            ("few = 6", "few = 6\nfewer = 5 #!"),
            ("6", "\"x\" #!"),
            ("6", "0 #!"),
            ("6", "6\ngiving-up = [\"nobody\"] #!"),
            ("zh", "domains = [\"mars\"] #!\nzh"),
            ("zh", "says = [{ from = \"situation\", within = 99999 }] #!\nzh"),
            ("id = \"ours\"\nzh = \"甲\"", "id = \"ours\" #!"),
        ],
    },
    Spoilt {
        file: "instruments.toml",
        good: "# 本站\n[[answers]]\nid = \"yes-no\"\nchoices = [{ points = 0, zh = \"否\" }, { points = 2, zh = \"是\" }]\n\n[[instrument]]\nid = \"ours\"\nversion = 1\ndomain = \"self-efficacy\"\nhigher = \"better\"\nzh = \"甲\"\nby = [\"child\"]\nrange = [0, 2]\nanswers = \"yes-no\"\nitems = [{ zh = \"一\" }]\nbands = [{ colour = \"red\", from = 0, to = 0 }, { colour = \"green\", from = 1, to = 2 }]\n",
        slips: &[
            ("higher", "hier = 1 #!\nhigher"),
            ("version = 1", "version = \"one\" #!"),
            ("domain = \"self-efficacy\"", "domain = \"mars\" #!"),
            ("[0, 2]", "[0, 200] #!"),
            ("zh = \"是\" }]", "zh = \"是\" }, { points = 5000, zh = \"很\" }] #!"),
            ("version = 1", "version = 1\nfrom_age = 99 #!"),
            (
                "id = \"ours\"\nversion = 1\ndomain = \"self-efficacy\"\nhigher = \"better\"\nzh = \"甲\"",
                "id = \"ours\" #!\nversion = 1\ndomain = \"self-efficacy\"\nhigher = \"better\"",
            ),
        ],
    },
    Spoilt {
        file: "precedents.toml",
        good: "# 本站\n[few]\nchildren = 7\n",
        slips: &[
            ("7", "7\nchild = 5 #!"),
            ("7", "\"x\" #!"),
            ("7", "0 #!"),
            ("7", "7\n[weights]\nage = 60000 #!"),
            ("7", "7\n[neutral.name] #!\nzh = \"某\""),
        ],
    },
    Spoilt {
        file: "examples.toml",
        good: "# 本站\n[[example]]\nname = \"甲\"\ntoday = \"2026-03-01\"\nfacts = { birth = \"2016-05-01\" }\nexpect = []\n",
        slips: &[
            ("expect", "expects = [] #!\nexpect"),
            ("\"2026-03-01\"", "3 #!"),
            ("\"2026-03-01\"", "\"2026-02-30\" #!"),
            ("expect = []", "expect = [\"nobody\"] #!"),
            (
                "name = \"甲\"\ntoday = \"2026-03-01\"\nfacts = { birth",
                "name = \"甲\" #!\ntoday = \"2026-03-01\"\nfacts = { brith",
            ),
            (
                "name = \"甲\"\ntoday = \"2026-03-01\"\nfacts = { ",
                "name = \"甲\" #!\ntoday = \"2026-03-01\"\nfacts = { income = nan, ",
            ),
        ],
    },
    Spoilt {
        file: "days/2027.toml",
        good: "# 本站\nyear = 2027\nsource = \"x\"\n[[holiday]]\nzh = \"元旦\"\nfrom = \"2027-01-01\"\nto = \"2027-01-03\"\nwork = [\"2026-12-27\"]\n",
        slips: &[
            ("source", "sorce = \"x\" #!\nsource"),
            ("2027\nsource", "\"x\" #!\nsource"),
            ("2027\nsource", "2026 #!\nsource"),
            ("\"2027-01-03\"", "\"2027-02-30\" #!"),
            ("\"2027-01-03\"", "\"2027-01-99\" #!"),
            ("\"2027-01-03\"", "\"2027-03-03\" #!"),
            ("\"2027-01-03\"", "\"2026-01-03\" #!"),
            ("[\"2026-12-27\"]", "[\"2126-12-27\"] #!"),
        ],
    },
    Spoilt {
        file: "fields.toml",
        good: "# 本站\n[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"line\"\nzh = \"宗族\"\n",
        slips: &[("kind", "kid = 3 #!\nkind"), ("\"line\"", "3 #!"), ("\"child\"", "\"house\" #!")],
    },
];

fn all() -> Vec<Spoilt> {
    let tables = TABLES.iter().map(|(file, _)| Spoilt { file, good: RULE, slips: OF_RULES });
    let others = OTHERS.iter().map(|one| Spoilt { file: one.file, good: one.good, slips: one.slips });
    tables.chain(others).collect()
}

impl Spoilt {
    fn own(&self) -> OwnFile {
        if self.file == FIELDS { OwnFile::Fields } else { OwnFile::Table(self.file.into()) }
    }

    fn name(&self) -> String {
        self.own().name().unwrap()
    }

    /// Each bad text with the line in which its mistake stands, from 1; the two that are told for the whole file have 1.
    fn texts(&self) -> Vec<(String, usize)> {
        let mut texts = vec![];
        for (from, to) in self.slips {
            assert!(self.good.contains(from), "{}: {from}", self.file);
            let text = self.good.replacen(from, to, 1);
            let line = 1 + text.lines().position(|line| line.contains("#!")).unwrap();
            texts.push((text, line));
        }
        let entry = self.good.find("\n[[").map(|at| &self.good[at..]);
        if let Some(entry) = entry.filter(|entry| entry.contains("id =")) {
            let twice = format!("{}{entry}", self.good);
            let id = entry.lines().position(|line| line.starts_with("id =")).unwrap();
            // An instrument's answers come first; a check and a field are told by their beginning.
            let by_id =
                self.good.matches("[[").count() == 1 && !["quality.toml", FIELDS].contains(&self.file);
            texts.push((twice, if by_id { self.good.lines().count() + 1 + id } else { 0 }));
            // Without the one language that is asked for.
            let mute = self.good.replace("\nzh =", "\n# zh =");
            if !self.file.contains("instruments") {
                texts.push((mute, 0));
            }
        }
        texts.extend([(String::new(), 1), (" \n\n".into(), 1)]);
        texts
    }
}

fn station() -> (TempDir, Arc<Desk>) {
    let dir = tempfile::tempdir().unwrap();
    let lead = demo(dir.path(), Arc::new(StillClock::at(morning())), std::iter::empty()).unwrap();
    (dir, lead)
}

fn save(desk: &Desk, one: &Spoilt, text: &str, base: Option<&str>) -> Result<Answer, Refusal> {
    let base = base.map(str::to_owned);
    desk.ask(Request::SaveOwn(OwnSave { file: one.own(), text: text.into(), base, draft: None }))
}

/// Says where it is, why, and in which language it is asked.
fn told(fault: &OwnFault, name: &str, line: usize, text: &str) {
    let (file, at) = fault.place();
    assert_eq!(file, name, "{text}");
    assert!(line == 0 || at == line, "{name} line {at}, not {line}: {fault}\n{text}");
    for lang in [Lang::Zh, Lang::En] {
        let said = wording::own_flaw(i18n::catalogue(lang), fault);
        assert!(said.contains(name), "{said}");
        assert!(line == 0 || said.contains(&line.to_string()), "{said}");
        assert!(!said.contains("flaw-") && !said.contains("unclear-"), "{said}");
    }
}

#[test]
fn no_slip_in_any_file_is_saved_and_what_was_good_stays() {
    let (dir, lead) = station();
    for one in all() {
        let (name, path) = (one.name(), dir.path().join(one.name()));
        save(&lead, &one, one.good, None).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        for (text, line) in one.texts() {
            match save(&lead, &one, &text, Some(one.good)) {
                Err(Refusal::Own(fault)) => told(&fault, &name, line, &text),
                other => panic!("{name}: {other:?}\n{text}"),
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), one.good);
        }
        let huge = format!("{}# {}\n", one.good, "x".repeat(1 << 20));
        let refused = save(&lead, &one, &huge, Some(one.good)).unwrap_err();
        assert!(matches!(&refused, Refusal::Own(OwnFault::TooLarge { file, .. }) if *file == name));
        assert_eq!(fs::read_to_string(&path).unwrap(), one.good);
    }
}

#[test]
fn whatever_an_editor_or_a_disk_does_to_a_file_its_last_good_text_is_in_force() {
    let (dir, lead) = station();
    for one in all() {
        save(&lead, &one, one.good, None).unwrap();
    }
    drop(lead);
    for one in all() {
        let (name, path) = (one.name(), dir.path().join(one.name()));
        let bytes = one.texts().into_iter().map(|(text, line)| (text.into_bytes(), line));
        let gbk = [one.good.as_bytes(), b"# \xb1\xbe\xd5\xbe\n"].concat();
        let huge = format!("{}# {}\n", one.good, "x".repeat(1 << 20)).into_bytes();
        let last = one.good.lines().count() + 1;
        for (bytes, line) in bytes.chain([(gbk, last), (huge, 0), (vec![0; 4_096], 0)]) {
            fs::write(&path, &bytes).unwrap();
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(1_000)]).into_owned();
            let checked = check_own(dir.path());
            let fault = checked[&name].first().unwrap_or_else(|| panic!("{name}\n{text}"));
            told(fault, &name, line, &text);
            let kept = matches!(fault, OwnFault::Kept { .. });
            // The audit's table may have said longer than its copy does: then nothing is dropped. Nothing is in force by
            // examples. What waits for a flag that there is not does no harm: the others of the table stay.
            let none = one.file == "audit.toml" || one.file == "examples.toml";
            let harmless = one.file == "deadlines.toml" && text.contains("nobody");
            assert_eq!(kept, !none && !harmless, "{name}: {fault}\n{text}");
        }
        fs::write(&path, one.good).unwrap();
    }
    assert!(check_own(dir.path()).values().all(Vec::is_empty));
}

#[test]
fn a_file_as_windows_saves_it_is_read() {
    let (dir, lead) = station();
    let windows = format!("\u{feff}{}", RULE.replace('\n', "\r\n"));
    save(&lead, &all()[0], &windows, None).unwrap();
    assert!(check_own(dir.path()).values().all(Vec::is_empty));
}
