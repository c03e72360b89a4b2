//! Whatever lies in a file or is typed, reading it ends, with an answer or an error: the seeds of `fuzz/`, each as it is
//! and with many changes that are the same in each run. `fuzz/` has the same bodies for a fuzzer; what it found is among
//! the seeds, and those named `found-` reached code that the others had not.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rustix::process::{Resource, Rlimit, setrlimit};
use tonghu::domain::forms::child;
use tonghu::domain::{Fields, Record, RecordRef, Row};
use tonghu::probe::TARGETS;
use tonghu::store::{Key, Op, Store};
use tonghu::vault::{DataKeys, KdfParams, Keyring, NewAccount, Passphrase, RecoveryKey, Role};
use uuid::Uuid;

use crate::apart;
use crate::faults::full;

fn seeds(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target)
}

/// A number that looks random and is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// One to four changes: a bit, a byte, a number at its edge, a cut, a piece doubled, moved or of another seed.
fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], dice: &mut Dice) {
    for _ in 0..1 + dice.below(4) {
        let (len, at) = (bytes.len(), dice.below(bytes.len()));
        if len == 0 {
            bytes.push(dice.below(256) as u8);
            continue;
        }
        let to = at + dice.below((len - at).min(64)) + 1;
        let to = to.min(len);
        match dice.below(8) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.below(256) as u8,
            2 => {
                let edge =
                    [0u32, 1, 0x7f, 0xff, 0x7fff_ffff, u32::MAX, u32::MAX - 4][dice.below(7)].to_le_bytes();
                let room = edge.len().min(len - at);
                bytes[at..at + room].copy_from_slice(&edge[..room]);
            }
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..to)),
            5 => {
                let piece = bytes[at..to].to_vec();
                let place = dice.below(len);
                bytes.splice(place..place, piece);
            }
            6 => bytes[at..to].fill(0),
            _ => {
                let other = &others[dice.below(others.len())];
                let from = dice.below(other.len());
                let piece = other[from..(from + 1 + dice.below(64)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

#[test]
fn whatever_is_read_is_an_answer_or_an_error_and_never_a_crash_or_a_flood_of_memory() {
    apart::run("probe::all_is_read_in_little_memory", &[], "");
}

#[test]
#[ignore = "is started by the test above it"]
fn all_is_read_in_little_memory() {
    if !apart::is_part() {
        return;
    }
    // More than enough for any of them; a length that is believed unseen asks for up to four times as much.
    let little = Rlimit { current: Some(1 << 30), maximum: Some(1 << 30) };
    setrlimit(Resource::As, little).unwrap();
    let rounds = if full() { 20_000 } else { 1_000 };
    for (target, body) in TARGETS {
        let mut files: Vec<PathBuf> = fs::read_dir(seeds(target))
            .unwrap_or_else(|error| panic!("{target}: {error}"))
            .map(|e| e.unwrap().path())
            .collect();
        files.sort();
        let all: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).unwrap()).collect();
        assert!(!all.is_empty(), "{target} has seeds");
        all.iter().for_each(|seed| body(seed));
        let mut dice = Dice(20_261_122);
        for _ in 0..rounds {
            let mut bytes = all[dice.below(all.len())].clone();
            change(&mut bytes, &all, &mut dice);
            body(&bytes);
        }
    }
}

/// Binary seeds in today's formats, of an invented station.
#[test]
#[ignore = "writes fuzz/seeds anew"]
fn the_seeds_are_written() {
    let put = |target: &str, name: &str, bytes: &[u8]| {
        fs::create_dir_all(seeds(target)).unwrap();
        fs::write(seeds(target).join(name), bytes).unwrap();
    };
    let dir = tempfile::tempdir().unwrap();
    let keys = DataKeys::ephemeral();
    let paper = RecoveryKey::generate().unwrap();
    let first = NewAccount {
        login: "zhou".into(),
        role: Role::Lead,
        passphrase: Passphrase::typed("the river bends twice at dawn"),
        kdf: KdfParams::for_tests(),
    };
    let (keyring, _) = Keyring::create(first, &paper).unwrap();
    put("keyring", "one-account", &keyring.to_bytes());
    put("keyring", "recovery-key", RecoveryKey::generate().unwrap().to_string().as_bytes());
    let store = Store::create(dir.path(), keys, &keyring.to_bytes()).unwrap();
    let key = |kind, n: u128| Key { kind, owner: Uuid::from_u128(n), id: Uuid::from_u128(n) };
    let mut go_on = |_| ControlFlow::Continue(());
    let mut last = store.last();
    for n in 0..4 {
        let value = |text: &str| Some(text.as_bytes().to_vec());
        last = store
            .commit(vec![
                Op { key: key(3, n), value: value("a note") },
                Op { key: key(0x83, n), value: value("a row") },
            ])
            .unwrap();
    }
    store.commit_bulk((0..3).map(|n| Op { key: key(3, n), value: None }), &mut go_on).unwrap();
    store.snapshot(&mut go_on).unwrap();
    let mut rows = (0..4).map(|n| (key(0x83, n), b"a row".to_vec()));
    store.pin(last, &mut rows).unwrap();
    drop(store);
    for entry in fs::read_dir(dir.path()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let target = if name == "roster" { "roster" } else { name.split('-').next().unwrap() };
        let mut bytes = if entry.path().is_file() { fs::read(entry.path()).unwrap() } else { continue };
        if !["journal", "snapshot", "roster"].contains(&target) {
            continue;
        }
        // What is prepared is zeros.
        let used = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |at| at + 1);
        bytes.truncate(used.max(if target == "journal" { 0 } else { bytes.len() }));
        if bytes.len() > 100 {
            put(target, &name, &bytes);
        }
    }
    let fields = Fields::default().with(child::NAME, "王小明").with(child::VILLAGE, "石门村");
    let at = RecordRef::child(tonghu::domain::ChildId(Uuid::from_u128(7)));
    let record = Record { at, fields, created: Default::default(), updated: Default::default() };
    put("record", "child", &rmp_serde::to_vec_named(&record).unwrap());
    let mut row = Vec::new();
    Row::project::<Record>(&record, &[], &[], &[]).encode(&mut row);
    put("record", "row", &row);
    let text = |target: &str, name: &str, text: &str| put(target, name, text.as_bytes());
    text(
        "import",
        "comma",
        "姓名,性别,出生日期,身份证号,监护人,电话,村\n王小明,男,2015-03-12,99140320150312565X,李桂英,10012345678,石门村\n韩梅梅,女,2016.1.2,,韩德华,,\"杨家坪\n二组\"\n",
    );
    text("import", "tab", "姓名\t备注\n王小明\t=1+2\n李雷\t'0012\n");
    text("import", "wide", "姓名，村\n王小明，石门村\n");
    put("import", "gb18030", &encoding_rs::GB18030.encode("姓名,村\n王小明,石门村\n").0);
    let wide: Vec<u8> =
        "\u{feff}姓名,村\n王小明,石门村\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    put("import", "utf-16", &wide);
    for (at, query) in
        ["wxm", "王小明 石门", "1001234", "wang x 2015", "\"在家\" 奶奶", "欧阳国强"].iter().enumerate()
    {
        text("query", &at.to_string(), query);
    }
    for (at, value) in [
        "2015-03-12",
        "昨天",
        "下周三",
        "99140320150312565X",
        "100 1234 5678",
        "男",
        "是",
        "、，,;",
        "１２",
        "3个月后",
    ]
    .iter()
    .enumerate()
    {
        text("values", &at.to_string(), value);
    }
    let hand = |name: &str, body: &str| {
        let hash = blake3::hash(body.as_bytes()).to_hex();
        let head = format!("{{\"format\":\"tonghu-{name}\",\"version\":1,\"blake3\":\"{hash}\"}}\n");
        put("handout", name, &[head.as_bytes(), body.as_bytes()].concat());
    };
    hand(
        "precedents",
        "{\"precedents\":[{\"child\":{\"sex\":\"f\",\"age\":\"9-11\",\"categories\":[\"prisoner\"],\"circumstances\":[],\"lives\":\"kin\",\"risk\":\"low\"},\"tried\":{\"visit\":\"few\"},\"referrals\":[{\"to\":\"justice\",\"outcome\":\"helped\"}],\"placements\":[],\"goals\":[{\"domain\":\"schooling\",\"end\":\"reached\"}],\"scores\":[],\"outcome\":\"adult\",\"length\":\"from-3\",\"lines\":[{\"source\":\"visit\",\"month\":1,\"tells\":\"helped\",\"text\":\"[孩子]好转\"}]}]}",
    );
    hand(
        "template",
        "{\"files\":{\"practice/aid.toml\":\"repeat-days = 60\\n\",\"manual/own.md\":\"# 题\\n\"},\"directory\":[{\"kind\":\"health\",\"service\":\"康复训练\"}]}",
    );
    text(
        "handout",
        "sentence",
        "2026年3月5日，王 小 明(Wang Xiaoming)在石门镇，电话１００１２３４５６７８，9岁",
    );
    let assets =
        |name: &str| fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap();
    put("settings", "keymap", &assets("keymap.toml"));
    put("settings", "rules", &assets("practice/deadlines.toml"));
    text(
        "settings",
        "fields",
        "[[field]]\nform = \"child\"\nid = \"x-clan\"\nkind = \"choice\"\nzh = \"宗族\"\nen = \"Clan\"\nchoices = [{ code = \"a\", zh = \"上房\", en = \"Upper\" }]\n",
    );
}
