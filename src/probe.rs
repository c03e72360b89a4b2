//! Everything that reads what may hold anything, each as a function of bytes: `fuzz/` gives it what a fuzzer thinks of, the
//! tests what lies in `fuzz/seeds/` with a few thousand changes. None may panic, hang or take memory without bound.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::form::FieldKind;
use crate::domain::resident_id::ResidentId;
use crate::domain::{check, forms, plain, station_fields};
use crate::exchange::{Headers, Mappings, Sheet, Source, cell};
use crate::practice::{Calendar, Rules};
use crate::search::sentences::Words;
use crate::search::{Entry, Index, Scratch, loose};
use crate::tui::keymap::Keymap;
use crate::tui::paint;
use crate::vault::{Keyring, RecoveryKey};
use crate::{office, store};

/// The body of each target, by its name.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[
    ("import", import),
    ("journal", store::probe::journal),
    ("snapshot", store::probe::snapshot),
    ("roster", store::probe::roster),
    ("record", office::probe_record),
    ("handout", handout),
    ("keyring", keyring),
    ("query", query),
    ("values", values),
    ("settings", settings),
];

/// A roster from somewhere: its form, its columns, its cells, and what is shown and written of them.
pub fn import(bytes: &[u8]) {
    let form = forms::child();
    let headers = Headers::of(&form);
    let source = Source::Bytes(Arc::from(bytes));
    let Ok(sheet) = Sheet::open(source, &|cells: &[String]| headers.known(cells)) else { return };
    let columns = headers.columns(&sheet.headers);
    let mut mappings = Mappings::default();
    mappings.remember(&sheet.headers, &columns);
    let kept = Mappings::load(&mappings.save()).recall(&sheet.headers, &form);
    assert!(kept.is_some(), "what is remembered is recalled");
    let Ok(mut rows) = sheet.rows() else { return };
    while let Ok(Some(row)) = rows.read() {
        for each in &row.cells {
            let shown = cell::shown(&each.raw, 40);
            assert!(!shown.contains(char::is_control), "nothing shown acts");
            let guarded = cell::guarded(&each.raw);
            assert!(!cell::formula(guarded.trim_start()), "nothing written runs");
        }
    }
}

/// What another station gives, as it is and with its hash made right.
pub fn handout(bytes: &[u8]) {
    office::probe_handout(bytes);
    let body = bytes.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default();
    for format in ["precedents", "template"] {
        let hash = blake3::hash(body).to_hex();
        let head = format!("{{\"format\":\"tonghu-{format}\",\"version\":1,\"blake3\":\"{hash}\"}}\n");
        office::probe_handout(&[head.as_bytes(), body].concat());
    }
}

/// The file of accounts, as it is and with its checksum made right; and a key as it is typed from paper.
pub fn keyring(bytes: &[u8]) {
    let body = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let mended = [body, b"\n", blake3::hash(body).to_hex().as_bytes(), b"\n"].concat();
    for bytes in [bytes, &mended] {
        if let Ok(keyring) = Keyring::from_bytes(bytes) {
            let again = Keyring::from_bytes(&keyring.to_bytes());
            assert!(again.is_ok_and(|again| again == keyring), "it reads what it writes");
            let _ = keyring.accounts();
        }
    }
    if let Ok(key) = RecoveryKey::parse(&String::from_utf8_lossy(bytes)) {
        assert!(RecoveryKey::parse(&key.to_string()).is_ok());
    }
}

/// What somebody types into a search.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rows = ["王小明", "欧阳雪", "Anna Li"].map(|name| Entry {
        name,
        village: "石门村",
        phone: "10012345678",
        ..Entry::default()
    });
    let index = Index::build(rows.into_iter());
    let found = index.find(&text, 10, &mut Scratch::default());
    assert!(found.hits.len() <= 10);
    let words = Words::of(&text);
    let _ = (words.wanted(), words.sentences("王小明今天在家。一切都好。"));
    let _ = loose::Matcher::default().find("王小明今天在家", &text);
}

/// What somebody types into any field.
pub fn values(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(today) = NaiveDate::from_ymd_opt(2026, 3, 2) else { return };
    for form in forms::all() {
        for field in &form.fields {
            let read = check::parse(field, &text, today, &|_, _| None);
            let Ok(Some(value)) = read else { continue };
            let mut fields = crate::domain::Fields::default();
            fields.set(field.id.clone(), Some(value));
            let _ = check::check(&form, &fields, today);
            if matches!(field.kind, FieldKind::Line(_)) {
                assert!(!fields.text(&field.id).contains(char::is_control));
            }
        }
    }
    let _ = ResidentId::parse(&text);
    assert_eq!(plain::one_line(&plain::one_line(&text)), plain::one_line(&text));
    let tame = paint::sanitise(&text);
    assert!(!tame.chars().any(paint::is_invisible));
    assert!(paint::width(&paint::shorten(&text, 12)) <= 12);
}

/// The files that a station or a person writes: keys, own fields, rules, rest days, remembered columns.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Keymap::default().merge(&text);
    let _ = station_fields::parse(&text, &forms::all());
    let _ = Rules::of_station(Some(&text));
    if let Ok(mut calendar) = Calendar::core() {
        let _ = calendar.add("2027.toml", &text);
    }
    let _ = Mappings::load(&text);
}
