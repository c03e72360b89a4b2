//! What eyes that happen by may not read: why a child is on file. And what no terminal is ever told: a name, by way of
//! its title or its clipboard.

use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::{Terminal, layout::Size};
use tempfile::TempDir;
use tonghu::domain::{WorkerId, forms};
use tonghu::exchange::demo;
use tonghu::i18n::{Lang, catalogue};
use tonghu::office::{Door, Office, invented};
use tonghu::platform::clock::StillClock;
use tonghu::tui::Job;
use tonghu::tui::backend::{self, ThriftyBackend};
use tonghu::tui::harness::Harness;

use crate::station::Home;

fn station(lang: Lang) -> (TempDir, Harness) {
    let dir = tempfile::tempdir().unwrap();
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let now = today.and_hms_opt(9, 0, 0).unwrap();
    let files = |workers: &[WorkerId]| demo::files(7, 60, today, workers);
    let clock = Arc::new(StillClock::at(now));
    let door = Door::new(dir.path().to_owned(), clock);
    let desk = invented(&door, demo::station(), demo::STAFF, files).unwrap();
    let office: Arc<dyn Office> = desk;
    (dir, Harness::sized(office, lang, now, (120, 40)))
}

/// Today, the roster, files with all their tabs, the search, in children and in what was written.
const WALK: &[&str] = &["f4", "down", "w", "esc", "f5", "down", "end", "home"];
const FILES: usize = 12;

/// Goes through the screens and gives what stood on each.
fn walk(face: &mut Harness) -> Vec<String> {
    let mut seen = vec![face.screen()];
    let mut look = |face: &mut Harness| seen.push(face.screen());
    for keys in WALK {
        face.press(keys);
        look(face);
    }
    for _ in 0..FILES {
        face.press("enter");
        look(face);
        for _ in 0..5 {
            face.press("right");
            look(face);
            face.press("down enter");
            look(face);
        }
        face.press("esc down");
    }
    face.press("f4 f3").type_text("wang");
    look(face);
    face.press("esc f3").type_text("?爸爸");
    look(face);
    face.press("esc");
    seen
}

/// Words of this language for why a child is on file: categories, charges, risk.
fn words(lang: Lang) -> Vec<String> {
    let cat = catalogue(lang);
    let of = |list: &'static str, codes: &'static [&'static str]| {
        codes.iter().map(move |code| cat.t(&format!("choice-{list}-{code}")).into_owned())
    };
    let prison = ["prison", "detoxification", "custody", "revoked"];
    let circumstances = prison.map(|code| cat.t(&format!("choice-circumstance-{code}")).into_owned());
    let short = forms::CATEGORIES.iter().map(|code| cat.t(&format!("category-short-{code}")).into_owned());
    // 监护 is a category in short, and also the beginning of 监护人, which every list has.
    let short = short.filter(|word| word != "监护");
    of("category", forms::CATEGORIES).chain(circumstances).chain(short).collect()
}

#[test]
fn in_discreet_mode_no_screen_says_why_a_child_is_on_file_and_the_choice_is_kept() {
    for lang in Lang::ALL {
        let (_dir, mut face) = station(lang);
        // What people wrote is in Chinese in both languages.
        let mut words = words(lang);
        words.extend(["服刑", "监狱", "戒毒"].map(str::to_owned));
        words.extend(
            if lang == Lang::Zh { ["高风险", "中风险"] } else { ["high risk", "High risk"] }
                .map(str::to_owned),
        );
        let tells = |screens: &[String]| -> Vec<String> {
            let told = |word: &&String| screens.iter().any(|screen| screen.contains(word.as_str()));
            words.iter().filter(told).cloned().collect()
        };
        let open = tells(&walk(&mut face));
        assert!(open.len() > 5, "the screens hold such words otherwise: {open:?}");
        face.press("ctrl-t");
        assert!(face.asides.contains(&Job::Keep), "it is remembered");
        let hidden = walk(&mut face);
        let told = tells(&hidden);
        let where_it_is = hidden.iter().find(|screen| told.iter().any(|word| screen.contains(word.as_str())));
        assert!(told.is_empty(), "{told:?}\n{}", where_it_is.unwrap());
        assert!(hidden.iter().any(|screen| screen.contains("--")));
        face.press("ctrl-t");
        assert_eq!(tells(&walk(&mut face)), open);
    }
}

#[test]
fn in_discreet_mode_who_looked_at_a_file_and_how_long_that_is_kept_is_no_secret() {
    for (lang, kept) in [(Lang::Zh, "至少保存三年"), (Lang::En, "at least three years")] {
        let (_dir, mut face) = station(lang);
        face.press("ctrl-t f5 enter s").sees("何晓雨").sees_no("--").press("w").sees(kept);
        face.press("esc f4 w").sees("--").sees_no(kept);
    }
}

#[test]
fn a_form_shows_what_is_being_filled_in_in_discreet_mode_too() {
    let (_dir, mut face) = station(Lang::Zh);
    // The last fact of the overview: its form opens there.
    face.press("ctrl-t f5 enter end e");
    let whole = face.resize(120, 200).screen();
    assert!(words(Lang::Zh).iter().any(|word| whole.contains(word.as_str())), "{whole}");
}

#[test]
fn at_the_shell_a_file_is_shown_without_saying_why_it_is_one() {
    let home = Home::with_station();
    home.write("roster.csv", "姓名,类别,风险等级,备注,村\n韩梅梅,服刑人员子女,高,父亲在监狱,石门村\n");
    home.signed_in("import roster.csv --yes").done();
    let open = home.signed_in("show 韩梅梅").done();
    assert!(open.contains("服刑人员子女") && open.contains("监狱"), "{open}");
    let discreet = home.signed_in("show 韩梅梅 --discreet").done();
    for word in ["服刑", "监狱", "高"] {
        assert!(!discreet.contains(word), "{word}: {discreet}");
    }
    assert!(discreet.contains("韩梅梅") && discreet.contains("--"), "{discreet}");
    assert_eq!(home.signed_in("show 韩梅梅 --discreet --json").code, 2);
}

#[test]
fn nothing_that_is_drawn_sets_a_title_or_the_clipboard() {
    let (_dir, mut face) = station(Lang::Zh);
    face.blind = true;
    let mut terminal = Terminal::new(ThriftyBackend::new(Vec::new(), Size::new(120, 40))).unwrap();
    let keys = "f4 w esc c esc d esc h esc f5 f esc enter right right right right e f1 esc esc f6 ctrl-o esc esc \
                f7 esc f3 w a n g enter esc f2 esc f11 f12";
    for key in keys.split_whitespace() {
        face.press(key);
        let app = &face.app;
        backend::draw(&mut terminal, |frame| {
            app.view(frame);
        })
        .unwrap();
        let bytes = std::mem::take(terminal.backend_mut().out_mut());
        let begins = bytes.windows(2).filter(|two| two[0] == 0x1b).map(|two| two[1]);
        // CSI and a scroll by a line alone: no OSC (title, clipboard), no DCS, no APC, no PM.
        let others: Vec<char> = begins.filter(|byte| !b"[M".contains(byte)).map(char::from).collect();
        assert!(others.is_empty(), "{key}: {others:?}");
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{7}'), "{key}");
    }
}
