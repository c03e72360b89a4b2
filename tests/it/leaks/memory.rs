//! What lies in the memory of a session.

use std::ops::ControlFlow;

use tonghu::office::{Cases, Filter, Refusal, Scope, Sort, Unwatched};
use tonghu::store;

use super::*;

#[path = "../../../src/vault/memory_tests/own_memory.rs"]
mod own_memory;

/// Which of the texts lie in this process's memory.
fn in_memory(finder: &Finder) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    // Longer than any text.
    own_memory::look_through(1024, &mut |piece| finder.look(piece, &mut found));
    found
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// Everything that can be asked of an office about a station.
fn ask_everything(desk: &Desk, child: ChildId) -> Vec<Result<Answer, Refusal>> {
    let text = || Query("x".into());
    let cases = Cases { sort: Sort::Due, filter: Filter::default(), from: 0, count: 50 };
    let first = "2026-03-01".parse().unwrap();
    let requests = vec![
        Request::Health,
        Request::Rest,
        Request::Find { text: text(), limit: 50 },
        Request::Cases(cases),
        Request::File(child),
        Request::History(child),
        Request::Agenda(Scope::Station),
        Request::Agenda(Scope::Mine),
        Request::Month { scope: Scope::Station, first },
        Request::Likely { fields: Fields::default().with(child::VILLAGE, "x"), except: None },
        Request::SearchNotes { text: text(), limit: 50 },
        Request::Station,
        Request::Drafts,
        Request::Why { rule: "visit".into() },
        Request::NewRecoveryKey,
        Request::Health,
    ];
    requests.into_iter().map(|request| desk.ask(request)).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the test that started it reads what it says")]
#[ignore = "is started by the test beside it"]
fn a_session_that_looks_into_its_own_memory() {
    if !apart::is_part() {
        return;
    }
    let (dir, login) = (PathBuf::from(apart::word("T_DIR")), apart::word("T_LOGIN"));
    let mask: u8 = apart::word("T_MASK").parse().unwrap();
    let masked: Vec<Vec<u8>> = apart::word("T_LOOKS").split(',').map(from_hex).collect();
    let child = ChildId(apart::word("T_CHILD").parse().unwrap());
    let door = Door::new(dir.clone(), Arc::new(SystemClock));
    let desk = door.unlock(&login, &Passphrase::typed(&apart::word("T_PASSPHRASE"))).unwrap();
    let answers = ask_everything(&desk, child);
    println!("\nanswered {}", answers.iter().filter(|answer| answer.is_ok()).count());
    let imported = desk.import(&mut std::iter::once(Fields::default()), &Unwatched);
    println!("\nimported {}", imported.is_ok());
    // Support may look at the files themselves.
    // What the program makes anew meanwhile may be gone by the time it is read.
    let files: Vec<Vec<u8>> = all_files(&dir).iter().filter_map(|path| fs::read(path).ok()).collect();
    let verified = fs::read_dir(dir.parent().unwrap().parent().unwrap()).unwrap().flatten();
    let verified = verified.filter(|entry| entry.path().extension().is_some_and(|end| end == "backup"));
    let verified: Vec<_> = verified
        .map(|entry| store::verify_backup(&entry.path(), None, &mut |_| ControlFlow::Continue(())).unwrap())
        .collect();
    assert!(!verified.is_empty());
    for which in in_memory(&Finder::new(masked, mask)) {
        println!("\nseen {which}");
    }
    drop((desk, files, answers));
}

fn session(station: &Station, login: &str, passphrase: &str) -> (usize, Vec<String>) {
    let mask = (random() % 255 + 1) as u8;
    let looks = station.planted.looks();
    let masked: Vec<String> =
        looks.iter().map(|(_, look)| hex(&look.iter().map(|byte| byte ^ mask).collect::<Vec<_>>())).collect();
    let words = [
        ("T_DIR", station.home.data().display().to_string()),
        ("T_LOGIN", login.to_owned()),
        ("T_PASSPHRASE", passphrase.to_owned()),
        ("T_MASK", mask.to_string()),
        ("T_LOOKS", masked.join(",")),
        ("T_CHILD", station.child.0.to_string()),
    ];
    let said = apart::run("leaks::memory::a_session_that_looks_into_its_own_memory", &words, "");
    let numbers = |what: &str| {
        said.iter()
            .filter_map(|line| line.strip_prefix(what)?.trim().parse::<usize>().ok())
            .collect::<Vec<_>>()
    };
    let seen = numbers("seen ").into_iter().map(|which| looks[which].0.clone()).collect();
    (numbers("answered ")[0], seen)
}

#[test]
fn in_the_memory_of_a_support_session_there_is_nothing_of_a_child() {
    let station = Station::new();
    let (answered, seen) = session(&station, SUPPORT, SUPPORT_PASSPHRASE);
    assert!(answered >= 2, "health is told");
    // The names of files lie in the directory that support sees.
    let beside = |what: &String| what.starts_with("name of a backup");
    let seen: Vec<_> = seen.into_iter().filter(|what| !beside(what)).collect();
    assert!(seen.is_empty(), "{seen:?}");
    let (answered, seen) = session(&station, LOGIN, PASSPHRASE);
    assert!(answered >= 12, "{answered}");
    for what in
        ["name", "number", "guardian", "phone", "village", "note of a visit", "text of a note", "draft"]
    {
        assert!(seen.contains(&format!("{what}, UTF-8")), "the same look finds {what} where it is: {seen:?}");
    }
}
