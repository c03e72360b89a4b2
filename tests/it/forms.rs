//! Filling in forms: from keys to what the office is asked to keep.

use crate::fake::{FakeOffice, now};
use tonghu::domain::{RecordKind, Value, forms};
use tonghu::i18n::Lang;
use tonghu::tui::harness::Harness;

#[test]
fn look() {
    for (lang, size) in [(Lang::Zh, (80, 24)), (Lang::En, (80, 24)), (Lang::Zh, (60, 18)), (Lang::En, (132, 43))] {
        let office = FakeOffice::new();
        let mut h = Harness::sized(office.clone(), lang, now(), size);
        h.press("f7").type_text("王小明").press("tab");
        println!("{}\n=======", h.styled());
        h.press("right tab").type_text("990101201603050010").press("tab");
        println!("{}\n=======", h.screen());
        h.press("tab tab tab").type_text("gran");
        println!("{}\n=======", h.screen());
        h.press("page-down").press("tab page-down tab tab tab tab tab").type_text("一行\n二行").press("enter").type_text("3");
        println!("{}\n=======", h.screen());
    }
}
