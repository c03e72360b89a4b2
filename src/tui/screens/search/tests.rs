use super::*;
use crate::domain::{Row, Status};
use crate::i18n::{Lang, catalogue};
use crate::office::Station;
use crate::tui::keymap::Keymap;
use crate::tui::theme::Theme;
use uuid::Uuid;

fn with_cx(run: impl FnOnce(&Cx)) {
    let (theme, keymap, station) = (Theme::default(), Keymap::default(), Station::default());
    let now = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap().and_hms_opt(8, 30, 0).unwrap();
    let cx = Cx {
        cat: catalogue(Lang::Zh),
        theme: &theme,
        keymap: &keymap,
        now,
        today: now.date(),
        me: None,
        station: &station,
        masked: false,
        discreet: false,
        size: (80, 24),
    };
    run(&cx);
}

fn one(child: u128) -> Result<Answer, crate::office::Refusal> {
    let row = Row {
        child: ChildId(Uuid::from_u128(child)),
        household: None,
        name: "王小明".into(),
        sex: String::new(),
        birth: None,
        id_number: String::new(),
        guardian: String::new(),
        phone: String::new(),
        village: String::new(),
        school: String::new(),
        case_no: String::new(),
        categories: 0,
        risk: String::new(),
        status: Status::None,
        worker: None,
        due: vec![],
        last_contact: None,
    };
    Ok(Answer::Found(Found { lines: vec![FoundLine { row, reasons: vec![] }], ..Found::default() }))
}

fn ticket(effects: &[Effect]) -> Ticket {
    match effects {
        [Effect::Ask(ticket, Request::Find { .. })] => *ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_answer_to_what_was_typed_before_is_dropped() {
    with_cx(|cx| {
        let mut search = Search::new(Then::OpenFile);
        let first = ticket(&search.update(cx, Input::Text("w".into())));
        let second = ticket(&search.update(cx, Input::Text("x".into())));
        search.update(cx, Input::Answer(first, one(1)));
        assert_eq!(search.selected(), None);
        search.update(cx, Input::Answer(second, one(2)));
        assert_eq!(search.selected(), Some(ChildId(Uuid::from_u128(2))));
    });
}

#[test]
fn enter_before_the_answer_opens_what_was_typed_not_what_was_seen() {
    with_cx(|cx| {
        let mut search = Search::new(Then::OpenFile);
        let first = ticket(&search.update(cx, Input::Text("w".into())));
        search.update(cx, Input::Answer(first, one(1)));
        let second = ticket(&search.update(cx, Input::Text("x".into())));
        assert_eq!(search.update(cx, Input::Command(Command::Open)), []);
        let opened = search.update(cx, Input::Answer(second, one(2)));
        assert_eq!(opened, [Effect::Replace(Place::File(ChildId(Uuid::from_u128(2))))]);
    });
}

#[test]
fn a_blank_or_a_move_of_the_caret_asks_nothing() {
    with_cx(|cx| {
        let mut search = Search::new(Then::OpenFile);
        ticket(&search.update(cx, Input::Text("w".into())));
        assert_eq!(search.update(cx, Input::Text(" ".into())), []);
        assert_eq!(search.update(cx, Input::Command(Command::TextLeft)), []);
    });
}
