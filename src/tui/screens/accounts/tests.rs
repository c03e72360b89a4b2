use super::*;
use crate::domain::WorkerId;
use crate::i18n::{Lang, catalogue};
use crate::office::{Me, Station};
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;
use uuid::Uuid;

fn screen(accounts: &Accounts, cx: &Cx) -> String {
    let area = Rect::new(0, 0, 80, 20);
    let mut buf = Buffer::empty(area);
    accounts.view(cx, &mut buf, area);
    crate::tui::frame_text::frame_text(&buf, None)
}

#[test]
fn while_records_are_sealed_anew_it_says_how_many_of_how_many_and_when_it_is_done() {
    let me = Me { worker: WorkerId(Uuid::nil()), login: "zhou".into(), role: Role::Lead };
    let (theme, keymap, station) = (Theme::default(), Keymap::default(), Station::default());
    let now = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(8, 30, 0).unwrap();
    let cx = Cx {
        cat: catalogue(Lang::En),
        theme: &theme,
        keymap: &keymap,
        now,
        today: now.date(),
        me: Some(&me),
        station: &station,
        masked: false,
        discreet: false,
        size: (80, 24),
    };
    let mut accounts = Accounts::default();
    assert_eq!(accounts.update(&cx, Input::Opened), [FOLLOW], "begun before, it may still be going on");
    assert_eq!(accounts.update(&cx, Input::Answer(RESEALED, Ok(Answer::Done))), [], "it was not");
    assert_eq!(
        accounts.update(&cx, Input::Picked(SURE, Some(Pick::Yes))),
        [Effect::Ask(ROTATED, Request::RotateKey)]
    );
    assert!(accounts.update(&cx, Input::Answer(ROTATED, Ok(Answer::Done))).contains(&FOLLOW));
    accounts.update(&cx, Input::Progress(RESEALED, 0, None));
    assert!(screen(&accounts, &cx).contains("Getting ready"));
    accounts.update(&cx, Input::Progress(RESEALED, 1200, Some(24000)));
    assert!(screen(&accounts, &cx).contains("1200 of 24000"));
    let done = accounts.update(&cx, Input::Answer(RESEALED, Ok(Answer::Done)));
    assert!(
        matches!(&done[..], [Effect::Toast(Tone::Good, text)] if text.contains("new data key")),
        "{done:?}"
    );
    assert!(!screen(&accounts, &cx).contains("24000"));
}
