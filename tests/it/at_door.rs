//! The screens at the real door of a station, where what is asked is answered as the program does.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDateTime;
use tonghu::i18n::{self, Lang};
use tonghu::office::{DEMO_LOGIN, DEMO_PASSPHRASE, Door, Office, Unwatched};
use tonghu::platform::clock::StillClock;
use tonghu::tui::harness::Harness;
use tonghu::tui::screen::{DoorAnswer, DoorAsk, DoorNo, DoorView, Place};
use tonghu::{boot, wording};

/// A Monday, on which the clock at the door stands still.
pub(crate) fn morning() -> NaiveDateTime {
    "2026-03-02T08:30:00".parse().unwrap()
}

pub(crate) fn door(data: &Path) -> Door {
    Door::new(data.to_owned(), Arc::new(StillClock::at(morning())))
}

pub(crate) fn at_door(data: &Path, view: DoorView, first: Place, lang: Lang) -> Harness {
    let door = door(data);
    let answer = move |ask: DoorAsk| match ask {
        DoorAsk::Backups(path) => {
            let found = boot::find_backups(&path).map_err(|fault| DoorNo(fault.to_string()))?;
            Ok((DoorAnswer::Backups(found), None))
        }
        DoorAsk::Restore(path) => {
            let restored = boot::restore(&door, &path, &Unwatched);
            let zh = i18n::catalogue(Lang::Zh);
            let view = restored.map_err(|refused| DoorNo(wording::unusable(zh, &refused)))?;
            Ok((DoorAnswer::Restored(view), None))
        }
        DoorAsk::Unlock { login, passphrase } => {
            let opened = boot::unlock(&door, &login, &passphrase).map_err(|no| DoorNo(no.to_string()))?;
            Ok((DoorAnswer::Opened, Some(opened as Arc<dyn Office>)))
        }
        DoorAsk::Recover { login, recovery, passphrase } => {
            let opened = boot::recover(&door, &login, &recovery, &passphrase);
            let opened = opened.map_err(|no| DoorNo(no.to_string()))?;
            Ok((DoorAnswer::Opened, Some(opened as Arc<dyn Office>)))
        }
        _ => Err(DoorNo("not here".into())),
    };
    Harness::at_door(view, first, lang, morning(), Box::new(answer))
}

/// Where a demo's lead types a passphrase.
pub(crate) fn at_demo(data: &Path, lang: Lang, size: (u16, u16)) -> Harness {
    let view = DoorView { logins: vec![DEMO_LOGIN.into()], ..DoorView::default() };
    let mut face = at_door(data, view, Place::Unlock, lang);
    face.resize(size.0, size.1);
    face
}

/// The Accounts screen of a demo, as its lead.
pub(crate) fn accounts_of_demo(data: &Path, lang: Lang, size: (u16, u16)) -> Harness {
    let mut face = at_demo(data, lang, size);
    face.type_text(DEMO_PASSPHRASE).press("enter f2").type_text("accounts").press("enter");
    face
}
