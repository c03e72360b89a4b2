//! The walls of the house, its words and its tables, held by machine.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use tonghu::{
    cli,
    i18n::{self, Lang},
    manual::{Manual, STEPS},
};

/// Which room may use which: anything else is a wall broken. `lib.rs` and `main.rs` stand outside.
const EDGES: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("i18n", &[]),
    ("platform", &[]),
    ("vault", &[]),
    ("manual", &["i18n", "search"]),
    ("report", &[]),
    ("wording", &["domain", "i18n", "manual", "office", "practice"]),
    ("practice", &["domain"]),
    ("search", &["domain"]),
    ("store", &["domain", "platform", "vault"]),
    ("office", &["domain", "manual", "platform", "practice", "search", "store", "vault"]),
    ("exchange", &["domain", "i18n", "office", "report", "wording"]),
    ("tui", &["domain", "exchange", "i18n", "manual", "office", "search", "wording"]),
    (
        "boot",
        &[
            "domain", "exchange", "i18n", "office", "platform", "practice", "search", "store", "tui",
            "vault", "wording",
        ],
    ),
    ("probe", &["domain", "exchange", "office", "practice", "search", "store", "tui", "vault"]),
    (
        "cli",
        &["boot", "domain", "exchange", "i18n", "manual", "office", "platform", "practice", "tui", "wording"],
    ),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut left = vec![dir.to_owned()];
    while let Some(dir) = left.pop() {
        for entry in fs::read_dir(&dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Source without its comments and without what stands behind `#[cfg(test)]` at the end of a file.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    let inside = path.strip_prefix(root()).unwrap_or(path);
    let mut parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
    parts.any(|part| part.trim_end_matches(".rs").ends_with("tests"))
}

/// The first part of a path below `src/`, without `.rs`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn rooms_use_only_the_rooms_they_may() {
    let edges: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut broken = Vec::new();
    for path in files(&root().join("src"), ".rs").iter().filter(|path| !is_test(path)) {
        let room = room(path);
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        let allowed = edges.get(room.as_str()).unwrap_or_else(|| panic!("{room} is no room of the table"));
        for (line, text) in code(path).lines().enumerate() {
            let mut rest = text;
            while let Some(at) = rest.find("crate::") {
                rest = &rest[at + "crate::".len()..];
                let names: Vec<String> = match rest.strip_prefix('{') {
                    Some(group) => group.split(',').map(|name| name.trim().to_owned()).collect(),
                    None => vec![rest.to_owned()],
                };
                for name in names {
                    let used: String = name
                        .chars()
                        .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_')
                        .collect();
                    if edges.contains_key(used.as_str()) && used != room && !allowed.contains(&used.as_str())
                    {
                        broken.push(format!("{}:{}: {room} -> {used}", short(path), line + 1));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "walls broken:\n{}", broken.join("\n"));
}

/// Words that only the named files may hold.
#[test]
fn some_words_stay_in_their_files() {
    let only: &[(&str, &[&str])] = &[
        ("sled::", &["src/store/sled.rs"]),
        ("KeyCode", &["src/tui/keymap.rs", "src/tui/keymap/chord.rs", "src/tui/terminal.rs"]),
        ("SystemTime::now", &["src/platform/clock.rs"]),
        ("Local::now", &[]),
        ("Utc::now", &[]),
        ("unsafe", &["src/platform/memory.rs"]),
    ];
    let mut found = Vec::new();
    for path in files(&root().join("src"), ".rs").iter().filter(|path| !is_test(path)) {
        let name = short(path);
        for (line, text) in code(path).lines().enumerate() {
            // The room's own file of that name is not the crate.
            let text = text.replace("super::sled::", "");
            for (word, allowed) in only {
                if text.contains(word) && !allowed.contains(&name.as_str()) {
                    found.push(format!("{name}:{}: {word}", line + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "words out of place:\n{}", found.join("\n"));
}

#[test]
fn screens_touch_no_disk_no_clock_and_no_network() {
    let never = ["std::fs", "std::net", "std::thread", "std::time::", "File::open", "Instant::now"];
    let mut found = Vec::new();
    for part in ["src/tui/screens", "src/tui/widget"] {
        for path in files(&root().join(part), ".rs").iter().filter(|path| !is_test(path)) {
            for (line, text) in code(path).lines().enumerate() {
                for word in never.iter().filter(|word| text.contains(*word)) {
                    found.push(format!("{}:{}: {word}", short(path), line + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "screens that do I/O:\n{}", found.join("\n"));
}

#[test]
fn every_test_file_is_part_of_the_test_binary() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for path in fs::read_dir(root().join("tests/it")).unwrap().map(|entry| entry.unwrap().path()) {
        let Some(name) =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".rs"))
        else {
            continue;
        };
        assert!(name == "main" || main.contains(&format!("mod {name};")), "tests/it/{name}.rs is forgotten");
    }
}

#[test]
fn long_files_are_tables() {
    /// Files that are mostly rows of one kind.
    const TABLES: &[&str] = &[];
    let long: Vec<String> = files(&root().join("src"), ".rs")
        .into_iter()
        .filter(|path| !is_test(path) && !TABLES.contains(&short(path).as_str()))
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .filter(|(lines, _)| *lines > 560)
        .map(|(lines, path)| format!("{} has {lines} lines", short(&path)))
        .collect();
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}

/// Key and text of each message of a catalogue file.
fn messages(source: &str) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    for line in source.lines() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if line.starts_with([' ', '}']) {
            let text = messages.entry(key.clone()).or_default();
            text.push('\n');
            text.push_str(line.trim());
        } else if let Some((name, text)) = line.split_once('=') {
            key = name.trim().to_owned();
            assert!(!messages.contains_key(&key), "{key} is given twice");
            messages.insert(key.clone(), text.trim().to_owned());
        } else {
            panic!("not a message: {line}");
        }
    }
    messages
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split("{ $")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
        .collect()
}

#[test]
fn both_languages_say_everything_with_the_same_placeholders() {
    let mut keys_of_all = BTreeMap::new();
    for (name, zh, en) in i18n::FILES {
        let (zh, en) = (messages(zh), messages(en));
        assert_eq!(
            zh.keys().collect::<Vec<_>>(),
            en.keys().collect::<Vec<_>>(),
            "{name}: the languages differ in keys"
        );
        for (key, text) in &zh {
            assert!(!text.is_empty() && !en[key].is_empty(), "{name}: {key} is empty");
            assert_eq!(placeholders(text), placeholders(&en[key]), "{name}: placeholders of {key}");
            if let Some(other) = keys_of_all.insert(key.clone(), *name) {
                panic!("{key} stands in {other} and {name}");
            }
        }
    }
    for lang in ["zh-CN", "en"] {
        for path in files(&root().join("assets/locale").join(lang), ".ftl") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(
                i18n::FILES.iter().any(|(file, _, _)| *file == name),
                "{} is not in the binary",
                short(&path)
            );
        }
    }
}

#[test]
fn chinese_texts_are_chinese() {
    for (name, zh, _) in i18n::FILES {
        for (key, text) in messages(zh) {
            let words = text
                .split_whitespace()
                .filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic()));
            let hanzi = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(hanzi || words.count() < 3, "{name}: {key} is not translated: {text}");
        }
    }
}

/// Whether a text has the shape of a catalogue key: small words joined by dashes.
fn is_key(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.contains('-') && text.starts_with(|c: char| c.is_ascii_lowercase()) && text.split('-').all(is_word)
}

/// The texts in quotes of all sources.
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files(&root().join("src"), ".rs").iter().filter(|path| !is_test(path)) {
        // A quote as a character, or within a text, opens none.
        let code = code(path).replace("'\"'", "").replace("\\\"", "");
        found.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    found
}

fn keys() -> BTreeSet<String> {
    i18n::FILES.iter().flat_map(|(_, zh, _)| messages(zh).into_keys()).collect()
}

/// A key that is composed where it is used, as `choice-{list}-{code}`, is held by the tests of its table.
#[test]
fn every_text_that_the_program_asks_for_is_in_the_catalogue() {
    /// Codes, colours and answers that begin like a key.
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "age-band", "aid-entry", "care-confirmed", "dropped-out", "field-focused", "found-by", "key-hint", "leave-it",
        "own-child", "own-child-from", "own-children", "quality-check", "too-long", "too-old",
    ];
    let keys = keys();
    let first = |key: &str| key.split('-').next().unwrap_or_default().to_owned();
    let begin: BTreeSet<String> = keys.iter().map(|key| first(key)).collect();
    let of_manual: BTreeSet<&str> = Manual::core()
        .all()
        .iter()
        .map(|page| page.id.as_str())
        .chain(STEPS.iter().map(|(step, _)| *step))
        .collect();
    let asked: Vec<String> =
        literals().into_iter().filter(|text| is_key(text) && begin.contains(&first(text))).collect();
    assert!(asked.len() > 700, "the sources are read: {}", asked.len());
    let missing: Vec<&String> = asked
        .iter()
        .filter(|key| {
            !keys.contains(*key) && !OTHERS.contains(&key.as_str()) && !of_manual.contains(key.as_str())
        })
        .collect();
    assert!(missing.is_empty(), "no such texts: {missing:?}");
}

#[test]
fn every_text_of_the_catalogue_is_asked_for_somewhere() {
    let literals = literals();
    // What stands between the braces is not known here.
    let composed: Vec<Vec<&str>> = literals
        .iter()
        .filter(|text| text.contains('{') && text.split('{').next().is_some_and(|begin| begin.ends_with('-')))
        .map(|text| text.split(['{', '}']).step_by(2).collect())
        .collect();
    let is_composed = |key: &str| {
        composed.iter().any(|parts| {
            let mut rest = key;
            let all = parts.iter().all(|part| match rest.find(part) {
                Some(at) => {
                    rest = &rest[at + part.len()..];
                    true
                }
                None => false,
            });
            all && key.starts_with(parts[0]) && parts.last().is_some_and(|last| key.ends_with(last))
        })
    };
    let is_asked = |key: &str| literals.contains(key) || is_composed(key);
    // Some texts are found by the key of the one that they belong to.
    let belongs = ["-help", "-why", "-title", "-examples"];
    let owner = |key: &str| belongs.iter().find_map(|end| key.strip_suffix(end)).is_some_and(is_asked);
    let dead: Vec<String> = keys().into_iter().filter(|key| !is_asked(key) && !owner(key)).collect();
    assert!(dead.is_empty(), "nobody asks for these: {dead:?}");
}

/// Two columns on some terminals, one on others: a line with one of these is drawn askew there.
fn is_ambiguous(c: char) -> bool {
    matches!(c as u32,
        0xa1 | 0xa4 | 0xa7 | 0xa8 | 0xaa | 0xad | 0xae | 0xb0..=0xb4 | 0xb6..=0xba | 0xbc..=0xbf | 0xc6 | 0xd0 | 0xd7 | 0xd8
        | 0x2010..=0x2027 | 0x2030..=0x203e | 0x2074..=0x20ac | 0x2103..=0x22ff | 0x2312 | 0x2460..=0x26ff | 0x2701..=0x27bf)
}

#[test]
fn no_text_of_ours_has_a_character_of_doubtful_width() {
    for (name, zh, en) in i18n::FILES {
        for (key, text) in messages(zh).into_iter().chain(messages(en)) {
            assert!(!text.chars().any(is_ambiguous), "{name}: {key}: {text}");
        }
    }
}

#[test]
fn the_shell_help_is_worded_in_both_languages() {
    for lang in Lang::ALL {
        let cat = i18n::catalogue(lang);
        for key in cli::help_keys() {
            assert!(cat.has(&key), "{key} is missing in {}", lang.tag());
        }
    }
}
